"""(source, Publication, editions) → findings wherever a word of the author's is lost, added or changed.

| code | severity | what is wrong |
|---|---|---|
| words-001 | error | a word of the source is not in the model, and no entry of the ledger says why |
| words-002 | error | a word of the model is not in the source, and no entry of the ledger says why |
| words-003 | error | the pamphlet's text is not the model's |
| words-004 | error | the ebook's text is not the model's |
| words-005 | error | the folded booklet's text is not the model's |
| words-006 | error | what the source says of its provenance is not in the edition |
| words-007 | error | the title is not on the cover |

What is printed beside the text is known by its place: running heads and folios stand outside the text
block, cover, contents and colophon on pages of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from pipeline.artefacts import TextBlock
from pipeline.checks import epub_reading, original
from pipeline.checks.original import Line
from pipeline.checks.pagetext import PageText
from pipeline.checks.wording import differences, rejoined, words
from pipeline.findings import Finding
from pipeline.model import (
    Block,
    Change,
    Inline,
    List,
    NoteRef,
    Place,
    Publication,
    Section,
    Table,
    Text,
)
from pipeline.readers import marks
from pipeline.renderers import furniture
from pipeline.scouring import RULE
from pipeline.walk import Run, every_block, inner, plain, publication_runs, runs

_SHOWN = 8
"""Words of a difference that a message shows."""
_MOST = 5
"""Findings of one kind: where more is wrong, the first say enough."""


def _error(number: int, where: str, message: str, hint: str = "") -> Finding:
    return Finding(f"words-{number:03}", "error", where, message, hint)


# --- Source and model ------------------------------------------------------------------------------

_LIST_NUMBER = re.compile(r"\s*(?:>\s*)*(\d{1,9})[.)]\s")


def _words(text: str) -> list[str]:
    return words(marks.inside_gone(marks.gone(text)))


class _Word(msgspec.Struct, frozen=True, gc=False):
    """A word of the source, its line, and whether it is the number of a list's item."""

    text: str
    line: int
    number: bool = False


def _source_words(lines: Iterable[Line]) -> Iterator[_Word]:
    for line, number in lines:
        counted = _LIST_NUMBER.match(line) is not None
        for at, word in enumerate(words(marks.inside_gone(line))):
            yield _Word(word, number, counted and at == 0)


def _settled(source: list[_Word], ledger: Iterable[Change]) -> tuple[list[_Word], list[Change]]:
    """The source as the ledger says it now reads, and the entries whose words do not stand there in a row, once.

    Done beforehand, so that a line which stands twice and went once is missed where it stood.
    """
    rest: list[Change] = []
    for change in ledger:
        if change.rule == RULE:
            continue  # it was settled before there were lines
        before = _words(change.before)
        after = [] if change.rule in _INTO_METADATA else _words(change.after)
        if before == after:
            continue
        first = bisect_left(source, change.place.first, key=lambda each: each.line)
        last = bisect_right(source, change.place.last, key=lambda each: each.line) - len(before)
        found = [
            at
            for at in range(first, last + 1)
            if before and [each.text for each in source[at : at + len(before)]] == before
        ]
        if len(found) == 1 and change.rule != "titling":
            at, line = found[0], source[found[0]].line
            source[at : at + len(before)] = [_Word(word, line) for word in after]
        else:
            rest.append(change)
    return source, rest


def check_source(text: str, publication: Publication) -> tuple[Finding, ...]:
    """`check_lines` of a text that is Markdown, or like it."""
    return check_lines(original.marked(text), publication)


def check_lines(lines: Iterable[Line], publication: Publication) -> tuple[Finding, ...]:
    """Each word of a source is in the model, in its order, or the ledger says what became of it."""
    source, rest = _settled(list(_source_words(lines)), publication.ledger)
    mine = [each.text for each in source]
    theirs: list[str] = []
    places: list[Place] = []
    counted: set[int] = set()
    for run, place, number in sorted(_everything(publication), key=lambda each: each[1].first):
        found = _words(run)
        if number:
            counted.add(len(theirs))
        theirs += found
        places += [place] * len(found)

    ledger = _Ledger(rest)
    lost: list[int] = []
    added: list[int] = []
    for gap in differences(mine, theirs):
        lost += [
            at
            for at in range(gap.from_a, gap.to_a)
            if source[at].number or not ledger.took(mine[at], source[at].line)
        ]
        added += [
            at
            for at in range(gap.from_b, gap.to_b)
            if at not in counted and not ledger.gave(theirs[at], places[at])
        ]
    # A note that stood at the foot of a page stands between two lines of the paragraph that went on under it:
    # the lines of one lie within those of the other, and the same words come back in another order.
    entangled = _entangled({(place.first, place.last) for place in places})
    waiting: dict[str, list[int]] = {}
    for at in added:
        waiting.setdefault(theirs[at], []).append(at)
    gone = []
    for at in lost:
        line = source[at].line
        there = [to for to in waiting.get(mine[at], ()) if places[to].first <= line <= places[to].last]
        mate = next((to for to in there if (places[to].first, places[to].last) in entangled), None)
        if mate is not None:
            waiting[mine[at]].remove(mate)
        elif not source[at].number:
            gone.append(at)
    left = sorted(at for each in waiting.values() for at in each)
    out = [
        _error(1, f"line {source[row[0]].line}", f"lost from the source: “{_some(mine, row)}”")
        for row in _rows(gone)
    ]
    out += [
        _error(2, f"line {places[row[0]].first}", f"not in the source: “{_some(theirs, row)}”")
        for row in _rows(left)
    ]
    return tuple(out[:_MOST])


