"""Lines of one paragraph → its text, the words that line ends had cut whole again.

A hyphen at a line's end is either the author's ("twenty-one") or the typesetter's ("consid-er"). Which, the
text itself says where it has the word elsewhere; else the hyphenation rules of the language do, which know
where a word may be cut; else, in a text that cuts its words often, two halves that it never uses alone are
one word. Where nothing says so the hyphen stays, since a word is never made up.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from pipeline.model import Change, Place
from pipeline.readers.plain_lines import Line

_END = re.compile(r"(?P<word>[^\W\d_]{2,})[-\u2010\u00ad]$")
_START = re.compile(r"(?P<word>[^\W\d_]{2,})")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Vocabulary(msgspec.Struct, frozen=True):
    """The words of a text, folded; those at line ends left out. `language` is BCP 47, `cuts` counts the
    lines that end in a hyphen."""

    words: frozenset[str]
    language: str
    cuts: int = 0


_OFTEN = 3


def vocabulary(lines: tuple[Line, ...], language: str) -> Vocabulary:
    """Every whole word that the lines hold."""
    found: set[str] = set()
    cuts, half = 0, False
    for line in lines:
        text, cut = _END.subn("", line.text.strip())
        # What follows a cut is half a word too.
        found.update(
            word.casefold() for word in _WORDS.findall(_START.sub("", text, count=1) if half else text)
        )
        cuts, half = cuts + cut, bool(cut)
    return Vocabulary(frozenset(found), language, cuts)


@cache
def _hyphens(language: str) -> Any:
    import pyphen

    known = pyphen.language_fallback(language)
    return pyphen.Pyphen(lang=known, left=2, right=2) if known else None


def unwrapped(lines: list[Line], known: Vocabulary, changes: list[Change]) -> str:
    """One line of text; what was decided at hyphens goes to the ledger."""
    text, above = "", 0
    for line in lines:
        piece = " ".join(line.text.split())
        if not piece:
            continue
        end, start = _END.search(text), _START.match(piece)
        if end and start:
            whole = joined(end["word"], start["word"], known)
            before = f"{end['word']}- {start['word']}"
            after = whole or f"{end['word']}-{start['word']}"
            why = "the hyphen of a line's end" if whole else "a hyphen at a line's end is the author's"
            changes.append(Change("hyphens", Place(above, line.number), before, after, why))
            text = (text[:-1] if whole else text) + piece
        else:
            text = f"{text} {piece}" if text else piece
        above = line.number
    return text


def joined(end: str, start: str, known: Vocabulary) -> str:
    """The whole word of two halves at a line's end, or "" if the hyphen is the author's."""
    whole = end + start
    if f"{end}-{start}".casefold() in known.words:
        return ""
    if whole.casefold() in known.words:
        return whole
    if start[0].isupper() and not whole.isupper():
        return ""
    hyphens = _hyphens(known.language)
    if hyphens and len(end) in hyphens.positions(whole.lower()):
        return whole
    alone = {end.casefold(), start.casefold()} & known.words
    return whole if known.cuts >= _OFTEN and not alone else ""
