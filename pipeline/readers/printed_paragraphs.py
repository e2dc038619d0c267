"""Lines of a PDF → those that belong together, and what they are: paragraph, heading, quotation, note."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

import msgspec

from pipeline.readers.printed_lines import NOTE, Line

Edges = dict[int, tuple[float, float]]
"""For each line, by its number, where the lines of its column begin and end."""


class Setting(msgspec.Struct, frozen=True):
    """size: of most of the text, in points; leading: from line to line; indents: whether paragraphs have one."""

    size: float
    edges: Edges
    leading: float
    indents: bool


def notes(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The notes at the feet of pages, each with all its lines, those on the next page too."""
    group: list[Line] = []
    for line in lines:
        if group and NOTE.match(line.text):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def setting(text: Sequence[Line], size: float) -> Setting:
    """How a text is set of which most is `size` points large."""
    edges = _edges(text)
    return Setting(size, edges, _leading(text, size), _indents(text, edges, size))


def paragraphs(text: Sequence[Line], given: Setting) -> Iterator[list[Line]]:
    """Lines that are one paragraph, heading or quotation, over the ends of pages and columns."""
    group: list[Line] = []
    for line in text:
        if group and _begins(group, line, given):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _edges(text: Sequence[Line]) -> Edges:
    """For each line the edges of its column: where most lines of the page near it begin and end."""
    out: Edges = {}
    for _, own in groupby(text, key=lambda line: line.page):
        for column in _columns(own):
            lefts = Counter(round(line.left) for line in column)
            most = max(lefts.values())
            left = float(min(at for at, count in lefts.items() if count >= 0.5 * most))
            right = max(line.right for line in column)
            out |= {line.number: (left, right) for line in column}
    return out


def _columns(own: Iterable[Line]) -> Iterator[list[Line]]:
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


def _begins(group: Sequence[Line], line: Line, given: Setting) -> bool:
    """Whether a line begins a paragraph."""
    edges, leading, size = given.edges, given.leading, given.size
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
    return short and not given.indents and bool(_ENDED.search(last.text))


# --- What they are -----------------------------------------------------------------------------------


_LONG = 200
"""Letters. What is longer is no title, name or date."""


def front(groups: Sequence[Sequence[Line]]) -> int:
    """How many groups stand before the text: the title page, and the heading that the text begins with."""
    first = next((at for at, group in enumerate(groups) if sum(len(line.text) for line in group) > _LONG), 0)
    return max(0, first - 1)


def title(groups: Sequence[Sequence[Line]], given: Setting) -> Sequence[Line] | None:
    """What is set larger than all else before the text, if anything is."""
    largest = max((group[0].size for group in groups), default=0.0)
    found = [group for group in groups if group[0].size == largest]
    return found[0] if largest > 1.2 * given.size and headed(found[0], given) else None


def headed(group: Sequence[Line], given: Setting) -> bool:
    """Larger than the text, or heavier, and short."""
    size = given.size
    first = group[0]
    if sum(len(line.text) for line in group) > 250 or not any(sign.isalpha() for sign in first.text):
        return False
    return first.size > 1.08 * size or (first.bold and first.size >= 0.95 * size and len(group) < 4)


def stands_off(group: Sequence[Line], before: Sequence[Line], after: Sequence[Line], given: Setting) -> bool:
    """A line or two of the text's own size with white above, that do not end as a sentence does."""
    if len(group) > 2 or not after or sum(len(line.text) for line in group) > 100:
        return False
    text = group[-1].text
    above = not before or before[-1].page < group[0].page or group[0].y - before[-1].y > 1.5 * given.leading
    below = after[0].page == group[-1].page and len(after) > 1
    return above and below and text[:1] not in "—–-•" and (text[-1].isalnum() or text[-1] in "?!”’")


def quoted(group: Sequence[Line], given: Setting) -> bool:
    """Several lines that all begin further in than the text does, or are set smaller."""
    if len(group) < 2:
        return False
    further = min(line.left - given.edges[line.number][0] for line in group[1:])
    return group[0].size < 0.97 * given.size or further > 0.9 * given.size
