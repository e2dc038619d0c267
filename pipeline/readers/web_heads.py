"""Blocks in a row → headings over one another made one, rules beside headings gone."""

from __future__ import annotations

import re

from pipeline.model import Block, Heading, Image, LineBreak, Place, Separator
from pipeline.walk import Run, plain

_LABEL = re.compile(
    r"(?:section|chapter|part|book|volume|act|scene|letter|lecture|appendix|article|kapitel|abschnitt|teil|buch|band|brief|chapitre|"
    r"partie|livre|tome|acte|lettre|capítulo|capitulo|parte|libro|tomo|carta|capitolo|sezione|libro|hoofdstuk|deel|rozdział|część|"
    r"глава|часть|раздел|книга|письмо|κεφάλαιο|μέρος|פרק|חלק|الفصل|فصل)\s+(?:\d{1,4}|[IVXLC]+|[A-Z]|[a-z]+)\W*|[IVXLC]{1,7}\.?|\d{1,3}\.?",
    re.IGNORECASE,
)
"""A heading that only counts: "Section 1", "IV."; what stands under it is its second line."""
_MOST_HEAD_WORDS = 25


def settled(blocks: list[Block]) -> tuple[Block, ...]:
    """ "Section 1" and what stands under it are one heading of two lines; a rule at an end or by a heading is a line
    of the page's, not a break in the text."""
    out: list[Block] = []
    for block in blocks:
        match out, block:
            case [*_, Heading() as label], Heading() as head if _counts(label, head):
                content = (*label.content, LineBreak(), *head.content)
                out[-1] = Heading(content, label.level, Place(label.place.first, head.place.last))
            case (([*_, Heading() | Separator()] | []), Separator()):
                pass
            case [*_, Separator()], Heading():
                out[-1] = block
            case _:
                out.append(block)
    while out and isinstance(out[-1], Separator):
        out.pop()
    return tuple(out)


def _counts(label: Heading, head: Heading) -> bool:
    return (
        head.level >= label.level
        and not any(isinstance(each, LineBreak) for each in label.content)
        and _LABEL.fullmatch(plain(label.content).strip()) is not None
        and _LABEL.fullmatch(plain(head.content).strip()) is None
    )


def like_a_heading(words: Run, text: str) -> bool:
    """Says whether a paragraph that a site calls a heading reads like one."""
    return (
        len(text.split()) <= _MOST_HEAD_WORDS
        and text[-1] not in ".,;"
        and not any(isinstance(each, Image) for each in words)
    )
