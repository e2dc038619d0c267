"""A body → its lists of contents set as plain lines, and the lines further on that they prove to be headings.

A typed page has no list of contents, only a row of lines, each of which stands again further on over its
chapter, whatever its case and with or without dots and a page number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from pipeline.editing import merged
from pipeline.model import (
    Block,
    BlockQuotation,
    Change,
    Heading,
    Inline,
    LineBreak,
    Paragraph,
    Place,
    Preformatted,
    Verse,
)
from pipeline.normalise.telling import lines, words
from pipeline.walk import plain

_LOOK_AT = 80
"""Contents stand among the first so many blocks."""
_LEAST = 3
_MOST_WORDS = 25
_MOST_WORDS_OF_A_SENTENCE = 10
_SHARE = 0.8
_MOST_TOGETHER = 3
"""A heading of several lines ("CHAPTER I", "THE STRIKE") is one entry."""
_PAGE = re.compile(
    r"(?:[\s.·…_-]*[.·…_]{2,}[\s.·…_-]*|\s{2,}|\s+)(?:p\.\s*)?(?:\d{1,4}|[ivxlc]{1,6})\s*$", re.IGNORECASE
)
_NUMBER = re.compile(r"^\s*(?:\d{1,3}|[ivxlc]{1,6})[.):]\s+", re.IGNORECASE)


class Listed(msgspec.Struct, frozen=True):
    """Blocks `start` to `end` (not included) are a list of contents; `heads` are runs of blocks it names."""

    start: int
    end: int
    heads: tuple[tuple[int, int], ...]


def folded(text: str) -> str:
    """What two writings of one heading share: their words, without case."""
    return " ".join(re.findall(r"\w+", re.sub(r"['’‘]", "", text.casefold())))


def _entries(text: str) -> tuple[str, ...]:
    """An entry as it may stand over its chapter: with its number or page, or without."""
    forms = (text, _PAGE.sub("", text), _NUMBER.sub("", text), _NUMBER.sub("", _PAGE.sub("", text)))
    return tuple(dict.fromkeys(form for each in forms if (form := folded(each))))


def index(body: Sequence[Block]) -> dict[str, list[tuple[int, int]]]:
    """Each short line that stands alone, and each row of up to three, folded → from which block to which."""
    out: dict[str, list[tuple[int, int]]] = {}
    short = [_short(block) for block in body]
    for at in range(len(body)):
        text = ""
        for end in range(at + 1, min(at + 1 + _MOST_TOGETHER, len(body) + 1)):
            if not short[end - 1]:
                break
            text = f"{text} {short[end - 1]}".strip()
            out.setdefault(text, []).append((at, end))
    return out


def _short(block: Block) -> str:
    if not isinstance(block, Heading) and not (isinstance(block, Paragraph) and block.role == "text"):
        return ""
    text = words(block)
    return folded(text) if len(text.split()) <= _MOST_WORDS else ""


def find(body: tuple[Block, ...]) -> Listed | None:
    """The first row of lines that is a list of contents."""
    places = index(body)
    # The last place of each line that comes again: where contents could only be repeated before, it is none.
    at = 0
    while at < min(len(body), _LOOK_AT):
        end, targets = _row(body, at, places)
        if end > at and _is_contents(body, end, targets):
            return Listed(at, end, targets)
        at += 1
    return None


def _row(
    body: tuple[Block, ...], start: int, places: dict[str, list[tuple[int, int]]]
) -> tuple[int, tuple[tuple[int, int], ...]]:
    """How far a row of lines goes that all come again, in their order, after the row; and where they do."""
    found: list[tuple[int, tuple[int, int]]] = []
    end = start
    last = -1
    while end < len(body) and end < start + _LOOK_AT:
        new = list(_again(body[end], end, last, places))
        if not new or (found and end >= found[0][1][0]):
            break
        found += [(end, target) for target in new]
        last = new[-1][0]
        end += 1
    # Lines that come again inside the row itself are no entries; the row ends before the first head.
    targets = tuple(target for _, target in found if target[0] >= end)
    return (end, targets) if len(targets) == len(found) else (start, ())


def _again(
    block: Block, at: int, last: int, places: dict[str, list[tuple[int, int]]]
) -> Iterator[tuple[int, int]]:
    """Where the lines of a block stand again, each after the one before; nothing, if too few of them do."""
    if not isinstance(block, Paragraph | Heading | Verse | BlockQuotation | Preformatted):
        return
    own = lines(block)
    out: list[tuple[int, int]] = []
    for line in own:
        if len(line.split()) > _MOST_WORDS or _is_sentence(line):
            return
        target = next(
            (
                place
                for entry in _entries(line)
                for place in places.get(entry, ())
                if place[0] > max(at, last)
            ),
            None,
        )
        if target:
            out.append(target)
            last = target[0]
    if own and len(out) >= _SHARE * len(own):
        yield from out


def _is_sentence(line: str) -> bool:
    """A refrain comes again too, and is no entry."""
    return len(line.split()) > _MOST_WORDS_OF_A_SENTENCE and line[-1:] in ".!?;:" and line != line.upper()


def _is_contents(body: tuple[Block, ...], end: int, targets: tuple[tuple[int, int], ...]) -> bool:
    """Heads stand over text; a title page told twice stands over itself."""
    heads = {at for target in targets for at in range(*target)}
    over = sum(target[1] < len(body) and target[1] not in heads for target in targets)
    return len(targets) >= _LEAST and 2 * over >= len(targets)


def confirmed(
    body: Sequence[Block], heads: Sequence[tuple[int, int]]
) -> tuple[tuple[Block, ...], tuple[Change, ...]]:
    """The body with those lines as headings, those of several lines as one; and the changes."""
    levels = [block.level for start, end in heads for block in body[start:end] if isinstance(block, Heading)]
    usual = min(levels, default=1)
    at_start = dict(heads)
    out: list[Block] = []
    changes: list[Change] = []
    at = 0
    while at < len(body):
        end = at_start.get(at)
        if end is None:
            out.append(body[at])
            at += 1
            continue
        parts = [block for block in body[at:end] if isinstance(block, Paragraph | Heading)]
        at = end
        if len(parts) == 1 and isinstance(parts[0], Heading):
            out.append(parts[0])
            continue
        content: list[Inline] = []
        for part in parts:
            content += [*([LineBreak()] if content else []), *part.content]
        level = next((part.level for part in parts if isinstance(part, Heading)), usual)
        place = Place(parts[0].place.first, parts[-1].place.last, parts[0].place.part)
        said = " ".join(plain(part.content) for part in parts)
        changes.append(Change("headings", place, said, said, "the list of contents names it as a heading"))
        out.append(Heading(merged(content), level, place))
    return tuple(out), tuple(changes)
