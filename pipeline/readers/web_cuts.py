"""What is cut out of a page → one entry of the ledger for each region, with all that a browser shows of it."""

from __future__ import annotations

from pipeline.model import Change, Place
from pipeline.readers.web_tree import Element, changed, said

RULE = "page-furniture"


class Cuts:
    """What has been cut. Mutable: it grows."""

    def __init__(self) -> None:
        self.changes: list[Change] = []

    def drop(self, element: Element, why: str) -> None:
        """Cut an element out of what it stands in. Neighbours that go for one reason are one region."""
        over = element.parent
        if over is None:
            return
        text = said(element)
        over.replace(element)
        element.parent = None
        if not text:
            return
        place = Place(element.line, max(element.line, element.last))
        before = self.changes[-1] if self.changes else None
        if before and before.why == why and 0 <= place.first - before.place.last <= 2:
            place = Place(before.place.first, max(place.last, before.place.last))
            self.changes[-1] = Change(RULE, place, f"{before.before}\n{text}", "", why)
        else:
            self.changes.append(Change(RULE, place, text, "", why))

    def inside(self, leaf: Element, gone: list[Element], why: str) -> None:
        """Cut elements out of a block of text. They may stand right at a word: "Doors[edit]"."""
        was = said(leaf)
        for each in gone:
            each.drop()
        if (now := said(leaf)) != was:
            place = Place(leaf.line, max(leaf.line, leaf.last))
            self.changes.append(Change(RULE, place, *changed(was, now), why))
