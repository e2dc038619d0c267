"""The markup of a saved page → Page: what its head says, and its body as a tree whose parts know their lines.

lxml reads it (libxml2's HTML parser: unclosed tags, HTML 4 and 5 alike), with no network, no entities of
the page's own, and no more than 256 elements inside each other. What a browser would not show is not in
the tree. Our own nodes stand in for lxml's because a paragraph is cut, moved and mended many times before
it is read, and text must keep its line while that happens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec
from lxml import etree

from pipeline.errors import SourceError

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup p pre search "
    "section summary table tbody td tfoot th thead title tr ul".split()
)
"""Elements that begin and end a line (HTML Living Standard, section 15.3)."""
_UNSEEN = frozenset(
    "script style noscript template title textarea select datalist iframe object embed applet video audio "
    "canvas svg param source track noframes frameset map area col colgroup input".split()
)
"""Elements whose words no reader of the page sees, or sees as controls. The head is none of them: where nobody
wrote <body>, libxml2 leaves what it does not know from HTML 4 (<article>) in it."""
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_SAVED_FROM = re.compile(
    r"saved from url=\(\d+\)(?P<a>https?://\S+)|SingleFile\s+url:\s*(?P<b>https?://\S+)", re.IGNORECASE
)
_DECLARED_XML = re.compile(r"\A\s*<\?xml[^>]*\?>")
_CROWDED = 3
"""Blocks a line. A page without line ends is numbered by its blocks instead."""
_DEEPEST = 100
"""Elements inside each other. Deeper ones lie flat in the last: nothing is lost, and no walk runs out of stack."""


class Chars:
    """A stretch of text, as it stands, that begins in `line`. Mutable: marks are cut off its ends."""

    __slots__ = ("line", "text")

    def __init__(self, text: str, line: int) -> None:
        self.text = text
        self.line = line


class Element:
    """An element and what is in it, from `line` to `last`. Mutable: the page is pruned before it is read."""

    __slots__ = ("attributes", "children", "last", "line", "parent", "tag")

    def __init__(self, tag: str, attributes: dict[str, str] | None = None, line: int = 0) -> None:
        self.tag = tag
        self.attributes = attributes or {}
        self.children: list[Element | Chars] = []
        self.parent: Element | None = None
        self.line = line
        self.last = line

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def put(self, *nodes: Element | Chars) -> None:
        """Add children at the end."""
        for node in nodes:
            if isinstance(node, Element):
                node.parent = self
            self.children.append(node)

    def replace(self, child: Element | Chars, *nodes: Element | Chars) -> None:
        """Put `nodes`, or nothing, where `child` stands."""
        at = next(at for at, each in enumerate(self.children) if each is child)
        for node in nodes:
            if isinstance(node, Element):
                node.parent = self
        self.children[at : at + 1] = nodes

    def drop(self) -> None:
        """Take it out of what it stands in, if it still stands there."""
        if self.parent is not None:
            self.parent.replace(self)
            self.parent = None

    def is_alone(self) -> bool:
        """Says whether nothing with words or elements stands beside it."""
        beside = self.parent.children if self.parent is not None else []
        return all(each is self or (isinstance(each, Chars) and not each.text.strip()) for each in beside)

    def elements(self) -> Iterator[Element]:
        """The children that are elements."""
        return (child for child in self.children if isinstance(child, Element))

    def every(self) -> Iterator[Element]:
        """Itself and all elements in it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.every()

    def above(self) -> Iterator[Element]:
        """What it stands in, from the inside out."""
        each = self.parent
        while each is not None:
            yield each
            each = each.parent

    def chars(self) -> Iterator[Chars]:
        """Each stretch of text in it."""
        for child in self.children:
            if isinstance(child, Element):
                yield from child.chars()
            else:
                yield child


class Page(msgspec.Struct, frozen=True):
    """A page.

    metas     (name, content) of each meta element, names in small letters, in order
    links     attributes of each link element of the head
    data      the contents of its JSON-LD scripts
    address   where a browser says it saved it from, or ""
    numbered  whether lines are lines of the file, not blocks in their order
    """

    body: Element
    title: str
    language: str
    direction: str
    metas: tuple[tuple[str, str], ...]
    links: tuple[dict[str, str], ...]
    data: tuple[str, ...]
    address: str
    numbered: bool


