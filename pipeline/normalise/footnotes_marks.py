"""(run) → the marks of notes in it: where it may call one, and whether it begins as the text of one does.

Nothing is decided here: "(1)" is a call only if a note answers it, which `footnotes_matching` sees to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal, assert_never

import msgspec

from pipeline.editing import OPAQUE, flat
from pipeline.model import (
    Code,
    Emphasis,
    Image,
    Inline,
    LineBreak,
    Link,
    NoteRef,
    SmallCaps,
    Span,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from pipeline.walk import Run, plain

Form = Literal["bracket", "raised", "caret", "brace", "told", "sign", "paren", "half", "dot", "bare"]
"""How a mark is written: [1], ¹, ^1, {1}, [Footnote 1: …], *, (1), 1), "1. ", 1."""
Kind = Literal["number", "letter", "sign"]

STRONG: frozenset[Form] = frozenset({"bracket", "raised", "caret", "brace"})
"""Forms that are hardly ever used for anything else."""


class Mark(msgspec.Struct, frozen=True):
    """`label` is a number in plain digits, a letter, or signs."""

    form: Form
    label: str

    @property
    def kind(self) -> Kind:
        if self.label.isdecimal():
            return "number"
        return "letter" if self.label.isalnum() else "sign"


class Call(msgspec.Struct, frozen=True):
    """Where a run may call a note: `flat(run)[start:end]`.

    glued   it stands close to what is before it
    listed  it looks like one of "(1) … , (2) … and (3) …", or like the number of a clause: "section (2)"
    """

    mark: Mark
    start: int
    end: int
    glued: bool
    listed: bool = False


class Opening(msgspec.Struct, frozen=True):
    """How a note begins: its mark, and how many characters of its flat run are the mark."""

    mark: Mark
    length: int


_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SIGN = r"(?:\*{1,4}|†{1,3}|‡{1,3}|§{1,2}|‖{1,2}|¶{1,2})"
_PREFIX = r"(?:(?:fn|footnote|note|nota|n)\.?\s?)?"
_LABEL = rf"(?:\d{{1,3}}|[A-Za-z]|{_SIGN})"
_CALLS: tuple[tuple[Form, re.Pattern[str]], ...] = (
    (
        "bracket",
        re.compile(rf"\[{_PREFIX}(?P<labels>{_LABEL}(?:\s?,\s?{_LABEL})*)\](?![\w(])", re.IGNORECASE),
    ),
    ("bracket", re.compile(r"\[\^(?P<labels>[^\W_]{1,12})\](?!\w)")),
    ("caret", re.compile(r"(?<![\d^])\^(?:(?P<labels>\d{1,3})|\[(?P<boxed>\d{1,3})\])(?![\w^])")),
    ("brace", re.compile(r"\{(?P<labels>\d{1,3})\}(?!\w)")),
    ("paren", re.compile(rf"(?<![\d)§])\((?P<labels>\d{{1,3}}|{_SIGN})\)(?!\w)")),
    ("raised", re.compile(r"(?P<labels>[⁰¹²³⁴-⁹]+(?:,[⁰¹²³⁴-⁹]+)*)(?![\w])")),
    ("half", re.compile(r"(?<=[^\W\d_.,;:!?»“”\"'’])(?<!\()\s?(?P<labels>\d{1,2})\)(?!\w)")),
    ("half", re.compile(r"(?<=[.,;:!?»“”\"'’])\s?(?P<labels>\d{1,2})\)(?!\w)")),
    ("sign", re.compile(rf"(?<=[^\s*(\[])(?P<labels>{_SIGN})(?![\w*)\]])")),
    ("sign", re.compile(rf"(?<=\S\s)(?<!\*\s)(?P<labels>{_SIGN})(?=\s|[.,;:!?»”\"]|$)(?!\s\*)")),
    (
        "bare",
        re.compile(
            r"(?:(?<=[^\W\d_]{2})|(?<=[^\W\d_][.,;:!?”\"»’)])|(?<=[^\W\d_][.!?][”\"»’)]))(?P<labels>\d{1,3})"
            r"(?!\w|[.,:/–-]\d|[)\]}])"
        ),
    ),
)
_FAR = 2000
"""Characters. A bracket or an emphasis that has not closed for so long never will."""
_HEAD = 24
"""Characters in which a note's own mark stands."""
_ANY = re.compile(r"[\d⁰¹²³⁴-⁹*†‡§‖¶\[]")
_UNITS = re.compile(r"(?:(?<![^\W\d_])(?:[kcmdµ]?m|[^\W\d_])|\d|[^\W\d_]{2}(?<=sq|qm))$")
"""What a raised figure is a power of: m², x², 10²."""
_OPENS_STARRED = re.compile(r"(?<![\w*])\*{1,3}(?=\w)")
_RISEN = re.compile(
    rf"\s*[\[(]?\^?(?P<labels>(?:\d{{1,3}}|{_SIGN})(?:\s?[,;]\s?(?:\d{{1,3}}|{_SIGN}))*)[\])]?\s*"
)
_AND = re.compile(r"(?:[,;:—–]|(?<![^\W\d_])(?:and|or|et|ou|und|oder|y|o|e|en|of|и|или|i|oraz|και|و|או))\s*$")

