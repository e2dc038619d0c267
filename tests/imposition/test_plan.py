"""The plan of a booklet: a permutation of the pages, plus blanks where a typographer wants them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.folding import fold
from pipeline.imposition.plan import FoldedSheet, Plan, Side, saddle


def reading_order(plan: Plan) -> list[int | None]:
    """What the folded booklet shows, by the model of paper that the check uses, not by the plan."""
    return [face.panel for face in fold([(side.left, side.right) for side in plan.sides], "short-edge")]


@st.composite
def pages_and_back(draw: st.DrawFn) -> tuple[int, int]:
    pages = draw(st.integers(2, 200))
    return pages, draw(st.integers(1, min(pages - 1, 6)))


@given(pages_and_back())
def test_pages_come_once_each_and_in_order(sizes: tuple[int, int]) -> None:
    pages, back = sizes
    plan = saddle(pages, back)
    order = reading_order(plan)
    assert [page for page in order if page is not None] == list(range(1, pages + 1))
    assert len(order) == 4 * len(plan.sheets)
    assert len(plan.sheets) == (pages + 3) // 4


@given(pages_and_back())
def test_blanks_are_one_run_before_the_back(sizes: tuple[int, int]) -> None:
    pages, back = sizes
    plan = saddle(pages, back)
    order = reading_order(plan)
    assert tuple(place for place, page in enumerate(order, start=1) if page is None) == plan.blanks
    assert len(plan.blanks) == -pages % 4
    assert order[0] == 1
    assert order[-back:] == list(range(pages - back + 1, pages + 1))


@given(pages_and_back())
def test_only_the_back_can_change_hands(sizes: tuple[int, int]) -> None:
    pages, back = sizes
    plan = saddle(pages, back)
    changed = [
        page
        for place, page in enumerate(reading_order(plan), start=1)
        if page is not None and (page - place) % 2
    ]
    assert tuple(changed) == plan.turned
    assert all(page > pages - back for page in changed)
    assert (pages % 2 == 0) == (not changed)


def test_the_sheets_of_eight_pages() -> None:
    assert saddle(8).sheets == (
        FoldedSheet(front=Side(8, 1), back=Side(2, 7)),
        FoldedSheet(front=Side(6, 3), back=Side(4, 5)),
    )


def test_the_inside_back_cover_is_blank_first() -> None:
    assert saddle(7).sheets[0] == FoldedSheet(front=Side(7, 1), back=Side(2, None))
    assert saddle(6).blanks == (6, 7)
    assert saddle(5).blanks == (5, 6, 7)
    assert saddle(7, back=2).blanks == (6,)


@pytest.mark.parametrize(("pages", "back"), [(0, 1), (1, 1), (4, 0), (4, 4)])
def test_what_cannot_be_a_booklet_is_refused(pages: int, back: int) -> None:
    with pytest.raises(ValueError, match="pages"):
        saddle(pages, back)
