"""Quotations: a paragraph that is one long quotation with its source in brackets becomes a block quotation.

Set apart it needs no quotation marks and its source no brackets: they go, and the ledger says so.
"""

from __future__ import annotations

import re

from pipeline.editing import cut, flat, trimmed
from pipeline.model import Block, BlockQuotation, Change, Paragraph, Place, Publication
from pipeline.normalise.desk import Desk, entered
from pipeline.walk import plain

_LEAST_WORDS = 30
"""Shorter ones stay in the line: the Chicago Manual (13.10) sets quotations of a hundred words apart,
MLA of four lines; a paragraph of its own with its source is meant to stand apart sooner."""
_QUOTED = re.compile(
    r"(?P<open>[\"“«])\s*(?P<words>.+?)\s*(?P<close>[\"”»])\s*\((?P<source>[^()]{3,250})\)\s*\.?\s*$",
    re.DOTALL,
)
_CLOSED_INSIDE = {'"': '"', "“": "”", "«": "»"}


def repair(publication: Publication, desk: Desk) -> Publication:
    """Runs before sections are made."""
    changes: list[Change] = []
    body = tuple(_apart(block, changes) for block in publication.body)
    return entered(publication, *changes, body=body) if changes else publication


def _apart(block: Block, changes: list[Change]) -> Block:
    if not isinstance(block, Paragraph) or block.role != "text":
        return block
    text = flat(block.content)
    match = _QUOTED.match(text)
    if match is None or len(match["words"].split()) < _LEAST_WORDS:
        return block
    if _CLOSED_INSIDE[match["open"]] in match["words"]:
        # It closes before the end: a sentence with two quotations, not one quotation.
        return block
    words = trimmed(cut(block.content, *match.span("words")))
    source = trimmed(cut(block.content, *match.span("source")))
    before = plain(block.content)
    changes.append(
        Change(
            "quotations",
            block.place,
            before,
            f"{plain(words)} — {plain(source)}",
            "a long quotation with its source stands apart, without marks",
        )
    )
    place = Place(block.place.first, block.place.last, block.place.part)
    return BlockQuotation((Paragraph(words, place=place),), source, place)
