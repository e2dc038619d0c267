"""pipeline.formats: what a source is by its content, whatever it is called."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import formats


def packed(*names: str, first: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


PLAIN = (
    "Words.\n",
    "THE TITLE\n\n     1. First.\n     2. Second.\n\n- a dash\n* a star\n",
    "He said [so] (and why not), # 5, 2 * 3 * 4, _much_ *more*.\n-----\nA table |\n",
    "A note [1] here.\n\n[1] The note: http://example.org/\n",
    "> one reply\n> to a letter\n",
    "#1 of a series\n#2\n",
    "#\tReserved\n#\n# A comment\n# of a program\n\nWords.\n",
    "<angle brackets> and 1 < 2\n",
    "\\o/ and C:\\documents\n",
    "Title\n=====\n\nWords.\n",
)
MARKDOWN = (
    "# One\n\nWords.\n",
    "# One\n\nWords.\n\n## Two\n",
    "See [this](https://example.org/a_(b)) for more.\n",
    'See [this](../b.html "B").\n',
    "[Sommaire](#)\n",
    "---\ntitle: Words\nauthor: A\n---\n\nWords.\n",
    "Words.[^1]\n\n[^1]: A note.\n",
    "{: #one .two}\n## One\n",
    "```\ncode\n```\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "**One.** Words.\n\n**Two.** Words.\n",
    "[1]: https://example.org/\n\nWords [so][1].\n",
)
OTHERS = (
    (formats.HTML, "<!DOCTYPE html>\n<title>A</title>"),
    (formats.HTML, "\n<!-- saved -->\n<HTML><BODY>"),
    (formats.HTML, "<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'>"),
    (formats.HTML, "<p>One <b>two</b></p>\n<p>three</p>"),
    (formats.MUSE, "#title Words\n#author A\n\nWords.\n"),
    (formats.MUSE, "#lang en\n#pubdate 2019\n#title Words\n"),
    (formats.LATEX, "% words\n\\documentclass[a5paper]{article}\n"),
    (formats.ORG, "#+TITLE: Words\n#+AUTHOR: A\n* One\n"),
    (formats.RST, "Title\n=====\n\n.. note:: Words\n\n.. _one: http://example.org/\n"),
    (formats.RTF, "{\\rtf1\\ansi words}"),
)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text(text: str) -> None:
    assert formats.media_type(text.encode(), "a.txt") == formats.PLAIN
    assert formats.media_type(text.encode(), "a.md") == formats.MARKDOWN
    assert formats.media_type(text.encode(), "a") == formats.PLAIN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("text", MARKDOWN)
def test_markdown_in_a_file_of_text(text: str, encoding: str) -> None:
    for end in ("\n", "\r\n"):
        data = text.replace("\n", end).encode(encoding)
        assert formats.media_type(data, "a.txt") == formats.MARKDOWN


@pytest.mark.parametrize(("media_type", "text"), OTHERS)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a", "a.html", "a.pdf"])
def test_what_shows_itself_whatever_it_is_called(media_type: str, text: str, name: str) -> None:
    assert formats.media_type(text.encode(), name) == media_type


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"%PDF-1.7\n", formats.PDF),
        (b"junk before it\n%PDF-1.4\n", formats.PDF),
        (packed("word/document.xml"), formats.WORD),
        (packed("word/document.xml")[:40], formats.WORD),
        (packed("META-INF/container.xml", first="application/epub+zip"), formats.EPUB),
        (packed("content.xml", first="application/vnd.oasis.opendocument.text"), formats.OPEN_DOCUMENT),
    ],
)
def test_what_is_packed(data: bytes, media_type: str) -> None:
    assert formats.media_type(data, "a.txt") == media_type
    assert formats.foreign(data) is None


@pytest.mark.parametrize(
    "data",
    [
        packed("xl/workbook.xml"),
        packed("a.txt"),
        packed("content.xml", first="application/vnd.oasis.opendocument.spreadsheet"),
        b"GIF89a",
        b"\x1f\x8b\x08",
        b"<?xml version='1.0'?><TEI>",
        b"<!DOCTYPE bomb [<!ENTITY a 'b'>]>",
        b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related\n",
    ],
)
def test_what_we_do_not_read(data: bytes) -> None:
    assert formats.media_type(data, "a.txt") is None
    assert formats.foreign(data)


@pytest.mark.parametrize("name", ["a.rst", "a.tex", "a.org", "a.muse"])
def test_a_name_is_believed_where_content_leaves_it_open(name: str) -> None:
    assert formats.media_type(b"Words.\n", name) == formats.SUFFIXES[name[1:]][0]


def test_every_kind_has_a_name_and_an_ending() -> None:
    kinds = {kind for all_kinds in formats.SUFFIXES.values() for kind in all_kinds}
    assert kinds == set(formats.KINDS)
    for kind in kinds:
        assert not formats.misnamed(f"a{formats.suffix(kind)}", kind)


@given(st.binary(), st.sampled_from(["a", "a.txt", "a.md", "a.pdf", "a.rst"]))
def test_any_bytes_are_something_or_nothing(data: bytes, name: str) -> None:
    found = formats.media_type(data, name)
    assert (found is None) == (formats.foreign(data) is not None)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 70000,
        "[a](" * 20000,
        "**" * 40000,
        "#a\n" * 30000,
        "| -" * 30000,
        "<p" * 40000,
        "---\n" + "a:\n" * 30000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    """What grew with the square of its length would take minutes here."""
    assert formats.media_type(text.encode(), "a.txt")
