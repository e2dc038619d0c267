"""Byline: "mardi 2 avril 2019, par X (Date de rédaction antérieure : …)" becomes creators and dates."""

from __future__ import annotations

import re

from pipeline.model import Block, Change, Creator, Date, Heading, Link, Paragraph, Publication
from pipeline.normalise import dates
from pipeline.normalise.desk import Desk, entered, flat_opening, told
from pipeline.walk import every_inline, plain

_LOOK_AT = 4
"""A byline stands among the first blocks under the title."""
_MOST_WORDS = 30
_MOST_OTHER_WORDS = 6
"""Words that are neither names nor dates: the weekday, "written on", "posted"."""
_BY = re.compile(r"\b(?:par|by|von|por|di|door|przez|автор:?)\s+", re.IGNORECASE)
_NAME = re.compile(r"[^,;(|\d–—]+")
_PARTICLES = {
    "de",
    "la",
    "le",
    "van",
    "von",
    "der",
    "den",
    "du",
    "da",
    "di",
    "del",
    "al",
    "el",
    "bin",
    "ibn",
    "and",
    "et",
    "und",
    "y",
    "e",
    "en",
    "the",
    "of",
}
_AND = re.compile(r"\s+(?:and|et|und|y|e|en|&)\s+|\s*,\s*")


def sort_name(name: str) -> str:
    """A person's name as a catalogue files it: "Rosa Luxemburg" → "Luxemburg, Rosa"."""
    words = name.split()
    if len(words) < 2:
        return name
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in _PARTICLES:
        first -= 1
    return f"{' '.join(words[first:])}, {' '.join(words[:first])}"


def named(text: str) -> tuple[str, ...]:
    """The names in "A, B and C", () if that is no list of names."""
    names = tuple(name for part in _AND.split(text.strip()) if (name := part.strip()))
    return names if names and all(_is_name(name) for name in names) else ()


def _is_name(name: str) -> bool:
    words = name.split()
    return 1 <= len(words) <= 5 and all(
        word[0].isupper() or not word[0].isascii() or word.lower() in _PARTICLES for word in words
    )


def repair(publication: Publication, desk: Desk) -> Publication:
    """One byline at most; what the sidecar says of creators and dates wins."""
    for block in flat_opening(publication, _LOOK_AT):
        if isinstance(block, Heading):
            break
        if isinstance(block, Paragraph) and (read := _read(block)):
            creators, days = read
            change = Change(
                "byline",
                block.place,
                plain(block.content),
                _told(creators, days),
                "a byline is said in each edition's own place and language",
            )
            body: tuple[Block, ...] = tuple(each for each in publication.body if each is not block)
            publication = entered(publication, change, body=body)
            about = publication.metadata
            return told(publication, creators=(*about.creators, *creators), dates=(*about.dates, *days))
    return publication


def _read(block: Paragraph) -> tuple[tuple[Creator, ...], tuple[Date, ...]] | None:
    text = plain(block.content)
    if len(text.split()) > _MOST_WORDS:
        return None
    found = dates.find(text)
    by = _BY.search(text)
    names = _names(block, text[by.end() :]) if by else ()
    if not names or not (found or (by and by.start() == 0)):
        return None
    other = text
    for day in found:
        other = other.replace(text[day.start : day.end], " ")
    for name in names:
        other = other.replace(name, " ")
    if len(re.findall(r"[^\W\d_]+", other)) > _MOST_OTHER_WORDS:
        return None
    creators = tuple(Creator(name, sort_name(name)) for name in names)
    return creators, _dated(found)


def _names(block: Paragraph, after: str) -> tuple[str, ...]:
    # A link in a byline is a name, whatever it looks like.
    linked = [plain(node.content).strip() for node in every_inline(block.content) if isinstance(node, Link)]
    for name in linked:
        if after.startswith(name):
            return (name,)
    match = _NAME.match(after)
    return named(match.group().strip(" .:")) if match else ()


def _dated(found: tuple[dates.Found, ...]) -> tuple[Date, ...]:
    # Beside a date of writing, one without a label is that of putting it up; alone, of publishing it.
    alone = all(day.meaning is None for day in found)
    days = (
        Date(day.value, day.meaning or ("published" if alone else "posted"), day.precision) for day in found
    )
    return tuple(sorted(days, key=lambda day: day.value))


def _told(creators: tuple[Creator, ...], days: tuple[Date, ...]) -> str:
    return " · ".join(
        [*(f"by {creator.name}" for creator in creators), *(f"{day.meaning} {day.value}" for day in days)]
    )
