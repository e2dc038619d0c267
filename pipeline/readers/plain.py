"""Plain text → Publication: what is a paragraph, heading, quotation or verse is read off the lay of its lines.

The work is done in rooms of its own: `plain_lines` takes the paper off, `plain_chunks` sees what stands
together, `plain_heads` finds headings, `plain_wrapping` makes lines whole, `emphasis` reads the signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from pipeline import decoding
from pipeline.model import (
    Block,
    BlockQuotation,
    Change,
    Heading,
    List,
    Metadata,
    Origin,
    Paragraph,
    Place,
    Publication,
    Separator,
    Verse,
    VerseLine,
)
from pipeline.normalise.language import detected
from pipeline.press import Press
from pipeline.readers.emphasis import run
from pipeline.readers.markdown import identifier
from pipeline.readers.plain_chunks import Chunk, Measure, chunks, looks_like_verse, measured, turned_over
from pipeline.readers.plain_heads import Head, heads, opening, quoted
from pipeline.readers.plain_lines import Line, Tidied, tidied
from pipeline.readers.plain_wrapping import Vocabulary, unwrapped, vocabulary
from pipeline.sources import Source
from pipeline.walk import Run

_BREAK = re.compile(r"(?:[*•·~#+=.\-_—–⁂§xXoO]\s*){1,40}")
_ITEM = re.compile(r"(?:[-•·*‣◦]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?=\S)")
_BULLET = re.compile(r"[-•·*‣◦]\s+")
_NOTE = re.compile(r"\s*(?:\[\d{1,3}\]|\[?[*†‡]+\]?\s)")


def read(source: Source, press: Press) -> Publication:
    """Read text in any encoding. The title is still empty: finding it is a repair."""
    decoded = decoding.decode(source.data, name=source.name)
    read_so = plain(decoded.text, source, press)
    return msgspec.structs.replace(read_so, ledger=(*decoded.changes, *read_so.ledger))


def plain(text: str, source: Source, press: Press) -> Publication:
    """Read text that was decoded already, in NFC."""
    tidy = tidied(text)
    language = detected(text) or press.language
    changes = list(tidy.changes)
    body = _blocks(tidy, vocabulary(tidy.lines, language), changes)
    return Publication(
        Metadata(
            title="",
            identifier=identifier(source.sha256),
            language=press.language,
            origin=Origin(source.name, source.media_type, source.sha256),
        ),
        tuple(_whole_poems(body)),
        ledger=tuple(changes),
    )


def _blocks(tidy: Tidied, known: Vocabulary, changes: list[Change]) -> Iterator[Block]:
    measure = measured(tidy.lines)
    together = chunks(tidy.lines, measure)
    if not measure.wrapped:
        together = [
            Chunk((line,), chunk.above if not at else 0)
            for chunk in together
            for at, line in enumerate(chunk.lines)
        ]
    found = {head.first: head for head in heads(together, measure)} if measure.wrapped else {}
    together, found = _title_lines(together, found, measure)
    feet = list(_feet(tidy.notes))
    at = 0
    while at < len(together):
        head = found.get(at)
        if head is not None:
            parts = together[at : head.last + 1]
            text = " ".join(part.text for part in parts)
            yield Heading(run(" ".join(text.split())), head.level, Place(parts[0].first, parts[-1].last))
            at = head.last + 1
        else:
            end = _quoted(together, at, found, measure)
            if end > at:
                inner = tuple(
                    Paragraph(_text(part, known, changes), place=_place(part)) for part in together[at:end]
                )
                yield BlockQuotation(inner, place=Place(together[at].first, together[end - 1].last))
                at = end
            else:
                yield from _block(together[at], measure, known, changes)
                at += 1
        last = together[at - 1].last
        while feet and feet[0][0] <= last:
            yield from _foot(feet.pop(0)[1], known, changes)
    for _, lines in feet:
        yield from _foot(lines, known, changes)


def _whole_poems(blocks: Iterable[Block]) -> Iterator[Block]:
    """Stanzas that follow one another are one poem."""
    held: Verse | None = None
    for block in blocks:
        if isinstance(block, Verse):
            if held is None:
                held = block
            else:
                place = Place(held.place.first, block.place.last)
                held = Verse((*held.stanzas, *block.stanzas), place=place)
            continue
        if held is not None:
            yield held
            held = None
        yield block
    if held is not None:
        yield held


def _title_lines(
    together: list[Chunk], found: dict[int, Head], measure: Measure
) -> tuple[list[Chunk], dict[int, Head]]:
    """Before the running text each line stands for itself: a title, a name, an entry of a contents list."""
    front = opening(together) if measure.wrapped else 0
    out: list[Chunk] = []
    moved: dict[int, Head] = {}
    for number, chunk in enumerate(together):
        if number in found:
            head = found[number]
            moved[len(out)] = Head(len(out), len(out) + head.last - head.first, head.level)
        if number < front and number not in found and _all_brief(chunk, measure):
            out += [Chunk((line,), chunk.above if not at else 0) for at, line in enumerate(chunk.lines)]
        else:
            out.append(chunk)
    return out, moved


def _all_brief(chunk: Chunk, measure: Measure) -> bool:
    return all(len(line.text.strip()) < 0.9 * measure.width for line in chunk.lines[:-1])


def _place(chunk: Chunk) -> Place:
    return Place(chunk.first, chunk.last)


def _text(chunk: Chunk, known: Vocabulary, changes: list[Change]) -> Run:
    return run(unwrapped(list(chunk.lines), known, changes))


def _quoted(together: Sequence[Chunk], at: int, found: Mapping[int, Head], measure: Measure) -> int:
    """Where a row of quotations that begins at `at` ends; `at` if none begins there."""
    end = at
    while (
        end < min(len(together), at + 3)
        and end not in found
        and len(together[end].lines) == 1
        and quoted(together, end, measure)
    ):
        end += 1
    while end < len(together) and end not in found and _indented(together[end], measure):
        end += 1
    # One brief line alone is no quotation: an address, a signature, a line of a title page.
    if end - at == 1 and len(together[at].lines) == 1 and len(together[at].text) < 0.6 * measure.width:
        return at
    return end


def _indented(chunk: Chunk, measure: Measure) -> bool:
    if not measure.wrapped or _BREAK.fullmatch(chunk.text) or looks_like_verse(chunk, measure):
        return False
    return (
        chunk.indent >= measure.left + 2
        and _ITEM.match(chunk.text) is None
        and (len(chunk.lines) > 1 or len(chunk.text) >= 0.5 * measure.width or ends_quoted(chunk.text))
    )


def ends_quoted(text: str) -> bool:
    return text[:1] in '"“«„' and text.rstrip("]0123456789[")[-1:] in '"”»“'


def _block(chunk: Chunk, measure: Measure, known: Vocabulary, changes: list[Change]) -> Iterator[Block]:
    if _BREAK.fullmatch(chunk.text) and not any(
        letter.isalnum() for letter in chunk.text if letter not in "xXoO"
    ):
        yield Separator(_place(chunk))
    elif measure.wrapped and looks_like_verse(chunk, measure) and not _NOTE.match(chunk.text):
        yield _verse(chunk, measure)
    elif len(items := _items(chunk)) > 1:
        rows = tuple((Paragraph(_text(_bare(item), known, changes), place=_place(item)),) for item in items)
        ordered = _BULLET.match(chunk.text) is None
        if ordered:
            # Their numbers are the author's: they stay in the text.
            rows = tuple((Paragraph(_text(item, known, changes), place=_place(item)),) for item in items)
            yield from (row[0] for row in rows)
        else:
            yield List(rows, place=_place(chunk))
    else:
        yield Paragraph(_text(chunk, known, changes), place=_place(chunk))


def _items(chunk: Chunk) -> list[Chunk]:
    starts = [at for at, line in enumerate(chunk.lines) if _ITEM.match(line.text.strip())]
    if not starts or starts[0] != 0:
        return []
    bounds = [*starts, len(chunk.lines)]
    return [Chunk(chunk.lines[a:b], 0) for a, b in pairwise(bounds)]


def _bare(item: Chunk) -> Chunk:
    first = item.lines[0]
    return Chunk(
        (Line(first.number, _ITEM.sub("", first.text.strip(), count=1)), *item.lines[1:]), item.above
    )


def _verse(chunk: Chunk, measure: Measure) -> Verse:
    """A turned-over line – short, with a small letter, after a full one – belongs to the one before it."""
    lines: list[tuple[int, str]] = []
    for line in chunk.lines:
        text = line.text.strip()
        if lines and turned_over(lines[-1][1], text, measure):
            lines[-1] = (lines[-1][0], f"{lines[-1][1]} {text}")
        else:
            lines.append((line.indent, text))
    edge = min(indent for indent, _ in lines)
    stanza = tuple(VerseLine(run(text), min((indent - edge) // 2, 9)) for indent, text in lines)
    return Verse((stanza,), place=_place(chunk))


def _feet(notes: Sequence[tuple[int, tuple[Line, ...]]]) -> Iterator[tuple[int, tuple[Line, ...]]]:
    """Notes at page ends, each with the line it stands after; one that a page's end has cut is whole again."""
    each: list[tuple[int, list[Line]]] = []
    for after, lines in notes:
        for line in lines:
            if line.blank:
                continue
            if _NOTE.match(line.text) or not each:
                each.append((after, [line]))
            else:
                each[-1][1].append(line)
    yield from ((after, tuple(lines)) for after, lines in each)


def _foot(lines: tuple[Line, ...], known: Vocabulary, changes: list[Change]) -> Iterator[Block]:
    yield Paragraph(
        run(unwrapped(list(lines), known, changes)), place=Place(lines[0].number, lines[-1].number)
    )
