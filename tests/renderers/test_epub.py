"""The ebook as it is made: what stands where, the same bytes anywhere, and sound for any publication."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from pipeline.checks import epub as checks
from pipeline.model import Creator, Image, Link, Paragraph, Publication, Resource, Section, Text
from pipeline.renderers import epub
from tests.renderers.epub_books import (
    BOOKS,
    PRESS,
    STAMP,
    bare,
    cover,
    every_node,
    made,
    many_notes,
    pictures,
)
from tests.renderers.epub_books import paragraph as words
from tests.strategies import png, publications

DC = "{http://purl.org/dc/elements/1.1/}"
OPF = "{http://www.idpf.org/2007/opf}"


def unpacked(book: bytes) -> dict[str, str]:
    """Texts of the book by their names inside EPUB/."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {
            name.removeprefix("EPUB/"): archive.read(name).decode()
            for name in archive.namelist()
            if not name.startswith("EPUB/images/")
        }


def metas(package: str) -> list[tuple[str, str, str]]:
    """(property, what it refines, value) of every meta."""
    root = etree.fromstring(package.encode())
    return [
        (each.get("property", ""), each.get("refines", ""), each.text or "")
        for each in root.iter(f"{OPF}meta")
    ]


@pytest.mark.parametrize("name", BOOKS)
def test_books_pass_our_own_check(name: str) -> None:
    publication = BOOKS[name]()
    assert checks.check(made(publication), publication) == ()


def test_files_are_named_for_what_they_hold_and_read_in_order() -> None:
    package = etree.fromstring(unpacked(made(every_node()))["content.opf"].encode())
    names = {item.get("id"): item.get("href") for item in package.iter(f"{OPF}item")}
    assert [names[each.get("idref")] for each in package.iter(f"{OPF}itemref")] == [
        "text/cover.xhtml",
        "text/titlepage.xhtml",
        "nav.xhtml",
        "text/1-abstract.xhtml",
        "text/2-opening.xhtml",
        "text/3-the-lesson-of-the-aurora.xhtml",
        "text/4-last-words.xhtml",
        "text/5-figures.xhtml",
        "text/notes.xhtml",
        "text/colophon.xhtml",
    ]
    assert sorted(name for name in names.values() if name and name.startswith("images/")) == [
        "images/cover.png",
        "images/yard.png",
    ], "a picture that nothing shows stays out"


def test_every_node_is_marked_up_as_what_it_is() -> None:
    files = unpacked(made(every_node()))
    opening, lesson = files["text/2-opening.xhtml"], files["text/3-the-lesson-of-the-aurora.xhtml"]
    for markup in (
        '<div class="epigraph" epub:type="epigraph" role="doc-epigraph">',
        "<em>in the middle<strong> of it</strong></em>",
        "3 &lt; 4 &amp; “so on”.",
        '<p class="attribution">The foreman’s book</p>',
        '<p class="continued">and so it was.</p>',
    ):
        assert markup in opening
    for markup in (
        '<section id="the-lesson" class="section" epub:type="chapter" role="doc-chapter">',
        '<span class="small-caps">The Aurora</span>',
        "H<sub>2</sub>O",
        "e<sup>x</sup>",
        "<code>if x &lt; 1:</code><br/>",
        '<a href="2-opening.xhtml#opening">see above</a>',
        '<a href="3-the-lesson-of-the-aurora.xhtml#deeper">below</a>',
        '<a href="colophon.xhtml#source">where it came from</a>',
        '<a href="https://example.org/?a=1&amp;b=2">elsewhere</a>',
        '<span lang="fr" xml:lang="fr">C’est la lutte</span>',
        '<span lang="ar" xml:lang="ar" dir="rtl">سلام</span>',
        '<div class="verse" epub:type="z3998:verse">',
        '<span class="line indent-2">take partners</span>',
        '<ol start="3">',
        "<li>one</li>",
        '<hr class="separator"/>',
        "<caption>Strikes by year</caption>",
        '<th scope="col">Year</th>',
        '<td colspan="2">',
        '<img src="../images/yard.png" alt="The yard at noon, empty"/>',
        "<figcaption>The yard</figcaption>",
        "[Here stood a picture of the gate]",
        "<pre>  col 1   col 2\n  a       b</pre>",
        "<h2>The lesson",
        "<h3>Deeper</h3>",
        "<h4>Deepest</h4>",
        '<p class="dateline">',
        '<p class="signature">',
        '<p class="contact">',
    ):
        assert markup in lesson
    title_page = files["text/titlepage.xhtml"]
    for markup in (
        '<p class="rubric">Ireland</p>',
        "Strike &amp; After</h1>",
        "Notes from the mill</p>",
        "Rosa Carder and Ann Spinner</p>",
        "Jean Tisserand</p>",
    ):
        assert markup in title_page
    assert "First printed in The Loom." in files["text/colophon.xhtml"]
    assert 'class="provenance"' in files["text/colophon.xhtml"]


