"""Publication → the files of an ebook: which blocks stand in which, what each is called, how they are listed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from pipeline import walk
from pipeline.model import Block, Image, Inline, Note, NoteRef, Publication, Section, Separator
from pipeline.renderers import furniture
from pipeline.slugs import slug

Part = Literal["frontmatter", "bodymatter", "backmatter"]


class Chapter(msgspec.Struct, frozen=True):
    """One file of the text.

    name    "3-the-lesson.xhtml": its place in the row, and what it is about, in ASCII
    title   of the section, or, if it has none, the words it begins with
    blocks  one top-level section, or what stands loose between two of them
    """

    name: str
    title: str
    blocks: tuple[Block, ...]
    part: Part


class Entry(msgspec.Struct, frozen=True):
    """A line of the contents, with the lines under it; `href` is seen from the folder of the texts."""

    label: str
    href: str
    below: tuple[Entry, ...] = ()


def chapters(publication: Publication) -> tuple[Chapter, ...]:
    """Front matter, body and back matter cut into files, in reading order; the provenance is the colophon's."""
    parts: tuple[tuple[Part, Sequence[Block]], ...] = (
        ("frontmatter", publication.front),
        ("bodymatter", publication.body),
        ("backmatter", [block for block in publication.back if not _is_provenance(block)]),
    )
    groups = [(part, group) for part, blocks in parts for group in _groups(blocks)]
    digits = len(str(len(groups)))
    opening = furniture.words(publication.metadata.language).opening
    first = next((group for part, group in groups if part == "bodymatter"), ())
    return tuple(
        Chapter(
            f"{number:0{digits}}-{_name(group, group is first)}.xhtml",
            _title(group, group is first, opening),
            group,
            part,
        )
        for number, (part, group) in enumerate(groups, 1)
    )


def _title(group: tuple[Block, ...], is_first: bool, opening: str) -> str:
    head = group[0]
    if isinstance(head, Section) and head.heading:
        return label(head.heading.content) or _incipit(group) or opening
    return opening if is_first else _incipit(group) or opening


def _name(group: tuple[Block, ...], is_first: bool) -> str:
    head = group[0]
    if not isinstance(head, Section):
        return "opening" if is_first else "text"
    if head.heading:
        return ascii_slug(label(head.heading.content)) or head.role
    return "opening" if is_first and head.role == "section" else head.role


def provenance(publication: Publication) -> tuple[Section, ...]:
    """What the source says of where it is from: the author's words, printed in the colophon."""
    return tuple(block for block in publication.back if isinstance(block, Section) and _is_provenance(block))


def _is_provenance(block: Block) -> bool:
    return isinstance(block, Section) and block.role == "provenance"


def _groups(blocks: Iterable[Block]) -> list[tuple[Block, ...]]:
    """Each section alone, and what stands loose between sections together."""
    groups: list[list[Block]] = []
    for block in blocks:
        # A separator alone would be an empty screen; it ends what stands before it.
        loose = not isinstance(block, Section)
        if groups and loose and (isinstance(block, Separator) or not isinstance(groups[-1][0], Section)):
            groups[-1].append(block)
        else:
            groups.append([block])
    return [tuple(group) for group in groups]


def label(run: Iterable[Inline]) -> str:
    """A heading as a line of the contents: its words, or what its pictures say."""
    run = tuple(run)
    words = walk.plain(run) or " ".join(
        each.alternative for each in walk.every_inline(run) if isinstance(each, Image)
    )
    return " ".join(words.split())


def _incipit(blocks: Iterable[Block], words: int = 6, characters: int = 48) -> str:
    """The first words of a text without a title; few enough also where no spaces part them."""
    for run, _ in walk.runs(blocks):
        text = label(run)
        if text:
            begun = " ".join(text.split()[:words])[:characters]
            return begun if begun == text else f"{begun} …"
    return ""


def ascii_slug(title: str) -> str:
    """The title's slug in ASCII, "" if nothing is left of it: EPUBCheck frowns on other names of files."""
    return "-".join(re.findall(r"[a-z0-9]+", slug(title)))


def contents(rows: Iterable[Chapter]) -> tuple[Entry, ...]:
    """The contents: every file, and under it every titled section inside it."""
    return tuple(Entry(row.title, row.name, _subsections(_inner(row), row.name)) for row in rows)


def _inner(row: Chapter) -> tuple[Block, ...]:
    return tuple(inner for block in row.blocks if isinstance(block, Section) for inner in block.blocks)


def _subsections(blocks: Iterable[Block], name: str) -> tuple[Entry, ...]:
    out: list[Entry] = []
    for block in blocks:
        if isinstance(block, Section):
            below = _subsections(block.blocks, name)
            title = label(block.heading.content) if block.heading else ""
            # Sections under one without a title move up to its place.
            out += [Entry(title, f"{name}#{block.id}", below)] if title else below
    return tuple(out)


def links(files: Iterable[tuple[str, Iterable[Block]]]) -> dict[str, str]:
    """Where each section is to be found, by its id."""
    return {
        block.id: f"{name}#{block.id}"
        for name, blocks in files
        for block in walk.every_block(blocks)
        if isinstance(block, Section)
    }


def notes_in_order(publication: Publication, blocks: Iterable[Block]) -> dict[str, Note]:
    """The notes in the order of their calls in `blocks`, notes on notes after them, those never called last."""
    by_id: Mapping[str, Note] = {note.id: note for note in publication.notes}
    ordered: dict[str, Note] = {}
    waiting = _calls(blocks)
    while waiting:
        fresh = [each for each in dict.fromkeys(waiting) if each not in ordered]
        ordered |= {each: by_id[each] for each in fresh}
        waiting = [call for each in fresh for call in _calls(by_id[each].blocks)]
    return ordered | {note.id: note for note in publication.notes if note.id not in ordered}


def _calls(blocks: Iterable[Block]) -> list[str]:
    return [
        each.note
        for run, _ in walk.runs(blocks)
        for each in walk.every_inline(run)
        if isinstance(each, NoteRef)
    ]


def pictures(publication: Publication) -> tuple[Image, ...]:
    """Every picture that stands in the text, each time it does."""
    return tuple(
        each
        for run, _ in walk.publication_runs(publication)
        for each in walk.every_inline(run)
        if isinstance(each, Image) and each.resource
    )
