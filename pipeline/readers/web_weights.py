"""An element in normal form → how many words it has, how many of them are links, and how many are prose."""

from __future__ import annotations

import re

import msgspec

from pipeline.readers import web_hints
from pipeline.readers.web_paragraphs import is_leaf
from pipeline.readers.web_tree import Element, said

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
PROSE = 10
"""Words. A block with so many, most of them not linked, is prose; in what a site calls an article or a poem, any."""
_WORD = re.compile(r"\w+")


class Weight(msgspec.Struct, frozen=True, gc=False):
    """Words: all, those inside links, and those of blocks that are prose."""

    words: int = 0
    linked: int = 0
    prose: int = 0


def count(text: str) -> int:
    """How many words a text has."""
    return len(_WORD.findall(text))


def fold(text: str) -> str:
    """The words of a text alone, in small letters."""
    return " ".join(_WORD.findall(text.casefold()))


class Weights:
    """The weights of a body and of all that is in it. Mutable: they are taken anew once much has been cut."""

    def __init__(self, body: Element) -> None:
        self._weights: dict[int, Weight] = {}
        self.take(body)

    def of(self, element: Element) -> Weight:
        return self._weights.get(id(element), Weight())

    def take(self, element: Element, *, least: int = PROSE) -> Weight:
        """Weigh an element and all that is in it. A block of fewer words than `least` is no prose."""
        if is_leaf(element):
            words = count(said(element))
            links = [each for each in element.every() if each.tag == "a" and each.get("href")]
            linked = min(words, sum(count(said(each)) for each in links))
            prose = words if words >= least and linked < words / 2 and element.tag not in HEADINGS else 0
            weight = Weight(words, linked, prose)
        else:
            if element.tag == "article" or web_hints.names(element) & (web_hints.ARTICLE | web_hints.VERSE):
                least = 1
            inner = [self.take(child, least=least) for child in element.elements()]
            weight = Weight(
                sum(each.words for each in inner),
                sum(each.linked for each in inner),
                sum(each.prose for each in inner),
            )
        self._weights[id(element)] = weight
        return weight
