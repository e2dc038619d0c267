"""A PDF with a text layer → Publication: its lines made paragraphs, headings, quotations and notes again.

    printed_page         bytes → words, and how they are printed
    printed_lines        words → lines; running heads, folios and notes at page ends told apart
    printed_paragraphs   lines → those that belong together, and what they are

A paragraph ends where the next line is indented, stands off, or is set otherwise, and where a line stops short of
the others. One that a page's end has cut goes on; the page's notes come after it. Notes keep their marks
and are made real ones by the passes.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence

import msgspec

from pipeline.editing import merged
from pipeline.errors import SourceError
from pipeline.model import (
    Block,
    BlockQuotation,
    Change,
    Emphasis,
    Heading,
    Inline,
    Metadata,
    Origin,
    Paragraph,
    Place,
    Publication,
    Strong,
    Superscript,
    Text,
)
from pipeline.normalise.language import detected
from pipeline.press import Press
from pipeline.readers import plain_wrapping
from pipeline.readers.markdown import identifier
from pipeline.readers.plain_wrapping import Vocabulary
from pipeline.readers.printed_lines import Line, lines, sorted_out
from pipeline.readers.printed_page import Piece, printed
from pipeline.readers.printed_paragraphs import (
    front,
    headed,
    notes,
    paragraphs,
    quoted,
    setting,
    stands_off,
    title,
)
from pipeline.sources import Source
from pipeline.walk import plain

_LEAST = 20
"""Letters a page. What has fewer is pictures of pages."""


def read(source: Source, press: Press) -> Publication:
    """Read a PDF. Raises SourceError if it is damaged, locked, or holds no text."""
    found = printed(source.data, source.name)
    every = lines(found.pages)
    if sum(len(line.text) for line in every) < _LEAST * max(1, len(found.pages)):
        raise SourceError(
            f"{source.name}: the pages of this PDF are pictures, without text",
            "run it through a program that recognises letters first, such as OCRmyPDF",
        )
    tidy = sorted_out(found.pages, every)
    language = detected("\n".join(line.text for line in tidy.text)) or press.language
    known = _vocabulary(tidy.text, language)
    changes: list[Change] = list(tidy.changes)
    about = Metadata(
        title="",
        identifier=identifier(source.sha256),
        language=press.language,
        origin=Origin(source.name, source.media_type, source.sha256),
    )
    body: list[Block] = []
    waiting = deque(notes(tidy.notes))
    given = setting(tidy.text, tidy.size)
    groups = list(paragraphs(tidy.text, given))
    start = front(groups)
    largest = title(groups[: start + 1], given)
    sizes = sorted({group[0].size for group in groups[start:] if headed(group, given)}, reverse=True)
    for at, group in enumerate(groups):
        place = Place(group[0].number, group[-1].number, group[0].place.part)
        run = _run(group, known, changes)
        before, after = groups[at - 1] if at else [], groups[at + 1] if at + 1 < len(groups) else []
        if group is largest:
            changes.append(
                Change(
                    "titling", place, plain(run), f"title: {plain(run)}", "the largest words before the text"
                )
            )
            about = msgspec.structs.replace(about, title=plain(run))
        elif at >= start and headed(group, given):
            bare = tuple(
                each for node in run for each in (node.content if isinstance(node, Strong) else (node,))
            )
            body.append(Heading(merged(bare), 1 + sizes.index(group[0].size), place))
        elif at >= start and stands_off(group, before, after, given):
            body.append(Heading(run, 1 + len(sizes), place))
        elif quoted(group, given):
            body.append(BlockQuotation((Paragraph(run, place=place),), place=place))
        else:
            body.append(Paragraph(run, place=place))
        # The notes of a page come after the paragraph that goes on over its end.
        while waiting and waiting[0][0].page <= group[-1].page and _over(group, after, waiting[0][0].page):
            body.append(_note(waiting.popleft(), known, changes))
    body += [_note(note, known, changes) for note in waiting]
    return Publication(about, tuple(body), ledger=tuple(changes))


_MARK = re.compile(r"\s*(\[?)(\d{1,3}|[*†‡§]+)(\]?)([.)]?)\s*")


def _note(own: Sequence[Line], known: Vocabulary, changes: list[Change]) -> Paragraph:
    """A note at the foot of a page. Its mark is raised, as its call is: where it stands tells that it is one."""
    first, last = own[0], own[-1]
    run = _run(own, known, changes)
    place = Place(first.number, last.number, first.place.part)
    match run:
        case (Text(text), *rest) if (mark := _MARK.match(text)) and not mark[1] and not mark[3]:
            said = text[mark.end() :]
            changes.append(Change("notes", place, mark[0].strip(), mark[2], "a note at the foot of a page"))
            return Paragraph((Superscript((Text(mark[2]),)), Text(f" {said}"), *rest), place=place)
        case _:
            return Paragraph(run, place=place)


def _vocabulary(text: Sequence[Line], language: str) -> Vocabulary:
    words: set[str] = set()
    cuts = 0
    half = False
    for line in text:
        each = re.findall(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*", line.text)
        cut = _cut(line)
        words.update(word.casefold().replace("‐", "-") for word in each[half : len(each) - cut])
        cuts, half = cuts + cut, cut
    return Vocabulary(frozenset(words), language, cuts)


def _cut(line: Line) -> bool:
    return bool(re.search(r"[^\W\d_][-‐\u00ad]$", line.text))


def _over(group: Sequence[Line], after: Sequence[Line], page: int) -> bool:
    """Whether a page is at its end with a group, and its notes may come."""
    return group[-1].page > page or not after or after[0].page > page


# --- Their words -----------------------------------------------------------------------------------------


def _run(group: Sequence[Line], known: Vocabulary, changes: list[Change]) -> tuple[Inline, ...]:
    out: list[Inline] = []
    size = group[0].size
    held = ""
    looks = (False, False, False)
    bold = all(line.bold for line in group)

    def end() -> None:
        nonlocal held
        if held:
            out.append(_set(held, *looks))
        held = ""

    for number, line in enumerate(group):
        for at, piece in enumerate(line.pieces):
            text = piece.text
            space = "" if piece.glued or (not number and not at) else " "
            if not at and number and (cut := _halves(held, text)):
                whole = plain_wrapping.joined(*cut, known)
                place = Place(group[number - 1].number, line.number, line.place.part)
                why = "the hyphen of a line's end" if whole else "a hyphen at a line's end is the author's"
                # Whole, as they stand between spaces: "self-eman-" and "cipation".
                first = held.rsplit(maxsplit=1)[-1][: -1 - len(cut[0])]
                rest = line.text.split(" ", 1)[0][len(cut[1]) :]
                before = f"{first}{cut[0]}- {cut[1]}{rest}"
                changes.append(
                    Change("hyphens", place, before, f"{first}{whole or '-'.join(cut)}{rest}", why)
                )
                held = held[:-1] + ("" if whole else "-")
                space = ""
            now = (piece.italic, piece.bold and not bold, _raised(piece, line, size))
            if now != looks:
                if not any(looks):
                    # A space belongs to the plainer of its neighbours.
                    held += space
                    space = ""
                end()
                looks = now
            held += space + text
    end()
    return merged(tuple(out))


def _halves(above: str, below: str) -> tuple[str, str] | None:
    """The letters on both sides of a hyphen at a line's end."""
    end, start = re.search(r"([^\W\d_]{2,})[-‐\u00ad]$", above), re.match(r"[^\W\d_]{2,}", below)
    return (end[1], start[0]) if end and start else None


def _raised(piece: Piece, line: Line, size: float) -> bool:
    return piece.size < 0.85 * line.size and line.y - piece.y > 0.12 * size


def _set(text: str, italic: bool, bold: bool, raised: bool) -> Inline:
    node: Inline = Text(text)
    if raised:
        return Superscript((node,))
    if italic:
        node = Emphasis((node,))
    return Strong((node,)) if bold else node
