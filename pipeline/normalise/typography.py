"""Typography: spaces, dashes and quotation marks as the text's language has them.

Each rule is a function (flat text, language) → edits; `RULES` names them for the ledger. Addresses, code and
pictures are OPAQUE to all of them (see `pipeline.editing`).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.editing import Edit, apply, flat
from pipeline.model import Change, Place, Publication, Text
from pipeline.normalise.desk import Desk, entered, told
from pipeline.walk import Run, plain, publication_rewritten

_NO_BREAK, _NARROW = "\u00a0", "\u202f"

_BEFORE_MARK = re.compile(r"(?<=[^\s\ufffc(\[«“])[ \u00a0\u202f]+(?=[:;?!]+(?:[\s”\"’')\]»]|$))")
_BARE_MARK = re.compile(r"(?<=[^\s:;?!\ufffc(\[.…])(?=[:;?!]+(?:[\s”\"’')\]]|$))")
_BEFORE_STOP = re.compile(r"(?<=\w)[ \u00a0]+(?=[,.](?:\s|$))")


def spacing(text: str, language: str) -> list[Edit]:
    """No space before : ; ? ! – but a thin no-break one in French; none before a comma or full stop."""
    out = [Edit(found.start(), found.end(), "") for found in _BEFORE_STOP.finditer(text)]
    if language.split("-")[0] != "fr":
        return out + [Edit(found.start(), found.end(), "") for found in _BEFORE_MARK.finditer(text)]
    for found in _BEFORE_MARK.finditer(text):
        space = _NO_BREAK if text[found.end()] == ":" else _NARROW
        if found.group() != space:
            out.append(Edit(found.start(), found.end(), space))
    return out + [
        Edit(found.start(), found.end(), _NO_BREAK if text[found.end()] == ":" else _NARROW)
        for found in _BARE_MARK.finditer(text)
    ]


_RANGE = re.compile(r"(?<![\w.,/-])(?P<from>\d{1,4})(?P<dash>\s?[-–]\s?)(?P<to>\d{1,4})(?![\w/-]|[.,]\d)")
_SPACED = re.compile(r"(?<=\S)[ \u00a0](?:-{1,3}|–)[ ](?=\S)")
_DOUBLE = re.compile(r"(?<=[^\s-])-{2,3}(?=[^\s-])")


def dashes(text: str, language: str) -> list[Edit]:
    """En dashes in ranges ("2013–2014") and, spaced, for spaced hyphens; em dashes for double hyphens.

    The space before a dash does not break, so that no line begins with one.
    """
    ranges = [found for found in _RANGE.finditer(text) if _rising(found["from"], found["to"])]
    out = [Edit(*found.span("dash"), "–") for found in ranges if found["dash"] != "–"]
    spans = [found.span("dash") for found in ranges]
    dash = f"{_NO_BREAK}– "
    out += [
        Edit(found.start(), found.end(), dash)
        for found in _SPACED.finditer(text)
        if found.group() != dash
        and not any(start < found.end() and found.start() < end for start, end in spans)
    ]
    out += [Edit(found.start(), found.end(), "—") for found in _DOUBLE.finditer(text)]
    return out


def _rising(start: str, end: str) -> bool:
    """A range goes up; "1918-24" counts as 1918 to 1924. A score or a part number need not."""
    whole = start[: len(start) - len(end)] + end if len(end) < len(start) else end
    return int(start) < int(whole)


_MARKS = {
    "de": "„“‚‘",
    "fr": "«»“”",
    "es": "«»“”",
    "it": "«»“”",
    "pt": "«»“”",
    "ru": "«»„“",
    "el": "«»“”",
    "pl": "„”‚’",
    "nl": "“”‘’",
    "he": "””’’",
    "en": "“”‘’",
}
"""Opening and closing marks, then those inside a quotation, by language (Unicode CLDR, delimiters)."""
_ELIDED = re.compile(r"'(?:\d0s|tis|twas|em|til|cause|n|round|bout)\b", re.IGNORECASE)
"""Words that begin with an apostrophe, not with a quotation."""
_OPENERS = ' \t\n\u00a0\u202f([{—–-/“‘«„"'


def quotes(text: str, language: str) -> list[Edit]:
    """Straight quotation marks and apostrophes become those of the language; marks that are curly stay."""
    outer_open, outer_close, inner_open, inner_close = tuple(_MARKS.get(language.split("-")[0], _MARKS["en"]))
    gap = _NARROW if language.split("-")[0] == "fr" else ""
    out: list[Edit] = []
    depth = 0
    for at, letter in enumerate(text):
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        opens = (not before or before in _OPENERS) and bool(after.strip())
        if letter == '"':
            opens = opens and not (depth and before == '"')
            out.append(Edit(at, at + 1, outer_open + gap if opens else gap + outer_close))
            depth = max(0, depth + (1 if opens else -1))
        elif letter == "'":
            elided = _ELIDED.match(text, at) is not None
            apostrophe = not opens or elided or before.isalpha()
            out.append(Edit(at, at + 1, _single(apostrophe, inner_open, inner_close)))
    return out


def _single(apostrophe: bool, inner_open: str, inner_close: str) -> str:
    # Where the inner closing mark is not the apostrophe, a closing ' is rarer than an elision: ’ is right.
    return "’" if apostrophe else (inner_open if inner_close == "’" else "‘")


_DOTS = re.compile(r"(?<!\.)\.\.\.(?!\.)")


def ellipses(text: str, language: str) -> list[Edit]:
    """Three full stops are one ellipsis."""
    return [Edit(found.start(), found.end(), "…") for found in _DOTS.finditer(text)]


Rule = Callable[[str, str], list[Edit]]

RULES: tuple[tuple[str, Rule, str], ...] = (
    ("spacing", spacing, "spaces before marks as this language has them"),
    ("dashes", dashes, "a hyphen that stands for a dash or a range"),
    ("ellipses", ellipses, "three full stops are one ellipsis"),
    ("quotes", quotes, "quotation marks and apostrophes of this language"),
)


def repair(publication: Publication, desk: Desk) -> Publication:
    """Every run, and the titles in the metadata."""
    language = publication.metadata.language
    line = next(
        (each.place for each in publication.ledger if each.rule == "titling" and each.place.first), Place()
    )
    for name, rule, why in RULES:
        changes: list[Change] = []

        def rewrite(run: Run, place: Place) -> Run:
            text = flat(run)
            edits = rule(text, language)  # noqa: B023 - called before the loop goes on
            changes.extend(_changes(name, place, text, edits, why))  # noqa: B023
            return apply(run, edits) if edits else run

        about = publication.metadata
        fields = {
            field: plain(rewrite((Text(value),), line))
            for field in ("title", "subtitle", "rubric")
            if (value := getattr(about, field))
        }
        publication = told(publication_rewritten(publication, rewrite), **fields)
        publication = entered(publication, *changes) if changes else publication
    return publication


def _changes(rule: str, place: Place, text: str, edits: list[Edit], why: str) -> list[Change]:
    """One entry for each stretch between spaces, however many edits are in it."""
    out: list[Change] = []
    stretches: list[tuple[int, int, list[Edit]]] = []
    for edit in sorted(edits, key=lambda each: each.start):
        start, end = _stretch(text, edit)
        if stretches and start <= stretches[-1][1]:
            before = stretches[-1]
            stretches[-1] = (before[0], max(end, before[1]), [*before[2], edit])
        else:
            stretches.append((start, end, [edit]))
    for start, end, mine in stretches:
        after, at = "", start
        for edit in mine:
            after += text[at : edit.start] + edit.text
            at = edit.end
        out.append(Change(rule, place, text[start:end], after + text[at:end], why))
    return out


def _stretch(text: str, edit: Edit) -> tuple[int, int]:
    start = max(text.rfind(space, 0, edit.start) for space in " \u00a0\n") + 1
    ends = [at for space in " \u00a0\n" if (at := text.find(space, edit.end)) >= 0]
    return start, min(ends, default=len(text))
