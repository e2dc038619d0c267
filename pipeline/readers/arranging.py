"""Blocks as pandoc read them, and a plan → blocks as the document means them: headings, quotations, figures, tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

import msgspec

from pipeline.editing import merged
from pipeline.model import (
    Block,
    BlockQuotation,
    Cell,
    Code,
    Figure,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    List,
    NoteRef,
    Paragraph,
    Span,
    Strong,
    Table,
    Text,
)
from pipeline.readers.layout import Plan
from pipeline.readers.looks import Look
from pipeline.walk import every_inline, plain, runs, spread

Blocks = tuple[Block, ...]


def arranged(blocks: Blocks, plan: Plan, looks: Mapping[int, Look], gone: frozenset[int]) -> Blocks:
    """`gone` are the numbers of the paragraphs that have gone into the metadata or were contents."""
    kept = tuple(block for block in blocks if not _wholly(block, gone))
    headed = tuple(_headed(_counted(block, looks), plan, looks) for block in kept)
    return tuple(_quoted(one_list(plainer(headed)), plan, looks))


def _counted(block: Block, looks: Mapping[int, Look]) -> Block:
    """A list begins with the number that its first item has: it may go on where another has stopped."""
    if isinstance(block, List) and block.ordered:
        look = looks.get(block.place.first)
        if look is not None and look.count > 0:
            return msgspec.structs.replace(block, start=look.count)
    return block


def _wholly(block: Block, gone: frozenset[int]) -> bool:
    """Whether a block has nothing but what is gone; a list of contents goes as a list."""
    return block.place.first in gone and block.place.last in gone


def _headed(block: Block, plan: Plan, looks: Mapping[int, Look]) -> Block:
    match block:
        case Paragraph() | Heading():
            level = plan.headings.get(block.place.first)
            if level is not None:
                return Heading(_lighter(block.content), level, block.place)
            look = looks.get(block.place.first)
            if look is not None and look.bold and not _has_strong(block.content):
                # Its style is bold, of which pandoc has seen nothing.
                return Paragraph((Strong(block.content),), place=block.place)
            return Paragraph(block.content, place=block.place)
        case _:
            return block


def _has_strong(run: tuple[Inline, ...]) -> bool:
    return any(isinstance(node, Strong) for node in every_inline(run))


def _lighter(run: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A heading without the bold that made it look like one, and in one line."""
    out: list[Inline] = []
    for node in run:
        match node:
            case Strong(content=content):
                out += _lighter(content)
            case LineBreak():
                out.append(Text(" "))
            case _:
                out.append(node)
    return merged(out)


def _quoted(blocks: Blocks, plan: Plan, looks: Mapping[int, Look]) -> Iterator[Block]:
    """Neighbours in one box, or in one indent, are one quotation."""

    def kind(block: Block) -> str:
        look = looks.get(block.place.first)
        if look is not None and look.where == "box":
            return "box"
        return "quote" if block.place.first in plan.quotes and isinstance(block, Paragraph | List) else ""

    for which, group in groupby(blocks, kind):
        inner = tuple(group)
        if which:
            yield BlockQuotation(inner, place=spread(inner))
        else:
            yield from inner


def one_list(blocks: Blocks) -> Blocks:
    """Lists that follow one another are one, if both have bullets or the numbers go on."""
    out: list[Block] = []
    for block in blocks:
        match out, block:
            case [*_, List() as before], List() if before.ordered == block.ordered and (
                not block.ordered or block.start == before.start + len(before.items)
            ):
                items = (*before.items, *block.items)
                out[-1] = msgspec.structs.replace(before, items=items, place=spread((before, block)))
            case _:
                out.append(block)
    return tuple(out)


def plainer(blocks: Iterable[Block]) -> Blocks:
    """Pictures that stand alone are figures; tables that only lay out the page are what is in them."""
    return tuple(each for block in blocks for each in _plainer(block))


def _plainer(block: Block) -> Iterator[Block]:
    put = msgspec.structs.replace
    match block:
        case Paragraph() if images := _only_images(block.content):
            for image in images:
                yield Figure((Paragraph((image,), place=block.place),), place=block.place)
        case Figure():
            if any(map(_shows, (node for run, _ in runs((block,)) for node in every_inline(run)))):
                yield block
        case List():
            yield put(block, items=tuple(one_list(plainer(item)) for item in block.items))
        case BlockQuotation():
            yield put(block, blocks=plainer(block.blocks))
        case Table():
            yield from _tables(_inside(block))
        case _:
            yield block


def _shows(node: Inline) -> bool:
    """Whether there is anything to see or read in a node itself."""
    match node:
        case Image():
            return bool(node.resource or node.alternative)
        case Text():
            return bool(node.text.strip())
        case _:
            return isinstance(node, Code | NoteRef)


def _only_images(run: tuple[Inline, ...]) -> tuple[Image, ...]:
    """The pictures of a paragraph that holds nothing else."""
    images = tuple(node for node in every_inline(run) if isinstance(node, Image))
    others = (
        node
        for node in every_inline(run)
        if not isinstance(node, Image | LineBreak | Link | Span | Strong)
        and not (isinstance(node, Text) and not node.text.strip())
    )
    return images if images and next(others, None) is None else ()


def _inside(table: Table) -> Table:
    def rows(each: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
        return tuple(
            tuple(msgspec.structs.replace(cell, blocks=one_list(plainer(cell.blocks))) for cell in row)
            for row in each
        )

    return msgspec.structs.replace(table, head=rows(table.head), body=rows(table.body))


def _tables(table: Table) -> Iterator[Block]:
    rows = (*table.head, *table.body)
    cells = [cell for row in rows for cell in row]
    filled = [cell for cell in cells if any(run for run, _ in runs(cell.blocks))]
    pictures = all(isinstance(block, Figure) for cell in filled for block in cell.blocks)
    if len(cells) == 1 or (len(filled) == 1 and len(rows) == 1) or (filled and pictures):
        for cell in filled:
            yield from cell.blocks
    elif filled:
        yield _captioned(table)


def _captioned(table: Table) -> Table:
    """A first row that is one cell from side to side is the caption; bold rows after it are the head."""
    rows = (*table.head, *table.body)
    width = max((sum(cell.columns for cell in row) for row in rows), default=0)
    first = rows[0]
    if len(rows) < 3 or table.caption or width < 2 or len(first) != 1 or first[0].columns != width:
        return table
    if not all(isinstance(block, Paragraph) for block in first[0].blocks):
        return table
    caption: list[Inline] = []
    for block in first[0].blocks:
        if isinstance(block, Paragraph) and block.content:
            caption += [LineBreak(), *block.content] if caption else block.content
    head: tuple[tuple[Cell, ...], ...] = ()
    body = rows[1:]
    if _bold(body[0]) and not all(map(_bold, body)) and _regular(body):
        head = (tuple(msgspec.structs.replace(cell, heading=True) for cell in body[0]),)
        body = body[1:]
    return msgspec.structs.replace(table, head=head, body=body, caption=tuple(caption))


def _regular(rows: tuple[tuple[Cell, ...], ...]) -> bool:
    """Whether each row has its cells under those of the first, or is one cell from side to side."""
    spans = [tuple(cell.columns for cell in row) for row in rows]
    return all(each == spans[0] or each == (sum(spans[0]),) for each in spans)


def _bold(row: tuple[Cell, ...]) -> bool:
    content = [run for cell in row for run, _ in runs(cell.blocks) if plain(run).strip()]
    return len(content) > 1 and all(len(run) == 1 and isinstance(run[0], Strong) for run in content)
