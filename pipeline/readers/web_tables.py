"""A table element → whether it holds data or lays out a page, and the model's Table of one that holds data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from pipeline.model import Alignment, Block, Cell, Table
from pipeline.readers.web_paragraphs import is_leaf, leaves
from pipeline.readers.web_tree import Element, said
from pipeline.walk import Run, spread

_MOST_WORDS = 60
"""Words of a cell, in the mean, above which it is a column of text."""
_MOST_BLOCKS = 4
_ALIGNED: dict[str, Alignment] = {"center": "center", "right": "end", "end": "end"}
_STYLE = re.compile(r"text-align\s*:\s*(\w+)", re.IGNORECASE)
_MOST_SPAN = 100


def _rows(element: Element) -> list[Element]:
    """The rows of a table, not those of tables in it."""
    out: list[Element] = []
    for child in element.elements():
        if child.tag == "tr":
            out.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            out += _rows(child)
    return out


def _cells(row: Element) -> list[Element]:
    return [each for each in row.elements() if each.tag in ("td", "th")]


def is_data(element: Element) -> bool:
    """Says whether a table's rows and columns mean something."""
    if element.get("role") in ("presentation", "none"):
        return False
    rows = [cells for row in _rows(element) if (cells := _cells(row))]
    cells = [cell for row in rows for cell in row]
    if not cells or any(each.tag == "table" for cell in cells for each in cell.every()):
        return False
    filled = [cell for cell in cells if said(cell)]
    if max(map(len, rows)) < 2 or len(filled) < 3:
        return False
    words = [len(said(cell).split()) for cell in filled]
    if sum(words) / len(words) > _MOST_WORDS or max(len(leaves(cell)) for cell in filled) > 3 * _MOST_BLOCKS:
        return False
    if any(each.tag in ("th", "caption", "thead") for each in element.every()):
        return True
    return len(rows) > 1 and max(len(leaves(cell)) for cell in filled) <= _MOST_BLOCKS


def table(
    element: Element, read: Callable[[Iterable[Element]], tuple[Block, ...]], run: Callable[[Element], Run]
) -> tuple[Block, ...]:
    """The table as (Table,), or () if nothing is in it. `read` and `run` read what is in a cell or caption."""
    head: list[tuple[Cell, ...]] = []
    body: list[tuple[Cell, ...]] = []
    columns = 0
    aligned: tuple[Alignment, ...] = ()
    for row in _rows(element):
        cells = _cells(row)
        made = tuple(_cell(each, read) for each in cells)
        if not any(each.blocks for each in made):
            continue
        top = not body and (
            (row.parent is not None and row.parent.tag == "thead") or all(each.tag == "th" for each in cells)
        )
        (head if top else body).append(made)
        width = sum(each.columns for each in made)
        if width > columns or (width == columns and not top and not any(each != "start" for each in aligned)):
            columns = width
            aligned = tuple(
                way for each, cell in zip(cells, made, strict=True) for way in [_aligned(each)] * cell.columns
            )
    if not body:
        head, body = [], head
    caption = next((each for each in element.elements() if each.tag == "caption"), None)
    inner = tuple(block for each in (*head, *body) for cell in each for block in cell.blocks)
    if not inner:
        return ()
    return (Table(tuple(head), tuple(body), aligned, run(caption) if caption else (), spread(inner)),)


def _cell(element: Element, read: Callable[[Iterable[Element]], tuple[Block, ...]]) -> Cell:
    blocks = read([element] if is_leaf(element) else element.elements())
    return Cell(blocks, element.tag == "th", _span(element.get("colspan")), _span(element.get("rowspan")))


def _span(said_of_it: str) -> int:
    return min(_MOST_SPAN, max(1, int(said_of_it))) if re.fullmatch(r"\d{1,4}", said_of_it) else 1


def _aligned(element: Element) -> Alignment:
    style = _STYLE.search(element.get("style"))
    return _ALIGNED.get((style[1] if style else element.get("align")).lower(), "start")
