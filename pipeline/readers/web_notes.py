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
from urllib.parse import unquote, urlsplit

import msgspec

from pipeline.model import Change, Place
from pipeline.readers import web_hints
from pipeline.readers.web_paragraphs import leaves
from pipeline.readers.web_tree import Chars, Element, named, said

CALL = "note-ref"
"""The tag of what stands for a call once its note is known; its attribute `note` is the note's id."""

_MARK = re.compile(
    r"[\[({<\s]*(?:(?:n|fn|note|nota|noot|anm|fußnote|footnote)\.?\s?)?"
    r"(?P<mark>\d{1,4}|[a-z]{1,2}|[ivxlc]{1,6}|[*†‡§¶#∗⁎]{1,4}|\d{1,3}[a-z]|[⁰¹²³⁴-⁹]{1,4})[\])}>\s.:,;]*",
    re.IGNORECASE,
)
_OPENING, _CLOSING = "[({", "])}"
_BACK = re.compile(
    r"[\s\[(]*(?:[↩↑^⤴⏎←⇑▲△\ufe0e\ufe0f]+|back(?: to (?:text|top|article))?|return(?: to text)?|retour(?: au texte)?|zurück|"
    r"volver(?: al texto)?|torna(?: al testo)?|voltar|terug|naar boven|jump up|up|arriba|top)[\s\])↩↑^.:]*",
    re.IGNORECASE,
)
_BACK_CLASS = frozenset(
    "backlink footnote-back footnote-backref reversefootnote mw-cite-backlink backref".split()
)
LABELS = frozenset(
    "notes note footnotes footnote endnotes endnote references notes and references notes de bas de page anmerkungen "
    "fußnoten fussnoten anmerkung einzelnachweise notas nota notas al pie referencias note a piè di pagina note al testo "
    "voetnoten noten eindnoten przypisy примечания сноски σημειώσεις υποσημειώσεις הערות הערות שוליים "
    "الهوامش الحواشي پانویس هوامش références réferences referências referenser noter".split()
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


_LONGEST = 12
"""Blocks of text in a note that stands in an element of its own."""


class Noted(msgspec.Struct, frozen=True):
    """A note: its id, and the elements that hold it, taken out of the page and without its mark."""

    id: str
    elements: tuple[Element, ...]
    place: Place


class Marks(msgspec.Struct, frozen=True):
    """Links within a page whose words are a mark, each with the name of its target."""

    links: tuple[tuple[Element, str], ...]
    targets: frozenset[str]


def marks(body: Element, names: frozenset[str]) -> Marks:
    """What may be calls of notes. `names` are the addresses and the file names that the page goes by."""
    found = tuple(
        (element, target)
        for element in body.every()
        if element.tag == "a" and (target := _within(element, names)) and _mark(said(element))
    )
    return Marks(found, frozenset(target for _, target in found))


def _within(link: Element, names: frozenset[str]) -> str:
    """The name of the place in this very page that a link leads to, "" if it leads elsewhere."""
    path, sign, target = link.get("href").partition("#")
    if not sign or not target:
        return ""
    if path and path not in names and urlsplit(path).path.rpartition("/")[2] not in names:
        return ""
    return unquote(target)


def _mark(text: str) -> str:
    found = _MARK.fullmatch(text) if text and len(text) <= 16 else None
    return found["mark"].casefold() if found else ""


class _Call(msgspec.Struct, frozen=True):
    link: Element
    mark: str
    leaf: int
    start: int


class Notes:
    """The notes of one body. Mutable: `taken` moves them out of it."""

    def __init__(self, body: Element, found: Marks) -> None:
        self._body = body
        self._leaves = leaves(body)
        self._number = {id(leaf): at for at, leaf in enumerate(self._leaves)}
        self._named = named(body)
        self._marks = found
        self._spans: dict[int, tuple[int, int]] = {}
        self._measure(body)
        self._linked: dict[int, int] = {}
        for link, _ in found.links:
            at = self._leaf_of(link)
            if at is not None:
                self._linked[at] = self._linked.get(at, 0) + len(said(link))
        self._starts: list[int] = []
        self.changes: list[Change] = []

    def _measure(self, element: Element) -> None:
        """Note for each element the numbers of its first block of text and of the one after its last."""
        if id(element) in self._number:
            at = self._number[id(element)]
            self._spans[id(element)] = at, at + 1
            return
        inner = list(element.elements())
        for each in inner:
            self._measure(each)
        spans = [
            self._spans[id(each)] for each in inner if self._spans[id(each)][1] > self._spans[id(each)][0]
        ]
        self._spans[id(element)] = (spans[0][0], spans[-1][1]) if spans else (0, 0)

    def taken(self) -> tuple[Noted, ...]:
        """Every note with its calls put in their places, in the order of the first calls."""
        calls = self._calls()
        starts = sorted({call.start for call in calls})
        ids = {start: f"n{number}" for number, start in enumerate(dict.fromkeys(c.start for c in calls), 1)}
        calling = {call.leaf for call in calls}
        holders = {start: self._holders(start, starts, calling) for start in starts}
        said_marks = {call.start: call.mark for call in reversed(calls)}
        put = {id(call.link) for call in calls}
        noted = {at for held in holders.values() for each in held for at in range(*self._spans[id(each)])}
        unmatched = [
            (link, at)
            for link, target in self._marks.links
            if (at := self._leaf_of(link)) is not None
            and id(link) not in put
            and at not in noted
            and self._raised(link)
        ]
        for link, _ in unmatched:
            self._tell(
                Place(link.line, link.last),
                said(link),
                said(link),
                "a mark of a note, but no note answers it",
            )
        for call in calls:
            self._put_call(call.link, ids[call.start])
        out: dict[str, Noted] = {}
        for start, held in holders.items():
            place = Place(held[0].line, max(each.last for each in held))
            self._unmark(held, said_marks[start], start)
            for each in held:
                if each.parent is not None:
                    each.parent.replace(each)
                    each.parent = None
            out[ids[start]] = Noted(ids[start], held, place)
        self._starts = starts
        return tuple(out[name] for name in ids.values())

    # --- Which links are calls -------------------------------------------------------------------------

    def _calls(self) -> list[_Call]:
        out: list[_Call] = []
        for link, target in self._marks.links:
            at = self._leaf_of(link)
            goal = self._named.get(target)
            if at is None or goal is None or goal is link:
                continue
            start = self._start(goal)
            if (
                start is None
                or start <= at
                or self._leaves[start].tag in ("h1", "h2", "h3", "h4", "h5", "h6")
            ):
                continue
            if not self._words_beside(self._leaves[at]) or not self._leads(goal, self._leaves[start]):
                continue
            mark = _mark(said(link))
            if self._answers(start, goal, link, mark):
                out.append(_Call(link, mark, at, start))
        return out

    def _leaf_of(self, element: Element) -> int | None:
        for each in (element, *element.above()):
            if id(each) in self._number:
                return self._number[id(each)]
        return None

    def _start(self, goal: Element) -> int | None:
        """The number of the block of text that begins at a target: its own, or the next if its own has no words."""
        at = self._leaf_of(goal)
        if at is None:
            inside = leaves(goal)
            at = self._number.get(id(inside[0])) if inside else None
        while at is not None and at < len(self._leaves):
            if said(self._leaves[at]):
                return at
            at += 1
        return None

    def _words_beside(self, leaf: Element) -> bool:
        """Whether a block says more than marks: a row of numbers is a list of contents."""
        return len(said(leaf)) - self._linked.get(self._number[id(leaf)], 0) > 3

    def _leads(self, goal: Element, leaf: Element) -> bool:
        """Whether a target stands where a block begins, with nothing but marks before it."""
        before: list[str] = []
        for node in _flat(leaf):
            if node is goal:
                break
            if isinstance(node, Chars):
                before.append(node.text)
        else:
            return True
        words = "".join(before).strip()
        return (
            not words
            or bool(_MARK.fullmatch(words))
            or not re.search(r"\w", words)
            or bool(_BACK.fullmatch(words))
        )

    def _answers(self, start: int, goal: Element, link: Element, mark: str) -> bool:
        """Whether what begins there says that it is the note."""
        leaf = self._leaves[start]
        text = said(leaf)
        found = re.match(rf"\W{{0,3}}(?:n(?:ote)?\.?\s?)?{re.escape(mark)}(?!\w)", text, re.IGNORECASE)
        if found and (self._leads_back(leaf, link) or goal.tag == "a" or _called_a_note(goal, leaf)):
            return True
        if found and len(text) > len(found.group()):
            return goal.tag in ("li", "p", "div", "sup", "span", "dt", "dd", "td", "tr", "aside")
        if self._leads_back(leaf, link):
            return True
        holders = [goal, *leaf.above()]
        if any(
            each.tag == "li" and each.parent is not None and each.parent.tag == "ol" for each in holders[:3]
        ):
            return True
        return _called_a_note(goal, leaf)

    def _leads_back(self, leaf: Element, link: Element) -> bool:
        """Whether a block, or what it is the first part of, has a link to where the call stands."""
        holder = (
            leaf.parent
            if leaf.parent is not None and leaf.parent.tag in ("li", "dd", "td", "aside")
            else leaf
        )
        place = self._leaf_of(link)
        for each in holder.every():
            target = each.get("href").partition("#")[2] if each.tag == "a" else ""
            goal = self._named.get(unquote(target)) if target else None
            # An anchor for the way back often stands at the end of the paragraph before.
            if (
                goal is not None
                and place is not None
                and (at := self._leaf_of(goal)) is not None
                and 0 <= place - at <= 2
            ):
                return True
        return False

    def _raised(self, link: Element) -> bool:
        """Whether a mark looks like a call: raised or in brackets, with words before it, and leading on or nowhere."""
        target = self._named.get(_target(link))
        start = self._start(target) if target is not None else None
        at = self._leaf_of(link)
        if start is not None and at is not None and start <= at:
            return False
        up = any(each.tag == "sup" for each in (*list(link.above())[:2], *link.every()))
        return (up or said(link)[:1] in _OPENING) and at is not None and self._words_beside(self._leaves[at])

    # --- What a note holds -----------------------------------------------------------------------------

    def _holders(self, start: int, starts: list[int], calling: set[int]) -> tuple[Element, ...]:
        """The elements that hold a note: the largest that begins with it and holds no other, and what follows up
        to the next note, if nothing in between is of the text."""
        own = self._largest(start, starts)
        out = [own]
        following = next((each for each in starts if each > start), None)
        over = own.parent
        if over is None:
            return (own,)
        siblings = list(over.elements())
        at = next(number for number, each in enumerate(siblings) if each is own)
        bare = len(said(own)) <= 8
        between: list[Element] = []
        ended = False
        for each in siblings[at + 1 :]:
            inside = range(*self._spans[id(each)]) if id(each) in self._spans else range(0)
            if following is not None and following in inside:
                ended = True
                break
            if each.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "hr") or any(
                number in calling for number in inside
            ):
                break
            if any(leaf.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "hr") for leaf in leaves(each)):
                break
            between.append(each)
        if ended:
            out += between
        elif bare and between:
            out.append(next((each for each in between if said(each)), between[0]))
        return tuple(out)

    def _largest(self, start: int, starts: list[int]) -> Element:
        element = self._leaves[start]
        for over in element.above():
            first, end = self._spans[id(over)]
            others = bisect_left(starts, end) - bisect_left(starts, first)
            if over is self._body or others > 1 or end - first > _LONGEST:
                break
            if over.tag in ("ol", "ul", "table", "tbody", "section", "article", "main", "dl"):
                break
            if any(said(leaf) for leaf in self._leaves[first:start]):
                break
            element = over
        return element

    # --- Marks out -------------------------------------------------------------------------------------

    def _put_call(self, link: Element, note: str) -> None:
        """Put the call in the place of its link, with the raising and the brackets round it."""
        node = link
        over = link.parent
        while over is not None and over.tag in (
            "sup",
            "span",
            "b",
            "i",
            "em",
            "strong",
            "small",
            "font",
            "u",
        ):
            rest = "".join(said(each) for each in over.children if each is not node)
            if rest.strip(" \u00a0[](){}<>"):
                break
            node, over = over, over.parent
        if over is None:
            return
        words = said(node)
        at = next(number for number, each in enumerate(over.children) if each is node)
        before = over.children[at - 1] if at else None
        after = over.children[at + 1] if at + 1 < len(over.children) else None
        if isinstance(before, Chars) and isinstance(after, Chars) and words[:1] not in _OPENING:
            left, right = before.text.rstrip(), after.text.lstrip()
            if left[-1:] and left[-1:] in _OPENING and right[:1] == _CLOSING[_OPENING.index(left[-1:])]:
                words = f"{left[-1]}{words}{right[0]}"
                before.text, after.text = left[:-1], right[1:]
        call = Element(CALL, {"note": note}, link.line)
        call.last = link.last
        over.replace(node, call)
        self._tell(Place(link.line, link.last), words, "", "each edition numbers the calls of notes itself")

    def _unmark(self, held: tuple[Element, ...], mark: str, start: int) -> None:
        """Take the number and the way back out of a note."""
        gone: list[str] = []
        for element in held:
            for link in [each for each in element.every() if each.tag == "a"]:
                if self._is_back(link, start) and link.parent is not None:
                    gone.append(said(link))
                    for each in link.every():
                        # Other links may still lead to it; a note has no places of its own.
                        each.attributes.pop("id", None)
                    link.parent.replace(link)
            for each in [each for each in element.every() if web_hints.names(each) & _BACK_CLASS]:
                if each.parent is not None and each is not element and len(said(each)) <= 24:
                    gone.append(said(each))
                    each.parent.replace(each)
        first = next((leaf for element in held for leaf in leaves(element) if said(leaf)), None)
        if first is not None:
            gone += _cut_mark(first, mark, bare=bool(gone))
        words = " ".join(filter(None, gone))
        if words.endswith(" []"):
            words = f"[{words.removesuffix(' []')}]"
        if words:
            self._tell(
                Place(held[0].line, held[-1].last),
                words,
                "",
                "each edition numbers its notes and leads back from them itself",
            )

    def _is_back(self, link: Element, start: int) -> bool:
        target = _target(link)
        if not target:
            return False
        words = said(link)
        if not (_mark(words) or _BACK.fullmatch(words) or not words or web_hints.names(link) & _BACK_CLASS):
            return False
        goal = self._named.get(target)
        at = self._leaf_of(goal) if goal is not None else None
        # A way back to a place that is gone is one all the same, where the note's number is the link.
        return at is None or at < start

    def unhead(self) -> None:
        """Take out headings over notes that are no longer there; what stands beside them has gone before."""
        for at, leaf in enumerate(self._leaves):
            if leaf.parent is None or said(leaf).strip(" :.[]*").casefold() not in LABELS:
                continue
            if not any(start > at for start in self._starts):
                continue
            if _nothing_follows(leaf):
                self._tell(
                    Place(leaf.line, leaf.last),
                    said(leaf),
                    "",
                    "a heading over notes, which each edition puts in their place",
                )
                leaf.parent.replace(leaf)
                leaf.parent = None

    def _tell(self, place: Place, before: str, after: str, why: str) -> None:
        self.changes.append(Change("note-links", place, before, after, why))