def test_notes_are_numbered_in_the_order_of_their_calls_and_lead_back_to_each() -> None:
    files = unpacked(made(every_node()))
    notes, lesson = files["text/notes.xhtml"], files["text/3-the-lesson-of-the-aurora.xhtml"]
    assert notes.index('id="n1"') < notes.index('id="n2"') < notes.index('id="n3"')
    assert '<a href="notes.xhtml#n2" id="n2-call" epub:type="noteref" role="doc-noteref">2</a>' in lesson
    assert '<a href="notes.xhtml#n1" id="n1-call-2" epub:type="noteref" role="doc-noteref">1</a>' in lesson
    assert 'href="2-opening.xhtml#n1-call"' in notes
    assert 'href="3-the-lesson-of-the-aurora.xhtml#n1-call-2"' in notes
    assert 'href="notes.xhtml#n3-call"' in notes, "a note on a note leads back to that note"


def test_a_note_nobody_calls_is_kept_last() -> None:
    notes = unpacked(made(many_notes()))["text/notes.xhtml"]
    assert notes.rindex("<li>") < notes.index('id="12"') < notes.index("Note 12.")


def test_contents_list_every_title_and_nest_subsections() -> None:
    nav = etree.fromstring(unpacked(made(every_node()))["nav.xhtml"].encode())
    contents = nav.find(".//{*}nav")
    assert contents is not None
    links = [(len(list(link.iterancestors("{*}ol"))), link.text) for link in contents.iter("{*}a")]
    assert links == [
        (1, "In short: they struck."),
        (1, "Opening"),
        (1, "The lesson of the Aurora"),
        (2, "Deeper"),
        (3, "Deepest"),
        (1, "Last words"),
        (1, "Figures"),
        (1, "Notes"),
        (1, "Colophon"),
    ]


def test_metadata() -> None:
    package = unpacked(made(every_node()))["content.opf"]
    root = etree.fromstring(package.encode())

    def dc(name: str) -> list[str]:
        return [each.text or "" for each in root.iter(f"{DC}{name}")]

    assert dc("title") == ["The Carders’ Strike & After", "Notes from the mill"]
    assert dc("creator") == ["Rosa Carder", "Ann Spinner"]
    assert dc("contributor") == ["Jean Tisserand"]
    assert dc("date") == ["2019-03"], "the day of writing comes before others"
    assert dc("source") == ["https://example.org/strike?id=1&lang=en"]
    assert dc("publisher") == ["The Test Press"]
    assert dc("rights") == ["Copy it."]
    assert dc("subject") == ["Strikes", "Textile workers"]
    assert dc("description") == ["What the carders learnt."]
    told = metas(package)
    for each in [
        ("title-type", "#title", "main"),
        ("title-type", "#subtitle", "subtitle"),
        ("role", "#creator-1", "aut"),
        ("file-as", "#creator-2", "Spinner, Ann"),
        ("role", "#creator-3", "trl"),
        ("dcterms:modified", "", "2024-05-01T12:30:14Z"),
        ("dcterms:available", "", "2019-04-02"),
    ]:
        assert each in told
    assert "conformsTo" not in package


def accessibility(publication: Publication) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for name, _, value in metas(unpacked(made(publication))["content.opf"]):
        if name.startswith("schema:"):
            said.setdefault(name.removeprefix("schema:"), []).append(value)
    return said


def test_accessibility_is_measured() -> None:
    text, seen, blind = accessibility(bare()), accessibility(every_node()), accessibility(pictures())
    assert text["accessMode"] == ["textual"]
    assert seen["accessMode"] == blind["accessMode"] == ["textual", "visual"]
    assert text["accessModeSufficient"] == seen["accessModeSufficient"] == ["textual"]
    assert blind["accessModeSufficient"] == ["textual,visual"]
    assert "alternativeText" in text["accessibilityFeature"]
    assert "alternativeText" in seen["accessibilityFeature"]
    assert "alternativeText" not in blind["accessibilityFeature"]
    assert "not all described" in blind["accessibilitySummary"][0]
    assert text["accessibilityHazard"] == ["none"]


