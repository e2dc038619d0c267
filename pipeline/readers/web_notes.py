"""The body of a page in normal form → its notes taken out, each with its calls in their places.

A call is a link within the page whose words are a mark ("[1]", "*", a raised number), which leads on to where
a block of text begins; the note is what begins there, if something says so: it begins with the same mark,
leads back to the call, is an item of a numbered list, or is called a note by its class. A mark that
leads nowhere, and a link that is none of this, stays what it was.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from itertools import islice

import msgspec

from pipeline.model import Change, Place
from pipeline.readers import web_hints, web_marks
from pipeline.readers.web_marks import CLOSING, OPENING, Marks
from pipeline.readers.web_order import ENDS, Order, at_the_start, first_in, nothing_follows
from pipeline.readers.web_paragraphs import leaves
from pipeline.readers.web_tree import Chars, Element, changed, said

CALL = "note-ref"
"""The tag of what stands for a call once its note is known; its attribute `note` is the note's id."""
RULE, UNMATCHED = "note-links", "note-unmatched"

LABELS = frozenset(
    (
        "notes note footnotes footnote endnotes endnote references anmerkungen fußnoten fussnoten anmerkung "
        "einzelnachweise notas nota referencias voetnoten noten eindnoten przypisy примечания сноски σημειώσεις "
        "υποσημειώσεις הערות הערות-שוליים الهوامش الحواشي پانویس هوامش références referências referenser noter"
    ).split()
) | {
    "notes and references",
    "notes de bas de page",
    "notas al pie",
    "note a piè di pagina",
    "הערות שוליים",
    "notas de rodapé",
    "notes et références",
}
"""Headings over notes, in small letters."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ROUND_A_CALL = frozenset("sup span b i em strong small font u".split())
_NOT_A_NOTE = frozenset("ol ul table tbody section article main dl".split())
"""Elements that hold several notes, even where one is left."""
_LONGEST = 12
"""Blocks of text in a note that stands in an element of its own."""
_LONGEST_BACK = 24
"""Letters of a way back in words."""
_BARE = 8
"""Letters of a block of text that is only a mark."""


class Noted(msgspec.Struct, frozen=True):
    """A note: its id, and the elements that hold it, taken out of the page and without its mark."""

    id: str
    elements: tuple[Element, ...]
    place: Place


class _Call(msgspec.Struct, frozen=True):
    """A link, its mark, and the numbers of the block it stands in and of the one where its note starts."""

    link: Element
    mark: str
    leaf: int
    start: int


class Notes:
    """The notes of one body. Mutable: `taken` moves them out of it."""

    def __init__(self, body: Element, found: Marks) -> None:
        self._order = Order(body)
        self._marks = found
        self._linked: dict[int, int] = {}
        for link, _ in found.links:
            at = self._order.leaf_of(link)
            if at is not None:
                self._linked[at] = self._linked.get(at, 0) + len(said(link))
        self._starts: list[int] = []
        self.changes: list[Change] = []

    def taken(self) -> tuple[Noted, ...]:
        """Every note with its calls put in their places, in the order of the first calls."""
        calls = self._calls()
        self._starts = sorted({call.start for call in calls})
        ids = {start: f"n{number}" for number, start in enumerate(dict.fromkeys(c.start for c in calls), 1)}
        calling = {call.leaf for call in calls}
        holders = {start: self._holders(start, calling) for start in self._starts}
        mark = {call.start: call.mark for call in reversed(calls)}
        self._report(calls, holders)
        for call in calls:
            self._put_call(call, ids[call.start])
        out: dict[str, Noted] = {}
        for start, held in holders.items():
            place = Place(held[0].line, max(each.last for each in held))
            self._unmark(held, mark[start], start)
            for each in held:
                each.drop()
            out[ids[start]] = Noted(ids[start], held, place)
        return tuple(out[name] for name in ids.values())

    # --- Which links are calls -------------------------------------------------------------------------

    def _calls(self) -> list[_Call]:
        out: list[_Call] = []
        for link, name in self._marks.links:
            at, goal = self._order.leaf_of(link), self._order.goal(name)
            start = self._order.start(goal) if goal is not None else None
            if at is None or goal is None or start is None or goal is link or start <= at:
                continue
            leaf = self._order.leaves[start]
            if leaf.tag in _HEADINGS or not self._words_beside(at) or not at_the_start(goal, leaf):
                continue
            mark = web_marks.mark_of(said(link))
            if self._answers(start, goal, at, mark):
                out.append(_Call(link, mark, at, start))
        return out

    def _words_beside(self, at: int) -> bool:
        """Whether a block says more than marks: a row of numbers is a list of contents."""
        return len(said(self._order.leaves[at])) - self._linked.get(at, 0) > 3

    def _answers(self, start: int, goal: Element, calling: int, mark: str) -> bool:
        """Whether what begins there says that it is the note."""
        leaf = self._order.leaves[start]
        text = said(leaf)
        back = self._leads_back(leaf, calling)
        if found := web_marks.begins(text, mark):
            if back or goal.tag == "a" or web_marks.called_a_note(goal, leaf):
                return True
            if len(text) > found:
                return goal.tag in ("li", "p", "div", "sup", "span", "dt", "dd", "td", "tr", "aside")
        if web_marks.mark_of(said(goal)) == mark and goal.tag in ("a", "sup", "span"):
            return True
        numbered = any(
            each.tag == "li" and each.parent is not None and each.parent.tag == "ol"
            for each in (goal, *list(leaf.above())[:2])
        )
        return back or numbered or web_marks.called_a_note(goal, leaf)

    def _leads_back(self, leaf: Element, calling: int) -> bool:
        """Whether a block, or what it is the first part of, has a link to where the call stands."""
        inside = leaf.parent is not None and leaf.parent.tag in ("li", "dd", "td", "aside")
        holder = leaf.parent if inside and leaf.parent is not None else leaf
        for each in holder.every():
            name = web_marks.target(each) if each.tag == "a" else ""
            goal = self._order.goal(name) if name else None
            at = self._order.leaf_of(goal) if goal is not None else None
            # An anchor for the way back often stands at the end of the paragraph before.
            if at is not None and 0 <= calling - at <= 2:
                return True
        return False

    def _report(self, calls: list[_Call], holders: Mapping[int, tuple[Element, ...]]) -> None:
        """Tell of marks that look like calls and are answered by no note; they stay as they are."""
        matched = {id(call.link) for call in calls}
        noted = {at for held in holders.values() for each in held for at in self._order.span(each)}
        for link, name in self._marks.links:
            at, goal = self._order.leaf_of(link), self._order.goal(name)
            start = self._order.start(goal) if goal is not None else None
            if at is None or id(link) in matched or at in noted or (start is not None and start <= at):
                continue
            up = any(each.tag == "sup" for each in (*list(link.above())[:2], *link.every()))
            if (up or said(link)[:1] in OPENING) and self._words_beside(at):
                words = said(link)
                place = Place(link.line, link.last)
                self._tell(UNMATCHED, place, words, words, "a mark of a note, but no note answers it")

    # --- What a note holds -----------------------------------------------------------------------------

    def _holders(self, start: int, calling: set[int]) -> tuple[Element, ...]:
        """The elements that hold a note: the largest that begins with it and holds no other, and what follows up
        to the next note, if nothing in between is of the text."""
        own = self._largest(start)
        if own.parent is None:
            return (own,)
        next_at = bisect_left(self._starts, start + 1)
        following = self._starts[next_at] if next_at < len(self._starts) else -1
        siblings, at = self._order.beside(own)
        between: list[Element] = []
        for each in islice(siblings, at + 1, None):
            inside = self._order.span(each)
            if following in inside:
                return (own, *between)
            if each.tag in ENDS or any(number in calling for number in inside):
                break
            if any(self._order.leaves[number].tag in ENDS for number in inside):
                break
            between.append(each)
        if len(said(own)) <= _BARE:
            # The mark alone, in a cell or term: the note is what stands beside it.
            return (own, *[each for each in between if said(each)][:1])
        # More paragraphs of the last note are known by their class.
        more: list[Element] = []
        kind = own.get("class")
        for each in between:
            if (
                each.tag != own.tag
                or each.get("class") != kind
                or not web_hints.classes(each) & web_hints.NOTES
            ):
                break
            more.append(each)
        return (own, *more)

    def _largest(self, start: int) -> Element:
        element = self._order.leaves[start]
        for over in element.above():
            inside = self._order.span(over)
            others = bisect_left(self._starts, inside.stop) - bisect_left(self._starts, inside.start)
            if over is self._order.body or others > 1 or len(inside) > _LONGEST or over.tag in _NOT_A_NOTE:
                break
            if any(self._order.worded[inside.start : start]):
                break
            element = over
        return element

    # --- Marks out -------------------------------------------------------------------------------------

    def _put_call(self, call: _Call, note: str) -> None:
        """Put the call in the place of its link, with the raising and the brackets round it."""
        node = call.link
        over = node.parent
        while over is not None and over.tag in _ROUND_A_CALL:
            rest = "".join(said(each) for each in over.children if each is not node)
            if rest.strip(" \u00a0[](){}<>"):
                break
            node, over = over, over.parent
        if over is None:
            return
        leaf = self._order.leaves[call.leaf]
        was, words = said(leaf), said(node)
        at = next(number for number, each in enumerate(over.children) if each is node)
        before = over.children[at - 1] if at else None
        after = over.children[at + 1] if at + 1 < len(over.children) else None
        if isinstance(before, Chars) and isinstance(after, Chars) and words[:1] not in OPENING:
            left, right = before.text.rstrip(), after.text.lstrip()
            if left[-1:] and left[-1:] in OPENING and right[:1] == CLOSING[OPENING.index(left[-1:])]:
                before.text, after.text = left[:-1], right[1:]
        put = Element(CALL, {"note": note}, node.line)
        put.last = node.last
        over.replace(node, put)
        # The mark may stand right at a word: "quay1".
        place = Place(leaf.line, max(leaf.last, node.last))
        self._tell(RULE, place, *changed(was, said(leaf)), "each edition numbers the calls of notes itself")

    def _unmark(self, held: tuple[Element, ...], mark: str, start: int) -> None:
        """Take the number and the way back out of a note."""
        begun = False
        for leaf in (leaf for element in held for leaf in leaves(element)):
            was = said(leaf)
            gone = [each for each in leaf.every() if each is not leaf and self._leads_off(each, start)]
            if not begun:
                # The number may be a target only, right at the first word: "1First".
                gone += [
                    each
                    for each in leaf.every()
                    if each.tag in ("a", "sup", "span")
                    and web_marks.mark_of(said(each)) == mark
                    and first_in(each, leaf)
                ]
            for each in gone:
                each.drop()
            if was and not begun:
                web_marks.cut_mark(leaf, mark, bare=bool(gone))
                # The mark may stand in a block of its own.
                begun = bool(said(leaf))
            if (now := said(leaf)) != was:
                place = Place(leaf.line, max(leaf.line, leaf.last))
                why = "each edition numbers its notes and leads back from them itself"
                self._tell(RULE, place, *changed(was, now), why)

    def _leads_off(self, element: Element, start: int) -> bool:
        """Whether an element in a note is its number or its way back."""
        marked = bool(web_hints.names(element) & web_marks.BACK_CLASS) and len(said(element)) <= _LONGEST_BACK
        name = web_marks.target(element) if element.tag == "a" else ""
        if not name:
            return marked
        words = said(element)
        if words and not (marked or web_marks.mark_of(words) or web_marks.leads_back(words)):
            return False
        goal = self._order.goal(name)
        at = self._order.leaf_of(goal) if goal is not None else None
        # A way back to a place that is gone is one all the same.
        return at is None or at < start

    def unhead(self) -> None:
        """Take out headings over notes that are no longer there; what stands beside them has gone before."""
        for at, leaf in enumerate(self._order.leaves):
            label = re.sub(r"[\W_]+", " ", said(leaf)).strip().casefold()
            if label not in LABELS or leaf.parent is None or not any(start > at for start in self._starts):
                continue
            if nothing_follows(leaf):
                place = Place(leaf.line, max(leaf.line, leaf.last))
                self._tell(
                    RULE,
                    place,
                    said(leaf),
                    "",
                    "a heading over notes, which each edition puts in their place",
                )
                leaf.drop()

    def _tell(self, rule: str, place: Place, before: str, after: str, why: str) -> None:
        self.changes.append(Change(rule, place, before, after, why))


def orphans(notes: Mapping[str, Noted], article: Element) -> frozenset[str]:
    """The ids of notes that no call in an article, or in a note called there, calls."""
    called: set[str] = set()
    waiting = [article]
    while waiting:
        for element in waiting.pop().every():
            name = element.get("note") if element.tag == CALL else ""
            if name and name not in called:
                called.add(name)
                waiting += notes[name].elements
    return frozenset(notes) - called


def left_out(note: Noted) -> Change:
    """The entry for a note whose call went with what the page has round the article."""
    words = "\n".join(said(each) for each in note.elements)
    return Change("page-furniture", note.place, words, "", "a note that nothing in the article calls")