def parse(text: str, name: str) -> Page:
    """Read the markup of the page called `name`. Raises SourceError if it cannot be a page."""
    text = _DECLARED_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"), count=1)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = None
    if any("xcessive depth" in entry.message for entry in parser.error_log):
        raise SourceError(
            f"{name}: more than 256 elements stand inside each other", "save the page again as plain text"
        )
    if root is None:
        raise SourceError(f"{name}: there is no text in this page", "save the page again")
    saved = _SAVED_FROM.search(text[:10_000])
    body, crowded = _body(root)
    if crowded:
        _renumber(body)
    return Page(
        body=body,
        title=_title(root),
        language=root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or root.get("xml:lang")
        or "",
        direction=(root.get("dir") or "").lower(),
        metas=tuple(
            (key.lower(), " ".join((each.get("content") or "").split()))
            for each in root.iter("meta")
            for key in (each.get("property"), each.get("name"), each.get("http-equiv"), each.get("itemprop"))
            if key
        ),
        links=tuple(
            {key: each.get(key) or "" for key in ("rel", "href", "title", "hreflang")}
            for each in root.iter("link")
        ),
        data=tuple(
            each.text or "" for each in root.iter("script") if "ld+json" in (each.get("type") or "").lower()
        ),
        address=(saved["a"] or saved["b"] or "").rstrip("->") if saved else "",
        numbered=not crowded,
    )


def _title(root: etree._Element) -> str:
    """The page's title; drawings have titles too."""
    title = next(
        (each for each in root.iter("title") if not any(True for _ in each.iterancestors("svg"))), None
    )
    return "" if title is None else " ".join("".join(str(each) for each in title.itertext()).split())


def _body(root: etree._Element) -> tuple[Element, bool]:
    """The shown part of the tree, each text with its line; and whether too much stands in one line."""
    top = Element("body")
    stack: list[Element | None] = [top]
    line = 1
    lines: set[int] = set()
    blocks = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            line = max(line, node.sourceline or 0)
            over = stack[-1]
            if over is None or _unseen(node):
                stack.append(None)
            else:
                blocks += node.tag in BLOCKS
                element = Element(node.tag, {key.lower(): value for key, value in node.attrib.items()}, line)
                over.put(element)
                stack.append(element if len(stack) < _DEEPEST else over)
            if node.text:
                line = _put(stack[-1], node.text, line, lines)
            continue
        if event == "end":
            closed = stack.pop()
            if closed is not None:
                closed.last = max(closed.last, line)
        elif node.text:
            line = max(line, (node.sourceline or 0)) + (0 if node.sourceline else node.text.count("\n"))
        if node.tail and node is not root:
            line = _put(stack[-1], node.tail, line, lines)
    return top, blocks > 8 and blocks > _CROWDED * len(lines)


def _put(over: Element | None, text: str, line: int, lines: set[int]) -> int:
    if over is not None:
        over.put(Chars(text, line))
        if text.strip():
            lines.add(line)
    return line + text.count("\n")


def _unseen(node: etree._Element) -> bool:
    if node.tag in _UNSEEN or "hidden" in node.attrib:
        return True
    return _NOT_SHOWN.search(node.get("style") or "") is not None


def _renumber(body: Element) -> None:
    """Count blocks for lines, as a browser would show them one under the other."""
    count = 1

    def number(element: Element) -> None:
        nonlocal count
        block = element.tag in BLOCKS or element.tag == "br"
        count += block
        element.line = count
        for child in element.children:
            if isinstance(child, Element):
                number(child)
            else:
                child.line = count
                child.text = child.text.replace("\n", " ") if element.tag != "pre" else child.text
        element.last = count
        count += element.tag in BLOCKS

    number(body)


def named(body: Element) -> dict[str, Element]:
    """Every element that an address within the page can lead to, by name; the first of a name counts."""
    out: dict[str, Element] = {}
    for element in body.every():
        for name in (element.get("id"), element.get("name") if element.tag == "a" else ""):
            if name:
                out.setdefault(name, element)
    return out


def changed(before: str, after: str) -> tuple[str, str]:
    """What differs between two texts, from the first word that does to the last."""
    old, new = before.split(), after.split()
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return " ".join(old[start : len(old) - end]), " ".join(new[start : len(new) - end])


def said(*nodes: Element | Chars) -> str:
    """The words of nodes as one line: blocks are parted, a picture says its alternative."""
    out: list[str] = []
    _say(nodes, out)
    return " ".join("".join(out).split())


def _say(nodes: Iterable[Element | Chars], out: list[str]) -> None:
    for node in nodes:
        if isinstance(node, Chars):
            out.append(node.text)
        elif node.tag == "br":
            out.append(" ")
        elif node.tag == "img":
            out.append(node.get("alt"))
        elif node.tag in BLOCKS:
            out.append(" ")
            _say(node.children, out)
            out.append(" ")
        else:
            _say(node.children, out)
