"""Notes of a page in every form that they have on the web: paired, linked and without their marks, or left as they are."""

from __future__ import annotations

import pytest

from pipeline.model import NoteRef, Publication
from pipeline.walk import every_inline, plain, publication_runs, runs
from tests.readers.pages import PROSE, article, entries, read, source, text, unexplained


def notes(publication: Publication) -> dict[str, str]:
    return {note.id: " / ".join(plain(run) for run, _ in runs(note.blocks)) for note in publication.notes}


def called(publication: Publication) -> list[tuple[str, str]]:
    """(the word before, the note) of each call."""
    out = []
    for run, _ in publication_runs(publication):
        before = ""
        for node in every_inline(run):
            if isinstance(node, NoteRef):
                out.append((before.split()[-1], node.note))
            else:
                before += getattr(node, "text", "")
    return out


@pytest.mark.parametrize(
    "call",
    [
        '<a href="#n1">[1]</a>',
        '<a href="#n1"><sup>1</sup></a>',
        '<sup>[<a href="#n1">1</a>]</sup>',
        '(<a href="#n1">1</a>)',
    ],
)
@pytest.mark.parametrize(
    "note",
    [
        '<p id="n1">1. A note.</p>',
        '<p><a name="n1">1.</a> A note.</p>',
        '<p><a name="n1"></a>[1] A note.</p>',
        '<p><a name="n1"></a></p><p>(1) A note.</p>',
        '<p><sup><a name="n1" href="#r1">1</a></sup>A note.</p>',
        '<ol><li id="n1">A note. <a href="#r1">↩</a></li></ol>',
        '<ol class="notes"><li id="n1"><a href="#r1">^</a> A note.</li></ol>',
        '<dl><dt id="n1">[1]</dt><dd>A note.</dd></dl>',
        '<table><tr><td><a name="n1">1</a></td><td>A note.</td></tr></table>',
        '<div class="footnote" id="n1"><a href="#r1">1</a><div>A note.</div></div>',
        '<aside role="doc-footnote" id="n1"><p>A note.</p></aside>',
        '<div><a name="n1">1.</a> A note.<br></div>',
    ],
)
def test_a_call_and_its_note_are_paired(call: str, note: str) -> None:
    markup = f'<body><article><p>{PROSE}</p><p>They had <a id="r1"></a>spoken{call} and {PROSE}</p>{note}</article></body>'
    made = read(markup)
    assert notes(made) == {"n1": "A note."}
    assert called(made) == [("spoken", "n1")]
    assert "[" not in text(made)
    assert unexplained(source(markup), made) == ()


def test_calls_may_name_the_file_of_the_page() -> None:
    made = read(
        f'<body><p>{PROSE}<a href="ch10.htm#1">[1]</a></p><p>{PROSE}</p><p><a name="1">1.</a> A note.</p></body>',
        "ch10.htm",
    )
    assert notes(made) == {"n1": "A note."}
    made = read(
        f'<body><p>{PROSE}<a href="ch11.htm#1">[1]</a></p><p>{PROSE}</p><p><a name="1">1.</a> A note.</p></body>',
        "ch10.htm",
    )
    assert notes(made) == {}


def test_notes_at_the_end_of_each_section() -> None:
    made = article(
        '<h2>A</h2><p>One<a href="#a1">1</a> two three.</p><p><a name="a1">1</a> First.</p>'
        '<h2>B</h2><p>Four<a href="#b1">1</a> five six.</p><p><a name="b1">1</a> Second.</p>'
    )
    assert notes(made) == {"n1": "First.", "n2": "Second."}
    assert called(made) == [("One", "n1"), ("Four", "n2")]


def test_a_note_of_several_paragraphs_and_a_table() -> None:
    made = article(
        '<p>One<a href="#a1">1</a> and two<a href="#a2">2</a> and three.</p>'
        '<p class="fn"><a name="a1">1.</a> First.</p><table><tr><td>a<td>b<tr><td>c<td>d</table><p>Still the first.</p>'
        '<p class="fn"><a name="a2">2.</a> Second.</p><p class="fn">Still the second.</p>'
    )
    assert notes(made) == {
        "n1": "First. / a / b / c / d / Still the first.",
        "n2": "Second. / Still the second.",
    }


