"""Blocks and inlines → well-formed XHTML fragments: the one place where nodes become markup.

The pamphlet, the ebook and whatever comes later share it, so that no edition can lose a node that
another keeps. What differs between them is said once, in `Markup`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal, assert_never
from urllib.parse import quote

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
    Note,
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
from pipeline.walk import Run, every_inline, inner, plain, publication_rewritten, runs

Flavour = Literal["print", "epub"]

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (section 2.2, production 2) has no place for."""

_NOT_IN_ADDRESS = re.compile(r"""[\s"<>#\\^`{|}\[\]\x00-\x1f\x7f]|%(?![0-9A-Fa-f]{2})""")
_HOST = re.compile(r"""//(?:[^\s/?#@]*@)?[^\s/?#@:\[\]<>"\\^`{|}%]+(?::\d*)?(?:[/?#]|$)""")
"""A host, perhaps with who and which port, up to where the path begins."""


class Markup(msgspec.Struct, frozen=True):
    """How an edition wants its markup.

    first_level  the rank (h1…h6) of a heading of level 1
    notes        the notes by id, in the order of their calls
    links        where an internal link `#id` leads, by id (for books of several files)
    pictures     the address of each resource, by name
    picture      what print says of a picture that nobody has described
    endnotes     print sets the notes after the text (`endnotes`), not at the foot of their pages
    """

    flavour: Flavour
    first_level: int = 2
    notes: Mapping[str, Note] = {}
    note_file: str = ""
    links: Mapping[str, str] = {}
    pictures: Mapping[str, str] = {}
    picture: str = "Picture"
    endnotes: bool = False


def legal(text: str) -> str:
    """Text with U+FFFD for each character that XML has no place for."""
    return _FORBIDDEN.sub("\ufffd", text)


