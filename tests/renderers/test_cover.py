"""A title is as large as it can be, its lines broken by sense, and none wider than the measure."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.renderers import cover
from pipeline.renderers.cover import DEPTH, LARGEST, LEADING, MEASURE, SMALLEST, Fitted, fitted

LONG = (
    "On the great strike of the bakers of the northern towns and what was said of it by those who had been "
    "there from the first night to the last morning of all"
)


def width(line: str, size: float) -> float:
    return cover._width(line) * size


def leaning(title: Fitted) -> list[str]:
    return [line for line in title.lines[:-1] if line.split()[-1].lower() in cover._LEAN]


@pytest.mark.parametrize(
    "title",
    [
        "Bread",
        "What is to be done?",
        "Socialism in one organization",
        LONG,
        "Die Enteignung der Produktionsmittel",
        "Reform or Revolution",
        "The State and the Revolution in the West",
    ],
)
def test_every_line_fits_and_no_word_is_lost(title: str) -> None:
    found = fitted(title)
    assert " ".join(found.lines).split() == title.split()
    assert all(width(line, found.size) <= MEASURE for line in found.lines)
    assert len(found.lines) * found.size * LEADING <= DEPTH
    assert SMALLEST - 0.1 <= found.size <= LARGEST


@pytest.mark.parametrize(
    "title",
    ["What is to be done in the West", "Socialism in one organization", LONG, "A day in the life of a baker"],
)
def test_no_line_ends_with_a_word_that_leans_on_the_next(title: str) -> None:
    assert leaning(fitted(title)) == []


def test_a_short_title_is_set_as_large_as_may_be() -> None:
    assert fitted("Bread") == Fitted(("Bread",), LARGEST - 0.1)


def test_a_longer_title_is_set_smaller() -> None:
    assert fitted("Bread").size > fitted("Socialism in one organization").size > fitted(LONG).size


def test_an_empty_title_has_no_lines_to_overflow() -> None:
    assert " ".join(fitted("").lines) == ""
    assert " ".join(fitted(" \u00a0 ").lines) == ""


def test_one_very_long_word_still_fits_the_measure() -> None:
    """No hyphen is put into a title: the word is set as small as it must be."""
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"
    found = fitted(word)
    assert found.lines == (word,)
    assert width(word, found.size) <= MEASURE


def test_a_hyphenated_word_is_no_reason_to_leave_the_page() -> None:
    found = fitted("Anti-imperialist-internationalist self-organization")
    assert all(width(line, found.size) <= MEASURE for line in found.lines)


@given(
    st.lists(
        st.sampled_from("the of a bread revolution organization strike 1912 we und ß".split()),
        min_size=1,
        max_size=18,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_title_of_ordinary_words_fits(words: list[str]) -> None:
    found = fitted(" ".join(words))
    assert " ".join(found.lines).split() == words
    assert all(width(line, found.size) <= MEASURE for line in found.lines)
    assert len(found.lines) * found.size * LEADING <= DEPTH
