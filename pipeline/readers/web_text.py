"""(saved page) → every word that a browser shows of it, line by line: what the model is held against.

It is taken from the tree as it was read, before anything is looked for or left out, so that a word which
the reader loses is missed. A picture says its alternative text, for it was not saved with the page.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from pipeline.readers import web_tree
from pipeline.readers.web_tree import BLOCKS, Chars, Element


class Line(msgspec.Struct, frozen=True, gc=False):
    """Words that stand together in a line of the file; no word goes on in the next Line."""

    number: int
    text: str


def visible(body: Element) -> tuple[Line, ...]:
    """The shown lines of a page's body, in its order."""
    out: list[Line] = []
    held: list[str] = []
    number = 1

    def end() -> None:
        text = "".join(held).strip()
        if text:
            out.append(Line(number, text))
        held.clear()

    for node, text in _pieces(body):
        if text is None:
            end()
            continue
        for count, part in enumerate(text.split("\n")):
            if count:
                end()
            if not "".join(held).strip():
                number = node.line + count
            held.append(part)
    end()
    return tuple(out)


def _pieces(element: Element) -> Iterator[tuple[Element | Chars, str | None]]:
    """Each stretch of text; None where a block begins or ends, or a line is broken."""
    for child in element.children:
        if isinstance(child, Chars):
            yield child, child.text
        elif child.tag == "br":
            yield child, None
        elif child.tag == "img":
            yield child, child.get("alt").replace("\n", " ")
        else:
            if child.tag in BLOCKS:
                yield child, None
            yield from _pieces(child)
            if child.tag in BLOCKS:
                yield child, None


def visible_text(text: str, name: str) -> tuple[Line, ...]:
    """The shown lines of the page called `name`, given as decoded markup."""
    return visible(web_tree.parse(text, name).body)
