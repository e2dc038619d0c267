"""Printed sides, in the order of the file → faces of leaves, in the order of reading: a model of paper.

A sheet lies before us with its front up. The printer turned it to print its back: round the short edge, and
the back stands upright to someone who turns the sheet like a page; round the long edge, and it stands on its
head, its left panel where the right one should be. Then the sheet is folded in the middle, front outside, its
right half becoming a leaf that is read early and its left half one that is read late; the sheets are laid one
in another, the first outermost, and the leaves are turned one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

import msgspec

from pipeline.imposition.sheets import Flip

P = TypeVar("P")


class Face(msgspec.Struct, Generic[P], frozen=True):
    """A face of a leaf in the folded booklet.

    panel      what is printed on it
    upended    whether turning the leaves shows the face on its head, if it was printed upright
    sheet      which sheet it is on, counted from 1, the outermost
    side       "front" or "back"
    half       "left" or "right", as the file has it
    """

    panel: P
    upended: bool
    sheet: int
    side: str
    half: str

    @property
    def where(self) -> str:
        return f"sheet {self.sheet}, {self.side}, {self.half}"


class _Leaf(msgspec.Struct, Generic[P], frozen=True):
    recto: Face[P]
    verso: Face[P]


def fold(sides: Sequence[tuple[P, P]], flip: Flip) -> tuple[Face[P], ...]:
    """The faces of the booklet that the sides (left and right panel of each) make, front cover first.

    The number of sides is even; ValueError if not.
    """
    if len(sides) % 2:
        raise ValueError(f"{len(sides)} sides do not make whole sheets")
    early: list[_Leaf[P]] = []
    late: list[_Leaf[P]] = []
    for number, (front, back) in enumerate(zip(sides[::2], sides[1::2], strict=True), start=1):
        front_left = Face(front[0], False, number, "front", "left")
        front_right = Face(front[1], False, number, "front", "right")
        back_left = Face(back[0], False, number, "back", "left")
        back_right = Face(back[1], False, number, "back", "right")
        if flip == "long-edge":
            # Half a turn of the paper: left and right change places, and all stands on its head.
            back_left, back_right = (
                Face(back[1], True, number, "back", "right"),
                Face(back[0], True, number, "back", "left"),
            )
        early.append(_Leaf(recto=front_right, verso=back_left))
        late.append(_Leaf(recto=back_right, verso=front_left))
    return tuple(face for leaf in [*early, *reversed(late)] for face in (leaf.recto, leaf.verso))
