"""Publication → the pamphlet, a tagged PDF/UA-1 on A5; the only importer of weasyprint."""

from __future__ import annotations

import base64
import hashlib
import logging
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from pipeline import __version__
from pipeline.artefacts import TextBlock
from pipeline.errors import EngineError
from pipeline.model import Block, Publication, Resource, Section
from pipeline.press import Press
from pipeline.renderers import colophon, cover, furniture, html
from pipeline.renderers.templates import STYLES, safe
from pipeline.renderers.templates import render as fill
from pipeline.typesetting import item_bodies, startup, stranded
from pipeline.walk import every_block, plain

STYLESHEET = STYLES / "pamphlet.css"
_FONTS = STYLES / "fonts"
_PX = 0.75
"""Points in a CSS pixel."""


class Pamphlet(msgspec.Struct, frozen=True):
    """A finished pamphlet.

    data    the PDF
    pages   how many
    blanks  the pages on which nothing stands, from 1
    text    where on them the text itself stands
    """

    data: bytes
    pages: int
    blanks: tuple[int, ...]
    text: TextBlock


_NAMED = frozenset(("aut", "edt", "trl", "isb"))
"""Whose names stand in the colophon (MARC relators); printers and transcribers stand in the provenance."""


def _full_title(publication: Publication) -> str:
    about = publication.metadata
    return f"{about.title}: {about.subtitle}" if about.subtitle else about.title


def markup(publication: Publication, press: Press, stamp: datetime, *, endnotes: bool = False) -> str:
    """The whole pamphlet as HTML, for `STYLESHEET`."""
    publication = html.called_once(publication)
    about = publication.metadata
    how = html.Markup(
        "print",
        notes={note.id: note for note in publication.notes},
        pictures={each.name: _inline_picture(each) for each in publication.resources},
        picture=furniture.words(about.language).picture,
        endnotes=endnotes,
    )
    authors = tuple(creator for creator in about.creators if creator.role == "aut")
    others = tuple(creator for creator in about.creators if creator.role == "isb")
    named = tuple(creator for creator in about.creators if creator.role in _NAMED)
    return fill(
        "pamphlet.html.j2",
        about=about,
        press=press,
        own=furniture.words(about.language),
        version=__version__,
        stamp=stamp.strftime("%Y-%m-%dT%H:%M:%SZ"),
        full_title=_full_title(publication),
        head=html.head_of(about.title),
        authors=furniture.names(authors, about.language),
        issuers=furniture.names(others, about.language),
        everyone=furniture.names(named, about.language),
        br=safe(" <br/>"),
        cover=cover.fitted(about.title),
        contents=[
            # Words alone: markup within a link of the contents breaks PDF/UA-1 in WeasyPrint 70.
            {"id": section.id, "title": plain(title)}
            for section, title in _titled(publication.body)
        ],
        provenance=safe(html.blocks(colophon.provenance(publication), how)),
        colophon=[safe(html.inlines(line.content, how)) for line in colophon.paragraphs(publication, press)],
        endnotes=safe(html.endnotes(how)) if endnotes else "",
        front=safe(html.blocks(publication.front, how)),
        body=safe(html.blocks((*publication.body, *_appendices(publication)), how)),
    )


def _titled(blocks: tuple[Block, ...]) -> Iterator[tuple[Section, tuple[Any, ...]]]:
    for block in every_block(blocks):
        if isinstance(block, Section) and block.heading and block.heading.level == 1:
            yield block, block.heading.content


def _appendices(publication: Publication) -> tuple[Block, ...]:
    return tuple(
        block for block in publication.back if not (isinstance(block, Section) and block.role == "provenance")
    )


def _inline_picture(resource: Resource) -> str:
    return f"data:{resource.media_type};base64,{base64.b64encode(resource.data).decode()}"


@cache
def _engine() -> Any:
    """The weasyprint module, set to use our faces only and to keep quiet."""
    try:
        weasyprint = startup.engine(_FONTS)
    except OSError as error:
        raise EngineError(
            "Pango, which sets the type, is not on this machine",
            "run `make setup`, or install libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0",
        ) from error
    stranded.mend()
    item_bodies.mend()
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    return weasyprint


@cache
def _house() -> tuple[Any, Any, Any]:
    """Fetcher, faces and stylesheet: made once in a process, used for every title."""
    weasyprint = _engine()
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    class Fetcher(URLFetcher):
        """Fetches what is in the page itself and in our styles; a text's own addresses are never opened."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            parts = urlsplit(url)
            ours = parts.scheme == "file" and unquote(parts.path).startswith(f"{STYLES}/") and ".." not in url
            if not (ours or parts.scheme == "data"):
                raise ValueError(f"not fetched: {url[:80]}")
            return super().fetch(url, headers)

    fetcher, faces = Fetcher(allowed_protocols=("data", "file")), FontConfiguration()
    css = weasyprint.CSS(filename=STYLESHEET, font_config=faces, url_fetcher=fetcher)
    return fetcher, faces, css


def render(publication: Publication, press: Press, stamp: datetime) -> Pamphlet:
    """Set the pamphlet. `stamp` is its date of creation. Raises EngineError without Pango or a face."""
    weasyprint = _engine()
    fetcher, faces, css = _house()

    def laid_out(*, endnotes: bool) -> Any:
        string = markup(publication, press, stamp, endnotes=endnotes)
        page = weasyprint.HTML(string=string, url_fetcher=fetcher, base_url=f"{STYLES}/")
        return page.render(stylesheets=[css], font_config=faces, pdf_variant="pdf/ua-1")

    document = laid_out(endnotes=False)
    if _overflowing(_text_block(document.pages)):
        document = laid_out(endnotes=True)
    data = document.write_pdf(
        pdf_variant="pdf/ua-1",
        pdf_identifier=hashlib.sha256(publication.metadata.identifier.encode()).digest()[:16],
    )
    blanks = tuple(number for number, each in enumerate(document.pages, 1) if each._page_box.page_type.blank)
    return Pamphlet(data, len(document.pages), blanks, _text_block(document.pages))


def _text_block(pages: Any) -> TextBlock:
    boxes = {
        number: page._page_box
        for number, page in enumerate(pages, 1)
        if page._page_box.page_type.name == "text"
    }
    box = next(iter(boxes.values()))
    top = box.content_box_y() * _PX
    bottom = round(top + box.height * _PX, 3)
    feet = tuple(_foot(boxes[number], bottom) if number in boxes else bottom for number in _pages(boxes))
    return TextBlock(min(boxes), max(boxes), round(top, 3), bottom, feet)


_MOST_NOTES = 0.8
"""Of a page's height. WeasyPrint does not break a note over pages: one that is too long runs off the top."""


def _overflowing(block: TextBlock) -> bool:
    """Whether the notes of a page take nearly all of it, or more than there is."""
    return any(foot < block.bottom - _MOST_NOTES * (block.bottom - block.top) for foot in block.feet)


def _pages(boxes: Mapping[int, Any]) -> range:
    return range(min(boxes), max(boxes) + 1)


def _foot(box: Any, bottom: float) -> float:
    """Where the notes of a page begin, `bottom` if it has none."""
    areas = (each for each in box.children if type(each).__name__ == "FootnoteAreaBox" and each.children)
    return next((round(area.position_y * _PX, 3) for area in areas), bottom)
