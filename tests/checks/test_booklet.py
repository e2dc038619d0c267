"""The fold check: it reads a right booklet through without a word, and sees each way of getting one wrong."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pikepdf
import pytest
from pikepdf import Array, Name

from pipeline.checks.booklet import check, unfold
from pipeline.checks.pagetext import ink_bounds, read_pages
from pipeline.errors import CheckError
from pipeline.findings import Finding
from pipeline.imposition.impose import impose
from pipeline.imposition.plan import saddle
from pipeline.imposition.sheets import A4, LETTER, SHEETS, Flip, Sheet
from tests.imposition.pamphlets import bleeding, pamphlet, plates, stranger

COUNTS = [4, 5, 7, 8, 16, 17, 21]


def make(pdf: bytes, sheet: Sheet = A4) -> bytes:
    ink = ink_bounds(pdf)
    return impose(pdf, sheet, saddle(len(ink)), "On Folding", ink).data


def examine(booklet: bytes, pdf: bytes, sheet: Sheet = A4, flip: Flip | None = None) -> tuple[Finding, ...]:
    return check(booklet, pdf, saddle(len(read_pages(pdf))).blanks, sheet, flip)


def codes(findings: tuple[Finding, ...], note: bool = False) -> set[str]:
    return {finding.code[-3:] for finding in findings if note or finding.severity != "note"}


@contextmanager
def changed(booklet: bytes, into: list[bytes]) -> Iterator[pikepdf.Pdf]:
    """The booklet, open for spoiling; what became of it lands in `into`."""
    with pikepdf.open(io.BytesIO(booklet)) as pdf:
        yield pdf
        out = io.BytesIO()
        pdf.save(out)
        into.append(out.getvalue())


def spoil(booklet: bytes, how: Callable[[pikepdf.Pdf], None]) -> bytes:
    into: list[bytes] = []
    with changed(booklet, into) as pdf:
        how(pdf)
    return into[0]


def redraw(side: int, pattern: str, replacement: str) -> Callable[[pikepdf.Pdf], None]:
    """Change the drawing of one side (from 0) by a regular expression that must match once."""

    def how(pdf: pikepdf.Pdf) -> None:
        stream = pdf.pages[side].obj.Contents
        text, times = re.subn(pattern, replacement, stream.read_bytes().decode())
        assert times == 1, text
        stream.write(text.encode())

    return how


# --- Right booklets --------------------------------------------------------------------------------


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
@pytest.mark.parametrize("pages", COUNTS)
def test_a_right_booklet_is_read_through_without_a_word(pages: int, sheet: Sheet) -> None:
    booklet = make(pamphlet(pages), sheet)
    assert codes(examine(booklet, pamphlet(pages), sheet)) == set()


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_pages_that_words_cannot_tell_apart_are_told_by_their_look(sheet: Sheet) -> None:
    assert codes(examine(make(plates(), sheet), plates(), sheet)) == set()


@pytest.mark.parametrize("pages", [7, 8])
def test_a_page_on_the_wrong_hand_is_noted(pages: int) -> None:
    found = examine(make(pamphlet(pages)), pamphlet(pages))
    assert codes(found, note=True) == ({"017"} if pages % 2 else set())


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_printing_to_the_edge_is_warned_of(sheet: Sheet) -> None:
    found = examine(make(bleeding(), sheet), bleeding(), sheet)
    assert codes(found) == {"011"}
    assert {finding.severity for finding in found} == {"warning"}


@pytest.mark.parametrize("pdf", [pamphlet(7), pamphlet(8), plates(), bleeding()])
@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_unfolding_gives_the_pamphlets_words_where_they_stand_on_its_pages(pdf: bytes, sheet: Sheet) -> None:
    unfolded = unfold(make(pdf, sheet), pdf)
    source = read_pages(pdf)
    blanks = saddle(len(source)).blanks
    assert all(not page.words for place, page in enumerate(unfolded, start=1) if place in blanks)
    filled = [page for place, page in enumerate(unfolded, start=1) if place not in blanks]
    for page, original in zip(filled, source, strict=True):
        assert (page.width, page.height) == (original.width, original.height)
        assert [word.text for word in page.words] == [word.text for word in original.words]
        for word, twin in zip(page.words, original.words, strict=True):
            assert (word.x, word.y) == pytest.approx((twin.x, twin.y), abs=0.1)


# --- Wrong ones ------------------------------------------------------------------------------------


@pytest.mark.parametrize("pdf", [pamphlet(4), pamphlet(8), pamphlet(17), plates()])
def test_the_same_file_turned_on_the_other_edge(pdf: bytes) -> None:
    found = examine(make(pdf), pdf, flip="long-edge")
    assert {"003", "004"} <= codes(found) or {"004", "005", "007"} <= codes(found)
    assert any("on its head" in finding.message for finding in found)


def test_the_flip_is_the_files_own_if_nothing_else_is_said() -> None:
    def how(pdf: pikepdf.Pdf) -> None:
        pdf.Root.ViewerPreferences.Duplex = Name.DuplexFlipLongEdge

    found = codes(examine(spoil(make(pamphlet(8)), how), pamphlet(8)))
    assert {"004", "013"} <= found
    assert codes(examine(spoil(make(pamphlet(8)), how), pamphlet(8), flip="short-edge")) == {"013"}


def test_sheets_in_another_order() -> None:
    def how(pdf: pikepdf.Pdf) -> None:
        pdf.pages[:] = [pdf.pages[number] for number in (2, 3, 0, 1)]

    found = examine(spoil(make(pamphlet(8)), how), pamphlet(8))
    assert {"003", "005", "007"} == codes(found)


def test_front_and_back_exchanged() -> None:
    def how(pdf: pikepdf.Pdf) -> None:
        pdf.pages[:] = [pdf.pages[number] for number in (1, 0, 2, 3)]

    assert {"003", "006", "007"} <= codes(examine(spoil(make(pamphlet(8)), how), pamphlet(8)))


def test_a_side_turned_by_a_key() -> None:
    def how(pdf: pikepdf.Pdf) -> None:
        pdf.pages[2].obj.Rotate = 180

    found = examine(spoil(make(pamphlet(8)), how), pamphlet(8))
    assert {"003", "004"} == codes(found)


def test_a_side_on_its_side() -> None:
    def how(pdf: pikepdf.Pdf) -> None:
        pdf.pages[2].obj.Rotate = 90

    assert "002" in codes(examine(spoil(make(pamphlet(8)), how), pamphlet(8)))


@pytest.mark.parametrize(
    ("matrix", "way"),
    [
        ("-1 0 0 -1 840.47 595.28", "on its head"),
        ("0 0.7 -0.7 0 840 150", "turned by 270°"),
        ("0 -0.7 0.7 0 421 450", "turned by 90°"),
        ("0.4 0.3 -0.3 0.4 610 100", "turned by 323°"),
    ],
)
def test_one_page_turned(matrix: str, way: str) -> None:
    spoiled = spoil(make(pamphlet(8)), redraw(2, r"1 0 0 1 \S+ \S+ cm /Page3 ", matrix + " cm /Page3 "))
    found = [finding for finding in examine(spoiled, pamphlet(8)) if finding.code == "booklet-004"]
    assert [(finding.where, way in finding.message) for finding in found] == [
        ("page 3 of the booklet (sheet 2, front, right)", True)
    ]


def test_a_picture_on_its_head() -> None:
    spoiled = spoil(
        make(plates()), redraw(2, r"1 0 0 1 \S+ \S+ cm /Page3 ", "-1 0 0 -1 840.47 595.28 cm /Page3 ")
    )
    assert "004" in codes(examine(spoiled, plates()))


@pytest.mark.parametrize(("pdf", "one", "other"), [(pamphlet(8), 3, 6), (plates(), 3, 6), (plates(), 5, 4)])
def test_two_pages_exchanged(pdf: bytes, one: int, other: int) -> None:
    def how(booklet: pikepdf.Pdf) -> None:
        for side in booklet.pages:
            named = side.Resources.XObject
            if f"/Page{one}" in named and f"/Page{other}" in named:
                named[f"/Page{one}"], named[f"/Page{other}"] = named[f"/Page{other}"], named[f"/Page{one}"]

    found = examine(spoil(make(pdf), how), pdf)
    assert codes(found) == {"003"}
    assert len(found) == 2


def test_a_page_missing_and_another_twice() -> None:
    def how(pdf: pikepdf.Pdf) -> None:
        pdf.pages[2].Resources.XObject["/Page3"] = pdf.pages[3].Resources.XObject["/Page4"]

    found = examine(spoil(make(pamphlet(8)), how), pamphlet(8))
    assert codes(found) == {"003", "008"}
    assert [finding.where for finding in found if finding.code == "booklet-008"] == ["page 3"]


def test_a_page_that_is_not_printed() -> None:
    spoiled = spoil(make(pamphlet(8)), redraw(2, "/Page3 Do", ""))
    assert codes(examine(spoiled, pamphlet(8))) == {"005", "008"}


@pytest.mark.parametrize(("page", "place"), [(1, 1), (8, 8)])
def test_a_cover_that_is_not_printed(page: int, place: int) -> None:
    spoiled = spoil(make(pamphlet(8)), redraw(0, f"/Page{page} Do", ""))
    found = examine(spoiled, pamphlet(8))
    assert codes(found) == {"006", "008"}
    assert found[0].where.startswith(f"page {place} of the booklet")


def test_a_sheet_too_few_and_a_side_too_few() -> None:
    def sheet(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[2:4]

    def side(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[3]

    assert codes(examine(spoil(make(pamphlet(8)), sheet), pamphlet(8))) == {"001"}
    assert codes(examine(spoil(make(pamphlet(8)), side), pamphlet(8))) == {"001"}
    with pytest.raises(CheckError, match="3 sides"):
        unfold(spoil(make(pamphlet(8)), side), pamphlet(8))


@pytest.mark.parametrize("blanks", [(2,), (6,), (8,)])
def test_blanks_elsewhere_than_was_meant(blanks: tuple[int, ...]) -> None:
    found = codes(check(make(pamphlet(7)), pamphlet(7), blanks, A4))
    assert found & {"003", "005", "007"}


def test_more_blanks_than_a_booklet_needs() -> None:
    assert codes(check(make(pamphlet(8)), pamphlet(4), (4, 5, 6, 7), A4)) == {"001", "015"}


def test_a_page_of_another_pamphlet() -> None:
    def how(pdf: pikepdf.Pdf) -> None:
        with pikepdf.open(io.BytesIO(make(stranger()))) as other:
            form = pdf.copy_foreign(other.pages[0].Resources.XObject["/Page1"])
            pdf.pages[2].Resources.XObject["/Page3"] = form

    assert {"008", "009"} <= codes(examine(spoil(make(pamphlet(8)), how), pamphlet(8)))


@pytest.mark.parametrize(
    ("pdf", "drawing"),
    [
        (pamphlet(8), "0 g 560 300 30 30 re f"),
        (pamphlet(8), "1 g 560 400 30 60 re f"),
        (plates(), "1 g 500 400 160 190 re f"),
    ],
    ids=["blot", "white patch", "white patch on a picture"],
)
def test_a_page_painted_over(pdf: bytes, drawing: str) -> None:
    spoiled = spoil(make(pdf), redraw(2, r"\Z", f"\n{drawing}"))
    found = examine(spoiled, pdf)
    assert codes(found) & {"009", "010", "005"}
    assert any("sheet 2, front, right" in finding.where for finding in found)


def test_a_page_cut_off_at_the_fore_edge() -> None:
    def how(pdf: pikepdf.Pdf) -> None:
        form = pdf.pages[2].Resources.XObject["/Page3"]
        left, bottom, right, top = (float(edge) for edge in form.BBox.as_list())
        form.BBox = Array([left, bottom, right - 60, top])

    found = examine(spoil(make(pamphlet(8)), how), pamphlet(8))
    assert codes(found) == {"010"}
    assert found[0].where == "sheet 2, front, right"


def test_pages_of_two_scales() -> None:
    spoiled = spoil(
        make(pamphlet(8)), redraw(2, r"1 0 0 1 (\S+ \S+) cm /Page3 ", r"0.97 0 0 0.97 \1 cm /Page3 ")
    )
    assert codes(examine(spoiled, pamphlet(8))) == {"014"}


def test_a_page_that_lies_aside() -> None:
    spoiled = spoil(make(pamphlet(8)), redraw(2, r"1 0 0 1 \S+ \S+ cm /Page3 ", "1 0 0 1 425 0 cm /Page3 "))
    assert codes(examine(spoiled, pamphlet(8))) == {"014"}


def test_fonts_copied_for_each_page() -> None:
    def how(pdf: pikepdf.Pdf) -> None:
        form = pdf.pages[2].Resources.XObject["/Page3"]
        copies = {name: pdf.make_indirect(copy.copy(font)) for name, font in form.Resources.Font.items()}
        own = copy.copy(form.Resources)
        own.Font = pikepdf.Dictionary(copies)
        form.Resources = own

    assert codes(examine(spoil(make(pamphlet(8)), how), pamphlet(8))) == {"012"}


@pytest.mark.parametrize("key", ["/Duplex", "/PrintScaling"])
def test_printers_not_told(key: str) -> None:
    def how(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.ViewerPreferences[key]

    assert codes(examine(spoil(make(pamphlet(8)), how), pamphlet(8))) == {"013"}


@pytest.mark.parametrize(("width", "height"), [(842, 595), (841.85, 595.275591), (792, 612)])
def test_sheets_of_another_size(width: float, height: float) -> None:
    def how(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].mediabox = Array([0, 0, width, height])

    found = [
        each for each in examine(spoil(make(pamphlet(8)), how), pamphlet(8)) if each.code == "booklet-002"
    ]
    assert [each.where for each in found] == ["side 2"]


def test_a_booklet_for_other_paper() -> None:
    assert "002" in codes(examine(make(pamphlet(8), LETTER), pamphlet(8), A4))


def test_a_file_grown_fat_and_nameless() -> None:
    def how(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Fat = pdf.make_stream(bytes(range(256)) * 200)
        del pdf.docinfo["/Title"]

    with pikepdf.open(io.BytesIO(make(pamphlet(8)))) as pdf:
        how(pdf)
        out = io.BytesIO()
        pdf.save(out, compress_streams=False)
    assert codes(examine(out.getvalue(), pamphlet(8))) == {"015", "016"}


def test_what_is_no_pdf_stops_the_work() -> None:
    with pytest.raises(CheckError, match="cannot be read back"):
        check(b"nothing of the kind", pamphlet(4), (), A4)
