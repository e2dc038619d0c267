"""Boilerplate: what archives, sites and boards put around a text goes, and tells the metadata what it knows.

What says where this text comes from (its source, who transcribed it, the transcriber's notes) goes to the
colophon word for word; licences, buttons and footers, which are the carrier's own, go out. One entry of the
ledger a region, with all its words.
"""

from __future__ import annotations

from pipeline.model import Block, Change, Publication, Section
from pipeline.normalise import boilerplate_furniture, boilerplate_gutenberg, boilerplate_labels
from pipeline.normalise.desk import Desk, entered
from pipeline.normalise.regions import Region
from pipeline.normalise.telling import Telling, both, known, lines, summary, without_headings, words
from pipeline.walk import spread


def repair(publication: Publication, desk: Desk) -> Publication:
    """Runs before sections are made, and before the language is told: a licence is longer than many a text."""
    body = publication.body
    if any(isinstance(block, Section) for block in body):
        return publication
    found = _found(body)
    if not found:
        return publication
    told = Telling()
    changes: list[Change] = []
    kept: list[Block] = []
    gone: set[int] = set()
    for region in found:
        blocks = body[region.start : region.end]
        gone.update(range(region.start, region.end))
        told = both(told, region.told)
        said = summary(region.told)
        before = " ".join(filter(None, map(words, blocks)))
        why = f"{region.why}; it tells {said}" if said else region.why
        changes.append(Change("boilerplate", spread(blocks), before, before if region.kept else "", why))
        if region.kept:
            number = len(publication.back) + len(kept) + 1
            kept.append(
                Section(f"from-{number}", None, without_headings(blocks), "provenance", spread(blocks))
            )
    rest = tuple(block for at, block in enumerate(body) if at not in gone)
    publication = entered(publication, *changes, body=rest, back=(*publication.back, *kept))
    return known(publication, told)


def _found(body: tuple[Block, ...]) -> tuple[Region, ...]:
    """Regions in order, none in another; where nothing but boilerplate would be left out, all stays."""
    texts = [words(block) for block in body]
    out = list(boilerplate_gutenberg.regions(texts, _pages(body)))
    taken = {at for region in out for at in range(region.start, region.end)}
    # What is left, with the number that each block has in the body: the ends are now those of the text.
    left = [at for at in range(len(body)) if at not in taken]
    for find in (boilerplate_labels.regions, boilerplate_furniture.regions):
        for region in find([texts[at] for at in left]):
            numbers = left[region.start : region.end]
            out += _split(region, numbers)
            taken.update(numbers)
        left = [at for at in left if at not in taken]
    if not any(texts[at].strip() for at in left):
        return ()
    return tuple(sorted(out, key=lambda each: each.start))


def _pages(body: tuple[Block, ...]) -> list[tuple[str, ...]]:
    """The lines of each block, an empty one before them unless it follows the last without one."""
    out: list[tuple[str, ...]] = []
    last = 0
    for block in body:
        follows = 0 < block.place.first == last + 1
        out.append(lines(block) if follows else ("", *lines(block)))
        last = block.place.last
    return out


def _split(region: Region, numbers: list[int]) -> list[Region]:
    """A region of blocks that other regions part becomes several, the first of which tells."""
    out: list[Region] = []
    for at in numbers:
        if out and out[-1].end == at:
            out[-1] = Region(out[-1].start, at + 1, region.why, out[-1].told, region.kept)
        else:
            out.append(Region(at, at + 1, region.why, Telling() if out else region.told, region.kept))
    return out
