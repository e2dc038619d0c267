"""A finished PDF → the words of each page and where they stand, what it prints within, and how it looks.

The only importer of pypdfium2. What is read is what a reader would see: positions are in points from the top
left corner of the page as it is shown, whatever its boxes and /Rotate say.

Words are as pdfium splits them: at white space and at wide gaps, so letter-spaced capitals come out one by
one ("S P A C E D"). A word cut at the end of a line comes as two: the first ends in U+2010 where hyphenation
put the hyphen, and in "-" where the text itself has one.

Reading is the dear part of a check (about 3 ms a page of CPU), so `proof` keeps the last few files open:
whoever asks for the same bytes again pays nothing.
"""

from __future__ import annotations

import ctypes
import re
from array import array
from collections.abc import Iterable
from functools import cached_property, lru_cache
from io import BytesIO
from typing import Any

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from pipeline.errors import CheckError
from pipeline.imposition.sheets import Box, Flip

_WORD = re.compile("[^\\s\ufffe\x02]+[\ufffe\x02]?")
"""For a hyphen of the text at a line's end pdfium says U+FFFE (or U+0002), and drops the line's end."""


class PlacedWord(msgspec.Struct, frozen=True, gc=False):
    """A word and the point on its base line where its first glyph begins."""

    text: str
    x: float
    y: float


class PageText(msgspec.Struct, frozen=True):
    """A page as it is shown: its size, and its words in the order in which they are painted."""

    width: float
    height: float
    words: tuple[PlacedWord, ...]


class Picture(msgspec.Struct, frozen=True):
    """A PNG; width and height in pixels."""

    data: bytes
    width: int
    height: int


