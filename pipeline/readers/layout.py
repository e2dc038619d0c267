"""The looks of all paragraphs → what each is for: heading and level, line of contents, line of the title page.

Styles and outline levels are believed first. Where a writer has none, size and weight tell: lines larger than the
text, or bold ones that stand alone, are headings, and the larger the higher.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

import msgspec

from pipeline.normalise.contents import LABELS
from pipeline.readers.looks import Look

_LARGER = 1.4
"""Points by which a line must be larger than the text to be a heading by its size."""
_MOST_WORDS = 20
_MASTHEAD = 30
_MASTHEAD_WORDS = 200
_BODY_WORDS = 25
"""A paragraph of so many words is text, whatever it looks like."""
_ALIKE = 0.85
_INDENTED = 14.0
"""Points by which a paragraph must stand in to be a quotation."""
_SMALLER = 0.9
_TITLES = {"title", "titel", "titre", "título", "titolo", "doctitle", "document title", "book title"}
_SUBTITLES = {"subtitle", "untertitel", "sous-titre", "subtítulo", "sottotitolo", "ondertitel"}
_QUOTES = (
    "quot",
    "block text",
    "citation",
    "citazione",
    "citação",
    "cita",
    "zitat",
    "citaat",
    "цитата",
    "cytat",
)


class Plan(msgspec.Struct, frozen=True):
    """By the numbers of paragraphs: levels of headings, what is contents, what is a quotation, what is of the title
    page (`title` is part of `masthead`)."""

    headings: Mapping[int, int]
    contents: frozenset[int]
    quotes: frozenset[int]
    masthead: tuple[Look, ...]
    title: tuple[Look, ...]


def words(text: str) -> str:
    """Words to compare by: no case, no marks."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def plan(looks: Sequence[Look], title: str) -> Plan:
    """`title` is what the document's properties say, which is how it is found, not how it is spelt."""
    body = [look for look in looks if look.where == "body"]
    size = _body_size(body)
    gone = _contents(body)
    rest = [look for look in body if look.number not in gone]
    masthead = _masthead(rest, size)
    called = _title(masthead, title, size)
    cover = masthead if called and len(masthead) < len(rest) else ()
    repeated = words(" ".join(look.text for look in called))
    taken = {look.number for look in called}
    if cover and _is_page(cover, rest):
        taken |= {look.number for look in cover}
    headings = _headings([look for look in rest if look.number not in taken], size)
    return (
        Plan(headings, frozenset(gone), frozenset(_quotes(rest, headings, taken)), cover, called)
        if (repeated or not called)
        else Plan(headings, frozenset(gone), frozenset(), (), ())
    )


def _body_size(looks: Sequence[Look]) -> float:
    sizes: Counter[float] = Counter()
    for look in looks:
        if not look.level and not look.leader:
            sizes[look.size] += len(look.text)
    return sizes.most_common(1)[0][0] if sizes else 12.0


def _contents(body: Sequence[Look]) -> set[int]:
    """Typed lists of contents: lines with leaders under a label, or in a style of their own; the label goes too."""
    gone: set[int] = set()
    for at, look in enumerate(body):
        labelled = words(look.text) in LABELS
        own = look.style.startswith(("toc ", "contents ", "table of contents", "toc heading"))
        if own and not labelled:
            gone.add(look.number)
            continue
        if not labelled:
            continue
        entries = []
        for entry in body[at + 1 :]:
            if not (entry.leader or entry.style.startswith(("toc ", "contents "))):
                break
            entries.append(entry.number)
        if len(entries) > 1:
            gone |= {look.number, *entries}
    return gone


def _masthead(body: Sequence[Look], size: float) -> tuple[Look, ...]:
    """The lines before the text: those of the first page, if it holds little; else those that look like no text."""
    end = next((at for at, look in enumerate(body) if at and look.fresh), 0)
    page = body[:end]
    if (
        page
        and len(page) <= _MASTHEAD
        and sum(len(look.text.split()) for look in page) <= _MASTHEAD_WORDS
        and all(len(look.text.split()) <= _BODY_WORDS for look in page)
    ):
        return tuple(page)
    out: list[Look] = []
    for look in body[:_MASTHEAD]:
        plain = not (look.centred or look.bold or look.size > size + _LARGER or _of_title(look) or look.level)
        if len(look.text.split()) > _BODY_WORDS or plain or look.listed:
            break
        out.append(look)
    return tuple(out)


