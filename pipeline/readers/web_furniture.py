"""A body in normal form → without what is no article by its element, or by the names that sites give it.

No name makes furniture of most of a page's prose: a theme may call its whole page "has-sidebar".
"""

from __future__ import annotations

from pipeline.readers import web_hints
from pipeline.readers.web_cuts import Cuts
from pipeline.readers.web_paragraphs import is_leaf
from pipeline.readers.web_tree import Element, said
from pipeline.readers.web_weights import HEADINGS, Weight, Weights

_NEVER = frozenset("nav form button dialog search menu".split())
_ROLES = frozenset(
    "navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar form".split()
)
_MOST = 0.4
"""Of the prose of a page. No name makes furniture of so much."""
_PRESSED = web_hints.UNSEEN | frozenset(
    "editsection headerlink anchorlink permalink noprint copylink heading-anchor share-link".split()
)
"""Names of what stands inside a heading or paragraph and is none of its words."""


def strip(body: Element, weights: Weights, cuts: Cuts) -> None:
    """Cut away whatever is furniture by itself, the largest elements first."""
    _strip(body, weights, weights.of(body).prose, cuts)


def _strip(element: Element, weights: Weights, whole: int, cuts: Cuts) -> None:
    for child in list(element.elements()):
        if why := _why(child, weights.of(child), whole):
            cuts.drop(child, why)
        elif is_leaf(child):
            gone = [each for each in child.every() if each is not child and _pressed(each, child)]
            cuts.inside(child, gone, "something to press, or seen by no reader of the page")
        else:
            _strip(child, weights, whole, cuts)


def _why(element: Element, weight: Weight, whole: int) -> str:
    """Why an element is furniture, "" if it is not."""
    share = weight.prose / whole if whole else 0
    names = web_hints.names(element)
    if share > _MOST:
        # Comments may be longer than the article.
        if not (names & web_hints.COMMENTS and whole - weight.prose >= 100 and not names & web_hints.ARTICLE):
            return ""
        return "what readers wrote below the article"
    if element.tag in _NEVER or element.get("role").casefold() in _ROLES:
        return "the page's own, not the article's"
    if names & web_hints.UNSEEN:
        return "seen by no reader of the page"
    if names & web_hints.COMMENTS and element.tag not in HEADINGS:
        return "" if element.tag in ("p", "li", "a") else "what readers wrote below the article"
    if names & web_hints.FURNITURE and not names & web_hints.NOTES:
        return "furniture of the page by its name"
    if element.tag == "aside" and not names & (web_hints.NOTES | web_hints.QUOTED | web_hints.PULLED):
        return "beside the article"
    if element.tag == "footer" and (
        element.parent is None or element.parent.tag not in ("blockquote", "figure")
    ):
        return "the page's own foot"
    if names & web_hints.ENDS and share < 0.1 and element.tag not in HEADINGS and not names & web_hints.NOTES:
        return "the page's own head or foot" if weight.prose < 30 or element.tag == "footer" else ""
    return ""


def _pressed(element: Element, leaf: Element) -> bool:
    if element.tag == "button" or web_hints.classes(element) & _PRESSED:
        return True
    return element.tag == "a" and leaf.tag in HEADINGS and said(element) in ("¶", "#", "§", "🔗")
