"""Headings: a paragraph in capitals is a heading; then headings and what follows them become sections."""

from __future__ import annotations

import re
import unicodedata

import msgspec

from pipeline.model import (
    Block,
    BlockQuotation,
    Change,
    Emphasis,
    Epigraph,
    Figure,
    Heading,
    List,
    Paragraph,
    Place,
    Publication,
    Section,
    Strong,
    Table,
)
from pipeline.normalise.desk import Desk, entered
from pipeline.walk import Run, plain, spread

_MOST_WORDS = 16
_LEAST_LETTERS = 4
_BYLINE = re.compile(r"(?:by|par|von|por|door|przez)\s", re.IGNORECASE)
_POSTSCRIPTS = re.compile(r"p\W*s\W*|post[\s-]?script(?:um)?\W*", re.IGNORECASE)


def is_postscript(words: str) -> bool:
    """Says whether a line reads "P.-S.", "PS:" or "Postscript"."""
    return _POSTSCRIPTS.fullmatch(words.strip()) is not None


def in_capitals(text: str) -> bool:
    """Says whether every letter that has a case is a capital, and there are enough of them."""
    cased = [letter for letter in text if unicodedata.category(letter) in ("Lu", "Ll", "Lt")]
    return len(cased) >= _LEAST_LETTERS and all(letter.isupper() for letter in cased)


def found(publication: Publication, desk: Desk) -> Publication:
    """Paragraphs in capitals that something follows, and bold ones that end without a stop, become headings."""
    body = publication.body
    changes: list[Change] = []
    out: list[Block] = []
    for number, block in enumerate(body):
        if isinstance(block, Paragraph) and number + 1 < len(body) and (why := _like_a_heading(block)):
            words = plain(block.content)
            heading = Heading(_unmarked(block), 1, block.place)
            changes.append(Change("headings", block.place, words, words, why))
            out.append(heading)
        elif isinstance(block, Heading | Section):
            out.append(block)
        else:
            out += _levelled((block,), changes)
    return entered(publication, *changes, body=tuple(out)) if changes else publication


def _levelled(blocks: tuple[Block, ...], changes: list[Change]) -> tuple[Block, ...]:
    """Headings inside a quotation, list or table open no section: they become bold lines."""
    put = msgspec.structs.replace
    out: list[Block] = []
    for block in blocks:
        match block:
            case Heading():
                words = plain(block.content)
                changes.append(
                    Change(
                        "headings",
                        block.place,
                        words,
                        words,
                        "a heading inside a quotation, list or table opens no section",
                    )
                )
                out.append(Paragraph((Strong(block.content),) if block.content else (), place=block.place))
            case BlockQuotation() | Epigraph() | Figure():
                out.append(put(block, blocks=_levelled(block.blocks, changes)))
            case List():
                out.append(put(block, items=tuple(_levelled(item, changes) for item in block.items)))
            case Table():
                head, body = (
                    tuple(
                        tuple(put(cell, blocks=_levelled(cell.blocks, changes)) for cell in row)
                        for row in rows
                    )
                    for rows in (block.head, block.body)
                )
                out.append(put(block, head=head, body=body))
            case _:
                out.append(block)
    return tuple(out)


def _like_a_heading(block: Paragraph) -> str:
    words = plain(block.content).strip()
    if block.role != "text" or not words or len(words.split()) > _MOST_WORDS:
        return ""
    if _BYLINE.match(words) or (words.endswith(":") and len(words.split()) > 2):
        # A name, or what speaks to the readers: "COMRADES AND FELLOW WORKERS:".
        return ""
    if in_capitals(words) and words[-1] not in ".,;":
        return "a line in capitals over paragraphs is a heading"
    match block.content:
        case (Strong(),) if words[-1] not in ".,;:!?":
            return "a bold line over paragraphs is a heading"
        case _:
            return ""


def _unmarked(block: Paragraph) -> Run:
    match block.content:
        case (Strong(content=content) | Emphasis(content=content),):
            return content
        case content:
            return content


def nested(publication: Publication, desk: Desk) -> Publication:
    """Headings and what follows them become sections; what stands before the first is an untitled one.

    Levels are closed up, so that none is skipped and the highest is 1. A publication whose body holds
    sections already stays as it is.
    """
    body = publication.body
    if any(isinstance(block, Section) for block in body):
        return publication
    if not any(isinstance(block, Heading) for block in body):
        return (
            entered(publication, body=(Section("opening", None, body, place=spread(body)),))
            if body
            else publication
        )
    ranks = sorted({block.level for block in body if isinstance(block, Heading)})
    levelled = tuple(
        msgspec.structs.replace(block, level=ranks.index(block.level) + 1)
        if isinstance(block, Heading)
        else block
        for block in body
    )
    first = next(i for i, block in enumerate(levelled) if isinstance(block, Heading))
    opening = levelled[:first]
    sections = _sections(levelled[first:], 1, "section")
    if opening:
        sections = (Section("opening", None, opening, place=spread(opening)), *sections)
    return entered(publication, body=sections)


def _sections(blocks: tuple[Block, ...], level: int, name: str) -> tuple[Block, ...]:
    """Blocks that begin with a heading of `level` or deeper → sections of that level."""
    match blocks:
        case (Heading() as first, *rest) if first.level > level:
            # A deeper heading comes first: it counts as one of this level.
            blocks = (msgspec.structs.replace(first, level=level), *rest)
        case _:
            pass
    heads = [
        (i, block) for i, block in enumerate(blocks) if isinstance(block, Heading) and block.level <= level
    ]
    ends = [*(i for i, _ in heads[1:]), len(blocks)]
    out: list[Block] = []
    for count, ((start, head), end) in enumerate(zip(heads, ends, strict=True), 1):
        inside = blocks[start + 1 : end]
        deeper = next((i for i, block in enumerate(inside) if isinstance(block, Heading)), len(inside))
        own = f"{name}-{count}"
        under = _sections(inside[deeper:], level + 1, own) if deeper < len(inside) else ()
        content = (*inside[:deeper], *under)
        place = spread((head, *content))
        out.append(Section(own, head, content, place=Place(head.place.first, place.last, head.place.part)))
    return tuple(out)
