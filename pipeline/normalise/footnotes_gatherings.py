"""Pieces → the notes among them that are sure, each with its calls.

Notes stand gathered: at a page's end, under a chapter, at the end of all. Where they stand says how much else
must speak for them: under "Notes" a number in a list will do, in the middle of the text only "[1]" or the like.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from pipeline.model import Block, Place
from pipeline.normalise.footnotes_marks import STRONG, Call, Form, Kind, calls
from pipeline.normalise.footnotes_matching import Asked, answered
from pipeline.normalise.footnotes_pieces import Piece
from pipeline.normalise.footnotes_standing import LOOSE, PLACED, RULED, TOLD, Gathering, Row, gatherings, rows
from pipeline.walk import Run, plain, rewritten

_FORMS: tuple[Form, ...] = (
    "told", "bracket", "raised", "caret", "brace", "sign", "paren", "half", "dot", "bare",
)  # fmt: skip
_CALLED: tuple[Form, ...] = ("bracket", "raised", "caret", "brace", "paren", "sign", "half", "bare")


_HEAD = 8
"""Characters of white space that a paragraph may begin with."""


class Located(msgspec.Struct, frozen=True):
    """A call in run number `run` of piece number `piece`. `opens` is a piece's own mark at its beginning."""

    piece: int
    run: int
    call: Call
    chapter: int
    opens: bool = False


Answers = dict[int, tuple[Located, ...]]
"""The number of a piece that is a note → its calls, in order."""


def sure(pieces: Sequence[Piece]) -> Answers:
    """The notes of the first form for which there is evidence; () of calls for none."""
    standing = list(rows(pieces))
    if not standing:
        return {}
    found = list(_located(pieces, standing))
    for form in _FORMS:
        kinds: tuple[Kind, ...] = ("number", "letter", "sign")
        for kind in kinds:
            together = list(gatherings(pieces, standing, form, kind))
            best: Answers = {}
            same = (form,) if form in _CALLED else ()
            for called in (*same, *(each for each in _CALLED if each != form)) if together else ():
                mine = [
                    each
                    for each in found
                    if each.call.mark.form == called and each.call.mark.kind == kind and not each.call.listed
                ]
                answers = _whole(_answers(together, mine, form, called), found) if mine else {}
                best = answers if len(answers) > len(best) else best
            if best:
                return best
    return {}


# --- What may call them ----------------------------------------------------------------------------


def _located(pieces: Sequence[Piece], found: Sequence[Row]) -> Iterator[Located]:
    standing = {at: row.standing for row in found for at in range(row.first, row.last + 1)}
    chapter = 0
    for number, piece in enumerate(pieces):
        chapter += piece.kind == "head"
        note = piece.opening is not None and (
            standing[number] >= RULED or piece.opening.mark.form in (*STRONG, "told")
        )
        for at, run in enumerate(runs_of(piece.blocks)):
            for call in calls(run):
                opens = call.start < _HEAD and not plain(run)[: call.start].strip()
                if not note or (opens and at == 0):
                    yield Located(number, at, call, chapter, opens and at == 0 and piece.opening is not None)


def runs_of(blocks: tuple[Block, ...]) -> list[Run]:
    """The runs of blocks, in the order in which `walk.rewritten` comes to them."""
    out: list[Run] = []

    def seen(run: Run, _: Place) -> Run:
        out.append(run)
        return run

    rewritten(blocks, seen)
    return out


# --- Which calls which -----------------------------------------------------------------------------


def _answers(together: Sequence[Gathering], mine: Sequence[Located], form: Form, called: Form) -> Answers:
    starts = [each.piece for each in mine]
    labels_after: list[set[str]] = [set()]
    for gathering in reversed(together):
        labels_after.append(labels_after[-1] | set(gathering.labels))
    labels_after.reverse()

    answers: Answers = {}
    waiting: list[int] = []
    seen = 0
    for group, later in _together(together, starts):
        first, last = group[0].notes[0], group[-1].notes[-1]
        local = list(range(seen, max(seen, bisect_left(starts, first))))
        own = list(range(max(seen, bisect_left(starts, first)), bisect_right(starts, last)))
        seen = max(seen, bisect_right(starts, last))
        pairs = _paired(mine, local, waiting, group, labels_after[later])
        believed = _believed(group, pairs, mine, set(local), form, called)
        answers |= believed
        used = {id(call) for each in believed.values() for call in each}
        rest = [at for at in (*waiting, *local, *own) if id(mine[at]) not in used]
        # A sign begins anew on every page: what nobody answered there is never answered.
        notes = set(believed)
        waiting = [at for at in rest if mine[at].piece not in notes and mine[at].call.mark.kind != "sign"]
    return _shared(answers, together, form)


