"""What is read off a finished page: its words, where they stand, what it prints within."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pikepdf
import pytest
import weasyprint

from pipeline.checks.pagetext import PageText, ink_bounds, proof, read_pages
from pipeline.errors import CheckError

_FACE = Path(__file__).parents[2] / "styles" / "fonts" / "EBGaramond-Regular.ttf"
"""Ours, for a machine may have no other, and the press hides those that it has."""


@lru_cache
def page(body: str, css: str = "") -> bytes:
    data: bytes | None = weasyprint.HTML(
        string=f"<html lang=en><title>A page</title><style>@font-face {{ font-family: press; src: url('{_FACE.as_uri()}') }} @page {{ size: 300pt 200pt; margin: 20pt }}"
        f"body {{ font: 12pt/16pt press; margin: 0; {css} }} p {{ margin: 0 }}</style>{body}"
    ).write_pdf()
    assert data is not None
    return data


def turned(pdf: bytes, degrees: int, crop: tuple[int, int, int, int]) -> PageText:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.pages[0].obj.Rotate = degrees
        opened.pages[0].cropbox = pikepdf.Array(crop)
        out = io.BytesIO()
        opened.save(out)
    return read_pages(out.getvalue())[0]


def test_a_cut_word_tells_whose_its_hyphen_is() -> None:
    text = read_pages(page("<p>organi&shy;sation self-consciousness", "width: 40pt; hyphens: manual"))[0]
    assert [word.text for word in text.words] == ["organi\u2010", "sation", "self-", "consciousness"]
    assert len({word.y for word in text.words}) == 4


def test_characters_beyond_the_basic_plane_do_not_shift_what_follows() -> None:
    plain, astral = (read_pages(page(f"<p>{first} then<br>again"))[0].words for first in ("x", "𝔸𝔹"))
    assert [word.text for word in astral] == ["𝔸𝔹", "then", "again"]
    assert (astral[2].x, astral[2].y) == pytest.approx((plain[2].x, plain[2].y), abs=0.01)
    assert astral[1].x > astral[0].x


@pytest.mark.parametrize(
    ("degrees", "size", "place"),
    [
        (0, (280, 180), lambda x, y: (x - 15, y - 10)),
        (90, (180, 280), lambda x, y: (190 - y, x - 15)),
        (180, (280, 180), lambda x, y: (295 - x, 190 - y)),
        (270, (180, 280), lambda x, y: (y - 10, 295 - x)),
    ],
)
def test_places_count_from_the_corner_of_the_page_as_shown(
    degrees: int, size: tuple[float, float], place: Callable[[float, float], tuple[float, float]]
) -> None:
    pdf = page("<p>One<br>two")
    text = turned(pdf, degrees, (15, 10, 295, 190))
    assert (text.width, text.height) == pytest.approx(size)
    # pdfium takes the lines of a turned page in another order.
    found = {word.text: (word.x, word.y) for word in text.words}
    for word in read_pages(pdf)[0].words:
        assert found.pop(word.text) == pytest.approx(place(word.x, word.y), abs=0.01)
    assert not found


def test_ink_is_what_is_not_white() -> None:
    box = '<div style="background: {}; width: 50pt; height: 30pt; margin: 10pt 0 0 40pt">'
    assert ink_bounds(page(box.format("white"))) == (None,)
    ink = ink_bounds(page(box.format("red")))[0]
    assert ink is not None
    assert (ink.left, ink.top, ink.right, ink.bottom) == pytest.approx((60, 30, 110, 60), abs=0.1)


def test_the_file_is_read_once_for_all_who_ask() -> None:
    pdf = page("<p>Once")
    assert proof(pdf) is proof(bytes(pdf))
    assert (proof(pdf).title, proof(pdf).language, proof(pdf).flip) == ("A page", "en", None)


def test_what_is_no_pdf_cannot_be_read() -> None:
    with pytest.raises(CheckError, match="cannot be read back"):
        read_pages(b"%PDF-1.7 and nothing more")
