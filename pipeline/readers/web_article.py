"""The body of a page in normal form → the element that holds the article, and what was cut away round and in it.

First goes what is furniture by its element or its name (`web_furniture`). Then the way leads down from the body,
as long as one part has nearly all of the prose and the others read like boxes. What is left at the ends of
the article and leads away from it goes last (`web_ends`).

trafilatura, readability-lxml and jusText find no more of an article's prose (measured on the corpus), but rebuild
the page: anchors of notes and lines are lost, and what was left out, and why, cannot be told.
"""

from __future__ import annotations

from pipeline.model import Change
from pipeline.readers import web_ends, web_furniture, web_hints
from pipeline.readers.web_cuts import Cuts
from pipeline.readers.web_paragraphs import is_leaf
from pipeline.readers.web_tree import Element
from pipeline.readers.web_weights import PROSE, Weights

_OUTSIDE = "outside the article"
_WHOLE = ("blockquote", "ul", "ol", "dl")
"""Elements that are parts of an article, and never all of it."""
_MARKED = 0.75
"""The share of a page's prose that an element must hold to be the article because its site says so."""
_SECOND = 40
"""Words of prose in a second part of an article, of the same kind as the first."""


def found(body: Element) -> tuple[Element, tuple[Change, ...]]:
    """The element that holds the article, and what was cut; nothing else is left in the body."""
    weights, cuts = Weights(body), Cuts()
    web_furniture.strip(body, weights, cuts)
    weights.take(body)
    article = _root(body, weights)
    _isolate(article, weights, cuts)
    web_ends.trim(article, weights, cuts)
    web_ends.leading_away(article, weights, cuts)
    web_ends.pulled(article, cuts)
    return article, tuple(cuts.changes)


def _root(body: Element, weights: Weights) -> Element:
    whole = weights.of(body).prose
    marked = [
        each
        for each in body.every()
        if weights.of(each).prose >= _MARKED * whole > 0 and _is_marked(each) and not is_leaf(each)
    ]
    root = marked[-1] if marked else body
    while True:
        parts = list(root.elements())
        heaviest = max(parts, key=lambda each: weights.of(each).prose, default=None)
        if heaviest is None or is_leaf(heaviest) or heaviest.tag in _WHOLE:
            return root
        if heaviest.tag == "table" and not _lays_out(heaviest, weights):
            return root
        most = weights.of(heaviest).prose
        if not most or most < 0.5 * weights.of(root).prose:
            return root
        if any(_reads(each, weights, most) for each in parts if each is not heaviest):
            return root
        root = heaviest


def _is_marked(element: Element) -> bool:
    return (
        element.tag in ("article", "main")
        or element.get("role") in ("main", "article")
        or "articlebody" in element.get("itemprop").casefold()
        or bool(web_hints.names(element) & web_hints.ARTICLE)
    )


def _lays_out(table: Element, weights: Weights) -> bool:
    """Whether a table lays out the page: nearly all of its prose is in one cell."""
    cells = [each for each in table.every() if each.tag in ("td", "th")]
    most = max((weights.of(each).prose for each in cells), default=0)
    return most >= 0.8 * weights.of(table).prose and most >= 5 * PROSE


def _reads(element: Element, weights: Weights, most: int = 0) -> bool:
    """Whether an element reads like a part of the text, not like a box beside one that has `most` words of prose."""
    weight = weights.of(element)
    if not weight.words:
        return element.tag == "figure"
    names = web_hints.names(element)
    if is_leaf(element) or element.tag in ("blockquote", "figure"):
        said_so = bool(weight.prose) or element.tag in ("p", "blockquote")
        return (
            said_so and weight.linked < weight.words / 2 and not names & (web_hints.MAKERS | web_hints.DATES)
        )
    if names & web_hints.LEAD:
        return weight.linked < weight.words / 2
    if element.tag in ("td", "th") and weight.prose < 0.25 * most:
        # A narrow column beside the text.
        return False
    return weight.prose >= 0.6 * weight.words and weight.linked < 0.3 * weight.words


def _isolate(root: Element, weights: Weights, cuts: Cuts) -> None:
    """Cut away what is not in the root, but for parts that lead into the text or go on with it."""
    inner = root
    for over in root.above():
        before: list[Element] = []
        after: list[Element] = []
        side = before
        for child in list(over.elements()):
            if child is inner:
                side = after
            elif _belongs(child, inner, weights, leads=side is before):
                over.replace(child)
                side.append(child)
            else:
                cuts.drop(child, _OUTSIDE)
        text = list(root.children)
        root.children = []
        root.put(*before, *text, *after)
        inner = over


def _belongs(child: Element, inner: Element, weights: Weights, *, leads: bool) -> bool:
    over = child.parent
    if over is None or over.tag == "body":
        return bool(web_hints.names(child) & web_hints.LEAD) and _reads(child, weights)
    if child.tag == "figure":
        return leads
    if not _reads(child, weights) or is_leaf(child):
        return False
    if web_hints.names(child) & web_hints.LEAD:
        return True
    alike = (child.tag, child.get("class")) == (inner.tag, inner.get("class")) or over.tag == "article"
    return alike and weights.of(child).prose >= _SECOND
