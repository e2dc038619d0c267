"""Booklet and pamphlet, both as files → which page of the pamphlet lies on each panel, and how it lies there.

Nothing is taken from the plan or from how the file was put together. A panel is half a side, with the
words and marks that stand in it. Its words, white space left out, say which page it is; where the first and
the farthest of them stand, compared with where they stand on that page, say how the page was moved, turned
and made smaller; and all other words have to agree. Where words cannot tell (pictures alone, a lone numeral)
the outlines of what is printed give the possible places, and the look of the page decides.

Last, the panel is drawn small with all of that undone, and must look like the page drawn small: that shows
what was cut off, painted over, or left out.

Places are complex numbers, x + y·1j in points from the top left: a page moved, turned and scaled is a·z + b.
"""

from __future__ import annotations

import cmath
import math
from collections import defaultdict
from functools import lru_cache
from operator import sub

import msgspec

from pipeline.checks.pagetext import Matrix, PageText, PlacedWord, Proof, around, proof
from pipeline.imposition.sheets import Box

FINENESS = 0.12
"""Pixels a point: an A5 page is looked at in 50 by 71 of them, a pixel for 3 mm."""

DIFFERENT = 40
"""Of 255 shades: by how much a pixel must differ before something is thought to be missing.

Measured on pages of text: the right page differs by 0 at full size; any other page, and the same one upside
down, by 68 and more.
"""

LOOSE = 0.3
"""How far, in points, words may stand from where they should: pdfium rounds places to about a hundredth."""


class Lie(msgspec.Struct, frozen=True):
    """How a page lies: it was multiplied by `a` (scale and turn) and then moved by `b`."""

    a: complex
    b: complex

    @property
    def scale(self) -> float:
        return abs(self.a)

    @property
    def turn(self) -> int:
        """Degrees clockwise, to the nearest whole one: 0 for upright."""
        return round(math.degrees(cmath.phase(self.a))) % 360

    def on(self, z: complex) -> complex:
        return self.a * z + self.b

    def back(self, z: complex) -> complex:
        """Where a place on the side lies on the page."""
        return (z - self.b) / self.a

    def box(self, box: Box) -> Box:
        """The box around a box of the page, on the side."""
        one, two = self.on(complex(box.left, box.top)), self.on(complex(box.right, box.bottom))
        left, right = sorted((one.real, two.real))
        top, bottom = sorted((one.imag, two.imag))
        return Box(left, top, right, bottom)


class Panel(msgspec.Struct, frozen=True):
    """Half a side as it was found.

    pages      the pages of the pamphlet (from 1) that it may be: none, one, or several that are all alike
    blank      nothing is printed on it
    lie        how the page lies; None if that could not be made out
    words      what stands on it, in points from the top left of the side
    difference the most that any spot differs from the page, in shades of 255
    displaced  the most that any word is away from its place, in points
    """

    pages: tuple[int, ...]
    blank: bool
    lie: Lie | None
    words: tuple[PlacedWord, ...]
    difference: int = 0
    displaced: float = 0.0


@lru_cache(maxsize=4)
def find_panels(booklet: bytes, pamphlet: bytes) -> tuple[tuple[Panel, Panel], ...]:
    """The left and the right panel of each side. Raises CheckError if a file cannot be read."""
    made = proof(booklet)
    known = _known(pamphlet)
    found = []
    for number, side in enumerate(made.pages):
        middle = side.width / 2
        left = tuple(word for word in side.words if word.x < middle)
        right = tuple(word for word in side.words if word.x >= middle)
        found.append(
            (
                _find(made, number, left, Box(0, 0, middle, side.height), known),
                _find(made, number, right, Box(middle, 0, side.width, side.height), known),
            )
        )
    return tuple(found)


class _Known:
    """The pages of the pamphlet, by their words."""

    def __init__(self, pamphlet: Proof) -> None:
        self.pamphlet = pamphlet
        self.by_words: defaultdict[str, list[int]] = defaultdict(list)
        for number, page in enumerate(pamphlet.pages):
            self.by_words[_letters(page.words)].append(number)
        self._looks: dict[int, bytes] = {}

    def size(self, number: int) -> tuple[int, int]:
        """In pixels."""
        page = self.pamphlet.pages[number]
        return round(page.width * FINENESS), round(page.height * FINENESS)

    def look(self, number: int) -> bytes:
        if number not in self._looks:
            width, height = self.size(number)
            straight = Matrix(FINENESS, 0, 0, FINENESS, 0, 0)
            self._looks[number] = self.pamphlet.look(
                number, straight, width, height, Box(0, 0, width, height)
            )
        return self._looks[number]

    def blank(self, number: int) -> bool:
        return not self.pamphlet.pages[number].words and _is_white(self.look(number))


@lru_cache(maxsize=2)
def _known(pamphlet: bytes) -> _Known:
    # Two booklets are made of one pamphlet; its pages need not be drawn twice.
    return _Known(proof(pamphlet))


