"""Publication → findings: what no renderer should have to cope with.

| code | severity | what is wrong |
|---|---|---|
| publication-001 | error | no title |
| publication-002 | error | no text |
| publication-003 | error | a heading that opens no section |
| publication-004 | error | an id that two sections or notes share |
| publication-005 | error | a link to a section that is not there |
| publication-006 | error | a note call without its note |
| publication-007 | error | a note that nothing calls |
| publication-008 | error | a picture that is not among the resources |
| publication-009 | warning | a picture that could not be had; its alternative text is printed |
| publication-010 | error | a section whose heading skips a level |
| publication-011 | error | a date that is no date |
| publication-012 | note | the title is the name of the file |
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from pipeline.findings import Finding, Severity
from pipeline.model import Block, Date, Heading, Image, Inline, Link, NoteRef, Publication, Section
from pipeline.walk import every_block, every_inline, plain, publication_runs

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_PRECISION = {4: "year", 7: "month", 10: "day"}


def _finding(number: int, where: str, message: str, hint: str = "", severity: Severity = "error") -> Finding:
    return Finding(f"publication-{number:03}", severity, where, message, hint)


def check(publication: Publication) -> tuple[Finding, ...]:
    """Whatever is wrong with a publication by itself."""
    blocks = tuple(every_block((*publication.front, *publication.body, *publication.back)))
    inlines = tuple(node for run, _ in publication_runs(publication) for node in every_inline(run))
    return (
        *_metadata(publication),
        *_sections(publication, blocks),
        *_references(publication, blocks, inlines),
    )


def _metadata(publication: Publication) -> Iterator[Finding]:
    about = publication.metadata
    if not about.title.strip():
        yield _finding(1, "metadata", "there is no title", "give one in the sidecar")
    if not any(plain(run).strip() for run, _ in publication_runs(publication)):
        yield _finding(2, about.origin.name, "there is no text")
    for day in about.dates:
        if not _is_date(day):
            yield _finding(
                11,
                "metadata",
                f"“{day.value}” is no date of the precision “{day.precision}”",
                "write 2019, 2019-03 or 2019-03-21",
            )
    if any(change.rule == "titling" and not change.before for change in publication.ledger):
        yield _finding(
            12,
            about.origin.name,
            f"the text has no title; “{about.title}” is made from the file's name",
            "give one in the sidecar",
            "note",
        )


def _is_date(day: Date) -> bool:
    if not _DATE.fullmatch(day.value) or _PRECISION[len(day.value)] != day.precision:
        return False
    try:
        date.fromisoformat(f"{day.value}-01-01"[:10] if len(day.value) == 4 else f"{day.value}-01"[:10])
    except ValueError:
        return False
    return True


def _sections(publication: Publication, blocks: tuple[Block, ...]) -> Iterator[Finding]:
    opening = {id(block.heading) for block in blocks if isinstance(block, Section)}
    for block in blocks:
        if isinstance(block, Heading) and id(block) not in opening:
            yield _finding(3, f"line {block.place.first}", f"“{plain(block.content)}” opens no section")
    yield from _levels(publication.body, 0)


def _levels(blocks: tuple[Block, ...], above: int) -> Iterator[Finding]:
    for block in blocks:
        if isinstance(block, Section):
            level = block.heading.level if block.heading else above + 1
            if level != above + 1 and block.heading:
                yield _finding(
                    10,
                    f"line {block.heading.place.first}",
                    f"“{plain(block.heading.content)}” is of level {level} under level {above}",
                )
            yield from _levels(block.blocks, level)


def _references(
    publication: Publication, blocks: tuple[Block, ...], inlines: tuple[Inline, ...]
) -> Iterator[Finding]:
    sections = [block.id for block in blocks if isinstance(block, Section)]
    notes = [note.id for note in publication.notes]
    for name, count in Counter([*sections, *notes]).items():
        if count > 1:
            yield _finding(4, name, f"the id “{name}” is used {count} times")
    called = {node.note for node in inlines if isinstance(node, NoteRef)}
    for name in sorted(called - set(notes)):
        yield _finding(6, name, f"the note “{name}” is called and is not there")
    for name in notes:
        if name not in called:
            yield _finding(7, name, f"nothing calls the note “{name}”")
    resources = {resource.name for resource in publication.resources}
    for node in inlines:
        match node:
            case Link(target=target) if target.startswith("#") and target[1:] not in sections:
                yield _finding(5, target, f"a link leads to “{target}”, which is no section")
            case Image(resource=resource) if resource and resource not in resources:
                yield _finding(8, resource, f"the picture “{resource}” is not there")
            case Image(resource="", alternative=alternative):
                yield _finding(
                    9, "the text", f"the picture “{alternative}” could not be had", severity="warning"
                )
            case _:
                pass
