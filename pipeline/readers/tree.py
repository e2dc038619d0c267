"""Pandoc's JSON tree → blocks and notes of the model (pandoc-types 1.23)."""

from __future__ import annotations

from typing import Any

from pipeline.editing import merged, trimmed
from pipeline.model import (
    Alignment,
    Block,
    BlockQuotation,
    Cell,
    Change,
    Code,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    List,
    Note,
    NoteRef,
    Paragraph,
    Place,
    Preformatted,
    Separator,
    SmallCaps,
    Span,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Verse,
    VerseLine,
)
from pipeline.readers.places import Finder
from pipeline.walk import plain, spread

Json = Any
"""Pandoc's tree is untyped JSON: `{"t": constructor, "c": contents}`."""

_ALIGNMENTS: dict[str, Alignment] = {"AlignCenter": "center", "AlignRight": "end"}
_QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}


class Walk:
    """One walk over a tree. Mutable: it gathers notes, and changes where the tree holds what we cannot keep."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self.notes: list[Note] = []
        self.changes: list[Change] = []

    def blocks(self, nodes: list[Json]) -> tuple[Block, ...]:
        return tuple(block for node in nodes for block in self._block(node))

    def _block(self, node: Json) -> tuple[Block, ...]:
        match node:
            case {"t": "Para" | "Plain", "c": [{"t": "Image"} as image]}:
                figure = self.inlines([image])
                return (Figure((Paragraph(figure),), place=self._place(figure)),)
            case {"t": "Para" | "Plain", "c": content}:
                words = self.inlines(content)
                return (Paragraph(words, place=self._place(words)),) if words else ()
            case {"t": "Header", "c": [level, _, content]}:
                words = self.inlines(content)
                return (Heading(words, level, self._place(words)),)
            case {"t": "LineBlock", "c": lines}:
                verse = tuple(self._verse_line(line) for line in lines)
                words = tuple(word for line in verse for word in (*line.content, LineBreak()))
                return (Verse((verse,), place=self._place(words)),)
            case {"t": "CodeBlock", "c": [_, text]}:
                return (Preformatted(text, self._finder.place(text)),)
            case {"t": "RawBlock", "c": [form, text]}:
                self._lost(form, text)
                return ()
            case {"t": "BlockQuote", "c": nodes}:
                inner = self.blocks(nodes)
                return (BlockQuotation(inner, place=spread(inner)),)
            case {"t": "OrderedList", "c": [[start, _, _], items]}:
                return (self._list(items, ordered=True, start=start),)
            case {"t": "BulletList", "c": items}:
                return (self._list(items, ordered=False, start=1),)
            case {"t": "DefinitionList", "c": items}:
                return (self._definitions(items),)
            case {"t": "HorizontalRule"}:
                return (Separator(self._finder.place("")),)
            case {"t": "Table", "c": contents}:
                return (self._table(contents),)
            case {"t": "Figure", "c": [_, [_, caption], nodes]}:
                inner = self.blocks(nodes)
                inner = inner[0].blocks if len(inner) == 1 and isinstance(inner[0], Figure) else inner
                says = tuple(word for each in caption for word in self.inlines(each.get("c", [])))
                return (Figure(inner, says, spread(inner)),)
            case {"t": "Div", "c": [_, nodes]}:
                return self.blocks(nodes)
            case _:
                self._lost(str(node.get("t")), str(node.get("c", ""))[:200])
                return ()

    def _place(self, words: tuple[Inline, ...]) -> Place:
        return self._finder.place(plain(words))

    def _lost(self, form: str, text: str) -> None:
        place = self._finder.place(text)
        self.changes.append(Change("markup", place, text, "", f"{form} markup has no place in a pamphlet"))

    def _verse_line(self, line: list[Json]) -> VerseLine:
        words = self.inlines(line)
        match words:
            case (Text(text=text), *rest):
                bare = text.lstrip("\u00a0 ")
                return VerseLine((Text(bare), *rest), indent=(len(text) - len(bare) + 1) // 2)
            case _:
                return VerseLine(words)

    def _list(self, items: list[list[Json]], *, ordered: bool, start: int) -> List:
        each = tuple(self.blocks(item) for item in items)
        return List(each, ordered, start, spread(tuple(block for item in each for block in item)))

    def _definitions(self, items: list[Json]) -> List:
        each = []
        for term, definitions in items:
            head = (Strong(self.inlines(term)),)
            first = Paragraph(head, place=self._place(head))
            each.append((first, *(block for nodes in definitions for block in self.blocks(nodes))))
        return List(tuple(each), place=spread(tuple(block for item in each for block in item)))

    def _table(self, contents: Json) -> Table:
        _, [_, caption], columns, [_, head], bodies, [_, foot] = contents
        says = tuple(word for each in caption for word in self.inlines(each.get("c", [])))
        top = tuple(self._row(row, heading=True) for row in head)
        rows = tuple(self._row(row, heading=False)
                     for body in bodies for row in (*body[2], *body[3])) + tuple(
            self._row(row, heading=False) for row in foot)
        alignments = tuple(_ALIGNMENTS.get(column[0]["t"], "start") for column in columns)
        inner = tuple(block for row in (*top, *rows) for cell in row for block in cell.blocks)
        return Table(top, rows, alignments, says, spread(inner))

    def _row(self, row: Json, *, heading: bool) -> tuple[Cell, ...]:
        return tuple(Cell(self.blocks(nodes), heading, columns, rows) for _, _, rows, columns, nodes in row[1])

    def inlines(self, nodes: list[Json]) -> tuple[Inline, ...]:
        """Inlines, neighbouring texts made one, white space at the ends gone."""
        return trimmed(merged(tuple(word for node in nodes for word in self._inline(node))))

    def _content(self, nodes: list[Json]) -> tuple[Inline, ...]:
        return merged(tuple(word for node in nodes for word in self._inline(node)))

    def _inline(self, node: Json) -> tuple[Inline, ...]:
        match node:
            case {"t": "Str", "c": text}:
                return (Text(text),)
            case {"t": "Space" | "SoftBreak"}:
                return (Text(" "),)
            case {"t": "LineBreak"}:
                return (LineBreak(),)
            case {"t": "Emph" | "Underline", "c": nodes}:
                return (Emphasis(self._content(nodes)),)
            case {"t": "Strong", "c": nodes}:
                return (Strong(self._content(nodes)),)
            case {"t": "SmallCaps", "c": nodes}:
                return (SmallCaps(self._content(nodes)),)
            case {"t": "Superscript", "c": nodes}:
                return (Superscript(self._content(nodes)),)
            case {"t": "Subscript", "c": nodes}:
                return (Subscript(self._content(nodes)),)
            case {"t": "Strikeout", "c": nodes}:
                return self._content(nodes)
            case {"t": "Quoted", "c": [kind, nodes]}:
                before, after = _QUOTES[kind["t"]]
                return (Text(before), *self._content(nodes), Text(after))
            case {"t": "Cite", "c": [_, nodes]}:
                return self._content(nodes)
            case {"t": "Code", "c": [_, text]} | {"t": "Math", "c": [_, text]}:
                return (Code(text),)
            case {"t": "RawInline", "c": [form, text]}:
                self.changes.append(Change("markup", Place(), text, "",
                                           f"{form} markup has no place in a pamphlet"))
                return ()
            case {"t": "Link", "c": [_, nodes, [target, _]]}:
                return (Link(self._content(nodes), target),)
            case {"t": "Image", "c": [_, nodes, [_, _]]}:
                return (Image("", plain(self._content(nodes))),)
            case {"t": "Note", "c": nodes}:
                return (self._note(nodes),)
            case {"t": "Span", "c": [[_, classes, attributes], nodes]}:
                return self._span(classes, dict(attributes), self._content(nodes))
            case _:
                self.changes.append(Change("markup", Place(), str(node.get("c", ""))[:200], "",
                                           f"{node.get('t')} has no place in a pamphlet"))
                return ()

    def _note(self, nodes: list[Json]) -> NoteRef:
        name = f"n{len(self.notes) + 1}"
        # The id is taken before the note is read, so that a note within a note comes after it.
        self.notes.append(Note(name, ()))
        inner = self.blocks(nodes)
        self.notes = [Note(name, inner, spread(inner)) if note.id == name else note for note in self.notes]
        return NoteRef(name)

    def _span(self, classes: list[str], attributes: dict[str, str], content: tuple[Inline, ...]
              ) -> tuple[Inline, ...]:
        if "smallcaps" in classes:
            return (SmallCaps(content),)
        language, direction = attributes.get("lang"), attributes.get("dir")
        if language or direction in ("ltr", "rtl"):
            return (Span(content, language, direction if direction in ("ltr", "rtl") else None),)
        return content
