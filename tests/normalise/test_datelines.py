"""Datelines: places and dates at the ends of a text, and lines that only look like them."""

from __future__ import annotations

import pytest

from pipeline.model import Paragraph, Section
from pipeline.normalise.datelines import like_a_dateline
from pipeline.walk import every_block, plain
from tests.readers.texts import repaired

LONG = "This is a sentence of the text that goes on for quite a while and then it stops."


@pytest.mark.parametrize(
    "line",
    [
        "Ясная Поляна, 30 января 1909 г.",
        "Troy, N.Y., April 12, 1848.",
        "Paris, le 3 mai 1871",
        "Wien, im Oktober 1918",
        "New York, May 1920",
        "Mt. Lebanon, N. Y.",
        "Kraków, 1 maja 1905 r.",
    ],
)
def test_a_place_and_a_date_are_a_dateline(line: str) -> None:
    assert like_a_dateline(line)


@pytest.mark.parametrize(
    "line",
    [
        "3 May 1871",
        "On 3 May 1871 we met.",
        "In Paris, on 3 May 1871, we met again",
        "Comrades, friends",
        "Yours, J. S.",
        "The strike of 3 May 1871",
        "",
    ],
)
def test_what_says_more_is_none(line: str) -> None:
    assert not like_a_dateline(line)


def test_the_dateline_under_a_text_stays_and_says_when_it_was_written() -> None:
    publication = repaired(f"# A letter\n\n{LONG}\n\nParis, 3 mai 1871")
    (opening,) = publication.body
    assert isinstance(opening, Section)
    last = opening.blocks[-1]
    assert isinstance(last, Paragraph)
    assert (last.role, plain(last.content)) == ("dateline", "Paris, 3 mai 1871")
    assert [(day.value, day.meaning) for day in publication.metadata.dates] == [("1871-05-03", "written")]


def test_a_letter_that_begins_with_its_dateline_has_no_title() -> None:
    publication = repaired(f"Paris, 3 mai 1871\n\n{LONG}\n\n{LONG}")
    assert publication.metadata.title == "A text"
    assert publication.metadata.dates[0].value == "1871-05-03"


def test_a_dateline_inside_dates_only_its_part() -> None:
    publication = repaired(
        f"# A book\n\n{LONG}\n\nTroy, N.Y., April 12, 1848.\n\n## Two\n\n{LONG}\n\n{LONG}\n\n{LONG}"
    )
    roles = [block.role for block in every_block(publication.body) if isinstance(block, Paragraph)]
    assert roles.count("dateline") == 1
    assert publication.metadata.dates == ()


def test_a_place_that_the_last_paragraph_runs_on_into_stands_alone() -> None:
    publication = repaired(
        f"# A title\n\n{LONG} The latter is the true manhood of the race. Mt. Lebanon, N. Y."
    )
    last = list(every_block(publication.body))[-1]
    assert isinstance(last, Paragraph)
    assert (last.role, plain(last.content)) == ("dateline", "Mt. Lebanon, N. Y.")


def test_a_sentence_that_ends_with_a_place_is_one() -> None:
    publication = repaired(f"# A title\n\n{LONG} He lived in Mt. Lebanon, N. Y.")
    assert all(
        block.role == "text" for block in every_block(publication.body) if isinstance(block, Paragraph)
    )
