"""Explanation → rows: what stood in some lines of the source, what became of it, and every change and finding there.

What was made of lines that another paragraph came from too stands in one row with it, so that both sides of a
row tell of the same lines.
"""

from __future__ import annotations

import textwrap
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from pipeline import decoding, formats
from pipeline.explaining import Explanation, place_of
from pipeline.explaining_leaves import Leaf, Piece, leaves
from pipeline.explaining_marks import only_markup
from pipeline.findings import Finding
from pipeline.model import Change, Place
from pipeline.readers import marks

_BY_LINES = (
    formats.PLAIN,
    formats.MARKDOWN,
    formats.MUSE,
    formats.LATEX,
    formats.RST,
    formats.ORG,
)
"""Sources that a person can read as they are; of the others the text is shown as it was read."""

_WIDE = 64
"""The widest places, within which others are looked for."""

Numbered = tuple[int, Change]
"""An entry of the ledger and its number, from 1."""


class Row(msgspec.Struct, frozen=True):
    """Some lines of the source. `source` and `result` may be empty: taken out, or made by us.

    cause  the widest change that names the lines, if nothing in the result came from them
    """

    place: Place
    source: tuple[Leaf, ...] = ()
    result: tuple[Leaf, ...] = ()
    changes: tuple[Numbered, ...] = ()
    findings: tuple[tuple[int, Finding], ...] = ()
    cause: Numbered | None = None

    @property
    def unaccounted(self) -> bool:
        """Whether something with words is gone and no rule says why."""
        return (
            bool(self.source)
            and not self.result
            and not self.changes
            and self.cause is None
            and not all(only_markup(leaf.text) for leaf in self.source)
        )


def as_it_is(told: Explanation) -> bool:
    """Whether the source is shown line by line; otherwise as it was read."""
    places = (leaf.place.part for leaf in leaves(told.after))
    return told.source.media_type in _BY_LINES and not any(places)


def rows(told: Explanation) -> tuple[Row, ...]:
    """All of source, result, ledger and findings, each once, in the order of the source."""
    became = leaves(told.after)
    verbatim = as_it_is(told)
    was = _lines(told) if verbatim else [*leaves(told.before), *_left_out(told)]
    parts = {part: at for at, part in enumerate(dict.fromkeys(leaf.place.part for leaf in (*was, *became)))}
    kept = _merged(leaf.place for leaf in (became if as_it_is(told) else (*was, *became)) if leaf.place.first)
    causes = _causes(told.after.ledger)
    spans = sorted((*kept, *_rest(was, kept, causes)), key=lambda each: (parts[each.part], each.first))
    # What has no line of its own stands before the text.
    spans = [Place(), *spans]
    starts = [(parts.get(span.part, -1) if span.first else -1, span.first) for span in spans]

    def row_of(place: Place) -> int:
        if not place.first:
            return 0
        return max(bisect_right(starts, (parts.get(place.part, 0), max(place.first, 1))) - 1, 0)

    def row_of_change(place: Place) -> int:
        at = row_of(place)
        # A change may begin on a blank line before what it changed.
        after = at + 1
        beyond = place.first > spans[at].last or spans[at].part != place.part
        if place.first and beyond and after < len(spans) and spans[after].first <= place.last:
            return after
        return at

    source: list[list[Leaf]] = [[] for _ in spans]
    result: list[list[Leaf]] = [[] for _ in spans]
    changes: list[list[Numbered]] = [[] for _ in spans]
    findings: list[list[tuple[int, Finding]]] = [[] for _ in spans]
    for leaf in was:
        source[row_of(leaf.place)].append(leaf)
    for leaf in became:
        result[row_of(leaf.place)].append(leaf)
    for number, change in enumerate(told.after.ledger, 1):
        changes[row_of_change(change.place)].append((number, change))
    for number, finding in enumerate(told.findings, 1):
        findings[row_of_change(place_of(finding, told.source))].append((number, finding))
    made = (
        Row(
            span,
            _joined(source[at]) if verbatim else tuple(source[at]),
            tuple(result[at]),
            tuple(changes[at]),
            tuple(findings[at]),
            None if result[at] else causes.get((span.part, span.first)),
        )
        for at, span in enumerate(spans)
    )
    return tuple(row for row in made if row.source or row.result or row.changes or row.findings)


