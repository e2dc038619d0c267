"""(text before, text after, the changes of these lines) → the stretches of both to be marked, and whose each is.

What differs is found by comparing, so that nothing that changed stays unmarked; then each entry of the ledger
claims the differences that stand where its words do. Marks of markup, which no entry names, are told apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from pipeline.explaining_marks import Seam, only_markup, seams, tokens
from pipeline.model import Change

Kind = Literal["gone", "come", "markup"]


class Mark(msgspec.Struct, frozen=True):
    """A stretch of a text, in characters, and the numbers of the changes that it belongs to."""

    start: int
    end: int
    kind: Kind
    numbers: tuple[int, ...] = ()


_WORDS = re.compile(r"\w")
_LONG = 80
"""Characters of a change that shows more than its own words."""
_TRIED = 64
"""Places where a change's words stand that are looked at."""


class _Side:
    """One text: where words stand in it, and where the differences are. Mutable: it remembers how far each rule came."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        self._tokens = [token for token in tokens(text) if not token.blank]
        self._at: dict[str, list[int]] = {}
        for number, token in enumerate(self._tokens):
            self._at.setdefault(token.key, []).append(number)
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]
        self._come: dict[str, int] = {}

    def found(self, rule: str, words: str) -> Iterator[range]:
        """The differences inside each place where these words stand, from where the rule was last."""
        keys = [token.key for token in tokens(words.replace("¶", " ")) if not token.blank]
        if not keys:
            return
        all_places = self._at.get(keys[0], [])
        first = bisect_left(all_places, self._come.get(rule, 0))
        for at in (all_places[first:] + all_places[:first])[:_TRIED]:
            if [token.key for token in self._tokens[at : at + len(keys)]] == keys:
                start, end = self._tokens[at].start, self._tokens[at + len(keys) - 1].end
                low, high = bisect_left(self._ends, start), bisect_left(self._starts, end)
                # One without width may stand right at either end.
                while high < len(self._starts) and self._starts[high] == self._ends[high] == end:
                    high += 1
                while low < high and self._ends[low] == start > self._starts[low]:
                    low += 1
                if low < high:
                    yield range(low, high)
                    self._come[rule] = at

    def take(self, rule: str, words: str, taken: Mapping[int, list[int]]) -> list[int]:
        """The differences of the first place that has one which nobody claims."""
        for place in self.found(rule, words):
            if free := [each for each in place if each not in taken]:
                return free
        return []


def claimed(
    before: str, after: str, changes: Sequence[tuple[int, Change]]
) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """What to mark in each of the two texts."""
    differences = seams(before, after)
    mine = _Side(before, [(seam.from_a, seam.to_a) for seam in differences])
    theirs = _Side(after, [(seam.from_b, seam.to_b) for seam in differences])
    taken: dict[int, list[int]] = {}
    # What shows more than its own words comes last, or it would claim what is others'.
    for number, change in sorted(changes, key=lambda each: len(each[1].before + each[1].after) > _LONG):
        if change.before == change.after:
            continue
        for each in theirs.take(change.rule, change.after, taken) or mine.take(
            change.rule, change.before, taken
        ):
            taken.setdefault(each, []).append(number)
    found = [_marks(seam, before, after, tuple(taken.get(at, ()))) for at, seam in enumerate(differences)]
    return (
        _together(before, [was for was, _ in found if was]),
        _together(after, [now for _, now in found if now]),
    )


def _together(text: str, marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Neighbours that belong to one change, made one, or its number would stand after each word of a heading."""
    out: list[Mark] = []
    for mark in marks:
        last = out[-1] if out else None
        if (
            last
            and (last.kind, last.numbers) == (mark.kind, mark.numbers)
            and last.numbers
            and not _WORDS.search(text, last.end, mark.start)
        ):
            out[-1] = Mark(last.start, mark.end, mark.kind, mark.numbers)
        else:
            out.append(mark)
    return tuple(out)


def _marks(seam: Seam, before: str, after: str, numbers: tuple[int, ...]) -> tuple[Mark | None, Mark | None]:
    gone, come = before[seam.from_a : seam.to_a], after[seam.from_b : seam.to_b]
    if not numbers and not (gone.strip() or come.strip(" \n")):
        return None, None
    markup = not numbers and only_markup(gone)
    was = Mark(seam.from_a, seam.to_a, "markup" if markup else "gone", () if come else numbers)
    now = Mark(seam.from_b, seam.to_b, "come", numbers)
    return was if gone else None, now if come.strip(" \n") or (come and numbers) else None
