"""The lines of a title page and the document's properties → title, subtitle, makers and dates.

The page is believed before the properties: a program fills those in, and nobody looks at them. What they say
counts where the text says it too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pipeline.model import Change, Creator, Date, DatePrecision, Metadata, Place
from pipeline.normalise import dates, names
from pipeline.normalise.names import named
from pipeline.readers.layout import Plan, is_subtitle, words
from pipeline.readers.looks import Look
from pipeline.readers.opened import Properties

_BY = re.compile(r"(?:by|par|von|por|di|door|przez|автор:?|written by|écrit par)\s+", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\))(?:\s*(?:copyright|©|\(c\)))*\s*(?:\d{4}(?:\s*[-–,]\s*\d{4})*,?)\s*(?:by\s+)?([^(\n.;]{4,200})",
    re.IGNORECASE,
)
_PRECISIONS: dict[int, DatePrecision] = {4: "year", 7: "month", 10: "day"}
_SUBTITLE_WORDS = 25


class Read(msgspec.Struct, frozen=True):
    """What the page says; `taken` are the numbers of the lines that need not be printed again."""

    about: Metadata
    taken: frozenset[int]
    changes: tuple[Change, ...]


def creator(name: str) -> Creator:
    return names.creator(name, "aut", {})


def read(plan: Plan, looks: Sequence[Look], properties: Properties, about: Metadata) -> Read:
    """Fill in what the reader left empty. A text without a title page keeps its lines; passes look at them."""
    text = words(" ".join(look.text for look in looks))
    title = _clean(" ".join(look.text for look in plan.title))
    makers: list[Creator] = []
    days: list[Date] = []
    subtitle: list[str] = []
    rubric: list[str] = []
    taken = {look.number for look in plan.title}
    after = closed = False
    for look in plan.masthead:
        after = after or look in plan.title
        line = _clean(look.text)
        if look in plan.title or (title and words(line) == words(title)):
            taken.add(look.number)
        elif day := day_of(line, look.style):
            days.append(day)
            taken.add(look.number)
            closed = after
        elif found := _makers(line, look, properties, after=after):
            makers += found
            taken.add(look.number)
            closed = after
        elif is_subtitle(look) or (after and not closed and _larger(look, plan, looks)):
            subtitle.append(line)
            taken.add(look.number)
        elif not after and title and _on_cover(plan, looks):
            rubric.append(line)
            taken.add(look.number)
    if sum(len(line.split()) for line in subtitle) > _SUBTITLE_WORDS:
        subtitle = []
    if not title and not plan.masthead:
        title = properties.title
    if not makers:
        # One word in the properties is an account or an abbreviation as often as a name.
        known = [name for name in properties.creators if len(name.split()) > 1 and words(name) in text]
        makers = _copyright(looks) or [creator(name) for name in known]
    if not days and properties.date:
        days = [Date(properties.date, "written", _PRECISIONS[len(properties.date)])]
    about = msgspec.structs.replace(
        about,
        title=title,
        subtitle=", ".join(subtitle),
        rubric=" · ".join(rubric),
        creators=tuple(dict.fromkeys(makers)),
        dates=tuple(days),
    )
    return Read(about, frozenset(taken), _told(about, looks, taken))


def _told(about: Metadata, looks: Sequence[Look], taken: set[int]) -> tuple[Change, ...]:
    lines = tuple(
        Change(
            "masthead",
            Place(look.number, look.number),
            _clean(look.text),
            "",
            "a line of the title page, which each edition sets in its own way",
        )
        for look in looks
        if look.number in taken
    )
    said = {
        "title": about.title if not lines else "",
        "by": ", ".join(each.name for each in about.creators),
        "date": ", ".join(day.value for day in about.dates),
    }
    after = " · ".join(f"{key}: {value}" for key, value in said.items() if value)
    why = "what the document's properties or its title page say of it"
    return (*lines, Change("masthead", Place(), "", after, why)) if after else lines


def _clean(line: str) -> str:
    return " ".join(line.split())


def _larger(look: Look, plan: Plan, looks: Sequence[Look]) -> bool:
    """Whether a line under the title is set larger than the text."""
    body = [each.size for each in looks if each not in plan.masthead and not each.level]
    usual = max(set(body), key=body.count) if body else look.size
    return look.size > usual + 1 and not look.level


def _on_cover(plan: Plan, looks: Sequence[Look]) -> bool:
    rest = [each for each in looks if each.where == "body" and each.number > plan.masthead[-1].number]
    return bool(rest) and rest[0].fresh


def day_of(line: str, style: str = "") -> Date | None:
    """The date that a line is, if it is one and nothing else."""
    if re.fullmatch(r"(?:1[4-9]|20)\d\d(?:-\d\d(?:-\d\d)?)?", line):
        return Date(line, "published", _PRECISIONS[len(line)])
    found = dates.find(line)
    if len(found) != 1:
        return None
    left = re.findall(r"\w{2,}", line[: found[0].start] + line[found[0].end :])
    if len(left) > (2 if style == "date" else 1):
        return None
    return Date(found[0].value, found[0].meaning or "published", found[0].precision)


def _makers(line: str, look: Look, properties: Properties, *, after: bool) -> list[Creator]:
    if look.style in ("author", "byline", "authors"):
        return [creator(name) for name in named(_BY.sub("", line)) or (line,)]
    by = _BY.match(line)
    if by and (found := named(line[by.end() :].strip(" .:"))):
        return [creator(name) for name in found]
    known = [*properties.creators, *([properties.company] if properties.company else [])]
    if any(
        words(name) == words(line) or (len(name.split()) > 1 and words(name) in words(line)) for name in known
    ):
        return [creator(line)]
    if after and names.like_a_person(line):
        return [creator(line)]
    return []


def _copyright(looks: Sequence[Look]) -> list[Creator]:
    """Whoever holds the copyright of a text that names nobody else has written it."""
    for look in looks:
        found = _COPYRIGHT.search(look.text)
        if found and (holders := named(found[1].strip(" ,"))):
            kept = [name for name in holders if len(name.split()) > 1]
            if kept:
                return [creator(name) for name in kept]
    return []
