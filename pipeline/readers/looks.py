"""How a paragraph of an office document looks: what its format says beside its words. Types only.

Writers make headings by style, by outline level, or only by size and weight; only the document knows which.
So the readers of Word and OpenDocument files tell the look of each paragraph, and `layout` decides.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Where = Literal["body", "cell", "box", "note"]


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """One paragraph that has words or pictures.

    number   from 1, counting every paragraph of the document, empty ones too
    text     its words, tabs kept
    where    in the running text, in a table's cell, in a text box, in a note
    style    the name of its style, in small letters ("title", "heading 1", "toc 2", "quote"); "" for none
    level    of its heading, by style or outline; 0 for none
    size     of most of its letters, in pt
    bold     whether all its letters are
    centred  whether its lines are
    indent   of its left edge against the text's margin, in pt; hanging lines count where they begin
    leader   whether it has a tab stop with dots, or one at the right with a number after it: a line of contents
    listed   whether it is an item of a list
    count    the number of the item, if it begins one; 0 for none
    fresh    whether a page or section begins before it
    """

    number: int
    text: str
    where: Where = "body"
    style: str = ""
    level: int = 0
    size: float = 12.0
    bold: bool = False
    centred: bool = False
    indent: float = 0.0
    leader: bool = False
    listed: bool = False
    count: int = 0
    fresh: bool = False
