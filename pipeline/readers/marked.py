"""Text::Amuse, LaTeX, reStructuredText and Org → Publication, by way of pandoc.

What these formats say of a text at its head (title, makers, dates, source) becomes metadata; what Text::Amuse
says of the source and in notes becomes provenance. Places are lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from pipeline import decoding, formats
from pipeline.errors import EngineError, SourceError
from pipeline.model import (
    Block,
    Change,
    Creator,
    Image,
    Inline,
    Metadata,
    Origin,
    Paragraph,
    Place,
    Publication,
    Section,
    Text,
)
from pipeline.normalise.names import named
from pipeline.press import Press
from pipeline.readers import marks, pandoc, pictures
from pipeline.readers.arranging import plainer
from pipeline.readers.markdown import identifier
from pipeline.readers.masthead import creator, day_of
from pipeline.readers.places import Finder
from pipeline.readers.tree import Json, Walk
from pipeline.sources import Source
from pipeline.walk import plain, spread

FORMS: Mapping[str, str] = {
    formats.MUSE: "muse",
    formats.LATEX: "latex",
    formats.RST: "rst",
    formats.ORG: "org",
}

_PROVENANCE = ("source", "notes")
"""Directives of Text::Amuse whose words are to be read with the text."""
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


class _Walk(Walk):
    """A walk over a tree whose pictures lie beside the text, where a single file cannot have them."""

    def _inline(self, node: Json) -> tuple[Inline, ...]:
        match node:
            case {"t": "Image", "c": [_, nodes, [target, _]]}:
                words = pictures.alternative(plain(self._content(nodes)))
                why = "the picture is not in the file; its words stand in its place"
                self.changes.append(Change("pictures", Place(), target, words, why))
                return (Image("", words),) if words else ()
            case _:
                return super()._inline(node)


def read(source: Source, press: Press) -> Publication:
    """Read text in one of `FORMS`. Raises SourceError where pandoc cannot."""
    decoded = decoding.decode(source.data, name=source.name)
    text = "\n".join(marks.lines(decoded.text))
    try:
        tree = pandoc.tree(text, FORMS[source.media_type], "--standalone")
    except EngineError as error:
        raise SourceError(
            f"{source.name}: this cannot be read as {FORMS[source.media_type]} ({error})",
            "mend the line that is named, or save it as plain text",
        ) from error
    walk = _Walk(Finder(text))
    said = {key: _plain(walk, value) for key, value in tree["meta"].items()}
    front = _abstract(walk, tree["meta"].get("abstract"))
    body = plainer(walk.blocks(tree["blocks"]))
    about = _about(said, _listed(walk, tree["meta"].get("author")), source, press)
    return Publication(
        about,
        body,
        front=front,
        back=_provenance(said, text),
        notes=tuple(walk.notes),
        ledger=(*decoded.changes, *walk.changes, *_told(about)),
    )


def _plain(walk: Walk, value: Json) -> str:
    """A value of pandoc's metadata as words; several of them apart by "; "."""
    match value:
        case {"t": "MetaString", "c": str() as text}:
            return text
        case {"t": "MetaInlines", "c": nodes}:
            return plain(walk.inlines(nodes))
        case {"t": "MetaList", "c": each}:
            return "; ".join(_plain(walk, one) for one in each)
        case {"t": "MetaBlocks", "c": nodes}:
            return " ".join(
                plain(walk.inlines(node["c"])) for node in nodes if node["t"] in ("Para", "Plain")
            )
        case _:
            return ""


def _listed(walk: Walk, value: Json) -> tuple[str, ...]:
    match value:
        case {"t": "MetaList", "c": each}:
            return tuple(filter(None, (_plain(walk, one) for one in each)))
        case None:
            return ()
        case _:
            whole = _plain(walk, value)
            return named(whole) or tuple(filter(None, (part.strip() for part in whole.split(";"))))


def _abstract(walk: Walk, value: Json) -> tuple[Block, ...]:
    blocks = walk.blocks(value["c"]) if isinstance(value, dict) and value.get("t") == "MetaBlocks" else ()
    return (Section("abstract", None, blocks, "abstract", spread(blocks)),) if blocks else ()


def _about(said: Mapping[str, str], makers: tuple[str, ...], source: Source, press: Press) -> Metadata:
    creators = [creator(" ".join(name.split())) for name in makers]
    creators += [_as(creator(name), "trl") for name in named(said.get("translator", ""))]
    days = [
        day for key in ("date", "pubdate") if (day := day_of(said.get(key, "").strip("<>[] "))) is not None
    ]
    address = _ADDRESS.search(said.get("source", ""))
    topics = said.get("SORTtopics") or said.get("keywords", "")
    return Metadata(
        title=" ".join(said.get("title", "").split()),
        subtitle=" ".join(said.get("subtitle", "").split()),
        identifier=identifier(source.sha256),
        language=said.get("lang") or press.language,
        creators=tuple(creators),
        dates=tuple(days[:1]),
        subjects=tuple(filter(None, (each.strip() for each in re.split(r"[;,]", topics)))),
        origin=Origin(
            source.name, source.media_type, source.sha256, address.group().rstrip(".,;)") if address else ""
        ),
    )


def _as(who: Creator, role: str) -> Creator:
    return msgspec.structs.replace(who, role=role)


def _provenance(said: Mapping[str, str], text: str) -> tuple[Block, ...]:
    """What is said of the source and in notes on the text: for the colophon."""
    blocks = tuple(
        Paragraph((Text(" ".join(said[key].split())),), place=_line(text, f"#{key}"))
        for key in _PROVENANCE
        if said.get(key, "").strip()
    )
    return (Section("provenance", None, blocks, "provenance", spread(blocks)),) if blocks else ()


def _line(text: str, start: str) -> Place:
    at = next((n for n, line in enumerate(marks.lines(text), 1) if line.lower().startswith(start)), 0)
    return Place(at, at)


def _told(about: Metadata) -> Iterator[Change]:
    if about.title:
        words = f"title: {about.title}" + (f" · subtitle: {about.subtitle}" if about.subtitle else "")
        yield Change("masthead", Place(), "", words, "the head of the text says so")