def test_notes_that_only_line_breaks_part() -> None:
    made = article(
        '<p>One<a href="#a">*</a> and<a href="#b">**</a> so on.</p><p><a name="a">*</a> First.<br><a name="b">**</a> Second.</p>'
    )
    assert notes(made) == {"n1": "First.", "n2": "Second."}


def test_notes_are_in_the_order_of_their_calls() -> None:
    made = article(
        '<p>One<a href="#b">2</a> and<a href="#a">1</a> so on.</p><ol><li id="a">First.<li id="b">Second.</ol>'
    )
    assert notes(made) == {"n1": "Second.", "n2": "First."}


def test_a_note_may_call_a_note() -> None:
    made = article(
        '<p>One<a href="#a">1</a> so on.</p><p id="a">1. First.<a href="#b">2</a> More.</p><p id="b">2. Second.</p>'
    )
    assert notes(made) == {"n1": "First. More.", "n2": "Second."}
    assert called(made) == [("One", "n1"), ("First.", "n2")]


def test_the_heading_over_notes_goes_with_them() -> None:
    made = article('<p>One<a href="#a">1</a> so on.</p>')
    assert entries(made, "note-unmatched") == []
    markup = (
        f'<body><p>{PROSE}<a href="#a">1</a></p><p>{PROSE}</p><h3>Notes</h3><p id="a">1. First.</p></body>'
    )
    made = read(markup)
    assert "Notes" not in text(made)
    assert unexplained(source(markup), made) == ()


def test_a_heading_with_words_under_it_stays() -> None:
    made = read(
        f'<body><p>{PROSE}<a href="#a">1</a></p><p>{PROSE}</p><h3>Notes</h3><p id="a">1. First.</p><p>{PROSE}</p></body>'
    )
    assert "Notes" in text(made)


def test_a_mark_right_at_a_word_leaves_the_word() -> None:
    markup = f'<body><p>{PROSE}</p><p>On the quay<sup><a href="#a">1</a></sup>they sang.</p><p>{PROSE}</p><p><a id="a">1</a>First.</p></body>'
    made = read(markup)
    (call, note) = entries(made, "note-links")
    assert (call.before, call.after) == ("quay1they", "quaythey")
    assert (note.before, note.after) == ("1First.", "First.")
    assert unexplained(source(markup), made) == ()


@pytest.mark.parametrize(
    "markup",
    [
        '<p>One<sup><a href="#gone">7</a></sup> and so on.</p>',
        '<p>One <a href="#gone">[7]</a> and so on.</p>',
    ],
)
def test_a_call_without_a_note_stays_and_is_told(markup: str) -> None:
    made = article(markup)
    assert "7" in text(made)
    assert notes(made) == {}
    (change,) = entries(made, "note-unmatched")
    assert change.before == change.after


@pytest.mark.parametrize(
    "markup",
    [
        # A row of numbers leads to the parts of a text.
        '<p><a href="#a">1</a> <a href="#b">2</a></p><h2 id="a">One</h2><p>x y</p><h2 id="b">Two</h2><p>x y</p>',
        # A number in a sentence leads to a heading.
        '<p>See part <a href="#a">2</a> of this text.</p><h2 id="a">2</h2><p>x y</p>',
        # A link in words leads to a paragraph.
        '<p>See <a href="#a">what is said below</a> of it.</p><p id="a">1. It is said.</p>',
    ],
)
def test_links_that_are_no_calls_make_no_notes(markup: str) -> None:
    assert notes(article(markup)) == {}


def test_a_note_of_what_is_no_article_goes_with_it() -> None:
    markup = (
        f'<body><article><p>{PROSE}</p><p>{PROSE}</p></article><div class="comments"><p>Said I<a href="#c1">1</a> twice.</p></div>'
        '<p id="c1">1. A note of a reader.</p></body>'
    )
    made = read(markup)
    assert notes(made) == {}
    assert "reader" not in text(made)
    assert unexplained(source(markup), made) == ()
