"""The body of a page in normal form → the order of its blocks of text, by number from 0."""

from __future__ import annotations

import re

from pipeline.readers import web_marks
from pipeline.readers.web_paragraphs import leaves
from pipeline.readers.web_tree import Chars, Element, named, said

ENDS = ("h1", "h2", "h3", "h4", "h5", "h6", "hr")
"""What ends the part of a text before it."""


class Order:
    """Where everything stood before anything was moved. It holds while the body changes."""

    def __init__(self, body: Element) -> None:
        self.body = body
        self.leaves = tuple(leaves(body))
        self.worded = tuple(bool(said(leaf)) for leaf in self.leaves)
        self._numbers = {id(leaf): at for at, leaf in enumerate(self.leaves)}
        self._named = named(body)
        self._spans: dict[int, tuple[int, int]] = {}
        self._beside: dict[int, tuple[tuple[Element, ...], dict[int, int]]] = {}
        self._measure(body)

    def _measure(self, element: Element) -> None:
        at = self._numbers.get(id(element))
        if at is not None:
            self._spans[id(element)] = at, at + 1
            return
        inner = list(element.elements())
        for each in inner:
            self._measure(each)
        spans = [span for each in inner if (span := self._spans[id(each)])[1] > span[0]]
        self._spans[id(element)] = (spans[0][0], spans[-1][1]) if spans else (0, 0)

    def span(self, element: Element) -> range:
        """The numbers of the blocks of text in an element."""
        return range(*self._spans.get(id(element), (0, 0)))

    def leaf_of(self, element: Element) -> int | None:
        """The number of the block of text that an element is in, None for one that is in none."""
        for each in (element, *element.above()):
            if id(each) in self._numbers:
                return self._numbers[id(each)]
        return None

    def beside(self, element: Element) -> tuple[tuple[Element, ...], int]:
        """All elements in what an element stands in, as they were when first asked for, and which of them it is."""
        over = element.parent
        if over is None:
            return (element,), 0
        if id(over) not in self._beside:
            siblings = tuple(over.elements())
            self._beside[id(over)] = siblings, {id(each): at for at, each in enumerate(siblings)}
        siblings, numbers = self._beside[id(over)]
        return siblings, numbers[id(element)]

    def goal(self, name: str) -> Element | None:
        """What an address within the page leads to."""
        return self._named.get(name)

    def start(self, goal: Element) -> int | None:
        """The number of the first block of text with words at a target: its own, or one after it."""
        at = self.leaf_of(goal)
        if at is None:
            at = next(iter(self.span(goal)), None)
        while at is not None and at < len(self.leaves):
            if self.worded[at]:
                return at
            at += 1
        return None


def at_the_start(goal: Element, leaf: Element) -> bool:
    """Says whether a target stands where a block begins, with nothing but marks before it."""
    before: list[str] = []
    for node in _flat(leaf):
        if node is goal:
            break
        if isinstance(node, Chars):
            before.append(node.text)
    else:
        return True
    words = "".join(before).strip()
    return not re.search(r"\w", words) or bool(web_marks.mark_of(words)) or web_marks.leads_back(words)


def first_in(element: Element, leaf: Element) -> bool:
    """Says whether nothing but signs stands before an element in its block of text."""
    before = ""
    for node in _flat(leaf):
        if node is element:
            return not re.search(r"\w", before)
        if isinstance(node, Chars):
            before += node.text
    return False


def _flat(element: Element) -> list[Element | Chars]:
    out: list[Element | Chars] = []
    for child in element.children:
        out.append(child)
        if isinstance(child, Element):
            out += _flat(child)
    return out


def nothing_follows(leaf: Element) -> bool:
    """Says whether no words come between a block and the next heading or rule, or the end."""
    over = leaf
    while over.parent is not None:
        siblings = over.parent.children
        at = next(number for number, each in enumerate(siblings) if each is over)
        for each in siblings[at + 1 :]:
            if isinstance(each, Element) and each.tag in ENDS:
                return True
            if said(each):
                return False
        over = over.parent
    return True
