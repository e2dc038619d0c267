"""dist/ → styles/specimens/: the pictures of the README, taken from what `make` has published.

make specimens
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

from PIL import Image, ImageOps

ROOT = Path(__file__).parents[1]
TITLE = ROOT / "dist" / "socialism-in-one-organization" / "socialism-in-one-organization"
INTO = ROOT / "styles" / "specimens"
_EDGE = "#b8b8b8"
"""Grey round a page, so that white paper is seen on a white screen."""


def page(pdf: Path, number: int, resolution: int) -> Image.Image:
    """One page as Poppler draws it, with a thin edge."""
    done = subprocess.run(
        ["pdftoppm", "-png", "-r", str(resolution), "-f", str(number), "-l", str(number), str(pdf)],
        capture_output=True,
        check=True,
    )
    return ImageOps.expand(Image.open(io.BytesIO(done.stdout)).convert("RGB"), 1, _EDGE)


def beside(*pages: Image.Image, gap: int = 0) -> Image.Image:
    """Pages in a row."""
    width = sum(each.width for each in pages) + gap * (len(pages) - 1)
    row = Image.new("RGB", (width, max(each.height for each in pages)), "white")
    left = 0
    for each in pages:
        row.paste(each, (left, 0))
        left += each.width + gap
    return row


def above(*rows: Image.Image, gap: int = 12) -> Image.Image:
    """Pictures one under the other."""
    column = Image.new(
        "RGB", (max(row.width for row in rows), sum(row.height + gap for row in rows) - gap), "white"
    )
    top = 0
    for row in rows:
        column.paste(row, (0, top))
        top += row.height + gap
    return column


def main() -> int:
    """Take the pictures; 1 if there is nothing to take them of."""
    pamphlet, booklet = TITLE.with_suffix(".pdf"), TITLE.with_name(f"{TITLE.name}-booklet-a4.pdf")
    if not (pamphlet.exists() and booklet.exists()):
        sys.stderr.write("There is nothing to take pictures of yet. Run make first.\n")
        return 1
    taken = {
        "cover": page(pamphlet, 1, 72),
        "spread": beside(page(pamphlet, 8, 72), page(pamphlet, 9, 72)),
        "sheet": above(page(booklet, 1, 60), page(booklet, 2, 60)),
    }
    INTO.mkdir(exist_ok=True)
    for name, picture in taken.items():
        picture.quantize(32, dither=Image.Dither.NONE).save(INTO / f"{name}.png", optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
