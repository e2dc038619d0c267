"""(title, measure) → a title set as large as its longest word allows, its lines broken by sense.

The cover of the ebook is a picture of the pamphlet's first page, so there is one cover and not two.
"""

from __future__ import annotations

from functools import cache

import msgspec
from PIL import ImageFont

from pipeline.checks.pagetext import proof
from pipeline.model import Publication
from pipeline.renderers import furniture
from pipeline.renderers.epub import Cover
from pipeline.renderers.templates import STYLES

MEASURE = 122 * 72 / 25.4
"""Points: what the cover's margins of 13 mm leave of an A5's 148 mm."""
DEPTH = 96 * 72 / 25.4
"""Points: what the title may take of the page's height, so that subtitle, names and press have room."""
LARGEST = 66.0
SMALLEST = 20.0
"""Points. The leading is 0.94 of the size (styles/pamphlet.css, `.cover .title`)."""
LEADING = 0.94
_TRACKING = -0.015
_FACE = STYLES / "fonts" / "EBGaramond-ExtraBold.ttf"
_LEAN = frozenset(
    "a an the of in on at to by for and or but nor as with from into le la les un une de du des et à au aux en der die das "
    "ein eine und von zu im el los las y o con por para il lo gli e di da het een van i w z na".split()
)
"""Words that lean on the next one: a line that ends with one is broken against the sense."""


class Fitted(msgspec.Struct, frozen=True):
    """The lines of a title, and their size in points."""

    lines: tuple[str, ...]
    size: float


@cache
def _face() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FACE, 1000)


@cache
def _width(words: str) -> float:
    """Width in ems."""
    return _face().getlength(words) / 1000 + _TRACKING * len(words)


def fitted(title: str, measure: float = MEASURE, depth: float = DEPTH) -> Fitted:
    """The largest size at which every word fits the measure and all lines fit the depth (points)."""
    words = title.split()
    size = min(LARGEST, measure / max(_width(word) for word in words)) if words else LARGEST
    while True:
        lines = _broken(words, measure / size)
        if len(lines) * size * LEADING <= depth or size <= SMALLEST:
            return Fitted(lines, round(max(size, min(SMALLEST, size)), 1) - 0.1)
        size *= 0.96


def _broken(words: list[str], measure: float) -> tuple[str, ...]:
    """Lines of at most `measure` ems: as few as can be, none ending in a word that leans on the next, the rest
    as even as can be. The best break before each word follows from the best before the words after it."""
    best: dict[int, tuple[float, tuple[str, ...]]] = {len(words): (0.0, ())}
    for start in range(len(words) - 1, -1, -1):
        choices = []
        for end in range(start + 1, len(words) + 1):
            line = " ".join(words[start:end])
            if end > start + 1 and _width(line) > measure:
                break
            cost, rest = best[end]
            choices.append((cost + _cost(words, start, end, measure), (line, *rest)))
        best[start] = min(choices, key=lambda choice: choice[0])
    return best[0][1]


def _cost(words: list[str], start: int, end: int, measure: float) -> float:
    width = _width(" ".join(words[start:end]))
    leaning = 1.5 if end < len(words) and words[end - 1].lower() in _LEAN else 0.0
    return 1.0 + (max(0.0, measure - width) / measure) ** 2 + leaning


WIDTH = 1000
"""Pixels. Shops and readers ask for 1,000 to 1,600 on the shorter side."""
_COLOURS = 32


def picture(pamphlet: bytes, publication: Publication) -> Cover:
    """The pamphlet's first page as a PNG, with what it says as its alternative text."""
    shown = proof(pamphlet).picture(0, WIDTH, _COLOURS)
    about = publication.metadata
    said = [about.rubric, about.title, about.subtitle, furniture.names(about.creators, about.language)]
    return Cover(
        shown.data,
        "image/png",
        shown.width,
        shown.height,
        f"{furniture.words(about.language).cover}: {'. '.join(part for part in said if part)}.",
    )
