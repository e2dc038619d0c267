"""A source → the words of its text, read straight from its bytes: what the check of words compares with.

Word, OpenDocument and EPUB go neither through pandoc nor through the edits that are made for it: deletions, hidden words, comments and
codes of fields are left out, text boxes and notes are in. Each line comes with its place, as the readers number
them: paragraphs for Word, OpenDocument, RTF and EPUB, lines for the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from pipeline import decoding, formats
from pipeline.readers import book, marked, marks, pandoc, richtext, word, xmltree
from pipeline.readers.archives import Archive
from pipeline.readers.opendocument_styles import TEXT
from pipeline.readers.places import Finder
from pipeline.readers.tree import Json
from pipeline.readers.word_styles import W, transitional
from pipeline.readers.xmltree import Element
from pipeline.sources import Source

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_LETTERS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_UNSEEN = {
    W + name for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sdtPr", "p", "comment")
}
_UNSEEN_TEXT = {
    TEXT + "tracked-changes",
    _OFFICE + "annotation",
    TEXT + "note-citation",
    TEXT + "hidden-text",
    TEXT + "page-number",
}

Line = tuple[str, int]


def source_lines(source: Source) -> tuple[Line, ...]:
    """Every line or paragraph that has words, with its number. () for a media type that is not read here."""
    reader = _READERS.get(source.media_type)
    return tuple((text, number) for text, number in reader(source) if text.strip()) if reader else ()


def _word(source: Source) -> Iterator[Line]:
    archive = Archive(source.data, source.name)
    main = word.main_part(archive)
    folder = main.rpartition("/")[0]
    number = 0
    for part in (main, f"{folder}/footnotes.xml", f"{folder}/endnotes.xml"):
        if part not in archive:
            continue
        for paragraph in transitional(archive.xml(part)).iter(W + "p"):
            number += 1
            if not _in_unprinted(paragraph):
                yield "".join(_runs(paragraph)), number


def _in_unprinted(paragraph: Element) -> bool:
    """Whether a paragraph is drawn a second time for old Words, or is in Word's own list of contents."""
    for each in paragraph.iterancestors():
        if each.tag == _MC + "Fallback" and len(each.getparent().findall(_MC + "Choice")):
            return True
        if each.tag == W + "sdt" and each.find(f".//{W}docPartGallery") is not None:
            return each.find(f".//{W}docPartGallery").get(W + "val") in (
                "Table of Contents",
                "Table of Figures",
            )
        if each.tag == W + "tr" and each.find(f"{W}trPr/{W}del") is not None:
            return True
    return False


def _runs(element: Element) -> Iterator[str]:
    for child in element:
        name = xmltree.name(child)
        if child.tag in _UNSEEN or (child.tag == W + "r" and child.find(f"{W}rPr/{W}vanish") is not None):
            continue
        if child.tag == W + "t":
            yield child.text or ""
        elif name in _LETTERS and child.tag.startswith(W):
            yield _LETTERS[name]
        elif child.tag == W + "txbxContent" or name in ("drawing", "pict", "object", "AlternateContent"):
            continue
        else:
            yield from _runs(child)


def _open_document(source: Source) -> Iterator[Line]:
    archive = Archive(source.data, source.name)
    body = archive.xml("content.xml").find(f"{_OFFICE}body/{_OFFICE}text")
    for number, paragraph in enumerate(body.iter(TEXT + "p", TEXT + "h") if body is not None else (), 1):
        around = {xmltree.name(each) for each in paragraph.iterancestors()}
        if not around & {
            "tracked-changes",
            "annotation",
            "table-of-content",
            "alphabetical-index",
            "illustration-index",
        }:
            yield "".join(_spans(paragraph)), number


