"""(body, its pieces, those that are left) → body; and notes put in the order of their calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from pipeline.editing import merged, trimmed
from pipeline.model import Block, BlockQuotation, List, NoteRef, Paragraph, Publication
from pipeline.normalise.footnotes_pieces import Piece
from pipeline.walk import every_inline, publication_runs, spread


def rebuilt(body: tuple[Block, ...], before: Sequence[Piece], after: Sequence[Piece]) -> tuple[Block, ...]:
    """Blocks of which no piece went or changed stay the very same."""
    whole = {first: tuple(each) for first, each in groupby(before, key=lambda piece: piece.first)}
    left = {first: tuple(each) for first, each in groupby(after, key=lambda piece: piece.first)}
    out: list[Block] = []
    for first, were in whole.items():
        are = left.get(first, ())
        if are == were:
            out += body[first : were[-1].last + 1]
        elif are:
            out += _rebuilt(body[first], are)
    return tuple(out)


def _rebuilt(block: Block, are: tuple[Piece, ...]) -> Iterator[Block]:
    match block:
        case Paragraph():
            parts = [
                node
                for piece in are
                for each in piece.blocks
                if isinstance(each, Paragraph)
                for node in each.content
            ]
            if content := trimmed(merged(parts)):
                yield msgspec.structs.replace(block, content=content)
        case BlockQuotation() if are[0].inside:
            yield msgspec.structs.replace(block, blocks=tuple(each for piece in are for each in piece.blocks))
        case List() if are[0].inside:
            # Items that stay keep their numbers.
            for _, row in groupby(enumerate(are), key=lambda each: each[1].part - each[0]):
                items = [piece for _, piece in row]
                blocks = tuple(piece.blocks for piece in items)
                yield msgspec.structs.replace(
                    block,
                    items=blocks,
                    start=block.start + items[0].part if block.ordered else block.start,
                    place=spread(tuple(each for item in blocks for each in item)),
                )
        case _:
            for piece in are:
                yield from piece.blocks


def in_order(publication: Publication) -> Publication:
    """Editions number the notes in the order in which they stand in the publication."""
    first = {note: number for number, note in enumerate(dict.fromkeys(_calls(publication)))}
    notes = tuple(sorted(publication.notes, key=lambda note: first.get(note.id, len(first))))
    return msgspec.structs.replace(publication, notes=notes)


def _calls(publication: Publication) -> Iterable[str]:
    for run, _ in publication_runs(publication):
        for node in every_inline(run):
            if isinstance(node, NoteRef):
                yield node.note
