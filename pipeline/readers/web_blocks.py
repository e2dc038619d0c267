"""The article of a page in normal form → blocks of the model.

What an element is, is told by its tag, or by what its site calls it, or by its style: "quoteb" is a quotation,
a paragraph indented on both sides too; several of them in a row are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from pipeline.model import (
    Block,
    BlockQuotation,
    Change,
    Emphasis,
    Epigraph,
    Figure,
    Heading,
    Image,
    LineBreak,
    List,
    Paragraph,
    Place,
    Preformatted,
    Separator,
    Strong,
    Verse,
)
from pipeline.readers import web_hints, web_verse
from pipeline.readers.web_heads import like_a_heading, settled
from pipeline.readers.web_inlines import Inlines, trimmed_run
from pipeline.readers.web_paragraphs import is_leaf, leaves
from pipeline.readers.web_quotes import indented, is_source
from pipeline.readers.web_tables import is_data, table
from pipeline.readers.web_tree import Element, said
from pipeline.walk import Run, every_inline, plain, spread

_BREAKS = re.compile(r"(?:[*⁂✻❦☙❧•·~#=_⸻◊◆♦§+]\s*){1,}|(?:[-–—_.]\s*){3,}|o\s?[O0o]\s?o")
"""A line that parts the text, made of signs. A lone dash is the author's."""
_RIGHT = re.compile(r"text-align\s*:\s*(?:right|end)", re.IGNORECASE)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SIGNED = 12


