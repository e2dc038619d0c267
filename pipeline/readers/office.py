"""A Word, OpenDocument or RTF file → Publication, by way of pandoc.

The place of a block is the number of its paragraph, from 1, with `part` "": every paragraph of the document
counts, empty ones too, then those of the notes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline import formats
from pipeline.errors import EngineError, SourceError
from pipeline.model import (
    Change,
    Metadata,
    Origin,
    Place,
    Publication,
)
from pipeline.press import Press
from pipeline.readers import arranging, layout, markers, masthead, opendocument, pandoc, richtext, word
from pipeline.readers.archives import Archive
from pipeline.readers.looks import Look
from pipeline.readers.markdown import identifier
from pipeline.readers.numbered import Numbered, illustrated
from pipeline.readers.opened import Opened
from pipeline.sources import Source


def _unpacked(opener: Callable[[Archive, str], Opened]) -> Callable[[bytes, str], Opened]:
    return lambda data, name: opener(Archive(data, name), name)


_OPENERS: Mapping[str, tuple[Callable[[bytes, str], Opened], str]] = {
    formats.WORD: (_unpacked(word.opened), "docx"),
    formats.OPEN_DOCUMENT: (_unpacked(opendocument.opened), "odt"),
    formats.RTF: (richtext.opened, "rtf"),
}


def read(source: Source, press: Press) -> Publication:
    """Read .docx, .odt and .rtf. The title is empty where the document has none. Raises SourceError if it is damaged."""
    opener, form = _OPENERS[source.media_type]
    opened = opener(source.data, source.name)
    try:
        tree = pandoc.tree(opened.data, form)
    except EngineError as error:
        raise SourceError(
            f"{source.name}: this document is damaged ({error})",
            "open it where it was made, save it again, and take that copy",
        ) from error
    walk = Numbered(opened.shown)
    blocks = walk.blocks(markers.found(markers.spelt(tree["blocks"], opened.letters)))
    plan = layout.plan(opened.looks, opened.properties.title)
    about = Metadata(
        title="",
        identifier=identifier(source.sha256),
        language=opened.properties.language or press.language,
        origin=Origin(source.name, source.media_type, source.sha256),
    )
    page = masthead.read(plan, opened.looks, opened.properties, about)
    looks = {look.number: look for look in opened.looks}
    body = arranging.arranged(blocks, plan, looks, plan.contents | page.taken)
    publication = Publication(
        page.about,
        body,
        notes=tuple(walk.notes),
        ledger=(*opened.changes, *_contents(plan, looks), *walk.changes, *page.changes),
    )
    return illustrated(publication, walk.resources)


def _contents(plan: layout.Plan, looks: Mapping[int, Look]) -> tuple[Change, ...]:
    why = "each edition makes its own table of contents"
    return tuple(
        Change("contents", Place(number, number), " ".join(looks[number].text.split()), "", why)
        for number in sorted(plan.contents)
    )
