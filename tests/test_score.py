"""No text of tests/corpus becomes worse than it was: floors.toml keeps what `make score` reached."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest

from tests.score import judging
from tests.workshop import ROOT

CORPUS = ROOT / "tests" / "corpus"
FACTS = judging.documents(CORPUS / "facts.toml")
FLOORS: dict[str, float] = tomllib.loads((CORPUS / "floors.toml").read_text("utf-8"))
LESS = 0.02
"""What a change that is good for other texts may cost one."""


def path(name: str) -> Path:
    file: str = FACTS[name]["file"]
    return next(each for folder in (CORPUS, ROOT / "seeds") if (each := folder / file).exists())


@pytest.mark.parametrize("name", FACTS)
def test_no_text_becomes_worse(name: str) -> None:
    judged = judging.judge(name, FACTS[name], path(name))
    assert judged.total >= FLOORS[name] - LESS, "\n".join((*judged.faults, *judged.missed))


def test_what_is_lost_costs_points() -> None:
    """The judge judges: of a text that is not the one that the facts tell of, little is right."""
    assert judging.judge("d06", FACTS["d06"], path("d08")).total < 0.7


def test_what_cannot_be_read_scores_nothing(tmp_path: Path) -> None:
    picture = tmp_path / "a.txt"
    picture.write_bytes(b"GIF89a")
    judged = judging.judge("d06", FACTS["d06"], picture)
    assert judged.total == 0
    assert "a picture" in judged.faults[0]


def test_every_text_says_where_it_is_from_and_that_it_may_be_copied() -> None:
    with (CORPUS / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        rows = {row["local file"]: row for row in csv.DictReader(file, delimiter="\t")}
    texts = {each.name for each in CORPUS.iterdir()} - {"MANIFEST.tsv", "facts.toml", "floors.toml"}
    assert set(rows) == texts
    for name, row in rows.items():
        assert int(row["bytes"]) == (CORPUS / name).stat().st_size
        assert row["licence"].lower().startswith(("public domain", "us public domain", "cc0"))
    assert sum(int(row["bytes"]) for row in rows.values()) < 3_000_000