def _spans(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in (TEXT + "s", TEXT + "tab", TEXT + "line-break"):
            yield " "
        elif (
            xmltree.name(child)
            and child.tag not in (*_UNSEEN_TEXT, TEXT + "note")
            and not any(each.tag in (TEXT + "p", TEXT + "h") for each in child.iter())
        ):
            yield from _spans(child)
        yield child.tail or ""


def _rich_text(source: Source) -> Iterator[Line]:
    return ((look.text, look.number) for look in richtext.opened(source.data, source.name).looks)


_DIRECTIVE = re.compile(r"#(?!(?:source|notes)\b)[A-Za-z]+\b.*")
_NO_WORDS = re.compile(
    r"^#(?:source|notes)\b|^;.*|</?\w+[^>]*>|\[\d+\]|\[\[[^\]]*\]\[(?=[^\]]*\]\])|~~", re.IGNORECASE
)
"""Marks of Text::Amuse: of source and notes, of comments, of blocks and of notes; addresses that have words."""


def _muse(source: Source) -> Iterator[Line]:
    """Without the directives, other than those that become provenance."""
    for number, line in enumerate(marks.lines(decoding.decode(source.data, name=source.name).text), 1):
        if not _DIRECTIVE.match(line):
            yield _NO_WORDS.sub(" ", line), number


def _by_grammar(source: Source) -> Iterator[Line]:
    """LaTeX, reStructuredText and Org: nobody but pandoc knows their grammar here, so its tree is the witness.

    What pandoc itself drops is not missed; what our reading of its tree drops is.
    """
    text = "\n".join(marks.lines(decoding.decode(source.data, name=source.name).text))
    tree = pandoc.tree(text, marked.FORMS[source.media_type], "--standalone")
    finder = Finder(text)
    for block in (*tree["meta"].get("abstract", {}).get("c", ()), *tree["blocks"]):
        for words in _leaves(block):
            yield words, finder.place(words).first


def _leaves(node: Json) -> Iterator[str]:
    """The words of each paragraph of a tree, those of notes after those of the paragraph that calls them."""
    match node:
        case {"t": "Para" | "Plain" | "Header", "c": content}:
            notes: list[Json] = []
            yield "".join(_inlines(content[2] if node["t"] == "Header" else content, notes))
            for note in notes:
                yield from _leaves(note)
        case {"t": "CodeBlock", "c": [_, text]}:
            yield text
        case {"t": "LineBlock", "c": lines}:
            for line in lines:
                yield "".join(_inlines(line, []))
        case {"c": content}:
            yield from _leaves(content)
        case list():
            if node and all(isinstance(each, dict) and each.get("t") in _INLINE for each in node):
                yield "".join(_inlines(node, []))
            else:
                for each in node:
                    yield from _leaves(each)
        case _:
            return


_INLINE = frozenset(
    "Str Space SoftBreak LineBreak Emph Strong Underline Strikeout Superscript Subscript SmallCaps Quoted Cite Code "
    "Math Link Image Note Span".split()
)


def _inlines(nodes: Json, notes: list[Json]) -> Iterator[str]:
    for node in nodes:
        match node:
            case {"t": "Str", "c": text} | {"t": "Code" | "Math", "c": [_, text]}:
                yield text
            case {"t": "Space" | "SoftBreak" | "LineBreak"}:
                yield " "
            case {"t": "Note", "c": content}:
                notes.append(content)
            case {"t": "Image"}:
                pass
            case {"t": "Quoted", "c": [_, content]}:
                yield from ('"', *_inlines(content, notes), '"')
            case {"t": "Link" | "Cite" | "Span", "c": content}:
                yield from _inlines(content[1], notes)
            case {"c": list() as content}:
                yield from _inlines(content, notes)
            case _:
                pass


_READERS: Mapping[str, Callable[[Source], Iterator[Line]]] = {
    formats.WORD: _word,
    formats.OPEN_DOCUMENT: _open_document,
    formats.RTF: _rich_text,
    formats.EPUB: book.spoken,
    formats.MUSE: _muse,
    formats.LATEX: _by_grammar,
    formats.RST: _by_grammar,
    formats.ORG: _by_grammar,
}
