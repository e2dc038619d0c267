"""What is wrong with a publication by itself is found once; a sound one passes."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from pipeline.checks.publication import check
from pipeline.model import (
    Change,
    Date,
    Heading,
    Image,
    Inline,
    Link,
    Note,
    NoteRef,
    Paragraph,
    Place,
    Publication,
    Resource,
    Section,
    Text,
)
from tests import strategies
from tests.readers.texts import repaired

GOOD = repaired(
    "# The title\n\nWords.[^1]\n\n## A part\n\nMore.\n\n### A part of it\n\nYet more.\n\n[^1]: A note."
)


def with_(**fields: Any) -> Publication:
    return msgspec.structs.replace(GOOD, **fields)


def told(**fields: Any) -> Publication:
    return with_(metadata=msgspec.structs.replace(GOOD.metadata, **fields))


def saying(*nodes: Inline, **fields: Any) -> Publication:
    return with_(body=(*GOOD.body, Paragraph(nodes)), **fields)


HEADED = Section("x", Heading((Text("Too deep"),), 3), ())

CASES = [
    ("publication-001", "error", told(title=" ")),
    ("publication-002", "error", with_(body=(Section("s", None, (Paragraph(()),)),), notes=())),
    ("publication-003", "error", with_(body=(*GOOD.body, Heading((Text("Loose"),))))),
    (
        "publication-004",
        "error",
        with_(body=(*GOOD.body, Section("opening", None, (Paragraph((Text("a"),)),)))),
    ),
    ("publication-004", "error", with_(body=(*GOOD.body, Section("n1", None, (Paragraph((Text("a"),)),))))),
    ("publication-005", "error", saying(Link((Text("there"),), "#nowhere"))),
    ("publication-006", "error", saying(NoteRef("n9"))),
    ("publication-007", "error", with_(notes=(*GOOD.notes, Note("n2", (Paragraph((Text("a"),)),))))),
    ("publication-008", "error", saying(Image("absent.png", "a"))),
    ("publication-009", "warning", saying(Image("", "a picture"))),
    ("publication-010", "error", with_(body=(*GOOD.body, HEADED))),
    ("publication-011", "error", told(dates=(Date("2019-02", "written", "day"),))),
    ("publication-011", "error", told(dates=(Date("yesterday", "written"),))),
    ("publication-012", "note", with_(ledger=(Change("titling", Place(), "", "title: A", "why"),))),
]


@pytest.mark.parametrize(("code", "severity", "publication"), CASES, ids=[case[0] for case in CASES])
def test_each_fault_is_found_once(code: str, severity: str, publication: Publication) -> None:
    assert [(finding.code, finding.severity) for finding in check(publication)] == [(code, severity)]


def test_every_documented_code_has_its_case() -> None:
    from pipeline.checks import publication

    documented = {
        line.split("|")[1].strip()
        for line in (publication.__doc__ or "").splitlines()
        if "| publication-" in line
    }
    assert documented == {case[0] for case in CASES}


def test_a_date_that_no_calendar_has_is_found() -> None:
    assert [finding.code for finding in check(told(dates=(Date("2019-02-31", "written"),)))] == [
        "publication-011"
    ]


def test_a_sound_publication_passes() -> None:
    assert check(GOOD) == ()
    assert (
        check(
            saying(
                Link((Text("there"),), "#section-1"),
                Image("a.png"),
                resources=(Resource("a.png", "image/png", b"x"),),
            )
        )
        == ()
    )


@given(strategies.publications())
@settings(max_examples=80, deadline=None)
def test_generated_publications_have_no_fault_but_those_they_are_given(publication: Publication) -> None:
    """The strategies promise ids, targets and levels; pictures without files and uncalled notes are fair."""
    assert {finding.code for finding in check(publication)} <= {
        "publication-002",
        "publication-007",
        "publication-009",
    }
