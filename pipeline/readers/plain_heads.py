"""Chunks → which of them are headings, told as a reader tells them: by room above, capitals, centring, brevity."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import msgspec

from pipeline.readers.plain_chunks import Chunk, Measure, centred, ends_with_stop, looks_like_verse

_MOST_WORDS = 14
_MOST_LINES = 4
_NUMBERED = re.compile(
    r"(?:chapter|part|book|section|article|act|scene|letter|chapitre|partie|livre|kapitel|teil|capítulo|parte|"
    r"capitolo|hoofdstuk|глава|часть|rozdział|κεφάλαιο)\s+(?:[ivxlcdm]+|\d+|[a-z]+)\b\.?|[IVXLC]+\.?|\d{1,3}\.",
    re.IGNORECASE,
)
_SMALL = {"a", "an", "the", "of", "and", "or", "in", "on", "to", "for", "at", "by", "with", "from", "as", "but", "is",
          "de", "du", "des", "la", "le", "les", "et", "der", "die", "das", "und", "von", "y", "el", "del", "di", "e"}  # fmt: skip


_CALL = re.compile(r"(?:\[\d{1,3}\]|[*†‡])+$")
_BYLINE = re.compile(r"(?:by|par|von|por|door|przez)\s+[^\W\d_]", re.IGNORECASE)


class Head(msgspec.Struct, frozen=True):
    """Chunks `first` to `last` (both included) are one heading, of `level`."""

    first: int
    last: int
    level: int = 1


def capitals(text: str) -> bool:
    """Whether all letters that have a case are capitals, and there are three or more."""
    cased = [letter for letter in text if unicodedata.category(letter) in ("Lu", "Ll", "Lt")]
    return len(cased) >= 3 and all(letter.isupper() for letter in cased)


def _title_case(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text)
    main = [word for word in words if word.casefold() not in _SMALL]
    return bool(main) and sum(word[0].isupper() for word in main) >= 0.8 * len(main)


def heads(chunks: Sequence[Chunk], measure: Measure) -> tuple[Head, ...]:
    """The headings, in order. A heading of several lines with blank ones between them is one."""
    usual = _usual_gap(chunks)
    out: list[Head] = []
    at = max(opening(chunks) - 1, 0)
    while at < len(chunks):
        head = _head(chunks, at, usual, measure)
        if head is None:
            at += 1
        else:
            out.append(head)
            at = head.last + 1
    return tuple(out)


_RUNNING = 25
"""Words. So many together are running text, whatever stands before them."""
_STARTS = re.compile(r"\*{3}.*\bSTART\b.*\*{3}", re.DOTALL)
"""The line of an archive after which the text itself begins."""


def opening(chunks: Sequence[Chunk]) -> int:
    """How many chunks stand before the first running text: a title page, whose lines are no headings."""
    begin = next((at + 1 for at, chunk in enumerate(chunks[:60]) if _STARTS.search(chunk.text)), 0)
    for at in range(begin, len(chunks)):
        if len(chunks[at].text.split()) >= _RUNNING and not capitals(chunks[at].text):
            return at
    return 0


def _usual_gap(chunks: Sequence[Chunk]) -> int:
    gaps = [chunk.above for chunk in chunks[1:] if len(chunk.text.split()) > _MOST_WORDS and chunk.above < 9]
    return max(set(gaps), key=gaps.count) if gaps else 1


def _head(chunks: Sequence[Chunk], at: int, usual: int, measure: Measure) -> Head | None:
    chunk = chunks[at]
    if not _brief(chunk, measure) or at + 1 == len(chunks):
        return None
    if quoted(chunks, at, measure):
        return None
    room = chunk.above > usual or at == 0
    if not _says_so(chunk, measure, room=room or _between_paragraphs(chunks, at)):
        return None
    last = at
    # "A BRIEF SKETCH / OF THE / LIFE OF …": brief lines under it, until there is more room or running text.
    while (
        last + 2 < len(chunks)
        and (room or capitals(chunks[last].text))
        and chunks[last + 1].above <= usual
        and _brief(chunks[last + 1], measure)
        and (capitals(chunks[last + 1].text) and capitals(chunk.text))
        and not _BYLINE.match(chunks[last + 1].text.strip())
    ):
        last += 1
    return Head(at, last)


def _between_paragraphs(chunks: Sequence[Chunk], at: int) -> bool:
    """A line all in title case, with a finished paragraph before it and running text after it: no room needed.

    Names and dates look alike, so there must be three words, none of them a number.
    """
    words = re.findall(r"[^\W_]+", chunks[at].text)
    if len(words) < 3 or any(word.isdigit() for word in words) or len(chunks[at].lines) > 1 or not at:
        return False
    before, after = chunks[at - 1].text, chunks[at + 1].text
    main = [word for word in words if word.casefold() not in _SMALL]
    return (
        all(word[0].isupper() for word in main)
        and len(after.split()) >= _MOST_WORDS
        and ends_with_stop(before)
        and not before.rstrip().endswith(":")
    )


def quoted(chunks: Sequence[Chunk], at: int, measure: Measure) -> bool:
    """Whether a brief indented line belongs to a quotation: it stands between two, or what is before it has
    not come to its end ("an article, headed") and a quotation follows."""
    if not at or chunks[at].indent <= measure.left + 1:
        return False
    after = next((each for each in chunks[at + 1 : at + 4] if len(each.lines) > 1), None)
    if after is None or after.indent <= measure.left + 1:
        return False
    before = next((each for each in reversed(chunks[max(0, at - 3) : at]) if len(each.lines) > 1), None)
    if before is None:
        return False
    return before.indent > measure.left + 1 or not re.search(
        r"[.!?][\"'”’»)\]]*$", _CALL.sub("", before.text.rstrip())
    )


def _brief(chunk: Chunk, measure: Measure) -> bool:
    words = chunk.text.split()
    if not words or len(words) > (_MOST_WORDS * 2 if capitals(chunk.text) else _MOST_WORDS):
        return False
    if len(chunk.lines) > _MOST_LINES or not any(letter.isalpha() for letter in chunk.text):
        return False
    if len(chunk.lines) > 1 and not capitals(chunk.text):
        return False
    return capitals(chunk.text) or max(len(line.text.strip()) for line in chunk.lines) < 0.9 * measure.width


def _says_so(chunk: Chunk, measure: Measure, *, room: bool) -> bool:
    text = _CALL.sub("", chunk.text.strip())
    if _BYLINE.match(text) or (text.endswith(":") and len(text.split()) > 1):
        return False
    if text[-1:] in ",;" or (looks_like_verse(chunk, measure) and not capitals(text)):
        return False
    if text[:1] in "[(*" or "@" in text or "://" in text:
        return False
    if capitals(text):
        return True
    numbered = _NUMBERED.match(text) is not None
    if numbered and (room or len(text.split()) <= 3):
        return True
    if ends_with_stop(text) and not text.endswith("?"):
        return False
    if all(centred(line, measure) for line in chunk.lines):
        return _title_case(text) or room
    return room and chunk.indent <= measure.left + 1 and _title_case(text) and text[0].isupper()
