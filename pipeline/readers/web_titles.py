"""(body or article in normal form, what the page says of it) → title, subtitle and rubric, taken out of the text.

The title is the heading that the page's own title names; what stands right over it is the rubric, and under it,
if its class or its place in a header says so, the subtitle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from pipeline.model import Change, Place
from pipeline.readers import web_hints
from pipeline.readers.web_metadata import About, title_parts
from pipeline.readers.web_paragraphs import leaves
from pipeline.readers.web_tree import Element, said

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_WORD = re.compile(r"\w+")
_MOST_WORDS = 45
_PROSE = 12
_EDGE = 2
_NAME = 5
"""Words of a name."""
_LIKE = 0.4
"""The share of a heading's words that the page's title must have to mean it."""
_SMALL = frozenset(
    "the and of in der die das und les des le la el los las de du et il lo gli een het".split()
)
_LOGO = frozenset("logo brand branding sitename site-title sitetitle site-name".split())
_LOOK_AT = 10
"""Blocks of text at the start of an article in which its title may be said again."""


class Titles(msgspec.Struct, frozen=True):
    """What was found; `changes` tell where, and are empty when the title stands nowhere in the text.

    `following` are the blocks of text that come after it.
    """

    title: str = ""
    subtitle: str = ""
    rubric: str = ""
    changes: tuple[Change, ...] = ()
    following: tuple[Element, ...] = ()


def _fold(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def named(body: Element, about: About) -> Titles:
    """The title as a heading anywhere on the page that the page's title names in full."""
    heads = [
        leaf
        for leaf in leaves(body)
        if 0 < len(said(leaf).split()) <= _MOST_WORDS
        and (leaf.tag in _HEADINGS or _names(leaf) & (web_hints.TITLES | web_hints.HEADS))
        and not _is_maker(leaf, about)
        and not any(
            web_hints.names(each) & (_LOGO | web_hints.COMMENTS)
            for each in (leaf, *leaf.above())
            if each.tag not in ("body", "html")
        )
    ]
    for wanted in (_whole, _parts, _edges):
        for title in about.titles:
            found = [leaf for leaf in heads if wanted(_fold(said(leaf)), title, about)]
            if found:
                # The longest is the most of it; of several that say the same, the highest heading.
                best = min(found, key=lambda leaf: (-len(said(leaf)), leaf.tag not in _HEADINGS, leaf.tag))
                return _taken(best, authors=[each.name for each in about.creators])
    return Titles()


def _whole(head: str, title: str, about: About) -> bool:
    return head == _fold(title)


def _parts(head: str, title: str, about: About) -> bool:
    """Whether a heading is what stands between the marks in a page's title, or between two of them."""
    parts = title_parts(title)
    spans = ((start, end) for start in range(len(parts)) for end in range(start + 1, len(parts) + 1))
    return head != _fold(about.site) and any(
        head == _fold(" ".join(parts[start:end])) for start, end in spans
    )


def _edges(head: str, title: str, about: About) -> bool:
    """Whether a page's title begins or ends with a heading: "[Site] Heading", "Site: Heading"."""
    whole = _fold(title)
    long = len(head.split()) >= _EDGE and 2 * len(head) >= len(whole)
    return head != _fold(about.site) and long and (whole.startswith(f"{head} ") or whole.endswith(f" {head}"))


def opening(article: Element, about: About) -> Titles:
    """The title as the heading over an article that is most like the page's title; else that title itself."""
    group: list[Element] = []
    for leaf in leaves(article):
        text = said(leaf)
        if leaf.tag == "hr" or not text:
            continue
        if (
            not (leaf.tag in _HEADINGS or _names(leaf) & (web_hints.TITLES | web_hints.HEADS))
            or len(text.split()) > _MOST_WORDS
        ):
            break
        if not _is_maker(leaf, about):
            group.append(leaf)
    if group:
        likeness = [max((_like(said(leaf), title) for title in about.titles), default=0.0) for leaf in group]
        best = max(range(len(group)), key=lambda at: (likeness[at], group[at].tag == "h1", -at))
        if likeness[best] >= _LIKE:
            return _taken(group[best], over=group[:best])
        first = [leaf for leaf in group if leaf.tag == "h1"]
        if len(first) == 1:
            return _taken(first[0], over=group[: group.index(first[0])])
    if about.titles:
        return Titles(about.titles[0])
    return (
        _taken(group[0])
        if group and len([leaf for leaf in leaves(article) if leaf.tag == group[0].tag]) == 1
        else Titles()
    )


