"""The bytes of a picture → a Resource that every reading system shows, or why there is none.

PNG, JPEG, GIF and WebP are kept byte for byte; BMP, TIFF and a few others become PNG. EMF and WMF, in which Word
keeps its charts, are programs for Windows to draw: nothing that we have draws them, but the words in them
are read, and stand in the picture's place.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import warnings
from collections.abc import Iterator
from pathlib import PurePosixPath

import msgspec
from PIL import Image, UnidentifiedImageError

from pipeline.model import Resource

MOST_PIXELS = 100_000_000
"""A poster at 600 dpi. Pillow would take 400 MB for it."""

_KEPT = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
_CONVERTED = ("BMP", "TIFF", "PCX", "PPM", "TGA", "DIB")
_EMF = b" EMF"
_FILE_NAME = re.compile(
    r".*\.(?:png|jpe?g|gif|webp|bmp|tiff?|svg|emf|wmf|eps|pict?)|(?:image|picture|grafik|bild|img|dsc|"
    r"graphic|imagen|immagine|figura|obraz|afbeelding|рисунок|grafik)[ _-]*\d*|https?://\S+|[A-Z]:\\.*|\d+|cid:\S+",
    re.IGNORECASE,
)


class Picture(msgspec.Struct, frozen=True):
    """A picture as far as it could be had: `resource` is None where it could not, and `why` says so.

    `words` are those that stand in a drawing.
    """

    resource: Resource | None
    why: str = ""
    words: str = ""


def alternative(*said: str | None) -> str:
    """The first alternative text that says anything: names of files and "Picture 3" say nothing."""
    for each in said:
        text = " ".join((each or "").split())
        if text and not _FILE_NAME.fullmatch(text):
            return text
    return ""


def picture(data: bytes, name: str) -> Picture:
    """Look at the bytes, not at the name. The resource's name is made from both, and is always the same."""
    if data[40:44] == _EMF or data[:4] in (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00"):
        return Picture(None, "it is a Windows metafile, which only Windows draws", _emf_words(data))
    if re.match(rb"\s*(?:<\?xml|<svg|<!--)", data[:200]):
        return Picture(None, "it is an SVG drawing, which may hold programs")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=(*_KEPT, *_CONVERTED)) as image:
                if image.width * image.height > MOST_PIXELS:
                    return Picture(None, f"it has {image.width} × {image.height} pixels, too many for us")
                if image.format in _KEPT:
                    image.verify()
                    return Picture(_resource(data, name, _KEPT[image.format]))
                return Picture(_resource(_as_png(image), name, "image/png"))
    except UnidentifiedImageError:
        return Picture(None, "it is of a kind that readers do not show")
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        struct.error,
        Image.DecompressionBombWarning,
        Image.DecompressionBombError,
    ):
        return Picture(None, "it is damaged, or too large")


def _as_png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    (image if image.mode in ("1", "L", "LA", "P", "RGB", "RGBA") else image.convert("RGB")).save(out, "PNG")
    return out.getvalue()


def _resource(data: bytes, name: str, media_type: str) -> Resource:
    stem = re.sub(r"[^\w-]+", "-", PurePosixPath(name).stem).strip("-")[:40] or "picture"
    ending = media_type.rpartition("/")[2].replace("jpeg", "jpg")
    return Resource(f"{stem}-{hashlib.sha256(data).hexdigest()[:8]}.{ending}", media_type, data)


_TEXT_W = 84
"""EMR_EXTTEXTOUTW ([MS-EMF] 2.3.5.8): a line of text. Its offset to the string is at byte 48 of the record."""


def _emf_words(data: bytes) -> str:
    """The words in an EMF drawing in the order in which they are drawn; a shadow says them a second time."""
    return " ".join(" ".join(dict.fromkeys(_emf_texts(data))).split())[:2000]


def _emf_texts(data: bytes) -> Iterator[str]:
    at = 0
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<II", data, at)
        if size < 8 or at + size > len(data):
            return
        if kind == _TEXT_W and size >= 76:
            count, offset = struct.unpack_from("<II", data, at + 44)
            text = data[at + offset : at + offset + 2 * count]
            if offset + 2 * count <= size:
                yield text.decode("utf-16-le", "replace").replace("\0", "")
        at += size
