"""Text → the words that must be the same in every edition, and where two sequences of them differ."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

import msgspec

_NOTHING = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff'’‘ʼ_\ufffc]")
"""What is no part of a word: soft hyphens, direction marks, apostrophes (an apostrophe may change its form)."""
_HYPHEN = re.compile(r"(?<=[^\W\d])[-‐‑](?=\w)|(?<=\w)[-‐‑](?=[^\W\d])")
"""A hyphen within a word. It may stand at a line's end, where nobody can tell whose it is, so it does not
count; between two figures it is a dash by another name, and parts them."""
_WORD = re.compile(r"\w+")
_LINE_END = re.compile(r"[-‐‑\ufffe\x02]$")


def words(text: str) -> list[str]:
    """The words of a text, folded: compatibility forms, case, apostrophes and hyphens do not count."""
    text = _NOTHING.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return _WORD.findall(_HYPHEN.sub("", text))


def rejoined(pieces: Iterable[str]) -> str:
    """Pieces of printed lines as one text; what a line's end has cut is whole again."""
    out: list[str] = []
    for piece in pieces:
        if out and _LINE_END.search(out[-1]):
            # At a line's end pdfium gives its own sign for a hyphen of the text.
            out[-1] = _LINE_END.sub("-", out[-1]) + piece
        else:
            out.append(piece)
    return " ".join(out)


class Difference(msgspec.Struct, frozen=True):
    """`a[from_a:to_a]` stands where `b[from_b:to_b]` does; one of the two may be empty."""

    from_a: int
    to_a: int
    from_b: int
    to_b: int


_RUN = 3
"""So many words in a row are no chance."""
_FAR = 4000
"""Words. Two sequences that have nothing in common for so long are taken to differ to their ends."""


_SMALL = 10_000
"""Pairs of words. A difference of no more is looked at closely."""


def differences(a: Sequence[str], b: Sequence[str]) -> Iterator[Difference]:
    """Where two sequences that are nearly the same differ, in order; linear where they agree.

    difflib alone takes time that grows with the square of the length, and a book of 300,000 words is compared
    as often as a leaflet; so it only looks at what is left between words that agree.
    """
    for gap in _gaps(a, b):
        if 0 < (gap.to_a - gap.from_a) * (gap.to_b - gap.from_b) <= _SMALL:
            close = SequenceMatcher(None, a[gap.from_a : gap.to_a], b[gap.from_b : gap.to_b], autojunk=False)
            for kind, i, to_i, j, to_j in close.get_opcodes():
                if kind != "equal":
                    yield Difference(gap.from_a + i, gap.from_a + to_i, gap.from_b + j, gap.from_b + to_j)
        else:
            yield gap


def _gaps(a: Sequence[str], b: Sequence[str]) -> Iterator[Difference]:
    """Where they part, and where they next go on together for a while."""
    index: dict[tuple[str, ...], list[int]] | None = None
    i = j = 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            i, j = i + 1, j + 1
            continue
        if index is None:
            index = {}
            for at in range(len(b) - _RUN + 1):
                index.setdefault(tuple(b[at : at + _RUN]), []).append(at)
        next_i, next_j = _meeting(a, b, i, j, index)
        yield Difference(i, next_i, j, next_j)
        i, j = next_i, next_j
    if i < len(a) or j < len(b):
        yield Difference(i, len(a), j, len(b))


def _meeting(
    a: Sequence[str], b: Sequence[str], i: int, j: int, index: dict[tuple[str, ...], list[int]]
) -> tuple[int, int]:
    """The nearest place after (i, j) from which both go on alike; the ends, if there is none."""
    best = (len(a), len(b))
    cost = _FAR
    for at in range(i, min(i + _FAR, len(a))):
        if at - i >= cost:
            break
        places = index.get(tuple(a[at : at + _RUN]), [])
        # The first is the nearest, however often the words come again.
        number = bisect_left(places, j)
        if number < len(places) and (at - i) + (places[number] - j) < cost:
            best, cost = (at, places[number]), (at - i) + (places[number] - j)
    # The ends themselves are a meeting, if both are near: they are too short for a run.
    tail = 0
    while tail < min(_RUN - 1, len(a) - i, len(b) - j) and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    if tail and (len(a) - tail - i) + (len(b) - tail - j) < cost:
        best = (len(a) - tail, len(b) - tail)
    return best