def _entangled(places: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Places (first and last line) that share a line with another one."""
    out: set[tuple[int, int]] = set()
    reach = (0, 0)
    for place in sorted(places):
        if place[0] <= reach[1] and reach[1]:
            out |= {place, reach}
        reach = max(reach, place, key=lambda each: each[1])
    return out


def _rows(numbers: list[int]) -> Iterator[list[int]]:
    """Numbers that follow one another, together."""
    row: list[int] = []
    for number in numbers:
        if row and number != row[-1] + 1:
            yield row
            row = []
        row.append(number)
    if row:
        yield row


def _everything(publication: Publication) -> Iterator[tuple[str, Place, bool]]:
    """All that was taken from the source, its place, and whether it is the number of a list's item: the runs,
    and the line that became the titles."""
    about = publication.metadata
    for change in publication.ledger:
        if change.rule == "titling" and change.place.first:
            yield f"{about.rubric} {about.title} {about.subtitle}", change.place, False
    unnumbered = publication_runs(publication)
    due = next(unnumbered, None)
    for run, place in publication_runs(publication, numbered=True):
        # A number is what is not there when numbers are not asked for.
        number = (run, place) != due
        yield plain(run), place, number
        due = due if number else next(unnumbered, None)


_INTO_METADATA = {"byline", "front-matter"}
"""Rules that take a line of the source to pieces, each of which the `after` of their entry names."""


class _Ledger:
    """What the ledger still has to account for; each of its words counts once. Mutable: it is used up."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._taken: list[tuple[Place, Counter[str]]] = []
        self._given: list[tuple[Place, Counter[str]]] = []
        for change in changes:
            before, after = Counter(words(change.before)), Counter(words(change.after))
            if change.rule in _INTO_METADATA:
                after = Counter()
            if before - after:
                self._taken.append((change.place, before - after))
            if after - before:
                self._given.append((change.place, after - before))

    def took(self, word: str, line: int) -> bool:
        return _used(self._taken, word, Place(line, line))

    def gave(self, word: str, place: Place) -> bool:
        return _used(self._given, word, place)


def _used(entries: Sequence[tuple[Place, Counter[str]]], word: str, place: Place) -> bool:
    for where, left in entries:
        near = not where.first or (where.first <= place.last and place.first <= where.last)
        if near and left[word] > 0:
            left[word] -= 1
            return True
    return False


def _some(all_words: Sequence[str], at: Sequence[int]) -> str:
    shown = " ".join(all_words[number] for number in at[:_SHOWN])
    return shown if len(at) <= _SHOWN else f"{shown} …"


# --- Model and editions ----------------------------------------------------------------------------


def _text(publication: Publication, *, called: bool = False) -> list[str]:
    """The words of the text, in reading order, without notes and provenance.

    `called` puts the number of each note where it is called: in print it is part of the word before it.
    """
    numbers = {note.id: str(number) for number, note in enumerate(publication.notes, 1)} if called else {}
    return [word for run, _ in runs(_blocks(publication)) for word in words(plain(_numbered(run, numbers)))]


def _numbered(run: Run, numbers: Mapping[str, str]) -> Run:
    out: list[Inline] = []
    for node in run:
        if isinstance(node, NoteRef):
            out.append(Text(numbers.get(node.note, "")))
        elif content := inner(node):
            out += _numbered(content, numbers)
        else:
            out.append(node)
    return tuple(out)


def _notes(publication: Publication, *, numbered: bool = False) -> list[str]:
    """The words of the notes; `numbered` puts the number of each before it."""
    numbers = {note.id: str(number) for number, note in enumerate(publication.notes, 1)}
    out: list[str] = []
    for note in publication.notes:
        out += [numbers[note.id]] if numbered else []
        out += [word for run, _ in runs(note.blocks) for word in words(plain(_numbered(run, numbers)))]
    return out


def _blocks(publication: Publication) -> tuple[Block, ...]:
    """The text itself, without notes and provenance."""
    after = tuple(block for block in publication.back if not _provenance(block))
    return (*publication.front, *publication.body, *after)


def _item_numbers(blocks: Iterable[Block]) -> list[str]:
    """The numbers of all items of ordered lists: print paints them apart from their items."""
    return [
        str(number)
        for block in every_block(blocks)
        if isinstance(block, List) and block.ordered
        for number in range(block.start, block.start + len(block.items))
    ]


def _heads(publication: Publication) -> list[str]:
    """The words of the heads of tables."""
    return [
        word
        for block in every_block(_blocks(publication))
        if isinstance(block, Table)
        for row in block.head
        for cell in row
        for run, _ in runs(cell.blocks)
        for word in words(plain(run))
    ]


def _provenance(block: Block) -> bool:
    return isinstance(block, Section) and block.role == "provenance"


def _provenance_words(publication: Publication) -> list[str]:
    return [
        word for run, _ in runs(tuple(filter(_provenance, publication.back))) for word in words(plain(run))
    ]


def check_pages(
    pages: Sequence[PageText], block: TextBlock, publication: Publication, *, folded: bool = False
) -> tuple[Finding, ...]:
    """The pages of a pamphlet, or of a booklet that was folded, read as the model does."""
    about = publication.metadata
    authors = tuple(creator for creator in about.creators if creator.role == "aut")
    opening = words(f"{about.title} {about.subtitle} {furniture.names(authors, about.language)}")
    text: list[str] = []
    feet: list[str] = []
    for page, foot in zip(pages[block.first - 1 : block.last], block.feet, strict=False):
        text += [word.text for word in page.words if block.top <= word.y < foot]
        feet += [word.text for word in page.words if foot <= word.y <= block.bottom]
    where, code = ("the folded booklet", 5) if folded else ("the pamphlet", 3)
    # A table that goes on over a page has its head again there.
    again = Counter(_heads(publication) * (block.last - block.first))
    notes = _notes(publication, numbered=True)
    # Notes too long for the feet of pages are set after the text, under a head of ours.
    at_end = bool(notes) and not feet
    after = [*words(furniture.words(about.language).notes), *notes] if at_end else []
    found = [
        *_compared(
            [*opening, *_text(publication, called=True), *after],
            words(rejoined(text)),
            Counter(_item_numbers(_blocks(publication))),
            again,
            (where, code),
        ),
        *_compared(
            [] if at_end else notes,
            words(rejoined(feet)),
            Counter(_item_numbers(block for note in publication.notes for block in note.blocks)),
            Counter(),
            (f"the notes of {where}", code),
        ),
    ]
    before = [
        word for page in pages[: block.first - 1] for word in words(rejoined(w.text for w in page.words))
    ]
    if not _contains(before, _provenance_words(publication)):
        found.append(_error(6, where, "the colophon lacks what the source says of its provenance"))
    if not pages or not _contains(words(rejoined(word.text for word in pages[0].words)), words(about.title)):
        found.append(_error(7, where, "the title is not on the cover"))
    return tuple(found)


def _compared(
    want: list[str], read: list[str], numbers: Counter[str], again: Counter[str], where: tuple[str, int]
) -> tuple[Finding, ...]:
    """All of `want` in its order; between them the `numbers` of lists, which print paints apart, and perhaps words
    that are printed `again`; and nothing else."""
    spare = numbers + again
    place, code = where
    out: list[Finding] = []
    for gap in differences(want, read):
        if "".join(want[gap.from_a : gap.to_a]) == "".join(read[gap.from_b : gap.to_b]):
            continue  # spaced letters: pdfium takes the wide gaps in "P A R T Y" for spaces
        lost = list(range(gap.from_a, gap.to_a))
        added = []
        for at in range(gap.from_b, gap.to_b):
            if spare[read[at]] > 0:
                spare[read[at]] -= 1
            else:
                added.append(at)
        if lost or added:
            after = " ".join(want[max(0, gap.from_a - 4) : gap.from_a])
            out.append(
                _error(
                    code,
                    f"{place}, after “{after}”",
                    f"the text has “{_some(want, lost)}”, the edition “{_some(read, added)}”",
                )
            )
    missing = (spare - again) & numbers
    if missing:
        out.append(_error(code, place, f"numbers of items are missing: “{' '.join(list(missing)[:_SHOWN])}”"))
    return tuple(out[:_MOST])


def _contains(whole: Sequence[str], part: Sequence[str]) -> bool:
    """Whether `part` stands in `whole`, one word after the other."""
    return not part or any(
        whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1) if whole[at] == part[0]
    )


def check_book(epub: bytes, publication: Publication) -> tuple[Finding, ...]:
    """The ebook reads as the model does; its notes come at the end."""
    reading = epub_reading.words(epub)
    read = [word for block in reading.text for word in words(block)]
    want = [
        *_text(publication),
        *(word for note in publication.notes for run, _ in runs(note.blocks) for word in words(plain(run))),
    ]
    out: list[Finding] = []
    for gap in differences(want, read):
        after = " ".join(want[max(0, gap.from_a - 4) : gap.from_a])
        out.append(
            _error(
                4,
                f"the ebook, after “{after}”",
                f"the text has “{_some(want, range(gap.from_a, gap.to_a))}”, "
                f"the edition “{_some(read, range(gap.from_b, gap.to_b))}”",
            )
        )
    quoted = [word for block in reading.provenance for word in words(block)]
    if quoted != _provenance_words(publication):
        out.append(_error(6, "the ebook", "the colophon lacks what the source says of its provenance"))
    return tuple(out[:_MOST])
