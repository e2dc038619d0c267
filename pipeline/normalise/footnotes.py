"""Footnotes: notes written out by hand – "[1]", "*", "¹" and a paragraph that begins so – become linked notes.

Nothing is guessed: what no note answers stays where it is, and so does a note that nothing calls
(`footnotes_findings` tells of both). A body that has its sections is not looked at any more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pipeline.editing import cut, flat, merged, trimmed
from pipeline.model import Block, Change, Note, Paragraph, Place, Publication, Section, Text
from pipeline.normalise.desk import Desk, entered
from pipeline.normalise.footnotes_calling import called
from pipeline.normalise.footnotes_findings import find as find
from pipeline.normalise.footnotes_gatherings import Answers, Located, sure
from pipeline.normalise.footnotes_pieces import Piece, pieces
from pipeline.normalise.footnotes_rebuilding import in_order, rebuilt
from pipeline.normalise.footnotes_standing import is_cut, left_open, runs_on, text_of
from pipeline.walk import plain, runs, spread

_MOST_UNDER = 12
"""Blocks without a mark that a note under "Notes" may go on with before the next one."""
_MOST_BESIDE = 40
"""Notes at the end of a page: more than any page has."""
_NUMBER = re.compile(r"n(\d+)")
_WHY = "a note written out by hand is a note of its own"
_MOVED = "a note at the foot of a page stood in the middle of the text"
_GOES_ON = "the note before it goes on"


def repair(publication: Publication, desk: Desk) -> Publication:
    """Form after form, until nothing more is sure."""
    if any(isinstance(block, Section) for block in publication.body):
        return publication
    while (made := _made(publication)) is not None:
        publication = made
    return publication


def _made(publication: Publication) -> Publication | None:
    all_pieces = pieces(publication.body)
    answers = sure(all_pieces)
    if not answers:
        return None
    more = _going_on(all_pieces, answers)
    names = _names(publication, answers)
    taken = {*answers, *(at for each in more.values() for at in each)}
    gone = _emptied(all_pieces, taken)
    changes: list[Change] = []
    notes = tuple(
        _note(names[at], at, all_pieces, more.get(at, ()), changes)
        for at in sorted(answers, key=lambda at: _where(answers[at][0]))
    )
    changes += [
        Change(
            "notes", spread(all_pieces[at].blocks), _standing(all_pieces[at]), "", "it stood over notes alone"
        )
        for at in gone
    ]
    spots: dict[int, dict[int, list[tuple[Located, str]]]] = {}
    for at, each in answers.items():
        for call in each:
            spots.setdefault(call.piece, {}).setdefault(call.run, []).append((call, names[at]))
    kept = tuple(
        called(piece, spots[number], changes) if number in spots else piece
        for number, piece in enumerate(all_pieces)
        if number not in taken and number not in gone
    )
    out = entered(
        publication,
        *sorted(changes, key=lambda change: change.place.first),
        body=rebuilt(publication.body, all_pieces, kept),
        notes=(*publication.notes, *notes),
    )
    return in_order(out)


def _names(publication: Publication, answers: Answers) -> dict[int, str]:
    """Ids in the order of the calls, after those that are taken."""
    taken = [int(found[1]) for note in publication.notes if (found := _NUMBER.fullmatch(note.id))]
    start = max(taken, default=0) + 1
    order = sorted(answers, key=lambda at: _where(answers[at][0]))
    return {at: f"n{number}" for number, at in enumerate(order, start)}


def _where(call: Located) -> tuple[int, int, int]:
    return call.piece, call.run, call.call.start


# --- What belongs to a note ------------------------------------------------------------------------


def _going_on(all_pieces: Sequence[Piece], answers: Answers) -> dict[int, tuple[int, ...]]:
    """The pieces that each note goes on with."""
    busy = {call.piece for each in answers.values() for call in each}
    notes = sorted(answers)
    out: dict[int, tuple[int, ...]] = {}
    told = _under_a_label(all_pieces)
    for number, at in enumerate(notes):
        following = notes[number + 1] if number + 1 < len(notes) else len(all_pieces)
        gap = range(at + 1, following)
        if not gap or not all(_plain_text(all_pieces[each]) and each not in busy for each in gap):
            found: tuple[int, ...] = ()
        elif following < len(all_pieces) and at in told and _next(all_pieces, at, following):
            found = tuple(gap) if len(gap) <= _MOST_UNDER else ()
        elif (
            len(gap) == 1 and _next(all_pieces, at, following) and runs_on(all_pieces[at], all_pieces[at + 1])
        ):
            found = tuple(gap)
        else:
            found = ()
        found = found or _over_the_page(all_pieces, at, following, busy)
        if found:
            out[at] = found
    return out


def _plain_text(piece: Piece) -> bool:
    return piece.kind == "text" and piece.opening is None


def _under_a_label(all_pieces: Sequence[Piece]) -> set[int]:
    out: set[int] = set()
    told = False
    for at, piece in enumerate(all_pieces):
        if piece.kind == "head":
            told = piece.label or (
                told and at + 1 < len(all_pieces) and all_pieces[at + 1].opening is not None
            )
        if told:
            out.add(at)
    return out


def _next(all_pieces: Sequence[Piece], at: int, following: int) -> bool:
    """Whether the note that follows has the number after this one's."""
    if following >= len(all_pieces):
        return False
    match all_pieces[at].opening, all_pieces[following].opening:
        case (here, there) if here and there and here.mark.kind == there.mark.kind == "number":
            return int(there.mark.label) == int(here.mark.label) + 1
        case _:
            return False


