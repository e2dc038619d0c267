"""Pamphlet PDF, plan, sheet size → booklet PDF, ready to print on both sides, fold and staple.

The only importer of pikepdf. Each page becomes a form XObject made of the very stream it was, not decoded and
not written anew, so that nothing on it can change; fonts and pictures stay the objects they were, once each.

What belongs to reading on a screen is left behind, since on a sheet it would point to the wrong places:
structure tree, outline, links, page labels, attachments, and any claim to be PDF/A or PDF/UA. Output intents
and layers stay: they say how it prints. The marks of the structure tree stay in the streams, where without a
tree they mean nothing (ISO 32000-1, 14.6).

Same input, same bytes: there is no clock here, and the file's ID comes from its contents.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

import msgspec
import pikepdf
from pikepdf import Array, Dictionary, Name

from pipeline.errors import EngineError
from pipeline.imposition.plan import Plan, Side
from pipeline.imposition.sheets import Box, Fit, Hand, Sheet, fit

_KEPT = {"/Type", "/Pages", "/Version", "/Extensions", "/Lang", "/OutputIntents", "/OCProperties"}
"""What the catalogue of a booklet takes over from the pamphlet's."""

_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (section 2.2, production 2) has no place for."""

_METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{language}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


class Booklet(msgspec.Struct, frozen=True):
    """A booklet: the file, how many sheets of paper it takes, and how its pages lie on them."""

    data: bytes
    sheets: int
    fit: Fit

    @property
    def scale(self) -> float:
        """1.0 for type at full size."""
        return self.fit.scale


def impose(pamphlet: bytes, sheet: Sheet, plan: Plan, title: str, ink: Sequence[Box | None]) -> Booklet:
    """Lay the pages of a pamphlet out on sheets.

    `ink` says what each page prints within, None for nothing, as `pipeline.checks.pagetext.ink_bounds` reads
    it; it decides whether pages that are wider than a panel lose white paper or are made smaller.

    Raises EngineError if the pamphlet cannot be read, or its pages are not upright and of one size, and
    ValueError if plan, ink and pamphlet do not have the same number of pages.
    """
    try:
        with pikepdf.open(io.BytesIO(pamphlet)) as pdf:
            pages = list(pdf.pages)
            if not len(pages) == plan.pages == len(ink):
                raise ValueError(f"plan of {plan.pages}, ink of {len(ink)}, pamphlet of {len(pages)} pages")
            width, height = _size(pages)
            laid = fit(width, height, sheet, list(_hands(plan, ink)))
            forms = [_form(pdf, page) for page in pages]
            for folded in plan.sheets:
                # Paper has no thickness yet; when it has, a sheet's creep follows from its place in `sheets`.
                for side in (folded.front, folded.back):
                    pdf.pages.append(_side(pdf, side, laid, forms, creep=0.0))
            del pdf.pages[: len(pages)]
            _catalogue(pdf, title)
            out = io.BytesIO()
            pdf.save(
                out,
                min_version="1.7",  # The viewer preferences below are of this version.
                deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            )
    except pikepdf.PdfError as error:
        raise EngineError(f"The pamphlet cannot be imposed: {error}") from error
    return Booklet(data=out.getvalue(), sheets=len(plan.sheets), fit=laid)


def _size(pages: Sequence[pikepdf.Page]) -> tuple[float, float]:
    """The trimmed size that all pages share, in points."""
    sizes: list[tuple[float, float]] = []
    for page in pages:
        left, bottom, right, top = (float(edge) for edge in _edges(page))
        sizes.append((right - left, top - bottom))
        if int(page.obj.get("/Rotate", 0)) % 360 or "/UserUnit" in page.obj:
            raise EngineError("The pamphlet cannot be imposed: it has pages that are turned or enlarged.")
    if len({(round(width, 2), round(height, 2)) for width, height in sizes}) != 1:
        raise EngineError("The pamphlet cannot be imposed: its pages are not all of one size.")
    return sizes[0]


def _edges(page: pikepdf.Page) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Left, bottom, right and top of the trimmed page, in its own coordinates."""
    left, bottom, right, top = (Decimal(str(edge)) for edge in page.trimbox.as_list())
    return left, bottom, right, top


