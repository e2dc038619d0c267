"""A web page as it was saved → Publication: the article, without the page round it.

    bytes ─ decoding ─► markup ─ web_tree ─► Page ─ web_paragraphs ─► normal form
        web_notes      notes out, each with its calls
        web_metadata   what the page says of its article
        web_titles     title and byline out
        web_article    furniture out, each region of it in the ledger
        web_contents   lists of contents out
        web_blocks     what is left → blocks (web_inlines, web_verse, web_tables)

Nothing is fetched and no file is opened. What a browser shows of the page, `web_text` tells by itself.
"""

from __future__ import annotations

import codecs
import re

from pipeline import decoding
from pipeline.errors import SourceError
from pipeline.model import Direction, Metadata, Note, Origin, Publication
from pipeline.press import Press
from pipeline.readers import (
    web_article,
    web_bylines,
    web_contents,
    web_marks,
    web_metadata,
    web_notes,
    web_paragraphs,
    web_titles,
    web_tree,
)
from pipeline.readers.markdown import identifier
from pipeline.readers.web_blocks import Blocks
from pipeline.readers.web_bylines import Byline
from pipeline.readers.web_inlines import Inlines
from pipeline.readers.web_tree import Page
from pipeline.sources import Source

_CHARSET = re.compile(
    rb"<meta\b[^>]*?charset\s*=\s*[\"']?\s*([\w:.-]+)|<\?xml[^>]*?encoding\s*=\s*[\"']([\w:.-]+)",
    re.IGNORECASE,
)
_LOOK_AT = 4096
"""Bytes in which a page must say its encoding (HTML Living Standard, section 4.2.5.4: 1024; many say it later)."""


def markup(source: Source) -> decoding.Decoded:
    """The markup of a page, decoded as it says or as its content says."""
    found = None if source.data.startswith(codecs.BOM_UTF8) else _CHARSET.search(source.data[:_LOOK_AT])
    declared = (found[1] or found[2]).decode("ascii", "replace") if found else None
    return decoding.decode(source.data, declared, name=source.name)


def read(source: Source, press: Press) -> Publication:
    """Read the article of a page. Raises SourceError when there is no text in it."""
    decoded = markup(source)
    page = web_tree.parse(decoded.text, source.name)
    about = web_metadata.about(page)
    own = {
        name
        for name in (source.name, about.address, page.address, _last(about.address), _last(page.address))
        if name
    }
    marks = web_marks.marks(page.body, frozenset(own))
    web_paragraphs.paragraphed(page.body, marks.targets)
    noted = web_notes.Notes(page.body, web_marks.marks(page.body, frozenset(own)))
    notes = {each.id: each for each in noted.taken()}

    titles = web_titles.named(page.body, about)
    byline = web_bylines.taken(titles.following, Byline(about.creators, about.dates))
    article, cut = web_article.found(page.body)
    if not titles.title:
        titles = web_titles.opening(article, about)
    again = web_titles.repeated(article, titles)
    byline = web_bylines.taken(
        [leaf for leaf in web_paragraphs.leaves(article) if web_tree.said(leaf)], byline
    )
    contents = web_contents.dropped(article)
    noted.unhead()

    inlines = Inlines(about.address, about.language)
    blocks = Blocks(inlines)
    orphans = web_notes.orphans(notes, article)
    body = blocks.read(article.elements())
    if not body:
        raise SourceError(f"{source.name}: no article is found in this page", "save its text as plain text")
    read_notes = tuple(
        Note(each.id, blocks.read(each.elements), each.place)
        for each in notes.values()
        if each.id not in orphans
    )
    lost = tuple(web_notes.left_out(notes[name]) for name in sorted(orphans))
    out_of_text = (*titles.changes, *byline.changes, *again, *cut, *contents, *lost)
    return Publication(
        Metadata(
            title=titles.title,
            subtitle=titles.subtitle,
            rubric=titles.rubric,
            identifier=identifier(source.sha256),
            language=about.language or press.language,
            direction=_direction(page),
            creators=byline.creators,
            dates=byline.dates,
            rights=about.rights,
            origin=Origin(source.name, source.media_type, source.sha256, about.address, about.site),
        ),
        body,
        notes=read_notes,
        resources=tuple(inlines.resources.values()),
        ledger=(
            *decoded.changes,
            *sorted(out_of_text, key=lambda each: each.place.first),
            *noted.changes,
            *blocks.changes,
            *inlines.changes,
        ),
    )


def _last(address: str) -> str:
    return address.rpartition("/")[2]


def _direction(page: Page) -> Direction:
    return "rtl" if page.direction == "rtl" else "ltr"
