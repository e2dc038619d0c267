"""The body of a page in normal form → the order of its blocks of text, by number from 0."""

from __future__ import annotations

from pipeline.readers.web_paragraphs import leaves
from pipeline.readers.web_tree import Element, named, said


class Order:
    """Where everything stood before anything was moved. It holds while the body changes."""

    def __init__(self, body: Element) -> None:
        self.body = body
        self.leaves = tuple(leaves(body))
        self.worded = tuple(bool(said(leaf)) for leaf in self.leaves)
        self._numbers = {id(leaf): at for at, leaf in enumerate(self.leaves)}
        self._named = named(body)
        self._spans: dict[int, tuple[int, int]] = {}
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