_CITES = re.compile(
    r"(?:§|\b(?:sections?|sect?|articles?|arts?|paragraphs?|para|clauses?|chapters?|chap|points?|rules?|verses?|figures?"
    r"|fig|tables?|equations?|eq|numbers?|no|n°|nr|subsections?|abs(?:atz)?|artikel|artículo|articolo|artigo|punkt|"
    r"статья|пункт)\.?)\s$",
    re.IGNORECASE,
)

_WORDS = (
    "footnote|note|foot-note|nota|fußnote|fussnote|anmerkung|voetnoot|noot|przypis|сноска|примечание|"
    "υποσημείωση|הערה|هامش|پانویس"
)
_OPENINGS: tuple[tuple[Form, re.Pattern[str]], ...] = (
    ("told", re.compile(rf"\s*\[(?:{_WORDS})\s*(?P<label>{_LABEL})?\s*[:.—–]\s*(?=\S)", re.IGNORECASE)),
    ("bracket", re.compile(rf"\s*\[{_PREFIX}(?P<label>{_LABEL})\]\s*[:.]?\s*(?=\S)", re.IGNORECASE)),
    ("bracket", re.compile(r"\s*\[\^(?P<label>[^\W_]{1,12})\]:?\s*(?=\S)")),
    ("caret", re.compile(r"\s*\^(?P<label>\d{1,3})\s*(?=\S)")),
    ("brace", re.compile(r"\s*\{(?P<label>\d{1,3})\}\s*(?=\S)")),
    ("paren", re.compile(rf"\s*\((?P<label>\d{{1,3}}|{_SIGN})\)\s*(?=\S)")),
    ("raised", re.compile(r"\s*(?P<label>[⁰¹²³⁴-⁹]+)\s*(?=\S)")),
    ("half", re.compile(r"\s*(?P<label>\d{1,3})\)\s+(?=\S)")),
    ("dot", re.compile(r"\s*(?P<label>\d{1,3})(?:\.\s?[-–—]?|\s?[-–—:])\s+(?=\S)")),
    ("sign", re.compile(rf"\s*(?P<label>{_SIGN})\s*(?=[^\s*])")),
    ("bare", re.compile(r"\s*(?P<label>\d{1,3})\s+(?=[^\W\d_]|[\"“«„‘'(\[])")),
)
_CLOSES_STARRED = re.compile(r"(?<=[\w.,;:!?”\"»’)])\*+(?!\w)")


def normal(label: str) -> str:
    """A label with its figures as 0–9, whatever script they are in."""
    label = label.strip().translate(_RAISED)
    return str(int(label)) if label.isdecimal() else label


def raised(nodes: Iterable[Inline], offset: int = 0) -> Iterator[tuple[int, int]]:
    """Where a run stands above the line, in places of its flat string."""
    for node in nodes:
        length = len(flat((node,)))
        match node:
            case Superscript():
                yield offset, offset + length
            case Emphasis() | Strong() | SmallCaps() | Subscript() | Link() | Span():
                yield from raised(node.content, offset)
            case Text() | Code() | LineBreak() | Image() | NoteRef():
                pass
            case _:
                assert_never(node)
        offset += length


def may_call(words: str) -> bool:
    """Says whether there is anything in a text that a mark could be made of. Most have nothing."""
    return _ANY.search(words) is not None


