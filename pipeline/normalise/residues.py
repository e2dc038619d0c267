"""Residues: what scanning and converting left inside lines – a hyphen of a line that is no line any more, a dash
that became U+FFFD.

Both are mended on evidence only. "consid- ered" is one word if the rules of the language would cut it there, or
the text has it whole. A lost character between two words was a dash if nearly all lost characters of the
text stand between whole words; where some stand inside words ("d\ufffdj\ufffd"), letters were lost, and nobody
can tell which: they stay, and are findings (`slips`).
"""

from __future__ import annotations

import re

from pipeline.editing import Edit, apply, flat
from pipeline.model import Change, Place, Publication
from pipeline.normalise.desk import Desk, entered
from pipeline.readers.plain_lines import Line
from pipeline.readers.plain_wrapping import Vocabulary, joined, vocabulary
from pipeline.walk import Run, plain, publication_rewritten, publication_runs

_CUT = re.compile(r"(?P<end>[^\W\d_]{2,})- (?P<start>[^\W\d_]{2,})")
_SUSPENDED = frozenset("and or nor to und oder bis et ou y o e i en of".split())
""""Pre- and post-war": the hyphen waits for the second word."""
_LOST = "\ufffd"
_BESIDE = re.compile(f"[^\\W_]*{_LOST}[^\\W_]*")
"""What stands beside a lost character proves nothing about it."""
_SHARE = 0.6
_LEAST = 2


def repair(publication: Publication, desk: Desk) -> Publication:
    """Runs while the body is flat or not; words are compared within the text itself."""
    texts = [plain(run) for run, _ in publication_runs(publication)]
    if not any(_CUT.search(text) or _LOST in text for text in texts):
        return publication
    known = vocabulary(
        tuple(Line(0, _CUT.sub(" ", _BESIDE.sub(" ", text))) for text in texts),
        publication.metadata.language,
    )
    dashes = _dashes(texts, known)
    changes: list[Change] = []

    def rewrite(run: Run, place: Place) -> Run:
        text = flat(run)
        edits = [*_whole(text, known), *(_dashed(text) if dashes else ())]
        for edit in edits:
            rule = "lost-dashes" if text[edit.start : edit.end].strip() == _LOST else "hyphens"
            before = text[max(0, edit.start - 12) : edit.end + 12]
            after = text[max(0, edit.start - 12) : edit.start] + edit.text + text[edit.end : edit.end + 12]
            why = (
                "a dash that a conversion lost"
                if rule == "lost-dashes"
                else "the hyphen of a line that is gone"
            )
            changes.append(Change(rule, place, before, after, why))
        return apply(run, edits) if edits else run

    rewritten = publication_rewritten(publication, rewrite)
    return entered(rewritten, *changes) if changes else publication


def _whole(text: str, known: Vocabulary) -> list[Edit]:
    """The hyphen goes where the whole word is sure; the space after it, where the first half is no word, so that
    the hyphen cannot stand for a dash ("the boss- a thief")."""
    out: list[Edit] = []
    for found in _CUT.finditer(text):
        if found["start"] in _SUSPENDED or found["start"][0].isupper():
            continue
        if joined(found["end"], found["start"], known):
            out.append(Edit(found.end("end"), found.start("start"), ""))
        elif found["end"].casefold() not in known.words:
            out.append(Edit(found.end("end"), found.start("start"), "-"))
    return out


def _dashes(texts: list[str], known: Vocabulary) -> bool:
    """Whether the lost characters of a text stand between whole words."""
    between = total = 0
    for text in texts:
        for at, letter in enumerate(text):
            if letter == _LOST:
                total += 1
                before = re.search(r"([^\W\d_]+)[^\w]{0,2}$", text[:at])
                after = re.match(r"[^\w]{0,3}([^\W\d_]+)", text[at + 1 :])
                # What follows a dash is a word of the text; what goes before it is one too, or looks like one.
                between += bool(
                    before
                    and after
                    and (len(before[1]) > 3 or before[1].casefold() in known.words)
                    and len(after[1]) > 1
                    and after[1].casefold() in known.words
                    and text[at + 1 : at + 2] != " "
                )
    return total >= _LEAST and between >= _SHARE * total


def _dashed(text: str) -> list[Edit]:
    return [
        Edit(found.start(), found.end(), "—") for found in re.finditer(f" ?{_LOST}(?: (?=['\"‘“]))?", text)
    ]
