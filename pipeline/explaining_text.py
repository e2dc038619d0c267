"""Explanation → lines for a terminal or a file: rules, changes, findings, metadata, totals; and the same as objects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from pipeline import explaining
from pipeline.explaining import Explanation, Tally
from pipeline.explaining_marks import Stretch, passage, visible
from pipeline.findings import Finding
from pipeline.model import Change

_LONGEST = 96
"""Characters of one stretch of a change; its middle is left out above that."""
_GONE, _COME, _DIM, _BOLD, _OFF = "\x1b[31;9m", "\x1b[32;4m", "\x1b[2m", "\x1b[1m", "\x1b[0m"


def lines(told: Explanation, *, colour: bool = False, whole: bool = False) -> Iterator[str]:
    """All that there is to say; `whole` leaves no passage shortened."""
    ledger = told.after.ledger
    yield _bold(f"{visible(told.title)} ({visible(told.source.name)})", colour)
    yield ""
    if ledger:
        yield from _overview(told.tallies)
    for tally in told.tallies:
        mine = [change for change in ledger if change.rule == tally.rule]
        yield ""
        yield _bold(f"{tally.rule}, {len(mine)}: {visible(tally.purpose)}", colour)
        yield from _changes(mine, tally, told.unit, colour=colour, longest=0 if whole else _LONGEST)
    if told.findings:
        yield ""
        yield _bold("For you to look at", colour)
        yield from (_finding(finding) for finding in told.findings)
    yield ""
    yield _bold("Known of the text", colour)
    fields = explaining.metadata(told.after)
    width = max(len(name) for name, _ in fields)
    yield from (f"  {name:<{width}}  {_flat(said)}" for name, said in fields)
    yield ""
    yield totals(told)


def totals(told: Explanation) -> str:
    """The count of words, and what the check of words says."""
    verdict = (
        "no word lost or added but those the ledger names"
        if told.intact
        else "words are lost or added that the ledger does not name"
    )
    count = len(told.after.ledger)
    repairs = "nothing was repaired" if not count else f"{number(count, 'repair')}"
    by = f" by {number(len(told.tallies), 'rule')}" if count else ""
    return (
        f"{number(told.source_words, 'word')} in the source, {number(told.model_words, 'word')} in the text; "
        f"{repairs}{by}; {verdict}."
    )


def number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _bold(text: str, colour: bool) -> str:
    return f"{_BOLD}{text}{_OFF}" if colour else text


def _overview(tallies: Sequence[Tally]) -> Iterator[str]:
    width = max(len(tally.rule) for tally in tallies)
    digits = max(len(f"{tally.count:,}") for tally in tallies)
    for tally in tallies:
        yield f"  {tally.rule:<{width}}  {tally.count:>{digits},}  {visible(tally.purpose)}"


def _changes(
    changes: Sequence[Change], tally: Tally, unit: str, *, colour: bool, longest: int
) -> Iterator[str]:
    width = max(len(explaining.place(change.place, unit)) for change in changes)
    for change in changes:
        why = f"  ({_flat(change.why)})" if tally.several else ""
        where = visible(explaining.place(change.place, unit))
        if colour:
            where, why = f"{_DIM}{where:<{width}}{_OFF}", f"{_DIM}{why}{_OFF}" if why else ""
        yield f"  {where:<{width}}  {_change(change, colour=colour, longest=longest)}{why}"


def _change(change: Change, *, colour: bool, longest: int) -> str:
    if change.before == change.after:
        was, _ = passage(change.before, "", longest)
        return f"{''.join(_flat(each.text) for each in was)} (its words stay)"
    before, after = passage(change.before, change.after, longest)
    gone = _marked(before, _GONE, colour) if before else "nothing"
    come = _marked(after, _COME, colour) if after else "gone"
    return f"{gone} → {come}"


def _marked(stretches: Sequence[Stretch], paint: str, colour: bool) -> str:
    if not colour and len(stretches) == 1:
        # All of it is another: marks would mark nothing.
        return _flat(stretches[0].text)
    opening, closing = (paint, _OFF) if colour else ("⟨", "⟩")
    return "".join(
        f"{opening}{_flat(each.text)}{closing}" if each.kind == "changed" else _flat(each.text)
        for each in stretches
    )


def _flat(text: str) -> str:
    return visible(text).replace("\n", " / ").replace("\t", " ")


def _finding(finding: Finding) -> str:
    hint = f" ({finding.hint})" if finding.hint else ""
    return f"  {finding.severity}: {_flat(finding.where)}: {_flat(finding.message)}{_flat(hint)} [{finding.code}]"


def objects(told: Explanation) -> Iterator[tuple[str, dict[str, object]]]:
    """The same for a program: the name of each event, and what it tells."""
    for change in told.after.ledger:
        yield "change", {"source": told.source.name, **_plain(change)}
    for finding in told.findings:
        yield "finding", {"source": told.source.name, **_plain(finding)}
    yield (
        "explained",
        {
            "source": told.source.name,
            "title": told.title,
            "rules": [_plain(tally) for tally in told.tallies],
            "metadata": _plain(told.after.metadata),
            "source_words": told.source_words,
            "model_words": told.model_words,
            "intact": told.intact,
        },
    )


def _plain(struct: msgspec.Struct) -> dict[str, object]:
    told: dict[str, object] = msgspec.to_builtins(struct)
    return told
