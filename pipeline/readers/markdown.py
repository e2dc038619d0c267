"""Markdown-like text → Publication, by way of pandoc's CommonMark with extensions."""

from __future__ import annotations

import uuid

from pipeline import decoding
from pipeline.model import Metadata, Origin, Publication
from pipeline.press import Press
from pipeline.readers import front_matter, kramdown, marks, pandoc
from pipeline.readers.places import Finder
from pipeline.readers.tree import Walk
from pipeline.sources import Source

FORM = "commonmark" + "".join(
    f"+{each}"
    for each in (
        "attributes bracketed_spans definition_lists fenced_divs footnotes pipe_tables strikeout subscript superscript"
    ).split()
)
"""CommonMark with notes, tables and attributes, and nothing that takes plain prose for markup: not `smart`
(quotes and dashes are our passes' work, by language and in the ledger), `tex_math_dollars` ("$5 or 10$"),
`fancy_lists` ("i. e. this", and a break of "* * *" becomes three lists), `implicit_header_references` (words
in brackets lose them), `emoji`, `alerts`. Pandoc's own Markdown is not used: it takes "A. Nother wrote" for a list."""

NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
"""The URL namespace of RFC 9562, appendix C; the name in it is the address of the source's hash."""


def identifier(sha256: str) -> str:
    """A source's name for ever: urn:uuid: of a UUIDv5 made from the hash of its bytes."""
    return uuid.uuid5(NAMESPACE, f"urn:sha256:{sha256}").urn


def read(source: Source, press: Press) -> Publication:
    """Read text. The title is empty unless front matter says it: finding it is a repair."""
    decoded = decoding.decode(source.data, name=source.name)
    about, lines, said = front_matter.taken(marks.lines(decoded.text))
    lines, changes = kramdown.plainer(lines)
    text = "\n".join(lines)
    walk = Walk(Finder(text))
    body = walk.blocks(pandoc.tree(text, FORM)["blocks"])
    return Publication(
        Metadata(
            title=about.title,
            subtitle=about.subtitle,
            identifier=identifier(source.sha256),
            language=about.language or press.language,
            origin=Origin(source.name, source.media_type, source.sha256),
            creators=about.creators,
            dates=about.dates,
            subjects=about.subjects,
            description=about.description,
        ),
        body,
        notes=tuple(walk.notes),
        ledger=(*decoded.changes, *said, *changes, *walk.changes),
    )
