"""The bytes of a PDF → its words as they are printed: where they stand, how large, how heavy, raised or not.

The door to pypdfium2 for sources; `checks.pagetext` is the one for finished files, which asks for less and must be
quicker. Positions are points from the top left corner of the page. pdfium gives words in the order in which
they were painted, which is that of reading in all but the oddest files, columns too.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.errors import SourceError

MOST_PAGES = 3000
_WORD = re.compile("[^\\s\ufffe\x02]+[\ufffe\x02]?")
"""For a hyphen at a line's end pdfium says U+FFFE (or U+0002), and drops the line's end."""
_ITALIC, _BOLD = (
    re.compile(r"ital|obliq|slanted", re.IGNORECASE),
    re.compile(r"bold|black|heavy", re.IGNORECASE),
)
_HEAVY = 600
_SLANTED = 1 << 6
"""Bit 7 of a font's flags (ISO 32000-1, table 123)."""


class Piece(msgspec.Struct, frozen=True, gc=False):
    """Letters of one look; `glued` to what is before them. `y` is their base line, `size` in points."""

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool = False
    italic: bool = False
    glued: bool = False


class Page(msgspec.Struct, frozen=True):
    width: float
    height: float
    pieces: tuple[Piece, ...]


class Printed(msgspec.Struct, frozen=True):
    """All pages, and what the file says of itself."""

    pages: tuple[Page, ...]
    title: str = ""
    author: str = ""


def printed(pdf: bytes, name: str) -> Printed:
    """Raises SourceError if the file is damaged, locked, or longer than a book."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise SourceError(
                f"{name}: this PDF is locked with a password", "open it, take the password off, save it again"
            ) from error
        raise SourceError(f"{name}: this PDF is damaged", "copy it again from where it came from") from error
    try:
        if len(document) > MOST_PAGES:
            raise SourceError(f"{name}: this PDF has more than {MOST_PAGES} pages", "divide it into several")
        pages = tuple(_page(document, number) for number in range(len(document)))
        about = document.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        raise SourceError(
            f"{name}: a page of this PDF is damaged", "copy it again from where it came from"
        ) from error
    finally:
        document.close()
    return Printed(pages, about.get("Title", ""), about.get("Author", ""))


def _page(document: Any, number: int) -> Page:
    page = document[number]
    try:
        # Rotated pages are turned upright, so that lines run from left to right.
        page.set_rotation(0)
        left, bottom, right, top = page.get_bbox()
        handle = pdfium.FPDFText_LoadPage(page.raw)
        try:
            return Page(right - left, top - bottom, tuple(_pieces(handle, left, top)))
        finally:
            pdfium.FPDFText_ClosePage(handle)
    finally:
        page.close()


def _pieces(handle: Any, left: float, top: float) -> Iterator[Piece]:
    count = pdfium.FPDFText_CountChars(handle)
    # One unit a character: what lies above U+FFFF counts once here.
    text = "".join(map(_sign, (pdfium.FPDFText_GetUnicode(handle, at) for at in range(count))))
    for found in _WORD.finditer(text):
        first, last = found.start(), found.end()
        glued = False
        while first < last:
            looks = _looks(handle, first)
            end = last
            if _looks(handle, last - 1) != looks:
                end = next(
                    at for at in range(first + 1, last + 1) if at == last or _looks(handle, at) != looks
                )
            word = text[first:end]
            x, y, _ = _box(handle, first)
            _, _, to = _box(handle, end - 1)
            if word[-1] in "\ufffe\x02":
                word = word[:-1] + "-"
            yield Piece(word, x - left, to - left, top - y, *looks, glued)
            first, glued = end, True


def _sign(unicode: int) -> str:
    return chr(unicode) if unicode < 0xD800 or 0xDFFF < unicode < 0x110000 else "\ufffd"


def _looks(handle: Any, at: int) -> tuple[float, bool, bool]:
    """Size, weight and slant of a letter."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(handle, at, matrix)
    scale = (matrix.b**2 + matrix.d**2) ** 0.5 or 1.0
    size = round(pdfium.FPDFText_GetFontSize(handle, at) * scale, 1)
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(handle, at, name, 128, flags)
    face = name.value.decode("utf-8", "replace")
    bold = bool(_BOLD.search(face)) or pdfium.FPDFText_GetFontWeight(handle, at) >= _HEAVY
    return size, bold, bool(_ITALIC.search(face)) or bool(flags.value & _SLANTED)


def _box(handle: Any, at: int) -> tuple[float, float, float]:
    """Where a letter begins, its base line, and where it ends."""
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(handle, at, x, y)
    edges = [ctypes.c_double() for _ in range(4)]
    pdfium.FPDFText_GetCharBox(handle, at, *edges)
    return x.value, y.value, edges[1].value