def test_a_picture_that_may_flash_is_not_called_harmless() -> None:
    moving = msgspec.structs.replace(
        bare(),
        body=(Paragraph((Image("a.gif", "A flame"),)),),
        resources=(Resource("a.gif", "image/gif", b"GIF89a"),),
    )
    assert accessibility(moving)["accessibilityHazard"] == ["unknown"]


def test_control_characters_do_not_empty_a_field() -> None:
    about = msgspec.structs.replace(
        bare().metadata, title="Bell\x07 and book", creators=(Creator("A\x00B", ""),), description="x\x1by"
    )
    book = made(msgspec.structs.replace(bare(), metadata=about))
    assert checks.check(book, msgspec.structs.replace(bare(), metadata=about)) == ()
    assert "Bell\ufffd and book" in unpacked(book)["content.opf"]


def test_a_break_between_two_sections_makes_no_empty_screen() -> None:
    first, second = (Section(each, None, (words(each),)) for each in ("one", "two"))
    broken = msgspec.structs.replace(bare(), body=(first, bare().body[1], second))
    names = [name for name in unpacked(made(broken)) if name.startswith("text/")]
    assert [name for name in names if name[5].isdigit()] == ["text/1-opening.xhtml", "text/2-section.xhtml"]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("https://example.org/a|b c?d=[e]&f=100%", "https://example.org/a%7Cb%20c?d=%5Be%5D&amp;f=100%25"),
        ("https://example.org/%C3%BC", "https://example.org/%C3%BC"),
        ("https://example.org:80?q=مرحبا#x", "https://example.org:80?q=مرحبا#x"),
        ("mailto:press@example.org", "mailto:press@example.org"),
        ("https://example.org/#a#b", "https://example.org/#a%23b"),
        ("doi:10.1000/182", "https://doi.org/10.1000/182"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("www.example.org", ""),
        ("http://", ""),
        ("http://[x", ""),
        ("https://exa mple.org/", ""),
        ("http:/example.org", ""),
        ("https://example.org:abc/", ""),
    ],
)
def test_addresses_are_such_as_readers_take(written: str, printed: str) -> None:
    body = (Paragraph((Link((Text("there"),), written),)),)
    markup = unpacked(made(msgspec.structs.replace(bare(), body=body)))["text/1-opening.xhtml"]
    assert (f'<a href="{printed}">there</a>' if printed else "<p>there</p>") in markup


# --- The same bytes --------------------------------------------------------------------------------


def test_same_bytes_for_the_same_moment_in_any_zone() -> None:
    there = STAMP.astimezone(timezone(timedelta(hours=-7)))
    naive = STAMP.replace(tzinfo=None)
    one, *others = [
        epub.render(every_node(), PRESS, stamp, cover(every_node())) for stamp in (STAMP, there, naive)
    ]
    assert others == [one, one]
    assert one != epub.render(every_node(), PRESS, datetime(2024, 5, 2, tzinfo=UTC), cover(every_node()))


def test_a_time_before_zip_began_is_no_error() -> None:
    book = epub.render(bare(), PRESS, datetime(1970, 1, 1, tzinfo=UTC), cover(bare()))
    assert "1970-01-01T00:00:00Z" in unpacked(book)["content.opf"]


@pytest.mark.parametrize(
    "place", [{"TZ": "Pacific/Auckland", "LC_ALL": "C"}, {"TZ": "UTC", "LC_ALL": "tr_TR.UTF-8"}]
)
def test_same_bytes_in_another_place(place: dict[str, str]) -> None:
    program = (
        "import hashlib; from tests.renderers.epub_books import every_node, made; "
        "print(hashlib.sha256(made(every_node())).hexdigest())"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | place | {"PYTHONHASHSEED": "7"},
    )
    assert run.stdout.strip() == sha256(made(every_node())).hexdigest()


# --- Any publication -------------------------------------------------------------------------------


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(publications())
def test_any_publication_makes_a_sound_book(publication: Publication) -> None:
    assert checks.check(made(publication), publication) == ()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(publications())
def test_any_publication_survives_json(publication: Publication) -> None:
    assert msgspec.json.decode(msgspec.json.encode(publication), type=Publication) == publication


def test_the_test_picture_is_one() -> None:
    assert png().startswith(b"\x89PNG")
