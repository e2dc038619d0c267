"""pipeline.checks.original: every format that is read is held against its own bytes, decoded but not read."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from pipeline import formats, press, sources
from pipeline.checks import original, words
from pipeline.readers import READERS, read


def test_every_format_that_is_read_is_checked() -> None:
    assert set(original.LINES) == set(READERS)
    assert set(READERS) <= set(formats.KINDS)


@pytest.mark.parametrize("module", sorted(set(READERS.values())))
def test_every_reader_is_there(module: str) -> None:
    assert callable(import_module(f"pipeline.readers.{module}").read)


def test_a_text_in_another_encoding_is_held_against_its_letters(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Une œuvre d’été.\n\nCafÃ© fermÃ©.\n".encode("cp1252"))
    source = sources.load(path)
    publication = read(source, press.DEFAULT)
    assert {change.rule for change in publication.ledger} == {"encoding"}
    assert words.check_lines(original.lines(source), publication) == ()
    other = [("Une œuvre d’hiver.", 1), ("Café fermé.", 3)]
    found = words.check_lines(other, publication)
    assert [finding.code for finding in found] == ["words-001", "words-002"]


def test_what_the_encoding_changed_excuses_no_other_change(tmp_path: Path) -> None:
    """The ledger says that "caf\\xe9" became "café"; that is no leave to add a "café" to a text that has none."""
    path = tmp_path / "a.txt"
    path.write_bytes("Le café.\n".encode("cp1252"))
    publication = read(sources.load(path), press.DEFAULT)
    assert [finding.code for finding in words.check_lines([("Le", 1)], publication)] == ["words-002"]
