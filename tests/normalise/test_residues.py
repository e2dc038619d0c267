"""What scanning left inside lines: hyphens of lines that are gone, dashes that became U+FFFD."""

from __future__ import annotations

import pytest

from pipeline.model import Metadata, Origin, Paragraph, Place, Publication, Text
from pipeline.normalise import residues
from pipeline.normalise.desk import Desk
from pipeline.walk import plain, runs

DESK = Desk("a.txt", "a")


def publication(*paragraphs: str) -> Publication:
    body = tuple(
        Paragraph((Text(text),), place=Place(number, number)) for number, text in enumerate(paragraphs, 1)
    )
    return Publication(Metadata("T", "urn:uuid:0", "en", Origin("a.txt", "text/plain", "0")), body)


def repaired(*paragraphs: str) -> list[str]:
    once = residues.repair(publication(*paragraphs), DESK)
    assert residues.repair(once, DESK) == once
    return [plain(run) for run, _ in runs(once.body)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It was con- sidered.", "It was considered."),
        (
            "They were communi- ties of goods; communities all.",
            "They were communities of goods; communities all.",
        ),
        ("An ultimate civili- nation.", "An ultimate civili-nation."),
    ],
)
def test_a_hyphen_of_a_line_that_is_gone(before: str, after: str) -> None:
    assert repaired(before) == [after]


@pytest.mark.parametrize(
    "text",
    [
        "Pre- and post-war prices.",
        "The boss- a thief, that boss- took it.",
        "Trans- Siberian",
        "Vor- und Nachteile",
    ],
)
def test_hyphens_that_stay(text: str) -> None:
    assert repaired(text) == [text]


def test_a_dash_that_was_lost() -> None:
    text = "The land\ufffdthe prime element\ufffdis in the hands of a few, more than self\ufffd 'in honor'."
    others = (
        "The land is the prime element; self and honor; it is in self, in honor, in the prime of element."
    )
    assert repaired(text, others)[0] == (
        "The land—the prime element—is in the hands of a few, more than self—'in honor'."
    )


@pytest.mark.parametrize(
    "text",
    ["Le caf\ufffd d\ufffdj\ufffd vu", "the workers\ufffd rights and the boss\ufffds wrongs", "one \ufffd"],
)
def test_letters_that_were_lost_are_not_guessed(text: str) -> None:
    assert repaired(text) == [text]


def test_the_ledger_says_where_and_why() -> None:
    done = residues.repair(publication("One.", "It was con- sidered."), DESK)
    assert [(change.rule, change.place.first) for change in done.ledger] == [("hyphens", 2)]
    assert "con- sidered" in done.ledger[0].before
    assert "considered" in done.ledger[0].after
