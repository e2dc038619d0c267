"""Edits of a run's plain text leave everything around them, and all markup, as it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import editing
from pipeline.editing import OPAQUE, Edit, apply, cut, flat, merged, trimmed
from pipeline.model import Code, Emphasis, Image, Inline, LineBreak, Link, NoteRef, Strong, Text
from pipeline.walk import every_inline
from tests import strategies

RUN: tuple[Inline, ...] = (
    Text('He said "'),
    Emphasis((Text("no "), Strong((Text("more"),)))),
    Text('"'),
    LineBreak(),
    Text("and left."),
)
RUNS = strategies.inlines(("n1",), ("s1",), ("a.png",))


def test_a_run_is_flat_whatever_is_italic_in_it() -> None:
    assert flat(RUN) == 'He said "no more"\nand left.'


@pytest.mark.parametrize(
    "node",
    [
        Code("a-b"),
        NoteRef("n1"),
        Image("x.png", "alt"),
        Image("", "a-b"),
        Link((Text("https://a-b.org"),), "https://a-b.org"),
        Text("https://a-b.org"),
        Text("www.a-b.org"),
        Text("a-b@c-d.org"),
    ],
)
def test_what_no_rule_may_touch_is_opaque(node: Inline) -> None:
    assert set(flat((node,))) == {OPAQUE}
    assert flat((Text("x "), node, Text(" y"))).startswith("x ")


def test_edits_land_inside_their_markup() -> None:
    assert apply(RUN, [Edit(8, 9, "“"), Edit(16, 17, "”"), Edit(12, 13, "MM")]) == (
        Text("He said “"),
        Emphasis((Text("no "), Strong((Text("MMore"),)))),
        Text("”"),
        LineBreak(),
        Text("and left."),
    )


def test_an_edit_across_markup_puts_its_text_where_it_begins() -> None:
    assert apply(RUN, [Edit(9, 16, "never")]) == (
        Text('He said "'),
        Emphasis((Text("never"),)),
        Text('"'),
        LineBreak(),
        Text("and left."),
    )


def test_a_line_break_can_be_edited_away() -> None:
    assert flat(apply(RUN, [Edit(17, 18, "")])) == 'He said "no more"and left.'


def test_an_insertion_happens_once_at_a_seam() -> None:
    """Between two texts of different markup an insertion belongs to the one before, not to both."""
    assert flat(apply(RUN, [Edit(9, 9, "+")])) == 'He said "+no more"\nand left.'
    assert flat(apply(RUN, [Edit(0, 0, "+")])) == '+He said "no more"\nand left.'
    assert flat(apply((Emphasis((Text("a"),)), Text("b")), [Edit(1, 1, "+")])) == "a+b"


@given(RUNS)
@settings(max_examples=200)
def test_no_edit_changes_nothing(run: tuple[Inline, ...]) -> None:
    assert flat(apply(run, [])) == flat(merged(run))


@st.composite
def edited(draw: st.DrawFn) -> tuple[tuple[Inline, ...], list[Edit]]:
    """A run and edits of its own characters that do not overlap and touch nothing opaque."""
    run = merged(draw(RUNS))
    text = flat(run)
    edits = [
        Edit(at, at + 1, draw(st.sampled_from(["", "x", "—", "yz"])))
        for at, letter in enumerate(text)
        if letter not in (OPAQUE, "\n") and draw(st.integers(0, 3)) == 0
    ]
    return run, edits


@given(edited())
@settings(max_examples=300)
def test_only_what_is_edited_changes(case: tuple[tuple[Inline, ...], list[Edit]]) -> None:
    run, edits = case
    text = "".join(_letters(run))
    want = list(text)
    for edit in edits:
        want[edit.start] = edit.text
    after = apply(run, edits)
    # Two spaces that an edit brings together become one, and nothing else does.
    assert "".join(_letters(after)).replace(" ", "") == "".join(want).replace(" ", "")
    kept = [type(node) for node in every_inline(run) if isinstance(node, Code | LineBreak | Image | NoteRef)]
    assert [
        type(node) for node in every_inline(after) if isinstance(node, Code | LineBreak | Image | NoteRef)
    ] == kept


def _letters(run: tuple[Inline, ...]) -> list[str]:
    return ["".join(editing._flat(node) for node in run)]


@given(RUNS, st.data())
@settings(max_examples=300)
def test_the_parts_of_a_cut_make_the_whole(run: tuple[Inline, ...], data: st.DataObject) -> None:
    letters = "".join(_letters(run))
    at = data.draw(st.integers(0, len(letters)))
    before, after = cut(run, 0, at), cut(run, at, len(letters))
    opaque = any(isinstance(node, Code | Image | Link) for node in every_inline(run))
    if not opaque:
        assert "".join(_letters((*before, *after))).replace(" ", "") == letters.replace(" ", "")


def test_a_cut_keeps_markup_and_drops_what_is_outside() -> None:
    assert cut(RUN, 9, 16) == (Emphasis((Text("no "), Strong((Text("more"),)))),)
    assert cut(RUN, 3, 11) == (Text('said "'), Emphasis((Text("no"),)))
    assert cut(RUN, 5, 5) == ()


@pytest.mark.parametrize(
    ("nodes", "after"),
    [
        ((Text("a"), Text(" "), Text(" b")), (Text("a b"),)),
        ((Text(""), Emphasis((Text("a"),)), Text("")), (Emphasis((Text("a"),)),)),
        ((Text("a"), LineBreak(), Text("b")), (Text("a"), LineBreak(), Text("b"))),
    ],
)
def test_neighbouring_texts_are_one(nodes: tuple[Inline, ...], after: tuple[Inline, ...]) -> None:
    assert merged(nodes) == after


def test_white_space_at_the_ends_goes() -> None:
    assert trimmed((Text(" "), LineBreak(), Text(" a "), Emphasis((Text(" b "),)), LineBreak())) == (
        Text("a "),
        Emphasis((Text(" b "),)),
    )
