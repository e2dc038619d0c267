"""The body of a page in normal form → the element that holds the article, and what was cut away round and in it.

First goes what is furniture by its element (nav, form), by the names that sites give it or by its label,
unless most of the page's prose is in it. Then the way leads down from the body, as long as one part has
nearly all of the prose and the others read like boxes. What is left at the head and foot of the
article goes if it is nothing but links.

trafilatura, readability-lxml and jusText find as much of the prose of an article (measured on the corpus), but
rebuild the page: anchors of notes, lines and the reasons are lost, and what they left out cannot be told.
"""

from __future__ import annotations

import re

import msgspec

from pipeline.model import Change, Place
from pipeline.readers import web_hints
from pipeline.readers.web_paragraphs import is_leaf, leaves
from pipeline.readers.web_tree import Element, changed, said

RULE = "page-furniture"

_NEVER = frozenset("nav form button dialog search menu".split())
_ROLES = frozenset(
    "navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar form".split()
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PROSE = 10
"""Words. A block with so many, most of them not linked, is prose; so is a heading or line of verse beside it."""
_MOST = 0.4
"""Of the prose of a page. No name makes furniture of so much."""
_PRESSED = web_hints.UNSEEN | frozenset(
    "editsection headerlink anchorlink permalink noprint copylink heading-anchor share-link".split()
)
"""Names of what stands inside a heading or paragraph and is none of its words."""
_WORD = re.compile(r"\w+")


class Weight(msgspec.Struct, frozen=True, gc=False):
    """Words: all, those inside links, and those of blocks that are prose."""

    words: int = 0
    linked: int = 0
    prose: int = 0


class Article:
    """The search for the article in one body. Mutable: it cuts the body down, and gathers what it cut."""

    def __init__(self, body: Element) -> None:
        self._body = body
        self._weights: dict[int, Weight] = {}
        self.changes: list[Change] = []
        self._weigh(body)

    def found(self) -> Element:
        """The element that holds the article; all else is cut away."""
        self._strip(self._body, self._of(self._body).prose)
        self._weigh(self._body)
        root = self._root()
        self._isolate(root)
        self._ends(root)
        self._labelled(root)
        self._pulled(root)
        return root

    # --- Weights ---------------------------------------------------------------------------------------

    def _of(self, element: Element) -> Weight:
        return self._weights.get(id(element), Weight())

    def _weigh(self, element: Element) -> Weight:
        if is_leaf(element):
            words = len(_WORD.findall(said(element)))
            linked = sum(
                len(_WORD.findall(said(each)))
                for each in element.every()
                if each.tag == "a" and each.get("href")
            )
            prose = words if words >= _PROSE and linked < words / 2 and element.tag not in _HEADINGS else 0
            weight = Weight(words, min(linked, words), prose)
        else:
            each = [self._weigh(child) for child in element.elements()]
            weight = Weight(
                sum(w.words for w in each), sum(w.linked for w in each), sum(w.prose for w in each)
            )
        self._weights[id(element)] = weight
        return weight

    # --- Furniture by name -----------------------------------------------------------------------------

    def _strip(self, element: Element, whole: int) -> None:
        for child in list(element.elements()):
            if why := self._furniture(child, whole):
                self._drop(child, why=why)
            elif not is_leaf(child):
                self._strip(child, whole)
            else:
                self._strip_inline(child)

    def _strip_inline(self, leaf: Element) -> None:
        """Cut away what is to be pressed inside a block of text. It may stand right at a word: "Doors[edit]"."""
        before = said(leaf)
        gone = [each for each in leaf.every() if each is not leaf and _pressed(each, leaf)]
        for each in gone:
            if each.parent is not None:
                each.parent.replace(each)
        if gone and (after := said(leaf)) != before:
            why = "something to press, or seen by no reader of the page"
            self.changes.append(
                Change(RULE, Place(leaf.line, max(leaf.line, leaf.last)), *changed(before, after), why)
            )

    def _furniture(self, element: Element, whole: int) -> str:
        """Why an element is furniture, "" if it is not."""
        weight = self._of(element)
        share = weight.prose / whole if whole else 0
        names = web_hints.names(element)
        if share > _MOST:
            # Comments may be longer than the article.
            if not (
                names & web_hints.COMMENTS and whole - weight.prose >= 100 and not names & web_hints.ARTICLE
            ):
                return ""
            return "what readers wrote below the article"
        if element.tag in _NEVER or element.get("role").casefold() in _ROLES:
            return "the page's own, not the article's"
        if names & web_hints.UNSEEN:
            return "seen by no reader of the page"
        if names & web_hints.COMMENTS and element.tag not in _HEADINGS:
            return "" if element.tag in ("p", "li", "a") else "what readers wrote below the article"
        if names & web_hints.FURNITURE and not names & web_hints.NOTES:
            return "furniture of the page by its name"
        if element.tag == "aside" and not names & (web_hints.NOTES | web_hints.QUOTED | web_hints.PULLED):
            return "beside the article"
        if element.tag == "footer" and (
            element.parent is None or element.parent.tag not in ("blockquote", "figure")
        ):
            return "the page's own foot"
        if (
            names & web_hints.ENDS
            and share < 0.1
            and element.tag not in _HEADINGS
            and not names & web_hints.NOTES
        ):
            return "the page's own head or foot" if weight.prose < 30 or element.tag == "footer" else ""
        return ""

    # --- The root --------------------------------------------------------------------------------------

    def _root(self) -> Element:
        whole = self._of(self._body).prose
        root = self._body
        marked = [
            each
            for each in self._body.every()
            if self._of(each).prose >= 0.75 * whole > 0
            and (
                each.tag in ("article", "main")
                or each.get("role") in ("main", "article")
                or "articlebody" in each.get("itemprop").casefold()
                or web_hints.names(each) & web_hints.ARTICLE
            )
            and not is_leaf(each)
        ]
        if marked:
            root = marked[-1]
        while True:
            parts = list(root.elements())
            heaviest = max(parts, key=lambda each: self._of(each).prose, default=None)
            if heaviest is None or is_leaf(heaviest) or heaviest.tag in ("blockquote", "ul", "ol", "dl"):
                return root
            if heaviest.tag == "table" and not self._columns(heaviest):
                return root
            if self._of(heaviest).prose < 0.5 * self._of(root).prose or not self._of(heaviest).prose:
                return root
            if any(self._reads(each, self._of(heaviest).prose) for each in parts if each is not heaviest):
                return root
            root = heaviest

    def _columns(self, table: Element) -> bool:
        """Whether a table lays out the page: nearly all of its prose is in one cell."""
        cells = [each for each in table.every() if each.tag in ("td", "th")]
        most = max((self._of(each).prose for each in cells), default=0)
        return most >= 0.8 * self._of(table).prose and most >= 5 * _PROSE

    def _reads(self, element: Element, most: int = 0) -> bool:
        """Whether an element reads like a part of the text, not like a box beside it, whose heaviest has `most` prose."""
        weight = self._of(element)
        if not weight.words:
            return element.tag == "figure"
        names = web_hints.names(element)
        if is_leaf(element) or element.tag in ("blockquote", "figure"):
            return (
                weight.linked < weight.words / 2
                and (bool(weight.prose) or element.tag == "p" or element.tag == "blockquote")
                and not names & web_hints.MAKERS
                and not names & web_hints.DATES
            )
        if names & web_hints.LEAD:
            return weight.linked < weight.words / 2
        if element.tag in ("td", "th") and weight.prose < 0.25 * most:
            # A narrow column beside the text.
            return False
        return weight.prose >= 0.6 * weight.words and weight.linked < 0.3 * weight.words

    def _isolate(self, root: Element) -> None:
        """Cut away what is not in the root, but for parts that lead into the text or out of it."""
        path = [root, *root.above()]
        inner = root
        for over in path[1:]:
            before = True
            lead: list[Element] = []
            tail: list[Element] = []
            for child in list(over.elements()):
                if child is inner:
                    before = False
                    continue
                leads = web_hints.names(child) & web_hints.LEAD and self._reads(child)
                if leads or (before and child.tag == "figure" and over.tag != "body"):
                    (lead if before else tail).append(child)
                    over.replace(child)
                    continue
                self._drop(child, why="outside the article")
            first = list(root.children)
            root.children = []
            root.put(*lead, *first, *tail)
            inner = over

    # --- Its ends --------------------------------------------------------------------------------------

    def _ends(self, root: Element) -> None:
        """Cut away blocks of links, and labels, before and after the text."""
        self._weigh(root)
        for backwards in (False, True):
            self._end(root, backwards=backwards)

    def _end(self, over: Element, *, backwards: bool) -> bool:
        """Clear one end of an element; says whether the text has been met."""
        children = list(over.elements())
        for child in reversed(children) if backwards else children:
            weight = self._of(child)
            if child.tag == "hr" or (not weight.words and not _pictured(child)):
                continue
            if is_leaf(child) or child.tag in ("ul", "ol", "table", "dl", "blockquote", "figure"):
                if not self._loose(child, backwards=backwards):
                    return True
                self._drop(child, why="links and labels before or after the text")
            elif (
                not weight.prose
                and weight.words
                and weight.linked >= 0.7 * weight.words
                and not _headed(child)
            ):
                self._drop(child, why="links before or after the text")
            elif self._end(child, backwards=backwards):
                return True
        return False

    def _loose(self, element: Element, *, backwards: bool) -> bool:
        weight = self._of(element)
        text = said(element)
        if not weight.words:
            return False
        if web_hints.LABELS.fullmatch(text):
            return True
        if element.tag in _HEADINGS:
            # A heading at the end is over what went.
            return backwards and (
                bool(web_hints.RELATED.fullmatch(text)) or bool(web_hints.COMMENT_HEADS.fullmatch(text))
            )
        if weight.prose or weight.linked < 0.75 * weight.words:
            return False
        # Links under a heading of the article are its own, whatever stands after them.
        return not (backwards and element.tag in ("ul", "ol") and _under_heading(element))

    # --- Inside ----------------------------------------------------------------------------------------

    def _labelled(self, root: Element) -> None:
        """Cut away what leads from inside the article to other articles, and what follows a heading over comments."""
        for leaf in leaves(root):
            text = said(leaf)
            if leaf.parent is None or not text or len(text) > 400:
                continue
            if leaf.tag in _HEADINGS:
                if web_hints.COMMENT_HEADS.fullmatch(text) and self._late(root, leaf):
                    self._rest(root, leaf, "what readers wrote below the article")
                    return
                if web_hints.RELATED.fullmatch(text):
                    self._box(leaf)
                continue
            pressed = web_hints.LABELS.fullmatch(text) and self._of(leaf).linked == self._of(leaf).words
            if pressed or web_hints.ADVERTS.fullmatch(text):
                self._drop(leaf, why="something to press, or the label of an advertisement")
                continue
            found = web_hints.READ_MORE.match(text)
            if found and self._of(leaf).linked >= len(_WORD.findall(text[found.end() :])) > 0:
                goal = leaf
                while goal.parent is not None and goal.parent is not root and said(goal.parent) == text:
                    goal = goal.parent
                self._drop(goal, why="leads to another article")

    def _late(self, root: Element, leaf: Element) -> bool:
        before = 0
        for each in leaves(root):
            if each is leaf:
                break
            before += self._of(each).prose
        return before >= 100 and before >= 0.3 * self._of(root).prose

    def _rest(self, root: Element, leaf: Element, why: str) -> None:
        """Cut away a block and all that follows it."""
        inner: Element = leaf
        while inner is not root and inner.parent is not None:
            over = inner.parent
            siblings = list(over.elements())
            at = next(number for number, each in enumerate(siblings) if each is inner)
            for each in siblings[at + 1 :]:
                self._drop(each, why=why)
            inner = over
        self._drop(leaf, why=why)

    def _box(self, heading: Element) -> None:
        """Cut away a heading over links, with the links."""
        over = heading.parent
        if over is None:
            return
        siblings = list(over.elements())
        at = next(number for number, each in enumerate(siblings) if each is heading)
        linked = []
        for each in siblings[at + 1 :]:
            weight = self._of(each)
            if each.tag in _HEADINGS or weight.linked < 0.6 * weight.words:
                break
            linked.append(each)
        if any(self._of(each).words for each in linked):
            for each in (heading, *linked):
                self._drop(each, why="leads to other articles")

    def _pulled(self, root: Element) -> None:
        """Cut away quotations that are pulled out of the text and stand in it too."""
        for element in [each for each in root.every() if web_hints.names(each) & web_hints.PULLED]:
            words = _fold(said(element))
            if element.parent is not None and words and _fold(said(root)).count(words) > 1:
                self._drop(element, why="pulled out of the text, where the same words stand")

    def _drop(self, element: Element, *, why: str) -> None:
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
            # Neighbours that went for one reason are one region.
            place = Place(before.place.first, max(place.last, before.place.last))
            self.changes[-1] = Change(RULE, place, f"{before.before}\n{text}", "", why)
        else:
            self.changes.append(Change(RULE, place, text, "", why))


def _fold(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _pressed(element: Element, leaf: Element) -> bool:
    if element.tag == "button" or web_hints.classes(element) & _PRESSED:
        return True
    return element.tag == "a" and leaf.tag in _HEADINGS and said(element) in ("¶", "#", "§", "🔗")


def _pictured(element: Element) -> bool:
    return any(each.tag == "img" for each in element.every())


def _headed(element: Element) -> bool:
    return any(each.tag in _HEADINGS for each in element.every())


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
    return (before.tag in _HEADINGS or text.endswith(":")) and not web_hints.RELATED.fullmatch(text)