def _is_maker(leaf: Element, about: About) -> bool:
    return _fold(said(leaf)) in {_fold(each.name) for each in about.creators}


def _like(text: str, title: str) -> float:
    words = {word for word in _WORD.findall(text.casefold()) if len(word) > 2 or word.isdigit()} - _SMALL
    return len(words & set(_WORD.findall(title.casefold()))) / len(words) if words else 0.0


def _names(leaf: Element) -> frozenset[str]:
    out = web_hints.classes(leaf)
    if leaf.parent is not None and leaf.is_alone():
        out |= web_hints.classes(leaf.parent)
    for each in leaf.elements():
        out |= web_hints.classes(each) if said(each) == said(leaf) else frozenset()
    return out


def _taken(leaf: Element, over: Iterable[Element] = (), authors: Iterable[str] = ()) -> Titles:
    """Take a title out of the page, with what belongs to it before and after."""
    top = leaf
    while top.parent is not None:
        top = top.parent
    row = [each for each in leaves(top) if said(each)]
    at = next(number for number, each in enumerate(row) if each is leaf)
    before = list(over)
    if not before and at and _names(row[at - 1]) & web_hints.RUBRICS and len(said(row[at - 1]).split()) <= 8:
        before = [row[at - 1]]
    after: list[Element] = []
    if at + 1 < len(row) and _under(leaf, row[at + 1], row[at + 2] if at + 2 < len(row) else None):
        after = [row[at + 1]]
    rubric = " · ".join(map(said, before))
    title, subtitle = said(leaf), " ".join(map(said, after))
    for name in authors:
        # Some sites say the author in the title: "On Doors - Ada Finch".
        title = re.sub(rf"\s+[|–—-]\s+{re.escape(name)}$", "", title, flags=re.IGNORECASE)
    parts = [*before, leaf, *after]
    last = Place(leaf.last, leaf.last)
    stripped = [
        Change("byline", last, name, f"by {name}", "the site says the author in the title")
        for name in authors
        if said(leaf) != title and name.casefold() in said(leaf)[len(title) :].casefold()
    ]
    place = Place(parts[0].line, max(each.last for each in parts))
    told = " · ".join(
        f"{name}: {words}"
        for name, words in (("rubric", rubric), ("title", title), ("subtitle", subtitle))
        if words
    )
    why = "the heading that the page is named after is its title"
    words = " ".join(filter(None, [*map(said, before), title, subtitle]))
    change = Change("titling", place, words, told, why)
    for each in parts:
        each.drop()
    return Titles(
        title,
        subtitle,
        rubric,
        (change, *stripped),
        (*_maker_over(row, at, before), *row[at + 1 + len(after) : at + 12]),
    )


def _maker_over(row: list[Element], at: int, rubric: list[Element]) -> list[Element]:
    """The line right over a title, which may be its author's name."""
    before = row[at - 1] if at else None
    return [before] if before is not None and not rubric and len(said(before).split()) <= _NAME else []


def _under(title: Element, leaf: Element, following: Element | None) -> bool:
    """Whether a block right under a title is its subtitle."""
    words = said(leaf).split()
    if len(words) > _MOST_WORDS or (leaf.tag not in _HEADINGS and leaf.tag != "p"):
        return False
    near = [leaf, *([leaf.parent] if leaf.parent is not None and said(leaf.parent) == said(leaf) else [])]
    if any(web_hints.names(each) & web_hints.SUBTITLES for each in near):
        return True
    header = (
        title.parent is not None and title.parent.tag in ("header", "hgroup") and leaf.parent is title.parent
    )
    if leaf.tag not in _HEADINGS or leaf.tag <= title.tag:
        return False
    if header:
        return True
    return following is not None and bool(web_hints.names(following) & (web_hints.MAKERS | web_hints.DATES))


def repeated(article: Element, titles: Titles) -> tuple[Change, ...]:
    """Take out headings near the start that say the title again."""
    out: list[Change] = []
    again = {
        _fold(titles.title),
        _fold(f"{titles.title} {titles.subtitle}"),
        _fold(f"{titles.rubric} {titles.title}"),
    } - {""}
    for leaf in leaves(article)[:_LOOK_AT]:
        if len(said(leaf).split()) >= _PROSE and leaf.tag not in _HEADINGS:
            break
        if _fold(said(leaf)) in again and leaf.parent is not None:
            out.append(
                Change("page-furniture", Place(leaf.line, leaf.last), said(leaf), "", "the title, said again")
            )
            leaf.drop()
    return tuple(out)
