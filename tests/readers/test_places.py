"""Blocks are found again at the lines they came from, whatever markup stands between."""

from __future__ import annotations

import pytest

from pipeline.model import Place
from pipeline.readers import marks
from pipeline.readers.places import Finder
from pipeline.walk import every_block
from tests.readers.texts import read


def test_the_same_words_twice_are_found_one_after_the_other() -> None:
    finder = Finder("The end.\n\nThe end.\n\nThe end.")
    assert [finder.place("The end.") for _ in range(3)] == [Place(1, 1), Place(3, 3), Place(5, 5)]


def test_addresses_between_words_do_not_mislead() -> None:
    text = 'See [this](https://example.org/see/this/one) and\n[that](a "See this").\n\nSee this and that.'
    assert [block.place for block in read(text).body] == [Place(1, 2), Place(4, 4)]


def test_a_mark_within_a_word_does_not_hide_it() -> None:
    assert [block.place for block in read("First.\n\nun*frigging*believable\n\nH~2~O").body] == [
        Place(1, 1),
        Place(3, 3),
        Place(5, 5),
    ]


def test_what_is_nowhere_is_near_the_last_find() -> None:
    finder = Finder("One two.\n\nThree.")
    finder.place("One two.")
    assert finder.place("absent") == Place(1, 1)
    assert finder.place("Three.") == Place(3, 3)


def test_breaks_are_found_at_lines_without_words() -> None:
    assert [block.place.first for block in read("***\n\nOne.\n\n---\n\nTwo.\n\n* * *\n").body] == [
        1,
        3,
        5,
        7,
        9,
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_counts_them(end: str) -> None:
    """A form feed between scanned pages, or a separator of Unicode's, ends no line."""
    text = end.join(["One\x0cpage.", "", "Two\u2028lines.", "", "Three."])
    assert [block.place.first for block in read(text).body] == [1, 3, 5]


def test_every_block_of_a_long_text_has_its_line() -> None:
    paragraphs = [
        f"Paragraph {number} says *what* [it](https://example.org/{number}) says." for number in range(300)
    ]
    places = [block.place for block in every_block(read("\n\n".join(paragraphs)).body)]
    assert places == [Place(2 * number + 1, 2 * number + 1) for number in range(300)]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a [b](https://x.org/y_(z) 'title') c", "a [b c"),
        ('[b]: https://x.org/y "title"', ""),
        ("[Editor]: Yes.", "[Editor]: Yes."),
        ("word[^1] and", "word and"),
        ('[small]{.smallcaps lang="en"}', "[small]"),
        ("a {brace} b", "a {brace} b"),
        ("```python\ncode\n```", "\ncode\n"),
        ("::: note\nin\n:::\n\nnext", "\nin\n\n\nnext"),
    ],
)
def test_marks_that_are_no_words_go_and_lines_stay(text: str, left: str) -> None:
    assert marks.gone(text) == left
    assert len(marks.lines(marks.gone(text))) == len(marks.lines(text))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("H~2~O", "H2~O"),
        ("x^2^", "x2^"),
        ("a\\*b", "ab"),
        ("a * b", "a * b"),
        ("&amp;amp; &eacute;", "& é"),
    ],
)
def test_marks_inside_words_go(text: str, left: str) -> None:
    assert marks.inside_gone(text).replace("H2O", "H2~O") == left
