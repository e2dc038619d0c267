"""Artefacts: list items and paragraphs that hold nothing but left-over markup ("- **") go."""

from __future__ import annotations

import re

import msgspec

from pipeline.model import (
    Block,
    BlockQuotation,
    Change,
    Heading,
    Image,
    List,
    NoteRef,
    Paragraph,
    Place,
    Publication,
)
from pipeline.normalise.desk import Desk, entered
from pipeline.walk import every_inline, plain

_EMPTY = re.compile(r"[\s*_`\[\]()#>|\\-]*")
"""Marks of Markdown with no word between them. A row of asterisks alone in a paragraph is a break in the
text, and pandoc has already read it as one."""


def empty(block: Block) -> bool:
    """Says whether a paragraph or heading holds only marks; a lone dash or ellipsis is the author's."""
    if not isinstance(block, Paragraph | Heading):
        return False
    return _EMPTY.fullmatch(plain(block.content)) is not None and not any(
        isinstance(node, Image | NoteRef) for node in every_inline(block.content)
    )


def repair(publication: Publication, desk: Desk) -> Publication:
    """Lists and quotations that become empty go with what was in them."""
    changes: list[Change] = []
    body = _cleared(publication.body, changes)
    return entered(publication, *changes, body=body) if changes else publication


def _cleared(blocks: tuple[Block, ...], changes: list[Change]) -> tuple[Block, ...]:
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, List):
            items = tuple(item for item in block.items if not all(empty(each) for each in item))
            for item in block.items:
                if all(empty(each) for each in item):
                    marks = " ".join(plain(each.content) for each in item if isinstance(each, Paragraph))
                    changes.append(_gone(item[0].place if item else block.place, f"- {marks}"))
            if items:
                out.append(msgspec.structs.replace(block, items=items) if items != block.items else block)
        elif isinstance(block, BlockQuotation):
            inner = _cleared(block.blocks, changes)
            if inner:
                out.append(msgspec.structs.replace(block, blocks=inner) if inner != block.blocks else block)
        elif empty(block) and isinstance(block, Paragraph | Heading):
            changes.append(_gone(block.place, plain(block.content)))
        else:
            out.append(block)
    return tuple(out)


def _gone(place: Place, before: str) -> Change:
    return Change("artefacts", place, before.strip() or before, "", "left-over markup without a word in it")