class Matrix(msgspec.Struct, frozen=True):
    """x, y → a·x + c·y + e, b·x + d·y + f (the order of letters is that of PDF, ISO 32000 8.3.4)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """The upright box around a box that went through the matrix."""
        corners = [(x, y) for x in (left, right) for y in (top, bottom)]
        across = [self.a * x + self.c * y + self.e for x, y in corners]
        down = [self.b * x + self.d * y + self.f for x, y in corners]
        return Box(min(across), min(down), max(across), max(down))

    def then(self, other: Matrix) -> Matrix:
        """This matrix, and the other after it."""
        return Matrix(
            a=other.a * self.a + other.c * self.b,
            b=other.b * self.a + other.d * self.b,
            c=other.a * self.c + other.c * self.d,
            d=other.b * self.c + other.d * self.d,
            e=other.a * self.e + other.c * self.f + other.e,
            f=other.b * self.e + other.d * self.f + other.f,
        )


def around(boxes: Iterable[Box]) -> Box | None:
    """The smallest box that holds all the boxes; None if there are none."""
    found = list(boxes)
    if not found:
        return None
    return Box(
        min(box.left for box in found),
        min(box.top for box in found),
        max(box.right for box in found),
        max(box.bottom for box in found),
    )


def read_pages(pdf: bytes) -> tuple[PageText, ...]:
    """The text of every page. Raises CheckError if the file cannot be read."""
    return proof(pdf).pages


def ink_bounds(pdf: bytes) -> tuple[Box | None, ...]:
    """What each page prints within; None for a blank page. Raises CheckError if the file cannot be read."""
    return proof(pdf).ink


@lru_cache(maxsize=4)
def proof(pdf: bytes) -> Proof:
    """The file, open for reading. Raises CheckError if it cannot be read."""
    return Proof(pdf)


class Proof:
    """A PDF that pdfium holds open; it is closed when the last reference to it goes."""

    def __init__(self, pdf: bytes) -> None:
        try:
            self._document = pypdfium2.PdfDocument(pdf)
            self._pages = [self._document[number] for number in range(len(self._document))]
        except pypdfium2.PdfiumError as error:
            raise CheckError(f"A PDF that was just made cannot be read back: {error}") from error
        self._shown = [_shown(page) for page in self._pages]

    @cached_property
    def pages(self) -> tuple[PageText, ...]:
        return tuple(_text(page, shown) for page, shown in zip(self._pages, self._shown, strict=True))

    @cached_property
    def ink(self) -> tuple[Box | None, ...]:
        return tuple(around(objects) for objects in self.objects)

    @cached_property
    def objects(self) -> tuple[tuple[Box, ...], ...]:
        """For each page, the boxes of what is painted on it, white surfaces left out."""
        return tuple(
            tuple(_objects(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, shown))
            for page, shown in zip(self._pages, self._shown, strict=True)
        )

    @cached_property
    def fonts(self) -> int:
        """How many fonts the file carries and uses, each copy counted."""
        return len({font for page in self._pages for font in _fonts(page)})

    @property
    def flip(self) -> Flip | None:
        """How the file asks a printer to turn its sheets; None if it does not say."""
        duplex = pdfium.FPDF_VIEWERREF_GetDuplex(self._document.raw)
        flips: dict[int, Flip] = {
            pdfium.DuplexFlipShortEdge: "short-edge",
            pdfium.DuplexFlipLongEdge: "long-edge",
        }
        return flips.get(duplex)

    @property
    def print_scaling(self) -> bool:
        """Whether the file lets a printer scale it."""
        return bool(pdfium.FPDF_VIEWERREF_GetPrintScaling(self._document.raw))

    @property
    def title(self) -> str:
        return str(self._document.get_metadata_value("Title"))

    @property
    def author(self) -> str:
        return str(self._document.get_metadata_value("Author"))

    @property
    def language(self) -> str:
        """The natural language that the catalogue gives, "" if none."""
        length = pdfium.FPDFCatalog_GetLanguage(self._document.raw, None, 0)
        if not length:
            return ""
        buffer = (ctypes.c_ushort * (length // 2))()
        pdfium.FPDFCatalog_GetLanguage(self._document.raw, buffer, length)
        return bytes(buffer).decode("utf-16-le").rstrip("\0")

    @property
    def outline(self) -> tuple[str, ...]:
        """The titles of the outline, from top to bottom."""
        return tuple(str(entry.get_title()) for entry in self._document.get_toc())

    def look(self, number: int, matrix: Matrix, width: int, height: int, window: Box) -> bytes:
        """Page `number` (from 0) in shades of grey, row by row, 255 for white.

        `matrix` takes points on the page to pixels; only what falls into `window` (pixels) is drawn.
        """
        pixels = bytearray(b"\xff") * (width * height)
        buffer = (ctypes.c_char * len(pixels)).from_buffer(pixels)
        bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, buffer, width)
        pdfium.FPDF_RenderPageBitmapWithMatrix(
            bitmap,
            self._pages[number].raw,
            pdfium.FS_MATRIX(*msgspec.structs.astuple(matrix)),
            pdfium.FS_RECTF(window.left, window.top, window.right, window.bottom),
            0,
        )
        pdfium.FPDFBitmap_Destroy(bitmap)
        return bytes(pixels)

    def picture(self, number: int, width: int, colours: int) -> Picture:
        """Page `number` (from 0) as a PNG, about `width` pixels wide, in so many colours.

        By the quickest way to so few colours: a cover has one beside black, and the rest is smoothing.
        """
        bitmap = self._pages[number].render(scale=width / self._shown[number][0])
        image = bitmap.to_pil().quantize(colours, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        out = BytesIO()
        image.save(out, "PNG", compress_level=6)
        return Picture(out.getvalue(), image.width, image.height)


def _shown(page: Any) -> tuple[float, float, Matrix]:
    """Width and height of a page as shown, and the way there from its own coordinates."""
    edges = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page.raw, edges)
    left, top, right, bottom = edges.left, edges.top, edges.right, edges.bottom
    wide, high = right - left, top - bottom
    match pdfium.FPDFPage_GetRotation(page.raw):
        case 1:
            return high, wide, Matrix(0, 1, 1, 0, -bottom, -left)
        case 2:
            return wide, high, Matrix(-1, 0, 0, 1, right, -bottom)
        case 3:
            return high, wide, Matrix(0, -1, -1, 0, top, right)
        case _:
            return wide, high, Matrix(1, 0, 0, -1, -left, top)


# The generated binding converts each pointer anew, which costs more than the call itself.
_char_origin = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p
)(ctypes.cast(pdfium.FPDFText_GetCharOrigin, ctypes.c_void_p).value or 0)


def _text(page: Any, shown: tuple[float, float, Matrix]) -> PageText:
    width, height, m = shown
    handle = pdfium.FPDFText_LoadPage(page.raw)
    try:
        count = pdfium.FPDFText_CountChars(handle)
        units = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(handle, 0, count, units)
        text = bytes(units)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
        found = [(match[0], match.start()) for match in _WORD.finditer(text)]
        if len(text) < written - 1:
            # pdfium counts UTF-16 units, Python characters.
            found = [(word, start + sum(c > "\uffff" for c in text[:start])) for word, start in found]
        origins = array("d", bytes(16 * len(found)))
        into = origins.buffer_info()[0]
        address = ctypes.addressof(handle.contents)
        for _, start in found:
            _char_origin(address, start, into, into + 8)
            into += 16
    finally:
        pdfium.FPDFText_ClosePage(handle)
    a, b, c, d, e, f = msgspec.structs.astuple(m)
    words = [
        PlacedWord(
            word if word[-1] not in "\ufffe\x02" else word[:-1] + "-", a * x + c * y + e, b * x + d * y + f
        )
        for (word, _), x, y in zip(found, origins[::2], origins[1::2], strict=True)
    ]
    return PageText(width, height, tuple(words))


def _objects(holder: Any, count: Any, get: Any, shown: tuple[float, float, Matrix]) -> list[Box]:
    """The boxes of what is painted on a page or in a form, forms taken apart."""
    matrix = shown[2]
    boxes: list[Box] = []
    edges = [ctypes.c_float() for _ in range(4)]
    for number in range(count(holder)):
        item = get(holder, number)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            m = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(item, m)
            inside = Matrix(m.a, m.b, m.c, m.d, m.e, m.f).then(matrix)
            boxes += _objects(
                item,
                pdfium.FPDFFormObj_CountObjects,
                pdfium.FPDFFormObj_GetObject,
                (shown[0], shown[1], inside),
            )
        elif not (kind == pdfium.FPDF_PAGEOBJ_PATH and _white(item)):
            pdfium.FPDFPageObj_GetBounds(item, *edges)
            left, bottom, right, top = (edge.value for edge in edges)
            if kind != pdfium.FPDF_PAGEOBJ_TEXT or (left < right and bottom < top):
                boxes.append(matrix.box(left, bottom, right, top))
    return boxes


def _white(path: Any) -> bool:
    """Whether a path puts nothing but white on the paper."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if stroke.value:
        return False
    shades = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetFillColor(path, *shades)
    red, green, blue, alpha = (shade.value for shade in shades)
    return not fill.value or not alpha or (red, green, blue) == (255, 255, 255)


def _fonts(page: Any) -> set[int]:
    """The addresses of the fonts that a page sets type in; pdfium opens each font of a file once."""
    found: set[int] = set()
    waiting = [(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject)]
    while waiting:
        holder, count, get = waiting.pop()
        for number in range(count(holder)):
            item = get(holder, number)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_FORM:
                waiting.append((item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject))
            elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
                found.add(ctypes.addressof(pdfium.FPDFTextObj_GetFont(item).contents))
    return found
