"""What a site generator's front matter says of a text."""

from __future__ import annotations

import pytest

from pipeline.checks import words
from pipeline.normalise import normalise
from pipeline.readers import front_matter, read
from tests.readers.texts import PRESS, source

TEXT = """---
layout: post
title: "On the Strike: A Report"
author: Mary Harris and John Doe
date: 1912-05-01 10:00:00
lang: en
tags: [strikes, looms]
translators:
- Ana Ruiz
---

The workers of the mill had been at their looms since five.

They walked out.
"""


def test_it_becomes_metadata_and_no_word_is_lost() -> None:
    seed = source(TEXT)
    publication, _ = normalise(read(seed, PRESS), seed, PRESS)
    about = publication.metadata
    assert about.title == "On the Strike: A Report"
    assert [(each.name, each.role) for each in about.creators] == [
        ("Mary Harris", "aut"),
        ("John Doe", "aut"),
        ("Ana Ruiz", "trl"),
    ]
    assert [(day.value, day.precision) for day in about.dates] == [("1912-05-01", "day")]
    assert about.subjects == ("strikes", "looms")
    assert words.check_source(TEXT, publication) == ()
    assert [change.place.last for change in publication.ledger if change.rule == "front-matter"] == [10]


@pytest.mark.parametrize(
    "text",
    ["---\n\nA text under a rule: it goes on.\n\n---\n", "title: no fence\n", "---\nkey: but no end\n", ""],
)
def test_what_is_none(text: str) -> None:
    lines = text.split("\n")
    assert front_matter.taken(lines) == (front_matter.FrontMatter(), lines, ())


@pytest.mark.parametrize(
    ("said", "value"), [("2019", "2019"), ("2019-03", "2019-03"), ("2019-02-31", ""), ("soon", "")]
)
def test_dates(said: str, value: str) -> None:
    found, _, _ = front_matter.taken(["---", f"date: {said}", "---"])
    assert [day.value for day in found.dates] == ([value] if value else [])
