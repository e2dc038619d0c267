"""Nodes → what is inside them: the plain words, every run of text in reading order, and rewritten copies.

A *run* is what a paragraph, heading, verse line, caption or attribution holds: inlines that are read
without a pause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

import msgspec

from pipeline.model import (
    Block,
    BlockQuotation,
    Cell,
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

Run = tuple[Inline, ...]


def plain(nodes: Iterable[Inline]) -> str:
    """The words alone: no markup, no note calls; a line break is a space."""
    return "".join(_plain(node) for node in nodes)


def _plain(node: Inline) -> str:
    match node:
        case Text() | Code():
            return node.text
        case Emphasis() | Strong() | SmallCaps() | Superscript() | Subscript() | Link() | Span():
            return plain(node.content)
        case LineBreak():
            return " "
        case Image():
            return node.alternative if not node.resource else ""
        case NoteRef():
            return ""
        case _:
            assert_never(node)


def inner(node: Inline) -> Run:
    """What an inline holds, () for a leaf."""
    match node:
        case Emphasis() | Strong() | SmallCaps() | Superscript() | Subscript() | Link() | Span():
            return node.content
        case Text() | Code() | LineBreak() | Image() | NoteRef():
            return ()
        case _:
            assert_never(node)


def every_inline(nodes: Iterable[Inline]) -> Iterator[Inline]:
    """Each inline and all that is inside it, outer before inner."""
    for node in nodes:
        yield node
        yield from every_inline(inner(node))


def runs(nodes: Iterable[Block], *, numbered: bool = False) -> Iterator[tuple[Run, Place]]:
    """Every run in reading order, with the place of the block that holds it.

    `numbered` gives the number of each item of an ordered list as a run of its own, as print shows it.
    """
    for node in nodes:
        yield from _runs(node, numbered=numbered)


def _runs(node: Block, *, numbered: bool) -> Iterator[tuple[Run, Place]]:
    match node:
        case Paragraph() | Heading():
            yield node.content, node.place
        case Section():
            if node.heading:
                yield node.heading.content, node.heading.place
            yield from runs(node.blocks, numbered=numbered)
        case BlockQuotation() | Epigraph():
            yield from runs(node.blocks, numbered=numbered)
            yield from _own(node.attribution, _end(node.place))
        case Verse():
            for stanza in node.stanzas:
                for line in stanza:
                    yield line.content, node.place
            yield from _own(node.attribution, _end(node.place))
        case List():
            for number, item in enumerate(node.items, node.start):
                if numbered and node.ordered:
                    yield (Text(str(number)),), item[0].place if item else node.place
                yield from runs(item, numbered=numbered)
        case Table():
            yield from _own(node.caption, node.place)
            for row in (*node.head, *node.body):
                for cell in row:
                    yield from runs(cell.blocks, numbered=numbered)
        case Figure():
            yield from runs(node.blocks, numbered=numbered)
            yield from _own(node.caption, node.place)
        case Preformatted():
            yield (Text(node.text),), node.place
        case Separator():
            pass
        case _:
            assert_never(node)


def _own(run: Run, place: Place) -> Iterator[tuple[Run, Place]]:
    if run:
        yield run, place


def _end(place: Place) -> Place:
    """Its last line: where an attribution stands."""
    return Place(place.last, place.last, place.part)


def every_block(nodes: Iterable[Block]) -> Iterator[Block]:
    """Each block and all that is inside it, outer before inner, in reading order."""
    for node in nodes:
        yield node
        match node:
            case Section():
                if node.heading:
                    yield node.heading
                yield from every_block(node.blocks)
            case BlockQuotation() | Epigraph() | Figure():
                yield from every_block(node.blocks)
            case List():
                for item in node.items:
                    yield from every_block(item)
            case Table():
                for row in (*node.head, *node.body):
                    for cell in row:
                        yield from every_block(cell.blocks)
            case Paragraph() | Heading() | Verse() | Preformatted() | Separator():
                pass
            case _:
                assert_never(node)


Rewrite = Callable[[Run, Place], Run]


def rewritten(nodes: Iterable[Block], rewrite: Rewrite) -> tuple[Block, ...]:
    """A copy in which every run is what `rewrite` makes of it; preformatted text stays as it is."""
    return tuple(_rewritten(node, rewrite) for node in nodes)


def _rewritten(node: Block, rewrite: Rewrite) -> Block:
    put = msgspec.structs.replace

    def own(run: Run) -> Run:
        return rewrite(run, node.place) if run else run

    match node:
        case Paragraph() | Heading():
            return put(node, content=rewrite(node.content, node.place))
        case Section():
            heading = _rewritten(node.heading, rewrite) if node.heading else None
            return put(node, heading=heading, blocks=rewritten(node.blocks, rewrite))
        case BlockQuotation() | Epigraph():
            return put(node, blocks=rewritten(node.blocks, rewrite), attribution=own(node.attribution))
        case Verse():
            stanzas = tuple(
                tuple(put(line, content=own(line.content)) for line in stanza) for stanza in node.stanzas
            )
            return put(node, stanzas=stanzas, attribution=own(node.attribution))
        case List():
            return put(node, items=tuple(rewritten(item, rewrite) for item in node.items))
        case Table():

            def rows(each: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
                return tuple(
                    tuple(put(cell, blocks=rewritten(cell.blocks, rewrite)) for cell in row) for row in each
                )

            return put(node, caption=own(node.caption), head=rows(node.head), body=rows(node.body))
        case Figure():
            return put(node, blocks=rewritten(node.blocks, rewrite), caption=own(node.caption))
        case Preformatted() | Separator():
            return node
        case _:
            assert_never(node)


def publication_runs(publication: Publication, *, numbered: bool = False) -> Iterator[tuple[Run, Place]]:
    """Every run of a publication: front, body, back, then the notes."""
    for blocks in (publication.front, publication.body, publication.back):
        yield from runs(blocks, numbered=numbered)
    for note in publication.notes:
        yield from runs(note.blocks, numbered=numbered)


def publication_rewritten(publication: Publication, rewrite: Rewrite) -> Publication:
    """A copy in which every run of front, body, back and notes is what `rewrite` makes of it."""
    return msgspec.structs.replace(
        publication,
        front=rewritten(publication.front, rewrite),
        body=rewritten(publication.body, rewrite),
        back=rewritten(publication.back, rewrite),
        notes=tuple(
            msgspec.structs.replace(note, blocks=rewritten(note.blocks, rewrite))
            for note in publication.notes
        ),
    )


def spread(blocks: tuple[Block, ...]) -> Place:
    """From the first line of the first block to the last of the last."""
    known = [block.place for block in blocks if block.place.first]
    if not known:
        return Place()
    return Place(min(place.first for place in known), max(place.last for place in known))
