"""Pieces → where notes stand: rows of what begins as notes do, and what says that notes stand there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from pipeline.normalise.footnotes_marks import Form, Kind
from pipeline.normalise.footnotes_pieces import Piece
from pipeline.walk import plain, runs

TOLD, RULED, PLACED, LOOSE = 3, 2, 1, 0
"""What says that notes stand here: a heading over them, a rule, an end or a cut paragraph, nothing."""

_STOPS = ".!?:;…"
_CLOSING = "\"”’'»)]*"


class Gathering(msgspec.Struct, frozen=True):
    """Notes of one form that stand together, by the numbers of their pieces."""

    notes: tuple[int, ...]
    labels: tuple[str, ...]
    standing: int


def text_of(piece: Piece) -> str:
    return " ".join(plain(run) for run, _ in runs(piece.blocks))


def cut_off(text: str) -> bool:
    """Says whether a text stops without a stop."""
    bare = text.strip().rstrip(_CLOSING)
    return bool(bare) and bare[-1] not in _STOPS


class Row(msgspec.Struct, frozen=True):
    """Pieces `first` to `last`, each of which begins as a note does."""

    first: int
    last: int
    standing: int


def rows(pieces: Sequence[Piece]) -> Iterator[Row]:
    told = False
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if piece.kind == "head":
            # A chapter's name over its notes does not end them.
            told = piece.label or (told and at + 1 < len(pieces) and pieces[at + 1].opening is not None)
        if piece.opening is None:
            at += 1
            continue
        last = at
        while last + 1 < len(pieces) and pieces[last + 1].opening is not None:
            last += 1
        yield Row(at, last, TOLD if told else _standing(pieces, at, last))
        at = last + 1


def _standing(pieces: Sequence[Piece], first: int, last: int) -> int:
    before = pieces[first - 1] if first else None
    above = pieces[first - 2] if first > 1 else None
    after = pieces[last + 1] if last + 1 < len(pieces) else None
    if before and (before.kind == "rule" or (above and above.kind == "rule")):
        return RULED
    if after is None or after.kind != "text" or (before and is_cut(before, after)):
        return PLACED
    return LOOSE


def is_cut(before: Piece, after: Piece) -> bool:
    """Says whether two pieces of text are the halves of one paragraph."""
    return cut_off(text_of(before)) and text_of(after).lstrip("\"“‘'«([ ")[:1].islower()


def runs_on(note: Piece, after: Piece) -> bool:
    """Says whether a note that stops without a stop goes on in a piece: with a small letter or a figure."""
    return is_cut(note, after) or (cut_off(text_of(note)) and text_of(after)[:1].isdigit())


def left_open(text: str) -> bool:
    """Says whether a text stops without a stop, inside a quotation or bracket."""
    open_ = any(text.count(one) > text.count(other) for one, other in ("“”", "«»", "()"))
    return cut_off(text) and (open_ or text.count('"') % 2 == 1)


def gatherings(
    pieces: Sequence[Piece], standing: Sequence[Row], form: Form, kind: Kind
) -> Iterator[Gathering]:
    for row in standing:
        mine = tuple(
            at
            for at in range(row.first, row.last + 1)
            if (mark := pieces[at].opening) and mark.mark.form == form and mark.mark.kind == kind
        )
        if mine:
            labels = tuple(each.mark.label for at in mine if (each := pieces[at].opening))
            yield Gathering(mine, labels, row.standing)