def _hands(plan: Plan, ink: Sequence[Box | None]) -> Iterator[tuple[Hand, Box]]:
    """For each page that is not blank, the hand it will lie on (not the one it was set for), and its ink."""
    for side in plan.sides:
        hands: tuple[tuple[Hand, int | None], ...] = (("verso", side.left), ("recto", side.right))
        for hand, page in hands:
            box = ink[page - 1] if page is not None else None
            if box is not None:
                yield hand, box


def _form(pdf: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Object:
    """A page as a form that paints itself with its lower left trimmed corner at 0, 0."""
    contents = page.obj.get("/Contents")
    plain = isinstance(contents, pikepdf.Stream) and "/Resources" in page.obj and "/Subtype" not in contents
    # Several streams, inherited resources, a stream that another page has used: rare, and qpdf knows how.
    form = contents if plain and contents is not None else pdf.make_indirect(page.as_form_xobject())
    if plain:
        form.Type, form.Subtype, form.Resources = Name.XObject, Name.Form, page.obj.Resources
        if "/Group" in page.obj:
            form.Group = page.obj.Group
    left, bottom, right, top = _edges(page)
    form.BBox = Array([left, bottom, right, top])
    form.Matrix = Array([1, 0, 0, 1, -left, -bottom])
    return form


def _side(
    pdf: pikepdf.Pdf, side: Side, laid: Fit, forms: Sequence[pikepdf.Object], creep: float
) -> pikepdf.Page:
    """One side of a sheet, its pages moved towards the spine by `creep` points."""
    sheet = laid.sheet
    used: dict[str, pikepdf.Object] = {}
    drawing: list[str] = []
    panels: tuple[tuple[Hand, int | None, float], ...] = (
        ("verso", side.left, 0.0),
        ("recto", side.right, sheet.panel),
    )
    for hand, page, edge in panels:
        if page is None:
            continue
        x, y = laid.origin(hand, creep)
        used[f"/Page{page}"] = forms[page - 1]
        # The clip is the fold: what is trimmed must not show on the other panel.
        clip = f"{_n(edge)} 0 {_n(sheet.panel)} {_n(sheet.height)} re W n"
        drawing.append(f"q {clip} {_n(laid.scale)} 0 0 {_n(laid.scale)} {_n(x)} {_n(y)} cm /Page{page} Do Q")
    return pikepdf.Page(
        pdf.make_indirect(
            Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, Decimal(_n(sheet.width)), Decimal(_n(sheet.height))]),
                Resources=Dictionary(XObject=Dictionary(used)),
                Contents=pdf.make_stream("\n".join(drawing).encode("ascii")),
            )
        )
    )


def _n(number: float) -> str:
    """A number as PDF writes it, to a millionth of a point."""
    return f"{number:.6f}".rstrip("0").rstrip(".")


def _catalogue(pdf: pikepdf.Pdf, title: str) -> None:
    """Leave in the catalogue what makes sense of a sheet, and tell printers what to do."""
    root = pdf.Root
    for key in set(root.keys()) - _KEPT:
        del root[key]
    root.ViewerPreferences = Dictionary(
        Duplex=Name.DuplexFlipShortEdge,
        PrintScaling=Name("/None"),
        PickTrayByPDFSize=True,
        DisplayDocTitle=True,
    )
    language = str(root.get("/Lang", ""))
    entry = (
        f"<dc:language><rdf:Bag><rdf:li>{_xml(language)}</rdf:li></rdf:Bag></dc:language>\n"
        if language
        else ""
    )
    metadata = pdf.make_stream(_METADATA.format(title=_xml(title), language=entry).encode("utf-8"))
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    root.Metadata = metadata
    pdf.docinfo["/Title"] = title


def _xml(text: str) -> str:
    return escape(_UNWRITABLE.sub("\ufffd", text))
