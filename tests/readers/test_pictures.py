"""Pictures: kept byte for byte if every reader shows them, converted if that loses nothing, else told."""

from __future__ import annotations

import io
import struct

import pytest
from PIL import Image

from pipeline.readers.pictures import alternative, picture


def made(form: str, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (4, 3)).save(out, form)
    return out.getvalue()


@pytest.mark.parametrize(
    ("form", "media_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif"), ("WEBP", "image/webp")],
)
def test_what_readers_show_is_kept(form: str, media_type: str) -> None:
    data = made(form)
    found = picture(data, "media/image 1.dat").resource
    assert found is not None
    assert (found.media_type, found.data) == (media_type, data)
    assert found.name.startswith("image-1-")


@pytest.mark.parametrize("form", ["BMP", "TIFF", "PPM"])
def test_others_become_png(form: str) -> None:
    found = picture(made(form), "a.bmp").resource
    assert found is not None
    assert found.media_type == "image/png"
    assert Image.open(io.BytesIO(found.data)).size == (4, 3)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        made("PNG")[:40],
        b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
        b"\xd7\xcd\xc6\x9a",
    ],
)
def test_what_cannot_be_shown_says_why(data: bytes) -> None:
    found = picture(data, "a")
    assert found.resource is None
    assert found.why


def test_a_picture_too_large_is_refused() -> None:
    header = (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + b"IHDR"
        + struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    )
    assert picture(header + bytes(8), "a.png").resource is None


def test_the_words_of_a_metafile_are_read() -> None:
    text = "Claims by year".encode("utf-16-le")
    text += bytes(-len(text) % 4)
    head = struct.pack("<II", 1, 88) + bytes(32) + b" EMF" + bytes(44)
    line = struct.pack("<II", 84, 76 + len(text)) + bytes(36) + struct.pack("<II", 14, 76) + bytes(24) + text
    assert picture(head + line * 2, "a.emf").words == "Claims by year"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (("A crowd in  the street",), "A crowd in the street"),
        (("image1.png", "A crowd"), "A crowd"),
        (("Picture 3",), ""),
        (("DSC_0042.JPG",), ""),
        (("C:\\Users\\x\\a.png", ""), ""),
        ((None, ""), ""),
    ],
)
def test_names_of_files_are_no_alternative_text(said: tuple[str | None, ...], found: str) -> None:
    assert alternative(*said) == found
