"""Text → its lines as the author meant them: page furniture gone, notes of page ends set aside, single-spaced.

A typed or printed text carries its paper with it: running heads, folios, form feeds, a blank line after
every line. All of it is in the lines, so it is taken off here, before anybody looks for paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from pipeline.model import Change, Place

_FOLIO = re.compile(r"\W*(?:p(?:age|\.)?\s*)?(?:\d{1,4}|[ivxlc]{1,7})\W*(?:of\s+\d+\W*)?", re.IGNORECASE)
_RULE = re.compile(r"\s*_{5,}\s*|\s*-{10,}\s*")
_NOTE = re.compile(r"\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)]?\s|[*†‡])")
_EDGE = 3
"""A running head or foot is among the first or last so many lines of its page that are not blank."""
_SHARE = 0.3
"""It comes back on this share of the pages, and on three at least: heads may alternate."""


class Line(msgspec.Struct, frozen=True):
    """A line without its end; `number` counts from 1 in the source. Blank lines are lines.

    `turn` marks the first full line of a page: the blank lines before it are paper, and part no paragraphs.
    """

    number: int
    text: str
    turn: bool = False

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())


class Tidied(msgspec.Struct, frozen=True):
    """Lines to read, notes that stood at page ends (by the line before which their page ends), changes."""

    lines: tuple[Line, ...]
    notes: tuple[tuple[int, tuple[Line, ...]], ...] = ()
    changes: tuple[Change, ...] = ()


def tidied(text: str) -> Tidied:
    """The lines of a text, without its paper."""
    lines = [
        Line(number, line.expandtabs(8).rstrip(" \t\xa0"))
        for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1)
    ]
    pages = _pages(lines)
    changes: list[Change] = []
    if len(pages) >= _EDGE:
        pages = _without_furniture(pages, changes)
    kept, notes = _without_notes(pages, changes)
    return Tidied(tuple(_single_spaced(kept)), notes, tuple(changes))


def _pages(lines: Sequence[Line]) -> list[list[Line]]:
    pages: list[list[Line]] = [[]]
    for line in lines:
        before, feed, after = line.text.rpartition("\f")
        if feed:
            if before.strip():
                pages[-1].append(Line(line.number, before.replace("\f", " ").rstrip()))
            pages.append([])
        pages[-1].append(Line(line.number, after.rstrip()) if feed else line)
    return pages


def _edges(page: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    full = [line for line in page if not line.blank]
    return full[:_EDGE], full[-_EDGE:] if len(full) > _EDGE else []


def _shape(text: str) -> str:
    """A line without what differs from page to page."""
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", " ".join(text.split()).casefold())


def _without_furniture(pages: list[list[Line]], changes: list[Change]) -> list[list[Line]]:
    seen: Counter[str] = Counter()
    for page in pages:
        top, bottom = _edges(page)
        seen.update({_shape(line.text) for line in (*top, *bottom)})
    often = {shape for shape, count in seen.items() if count >= max(3, _SHARE * len(pages) / 2)}
    out: list[list[Line]] = []
    for number, page in enumerate(pages):
        top, bottom = _edges(page)
        gone: set[int] = set()
        # From the edge inwards, and no further than the first line of the text. The first head is the title.
        for rows, inwards, first in ((top, 1, number == 0), (bottom[::-1] or top[::-1], -1, False)):
            folio = False
            for at, line in enumerate(rows):
                number_alone = _FOLIO.fullmatch(line.text.strip()) is not None and not folio
                if first or not (number_alone or _shape(line.text) in often):
                    break
                if at and not _apart(page, line, inwards):
                    break
                # A page has one folio at each end: "20." over it is the end of a note.
                folio = folio or number_alone
                gone.add(line.number)
                changes.append(
                    Change(
                        "page-furniture",
                        Place(line.number, line.number),
                        line.text.strip(),
                        "",
                        "a running head, foot or folio of another edition",
                    )
                )
        out.append([line for line in page if line.number not in gone])
    return out


def _apart(page: Sequence[Line], line: Line, inwards: int) -> bool:
    """Whether a blank line parts a line from the text of its page; below the outermost one a head needs it, or
    a sentence that happens to stand at the same place on several pages would go."""
    at = next(number for number, each in enumerate(page) if each is line) + inwards
    return 0 <= at < len(page) and page[at].blank


def _without_notes(
    pages: list[list[Line]], changes: list[Change]
) -> tuple[list[Line], tuple[tuple[int, tuple[Line, ...]], ...]]:
    """All pages in one, the notes under the rules at their ends set aside."""
    kept: list[Line] = []
    notes: list[tuple[int, tuple[Line, ...]]] = []
    for page in pages:
        body, foot = _parted(page) if len(pages) > 1 else (page, [])
        first = next((at for at, line in enumerate(body) if not line.blank), None)
        if kept and first is not None:
            body = [*body[:first], Line(body[first].number, body[first].text, turn=True), *body[first + 1 :]]
        kept += body
        if foot:
            changes.append(
                Change(
                    "page-furniture",
                    Place(foot[0].number, foot[0].number),
                    foot[0].text.strip(),
                    "",
                    "a rule",
                )
            )
            notes.append((body[-1].number if body else foot[0].number, tuple(foot[1:])))
    return kept, tuple(notes)


def _parted(page: list[Line]) -> tuple[list[Line], list[Line]]:
    """Text and foot of a page: from the last rule on, if notes stand under it."""
    for at in range(len(page) - 1, 0, -1):
        if _RULE.fullmatch(page[at].text) and not page[at].blank:
            under = [line for line in page[at + 1 :] if not line.blank]
            if under:
                return page[:at], page[at:]
    return page, []


_DOUBLE = 0.9


def _single_spaced(lines: list[Line]) -> list[Line]:
    """Without the blank line after every line, if there is one after nearly every line of running text."""
    full = [at for at, line in enumerate(lines) if not line.blank]
    pairs = [(a, b) for a, b in pairwise(full) if len(lines[a].text) >= 50]
    if len(pairs) < 8 or sum(b - a > 1 for a, b in pairs) < _DOUBLE * len(pairs):
        return lines
    if sum(b - a == 2 for a, b in pairs) < 0.5 * len(pairs) or max(len(line.text) for line in lines) > 160:
        return lines
    out: list[Line] = []
    gap: list[Line] = []
    for line in lines:
        if line.blank:
            gap.append(line)
            continue
        # One blank line is none, three are one, five are two.
        out += gap[: len(gap) // 2]
        gap = []
        out.append(line)
    return out
