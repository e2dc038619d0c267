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
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import sub

import msgspec

from pipeline.checks.pagetext import Matrix, PageText, PlacedWord, Proof, around, proof
from pipeline.imposition.sheets import Box

FINENESS = 0.12
"""Pixels a point: an A5 page is looked at in 50 by 71 of them, a pixel for 3 mm."""

DIFFERENT = 12
"""Of 255 shades: by how much a spot of 3 × 3 pixels must differ before the page is not what it should be.

pdfium sets small glyphs on whole pixels, so a hair's breadth may move a line of type by one; over a spot that
evens out. Measured on pages of text: the right page differs by less than 5, even if it is taken to lie a
hundredth of a point aside; any other page by more than 18.
"""

_NOTICED = 20
"""By how much a single pixel must differ for the spot around it to be looked at."""


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
    difference the most that any spot differs from the page, in shades of 255 (see DIFFERENT)
    displaced  the most that any word is away from its place, in points
    """

    pages: tuple[int, ...]
    blank: bool
    lie: Lie | None
    words: tuple[PlacedWord, ...]
    difference: float = 0.0
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

    def candidates(self, words: tuple[PlacedWord, ...]) -> list[int]:
        """The pages with these words."""
        letters = _letters(words)
        if letters in self.by_words:
            return self.by_words[letters]
        # On a page that lies on its side, pdfium takes the lines in another order.
        mixed = sorted(letters)
        return [
            number
            for same, numbers in self.by_words.items()
            if len(same) == len(letters) and sorted(same) == mixed
            for number in numbers
        ]

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
    # Where a word ends is a guess of pdfium's, and may fall out differently at another size.
    return "".join([word.text for word in words])


def _is_white(look: bytes) -> bool:
    return look.count(255) == len(look)


def _find(made: Proof, number: int, words: tuple[PlacedWord, ...], panel: Box, known: _Known) -> Panel:
    """What lies on one panel of side `number` (from 0)."""
    if not words and _is_white(_look_at(made, number, panel)):
        return Panel(pages=(), blank=True, lie=None, words=())
    candidates = known.candidates(words)
    best: list[tuple[float, int, Lie, float]] = []
    for candidate in candidates:
        if known.blank(candidate):
            continue
        pairs = _pairs(known.pamphlet.pages[candidate], words)
        for lie in _lies_by_words(pairs) or _lies_by_outline(made, number, panel, candidate, known):
            difference = _difference(made, number, panel, candidate, lie, known)
            best.append((difference, candidate, lie, _displaced(pairs, lie)))
    if not best:
        return Panel(pages=(), blank=False, lie=None, words=words)
    best.sort(key=lambda one: one[:2])
    difference, first, lie, displaced = best[0]
    alike = {candidate for other, candidate, _, _ in best if other <= max(difference, DIFFERENT / 2)}
    return Panel(
        pages=tuple(sorted(candidate + 1 for candidate in alike | {first})),
        blank=False,
        lie=lie,
        words=words,
        difference=difference,
        displaced=displaced,
    )


def _pairs(page: PageText, words: tuple[PlacedWord, ...]) -> list[tuple[complex, complex]]:
    """Where words stand on the page, and where the same words stand on the panel."""
    twins: Iterable[tuple[PlacedWord, PlacedWord]]
    if [word.text for word in page.words] == [word.text for word in words]:
        twins = zip(page.words, words, strict=True)
    else:
        # In another order, or cut otherwise: those that come once are enough.
        here, there = _single(page.words), _single(words)
        twins = [(word, there[text]) for text, word in here.items() if text in there]
    return [(complex(one.x, one.y), complex(other.x, other.y)) for one, other in twins]


def _single(words: tuple[PlacedWord, ...]) -> dict[str, PlacedWord]:
    """The words that come only once."""
    times = Counter(word.text for word in words)
    return {word.text: word for word in words if times[word.text] == 1}


def _lies_by_words(pairs: Sequence[tuple[complex, complex]]) -> list[Lie]:
    """How the page lies, from a word and the one farthest from it; [] if they cannot tell."""
    if not pairs:
        return []
    here, to_here = pairs[0]
    there, to_there = max(pairs, key=lambda pair: abs(pair[0] - here))
    if abs(there - here) < 36:
        return []  # Half an inch is too short a base to measure a scale by.
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


def _displaced(pairs: Sequence[tuple[complex, complex]], lie: Lie) -> float:
    """How far the words are, at most, from where `lie` puts them."""
    a, b = lie.a, lie.b
    return max((abs(a * here + b - there) for here, there in pairs), default=0.0)


def _look_at(made: Proof, number: int, panel: Box) -> bytes:
    """A panel as it is, drawn small."""
    width, height = round((panel.right - panel.left) * FINENESS), round((panel.bottom - panel.top) * FINENESS)
    matrix = Matrix(FINENESS, 0, 0, FINENESS, -panel.left * FINENESS, 0)
    return made.look(number, matrix, width, height, Box(0, 0, width, height))


def _difference(made: Proof, number: int, panel: Box, candidate: int, lie: Lie, known: _Known) -> float:
    """How much the panel, with `lie` undone, differs from the page where it differs most."""
    k = FINENESS / lie.a
    shift = -k * lie.b
    matrix = Matrix(k.real, k.imag, -k.imag, k.real, shift.real, shift.imag)
    width, height = known.size(candidate)
    window = matrix.box(panel.left, panel.top, panel.right, panel.bottom)
    look = made.look(number, matrix, width, height, window)
    page = known.look(candidate)
    return _worst_spot(look, page, width) if look != page else 0.0


def _worst_spot(one: bytes, other: bytes, width: int) -> float:
    """How much two pictures differ where they differ most, as a mean over a spot of 3 × 3 pixels."""
    differences = list(map(sub, one, other))
    worst = 0.0
    for place, difference in enumerate(differences):
        if abs(difference) >= _NOTICED:
            column = place % width
            before, after = min(column, 1), min(width - 1 - column, 1) + 1
            rows = (place - width, place, place + width)
            spot = [
                value
                for row in rows
                if 0 <= row < len(differences)
                for value in differences[row - before : row + after]
            ]
            worst = max(worst, abs(sum(spot)) / len(spot))
    return worst
