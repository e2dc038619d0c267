"""Our own few words: dates and names as they are read aloud."""

from __future__ import annotations

import pytest

from pipeline.model import Creator, Date
from pipeline.normalise import PASSES
from pipeline.renderers import furniture


@pytest.mark.parametrize(
    ("date", "said"),
    [
        (Date("2019-03-21", "written"), "21 March 2019"),
        (Date("2019-03", "written", "month"), "March 2019"),
        (Date("2019", "written", "year"), "2019"),
        (Date("1917-12-01", "written"), "1 December 1917"),
    ],
)
def test_a_date_is_said_as_precisely_as_it_is_known(date: Date, said: str) -> None:
    assert furniture.date(date, "en") == said
    assert furniture.dated(date, "en-GB") == f"Written {said}"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
    ],
)
def test_names_stand_in_a_row(names: list[str], said: str) -> None:
    assert furniture.names(tuple(Creator(name, name) for name in names), "en") == said


def test_a_language_we_have_no_words_in_gets_english() -> None:
    assert furniture.words("eo") == furniture.words("en")


def test_every_meaning_of_a_date_has_its_word() -> None:
    from typing import get_args

    from pipeline.model import DateMeaning

    assert set(furniture.words("en").dates) == set(get_args(DateMeaning))
    assert len(furniture.words("en").months) == 12


def test_the_kinds_of_repair_that_are_named_are_kinds_there_are() -> None:
    """A rule that is renamed would vanish from every colophon in silence."""
    from pipeline.normalise.typography import RULES

    known = {name for name, _ in PASSES} | {name for name, _, _ in RULES} | {"markup"}
    assert set(furniture.words("en").rules) <= known
