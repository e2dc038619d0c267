"""Books broken on purpose, one for each code; what the check reads; and bytes of any kind."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.checks import epub
from pipeline.model import Publication
from tests.renderers.epub_books import every_node, made, many_notes, right_to_left

SOUND = every_node()
BOOK = made(SOUND)

Files = dict[str, bytes]
Break = Callable[[Files], None]

OPENING, LESSON = "EPUB/text/2-opening.xhtml", "EPUB/text/3-the-lesson-of-the-aurora.xhtml"
NOTES, NAV, PACKAGE = "EPUB/text/notes.xhtml", "EPUB/nav.xhtml", "EPUB/content.opf"


def packed(files: Files, stored: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            plain = name == "mimetype" and stored
            archive.writestr(name, data, zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def unpacked(book: bytes = BOOK) -> Files:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def codes(book: bytes, publication: Publication = SOUND) -> set[str]:
    return {finding.code for finding in epub.check(book, publication)}


def put(name: str, old: str, new: str, times: int = 1) -> Break:
    """Replace, and be sure that there was something to replace."""

    def broken(files: Files) -> None:
        assert old.encode() in files[name], f"{old} is not in {name}"
        files[name] = files[name].replace(old.encode(), new.encode(), times)

    return broken


def without(name: str) -> Break:
    def broken(files: Files) -> None:
        del files[name]

    return broken


def add(name: str, data: bytes = b"") -> Break:
    return lambda files: files.update({name: data})


def late_mimetype(files: Files) -> None:
    files["mimetype"] = files.pop("mimetype")


def without_landmarks(files: Files) -> None:
    files[NAV] = re.sub(rb'<nav epub:type="landmarks".*?</nav>', b"", files[NAV], flags=re.DOTALL)


BREAKS: list[tuple[str, Break]] = [
    ("epub-002", late_mimetype),
    ("epub-002", put("mimetype", "epub", "zip")),
    ("epub-002", without("mimetype")),
    ("epub-003", without("META-INF/container.xml")),
    ("epub-003", put("META-INF/container.xml", "content.opf", "nothing.opf")),
    ("epub-004", put(OPENING, "</section>", "")),
    ("epub-004", put(PACKAGE, "</spine>", "")),
    ("epub-004", put("EPUB/toc.ncx", "</navMap>", "")),
    ("epub-004", put(OPENING, "3 &lt; 4", "3 &nbsp; 4")),
    ("epub-005", put(PACKAGE, "urn:uuid:1", "urn:uuid:2")),
    ("epub-006", put(PACKAGE, ">The Carders", ">The Weavers")),
    ("epub-007", put(PACKAGE, "<dc:language>en-GB", "<dc:language>en")),
    ("epub-007", put(PACKAGE, 'xml:lang="en-GB"', "")),
    ("epub-008", put(PACKAGE, "12:30:14Z", "12:30:14+02:00")),
    ("epub-009", without("EPUB/images/yard.png")),
    ("epub-009", put(PACKAGE, 'href="images/yard.png"', 'href="images/cover.png"')),
    ("epub-010", add("EPUB/images/stray.png")),
    ("epub-011", put(PACKAGE, '<itemref idref="file-notes"/>', "")),
    ("epub-011", put(PACKAGE, 'idref="file-notes"', 'idref="file-not"')),
    ("epub-011", put(PACKAGE, 'idref="file-notes"', 'idref="nav"')),
    ("epub-012", put(NAV, 'epub:type="toc"', 'epub:type="lot"')),
    ("epub-012", put(PACKAGE, 'properties="nav"', "")),
    ("epub-013", put(NAV, ">Deepest<", ">Shallow<")),
    ("epub-014", put(NAV, 'epub:type="endnotes"', 'epub:type="glossary"')),
    ("epub-014", without_landmarks),
    ("epub-015", put(OPENING, "<title>Opening</title>", "<title> </title>")),
    ("epub-015", put(OPENING, "<title>Opening</title>", "")),
    ("epub-016", put(OPENING, 'xml:lang="en-GB"', 'xml:lang="de"')),
    ("epub-016", put(OPENING, ' dir="ltr"', "")),
    ("epub-017", put(LESSON, 'id="deepest"', 'id="deeper"')),
    ("epub-018", put(LESSON, "#opening", "#ending")),
    ("epub-018", put(LESSON, "2-opening.xhtml", "2-ending.xhtml")),
    ("epub-018", put(NAV, "#deepest", "#shallow")),
    ("epub-018", put(LESSON, "yard.png", "garden.png")),
    ("epub-019", put(LESSON, ">2</a>", ">3</a>")),
    ("epub-019", put(LESSON, "notes.xhtml#n2", "notes.xhtml")),
    ("epub-020", put(NOTES, "#n2-call", "#deeper")),
    ("epub-020", put(OPENING, 'id="n1-call" epub:type="noteref" role="doc-noteref"', 'id="n1-call"')),
    ("epub-021", put(NOTES, 'id="n3"', 'id="n9"')),
    ("epub-022", put(LESSON, 'alt="The yard at noon, empty"', "")),
    ("epub-023", put(LESSON, 'role="doc-chapter"', "")),
    ("epub-023", put(LESSON, 'epub:type="chapter"', 'epub:type="part"')),
    ("epub-023", put(LESSON, 'role="doc-noteref"', "")),
    ("epub-024", put(LESSON, "../images/yard.png", "https://example.org/yard.png")),
    ("epub-024", put(LESSON, 'href="https://example.org', 'href="file:///etc')),
    ("epub-024", put("EPUB/style/epub.css", "h1, h2", "@import 'https://example.org/a.css'; h1, h2")),
    ("epub-024", add("EPUB/style/epub.css", b"p { background: url(//example.org/a.png) }")),
    ("epub-025", put(LESSON, "</body>", "<script>1</script></body>")),
    ("epub-025", put(LESSON, "<hr ", '<hr onclick="1" ')),
    ("epub-026", put(LESSON, "<h3>Deeper</h3>", "<h5>Deeper</h5>")),
]


def test_the_sound_book_is_sound() -> None:
    assert epub.check(packed(unpacked()), SOUND) == ()


@pytest.mark.parametrize(
    ("code", "broken"), BREAKS, ids=[f"{code}-{n}" for n, (code, _) in enumerate(BREAKS)]
)
def test_each_break_is_found(code: str, broken: Break) -> None:
    files = unpacked()
    broken(files)
    assert code in codes(packed(files))


@pytest.mark.parametrize("book", [b"", b"PK", b"no zip at all", BOOK[:-40], BOOK[: len(BOOK) // 2]])
def test_what_is_no_archive_is_a_finding(book: bytes) -> None:
    assert codes(book) == {"epub-001"}


def test_a_compressed_mimetype_is_a_finding() -> None:
    assert codes(packed(unpacked(), stored=False)) == {"epub-002"}


def test_every_code_in_the_table_has_a_break() -> None:
    documented = set(re.findall(r"^\| (epub-\d{3}) \|", epub.__doc__ or "", re.MULTILINE))
    assert documented == {code for code, _ in BREAKS} | {"epub-001"}


def test_the_book_of_another_text_is_refused() -> None:
    other = msgspec.structs.replace(SOUND, metadata=right_to_left().metadata)
    assert {"epub-005", "epub-006", "epub-007", "epub-016"} <= codes(BOOK, other)


def test_entities_are_not_expanded() -> None:
    files = unpacked()
    bomb = b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
    files[OPENING] = files[OPENING].replace(b"<!DOCTYPE html>", bomb).replace(b"3 &lt; 4", b"3 &a;&b; 4")
    read = " ".join(epub.words(packed(files)).text)
    assert "aaaa" not in read
    assert "&b;" in read


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(BOOK) - 1), st.integers(1, 255), st.integers(1, 40))
def test_damaged_bytes_are_never_a_traceback(place: int, change: int, length: int) -> None:
    damaged = bytearray(BOOK)
    for at in range(place, min(place + length, len(damaged))):
        damaged[at] ^= change
    for finding in epub.check(bytes(damaged), SOUND):
        assert re.fullmatch(r"epub-\d{3}", finding.code)
        assert finding.severity == "error"
    epub.words(bytes(damaged))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([name for name in unpacked() if name != "mimetype"]), st.data())
def test_damaged_files_are_never_a_traceback(name: str, data: st.DataObject) -> None:
    files = unpacked()
    place = data.draw(st.integers(0, len(files[name])))
    files[name] = files[name][:place] + data.draw(st.binary(max_size=6)) + files[name][place + 3 :]
    book = packed(files)
    epub.check(book, SOUND)
    epub.words(book)


# --- What it reads ---------------------------------------------------------------------------------


def test_words_are_the_authors_alone_in_order() -> None:
    read = epub.words(BOOK)
    assert read.text[:5] == (
        "In short: they struck.",
        "Either it is all of us or it is none.",
        "A banner, 1912",
        "We begin in the middle of it with 3 < 4 & “so on”.",
        "The workshop is cold.",
    )
    assert "The lesson of the Aurora" in read.text
    assert "take partners" in " ".join(read.text)
    assert "872" in read.text
    assert "col 1   col 2\n  a       b" in read.text
    assert read.text[-5:] == (
        "Where else?",
        "In medias res.",
        "The ship, not the dawn.",
        "See also the log.",
        "A note on a note.",
    )
    assert read.provenance == ("First printed in The Loom.",)
    said = " ".join(read.text)
    assert "Test Press" not in said
    assert "↩" not in said
    assert "Contents" not in said


def test_words_have_every_note_once() -> None:
    read = epub.words(made(many_notes()))
    assert [text for text in read.text if text.startswith("Note ")] == ["Note 1."] + [
        f"Note {number}." for number in range(4, 13)
    ]