def _over_the_page(all_pieces: Sequence[Piece], at: int, following: int, busy: set[int]) -> tuple[int, ...]:
    """The rest of a note that the end of a page cut: what stands first under the next rule."""
    rule = next((n for n in range(at + 1, following) if all_pieces[n].kind == "rule"), None)
    if rule is None or rule + 2 > len(all_pieces) - 1:
        return ()
    rest, after, before = rule + 1, all_pieces[rule + 2], all_pieces[rule - 1]
    if not _plain_text(all_pieces[rest]) or rest in busy or not runs_on(all_pieces[at], all_pieces[rest]):
        return ()
    noted = rule + 2 == following and _next(all_pieces, at, following)
    return (
        (rest,) if noted or (before.kind == "text" and after.kind == "text" and is_cut(before, after)) else ()
    )


def _note(
    name: str, at: int, all_pieces: Sequence[Piece], more: Sequence[int], changes: list[Change]
) -> Note:
    piece = all_pieces[at]
    first, *others = piece.blocks
    blocks: list[Block] = [_without_mark(first, piece), *others]
    if piece.opening and piece.opening.mark.form == "told":
        blocks = _unbracketed(blocks)
    before = "\n".join(plain(run) for run, _ in runs(piece.blocks)).strip()
    if piece.counted and piece.opening:
        label = piece.opening.mark.label
        before = f"{label}. {before}" if label.isdecimal() else f"{label} {before}"
    after = "\n".join(plain(run) for run, _ in runs(blocks)).strip()
    moved = _moved(all_pieces, at, more)
    place = spread(piece.blocks)
    _tell(changes, place, before, after, to=moved, why=_WHY)
    one = len(more) == 1 and runs_on(all_pieces[at], all_pieces[more[0]])
    for number in more:
        rest = all_pieces[number]
        place = spread(rest.blocks)
        words = "\n".join(plain(run) for run, _ in runs(rest.blocks))
        # A half that is joined to the other one stands where that stands.
        to = spread(piece.blocks) if one else (place if moved or number > at + 1 else None)
        _tell(changes, place, words, words, to=to, why=_GOES_ON)
        blocks = _joined(blocks, rest, one=one)
    return Note(name, tuple(blocks), spread(piece.blocks))


def _tell(
    changes: list[Change], place: Place, before: str, after: str, *, to: Place | None, why: str
) -> None:
    """One entry; two where the text goes to another place than its neighbours, so that both ends are told."""
    if to is None:
        changes.append(Change("notes", place, before, after, why))
    else:
        changes += [Change("notes", place, before, "", _MOVED), Change("notes", to, "", after, why)]


def _moved(all_pieces: Sequence[Piece], at: int, more: Sequence[int]) -> Place | None:
    """Where a note goes from that stood inside a paragraph, or between what may be its halves: from the lines
    before it to those after it, since its words and theirs may be the same. None if it stood by itself."""
    piece = all_pieces[at]
    around = all_pieces[max(0, at - 1) : at + 2]
    if not piece.inside and sum(other.first == piece.first for other in around) > 1:
        return spread(piece.blocks)
    before = _text_beside(all_pieces, range(at - 1, max(-1, at - _MOST_BESIDE), -1))
    after = _text_beside(all_pieces, range(at + 1, min(len(all_pieces), at + _MOST_BESIDE)))
    if before is None or after is None:
        return None
    if is_cut(before, after) or left_open(text_of(before)) or (more and all_pieces[more[0]] is after):
        return spread((*before.blocks, *piece.blocks, *after.blocks))
    return None


def _text_beside(all_pieces: Sequence[Piece], numbers: Sequence[int]) -> Piece | None:
    """The nearest piece that is text, if no heading comes before it."""
    for number in numbers:
        piece = all_pieces[number]
        if piece.kind == "head":
            return None
        if _plain_text(piece):
            return piece
    return None


def _without_mark(block: Block, piece: Piece) -> Block:
    if not isinstance(block, Paragraph) or piece.opening is None:
        return block
    content = trimmed(block.content)
    content = trimmed(merged(cut(content, piece.opening.length, len(flat(content)))))
    return msgspec.structs.replace(block, content=content)


def _unbracketed(blocks: list[Block]) -> list[Block]:
    """Without the bracket that closes "[Footnote 1: …]"."""
    match blocks[-1]:
        case Paragraph(content=content) as last:
            text = flat(content)
            end = len(text.rstrip())
            if text[:end].endswith("]"):
                content = trimmed(merged((*cut(content, 0, end - 1), *cut(content, end, len(text)))))
            return [*blocks[:-1], msgspec.structs.replace(last, content=content)]
        case _:
            return blocks


def _joined(blocks: list[Block], rest: Piece, *, one: bool) -> list[Block]:
    match blocks[-1], rest.blocks:
        case Paragraph() as last, (Paragraph() as first,) if one:
            content = merged((*last.content, Text(" "), *first.content))
            return [*blocks[:-1], msgspec.structs.replace(last, content=content)]
        case _:
            return [*blocks, *rest.blocks]


# --- What stood over them --------------------------------------------------------------------------


def _standing(piece: Piece) -> str:
    return text_of(piece) or "―"


def _emptied(all_pieces: Sequence[Piece], notes: set[int]) -> set[int]:
    """Labels, names of chapters and rules under which nothing but notes stood."""
    out: set[int] = set()
    told = _under_a_label(all_pieces)
    for at in range(len(all_pieces) - 1, -1, -1):
        piece = all_pieces[at]
        if piece.kind == "text":
            continue
        below = at + 1
        while below < len(all_pieces) and (below in notes or below in out):
            below += 1
        bare = below == len(all_pieces) or all_pieces[below].kind == "head"
        has_notes = any(each in notes for each in range(at + 1, below))
        if not has_notes:
            continue
        if piece.kind == "rule" or (bare and (piece.label or (at in told and at + 1 in notes))):
            out.add(at)
    return out
