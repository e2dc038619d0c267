"""The body of a page → the same in normal form: containers hold blocks only, blocks of text hold inlines only.

Text that stands loose between blocks, and what two line breaks part, become paragraphs. An inline element
round blocks (<b><p>…</p></b>) goes into each of them.
"""

from __future__ import annotations

from collections.abc import Set

from pipeline.readers.web_tree import BLOCKS, Chars, Element, said

LEAVES = frozenset("p h1 h2 h3 h4 h5 h6 pre dt figcaption caption summary legend hr".split())
"""Blocks of text. All other blocks hold blocks."""
_TABULAR = frozenset("table thead tbody tfoot tr ul ol dl menu dir".split())
"""Blocks between whose parts text has no place of its own."""
_ROWS = frozenset(("tr", "caption", "thead", "tbody", "tfoot"))
_PARTS = {"table": _ROWS, "thead": _ROWS, "tbody": _ROWS, "tfoot": _ROWS, "tr": frozenset(("td", "th"))}
"""What may stand in the parts of a table."""
_KEPT_AROUND = frozenset("a b i em strong u small big font span sup sub cite code tt s del ins q".split())


def paragraphed(body: Element, starts: Set[str]) -> None:
    """Bring a body into normal form. A line break before a target named in `starts` begins a paragraph too."""
    _unblocked(body)
    _normal(body, starts)
    _fostered(body)
    for leaf in leaves(body):
        _measured(leaf)


def is_leaf(element: Element) -> bool:
    """Says whether an element in normal form is a block of text."""
    return element.tag in LEAVES


def leaves(element: Element) -> list[Element]:
    """Every block of text in an element, in the order of the page."""
    if is_leaf(element):
        return [element]
    return [leaf for child in element.elements() for leaf in leaves(child)]


def _unblocked(element: Element) -> bool:
    """Turn inline elements that hold blocks into containers; says whether there is a block in this one."""
    blocks = False
    for child in list(element.elements()):
        inside = _unblocked(child)
        if inside and child.tag not in BLOCKS:
            _pushed(child)
        elif inside and is_leaf(child) and child.tag != "hr":
            if child.tag == "p":
                # A paragraph cannot hold blocks: it was a container.
                child.tag = "div"
            else:
                _flattened(child)
        blocks = blocks or inside or child.tag in BLOCKS
    return blocks


def _flattened(element: Element) -> None:
    """A heading or caption is one run, whatever blocks it was made of."""
    for child in list(element.elements()):
        _flattened(child)
        if child.tag in BLOCKS:
            child.tag = "span"
            child.children.insert(0, Chars(" ", child.line))
            child.children.append(Chars(" ", child.last))


def _pushed(element: Element) -> None:
    """Make a container of an inline element; what it says of its text is said of each stretch of it."""
    tag, attributes = element.tag, element.attributes
    anchor = {key: value for key, value in attributes.items() if key in ("id", "name")}
    element.tag = "div"
    element.attributes = {"id": anchor["id"]} if "id" in anchor else {}
    if tag not in _KEPT_AROUND:
        element.attributes["class"] = " ".join(filter(None, (attributes.get("class"), tag)))
        return
    rest = {key: value for key, value in attributes.items() if key not in ("id", "name")}
    if rest or tag not in ("a", "span", "font"):
        _wrap(element, tag, rest)
    if "name" in anchor:
        element.children.insert(0, _mark(anchor["name"], element))


def _mark(name: str, over: Element) -> Element:
    """An anchor without words: a place that an address leads to."""
    mark = Element("a", {"name": name}, over.line)
    mark.parent = over
    return mark


def _wrap(over: Element, tag: str, attributes: dict[str, str]) -> None:
    out: list[Element | Chars] = []
    held: list[Element | Chars] = []

    def end() -> None:
        if said(*held) or any(isinstance(each, Element) for each in held):
            first = held[0]
            inline = Element(tag, dict(attributes), first.line)
            inline.put(*held)
            inline.last = over.last
            inline.parent = over
            out.append(inline)
        else:
            out.extend(held)
        held.clear()

    for child in over.children:
        if isinstance(child, Chars) or (child.tag not in BLOCKS and child.tag != "br"):
            held.append(child)
        else:
            end()
            out.append(child)
            if child.tag in BLOCKS and child.tag != "hr":
                _wrap(child, tag, attributes)
    end()
    over.children = out