def _lines(told: Explanation) -> list[Leaf]:
    """Each line of a source that is a text; the blank ones too, since they part paragraphs."""
    text = decoding.decode(told.source.data, name=told.source.name).text
    return [
        Leaf("", Place(number, number), (Piece(line),)) for number, line in enumerate(marks.lines(text), 1)
    ]


def _joined(source: Sequence[Leaf]) -> tuple[Leaf, ...]:
    """Lines of a text as one leaf, so that their ends are what they are; blank ones round them gone."""
    # How far all of them are set in says nothing, and takes the room of words.
    whole = textwrap.dedent("\n".join(leaf.text for leaf in source))
    bare = whole.strip("\n\r\f ")
    if not bare.strip():
        return ()
    # What is set in, is set in from its first line on.
    head = whole[: whole.index(bare[0])].rpartition("\n")[2]
    place = Place(source[0].place.first, source[-1].place.last, source[0].place.part)
    return (Leaf("", place, (Piece(head + bare),)),)


def _left_out(told: Explanation) -> Iterator[Leaf]:
    """What the reader itself left out of a source that is shown as it was read."""
    for change in told.before.ledger:
        if change.before and not change.after and change.place.first:
            yield Leaf("left out while it was read", change.place, (Piece(change.before),))


def _merged(places: Iterable[Place]) -> list[Place]:
    """Places that share lines, made one."""
    out: list[Place] = []
    for place in sorted(places, key=lambda each: (each.part, each.first, each.last)):
        if out and out[-1].part == place.part and place.first <= out[-1].last:
            out[-1] = Place(out[-1].first, max(out[-1].last, place.last), place.part)
        else:
            out.append(Place(place.first, max(place.first, place.last), place.part))
    return out


def _causes(ledger: Sequence[Change]) -> dict[tuple[str, int], Numbered]:
    """For each line, by part and number, the widest change that names it."""
    widest: dict[Place, Numbered] = {}
    for number, change in enumerate(ledger, 1):
        widest.setdefault(change.place, (number, change))
    out: dict[tuple[str, int], Numbered] = {}
    reach: dict[str, list[Place]] = {}
    for place in sorted(widest, key=lambda each: each.first - each.last):
        inside = reach.setdefault(place.part, [])
        # Entries of one paragraph lie within another of it: each line is gone through once or twice.
        if not any(wide.first <= place.first and place.last <= wide.last for wide in inside[:_WIDE]):
            inside.append(place)
            for line in range(place.first, place.last + 1):
                out.setdefault((place.part, line), widest[place])
    return out


def _rest(
    was: Sequence[Leaf], kept: Sequence[Place], causes: Mapping[tuple[str, int], Numbered]
) -> list[Place]:
    """The lines that nothing in the result came from: those that one change names together, the others by paragraphs."""
    starts = [(place.part, place.first) for place in kept]

    def covered(place: Place) -> bool:
        at = bisect_right(starts, (place.part, place.first)) - 1
        return at >= 0 and kept[at].part == place.part and place.first <= kept[at].last

    out: list[Place] = []
    named = 0
    ended = True
    for leaf in was:
        place = leaf.place
        if not place.first:
            continue
        mine, _ = causes.get((place.part, place.first), (0, None))
        if covered(place) or not (leaf.text.strip() or mine):
            ended = True
            continue
        if not ended and out and mine == named and out[-1].part == place.part:
            out[-1] = Place(out[-1].first, max(out[-1].last, place.last), place.part)
        else:
            out.append(place)
        named, ended = mine, False
    return out
