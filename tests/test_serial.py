"""pipeline.serial: a Publication survives the way to JSON and back, and its schema says what the JSON is."""

from __future__ import annotations

import json

import pytest

from pipeline import serial
from pipeline.errors import StoreError
from pipeline.model import (
    Change,
    Creator,
    Date,
    Emphasis,
    Heading,
    Image,
    Link,
    List,
    Metadata,
    Note,
    NoteRef,
    Origin,
    Paragraph,
    Place,
    Publication,
    Resource,
    Rights,
    Section,
    Span,
    Table,
    Text,
    Verse,
    VerseLine,
)

WHOLE = Publication(
    Metadata(
        "Title – «ö» 共",
        "urn:uuid:0",
        "en",
        Origin("a.txt", "text/markdown", "00"),
        creators=(Creator("A B", "B, A"), Creator("C", "C", "trl", "organisation")),
        dates=(Date("2019-03", "posted", "month"),),
        rights=Rights("Copyleft"),
        subjects=("x",),
    ),
    (
        Section(
            "s1",
            Heading((Text("H "), Emphasis((Text("e"),)))),
            (
                Paragraph(
                    (Text("a"), NoteRef("n1"), Link((Text("l"),), "#s1")), "signature", Place(1, 2, "p")
                ),
                List(((Paragraph((Text("i"),)),), ()), ordered=True, start=3),
                Verse(((VerseLine((Text("v"),), 2),),)),
                Table((), ()),
                Paragraph((Span((Text("مرحبا"),), "ar", "rtl"), Image("r", "alt"))),
            ),
        ),
    ),
    notes=(Note("n1", (Paragraph((Text("note"),)),)),),
    resources=(Resource("r", "image/png", b"\x89PNG\0\xff"),),
    ledger=(Change("rule", Place(3, 3), "before", "after", "why"),),
)


def test_there_and_back() -> None:
    assert serial.decode(serial.encode(WHOLE)) == WHOLE


def test_the_same_publication_gives_the_same_bytes() -> None:
    assert serial.encode(serial.decode(serial.encode(WHOLE))) == serial.encode(WHOLE)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe", b'{"metadata": 3}', b"[" * 100_000])
def test_json_that_is_not_ours(data: bytes) -> None:
    with pytest.raises(StoreError, match="no publication of ours"):
        serial.decode(data)


def test_an_unknown_node_is_refused() -> None:
    data = serial.encode(WHOLE).replace(b'"emphasis"', b'"blink"')
    with pytest.raises(StoreError, match="blink"):
        serial.decode(data)


def test_the_schema_names_every_node() -> None:
    schema = json.loads(serial.schema())
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$ref"] == "#/$defs/Publication"
    assert {"Publication", "Paragraph", "Section", "Verse", "NoteRef", "Change"} <= set(schema["$defs"])
    tags = {
        definition["properties"]["type"]["enum"][0]
        for definition in schema["$defs"].values()
        if "type" in definition.get("properties", {})
    }
    assert {"paragraph", "line-break", "block-quotation"} <= tags


def test_the_schema_is_the_same_each_time() -> None:
    assert serial.schema() == serial.schema()
