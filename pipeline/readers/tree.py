"""Pandoc's JSON tree → blocks and notes of the model (pandoc-types 1.23)."""

from __future__ import annotations

import html
import re
from typing import Any

import msgspec

from pipeline.editing import merged, trimmed
from pipeline.model import (
    Alignment,
    Block,
    BlockQuotation,
    Cell,
    Change,
    Code,
    Direction,
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
_HIDDEN = re.compile(r"<!--.*?-->|<(script|style)\b.*?(?:</\1\s*>|$)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^>]*>|<[!?][^>]*>")
_PARTED = re.compile(
    r"</?(?:p|div|center|h[1-6]|hr|br|ul|ol|li|dl|dt|dd|table|tr|td|th|blockquote|section|article|pre)\b[^>]*>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_BAR = re.compile(r"\s*(?:>\s*)*\| ?(?P<indent> *)")
_DIRECTIONS: dict[str, Direction] = {"ltr": "ltr", "rtl": "rtl"}
_QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}


def _barred(content: list[Json]) -> bool:
    """Whether there are several lines and each begins with a bar, as verse does."""
    ends = [at for at, node in enumerate(content) if node["t"] in ("SoftBreak", "LineBreak")]
    return bool(ends) and all(content[at + 1 : at + 2] == [{"t": "Str", "c": "|"}] for at in ends)


def _cut(content: list[Json]) -> list[list[Json]]:
    """Barred lines, without their bars."""
    out: list[list[Json]] = [[]]
    for node in content:
        if node["t"] in ("SoftBreak", "LineBreak"):
            out.append([])
        else:
            out[-1].append(node)
    return [line[1:] for line in out]


def _said(nodes: Json) -> str:
    """The words of a tree, before it is read."""
    match nodes:
        case {"t": "Str" | "Code" | "CodeBlock", "c": text}:
            return text if isinstance(text, str) else str(text[1])
        case {"c": content}:
            return _said(content)
        case list():
            return " ".join(filter(None, map(_said, nodes)))
        case _:
            return ""


class Walk:
    """One walk over a tree. Mutable: it gathers notes, and changes where the tree holds what we cannot keep."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self.notes: list[Note] = []
        self._read: dict[str, str] = {}
        self.changes: list[Change] = []

    def blocks(self, nodes: list[Json]) -> tuple[Block, ...]:
        return tuple(block for node in nodes for block in self._placed(node))

    def _placed(self, node: Json) -> tuple[Block, ...]:
        """The blocks of a node; what was lost inside its lines is lost where they stand."""
        before = len(self.changes)
        found = self._block(node)
        place = spread(found)
        self.changes[before:] = [
            each if each.place.first else msgspec.structs.replace(each, place=place)
            for each in self.changes[before:]
        ]
        return found

    def _block(self, node: Json) -> tuple[Block, ...]:
        match node:
            case {"t": "Para" | "Plain", "c": [{"t": "Image"} as image]}:
                figure = self.inlines([image])
                place = self._place(figure)
                return (Figure((Paragraph(figure, place=place),), place=place),)
            case {"t": "Para", "c": [{"t": "Str", "c": "|"}, *_] as content} if _barred(content):
                return (self._verse(_cut(content)),)
            case {"t": "Para" | "Plain", "c": content}:
                words = self.inlines(content)
                return (Paragraph(words, place=self._place(words)),) if words else ()
            case {"t": "Header", "c": [level, _, content]}:
                words = self.inlines(content)
                return (Heading(words, level, self._place(words)),)
            case {"t": "LineBlock", "c": lines}:
                return (self._verse(lines),)
            case {"t": "CodeBlock", "c": [_, text]}:
                return (Preformatted(text, self._finder.place(text)),)
            case {"t": "RawBlock", "c": [form, text]}:
                return self._raw(form, text)
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

    def _raw(self, form: str, text: str) -> tuple[Block, ...]:
        """The words of a stretch of HTML are the author's, its tags are not."""
        bare = [
            " ".join(html.unescape(_TAG.sub("", part)).split())
            for part in _PARTED.split(_HIDDEN.sub("", text))
        ]
        if not any(bare):
            self._lost(form, text)
            return ()
        place = self._finder.place(text)
        found = tuple(Paragraph((Text(words),), place=place) for words in bare if words)
        self.changes.append(
            Change(
                "markup",
                place,
                text.strip(),
                " ".join(filter(None, bare)),
                f"{form} markup has no place in a pamphlet; its words stay",
            )
        )
        return found

    def _lost(self, form: str, text: str) -> None:
        place = self._finder.place(text)
        self.changes.append(Change("markup", place, text, "", f"{form} markup has no place in a pamphlet"))

    def _verse(self, lines: list[list[Json]]) -> Verse:
        """Lines that begin with a bar each; a bar alone parts two stanzas, two spaces after it are a step."""
        each = [self.inlines(line) for line in lines]
        place = self._place(tuple(word for line in each for word in (*line, LineBreak())))
        stanzas: list[list[VerseLine]] = [[]]
        for number, words in enumerate(each, place.first):
            if words:
                bar = _BAR.match(self._finder.line(number))
                stanzas[-1].append(VerseLine(words, (len(bar["indent"]) + 1) // 2 if bar else 0))
            else:
                stanzas.append([])
        return Verse(tuple(tuple(stanza) for stanza in stanzas if stanza), place=place)

    def _list(self, items: list[list[Json]], *, ordered: bool, start: int) -> List:
        each = tuple(self.blocks(item) for item in items)
        place = spread(tuple(block for item in each for block in item))
        return List(each, ordered, start, place if place.first else self._finder.place(""))

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
        rows = tuple(
            self._row(row, heading=False) for body in bodies for row in (*body[2], *body[3])
        ) + tuple(self._row(row, heading=False) for row in foot)
        alignments = tuple(_ALIGNMENTS.get(column[0]["t"], "start") for column in columns)
        inner = tuple(block for row in (*top, *rows) for cell in row for block in cell.blocks)
        return Table(top, rows, alignments, says, spread(inner))

    def _row(self, row: Json, *, heading: bool) -> tuple[Cell, ...]:
        return tuple(
            Cell(self.blocks(nodes), heading, columns, rows) for _, _, rows, columns, nodes in row[1]
        )

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
            case {"t": "Superscript" | "Subscript" as kind, "c": nodes}:
                return self._raised(nodes, kind == "Superscript")
            case {"t": "Strikeout", "c": nodes}:
                content = self._content(nodes)
                self.changes.append(
                    Change(
                        "markup",
                        Place(),
                        f"~~{plain(content)}~~",
                        plain(content),
                        "struck-out words are printed without the stroke",
                    )
                )
                return content
            case {"t": "Quoted", "c": [kind, nodes]}:
                before, after = _QUOTES[kind["t"]]
                return (Text(before), *self._content(nodes), Text(after))
            case {"t": "Cite", "c": [_, nodes]}:
                return self._content(nodes)
            case {"t": "Code", "c": [_, text]} | {"t": "Math", "c": [_, text]}:
                return (Code(text),)
            case {"t": "RawInline", "c": [_, text]} if _BREAK.fullmatch(text):
                return (LineBreak(),)
            case {"t": "RawInline", "c": [form, text]}:
                self.changes.append(
                    Change("markup", Place(), text, "", f"{form} markup has no place in a pamphlet")
                )
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
                self.changes.append(
                    Change(
                        "markup",
                        Place(),
                        str(node.get("c", ""))[:200],
                        "",
                        f"{node.get('t')} has no place in a pamphlet",
                    )
                )
                return ()

    def _raised(self, nodes: list[Json], up: bool) -> tuple[Inline, ...]:
        content = self._content(nodes)
        if any(node["t"] in ("Space", "SoftBreak", "LineBreak") for node in nodes):
            # "x^2 and y^2": pandoc's own Markdown sees no mark in that, its CommonMark does.
            mark = Text("^" if up else "~")
            return (mark, *content, mark)
        return (Superscript(content) if up else Subscript(content),)

    def _note(self, nodes: list[Json]) -> NoteRef:
        start = self._finder.definition(_said(nodes))
        if start is None and (earlier := self._read.get(str(nodes))):
            # Pandoc copies a note to each of its calls.
            return NoteRef(earlier)
        name = self._read[str(nodes)] = f"n{len(self.notes) + 1}"
        # The id is taken before the note is read, so that a note within a note comes after it.
        self.notes.append(Note(name, ()))
        with self._finder.at(start):
            inner = self.blocks(nodes)
        self.notes = [Note(name, inner, spread(inner)) if note.id == name else note for note in self.notes]
        return NoteRef(name)

    def _span(
        self, classes: list[str], attributes: dict[str, str], content: tuple[Inline, ...]
    ) -> tuple[Inline, ...]:
        if "smallcaps" in classes:
            return (SmallCaps(content),)
        language = attributes.get("lang")
        direction = _DIRECTIONS.get(attributes.get("dir", ""))
        return (Span(content, language, direction),) if language or direction else content