class Blocks:
    """Reads blocks. Mutable: it gathers changes."""

    def __init__(self, inlines: Inlines) -> None:
        self._inlines = inlines
        self.changes: list[Change] = []

    def read(self, elements: Iterable[Element]) -> tuple[Block, ...]:
        """Blocks, headings over one another made one, rules beside headings gone."""
        out: list[Block] = []
        quoted: list[Block] = []
        last = ""
        for element in elements:
            kind = self._kind(element)
            found = self._block(element)
            match found:
                case (BlockQuotation(attribution=()) as quotation,) if kind:
                    if kind != last:
                        _quote(quoted, out)
                    quoted += quotation.blocks
                    last = kind
                case ():
                    pass
                case _:
                    _quote(quoted, out)
                    last = ""
                    out += found
        _quote(quoted, out)
        return settled(out)

    def _kind(self, element: Element) -> str:
        """What joins neighbouring quotations: the class or style that tells them. Tags tell each apart."""
        if element.tag == "p":
            return element.get("class") + element.get("style")
        return ""

    def _block(self, element: Element) -> tuple[Block, ...]:
        place = Place(element.line, max(element.line, element.last))
        tag = element.tag
        names = web_hints.classes(element) if element.get("class") else frozenset()
        if tag == "hr":
            return (Separator(place),)
        if tag in _HEADINGS:
            words = self._inlines.run(element)
            return (
                (Heading(words, _HEADINGS[tag], place),)
                if plain(words).strip()
                else self._paragraph(words, place)
            )
        if tag == "pre":
            return self._preformatted(element, names, place)
        if is_leaf(element):
            return self._leaf(element, names, place)
        if not said(element) and not any(each.tag in ("img", "hr") for each in element.every()):
            return ()
        match tag:
            case "blockquote":
                return self._quotation(element, names, place)
            case "ul" | "ol" | "menu" | "dir":
                return self._list(element, place)
            case "dl":
                return self._definitions(element)
            case "table":
                return self._table(element)
            case "figure":
                return self._figure(element, place)
            case _:
                pass
        if names & web_hints.EPIGRAPHS:
            return self._quotation(element, names, place)
        if names & web_hints.VERSE and (verse := self._verse(element)):
            return verse
        if (
            names & web_hints.CAPTIONS
            and any(each.tag == "img" for each in element.every())
            and len(leaves(element)) <= 6
        ):
            return self._figure(element, place)
        if (names & web_hints.QUOTED or indented(element)) and tag in ("div", "section", "center"):
            return self._quotation(element, names, place)
        return self.read(element.elements())

    # --- Blocks of text --------------------------------------------------------------------------------

    def _leaf(self, element: Element, names: frozenset[str], place: Place) -> tuple[Block, ...]:
        words = self._inlines.run(element)
        text = plain(words).strip()
        if not words:
            return ()
        if not text:
            return self._paragraph(words, place)
        if _BREAKS.fullmatch(text) and not re.search(r"\w", text):
            self.changes.append(Change("separators", place, text, "", "a line of signs that parts the text"))
            return (Separator(place),)
        if text.casefold() in ("o o o", "ooo", "o0o"):
            return (Separator(place),)
        quoted = bool(names & web_hints.QUOTED) or indented(element)
        if names & web_hints.VERSE or (quoted and web_verse.is_verse(words)):
            return (web_verse.verse(words, place),)
        if quoted or (names & web_hints.PULLED):
            return (BlockQuotation((Paragraph(words, place=place),), place=place),)
        if names & web_hints.EPIGRAPHS:
            return (Epigraph((Paragraph(words, place=place),), place=place),)
        if web_verse.is_poem(words):
            return (web_verse.verse(words, place),)
        if names & (web_hints.HEADS | web_hints.TITLES) and like_a_heading(words, text):
            level = next((int(name[1]) for name in sorted(names) if re.fullmatch("h[1-6]", name)), 2)
            return (Heading(words, level, place),)
        if element.tag in ("dt", "summary", "legend"):
            return (Paragraph((Strong(words),), place=place),)
        if (_RIGHT.search(element.get("style")) or element.get("align").lower() == "right") and len(
            text.split()
        ) <= _SIGNED:
            dated = re.search(r"\b(?:1[5-9]|20)\d\d\b", text)
            return (Paragraph(words, "dateline" if dated else "signature", place),)
        return self._paragraph(words, place)

    def _paragraph(self, words: Run, place: Place) -> tuple[Block, ...]:
        if not words:
            return ()
        if not plain(tuple(each for each in words if not isinstance(each, Image))).strip() and any(
            isinstance(each, Image) for each in every_inline(words)
        ):
            return (Figure((Paragraph(words, place=place),), place=place),)
        return (Paragraph(words, place=place),)

    def _preformatted(self, element: Element, names: frozenset[str], place: Place) -> tuple[Block, ...]:
        text = "".join(_lined(element)).strip("\n")
        if not text.strip():
            return ()
        if names & web_hints.VERSE:
            return (web_verse.lined(text, place),)
        return (Preformatted(text.expandtabs(), place),)

    # --- Quotations, verse -----------------------------------------------------------------------------

    def _quotation(self, element: Element, names: frozenset[str], place: Place) -> tuple[Block, ...]:
        parts = list(element.elements())
        source: Run = ()
        if len(parts) > 1 and is_source(parts[-1]):
            source = self._inlines.run(leaves(parts.pop())[0])
            match source:
                case (Emphasis(content=content),):
                    source = content
                case _:
                    pass
        inner = self.read(parts)
        if not inner:
            return (Paragraph(source, place=place),) if source else ()
        where = Place(spread(inner).first, place.last)
        if names & web_hints.EPIGRAPHS:
            return (Epigraph(inner, source, where),)
        if source:
            match inner:
                case (Verse() as verse,):
                    return (msgspec.structs.replace(verse, attribution=source, place=where),)
                case _:
                    return (BlockQuotation(inner, source, where),)
        if len(inner) == 1 and isinstance(inner[0], Verse | BlockQuotation | Epigraph):
            return inner
        if all(isinstance(each, Paragraph) and web_verse.is_verse(each.content) for each in inner):
            stanzas = tuple(
                stanza
                for each in inner
                if isinstance(each, Paragraph)
                for stanza in web_verse.verse(each.content, place).stanzas
            )
            return (Verse(stanzas, place=spread(inner)),)
        if all(isinstance(each, List | Figure) for each in inner) or any(
            isinstance(each, Heading) for each in inner
        ):
            # Old pages indent whole parts of a text so.
            return inner
        return (BlockQuotation(inner, place=spread(inner)),)

    def _verse(self, element: Element) -> tuple[Block, ...]:
        """A poem: each block of text is a stanza, or each a line if none has breaks."""
        out: list[Block] = []
        runs: list[tuple[Run, Place]] = []

        def end() -> None:
            if runs:
                out.append(web_verse.poem(tuple(runs)))
                runs.clear()

        for leaf in leaves(element):
            words = self._inlines.run(leaf)
            if leaf.tag in _HEADINGS or leaf.tag in ("hr", "pre"):
                end()
                out += self._block(leaf)
            elif words:
                runs.append((words, Place(leaf.line, leaf.last)))
        end()
        return tuple(out)

    # --- Lists, tables, figures ------------------------------------------------------------------------

    def _list(self, element: Element, place: Place) -> tuple[Block, ...]:
        children = list(element.elements())
        if not any(each.tag == "li" for each in children):
            # A list without items is how old editors indent.
            inner = self.read(children)
            return (BlockQuotation(inner, place=spread(inner)),) if inner else ()
        items: list[tuple[Block, ...]] = []
        for child in children:
            inner = self.read(child.elements()) if child.tag == "li" else self._block(child)
            if not inner:
                continue
            if child.tag == "li" or not items:
                items.append(inner)
            else:
                items[-1] += inner
        if not items:
            return ()
        start = element.get("start") or next((each.get("value") for each in children[:1]), "")
        first = int(start) if re.fullmatch(r"\d{1,6}", start) else 1
        blocks = tuple(block for item in items for block in item)
        found = spread(blocks)
        return (List(tuple(items), element.tag == "ol", first, found if found.first else place),)

    def _definitions(self, element: Element) -> tuple[Block, ...]:
        children = [
            each
            for group in element.elements()
            for each in (group.elements() if group.tag == "div" else (group,))
        ]
        if not any(each.tag == "dt" and said(each) for each in children):
            inner = self.read(
                part for each in children for part in ([each] if is_leaf(each) else each.elements())
            )
            return (BlockQuotation(inner, place=spread(inner)),) if inner else ()
        items: list[tuple[Block, ...]] = []
        for child in children:
            inner = self._block(child) if is_leaf(child) else self.read(child.elements())
            if child.tag == "dt" or not items:
                items.append(inner)
            else:
                items[-1] += inner
        items = [each for each in items if each]
        return (
            (List(tuple(items), place=spread(tuple(block for item in items for block in item))),)
            if items
            else ()
        )

    def _table(self, element: Element) -> tuple[Block, ...]:
        if is_data(element):
            return table(element, self.read, self._inlines.run)
        cells = [
            each
            for each in element.every()
            if each.tag in ("td", "th", "caption") and _nearest(each) is element
        ]
        return self.read(part for cell in cells for part in ([cell] if is_leaf(cell) else cell.elements()))

    def _figure(self, element: Element, place: Place) -> tuple[Block, ...]:
        """A picture with its caption. A caption whose picture could not be had stays, as words."""
        inner: list[Block] = []
        says: list[Run] = []
        for leaf in leaves(element):
            words = self._inlines.run(leaf)
            if not words:
                continue
            where = Place(leaf.line, max(leaf.line, leaf.last))
            if any(isinstance(each, Image) for each in every_inline(words)) and not leaf.tag.endswith(
                "caption"
            ):
                inner.append(Paragraph(words, place=where))
            elif leaf.tag in ("hr", "pre") or leaf.tag in _HEADINGS:
                inner += self._block(leaf)
            else:
                says.append(words)
        caption: Run = tuple(
            each for number, run in enumerate(says) for each in ((LineBreak(), *run) if number else run)
        )
        whole = any(each.tag in ("table", "blockquote", "ul", "ol") for each in element.every())
        if whole or not (inner or caption):
            return self.read(element.elements())
        return (Figure(tuple(inner), trimmed_run(caption), place),)


def _quote(quoted: list[Block], out: list[Block]) -> None:
    """Put a quotation of the paragraphs gathered so far."""
    if quoted:
        blocks = tuple(quoted)
        out.append(BlockQuotation(blocks, place=spread(blocks)))
        quoted.clear()


def _nearest(cell: Element) -> Element | None:
    return next((each for each in cell.above() if each.tag == "table"), None)


def _lined(element: Element) -> Iterator[str]:
    """Preformatted text: its line ends are its own, and those of line breaks in it."""
    for child in element.children:
        if not isinstance(child, Element):
            yield child.text
        elif child.tag == "br":
            yield "\n"
        else:
            yield from _lined(child)
