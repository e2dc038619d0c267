"""Contents as plain lines: they go, and prove the headings they name."""

from __future__ import annotations

import pytest

from pipeline.checks import words
from pipeline.model import Heading, LineBreak, Publication
from pipeline.normalise import contents, desk
from pipeline.walk import plain, runs
from tests.readers.texts import PRESS, read, source

LONG = "This is a sentence of the text that goes on for quite a while and then it stops."
HEADS = ("Its Necessity", "General Forms", "Short Pay, Less Work")


def repaired(text: str) -> Publication:
    at = desk(source("x"), PRESS)
    once = contents.repair(read(text), at)
    assert contents.repair(once, at) == once
    assert words.check_source(text, once) == ()
    return once


def headings(publication: Publication) -> list[str]:
    return [plain(block.content) for block in publication.body if isinstance(block, Heading)]


def chapters(heads: tuple[str, ...]) -> str:
    return "\n\n".join(f"{head}\n\n{LONG}" for head in heads)


@pytest.mark.parametrize(
    "listed",
    [
        "\n\n".join(HEADS),
        "\n\n".join(head.upper() for head in HEADS),
        "\n\n".join(f"{head} ..... {number}" for number, head in enumerate(HEADS, 3)),
        "CONTENTS\n\n" + "\n\n".join(HEADS),
        "| " + "\n| ".join(HEADS),
        "\\\n".join(HEADS),
    ],
)
def test_lines_that_come_again_over_their_chapters_go(listed: str) -> None:
    publication = repaired(f"{listed}\n\n{LONG}\n\n{chapters(HEADS)}")
    assert headings(publication) == list(HEADS)
    assert plain(next(runs(publication.body))[0]) == LONG


def test_a_head_of_two_lines_is_one_heading() -> None:
    publication = repaired(
        f"Chapter I. The strike\n\nChapter II. The war\n\nChapter III. The peace\n\n{LONG}\n\n"
        f"CHAPTER I.\n\nTHE STRIKE\n\n{LONG}\n\nCHAPTER II.\n\nTHE WAR\n\n{LONG}\n\nCHAPTER III.\n\nTHE PEACE\n\n{LONG}"
    )
    assert headings(publication) == ["CHAPTER I. THE STRIKE", "CHAPTER II. THE WAR", "CHAPTER III. THE PEACE"]
    first = next(block for block in publication.body if isinstance(block, Heading))
    assert LineBreak() in first.content


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADS[0]}\n\n{HEADS[1]}\n\n{LONG}\n\n{chapters(HEADS[:2])}",  # two are no list
        f"One\n\nTwo\n\nThree\n\n{LONG}",  # nothing comes again
        f"THE STRIKE\n\nby Jane Roe\n\nLondon\n\n{LONG}\n\nTHE STRIKE\n\nby Jane Roe\n\nLondon\n\n{LONG}",  # a title page twice
        f"Yes.\n\nNo.\n\nYes.\n\nNo.\n\n{LONG}",
        f"{chapters(HEADS)}\n\n" + "\n\n".join(HEADS),  # they come before, not after
    ],
)
def test_lines_that_are_no_contents_stay(text: str) -> None:
    publication = repaired(text)
    assert publication.body == read(text).body
