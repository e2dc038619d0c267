"""Words that must be the same everywhere, and where two sequences of them part."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import SupportsIndex, overload

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.checks.wording import Difference, differences, rejoined, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("don't", "don’t"),
        ("self-emancipation", "self\u2010emancipation"),
        ("co\u00adoperate", "cooperate"),
        ("ﬁnal oﬀer", "final offer"),
        ("STRASSE", "straße"),
        ("Lukács", "Luka\u0301cs"),
        ("“no” – he: said!", '"no" - he said'),
        ("שלום\u200f", "שלום"),
    ],
)
def test_form_does_not_count(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a part", "apart"),
        ("2013-2014", "20132014"),
        ("Lukács", "Lukacs"),
        ("not", ""),
        ("1.5", "15"),
    ],
)
def test_words_count(one: str, other: str) -> None:
    assert words(one) != words(other)


def test_a_word_cut_by_a_line_is_whole_again() -> None:
    pieces = ["organi\u2010", "zation", "and", "self-", "help", "cut\ufffe", "off"]
    assert words(rejoined(pieces)) == ["organization", "and", "selfhelp", "cutoff"]


def applied(a: Sequence[str], b: Sequence[str], gaps: Sequence[Difference]) -> list[str]:
    out: list[str] = []
    at = 0
    for gap in gaps:
        out += [*a[at : gap.from_a], *b[gap.from_b : gap.to_b]]
        at = gap.to_a
    return [*out, *a[at:]]


TEXTS = st.lists(st.sampled_from("a b c d e".split()), max_size=40)


@given(TEXTS, TEXTS)
@settings(max_examples=500)
def test_differences_turn_one_into_the_other(a: list[str], b: list[str]) -> None:
    gaps = list(differences(a, b))
    assert applied(a, b, gaps) == b
    assert all(gap.from_a < gap.to_a or gap.from_b < gap.to_b for gap in gaps)
    assert [gap.from_a for gap in gaps] == sorted(gap.from_a for gap in gaps)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(a: list[str]) -> None:
    assert list(differences(a, a)) == []


def test_a_difference_is_as_small_as_it_can_be() -> None:
    a = "one two three four five six".split()
    assert list(differences(a, [*a[:2], *a[3:]])) == [Difference(2, 3, 2, 2)]
    assert list(differences(a, [*a[:2], "new", *a[2:]])) == [Difference(2, 2, 2, 3)]
    assert list(differences(a, [*a[:5], "other"])) == [Difference(5, 6, 5, 6)]
    assert list(differences(["x", "b", "y", "d"], ["b", "d"])) == [
        Difference(0, 1, 0, 0),
        Difference(2, 3, 1, 1),
    ]


class Counted(list[str]):
    """Counts how many of its elements are looked at."""

    looked = 0

    @overload
    def __getitem__(self, at: SupportsIndex) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: SupportsIndex | slice) -> str | list[str]:
        found = super().__getitem__(at)
        Counted.looked += len(found) if isinstance(at, slice) else 1
        return found


def looks(size: int, vocabulary: int) -> int:
    """How many words are looked at in two texts of `size` that differ at every two hundredth word."""
    chance = random.Random(1)  # noqa: S311 - a text, not a secret
    a = [f"w{chance.randrange(vocabulary)}" for _ in range(size)]
    b = [f"new{at}" if at % 200 == 100 else word for at, word in enumerate(a)]
    Counted.looked = 0
    # Where every word is the same, one that is replaced may be told as one gone and one come.
    assert len(list(differences(Counted(a), Counted(b)))) in (size // 200, size // 200 + 1)
    return Counted.looked


@pytest.mark.parametrize("vocabulary", [1, 50, 5000])
def test_the_work_grows_as_the_text_does(vocabulary: int) -> None:
    """Ten times the text, ten times the looks; a text that says one word for ever is no exception."""
    assert looks(20_000, vocabulary) < 12 * looks(2_000, vocabulary)