def escape(text: str) -> str:
    """Text as it may stand in an element or a double-quoted attribute."""
    text = legal(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def address(written: str) -> str:
    """An absolute address as browsers and EPUBCheck take it, or "" if they would not.

    What RFC 3986 has no place for is percent-encoded; letters of other scripts may stay (RFC 3987).
    """
    scheme, _, rest = written.strip().partition(":")
    if scheme.lower() == "doi":
        # No reader knows the scheme; the registry answers under this address.
        scheme, rest = "https", f"//doi.org/{rest}"
    kind = scheme.lower()
    if kind not in ("mailto", "tel", "urn") and not (kind in ("http", "https", "ftp") and _HOST.match(rest)):
        return ""
    path, mark, fragment = rest.partition("#")
    return f"{scheme}:{_encoded(path)}{mark}{_encoded(fragment)}"


def _encoded(part: str) -> str:
    return _NOT_IN_ADDRESS.sub(lambda found: quote(found.group()), part)


def note_number(note: str, how: Markup) -> int:
    """The number of a note, from 1, in the order of the calls."""
    return list(how.notes).index(note) + 1


_LONGEST_HEAD = 52
"""Characters: what a running head of 9.5 pt holds on 108 mm."""


def head_of(title: str) -> str:
    """A title as it stands over a page: without its second half if it has one, cut where it is too long."""
    title = " ".join(title.split())
    if len(title) <= _LONGEST_HEAD:
        return title
    first, colon, _ = title.partition(": ")
    if colon and 8 <= len(first) <= _LONGEST_HEAD:
        return first
    return f"{title[:_LONGEST_HEAD].rsplit(' ', 1)[0].rstrip(' ,;:–—')}…"


def inlines(nodes: Iterable[Inline], how: Markup) -> str:
    return "".join(inline(node, how) for node in nodes)


def inline(node: Inline, how: Markup) -> str:
    match node:
        case Text():
            return escape(node.text)
        case Emphasis():
            return f"<em>{inlines(node.content, how)}</em>"
        case Strong():
            return f"<strong>{inlines(node.content, how)}</strong>"
        case SmallCaps():
            return f'<span class="small-caps">{inlines(node.content, how)}</span>'
        case Superscript():
            return f"<sup>{inlines(node.content, how)}</sup>"
        case Subscript():
            return f"<sub>{inlines(node.content, how)}</sub>"
        case Code():
            return f"<code>{escape(node.text)}</code>"
        case Link():
            inside = node.target.startswith("#")
            target = how.links.get(node.target[1:], node.target) if inside else address(node.target)
            if not _says_something(node.content):
                # A link without words cannot be heard, nor followed by a reader of print.
                return inlines(node.content, how)
            if target and how.flavour == "print":
                return _linked(node.content, f'<a href="{escape(target)}">', how)
            words = inlines(node.content, how)
            return f'<a href="{escape(target)}">{words}</a>' if target else words
        case NoteRef():
            return _note_call(node.note, how)
        case LineBreak():
            # The space is for outlines and voices, which hear no line break; before one it is not seen.
            return " <br/>" if how.flavour == "print" else "<br/>"
        case Image():
            if not node.resource:
                return escape(node.alternative)
            # PDF/UA-1 (7.3) wants words for every picture; where nobody gave any, the edition says "Picture".
            said = node.alternative or (how.picture if how.flavour == "print" else "")
            return f'<img src="{escape(how.pictures[node.resource])}" alt="{escape(said)}"/>'
        case Span():
            return f"<span{_tongue(node)}>{inlines(node.content, how)}</span>"
        case _:
            assert_never(node)


def _says_something(content: Run) -> bool:
    return bool(plain(content).strip()) or any(
        isinstance(node, Image) and node.alternative.strip() for node in every_inline(content)
    )


def _linked(content: Run, anchor: str, how: Markup) -> str:
    """Each stretch of text within a link as a link of its own: an element inside a link, or a picture, loses its
    tag in WeasyPrint 70 and breaks PDF/UA-1 (7.18.5)."""
    out = ""
    for node in content:
        if isinstance(node, Text | Code):
            out += f"{anchor}{inline(node, how)}</a>"
        elif inner(node):
            shell = inline(msgspec.structs.replace(node, content=(Text("\0"),)), how)
            out += shell.replace(legal("\0"), _linked(inner(node), anchor, how))
        else:
            out += inline(node, how)
    return out


def _tongue(node: Span) -> str:
    language = f' lang="{escape(node.language)}" xml:lang="{escape(node.language)}"' if node.language else ""
    return language + (f' dir="{node.direction}"' if node.direction else "")


def _note_call(note: str, how: Markup) -> str:
    number = note_number(note, how)
    match how.flavour:
        case "print":
            if how.endnotes:
                return f'<a class="call" href="#{note}">{number}</a>'
            # CSS moves it to the foot of the page (`float: footnote`). It stands inside a paragraph, where HTML
            # allows no blocks: each run of the note is a line of its own.
            body = " <br/>".join(inlines(run, how) for run, _ in runs(how.notes[note].blocks))
            return f'<span class="note" id="{note}">{body}</span>'
        case "epub":
            return (
                f'<a href="{how.note_file}#{note}" id="{note}-call" epub:type="noteref" '
                f'role="doc-noteref">{number}</a>'
            )
        case _:
            assert_never(how.flavour)


def called_once(publication: Publication) -> Publication:
    """For print: where a note is called again, its number links to it. A second call would set it again."""
    numbers = {note.id: number for number, note in enumerate(publication.notes, 1)}
    called: set[str] = set()

    def again(run: Run, _: Place) -> Run:
        return tuple(each for node in run for each in one(node))

    def one(node: Inline) -> Run:
        if isinstance(node, NoteRef):
            if node.note not in called:
                called.add(node.note)
                return (node,)
            return (Superscript((Link((Text(str(numbers[node.note])),), f"#{node.note}"),)),)
        if content := inner(node):
            content = tuple(each for child in content for each in one(child))
            return (msgspec.structs.replace(node, content=content),)
        return (node,)

    return publication_rewritten(publication, again)


def endnotes(how: Markup) -> str:
    """All notes, one paragraph each, with their numbers, for print that sets them after the text."""
    return "".join(
        f'<p class="endnote" id="{note.id}">{number}. {" <br/>".join(inlines(run, how) for run, _ in runs(note.blocks))}</p>\n'
        for number, note in enumerate(how.notes.values(), 1)
    )


def blocks(nodes: Iterable[Block], how: Markup) -> str:
    return "".join(block(node, how) for node in nodes)


def block(node: Block, how: Markup) -> str:
    match node:
        case Paragraph():
            role = "" if node.role == "text" else f' class="{node.role}"'
            return f"<p{role}>{inlines(node.content, how)}</p>\n"
        case Heading():
            rank = min(node.level - 1 + how.first_level, 6)
            head = f' data-head="{escape(head_of(plain(node.content)))}"' if how.flavour == "print" else ""
            return f"<h{rank}{head}>{inlines(node.content, how)}</h{rank}>\n"
        case Section():
            heading = block(node.heading, how) if node.heading else ""
            return (
                f'<section id="{escape(node.id)}" class="{node.role}"{_section_type(node, how)}>\n'
                f"{heading}{blocks(node.blocks, how)}</section>\n"
            )
        case BlockQuotation():
            return f"<blockquote>\n{blocks(node.blocks, how)}{_attribution(node.attribution, how)}</blockquote>\n"
        case Epigraph():
            kind = ' epub:type="epigraph" role="doc-epigraph"' if how.flavour == "epub" else ""
            return (
                f'<div class="epigraph"{kind}>\n{blocks(node.blocks, how)}'
                f"{_attribution(node.attribution, how)}</div>\n"
            )
        case Verse():
            return _verse(node, how)
        case List():
            return _list(node, how)
        case Table():
            return _table(node, how)
        case Figure():
            caption = f"<figcaption>{inlines(node.caption, how)}</figcaption>\n" if node.caption else ""
            return f"<figure>\n{blocks(node.blocks, how)}{caption}</figure>\n"
        case Preformatted():
            return f"<pre>{escape(node.text)}</pre>\n"
        case Separator():
            return '<hr class="separator"/>\n'
        case _:
            assert_never(node)


_SECTION_TYPES = {
    "section": ("chapter", "doc-chapter"),
    "abstract": ("abstract", "doc-abstract"),
    "preface": ("preface", "doc-preface"),
    "appendix": ("appendix", "doc-appendix"),
    "provenance": ("", ""),
}


def section_type(node: Section) -> tuple[str, str]:
    """`epub:type` and ARIA role of a section, which agree ("" for none)."""
    if node.role == "section" and node.heading and node.heading.level > 1:
        return "", ""
    return _SECTION_TYPES[node.role]


def _section_type(node: Section, how: Markup) -> str:
    if how.flavour != "epub":
        return ""
    kind, role = section_type(node)
    return (f' epub:type="{kind}"' if kind else "") + (f' role="{role}"' if role else "")


def _attribution(nodes: tuple[Inline, ...], how: Markup) -> str:
    return f'<p class="attribution">{inlines(nodes, how)}</p>\n' if nodes else ""


def _verse(node: Verse, how: Markup) -> str:
    kind = ' epub:type="z3998:verse"' if how.flavour == "epub" else ""
    stanzas = "".join(
        '<p class="stanza">'
        + "<br/>\n".join(
            f'<span class="line indent-{min(line.indent, 9)}">{inlines(line.content, how)}</span>'
            for line in stanza
        )
        + "</p>\n"
        for stanza in node.stanzas
    )
    return f'<div class="verse"{kind}>\n{stanzas}{_attribution(node.attribution, how)}</div>\n'


def _list(node: List, how: Markup) -> str:
    tag = "ol" if node.ordered else "ul"
    start = f' start="{node.start}"' if node.ordered and node.start != 1 else ""
    if start and how.flavour == "print":
        # WeasyPrint 70 does not look at the attribute.
        start += f' style="counter-reset: list-item {node.start - 1}"'
    return f"<{tag}{start}>\n{''.join(_item(item, how) for item in node.items)}</{tag}>\n"


def _item(item: tuple[Block, ...], how: Markup) -> str:
    # A lone paragraph is set without <p>: <li><p> breaks PDF/UA-1 in WeasyPrint 70.
    match item:
        case (Paragraph() as only,):
            return f"<li>{inlines(only.content, how)}</li>\n"
        case _:
            return f"<li>{blocks(item, how)}</li>\n"


_WIDE = 6
"""Columns. So many need smaller type to stay on an A5 page."""


def _table(node: Table, how: Markup) -> str:
    caption = f"<caption>{inlines(node.caption, how)}</caption>\n" if node.caption else ""
    head = f"<thead>\n{''.join(_row(row, node, how) for row in node.head)}</thead>\n" if node.head else ""
    body = f"<tbody>\n{''.join(_row(row, node, how) for row in node.body)}</tbody>\n"
    columns = max((sum(cell.columns for cell in row) for row in (*node.head, *node.body)), default=0)
    kind = ' class="wide"' if columns >= _WIDE else ""
    return f"<table{kind}>\n{caption}{head}{body}</table>\n"


def _row(row: tuple[Cell, ...], table: Table, how: Markup) -> str:
    return f"<tr>{''.join(_cell(cell, column, table, how) for column, cell in enumerate(row))}</tr>\n"


def _cell(cell: Cell, column: int, table: Table, how: Markup) -> str:
    tag = "th" if cell.heading else "td"
    alignment = table.alignments[column] if column < len(table.alignments) else "start"
    spread = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (
        f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    )
    style = f' class="{alignment}"' if alignment != "start" else ""
    scope = ' scope="col"' if cell.heading else ""
    inner = (
        inlines(cell.blocks[0].content, how)
        if len(cell.blocks) == 1 and isinstance(cell.blocks[0], Paragraph)
        else blocks(cell.blocks, how)
    )
    return f"<{tag}{scope}{spread}{style}>{inner}</{tag}>"
