"""Damaged and hostile documents: one clear sentence each, and nothing else happens."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import formats
from pipeline.checks.wording import words
from pipeline.errors import SourceError
from pipeline.model import Publication
from pipeline.readers.office_words import source_lines
from pipeline.walk import plain, publication_runs
from tests.readers.documents import epub_bytes, open_document_bytes, p, read, source, word_bytes, zipped

PROSE = "Some plain prose that is long enough to be the text of this document, and so is taken for it."
RTF = rb"{\rtf1\ansi One {\b two}.\par Three.\par}"
SOUND = {
    formats.WORD: word_bytes(p(PROSE)),
    formats.OPEN_DOCUMENT: open_document_bytes(f"<text:p>{PROSE}</text:p>"),
    formats.EPUB: epub_bytes({"a.xhtml": f"<p>{PROSE}</p>"}),
    formats.RTF: RTF,
}


def refused(data: bytes, media_type: str) -> str:
    with pytest.raises(SourceError) as caught:
        read(data, media_type)
    assert caught.value.hint
    message = str(caught.value)
    assert message.startswith("a-document: ")
    assert "\n" not in message
    return message


@pytest.mark.parametrize("media_type", SOUND)
def test_a_document_cut_short(media_type: str) -> None:
    data = SOUND[media_type]
    assert "cut short" in refused(data[: len(data) * 2 // 3], media_type)


@pytest.mark.parametrize("media_type", SOUND)
def test_another_kind_of_file(media_type: str) -> None:
    refused(b"PK\x03\x04 this is no archive", media_type)
    if media_type != formats.RTF:
        assert "holds no" in refused(zipped({"xl/workbook.xml": "<workbook/>"}), media_type)


def test_a_locked_document() -> None:
    data = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert "password" in refused(data, formats.WORD)


def test_a_locked_open_document() -> None:
    manifest = '<manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:encryption-data/></manifest>'
    assert "password" in refused(
        open_document_bytes("<text:p/>", members={"META-INF/manifest.xml": manifest}), formats.OPEN_DOCUMENT
    )


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'


def rewritten(data: bytes, member: str, text: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**members, member: text})


@pytest.mark.parametrize("member", ["word/document.xml", "word/styles.xml", "word/numbering.xml"])
def test_entities_in_a_document(member: str) -> None:
    data = rewritten(SOUND[formats.WORD], member, f"{ENTITIES}<x>&b;&c;</x>".encode())
    assert "entities" in refused(data, formats.WORD)


def test_entities_in_a_book_are_not_followed() -> None:
    body = (
        f"{ENTITIES}<html xmlns='http://www.w3.org/1999/xhtml'><body><p>One&nbsp;&c; two.</p></body></html>"
    )
    data = rewritten(SOUND[formats.EPUB], "OPS/a.xhtml", body.encode())
    said = " ".join(plain(run) for run, _ in publication_runs(read(data, formats.EPUB)))
    assert said.startswith("One\xa0")
    assert Path("/etc/hostname").read_text("utf-8").strip() not in said


def test_a_member_that_would_swell() -> None:
    data = rewritten(SOUND[formats.WORD], "word/document.xml", bytes(70 * 2**20))
    assert "would unpack to 70 MB" in refused(data, formats.WORD)


@pytest.mark.parametrize("name", ["/etc/passwd", "../../outside", "C:\\outside", "a/../../b"])
def test_members_that_lead_outside(name: str) -> None:
    assert "outside" in refused(zipped({name: "x", "word/document.xml": "<x/>"}), formats.WORD)


def test_pictures_outside_are_not_fetched() -> None:
    body = '<w:p><w:r><w:drawing><a:blip r:link="x"/><a:blip r:embed="../../../etc/hostname"/></w:drawing></w:r></w:p>'
    publication = read(word_bytes(body + p(PROSE)), formats.WORD)
    assert publication.resources == ()


def test_deep_nesting() -> None:
    assert refused(b"{\\rtf1 " + b"{" * 100_000 + b"}" * 100_000 + b"}", formats.RTF)
    body = "<w:tbl><w:tr><w:tc>" * 2000 + p("x") + "</w:tc></w:tr></w:tbl>" * 2000
    assert refused(word_bytes(body), formats.WORD)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(SOUND)), st.data())
def test_any_bytes_give_a_publication_or_one_sentence(media_type: str, data: st.DataObject) -> None:
    sound = bytearray(SOUND[media_type])
    for _ in range(data.draw(st.integers(1, 4))):
        sound[data.draw(st.integers(0, len(sound) - 1))] = data.draw(st.integers(0, 255))
    try:
        said = read(bytes(sound), media_type).metadata.origin.name
    except SourceError as error:
        said = str(error)
    assert said.startswith("a-document")
    assert "\n" not in said


# --- Words straight from the bytes -----------------------------------------------------------------


def read_words(publication: Publication) -> Counter[str]:
    return Counter(word for run, _ in publication_runs(publication) for word in words(plain(run)))


@pytest.mark.parametrize("media_type", SOUND)
def test_the_words_of_the_bytes_are_those_of_the_text(media_type: str) -> None:
    lines = source_lines(source(SOUND[media_type], media_type))
    assert Counter(word for text, _ in lines for word in words(text)) == read_words(
        read(SOUND[media_type], media_type)
    )


def test_words_that_are_not_printed_are_not_among_them() -> None:
    body = (
        "<w:p><w:r><w:t>We</w:t></w:r><w:del><w:r><w:delText>never</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secretly</w:t></w:r><w:r><w:instrText>XE x</w:instrText></w:r></w:p>"
    )
    assert source_lines(source(word_bytes(body + p(PROSE)), formats.WORD)) == (("We", 1), (PROSE, 2))


def test_words_of_boxes_and_notes_are() -> None:
    body = f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{p('Box.')}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
    data = word_bytes(body, {"footnotes.xml": f'<w:footnote w:id="2">{p("Note.")}</w:footnote>'})
    assert source_lines(source(data, formats.WORD)) == (("Box.", 2), ("Note.", 3))
