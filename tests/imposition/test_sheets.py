"""At what scale a page lies on its panel, and where."""

from __future__ import annotations

import pytest

from pipeline.imposition.sheets import A4, LETTER, MM, SAFE_MM, Box, Fit, Hand, fit

A5 = (148 * MM, 210 * MM)


def ink(spine: float, fore_edge: float, head: float = 12, foot: float = 12) -> list[tuple[Hand, Box]]:
    """A recto and a verso with margins in millimetres."""
    width, height = A5
    top, bottom = head * MM, height - foot * MM
    return [
        ("recto", Box(spine * MM, top, width - fore_edge * MM, bottom)),
        ("verso", Box(fore_edge * MM, top, width - spine * MM, bottom)),
    ]


def margins(laid: Fit, spine: float, fore_edge: float) -> tuple[float, float]:
    """What is left of margins in millimetres, at spine and fore-edge, on a recto and alike on a verso."""
    left, _ = laid.origin("recto")
    right = laid.origin("verso")[0] + laid.width
    at_spine = (left + spine * MM - laid.sheet.panel) / MM
    at_fore_edge = (laid.sheet.width - left - laid.width + fore_edge * MM) / MM
    assert (laid.sheet.panel - right + spine * MM) / MM == pytest.approx(at_spine)
    return at_spine, at_fore_edge


def test_sheets_have_the_sizes_of_the_standards() -> None:
    assert (A4.width / MM, A4.height / MM) == pytest.approx((297, 210), abs=1e-9)
    assert (LETTER.width / MM, LETTER.height / MM) == pytest.approx((279.4, 215.9), abs=1e-9)


def test_a5_lies_whole_on_a4_its_spine_on_the_fold() -> None:
    laid = fit(*A5, A4, ink(0, 0, 0, 0))
    assert (laid.scale, laid.how) == (1.0, "whole")
    assert laid.origin("recto") == pytest.approx((A4.panel, 0))
    assert laid.origin("verso") == pytest.approx((0.5 * MM, 0))


def test_on_letter_white_paper_is_lost_evenly() -> None:
    laid = fit(*A5, LETTER, ink(18, 20))
    assert (laid.scale, laid.how) == (1.0, "trimmed")
    assert margins(laid, 18, 20) == pytest.approx((13.85, 15.85))


@pytest.mark.parametrize(("spine", "fore_edge"), [(8, 20), (20, 8), (6.35, 14.65), (14.65, 6.35)])
def test_on_letter_no_ink_comes_near_an_edge(spine: float, fore_edge: float) -> None:
    laid = fit(*A5, LETTER, ink(spine, fore_edge))
    assert laid.how == "trimmed"
    assert min(margins(laid, spine, fore_edge)) >= SAFE_MM - 0.001


@pytest.mark.parametrize(
    "printed",
    [ink(10, 10), ink(0, 30), ink(30, 0), ink(18, 20, head=3), ink(18, 20, foot=3)],
    ids=["both margins narrow", "into the spine", "off the fore-edge", "off the head", "off the foot"],
)
def test_on_letter_pages_are_made_smaller_if_ink_is_too_near(printed: list[tuple[Hand, Box]]) -> None:
    laid = fit(*A5, LETTER, printed)
    assert laid.how == "scaled"
    assert laid.scale == pytest.approx(139.7 / 148)
    assert laid.origin("verso")[0] == pytest.approx(0)
    assert laid.origin("recto")[1] == pytest.approx((215.9 - 210 * 139.7 / 148) / 2 * MM)


def test_creep_moves_pages_to_the_spine() -> None:
    laid = fit(*A5, A4, [])
    assert laid.origin("recto", creep=2)[0] == pytest.approx(laid.origin("recto")[0] - 2)
    assert laid.origin("verso", creep=2)[0] == pytest.approx(laid.origin("verso")[0] + 2)