def blank_pages(pamphlet: bytes) -> frozenset[int]:
    """The pages of a pamphlet, counted from 1, on which nothing is printed."""
    known = _known(pamphlet)
    return frozenset(number + 1 for number in range(len(known.pamphlet.pages)) if known.blank(number))


def _letters(words: tuple[PlacedWord, ...]) -> str:
    # Where one word ends is a guess of pdfium's, and may fall out differently at another size.
    return "".join(word.text for word in words)


def _is_white(look: bytes) -> bool:
    return look.count(255) == len(look)


def _find(made: Proof, number: int, words: tuple[PlacedWord, ...], panel: Box, known: _Known) -> Panel:
    """What lies on one panel of side `number` (from 0)."""
    if not words and _is_white(_look_at(made, number, panel)):
        return Panel(pages=(), blank=True, lie=None, words=())
    candidates = known.by_words.get(_letters(words), [])
    best: list[tuple[int, int, Lie, float]] = []
    for candidate in candidates:
        if known.blank(candidate):
            continue
        page = known.pamphlet.pages[candidate]
        for lie in _lies_by_words(page, words) or _lies_by_outline(made, number, panel, candidate, known):
            difference = _difference(made, number, panel, candidate, lie, known)
            best.append((difference, candidate, lie, _displaced(page, words, lie)))
    if not best:
        return Panel(pages=(), blank=False, lie=None, words=words)
    best.sort(key=lambda one: one[:2])
    difference, first, lie, displaced = best[0]
    alike = {candidate for other, candidate, _, _ in best if other <= max(difference, DIFFERENT // 2)}
    return Panel(
        pages=tuple(sorted(candidate + 1 for candidate in alike | {first})),
        blank=False,
        lie=lie,
        words=words,
        difference=difference,
        displaced=displaced,
    )


def _lies_by_words(page: PageText, words: tuple[PlacedWord, ...]) -> list[Lie]:
    """How the page lies, from its first word and the one farthest from that; [] if they cannot tell."""
    if len(page.words) != len(words) or len(words) < 2:
        return []
    first = page.words[0]
    far = max(
        range(len(words)), key=lambda n: abs(page.words[n].x - first.x) + abs(page.words[n].y - first.y)
    )
    here, there = complex(first.x, first.y), complex(page.words[far].x, page.words[far].y)
    if abs(there - here) < 36:
        return []  # Half an inch is too short a base to measure a scale by.
    to_here, to_there = complex(words[0].x, words[0].y), complex(words[far].x, words[far].y)
    a = (to_there - to_here) / (there - here)
    return [Lie(a, to_here - a * here)] if abs(a) > 0.01 else []


def _lies_by_outline(made: Proof, number: int, panel: Box, candidate: int, known: _Known) -> list[Lie]:
    """The ways in which the marks of a page can lie, by the outline of the marks on the panel."""
    there = around(
        box for box in made.objects[number] if panel.left <= (box.left + box.right) / 2 < panel.right
    )
    here = known.pamphlet.ink[candidate]
    if there is None or here is None:
        return []
    centre = complex(here.left + here.right, here.top + here.bottom) / 2
    to_centre = complex(there.left + there.right, there.top + there.bottom) / 2
    diagonal = math.hypot(here.right - here.left, here.bottom - here.top)
    scale = math.hypot(there.right - there.left, there.bottom - there.top) / diagonal if diagonal else 1.0
    return [Lie(a, to_centre - a * centre) for a in (scale * 1j**quarter for quarter in range(4))]


def _displaced(page: PageText, words: tuple[PlacedWord, ...], lie: Lie) -> float:
    """How far the words are, at most, from where `lie` puts them."""
    if len(page.words) != len(words):
        return 0.0  # They were cut into words in another way; the look has to do.
    a, b = lie.a, lie.b
    return max(
        (
            abs(a * complex(was.x, was.y) + b - complex(now.x, now.y))
            for was, now in zip(page.words, words, strict=True)
        ),
        default=0.0,
    )


def _look_at(made: Proof, number: int, panel: Box) -> bytes:
    """A panel as it is, drawn small."""
    width, height = round((panel.right - panel.left) * FINENESS), round((panel.bottom - panel.top) * FINENESS)
    matrix = Matrix(FINENESS, 0, 0, FINENESS, -panel.left * FINENESS, 0)
    return made.look(number, matrix, width, height, Box(0, 0, width, height))


def _difference(made: Proof, number: int, panel: Box, candidate: int, lie: Lie, known: _Known) -> int:
    """How much the panel, with `lie` undone, differs from the page where it differs most; shades of 255."""
    k = FINENESS / lie.a
    shift = -k * lie.b
    matrix = Matrix(k.real, k.imag, -k.imag, k.real, shift.real, shift.imag)
    width, height = known.size(candidate)
    window = matrix.box(panel.left, panel.top, panel.right, panel.bottom)
    look = made.look(number, matrix, width, height, window)
    page = known.look(candidate)
    if look == page:
        return 0
    darker_or_lighter: list[int] = list(map(sub, look, page))
    lightest, darkest = max(darker_or_lighter), -min(darker_or_lighter)
    return max(lightest, darkest)
