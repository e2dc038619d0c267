"""(piece, the calls in it that are sure) → the piece with real calls, each told in the ledger with the word before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from pipeline.editing import OPAQUE, cut, flat, merged
from pipeline.model import Change, Image, Inline, NoteRef, Place
from pipeline.normalise.footnotes_gatherings import Located
from pipeline.normalise.footnotes_pieces import Piece
from pipeline.walk import Run, every_inline, plain, rewritten

_BETWEEN = re.compile(r"\s?(?:\[,\]|[,;])?\s?")
"""What stands between two calls: "[3][,][4]", "¹,²", "[3], [4]"."""
_WORD_BEFORE = re.compile(r"\S+\s*\Z")
_WORD_AFTER = re.compile(r"\S*")
_LONGEST = 200
"""Characters. Longer words are none."""
_WHY = "the call of a note"

Spots = Mapping[int, list[tuple[Located, str]]]
"""The number of a run in a piece → the calls in it, with the ids of their notes."""


class _Spot(msgspec.Struct, frozen=True):
    """Calls that stand together at `flat(run)[start:end]`."""

    start: int
    end: int
    notes: tuple[str, ...]


def called(piece: Piece, spots: Spots, changes: list[Change]) -> Piece:
    """Runs are counted as `walk.rewritten` comes to them."""
    count = -1

    def rewrite(run: Run, place: Place) -> Run:
        nonlocal count
        count += 1
        found = spots.get(count)
        return _with_calls(run, place, list(_spots(run, found)), changes) if found else run

    return msgspec.structs.replace(piece, blocks=rewritten(piece.blocks, rewrite))


def _spots(run: Run, found: list[tuple[Located, str]]) -> Iterator[_Spot]:
    text = flat(run)
    open_ = None
    for located, note in sorted(found, key=lambda each: each[0].call.start):
        call = located.call
        if open_ and (call.start == open_.start or _BETWEEN.fullmatch(text, open_.end, call.start)):
            open_ = _Spot(open_.start, call.end, (*open_.notes, note))
            continue
        if open_:
            yield open_
        open_ = _Spot(call.start, call.end, (note,))
    if open_:
        yield open_


def _with_calls(run: Run, place: Place, spots: list[_Spot], changes: list[Change]) -> Run:
    text = flat(run)
    shown = _shown(run, text)
    out: list[Inline] = []
    at = 0
    for spot in spots:
        start = spot.start
        # A call stands close to its word, unless that would close up two words.
        if start > 1 and text[start - 1 : start] == " " and not text[spot.end : spot.end + 1].isalnum():
            start -= 1
        out += [*cut(run, at, start), *(NoteRef(note) for note in spot.notes)]
        at = spot.end
    out += cut(run, at, len(text))
    changes += [_told(shown, cluster, place) for cluster in _clusters(shown, spots)]
    return merged(out)


def _shown(run: Run, text: str) -> str:
    """The flat string with the characters that nothing may touch, but for calls and pictures."""
    bare = [node for node in every_inline(run) if isinstance(node, NoteRef | Image)]
    words = plain(run)
    return words if not bare and len(words) == len(text) else text


def _clusters(shown: str, spots: list[_Spot]) -> Iterator[tuple[int, int, list[_Spot]]]:
    """Calls with the word that they stand at; those that share one word together."""
    open_: tuple[int, int, list[_Spot]] | None = None
    for spot in spots:
        before = _WORD_BEFORE.search(shown, max(0, spot.start - _LONGEST), spot.start)
        after = _WORD_AFTER.match(shown, spot.end)
        start = before.start() if before else spot.start
        end = after.end() if after else spot.end
        if open_ and start < open_[1]:
            open_ = (open_[0], max(end, open_[1]), [*open_[2], spot])
            continue
        if open_:
            yield open_
        open_ = (start, end, [spot])
    if open_:
        yield open_


def _told(shown: str, cluster: tuple[int, int, list[_Spot]], place: Place) -> Change:
    start, end, spots = cluster
    after, at = "", start
    for spot in spots:
        after += shown[at : spot.start]
        at = spot.end
    after += shown[at:end]
    return Change("notes", place, _said(shown[start:end]), _said(after), _WHY)


def _said(text: str) -> str:
    return " ".join(text.replace(OPAQUE, "").split())
