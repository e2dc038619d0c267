"""(pages of words) → the lines of the text, the notes at page ends apart, running heads and folios in the ledger.

A line's number counts all lines of all pages, from 1; that is the line of its `Place`, whose part is the page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

import msgspec

from pipeline.model import Change, Place
from pipeline.readers.printed_page import Page, Piece


class Line(msgspec.Struct, frozen=True):
    """page and number count from 1; left and right are the edges of its column's text."""

    pieces: tuple[Piece, ...]
    page: int
    number: int

    @property
    def text(self) -> str:
        return "".join(
            piece.text if piece.glued or not at else f" {piece.text}" for at, piece in enumerate(self.pieces)
        )

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return max(piece.right for piece in self.pieces)

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        sizes: Counter[float] = Counter()
        for piece in self.pieces:
            sizes[piece.size] += len(piece.text)
        return sizes.most_common(1)[0][0]

    @property
    def y(self) -> float:
        size = self.size
        return next(piece.y for piece in self.pieces if piece.size == size)

    @property
    def bold(self) -> bool:
        return all(piece.bold for piece in self.pieces)

    @property
    def place(self) -> Place:
        return Place(self.number, self.number, f"page {self.page}")


class Lines(msgspec.Struct, frozen=True):
    """text: the lines of the text, page after page; notes: those at the feet of pages; size: of the text."""

    text: tuple[Line, ...]
    notes: tuple[Line, ...]
    size: float
    changes: tuple[Change, ...]


def lines(pages: Sequence[Page]) -> tuple[Line, ...]:
    """All that is printed, line by line."""
    out: list[Line] = []
    for number, page in enumerate(pages, 1):
        for pieces in _rows(page.pieces):
            out.append(Line(tuple(pieces), number, len(out) + 1))
    return tuple(out)


def _rows(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    row: list[Piece] = []
    for piece in pieces:
        if row and not _goes_on(row, piece):
            yield row
            row = []
        row.append(piece)
    if row:
        yield row


def _goes_on(row: Sequence[Piece], piece: Piece) -> bool:
    """Whether a piece stands on the line of those before it: raised and lowered ones do, another column does not."""
    last = row[-1]
    largest = max(each.size for each in row)
    level = min(abs(piece.y - each.y) for each in row[-3:])
    # A line of few words, set to the full measure, has wide gaps.
    widest = 12 if level < 0.5 else 1
    return (
        level < 0.45 * max(largest, piece.size)
        and -0.5 * largest < piece.left - last.right < widest * largest
    )


def sorted_out(pages: Sequence[Page], every: Sequence[Line]) -> Lines:
    """The text without the page round it."""
    sizes: Counter[float] = Counter()
    for line in every:
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0]
    furniture = _furniture(pages, every)
    why = "a running head, foot or folio of another edition"
    changes = tuple(Change("page-furniture", line.place, line.text, "", why) for line in furniture)
    gone = {line.number for line in furniture}
    text: list[Line] = []
    notes: list[Line] = []
    for _, page in groupby(every, key=lambda line: line.page):
        own = _from_the_top([line for line in page if line.number not in gone])
        at = _notes_from(own, size)
        text += own[:at]
        notes += sorted(own[at:], key=lambda line: line.y)
    return Lines(tuple(text), tuple(notes), size, changes)


_FOLIO = re.compile(
    r"[-–—\s\[(|]*(?:(?:page|p\.|seite|стр\.|pág\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})[-–—\s\])|]*", re.IGNORECASE
)
_FIGURES = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_OFTEN = 3


def _furniture(pages: Sequence[Page], every: Sequence[Line]) -> list[Line]:
    """Lines at the heads and feet of pages that come again with other numbers, on every page or every other one."""
    edges = [
        found
        for number, own in groupby(every, key=lambda line: line.page)
        for found in _at_edges(pages[number - 1], list(own))
    ]
    alike: dict[tuple[str, str, int], list[Line]] = defaultdict(list)
    for where, line in edges:
        alike[where, _FIGURES.sub("#", line.text).casefold(), round(line.y / 4)].append(line)
    often = max(2, min(_OFTEN, len(pages) // 2))
    groups = [group for group in alike.values() if len(group) >= often]
    # What once is a running head's place holds nothing else: there it may be another one for each chapter.
    slots = {(where, at) for (where, _, at), group in alike.items() if len(group) >= often}
    found = {line.number: line for where, line in edges if (where, round(line.y / 4)) in slots}
    found |= {line.number: line for group in groups for line in group}
    # A folio alone may stand anywhere at an edge; its number goes up with the pages.
    folios = [line for _, line in edges if _FOLIO.fullmatch(line.text)]
    steps = Counter(
        int(figures[0]) - line.page for line in folios if (figures := re.findall(r"\d+", line.text))
    )
    for line in folios:
        figures = re.findall(r"\d+", line.text)
        if figures and steps[int(figures[0]) - line.page] >= min(2, len(pages) - 1):
            found[line.number] = line
    return [found[number] for number in sorted(found)]


def _at_edges(page: Page, own: Sequence[Line]) -> Iterator[tuple[str, Line]]:
    """A line or two at the head and the foot of a page that stand off from its text."""
    down = sorted(own, key=lambda line: line.y)
    steps = sorted(two.y - one.y for one, two in pairwise(down) if two.y - one.y > 2)
    usual = steps[len(steps) // 2] if steps else 0.0
    for where, some in (("head", down), ("foot", down[::-1])):
        for at, line in enumerate(some[:3]):
            far = line.y if where == "head" else page.height - line.y
            beyond = next((each for each in some[at + 1 :] if abs(each.y - line.y) > 2), None)
            if far > 0.14 * page.height or (
                beyond and abs(beyond.y - line.y) < 1.3 * usual and at + 1 < len(some)
            ):
                break
            yield where, line


NOTE = re.compile(r"(?:\[?\d{1,3}[\].]?|[*†‡§]+)(?:\s|$|(?=[^\W\d]))")


def _from_the_top(own: list[Line]) -> list[Line]:
    """With what was painted last and stands over all else, a running head that comes only once, before it."""
    at = len(own)
    while at > 1 and own[at - 1].y < min(line.y for line in own[: at - 1]):
        at -= 1
    return [*own[at:], *own[:at]]


def _notes_from(own: Sequence[Line], size: float) -> int:
    """Where the notes at the foot of a page begin; its length if there are none."""
    at = len(own)
    while at and own[at - 1].size <= 0.93 * size:
        at -= 1
    # They begin with a mark, or go on from the page before.
    if at == 0:
        return len(own)
    return at if any(NOTE.match(line.text) for line in own[at:]) else len(own)
