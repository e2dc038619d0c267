"""A booklet's file: its size in bytes and millimetres, what it tells printers, that it is sound."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest

from pipeline.checks.pagetext import ink_bounds
from pipeline.errors import EngineError
from pipeline.imposition.impose import Booklet, impose
from pipeline.imposition.plan import saddle
from pipeline.imposition.sheets import A4, LETTER, SHEETS, Sheet
from tests.imposition.pamphlets import bleeding, pamphlet, plates

TITLE = "On “Folding” & more"


def make(pdf: bytes, sheet: Sheet = A4, title: str = TITLE) -> Booklet:
    ink = ink_bounds(pdf)
    return impose(pdf, sheet, saddle(len(ink)), title, ink)


def opened(booklet: Booklet) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(booklet.data))


def fonts(pdf: pikepdf.Pdf) -> int:
    return sum(
        1
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
    )


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
@pytest.mark.parametrize("pages", [4, 5, 7, 8, 16, 17, 21])
def test_qpdf_finds_nothing_wrong(pages: int, sheet: Sheet, tmp_path: Path) -> None:
    file = tmp_path / "booklet.pdf"
    file.write_bytes(make(pamphlet(pages), sheet).data)
    done = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr


@pytest.mark.parametrize("pages", [8, 16, 21])
def test_it_is_hardly_larger_than_the_pamphlet(pages: int) -> None:
    made = make(pamphlet(pages))
    assert len(made.data) <= 1.05 * len(pamphlet(pages))
    with opened(made) as pdf, pikepdf.open(io.BytesIO(pamphlet(pages))) as source:
        assert fonts(pdf) == fonts(source) > 0


@pytest.mark.parametrize("pages", [4, 5, 21])
def test_it_has_a_sheet_for_four_pages(pages: int) -> None:
    made = make(pamphlet(pages))
    with opened(made) as pdf:
        assert made.sheets == (pages + 3) // 4
        assert len(pdf.pages) == 2 * made.sheets


@pytest.mark.parametrize(("sheet", "size"), [(A4, (297.0, 210.0)), (LETTER, (279.4, 215.9))])
def test_sides_are_exact(sheet: Sheet, size: tuple[float, float]) -> None:
    with opened(make(pamphlet(8), sheet)) as pdf:
        for page in pdf.pages:
            left, bottom, right, top = (float(edge) * 25.4 / 72 for edge in page.mediabox.as_list())
            assert (left, bottom) == (0, 0)
            assert (right, top) == pytest.approx(size, abs=0.001)
            assert "/Rotate" not in page.obj


def test_printers_are_told_what_to_do() -> None:
    with opened(make(pamphlet(8))) as pdf:
        told = pdf.Root.ViewerPreferences
        assert told.Duplex == pikepdf.Name.DuplexFlipShortEdge
        assert told.PrintScaling == pikepdf.Name("/None")
        assert bool(told.PickTrayByPDFSize)
        assert pdf.pdf_version >= "1.7"


def test_title_and_language_stay_and_the_screen_is_left_behind() -> None:
    with opened(make(pamphlet(8))) as pdf:
        assert str(pdf.docinfo.Title) == TITLE
        assert str(pdf.Root.Lang) == "en"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == TITLE
            assert metadata["dc:language"] == {"en"}
            assert metadata.pdfa_status == ""
        left = {"/StructTreeRoot", "/MarkInfo", "/Outlines", "/Names", "/PageLabels", "/AcroForm", "/AF"}
        assert not left & set(pdf.Root.keys())
        assert not any("/Annots" in page.obj for page in pdf.pages)


def test_a_title_that_xml_cannot_hold_is_no_obstacle() -> None:
    with opened(make(pamphlet(4), title="A\x00B <c> ]]>")) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "A\ufffdB <c> ]]>"


def test_the_streams_are_the_pamphlets_own() -> None:
    with opened(make(pamphlet(8))) as pdf, pikepdf.open(io.BytesIO(pamphlet(8))) as source:
        for number, page in enumerate(source.pages, start=1):
            forms = [
                side.Resources.XObject[f"/Page{number}"]
                for side in pdf.pages
                if f"/Page{number}" in side.Resources.XObject
            ]
            assert [form.read_bytes() for form in forms] == [page.obj.Contents.read_bytes()]


def test_same_input_same_bytes() -> None:
    assert make(plates()).data == make(plates()).data
    assert make(plates(), LETTER).data == make(plates(), LETTER).data


@pytest.mark.parametrize(
    ("pdf", "sheet", "how", "scale"),
    [
        (pamphlet(8), A4, "whole", 1.0),
        (pamphlet(8), LETTER, "trimmed", 1.0),
        (bleeding(), A4, "whole", 1.0),
        (bleeding(), LETTER, "scaled", 139.7 / 148),
    ],
    ids=["a4", "letter", "bleeding-a4", "bleeding-letter"],
)
def test_it_says_at_what_scale(pdf: bytes, sheet: Sheet, how: str, scale: float) -> None:
    made = make(pdf, sheet)
    assert made.fit.how == how
    assert made.scale == pytest.approx(scale, abs=1e-5)


def test_pages_of_several_streams_or_one_in_common_are_imposed() -> None:
    with pikepdf.open(io.BytesIO(pamphlet(4))) as pdf:
        stream = pdf.pages[2].obj.Contents.read_bytes()
        pdf.pages[2].obj.Contents = pikepdf.Array([pdf.make_stream(b"q "), pdf.make_stream(stream + b" Q")])
        pdf.pages[1].obj.Contents = pdf.pages[0].obj.Contents
        pdf.pages[1].obj.Resources = pdf.pages[0].obj.Resources
        out = io.BytesIO()
        pdf.save(out)
    with opened(make(out.getvalue())) as pdf:
        forms = [form for side in pdf.pages for form in side.Resources.XObject.values()]
        assert all(form.Subtype == pikepdf.Name.Form for form in forms)
        assert sum(b"".join(form.read_bytes().split()).count(b"BT") > 0 for form in forms) == 4


@pytest.mark.parametrize("change", ["turned", "size", "rubbish"])
def test_what_cannot_be_imposed_is_refused(change: str) -> None:
    data = pamphlet(4)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if change == "turned":
            pdf.pages[1].obj.Rotate = 90
        elif change == "size":
            pdf.pages[1].trimbox = pikepdf.Array([0, 0, 300, 300])
        out = io.BytesIO()
        pdf.save(out)
    broken = b"no pdf at all" if change == "rubbish" else out.getvalue()
    with pytest.raises(EngineError, match="cannot be imposed"):
        impose(broken, A4, saddle(4), TITLE, ink_bounds(data))


def test_a_plan_for_another_pamphlet_is_refused() -> None:
    with pytest.raises(ValueError, match="plan of 5"):
        impose(pamphlet(4), A4, saddle(5), TITLE, ink_bounds(pamphlet(4)))
