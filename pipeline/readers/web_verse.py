"""Runs with line breaks → Verse, if they read like verse."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Inline, LineBreak, Place, Text, Verse, VerseLine
from pipeline.readers.web_inlines import trimmed_run
from pipeline.walk import Run, plain

_LONGEST = 70
"""Letters of a line of verse; of an alexandrine sixty at most."""
_INITIAL = re.compile(r"\W*[^\W\d_]")
_STEP = 2
"""No-break spaces that pages indent a line by, for one em."""


def lines(words: Run) -> tuple[Run, ...]:
    """A run cut at its line breaks."""
    out: list[list[Inline]] = [[]]
    for node in words:
        if isinstance(node, LineBreak):
            out.append([])
        else:
            out[-1].append(node)
    return tuple(tuple(line) for line in out)


def is_verse(words: Run) -> bool:
    """Says whether a run that stands apart is verse: lines short, most beginning with a capital."""
    said = [text for line in lines(words) if (text := plain(line).strip())]
    return len(said) > 1 and _short(said) and _begun(said) >= 0.6


def is_poem(words: Run) -> bool:
    """As `is_verse`, for a run among paragraphs: there must be four lines, like one another, and no address or list."""
    said = [text for line in lines(words) if (text := plain(line).strip())]
    if len(said) < 4 or not _short(said) or _begun(said) < 0.8:
        return False
    stops = sum(text[-1] in ",;.!?—–-:…" for text in said) / len(said)
    figures = sum(bool(re.search(r"\d|@|:", text)) for text in said) / len(said)
    long = sum(len(text) >= 15 for text in said) / len(said)
    return stops >= 0.4 and figures < 0.25 and long >= 0.6


def _short(said: Sequence[str]) -> bool:
    return max(map(len, said)) <= _LONGEST


def _begun(said: Sequence[str]) -> float:
    begun = sum(bool((found := _INITIAL.match(text)) and not found.group()[-1].islower()) for text in said)
    return begun / len(said)


def verse(words: Run, place: Place) -> Verse:
    """Verse of one run: two breaks part stanzas."""
    return poem(((words, place),))


def poem(runs: Sequence[tuple[Run, Place]]) -> Verse:
    """Verse of several runs: stanzas if one of them has line breaks, else lines of one stanza."""
    parted = [lines(words) for words, _ in runs]
    place = Place(min(each.first for _, each in runs), max(each.last for _, each in runs))
    if len(runs) > 1 and all(len(each) == 1 for each in parted):
        parted = [tuple(each[0] for each in parted)]
    stanzas: list[list[VerseLine]] = []
    for each in parted:
        stanzas.append([])
        for line in each:
            if plain(line).strip():
                stanzas[-1].append(_line(line))
            elif stanzas[-1]:
                stanzas.append([])
    return Verse(tuple(tuple(stanza) for stanza in stanzas if stanza), place=place)


def _line(line: Run) -> VerseLine:
    first = line[0] if line else None
    text = first.text if isinstance(first, Text) else ""
    hard = len(text) - len(text.lstrip(" \u00a0"))
    return VerseLine(trimmed_run(line), min(12, hard // _STEP))


def lined(text: str, place: Place) -> Verse:
    """Verse of preformatted text: a blank line parts stanzas, spaces indent."""
    stanzas: list[list[VerseLine]] = [[]]
    for line in text.expandtabs(4).split("\n"):
        if line.strip():
            stanzas[-1].append(
                VerseLine((Text(line.strip()),), min(12, (len(line) - len(line.lstrip())) // _STEP))
            )
        else:
            stanzas.append([])
    return Verse(tuple(tuple(stanza) for stanza in stanzas if stanza), place=place)
