"""Casing: a heading in capitals gets the letters that the body gives its words, so that a theme may choose.

English heads are set in title case (Chicago 8.159), others as a sentence. A theme that wants capitals or
small capitals sets them from this; the other way round could not be done.
"""

from __future__ import annotations

import re
from collections import Counter

from pipeline.editing import Edit, apply, flat
from pipeline.model import Change, Heading, Place, Publication
from pipeline.normalise.desk import Desk, entered, told
from pipeline.normalise.headings import in_capitals
from pipeline.walk import Run, every_block, plain, publication_rewritten, publication_runs

_SMALL = set(
    "a an the and but or nor for so yet as at by in of off on per to up via vs from into onto with".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:]\W+|[\"“‘«(]\s*)$")


def spellings(publication: Publication) -> dict[str, str]:
    """How the body writes each word in the middle of a sentence, most often: {"iso": "ISO", "lenin": "Lenin"}."""
    seen: dict[str, Counter[str]] = {}
    for run, _ in publication_runs(publication):
        text = flat(run)
        if in_capitals(text):
            continue
        for found in _WORD.finditer(text):
            word = found.group()
            # A capital at the start of a sentence says nothing; capitals inside a word always do.
            if (
                word[1:].islower()
                and word[0].isupper()
                and _SENTENCE_START.search(text[: found.start()][-4:])
            ):
                continue
            seen.setdefault(word.casefold(), Counter())[word] += 1
    return {folded: max(sorted(counts), key=lambda form: counts[form]) for folded, counts in seen.items()}


def cased(text: str, language: str, body: dict[str, str]) -> str:
    """A heading in capitals, word by word, as the body and the language write it."""
    title = language.split("-")[0] == "en"
    out, at = "", 0
    for found in _WORD.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        starts = before.rstrip(' “"‘(')[-1:] in (":", "–", "—", ".", "!", "?", "\n")
        edge = not re.search(r"\w", before) or starts or (title and not re.search(r"\w", after))
        if before[-1:].isdigit():
            # "14TH", "1930S": what ends a number has no capital.
            out += text[at : found.start()] + found.group().lower()
            at = found.end()
            continue
        # Both halves of a compound get a capital in a title: "So-Called".
        compound = title and (before[-1:] == "-" or after[:1] == "-")
        out += text[at : found.start()] + _word(found.group(), body, title=title, edge=edge or compound)
        at = found.end()
    return out + text[at:]


def _word(word: str, body: dict[str, str], *, title: bool, edge: bool) -> str:
    lower = word.lower()
    known = body.get(word.casefold(), lower)
    if known != lower:
        return known
    if edge or (title and lower not in _SMALL):
        return lower[:1].upper() + lower[1:]
    return lower


def repair(publication: Publication, desk: Desk) -> Publication:
    """Every title and heading in capitals, if the body is not in capitals too."""
    body = spellings(publication)
    if not body:
        return publication
    changes: list[Change] = []
    headings = {
        id(block.content)
        for blocks in (publication.front, publication.body, publication.back)
        for block in every_block(blocks)
        if isinstance(block, Heading)
    }

    def rewrite(run: Run, place: Place) -> Run:
        text = flat(run)
        if id(run) not in headings or not in_capitals(text):
            return run
        after = cased(text, publication.metadata.language, body)
        if after == text or len(after) != len(text):
            return run
        changes.append(Change("casing", place, plain(run), after, "capitals are for a theme to choose"))
        return apply(run, [Edit(at, at + 1, letter) for at, letter in enumerate(after) if letter != text[at]])

    rewritten = publication_rewritten(publication, rewrite)
    about = publication.metadata
    line = next((each.place for each in publication.ledger if each.rule == "titling"), Place())
    titles: dict[str, str] = {}
    for field in ("title", "subtitle", "rubric"):
        words = getattr(about, field)
        if not in_capitals(words) or getattr(desk.sidecar, field) is not None:
            continue
        titles[field] = cased(words, about.language, body)
        if titles[field] != words:
            changes.append(Change("casing", line, words, titles[field], "capitals are for a theme to choose"))
    return entered(told(rewritten, **titles), *changes) if changes else publication