def _is_page(cover: Sequence[Look], body: Sequence[Look]) -> bool:
    """Whether these lines have a page to themselves."""
    return len(cover) < len(body) and body[len(cover)].fresh


def _of_title(look: Look) -> bool:
    return look.style in _TITLES | _SUBTITLES or look.style in ("author", "byline", "date")


def is_subtitle(look: Look) -> bool:
    return look.style in _SUBTITLES


def _title(masthead: Sequence[Look], said: str, size: float) -> tuple[Look, ...]:
    """The lines of the title: by style; else the one that the properties name; else the largest on the page."""
    if styled := tuple(look for look in masthead if look.style in _TITLES):
        return styled
    if said:
        for count in (1, 2, 3):
            for at in range(len(masthead) - count + 1):
                lines = tuple(masthead[at : at + count])
                text = words(" ".join(look.text for look in lines))
                if SequenceMatcher(None, text, words(said), autojunk=False).ratio() >= _ALIKE:
                    return lines
    # A heading by style may be that of the first section; whether it is the title is for a pass to say.
    masthead = [look for look in masthead if not look.level]
    largest = max((look.size for look in masthead), default=0.0)
    if largest <= size + _LARGER:
        return ()
    first = next(at for at, look in enumerate(masthead) if look.size == largest)
    under = [masthead[first]]
    for look in masthead[first + 1 :]:
        if look.size != largest or look.centred != under[0].centred:
            break
        under.append(look)
    return tuple(under) if sum(len(look.text.split()) for look in under) <= _BODY_WORDS else ()


def _headings(body: Sequence[Look], size: float) -> dict[int, int]:
    """Levels by style; where there are none, by size and weight."""
    explicit = {look.number: look.level for look in body if look.level}
    likely = [
        look
        for at, look in enumerate(body)
        if not look.level and _like_a_heading(look, body[at + 1 : at + 2], size)
    ]
    if explicit:
        # Beside headings by style, only a line that is larger than the text is one for its look.
        ranks = {look.size: look.level for look in body if look.level}
        for look in likely:
            if look.size in ranks and look.size > size + _LARGER:
                explicit[look.number] = ranks[look.size]
        return explicit
    kinds = sorted({(look.size, look.bold) for look in likely}, reverse=True)
    return {look.number: kinds.index((look.size, look.bold)) + 1 for look in likely}


def _like_a_heading(look: Look, after: Sequence[Look], size: float) -> bool:
    text = look.text.strip()
    if look.listed or look.leader or not re.search(r"\w", text) or len(text.split()) > _MOST_WORDS:
        return False
    if not after or (text[-1] in ".,;" and not re.search(r"\b\w\.$", text)):
        return False
    if look.size > size + _LARGER:
        return True
    return look.bold and look.size >= size and text[-1] not in ":!?" and not after[0].listed


def _quotes(body: Sequence[Look], headings: Mapping[int, int], taken: set[int]) -> set[int]:
    """Passages that stand in from where most of the text stands, more so if they are smaller, or have a style for it.

    A list in the same small letters between two of their paragraphs belongs to them.
    """
    indents: Counter[int] = Counter()
    for look in body:
        if not look.listed and look.number not in headings:
            indents[round(look.indent)] += len(look.text)
    usual = indents.most_common(1)[0][0] if indents else 0
    size = _body_size(body)
    out: set[int] = set()
    run: list[Look] = []

    def end() -> None:
        while run and run[-1].listed:
            run.pop()
        if any(_quoting(look) or len(look.text.split()) > _MOST_WORDS for look in run if not look.listed):
            out.update(look.number for look in run)
        run.clear()

    for look in body:
        inward = look.indent - usual
        smaller = look.size < size - _SMALLER
        own = _quoting(look) or inward > _INDENTED or (smaller and inward > _INDENTED / 3)
        if look.number in headings or look.number in taken or look.centred:
            end()
        elif look.listed:
            if not (run and smaller and look.size == run[0].size):
                end()
            else:
                run.append(look)
        elif own:
            run.append(look)
        else:
            end()
    end()
    return out


def _quoting(look: Look) -> bool:
    return look.style.startswith(_QUOTES) or any(each in look.style for each in ("quote", "citation"))
