"""Slips: what looks like the author's slip or lost data is found and left as it is."""

from __future__ import annotations

import re

from pipeline.editing import flat
from pipeline.findings import Finding
from pipeline.model import Publication
from pipeline.normalise.desk import Desk, where
from pipeline.walk import publication_runs

_TWICE = re.compile(r"\b([^\W\d_]+) \1\b", re.IGNORECASE)
_RIGHTLY_TWICE = {
    "had",
    "that",
    "is",
    "no",
    "so",
    "very",
    "ha",
    "bye",
    "vous",
    "nous",
    "die",
    "der",
    "das",
    "che",
}
"""Words that good sentences say twice: "he had had", "nous nous", "die, die"."""
_BROKEN_ADDRESS = re.compile(
    r"\b[\w.+-]+ (?:gmail|yahoo|hotmail|riseup|protonmail|proton|aol|gmx|web|outlook)\.(?:com|net|org|me|de|fr)\b"
)
_LOST = re.compile("\ufffd")


def find(publication: Publication, desk: Desk) -> tuple[Finding, ...]:
    """Findings `slip-001` (a word twice), `slip-002` (an address without @), `slip-003` (a lost character)."""
    out: list[Finding] = []
    for run, place in publication_runs(publication):
        text = flat(run)
        at = where(desk.name, place)
        out += [
            Finding(
                "slip-001",
                "note",
                at,
                f"“{found.group()}” stands twice",
                "if it is a slip, correct it in the sidecar",
            )
            for found in _TWICE.finditer(text)
            if found.group(1).lower() not in _RIGHTLY_TWICE
        ]
        out += [
            Finding(
                "slip-002",
                "note",
                at,
                f"“{found.group()}” looks like an address that lost its @",
                "if you know the address, correct it in the sidecar",
            )
            for found in _BROKEN_ADDRESS.finditer(text)
        ]
        out += [
            Finding(
                "slip-003",
                "note",
                at,
                f"a character is lost in “{text[max(0, found.start() - 20) : found.end() + 20]}”",
                "look it up in the original and correct it in the sidecar",
            )
            for found in _LOST.finditer(text)
        ]
    return tuple(out)