def _normal(element: Element, starts: Set[str]) -> None:
    if element.tag in (
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "dt",
        "figcaption",
        "caption",
        "summary",
        "legend",
        "hr",
        "pre",
    ):
        return
    if element.tag == "p":
        _parted(element, starts)
        return
    out: list[Element | Chars] = []
    held: list[Element | Chars] = []

    def end() -> None:
        worth = any(isinstance(each, Element) or each.text.strip() for each in held)
        if worth and element.tag in _TABULAR and not said(*held):
            # Anchors between the rows of a table lead to its next row.
            worth = any(each.get("id") or each.get("name") for each in held if isinstance(each, Element))
        if worth:
            paragraph = Element("p", {}, held[0].line)
            paragraph.put(*held)
            paragraph.parent = element
            out.append(paragraph)
        held.clear()

    for child in element.children:
        if isinstance(child, Element) and child.tag in BLOCKS:
            end()
            out.append(child)
        else:
            held.append(child)
    end()
    element.children = out
    for child in list(element.elements()):
        _normal(child, starts)


def _parted(paragraph: Element, starts: Set[str]) -> None:
    """Cut a paragraph where two line breaks stand, or one before a note."""
    parts = _pieces(paragraph.children, starts)
    if len(parts) < 2:
        return
    out: list[Element | Chars] = []
    for number, part in enumerate(parts):
        if not part:
            continue
        attributes = {k: v for k, v in paragraph.attributes.items() if number == 0 or k != "id"}
        piece = Element("p", attributes, part[0].line)
        piece.put(*part)
        out.append(piece)
    if paragraph.parent is not None:
        paragraph.parent.replace(paragraph, *out)


def _pieces(nodes: list[Element | Chars], starts: Set[str]) -> list[list[Element | Chars]]:
    out: list[list[Element | Chars]] = [[]]
    breaks: list[Element | Chars] = []
    for node in nodes:
        blank = isinstance(node, Chars) and not node.text.strip()
        if isinstance(node, Element) and node.tag == "br":
            breaks.append(node)
            continue
        if blank and breaks:
            breaks.append(node)
            continue
        if breaks:
            count = sum(isinstance(each, Element) for each in breaks)
            if count > 1 or _begins(node, starts):
                out.append([])
            else:
                out[-1] += breaks
            breaks = []
        if (
            isinstance(node, Element)
            and node.tag not in BLOCKS
            and len(parts := _pieces(node.children, starts)) > 1
        ):
            for number, part in enumerate(parts):
                clone = Element(
                    node.tag,
                    {k: v for k, v in node.attributes.items() if number == 0 or k not in ("id", "name")},
                    node.line,
                )
                clone.put(*part)
                clone.last = node.last
                if number:
                    out.append([])
                out[-1].append(clone)
        else:
            out[-1].append(node)
    # Breaks at the end break nothing, but in an inline element they may meet one that follows it.
    if sum(isinstance(each, Element) for each in breaks) > 1:
        out.append([])
    else:
        out[-1] += breaks
    return out


def _begins(node: Element | Chars, starts: Set[str]) -> bool:
    """Says whether a note's target is the first thing in a node."""
    if isinstance(node, Chars):
        return False
    if node.get("id") in starts or (node.tag == "a" and node.get("name") in starts):
        return True
    inner = next((each for each in node.children if isinstance(each, Element) or each.text.strip()), None)
    return inner is not None and _begins(inner, starts)


def _fostered(element: Element) -> None:
    """What stands in a table and in none of its cells comes before the table, as browsers show it."""
    for child in list(element.elements()):
        _fostered(child)
    if element.tag not in _PARTS:
        return
    table = next((each for each in (element, *element.above()) if each.tag == "table"), None)
    if table is None or table.parent is None:
        return
    for child in list(element.elements()):
        if child.tag not in _PARTS[element.tag]:
            element.replace(child)
            table.parent.replace(table, child, table)


def _measured(leaf: Element) -> None:
    """Tell a block of text from the first line of its words to the last."""
    lines = [
        (chars.line + _before(chars.text), chars.line + chars.text.rstrip().count("\n"))
        for chars in leaf.chars()
        if chars.text.strip()
    ]
    lines += [(each.line, each.line) for each in leaf.every() if each.tag == "img"]
    if lines:
        leaf.line = min(first for first, _ in lines)
        leaf.last = max(last for _, last in lines)


def _before(text: str) -> int:
    return text[: len(text) - len(text.lstrip())].count("\n")
