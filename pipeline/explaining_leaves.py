"""Publication → leaves: every run of text with what it is, its place and its pieces, ready to be marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

import msgspec

from pipeline.model import (
    NOWHERE,
    Block,
    BlockQuotation,
    Code,
    Emphasis,
    Epigraph,
    Figure,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    List,
    NoteRef,
    Paragraph,
    Place,
    Preformatted,
    Publication,
    Section,
    Separator,
    SmallCaps,
    Span,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Verse,
)
from pipeline.walk import Run


class Piece(msgspec.Struct, frozen=True):
    """Text in one style. `tags` are elements of HTML, outer first; `sign` stands for what has no words."""

    text: str
    tags: tuple[str, ...] = ()
    sign: str = ""


class Leaf(msgspec.Struct, frozen=True):
    """A run. `kind` says in words what it is, "" for a plain paragraph and for lines of a source."""

    kind: str
    place: Place
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def leaves(publication: Publication) -> list[Leaf]:
    """All of a publication, in reading order; the notes last."""
    numbers = {note.id: number for number, note in enumerate(publication.notes, 1)}
    whole = (*publication.front, *publication.body, *publication.back)
    found = list(_blocks(whole, "", NOWHERE, numbers))
    for note in publication.notes:
        found += _blocks(note.blocks, f"note {numbers[note.id]}", note.place, numbers)
    return found


def _blocks(nodes: Iterable[Block], kind: str, place: Place, numbers: Mapping[str, int]) -> Iterator[Leaf]:
    for node in nodes:
        yield from _block(node, kind, node.place if node.place.first else place, numbers)


def _block(node: Block, kind: str, place: Place, numbers: Mapping[str, int]) -> Iterator[Leaf]:
    def leaf(own: str, run: Run) -> Leaf:
        return Leaf(", ".join(filter(None, (kind, own))), place, tuple(pieces(run, numbers)))

    match node:
        case Paragraph():
            yield leaf("" if node.role == "text" else node.role, node.content)
        case Heading():
            yield leaf(f"heading {node.level}", node.content)
        case Section():
            own = kind if node.role == "section" else ", ".join(filter(None, (kind, node.role)))
            if node.heading:
                yield from _block(node.heading, own, node.heading.place, numbers)
            yield from _blocks(node.blocks, own, place, numbers)
        case BlockQuotation() | Epigraph():
            own = "quotation" if isinstance(node, BlockQuotation) else "epigraph"
            yield from _blocks(node.blocks, ", ".join(filter(None, (kind, own))), place, numbers)
            if node.attribution:
                yield leaf("source of the quotation", node.attribution)
        case Verse():
            for stanza in node.stanzas:
                for line in stanza:
                    yield leaf("verse", line.content)
            if node.attribution:
                yield leaf("source of the verse", node.attribution)
        case List():
            for count, item in enumerate(node.items, node.start):
                own = f"item {count}" if node.ordered else "item"
                yield from _blocks(item, ", ".join(filter(None, (kind, own))), place, numbers)
        case Table():
            if node.caption:
                yield leaf("caption", node.caption)
            for row in (*node.head, *node.body):
                for cell in row:
                    own = "head of a column" if cell.heading else "cell"
                    yield from _blocks(cell.blocks, ", ".join(filter(None, (kind, own))), place, numbers)
        case Figure():
            yield from _blocks(node.blocks, kind, place, numbers)
            if node.caption:
                yield leaf("caption", node.caption)
        case Preformatted():
            yield leaf("as typed", (Code(node.text),))
        case Separator():
            yield Leaf("break", place, (Piece("", sign="⁂"),))
        case _:
            assert_never(node)


def pieces(run: Run, numbers: Mapping[str, int], tags: tuple[str, ...] = ()) -> Iterator[Piece]:
    """A run, taken to pieces of one style each. Its words are those of `walk.plain`."""
    for node in run:
        yield from _piece(node, numbers, tags)


def _piece(node: Inline, numbers: Mapping[str, int], tags: tuple[str, ...]) -> Iterator[Piece]:
    match node:
        case Text():
            yield Piece(node.text, tags)
        case Emphasis():
            yield from pieces(node.content, numbers, (*tags, "em"))
        case Strong():
            yield from pieces(node.content, numbers, (*tags, "strong"))
        case Superscript():
            yield from pieces(node.content, numbers, (*tags, "sup"))
        case Subscript():
            yield from pieces(node.content, numbers, (*tags, "sub"))
        case SmallCaps() | Link() | Span():
            yield from pieces(node.content, numbers, tags)
        case Code():
            yield Piece(node.text, (*tags, "code"))
        case LineBreak():
            yield Piece("\n", tags)
        case NoteRef():
            yield Piece("", (*tags, "sup"), sign=f"note {numbers.get(node.note, '?')}")
        case Image():
            if node.resource:
                yield Piece("", tags, sign=f"picture: {node.alternative or node.resource}")
            else:
                yield Piece(node.alternative, tags)
        case _:
            assert_never(node)
