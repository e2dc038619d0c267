"""A page, a sheet and what is printed on the pages → at what scale, and where on its panel, each page lies.

A sheet lies on its long edge and is folded once, down the middle: each half of a side is a *panel*.
All lengths are in points (1/72 inch) unless a name ends in `_mm`. Boxes count from the top left corner.

How a page comes onto its panel:

whole     It fits at full size. Its spine edge lies on the fold, so that what runs across an opening meets;
          what the panel is larger by (half a millimetre for A5 on A4) is left white at the fore-edge.
trimmed   It is wider or taller than the panel, but only by white paper: the type stays at full size, and
          paper is lost evenly at spine and fore-edge, or as near to evenly as keeps ink `SAFE_MM` off.
scaled    Something is printed too near an edge for that: the page is made smaller until it fits.

Half a Letter sheet is 8.3 mm narrower than A5, so A5 is trimmed there, or scaled to 94.4 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

MM = 72 / 25.4
"""Points in a millimetre."""

SAFE_MM = 6.35
"""A quarter inch: what the most careful desktop printers leave unprinted along every edge."""

Flip = Literal["short-edge", "long-edge"]
"""Round which edge of the sheet the printer turns it to print the back."""

Hand = Literal["verso", "recto"]
"""The page on the left of an opening, and the one on its right."""

How = Literal["whole", "trimmed", "scaled"]


class Box(msgspec.Struct, frozen=True):
    """A rectangle, from the top left corner of what it lies on; `top` is less than `bottom`."""

    left: float
    top: float
    right: float
    bottom: float


class Sheet(msgspec.Struct, frozen=True):
    """A size of paper, lying on its long edge."""

    name: str
    width: float
    height: float

    @property
    def panel(self) -> float:
        """The width of half the sheet."""
        return self.width / 2


A4 = Sheet("a4", 297 * MM, 210 * MM)
LETTER = Sheet("letter", 11 * 72.0, 8.5 * 72.0)
SHEETS = {sheet.name: sheet for sheet in (A4, LETTER)}


class Fit(msgspec.Struct, frozen=True):
    """Where the pages lie: `spine` is how far the spine edge of a page reaches past the fold, unseen."""

    sheet: Sheet
    width: float
    height: float
    scale: float
    spine: float
    how: How

    def origin(self, hand: Hand, creep: float = 0.0) -> tuple[float, float]:
        """The lower left corner of a page on its sheet, from the sheet's own lower left corner.

        `creep` is how far to move the page towards the spine, to make up for the paper that the sheets
        nested in this one push outwards: nothing on the outermost sheet.
        """
        past = self.spine + creep
        x = self.sheet.panel - past if hand == "recto" else self.sheet.panel + past - self.width * self.scale
        return x, (self.sheet.height - self.height * self.scale) / 2


def fit(width: float, height: float, sheet: Sheet, ink: Sequence[tuple[Hand, Box]]) -> Fit:
    """How pages of one size lie on the panels of a sheet.

    `ink` holds, for each page that is not blank, the hand it will lie on and what it prints within.
    """
    if width <= sheet.panel + 0.01 and height <= sheet.height + 0.01:
        return Fit(sheet, width, height, scale=1.0, spine=0.0, how="whole")
    spine = _trim(width, height, sheet, ink)
    if spine is not None:
        return Fit(sheet, width, height, scale=1.0, spine=spine, how="trimmed")
    scale = min(sheet.panel / width, sheet.height / height, 1.0)
    return Fit(sheet, width, height, scale=scale, spine=0.0, how="scaled")


def _trim(width: float, height: float, sheet: Sheet, ink: Sequence[tuple[Hand, Box]]) -> float | None:
    """How much white paper to lose at the spine; None if some ink would come too near an edge."""
    safe = SAFE_MM * MM - 0.001  # What floats cannot tell apart is the same.
    excess = max(width - sheet.panel, 0.0)
    above = (sheet.height - height) / 2
    at_spine = min((box.left if hand == "recto" else width - box.right for hand, box in ink), default=width)
    at_fore_edge = min(
        (width - box.right if hand == "recto" else box.left for hand, box in ink), default=width
    )
    at_head = min((box.top for _, box in ink), default=height) + above
    at_foot = min((height - box.bottom for _, box in ink), default=height) + above
    # Ink may run neither into the fold nor off the sheet; lost paper adds up to the excess.
    least, most = max(excess - (at_fore_edge - safe), 0.0), min(at_spine - safe, excess)
    if least > most or min(at_head, at_foot) < safe:
        return None
    return min(max(excess / 2, least), most)
