"""A number of pages → the sheets of a saddle-stitched booklet: which page lies on which panel.

Two pages a side, four a sheet; the sheets lie one in another, are folded together, front outside, and stapled
through the fold, which is on the left. The first sheet is the outermost one. The back of each sheet is
printed to be turned round its short edge, as a page is turned.

Where the blanks go. A booklet holds a multiple of four pages; what the pamphlet lacks is made up by blanks.
They stand in one run, directly before the pages that belong on the outside back: the inside back cover is
blank first, then the page before it. Spreading them (one inside the front cover, one inside the back) looks
fairer and is wrong: one page put in after the cover makes a verso of every recto, with the wide margin, the
running head and the folio of each on the wrong side. With all blanks at the end, every page before them keeps
its hand. Only the outside back can change it, since it always lies on a verso: if the pamphlet has an odd
number of pages, `Plan.turned` names it. The outside covers are never blank paper of ours.

Pages of the pamphlet that happen to be empty (the inside of its cover) are pages like any other.
"""

from __future__ import annotations

import msgspec

Panel = int | None
"""The page printed there, counted from 1, or None for a blank."""


class Side(msgspec.Struct, frozen=True):
    """One side of a sheet, as it is printed."""

    left: Panel
    right: Panel


class FoldedSheet(msgspec.Struct, frozen=True):
    """A sheet before it is folded; `front` is the side that ends up outside."""

    front: Side
    back: Side


class Plan(msgspec.Struct, frozen=True):
    """A booklet: `pages` of the pamphlet on `sheets`, outermost first.

    blanks  the places, counted from 1 in reading order, where nothing of the pamphlet stands
    turned  pages that were set as rectos and lie on a verso, or the other way round
    """

    pages: int
    blanks: tuple[int, ...]
    turned: tuple[int, ...]
    sheets: tuple[FoldedSheet, ...]

    @property
    def sides(self) -> tuple[Side, ...]:
        """What to print, in the order of printing: front and back of each sheet."""
        return tuple(side for sheet in self.sheets for side in (sheet.front, sheet.back))


def saddle(pages: int, back: int = 1) -> Plan:
    """The saddle-stitched booklet of a pamphlet whose last `back` pages belong at its very end.

    Raises ValueError if the pamphlet has less than two pages (no outside back), or `back` has no sense.
    """
    if pages < 2:
        raise ValueError(f"a booklet has an outside front and back: two pages at least, not {pages}")
    if not 1 <= back < pages:
        raise ValueError(f"of {pages} pages, 1 to {pages - 1} can belong at the back, not {back}")
    places = -(-pages // 4) * 4
    blank = places - pages
    body = pages - back
    order: list[Panel] = [*range(1, body + 1), *[None] * blank, *range(body + 1, pages + 1)]
    return Plan(
        pages=pages,
        blanks=tuple(range(body + 1, body + blank + 1)),
        turned=tuple(range(body + 1, pages + 1)) if blank % 2 else (),
        sheets=tuple(_sheet(order, number) for number in range(places // 4)),
    )


def _sheet(order: list[Panel], number: int) -> FoldedSheet:
    """The sheet within `number` others: it takes the next two pages from either end of the reading order."""
    first, last = 2 * number, len(order) - 1 - 2 * number
    return FoldedSheet(
        front=Side(left=order[last], right=order[first]),
        back=Side(left=order[first + 1], right=order[last - 1]),
    )