def _together(together: Sequence[Gathering], starts: Sequence[int]) -> Iterator[tuple[list[Gathering], int]]:
    """Gatherings without a call between them: notes of several chapters at the end of all."""
    group: list[Gathering] = []
    for number, gathering in enumerate(together):
        if group and (
            gathering.standing != group[-1].standing
            or bisect_left(starts, gathering.notes[0]) > bisect_right(starts, group[-1].notes[-1])
        ):
            yield group, number
            group = []
        group.append(gathering)
    if group:
        yield group, len(together)


def _paired(
    mine: Sequence[Located], local: list[int], waiting: list[int], group: list[Gathering], later: set[str]
) -> dict[int, list[int]]:
    """The pieces of a group → the numbers of their calls: those near by first, then those from further back."""
    notes = [at for gathering in group for at in gathering.notes]
    labels = [label for gathering in group for label in gathering.labels]
    out: dict[int, list[int]] = {}

    def pair(calls: list[int], among: list[int]) -> None:
        asked = [Asked(mine[at].call.mark.label, mine[at].chapter) for at in calls]
        for call, note in answered(asked, [labels[at] for at in among], later).items():
            out.setdefault(notes[among[note]], []).append(calls[call])

    pair(local, list(range(len(notes))))
    left = [at for at in range(len(notes)) if notes[at] not in out]
    if left and waiting:
        used = {call for each in out.values() for call in each}
        pair([*waiting, *(at for at in local if at not in used)], left)
    return out


def _believed(
    group: list[Gathering],
    pairs: dict[int, list[int]],
    mine: Sequence[Located],
    local: set[int],
    form: Form,
    called: Form,
) -> Answers:
    out: Answers = {}
    for gathering in group:
        asked = {at: pairs[at] for at in gathering.notes if at in pairs}
        if asked and _evidence(gathering, asked, mine, local, form, called):
            out |= {at: tuple(mine[call] for call in sorted(each)) for at, each in asked.items()}
    return out


def _evidence(
    gathering: Gathering,
    asked: dict[int, list[int]],
    mine: Sequence[Located],
    local: set[int],
    form: Form,
    called: Form,
) -> bool:
    """Whether enough speaks for it that these are notes."""
    share = len(asked) / len(gathering.notes)
    every = [call for each in asked.values() for call in each]
    glued = all(mine[call].call.glued or mine[call].opens for call in every)
    if called == "bare":
        # A figure close to a word is a year, a formula, a name: only a whole row of them calls.
        return gathering.standing >= RULED and len(asked) > 1 and share >= 0.8 and _rising(gathering)
    if form == "told":
        return share >= 0.5
    if form in ("dot", "bare"):
        least = {TOLD: 0.5, RULED: 0.7, PLACED: 0.9}.get(gathering.standing, 2.0)
        return share >= least and (gathering.standing == TOLD or called in STRONG)
    if called in ("paren", "half") or form in ("paren", "half"):
        if gathering.standing >= PLACED:
            return share >= 0.7
        return share == 1 and form == called == "paren" and set(every) <= local
    if gathering.standing == LOOSE:
        return share >= 0.5 and glued and form == called
    return share >= 0.5


def _rising(gathering: Gathering) -> bool:
    numbers = [int(label) for label in gathering.labels if label.isdecimal()]
    return all(a < b for a, b in pairwise(numbers))


def _shared(answers: Answers, together: Sequence[Gathering], form: Form) -> Answers:
    """In the middle of a text most of what looks like a note must be one: paragraphs may be numbered "[12]" too."""
    loose = [at for each in together if each.standing == LOOSE for at in each.notes]
    kept = [at for at in loose if at in answers]
    if 2 * len(kept) < len(loose) or (form == "paren" and len(kept) == 1):
        gone = set(kept)
        return {at: each for at, each in answers.items() if at not in gone}
    return answers


def _whole(answers: Answers, found: Sequence[Located]) -> Answers:
    """Without calls of a place that calls several notes, of which some are not there: "[3, 4]" stays or goes."""
    spots: dict[tuple[int, int, int], int] = {}
    for each in found:
        spot = (each.piece, each.run, each.call.start)
        spots[spot] = spots.get(spot, 0) + 1
    met: dict[tuple[int, int, int], int] = {}
    for calls_ in answers.values():
        for each in calls_:
            spot = (each.piece, each.run, each.call.start)
            met[spot] = met.get(spot, 0) + 1
    kept = {
        at: tuple(each for each in calls_ if met[s := (each.piece, each.run, each.call.start)] == spots[s])
        for at, calls_ in answers.items()
    }
    return {at: calls_ for at, calls_ in kept.items() if calls_}
