"""(labels of calls, labels of notes, both in their order) → which call is answered by which note, where that is sure.

Calls and notes of a stretch come in the same order, so the longest row that both have in common pairs them,
whether numbers run through or begin again. Of two such rows neither is sure: only what both say holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set

import msgspec

_MOST_PAIRS = 2_000_000
"""Calls times notes, where they part. More cannot be weighed one by one in good time."""
_MOST_STEPS = 800
"""Labels that may be on one side only, where there are so many. Beyond, nothing is paired."""
_ORDERLY = 0.75
"""The share of answered notes that must come in the order of their calls. A list of books, to which a text
points now here, now there, does not."""


class Asked(msgspec.Struct, frozen=True):
    """A call as pairing sees it: its label, and how many headings stand before it."""

    label: str
    chapter: int


def answered(calls: Sequence[Asked], notes: Sequence[str], later: Set[str]) -> dict[int, int]:
    """The number of each call that is answered, and that of its note. `later` are labels of notes further on."""
    labels = [call.label for call in calls]
    forward = _row(labels, notes)
    backward = {
        len(labels) - 1 - call: len(notes) - 1 - note
        for call, note in _row(labels[::-1], notes[::-1]).items()
    }
    asked = set(labels)
    if len(forward) < _ORDERLY * sum(label in asked for label in notes):
        return {}
    pairs = {call: note for call, note in forward.items() if backward.get(call) == note}
    _out_of_order(pairs, labels, notes)
    _side_by_side(pairs, calls, notes, forward, backward)
    _again(pairs, calls, notes, later)
    return pairs


def _out_of_order(pairs: dict[int, int], labels: Sequence[str], notes: Sequence[str]) -> None:
    """A label that stands once among the calls and once among the notes is sure wherever it stands."""
    asked, given = Counter(labels), Counter(notes)
    where = {label: at for at, label in enumerate(labels)}
    for number, label in enumerate(notes):
        if asked[label] == given[label] == 1:
            pairs[where[label]] = number


def _side_by_side(
    pairs: dict[int, int],
    calls: Sequence[Asked],
    notes: Sequence[str],
    forward: dict[int, int],
    backward: dict[int, int],
) -> None:
    """Calls of one number in a row, of which any may be the first: all call the same note."""
    last = {note: call for call, note in backward.items()}
    for call, note in forward.items():
        end = last.get(note)
        if end is None or end <= call or not notes[note].isdecimal():
            continue
        if all(each == calls[call] for each in calls[call : end + 1]):
            pairs |= dict.fromkeys(range(call, end + 1), note)


def _again(pairs: dict[int, int], calls: Sequence[Asked], notes: Sequence[str], later: Set[str]) -> None:
    """A number between higher ones calls its note again; several in a row are the count begun anew."""
    given = Counter(notes)
    first: dict[str, int] = {}
    after = [-1] * (len(calls) + 1)
    for at in range(len(calls) - 1, -1, -1):
        after[at] = max(after[at + 1], pairs.get(at, -1))
    for at, call in enumerate(calls):
        if at in pairs:
            first.setdefault(call.label, at)
            continue
        before = first.get(call.label)
        if before is None or given[call.label] != 1 or not call.label.isdecimal():
            continue
        around = {calls[i].label for i in (at - 1, at + 1) if 0 <= i < len(calls) and i not in pairs}
        anew = {str(int(call.label) - 1), str(int(call.label) + 1)} & around
        goes_on = after[at] > pairs[before]
        apart = call.chapter != calls[before].chapter or call.label in later
        if not anew and (goes_on or not apart):
            pairs[at] = pairs[before]


def _row(a: Sequence[str], b: Sequence[str]) -> dict[int, int]:
    """The longest row of labels that `a` and `b` have in common; of several, one that begins early."""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    out = {at: at for at in range(start)}
    out |= {len(a) - 1 - at: len(b) - 1 - at for at in range(end)}
    inner_a, inner_b = a[start : len(a) - end], b[start : len(b) - end]
    if inner_a and inner_b:
        small = len(inner_a) * len(inner_b) <= _MOST_PAIRS
        row = _weighed(inner_a, inner_b) if small else _nearly_alike(inner_a, inner_b)
        out |= {start + i: start + j for i, j in row}
    return out


def _weighed(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    longest = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        below, here = longest[i + 1], longest[i]
        for j in range(len(b) - 1, -1, -1):
            here[j] = below[j + 1] + 1 if a[i] == b[j] else max(below[j], here[j + 1])
    out: list[tuple[int, int]] = []
    i = j = 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            out.append((i, j))
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return out


def _nearly_alike(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """The same for long rows that differ little, in time that grows with their length times their difference.

    E. W. Myers, An O(ND) Difference Algorithm and Its Variations, Algorithmica 1 (1986), 251–266.
    """
    reached = {1: 0}
    trace: list[dict[int, int]] = []
    for steps in range(_MOST_STEPS + 1):
        trace.append(dict(reached))
        for diagonal in range(-steps, steps + 1, 2):
            i = _entered(reached, diagonal, steps)
            j = i - diagonal
            while i < len(a) and 0 <= j < len(b) and a[i] == b[j]:
                i, j = i + 1, j + 1
            reached[diagonal] = i
            if i >= len(a) and j >= len(b):
                return _walked_back(trace, len(a), len(b))
    return []


def _down(reached: dict[int, int], diagonal: int, steps: int) -> bool:
    """Whether the furthest way to a diagonal comes from the one above it: a label of `b` is left out."""
    return diagonal == -steps or (diagonal != steps and reached[diagonal - 1] < reached[diagonal + 1])


def _entered(reached: dict[int, int], diagonal: int, steps: int) -> int:
    return reached[diagonal + 1] if _down(reached, diagonal, steps) else reached[diagonal - 1] + 1


def _walked_back(trace: list[dict[int, int]], i: int, j: int) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for steps in range(len(trace) - 1, -1, -1):
        diagonal = i - j
        start = _entered(trace[steps], diagonal, steps)
        while i > start:
            i, j = i - 1, j - 1
            out.append((i, j))
        if _down(trace[steps], diagonal, steps):
            j -= 1
        else:
            i -= 1
    return out[::-1]
