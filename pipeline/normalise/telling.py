"""What the lines around a text tell (title, makers, dates, rights, where it was found) → its metadata.

Nothing here overrules what is known already: the first to speak is the one nearest to the text's source,
and the sidecar, which speaks last, wins over all.
"""

from __future__ import annotations

import msgspec

from pipeline.model import (
    Block,
    Creator,
    Date,
    DateMeaning,
    Heading,
    Inline,
    LineBreak,
    Paragraph,
    Publication,
    Rights,
)
from pipeline.normalise import dates, names
from pipeline.normalise.desk import told
from pipeline.walk import inner, plain, runs


class Telling(msgspec.Struct, frozen=True):
    """Empty fields tell nothing."""

    title: str = ""
    subtitle: str = ""
    rubric: str = ""
    creators: tuple[Creator, ...] = ()
    dates: tuple[Date, ...] = ()
    rights: Rights | None = None
    language: str = ""
    address: str = ""
    place: str = ""
    """What the place where it was found is called."""


_ORDER: tuple[DateMeaning, ...] = ("written", "published", "translated", "revised", "posted")
"""The text's own dates before those of its copies: an edition that shows one shows the first."""


def both(one: Telling, other: Telling) -> Telling:
    """The two together; where both speak, `one` is heard."""
    return Telling(
        one.title or other.title,
        one.subtitle or other.subtitle,
        one.rubric or other.rubric,
        names.joined(one.creators, other.creators),
        (*one.dates, *other.dates),
        one.rights or other.rights,
        one.language or other.language,
        one.address or other.address,
        one.place or other.place,
    )


def known(publication: Publication, new: Telling) -> Publication:
    """Metadata with what is told and was not known yet."""
    about = publication.metadata
    origin = about.origin
    if new.address and not origin.address:
        origin = msgspec.structs.replace(origin, address=new.address)
    if new.place and not origin.title:
        origin = msgspec.structs.replace(origin, title=new.place)
    return told(
        publication,
        title=about.title or new.title,
        subtitle=about.subtitle or new.subtitle,
        rubric=about.rubric or new.rubric,
        creators=names.joined(about.creators, new.creators),
        dates=ordered((*about.dates, *new.dates)),
        rights=about.rights or new.rights,
        language=new.language or about.language,
        origin=origin,
    )


def ordered(days: tuple[Date, ...]) -> tuple[Date, ...]:
    """Each date once, the text's own before those of its copies."""
    once = dict.fromkeys(days)
    # "1916" says no more where "1916-10" is known of the same event.
    kept = [
        day
        for day in once
        if not any(
            other != day and other.meaning == day.meaning and other.value.startswith(f"{day.value}-")
            for other in once
        )
    ]
    return tuple(sorted(kept, key=lambda day: _ORDER.index(day.meaning)))


def date(value: str, meaning: DateMeaning) -> Date:
    return Date(value, meaning, dates.precision(value))


def summary(new: Telling) -> str:
    """What was told, for the ledger."""
    said = [
        *(f"{name}: {value}" for name in ("title", "subtitle", "rubric") if (value := getattr(new, name))),
        *(f"{creator.role}: {creator.name}" for creator in new.creators),
        *(f"{day.meaning} {day.value}" for day in new.dates),
        *([f"rights: {new.rights.statement}"] if new.rights else []),
        *(f"{name}: {value}" for name in ("language", "address") if (value := getattr(new, name))),
    ]
    return " · ".join(said)


def lines(block: Block) -> tuple[str, ...]:
    """The lines of a block as a title page shows them: each run, parted where a line breaks."""
    return tuple(
        bare
        for run, _ in runs((block,))
        for line in _broken(run).split("\n")
        if (bare := " ".join(line.split()))
    )


def words(block: Block) -> str:
    """All that a block says, in one line."""
    return " ".join(" ".join(plain(run) for run, _ in runs((block,))).split())


def without_headings(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with each heading as a plain line: in the colophon it opens no section."""
    return tuple(
        Paragraph(block.content, place=block.place) if isinstance(block, Heading) else block
        for block in blocks
    )


def _broken(run: tuple[Inline, ...]) -> str:
    return "".join(
        "\n" if isinstance(node, LineBreak) else _broken(inner(node)) if inner(node) else plain((node,))
        for node in run
    )
