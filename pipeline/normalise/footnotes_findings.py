"""Publication → findings: calls and notes written out by hand that were left as they stood.

| code | severity | what is wrong |
|---|---|---|
| note-001 | warning | a call that no note answers |
| note-002 | warning | a note that nothing calls |
| note-003 | note | a call and a note that may belong together, but their numbers are out of order or begin anew |
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from pipeline.editing import OPAQUE, flat
from pipeline.findings import Finding
from pipeline.model import Block, Heading, List, Paragraph, Place, Publication, Section
from pipeline.normalise.desk import Desk, where
from pipeline.normalise.footnotes_marks import STRONG, Call, Mark, calls, opening
from pipeline.normalise.footnotes_pieces import is_label
from pipeline.walk import every_block, plain, runs

_MOST = 20
"""Findings of one kind: where more is wrong, the first say enough."""
_HINT = "look it up in the original"


class _Left(msgspec.Struct, frozen=True):
    """A mark that is still in the text, and the words it stands in."""

    mark: Mark
    place: Place
    words: str


def find(publication: Publication, desk: Desk) -> tuple[Finding, ...]:
    """What is told is surely the mark of a note; of "(1)" and "1." nobody knows."""
    body = (*publication.front, *publication.body, *publication.back)
    notes = list(_notes(body))
    asked = list(_calls(body, {id(content) for content, _ in notes}))
    given = [left for _, left in notes]
    called = {left.mark.label for left in asked}
    answered = {left.mark.label for left in given}
    out = [
        Finding(
            "note-001",
            "warning",
            where(desk.name, left.place),
            f"no note answers the call in “{left.words}”",
            _HINT,
        )
        for left in asked
        if left.mark.label not in answered
    ][:_MOST]
    out += [
        Finding(
            "note-002",
            "warning",
            where(desk.name, left.place),
            f"nothing calls the note “{left.words}”",
            _HINT,
        )
        for left in given
        if left.mark.label not in called
    ][:_MOST]
    out += [
        Finding(
            "note-003",
            "note",
            where(desk.name, left.place),
            f"the note “{left.words}” may be called more than once over or out of order, so it was left",
            "number calls and notes alike in the source",
        )
        for left in given
        if left.mark.label in called
    ][:_MOST]
    return tuple(out)


def _notes(body: tuple[Block, ...]) -> Iterator[tuple[object, _Left]]:
    """Paragraphs that begin with a mark that is hardly anything else; under "Notes", with any."""
    for block, told in _under(body, told=False):
        if not isinstance(block, Paragraph):
            continue
        found = opening(block.content)
        if found is None or not (told or found.mark.form in (*STRONG, "told")):
            continue
        # "[Note: …]" without a number may be anybody's remark.
        if found.mark.form == "told" and found.mark.kind == "sign":
            continue
        yield block.content, _Left(found.mark, block.place, _some(plain(block.content)))


def _under(blocks: tuple[Block, ...], *, told: bool) -> Iterator[tuple[Block, bool]]:
    """Each block, and whether it stands under a heading that reads "Notes"."""
    for block in blocks:
        if isinstance(block, Heading):
            told = is_label(plain(block.content))
        if isinstance(block, Section):
            inner = told or (block.heading is not None and is_label(plain(block.heading.content)))
            yield from _under(block.blocks, told=inner)
        else:
            for each in every_block((block,)):
                yield each, told and not isinstance(block, List)


def _calls(body: tuple[Block, ...], notes: set[int]) -> Iterator[_Left]:
    for run, place in runs(body):
        if id(run) in notes:
            continue
        words = flat(run)
        for call in calls(run):
            if _sure(call) and _after_words(words, call):
                yield _Left(call.mark, place, _some(words[max(0, call.start - 30) : call.end].lstrip()))


def _sure(call: Call) -> bool:
    match call.mark.form, call.mark.kind:
        case "bracket", "number" | "sign":
            return call.glued or call.start == 0
        case (("raised" | "caret" | "brace"), ("number" | "sign")):
            return call.glued
        case "sign", _:
            return call.glued and call.mark.label[0] in "†‡"
        case _:
            return False


def _after_words(words: str, call: Call) -> bool:
    before = words[: call.start][-1:]
    return not before or before.isalnum() or before in f".,;:!?…”“\"»’')]{OPAQUE}"


def _some(words: str) -> str:
    return " ".join(words.replace(OPAQUE, "").split())[:60]
