"""dist/ → styles/specimens/*.png: the pictures in the README, taken from what the press has just made.

    python -m tests.tools.specimens dist/<title>

Lives with the tests because it opens finished PDFs with an engine that the press keeps behind one door.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image

_SPECIMENS = Path("styles/specimens")
_EDGE = "#bbbbbb"
"""Around each page, which would otherwise be white on white."""


def photograph(pdf: Path, numbers: Sequence[int], height: int, *, beside: bool, gap: int) -> Image.Image:
    """These pages (from 1), each this many pixels high, beside or below each other."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [document[number - 1] for number in numbers]
        pictures = [page.render(scale=height / page.get_height()).to_pil().convert("RGB") for page in pages]
    across = sum if beside else max
    down = max if beside else sum
    between = gap * (len(pictures) - 1)
    width = 2 + across(picture.width for picture in pictures) + (between if beside else 0)
    tall = 2 + down(picture.height for picture in pictures) + (0 if beside else between)
    # With no gap, the pages share a fold; with one, the wall shows between them.
    wall = Image.new("RGB", (width, tall), _EDGE)
    place = 1
    for picture in pictures:
        wall.paste(picture, (place, 1) if beside else (1, place))
        place += (picture.width if beside else picture.height) + gap
    return wall


def take(folder: Path) -> None:
    """Cover, spread and sheet of the title in this folder."""
    slug = folder.name
    pamphlet, booklet = folder / f"{slug}.pdf", folder / f"{slug}-booklet-a4.pdf"
    _SPECIMENS.mkdir(parents=True, exist_ok=True)
    for name, picture in {
        "cover": photograph(pamphlet, [1], 720, beside=True, gap=0),
        # A verso is even, and lies to the left of the next page.
        "spread": photograph(pamphlet, [8, 9], 720, beside=True, gap=1),
        "sheet": photograph(booklet, [1, 2], 356, beside=False, gap=8),
    }.items():
        # A few greys and one red: a palette says it all in a third of the bytes.
        flat = picture.quantize(64, dither=Image.Dither.NONE)
        flat.save(_SPECIMENS / f"{name}.png", optimize=True)


if __name__ == "__main__":
    take(Path(sys.argv[1]))
