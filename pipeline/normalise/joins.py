"""Joins: a paragraph that the end of a page cut in two becomes one again, on evidence.

Evidence is that the first part stops without a stop, and that the second begins as no paragraph does:
with a small letter, or by closing a quotation or bracket that the first opened.
"""

from __future__ import annotations

import msgspec

from pipeline.editing import merged
from pipeline.model import Block, Change, Paragraph, Place, Publication, Section, Text
from pipeline.normalise.desk import Desk, entered
from pipeline.walk import plain

_STOPS = ".!?:;…"
_CLOSING = "\"”’'»)]*"
_OPENING = "\"“‘'«(["
_LEAST_WORDS = 6
"""Fewer words than this are a line of their own: a heading, a signature, an address."""


def repair(publication: Publication, desk: Desk) -> Publication:
    """Neighbouring paragraphs only; a heading, list or break between them ends the search."""
    changes: list[Change] = []
    body = _joined(publication.body, changes)
    return entered(publication, *changes, body=body) if changes else publication


def _joined(blocks: tuple[Block, ...], changes: list[Change]) -> tuple[Block, ...]:
    out: list[Block] = []
    for each in blocks:
        block = each
        if isinstance(block, Section):
            block = msgspec.structs.replace(block, blocks=_joined(block.blocks, changes))
        match out, block:
            case [*_, Paragraph(role="text") as before], Paragraph(role="text"):
                why = _evidence(plain(before.content), plain(block.content))
                if why:
                    out[-1] = _one(before, block)
                    changes.append(_change(before, block, why))
                    continue
            case _:
                pass
        out.append(block)
    return tuple(out)


def _evidence(before: str, after: str) -> str:
    """Why the two are one paragraph, "" if they are two."""
    before, after = before.strip(), after.strip()
    bare = before.rstrip(_CLOSING)
    if len(before.split()) < _LEAST_WORDS or not bare or not after or bare[-1] in _STOPS:
        return ""
    start = after.lstrip(_OPENING)[:1]
    if start.islower():
        return "the first part stops without a stop and the second begins with a small letter"
    if _left_open(before) and _closes(after):
        return "the first part opens a quotation or bracket that the second closes"
    return ""


def _left_open(text: str) -> bool:
    return (
        text.count('"') % 2 == 1
        or text.count("“") > text.count("”")
        or text.count("«") > text.count("»")
        or text.count("(") > text.count(")")
    )


def _closes(text: str) -> bool:
    return (
        text.count('"') % 2 == 1
        or text.count("”") > text.count("“")
        or text.count("»") > text.count("«")
        or text.count(")") > text.count("(")
    )


def _one(before: Paragraph, after: Paragraph) -> Paragraph:
    place = Place(before.place.first, after.place.last, before.place.part)
    content = merged((*before.content, Text(" "), *after.content))
    return msgspec.structs.replace(before, content=content, place=place)


def _change(before: Paragraph, after: Paragraph, why: str) -> Change:
    end = " ".join(plain(before.content).split()[-4:])
    start = " ".join(plain(after.content).split()[:4])
    return Change(
        "joins",
        Place(before.place.last, after.place.first, before.place.part),
        f"{end} ¶ {start}",
        f"{end} {start}",
        why,
    )