def _target(link: Element) -> str:
    return unquote(link.get("href").partition("#")[2])


def _called_a_note(goal: Element, leaf: Element) -> bool:
    near = [goal, leaf, *([leaf.parent] if leaf.parent is not None else [])]
    if leaf.parent is not None and leaf.parent.parent is not None:
        near.append(leaf.parent.parent)
    return any(
        web_hints.names(each) & web_hints.NOTES
        or "note" in each.get("role")
        or "note" in each.get("epub:type")
        for each in near
    )


def _nothing_follows(leaf: Element) -> bool:
    """Whether no words come between a block and the next heading or rule, or the end."""
    over = leaf
    while over.parent is not None:
        siblings = over.parent.children
        at = next(number for number, each in enumerate(siblings) if each is over)
        for each in siblings[at + 1 :]:
            if isinstance(each, Element) and (each.tag in ("hr", "h1", "h2", "h3", "h4", "h5", "h6")):
                return True
            if said(each):
                return False
        over = over.parent
    return True


def _flat(element: Element) -> list[Element | Chars]:
    out: list[Element | Chars] = []
    for child in element.children:
        out.append(child)
        if isinstance(child, Element):
            out += _flat(child)
    return out


def _cut_mark(leaf: Element, mark: str, *, bare: bool) -> list[str]:
    """Cut the mark off the start of a note, and what parts it from the words; what was cut."""
    text = "".join(chars.text for chars in leaf.chars())
    own = rf"(?:(?:n|fn|note)\.?\s?)?{re.escape(mark)}" if mark else r"(?!)"
    found = re.match(
        rf"[\s\u00a0]*[\[(]*\s*{own}(?!\w)\s*[\])]*[\s\u00a0]*[.:)\]–—-]*[\s\u00a0]*", text, re.IGNORECASE
    )
    if not found and bare:
        # The number went with its link; its brackets and stop are left.
        found = re.match(
            r"[\s\u00a0]*(?:[↩↑^⤴⏎←\ufe0e\ufe0f]+|[\[(][\s\u00a0]*[\])][.:]?|[\])][.:]?|[.:)\]]|[–—-](?=\s))*[\s\u00a0]*",
            text,
        )
    if not found or not found.group():
        return []
    cut(leaf, len(found.group()))
    return [found.group().strip()] if found.group().strip() else []


def cut(element: Element, count: int) -> None:
    """Take the first `count` characters out of an element."""
    for chars in element.chars():
        taken = min(count, len(chars.text))
        chars.line += chars.text[:taken].count("\n")
        chars.text = chars.text[taken:]
        count -= taken
        if not count:
            return


def orphans(notes: Mapping[str, Noted], body: Element) -> frozenset[str]:
    """The ids of notes that no call in a body, or in a note called there, calls."""
    called: set[str] = set()
    waiting = [body]
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
