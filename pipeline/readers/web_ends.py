"""An article in normal form → without the links and labels at its ends, and what leads from inside it elsewhere."""

from __future__ import annotations

from pipeline.readers import web_hints
from pipeline.readers.web_cuts import Cuts
from pipeline.readers.web_paragraphs import is_leaf, leaves
from pipeline.readers.web_tree import Element, said
from pipeline.readers.web_weights import HEADINGS, Weights, count, fold

_UNITS = frozenset("ul ol table dl blockquote figure".split())
"""Elements that go or stay as a whole."""
_LONGEST_LABEL = 400
"""Letters of a line that leads to another article."""
_LATE, _LATE_SHARE = 100, 0.3
"""Words of prose, and their share of all, that stand before a heading over comments."""
_FEW = 10
"""Words. Fewer, most of them linked, are no prose even in an article."""
_COMMENTS = "what readers wrote below the article"


def trim(article: Element, weights: Weights, cuts: Cuts) -> None:
    """Cut away blocks of links, and labels, before and after the text."""
    weights.take(article)
    for backwards in (False, True):
        _end(article, weights, cuts, backwards=backwards)


def _end(over: Element, weights: Weights, cuts: Cuts, *, backwards: bool) -> bool:
    """Clear one end of an element; says whether the text has been met."""
    children = list(over.elements())
    for child in reversed(children) if backwards else children:
        weight = weights.of(child)
        if not weight.words:
            if _pictured(child):
                return True
            cuts.drop(child, "signs before or after the text")
        elif is_leaf(child) or child.tag in _UNITS:
            if not _loose(child, weights, backwards=backwards):
                return True
            cuts.drop(child, "links and labels before or after the text")
        elif not weight.prose and weight.linked >= 0.7 * weight.words and not _headed(child):
            cuts.drop(child, "links before or after the text")
        elif _end(child, weights, cuts, backwards=backwards):
            return True
    return False


def _loose(element: Element, weights: Weights, *, backwards: bool) -> bool:
    weight = weights.of(element)
    text = said(element)
    if web_hints.LABELS.fullmatch(text):
        return True
    if element.tag in HEADINGS:
        # A heading at the end is over what went.
        return backwards and bool(
            web_hints.RELATED.fullmatch(text) or web_hints.COMMENT_HEADS.fullmatch(text)
        )
    if (weight.prose and weight.words >= _FEW) or weight.linked < 0.75 * weight.words:
        return False
    # Links under a heading of the article are its own, whatever stands after them.
    return not (backwards and element.tag in ("ul", "ol") and _under_heading(element))


def leading_away(article: Element, weights: Weights, cuts: Cuts) -> None:
    """Cut away what leads to other articles, and what follows a heading over comments."""
    for leaf in leaves(article):
        text = said(leaf)
        if leaf.parent is None or not text or len(text) > _LONGEST_LABEL:
            continue
        weight = weights.of(leaf)
        if leaf.tag in HEADINGS:
            if web_hints.COMMENT_HEADS.fullmatch(text) and _late(article, leaf, weights):
                _rest(article, leaf, cuts)
                return
            if web_hints.RELATED.fullmatch(text):
                _box(leaf, weights, cuts)
            continue
        pressed = web_hints.LABELS.fullmatch(text) and weight.linked == weight.words
        if pressed or web_hints.ADVERTS.fullmatch(text):
            cuts.drop(leaf, "something to press, or the label of an advertisement")
            continue
        found = web_hints.READ_MORE.match(text)
        if found and weight.linked >= count(text[found.end() :]) > 0:
            goal = leaf
            while goal.parent is not None and goal.parent is not article and said(goal.parent) == text:
                goal = goal.parent
            cuts.drop(goal, "leads to another article")


def _late(article: Element, leaf: Element, weights: Weights) -> bool:
    before = 0
    for each in leaves(article):
        if each is leaf:
            break
        before += weights.of(each).prose
    return before >= _LATE and before >= _LATE_SHARE * weights.of(article).prose


def _rest(article: Element, leaf: Element, cuts: Cuts) -> None:
    """Cut away a block and all that follows it."""
    inner = leaf
    gone = [leaf]
    while inner is not article and inner.parent is not None:
        siblings = list(inner.parent.elements())
        at = next(number for number, each in enumerate(siblings) if each is inner)
        gone += siblings[at + 1 :]
        inner = inner.parent
    for each in gone:
        cuts.drop(each, _COMMENTS)


def _box(heading: Element, weights: Weights, cuts: Cuts) -> None:
    """Cut away a heading over links, with the links."""
    if heading.parent is None:
        return
    siblings = list(heading.parent.elements())
    at = next(number for number, each in enumerate(siblings) if each is heading)
    linked = []
    for each in siblings[at + 1 :]:
        weight = weights.of(each)
        if each.tag in HEADINGS or weight.linked < 0.6 * weight.words:
            break
        linked.append(each)
    if any(weights.of(each).words for each in linked):
        for each in (heading, *linked):
            cuts.drop(each, "leads to other articles")


def pulled(article: Element, cuts: Cuts) -> None:
    """Cut away quotations that are pulled out of the text and stand in it too."""
    for element in [each for each in article.every() if web_hints.names(each) & web_hints.PULLED]:
        words = fold(said(element))
        if element.parent is not None and words and fold(said(article)).count(words) > 1:
            cuts.drop(element, "pulled out of the text, where the same words stand")


def _pictured(element: Element) -> bool:
    return any(each.tag == "img" for each in element.every())


def _headed(element: Element) -> bool:
    return any(each.tag in HEADINGS for each in element.every())


def _under_heading(element: Element) -> bool:
    """Whether the block before is a heading, or words that end in a colon."""
    if element.parent is None:
        return False
    before: Element | None = None
    for each in element.parent.elements():
        if each is element:
            break
        if said(each):
            before = each
    if before is None:
        return False
    text = said(before)
    return (before.tag in HEADINGS or text.endswith(":")) and not web_hints.RELATED.fullmatch(text)