def may_open(words: str) -> bool:
    return _ANY.search(words[:_HEAD]) is not None


def calls(run: Run) -> tuple[Call, ...]:
    """Every place where a run may call a note, in order; a list of numbers gives one call each, all in one place."""
    if not may_call(plain(run)):
        return ()
    text = flat(run)
    found = list(_risen(run, text))
    text = _masked(text, found)
    for form, pattern in _CALLS:
        fresh = [
            call
            for match in pattern.finditer(text)
            for call in _read(form, match.group("labels") or match.group("boxed"), match, text)
        ]
        text = _masked(text, fresh)
        found += fresh
    return _told_apart(sorted(found, key=lambda call: call.start), flat(run))


def _masked(text: str, found: Iterable[Call]) -> str:
    out: list[str] = []
    at = 0
    for call in found:
        if call.start >= at:
            out += [text[at : call.start], OPAQUE * (call.end - call.start)]
            at = call.end
    return "".join([*out, text[at:]])


def _risen(run: Run, text: str) -> Iterator[Call]:
    for start, end in raised(run):
        match = _RISEN.fullmatch(text, start, end)
        if match is None or _UNITS.search(text[max(0, start - 4) : start]) or text[end : end + 1].isalnum():
            continue
        for label in re.split(r"\s?[,;]\s?", match["labels"]):
            yield Call(Mark("raised", normal(label)), start, end, glued=_close(text, start))


def _read(form: Form, labels: str, match: re.Match[str], text: str) -> Iterator[Call]:
    start, end = match.span()
    before = text[max(0, start - _FAR) : start]
    if form in ("raised", "caret") and _UNITS.search(before[-4:]):
        return
    if form == "sign" and set(labels) == {"*"} and _starred(before):
        return
    if form == "half" and before.rfind("(") > before.rfind(")"):
        return
    while text[start:end][:1].isspace():
        start += 1
    glued = _close(text, start)
    for label in map(normal, labels.split(",")):
        # "[t]he" and "he said [I] went" are an editor's; a letter that calls stands close to a word.
        if form == "bracket" and label.isalpha() and not glued:
            continue
        cited = form in ("paren", "half") and _CITES.search(text[max(0, start - 14) : start]) is not None
        yield Call(Mark(form, label), start, end, glued, cited)


def _close(text: str, start: int) -> bool:
    return start > 0 and not text[start - 1].isspace()


def _starred(before: str) -> bool:
    """Whether an asterisk before it opened an emphasis that this one closes."""
    opened = [match.end() for match in _OPENS_STARRED.finditer(before)]
    return bool(opened) and not _CLOSES_STARRED.search(before, opened[-1])


def _told_apart(found: list[Call], text: str) -> tuple[Call, ...]:
    """ "(1) bread, (2) roses and (3) land" are an enumeration, not calls."""
    listed: set[int] = set()
    for a, b in pairwise([call for call in found if call.mark.form in ("paren", "half")]):
        loose = all(not call.glued and text[call.end : call.end + 2].strip() for call in (a, b))
        if (
            loose
            and a.mark.kind == b.mark.kind == "number"
            and int(b.mark.label) == int(a.mark.label) + 1
            and _AND.search(text[max(0, b.start - 8) : b.start])
        ):
            listed |= {a.start, b.start}
    return tuple(
        msgspec.structs.replace(call, listed=True) if call.start in listed else call for call in found
    )


def opening(run: Run) -> Opening | None:
    """How the run begins, if it begins as a note does and goes on with words."""
    if not may_open(plain(run)):
        return None
    text = flat(run)
    for start, end in raised(run):
        if not text[:start].strip() and end < len(text) and (match := _RISEN.fullmatch(text, start, end)):
            label = match["labels"]
            after = end + len(text[end:]) - len(text[end:].lstrip(" .:"))
            if "," not in label and ";" not in label and after < len(text):
                return Opening(Mark("raised", normal(label)), after)
    for form, pattern in _OPENINGS:
        match = pattern.match(text)
        if match is None:
            continue
        label = match["label"]
        rest = text[match.end() :]
        if form == "sign" and set(label) == {"*"} and _CLOSES_STARRED.search(rest):
            continue
        return Opening(Mark(form, normal(label or "*")), match.end())
    return None
