"""Lines → chunks: lines that stand together, with what a reader's eye takes in of them at a glance.

Everything that tells a heading, verse or a quotation from running text in a typed page is here: how far a
line is from the margin, how full it is, whether it was broken because it had to be.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import msgspec

from pipeline.readers.plain_lines import Line

_STOP = re.compile(r"[.!?…:;]['\"’”»)\]]*\s*$")
_LONG = 120
"""A line longer than this was not broken by hand or typewriter."""


class Measure(msgspec.Struct, frozen=True):
    """The text block of a typed page, in characters: left margin, right edge; `wrapped` is False where a
    paragraph is one line."""

    left: int
    right: int
    wrapped: bool

    @property
    def width(self) -> int:
        return max(self.right - self.left, 1)


class Chunk(msgspec.Struct, frozen=True):
    """Lines without a blank one between them. `above` counts the blank lines before it."""

    lines: tuple[Line, ...]
    above: int

    @property
    def text(self) -> str:
        return " ".join(line.text.strip() for line in self.lines)

    @property
    def indent(self) -> int:
        return min(line.indent for line in self.lines)

    @property
    def first(self) -> int:
        return self.lines[0].number

    @property
    def last(self) -> int:
        return self.lines[-1].number


def measured(lines: tuple[Line, ...]) -> Measure:
    """The margins that most long lines keep."""
    full = [line for line in lines if not line.blank]
    if not full:
        return Measure(0, 72, wrapped=True)
    lengths = sorted(len(line.text) for line in full)
    long = sum(length > _LONG for length in lengths)
    if long >= 0.15 * len(full):
        return Measure(0, _LONG, wrapped=False)
    right = lengths[int(0.92 * (len(lengths) - 1))]
    filled = [line.indent for line in full if len(line.text) >= 0.8 * right]
    left = Counter(filled).most_common(1)[0][0] if filled else 0
    return Measure(left, right, wrapped=True)


def chunks(lines: tuple[Line, ...], measure: Measure) -> list[Chunk]:
    """Lines that stand together; across the turn of a page, if nothing says that a paragraph ends there."""
    out: list[Chunk] = []
    gap = 0
    for line in lines:
        if line.blank:
            gap += 1
            continue
        if (out and line.turn and _goes_on(out[-1].lines[-1], line, measure)) or (
            out and gap == 0 and not line.turn
        ):
            out[-1] = Chunk((*out[-1].lines, line), out[-1].above)
        else:
            out.append(Chunk((line,), 9 if line.turn else gap))
        gap = 0
    return [part for chunk in out for part in _by_indent(chunk, measure)]


def _goes_on(before: Line, after: Line, measure: Measure) -> bool:
    """Whether the paragraph that a page's end has cut goes on: its last line is full, or has no stop."""
    if abs(after.indent - before.indent) > 1 and after.indent > measure.left:
        return False
    full = len(before.text) >= measure.left + 0.8 * measure.width
    return full if not _STOP.search(before.text) else full and after.text.strip()[:1].islower()


def _by_indent(chunk: Chunk, measure: Measure) -> list[Chunk]:
    """Paragraphs told by an indent of their first line alone, without blank lines between them."""
    if not measure.wrapped or len(chunk.lines) < 3 or looks_like_verse(chunk, measure):
        return [chunk]
    edge = Counter(line.indent for line in chunk.lines).most_common(1)[0][0]
    starts = [
        at
        for at in range(1, len(chunk.lines))
        if 2 <= chunk.lines[at].indent - edge <= 8
        and chunk.lines[at - 1].indent in (edge, chunk.lines[at].indent)
        and _STOP.search(chunk.lines[at - 1].text)
    ]
    hanging = sum(chunk.lines[at].indent > edge for at in range(1, len(chunk.lines)))
    if not starts or hanging > len(starts) + 1:
        return [chunk]
    bounds = [0, *starts, len(chunk.lines)]
    return [Chunk(chunk.lines[a:b], chunk.above if a == 0 else 1) for a, b in pairwise(bounds)]


def forced(chunk: Chunk, right: int) -> float:
    """The share of line ends at which the next word would not have fitted: 1.0 in running text."""
    pairs = list(pairwise(chunk.lines))
    if not pairs:
        return 0.0
    needed = [len(a.text) + 1 + len(b.text.split()[0]) > right - 1 for a, b in pairs]
    return sum(needed) / len(pairs)


_HEAD = "\"'“‘«([_*—–-0123456789. "
_SHORT = 0.35
"""A turned-over line is shorter than this share of the measure, and the one before it is full."""


def turned_over(before: str, line: str, measure: Measure) -> bool:
    """Whether a line is the end of a line of verse that did not fit."""
    text = line.strip()
    return (
        text[:1].islower()
        and len(text) < _SHORT * measure.width
        and len(before.strip()) >= 0.75 * measure.width
    )


def looks_like_verse(chunk: Chunk, measure: Measure) -> bool:
    """Lines of their own length, each with a capital or an opening mark at its head."""
    lines = [chunk.lines[0].text]
    for line in chunk.lines[1:]:
        if not turned_over(lines[-1], line.text, measure):
            lines.append(line.text)
    heads = [line.strip().lstrip(_HEAD)[:1] for line in lines]
    capital = sum(head.isupper() for head in heads)
    own = sum(not head.islower() for head in heads)
    if len(lines) < 2 or own < 0.75 * len(heads):
        return False
    if len(lines) == 2:
        # Two lines may be a signature or an address: verse has some length, and a pause where it turns.
        paused = lines[0].rstrip()[-1:] in ",;:.!?—-"
        return (
            capital == 2
            and paused
            and min(len(line.strip()) for line in lines) >= 20
            and forced(chunk, measure.right) == 0
        )
    if capital == len(heads):
        # Of three lines of prose hardly ever each begins with a capital; of names and addresses most do.
        return forced(chunk, measure.right) < 0.4 or len(lines) >= 4
    widest = max(len(line.strip()) for line in lines)
    return forced(chunk, measure.right) < 0.35 and (
        chunk.indent > measure.left or widest < 0.75 * measure.width
    )


def centred(line: Line, measure: Measure) -> bool:
    """Whether a line stands in the middle of the text block, clearly away from its margin."""
    middle = (measure.left + measure.right) / 2
    own = (line.indent + len(line.text)) / 2
    return line.indent >= measure.left + 6 and abs(own - middle) <= 4


def ends_with_stop(text: str) -> bool:
    return _STOP.search(text) is not None
