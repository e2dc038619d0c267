"""Real pamphlets, set by WeasyPrint, for the tests of what is made from them."""

from __future__ import annotations

import random
from functools import lru_cache
from pathlib import Path

import weasyprint

_STYLES = Path(__file__).parents[2] / "styles"
_FACES = sorted(str(face) for kind in ("ttf", "otf") for face in _STYLES.rglob(f"*Regular.{kind}"))[:1]

_CSS = (
    "".join(f"@font-face {{ font-family: press; src: url('file://{face}') }}" for face in _FACES)
    + """
@page { size: A5; margin: 18mm 15mm 20mm 20mm;
        @top-center { content: "A pamphlet for trial"; font-size: 8pt }
        @bottom-center { content: counter(page); font-size: 8pt } }
@page :left { margin: 18mm 20mm 20mm 15mm }
@page bare { @top-center { content: none } @bottom-center { content: none } }
@page bleed { margin: 0; @top-center { content: none } @bottom-center { content: none } }
body { font: 10.5pt/14pt press, serif; margin: 0; text-align: justify; hyphens: auto }
div { break-after: page } div:last-child { break-after: auto }
.bare { page: bare } .bleed { page: bleed }
p { margin: 0; text-indent: 1em }
"""
)

_WORDS = [
    *("sheet", "leaf", "recto", "verso", "imposition", "creep", "gutter", "trim", "bleed", "colophon"),
    *("imprint", "measure", "leading", "fleuron", "epigraph", "organisation", "self-contained"),
    *("difficult", "official", "affluence", "and", "of", "the", "in", "a"),
]


@lru_cache
def pamphlet(pages: int) -> bytes:
    """A cover, an empty page, pages of text, and a bare last page."""
    divs = ['<div class="bare"><h1>On Folding</h1><p>Somebody</p></div>', '<div class="bare"></div>']
    divs += [f"<div>{_prose(number)}</div>" for number in range(3, pages)]
    return _set([*divs, '<div class="bare"><p>Printed where it was set.</p></div>'])


@lru_cache
def plates() -> bytes:
    """Eight pages that words cannot tell apart: pictures, a lone numeral, twins with other pictures."""
    return _set(
        [
            '<div class="bare"><h1>Plates</h1></div>',
            '<div class="bare"></div>',
            f'<div class="bare">{_picture(10, 40, "black")}</div>',
            f'<div class="bare">{_picture(60, 20, "black")}</div>',
            f'<div class="bare"><p>The same words</p>{_picture(0, 60, "#333")}</div>',
            f'<div class="bare"><p>The same words</p>{_picture(50, 60, "#333")}</div>',
            '<div class="bare"><p style="font-size: 40pt">7</p></div>',
            '<div class="bare"><p>The end.</p></div>',
        ]
    )


@lru_cache
def bleeding() -> bytes:
    """Four pages, of which the first is printed to the very edge."""
    cover = '<div class="bleed" style="background: #642; height: 210mm">Cover</div>'
    return _set([cover, *(f"<div>{_prose(number)}</div>" for number in (2, 3, 4))])


@lru_cache
def stranger() -> bytes:
    """Four pages that are in no other pamphlet."""
    return _set([f"<div><p>Foreign matter {number}</p>{_prose(900 + number)}</div>" for number in range(4)])


def _prose(seed: int) -> str:
    words = random.Random(seed)  # noqa: S311 - for text, not for secrets
    return "".join(
        f"<p>{' '.join(words.choice(_WORDS) for _ in range(55))} {seed}.</p>"
        for _ in range(words.randint(2, 4))
    )


def _picture(x: int, size: int, colour: str) -> str:
    shape = f'<path d="M {x} 0 l {size} 10 l -{size // 2} {size} z" fill="{colour}"/>'
    return f'<svg width="100mm" height="100mm" viewBox="0 0 120 120">{shape}</svg>'


def _set(divs: list[str]) -> bytes:
    page = f"<html lang=en><head><title>On Folding</title><style>{_CSS}</style></head><body>{''.join(divs)}"
    data: bytes | None = weasyprint.HTML(string=page).write_pdf(pdf_tags=True)
    assert data is not None
    return data
