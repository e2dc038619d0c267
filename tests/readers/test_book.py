"""EPUBs: the spine in its order, notes where they are called, nothing of the other edition's own."""

from __future__ import annotations

import pytest

from pipeline import formats
from pipeline.model import Creator, Date, Figure, Heading, NoteRef, Paragraph, Publication, Rights, Text
from pipeline.walk import every_block, plain, publication_runs, runs
from tests.readers.documents import epub_bytes, png, read

ABOUT = (
    "<dc:title>The Strike</dc:title><dc:creator id='a'>Ann Other</dc:creator><dc:language>en</dc:language>"
    "<dc:creator id='t'>Cleo Clark</dc:creator><meta refines='#t' property='role'>trl</meta>"
    "<dc:date>1911-05-01T00:00:00Z</dc:date><dc:rights>Nobody's</dc:rights><dc:subject>strikes</dc:subject>"
)


def book(**documents: str) -> Publication:
    return read(epub_bytes({f"{name}.xhtml": body for name, body in documents.items()}, ABOUT), formats.EPUB)


def words(publication: Publication) -> list[str]:
    return [plain(run) for run, _ in publication_runs(publication)]


def test_what_the_package_says_is_metadata() -> None:
    about = book(a="<p>Text.</p>").metadata
    assert (about.title, about.language, about.subjects) == ("The Strike", "en", ("strikes",))
    assert about.creators == (Creator("Ann Other", "Other, Ann"), Creator("Cleo Clark", "Clark, Cleo", "trl"))
    assert about.dates == (Date("1911-05-01", "published", "day"),)
    assert about.rights == Rights("Nobody's")


def test_the_spine_in_its_order() -> None:
    read_ = book(b="<h1>One</h1><p>First&nbsp;text.</p>", a="<h1>Two</h1><p>Second.</p>")
    assert words(read_) == ["One", "First\xa0text.", "Two", "Second."]
    assert [(block.level, block.place.first) for block in read_.body if isinstance(block, Heading)] == [
        (1, 1),
        (1, 3),
    ]


def test_contents_pages_and_covers_go() -> None:
    read_ = book(
        cover='<section epub:type="titlepage"><h1>The Strike</h1><p>Ann Other</p></section>',
        toc='<nav epub:type="toc"><ol><li><a href="a.xhtml">One</a></li></ol></nav>',
        a='<p>One <span epub:type="pagebreak" title="7">7</span>text.</p>',
    )
    assert words(read_) == ["One text."]
    assert {change.rule for change in read_.ledger} >= {"masthead", "contents", "furniture"}


def test_a_title_page_without_a_label_goes() -> None:
    assert words(book(a="<h1>The Strike</h1><p>Ann Other</p>", b="<p>Text by Ann Other.</p>")) == [
        "Text by Ann Other."
    ]


NOTES = [
    (
        '<p>One<a epub:type="noteref" href="#n1">1</a> two.</p><aside epub:type="footnote" id="n1"><p>Said so.</p></aside>',
        "",
    ),
    (
        '<p>One<sup><a id="c1" href="b.xhtml#n1">1</a></sup> two.</p>',
        '<div><hr/><ol><li id="n1"><p>Said so. <a href="a.xhtml#c1">↩</a></p></li></ol></div>',
    ),
    (
        '<p>One<a id="c1" href="b.xhtml#n1">[1]</a> two.</p>',
        '<p id="n1"><a href="a.xhtml#c1">[1]</a> Said so.</p>',
    ),
]


@pytest.mark.parametrize(("text", "notes"), NOTES)
def test_notes_are_called_where_they_were(text: str, notes: str) -> None:
    read_ = book(a=text, b=notes or "<p>More.</p>")
    assert read_.body[0] == Paragraph((Text("One"), NoteRef("n1"), Text(" two.")), place=read_.body[0].place)
    assert [plain(run) for note in read_.notes for run, _ in runs(note.blocks)] == ["Said so."]
    assert words(read_)[1:-1] == ([] if notes else ["More."])


def test_a_cross_reference_is_no_note() -> None:
    read_ = book(a='<p>See chapter <a href="b.xhtml#two">2</a>.</p>', b='<h1 id="two">Two</h1><p>Text.</p>')
    assert read_.notes == ()
    assert words(read_) == ["See chapter 2.", "Two", "Text."]


def test_a_note_that_nothing_calls_stays_text() -> None:
    assert words(book(a='<p>Text.</p><aside epub:type="footnote" id="n1"><p>Alone.</p></aside>')) == [
        "Text.",
        "Alone.",
    ]


def test_a_note_in_a_note_is_not_lost() -> None:
    read_ = book(
        a='<p>One<a epub:type="noteref" href="#n1">1</a>.</p>'
        '<aside epub:type="footnote" id="n1"><p>See<a epub:type="noteref" href="#n2">2</a>.</p></aside>'
        '<aside epub:type="footnote" id="n2"><p>Inner.</p></aside>'
    )
    assert [plain(run) for note in read_.notes for run, _ in runs(note.blocks)] == ["See2."]
    assert "Inner." in words(read_)


def test_a_heading_over_notes_goes_with_them() -> None:
    read_ = book(
        a='<p>One<a epub:type="noteref" href="b.xhtml#n1">1</a>.</p>',
        b='<section><h1>Notes</h1><ol><li id="n1"><p>Said so.</p></li></ol></section>',
    )
    assert words(read_) == ["One.", "Said so."]
    assert "Notes" in [change.before for change in read_.ledger]


def test_pictures() -> None:
    data = epub_bytes(
        {"a.xhtml": '<p>Text.</p><p><img src="img/a%20b.png" alt="A crowd"/></p>'},
        ABOUT,
        {"OPS/img/a b.png": png()},
    )
    read_ = read(data, formats.EPUB)
    assert [resource.data for resource in read_.resources] == [png()]
    assert [block for block in every_block(read_.body) if isinstance(block, Figure)]


def test_programs_and_styles_are_nothing() -> None:
    assert words(book(a="<script>alert(1)</script><style>p {}</style><p>Text.</p>")) == ["Text."]
