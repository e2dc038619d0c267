"""A PDF with a text layer → Publication: its lines made paragraphs, headings, quotations and notes again.

    printed_page    bytes → words, and how they are printed
    printed_lines   words → lines; running heads, folios and notes at page ends told apart

A paragraph ends where the next line is indented, stands off, or is set otherwise, and where a line stops short of
the others. One that a page's end has cut goes on; the page's notes come after it. Notes keep their marks
and are made real ones by the passes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

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
from pipeline.readers.printed_lines import NOTE, Line, lines, sorted_out
from pipeline.readers.printed_page import Piece, printed
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
    waiting = list(_grouped(tidy.notes))
    groups = list(_paragraphs(tidy.text, tidy.size))
    edges, leading = _edges(tidy.text), _leading(tidy.text, tidy.size)
    front = _front(groups)
    title = _title(groups[: front + 1], tidy.size)
    sizes = sorted({group[0].size for group in groups[front:] if _headed(group, tidy.size)}, reverse=True)
    for at, group in enumerate(groups):
        place = Place(group[0].number, group[-1].number, group[0].place.part)
        run = _run(group, known, changes)
        before, after = groups[at - 1] if at else [], groups[at + 1] if at + 1 < len(groups) else []
        if group is title:
            changes.append(
                Change(
                    "titling", place, plain(run), f"title: {plain(run)}", "the largest words before the text"
                )
            )
            about = msgspec.structs.replace(about, title=plain(run))
        elif at >= front and _headed(group, tidy.size):
            bare = tuple(
                each for node in run for each in (node.content if isinstance(node, Strong) else (node,))
            )
            body.append(Heading(merged(bare), 1 + sizes.index(group[0].size), place))
        elif at >= front and _stands_off(group, before, after, leading):
            body.append(Heading(run, 1 + len(sizes), place))
        elif _quoted(group, edges, tidy.size):
            body.append(BlockQuotation((Paragraph(run, place=place),), place=place))
        else:
            body.append(Paragraph(run, place=place))
        # The notes of a page come after the paragraph that goes on over its end.
        while waiting and waiting[0][0].page <= group[-1].page and _over(group, after, waiting[0][0].page):
            body.append(_note(waiting.pop(0), known, changes))
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


Edges = dict[int, tuple[float, float]]
"""For each line, by its number, where the lines of its column begin and end."""

# --- Lines that belong together --------------------------------------------------------------------------


def _over(group: Sequence[Line], after: Sequence[Line], page: int) -> bool:
    """Whether a page is at its end with a group, and its notes may come."""
    return group[-1].page > page or not after or after[0].page > page


def _grouped(notes: Sequence[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in notes:
        if group and NOTE.match(line.text):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _paragraphs(text: Sequence[Line], size: float) -> Iterator[list[Line]]:
    edges = _edges(text)
    leading = _leading(text, size)
    indents = _indents(text, edges, size)
    group: list[Line] = []
    for line in text:
        if group and _begins(group, line, edges, leading, size, indents=indents):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _edges(text: Sequence[Line]) -> Edges:
    """For each line the edges of its column: where most lines of the page near it begin and end."""
    out: Edges = {}
    for page in {line.page for line in text}:
        own = [line for line in text if line.page == page]
        for column in _columns(own):
            lefts = Counter(round(line.left) for line in column)
            most = max(lefts.values())
            left = float(min(at for at, count in lefts.items() if count >= 0.5 * most))
            right = max(line.right for line in column)
            out |= {line.number: (left, right) for line in column}
    return out


def _columns(own: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that go down; where they begin again higher up, another column begins."""
    column: list[Line] = []
    for line in own:
        if column and line.y < column[-1].y - 1 and line.left > column[-1].left:
            yield column
            column = []
        column.append(line)
    if column:
        yield column


def _leading(text: Sequence[Line], size: float) -> float:
    """How far apart two lines of the text are."""
    steps = Counter(
        round(two.y - one.y, 1)
        for one, two in pairwise(text)
        if one.page == two.page and one.size == two.size == size and two.y > one.y
    )
    return steps.most_common(1)[0][0] if steps else 1.3 * size


