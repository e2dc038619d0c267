"""What holds for any text: repairing twice is repairing once, and no word is lost on the way."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, given, settings

from pipeline.checks import publication as sound
from pipeline.checks import words
from pipeline.model import Publication
from pipeline.normalise import desk, normalise, repaired
from pipeline.readers import read
from tests import strategies
from tests.normalise import messy
from tests.readers.texts import PRESS, source

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Pandoc is started for every text."""


@given(messy.texts())
@SLOW
def test_a_repaired_text_has_every_word_or_the_ledger_says_why(text: str) -> None:
    assume(text.strip())
    seed = source(text)
    publication, _ = normalise(read(seed, PRESS), seed, PRESS)
    assert words.check_source(text, publication) == ()


@given(messy.texts())
@SLOW
def test_a_text_repaired_twice_is_repaired_once(text: str) -> None:
    seed = source(text)
    once, findings = normalise(read(seed, PRESS), seed, PRESS)
    assert normalise(once, seed, PRESS) == (once, findings)


@given(messy.texts())
@SLOW
def test_a_repaired_text_is_sound(text: str) -> None:
    seed = source(text)
    publication, _ = normalise(read(seed, PRESS), seed, PRESS)
    wrong = {finding.code for finding in sound.check(publication) if finding.severity == "error"}
    # A text of marks alone has no text.
    assert wrong <= {"publication-002"}


@given(strategies.publications())
@settings(max_examples=100, deadline=None)
def test_a_publication_of_any_kind_is_repaired_once(publication: Publication) -> None:
    at = desk(source("words"), PRESS)
    once = repaired(publication, at)
    assert repaired(once, at) == once
