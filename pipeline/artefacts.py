"""What the renderers hand on beside their bytes: where in a finished edition the text stands. Types only."""

from __future__ import annotations

import msgspec


class TextBlock(msgspec.Struct, frozen=True):
    """Where the text itself stands in a pamphlet; the rest of it is furniture.

    first, last  its pages, from 1: covers, contents and colophon lie before and after
    top, bottom  points from the top of the page: running heads and folios lie above and below
    feet         for each of its pages, where its notes begin; `bottom` where it has none
    """

    first: int
    last: int
    top: float
    bottom: float
    feet: tuple[float, ...]