_ENDED = re.compile(r"[.!?:…”\"»’)\]]\d*$")


def _indents(text: Sequence[Line], edges: Edges, size: float) -> bool:
    """Whether paragraphs begin with an indent: a line that is further in, and the next is not."""
    found = sum(
        two.left - edges[two.number][0]
        > 0.6 * size
        >= max(each.left - edges[each.number][0] for each in (one, three))
        for one, two, three in zip(text, text[1:], text[2:], strict=False)
    )
    return found > max(2, len(text) / 60)


def _begins(
    group: Sequence[Line], line: Line, edges: Edges, leading: float, size: float, *, indents: bool
) -> bool:
    """Whether a line begins a paragraph."""
    last = group[-1]
    em = size
    if abs(line.size - last.size) > 0.4 or line.bold != last.bold:
        return True
    left, _ = edges[line.number]
    before_left, before_right = edges[last.number]
    short = last.right < before_right - 1.2 * em
    indented = line.left - left > 0.6 * em
    together = last.page == line.page and line.y > last.y
    if together and line.y - last.y > max(1.35 * leading, leading + 0.3 * em) * max(1.0, line.size / size):
        return True
    if (
        len(group) > 1
        and indented
        and abs(line.left - last.left) < 0.4 * em
        and last.left - before_left > 0.6 * em
    ):
        # All of it is further in, on the right as well most likely.
        reach = max(each.right for each in (*group, line))
        return last.right < reach - 1.2 * em and bool(_ENDED.search(last.text))
    if indented and not (len(group) == 1 and abs((line.left - left) - (last.left - before_left)) < 0.4 * em):
        return True
    if last.left - before_left > 0.6 * em and not indented:
        # The first line of a paragraph was indented, this is its second; or a quotation is over.
        return len(group) > 1
    # Where paragraphs are indented, a short line is one that ends early for another reason, as ragged ones do.
    return short and not indents and bool(_ENDED.search(last.text))


# --- What they are ---------------------------------------------------------------------------------------


_LONG = 200
"""Letters. What is longer is no title, name or date."""


def _front(groups: Sequence[Sequence[Line]]) -> int:
    """How many groups stand before the text: the title page, and the heading that the text begins with."""
    first = next((at for at, group in enumerate(groups) if sum(len(line.text) for line in group) > _LONG), 0)
    return max(0, first - 1)


def _title(groups: Sequence[Sequence[Line]], size: float) -> Sequence[Line] | None:
    """What is set larger than all else before the text, if anything is."""
    largest = max((group[0].size for group in groups), default=0.0)
    found = [group for group in groups if group[0].size == largest]
    return found[0] if largest > 1.2 * size and _headed(found[0], size) else None


def _headed(group: Sequence[Line], size: float) -> bool:
    """Larger than the text, or heavier, and short."""
    first = group[0]
    if sum(len(line.text) for line in group) > 250 or not any(sign.isalpha() for sign in first.text):
        return False
    return first.size > 1.08 * size or (first.bold and first.size >= 0.95 * size and len(group) < 4)


def _stands_off(group: Sequence[Line], before: Sequence[Line], after: Sequence[Line], leading: float) -> bool:
    """A line or two of the text's own size with white above, that do not end as a sentence does."""
    if len(group) > 2 or not after or sum(len(line.text) for line in group) > 100:
        return False
    text = group[-1].text
    above = not before or before[-1].page < group[0].page or group[0].y - before[-1].y > 1.5 * leading
    below = after[0].page == group[-1].page and len(after) > 1
    return above and below and text[:1] not in "—–-•" and (text[-1].isalnum() or text[-1] in "?!”’")


def _quoted(group: Sequence[Line], edges: Edges, size: float) -> bool:
    """Several lines that all begin further in than the text does, or are set smaller."""
    if len(group) < 2:
        return False
    further = min(line.left - edges[line.number][0] for line in group[1:])
    return group[0].size < 0.97 * size or further > 0.9 * size


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
