"""Byline: "mardi 2 avril 2019, par X (Date de rédaction antérieure : …)" becomes creators and dates."""

from __future__ import annotations

import re

import msgspec

from pipeline.model import Block, Change, Creator, Date, Heading, Link, Paragraph, Publication
from pipeline.normalise import dates, makers
from pipeline.normalise.desk import Desk, entered, flat_opening
from pipeline.normalise.names import named, sort_name
from pipeline.normalise.telling import Telling, known, ordered
from pipeline.walk import every_inline, plain

__all__ = ["named", "repair", "sort_name"]

_LOOK_AT = 4
"""A byline stands among the first blocks under the title."""
_MOST_LINES = 3
"""Author, translator and editor may each have a line."""
_MOST_WORDS = 30
_MOST_OTHER_WORDS = 6
"""Words that are neither names nor dates: the weekday, "written on", "posted"."""
_BY = re.compile(r"\b(?:par|by|von|por|di|door|przez|автор:?|מאת|بقلم|نوشتهٔ|نوشته|του|της)\s+", re.IGNORECASE)
_NAME = re.compile(r"[^,;(|\d–—]+")


class _Read(msgspec.Struct, frozen=True):
    """What a byline says, and how many blocks it takes."""

    creators: tuple[Creator, ...]
    days: tuple[Date, ...] = ()
    blocks: int = 1


def repair(publication: Publication, desk: Desk) -> Publication:
    """The first byline and those right under it; what the sidecar says of creators and dates wins."""
    opening = flat_opening(publication, _LOOK_AT)
    for at, block in enumerate(opening):
        if isinstance(block, Heading):
            break
        if isinstance(block, Paragraph) and _read(opening[at:]):
            for _ in range(_MOST_LINES):
                under = publication.body[at : at + _LOOK_AT]
                read = _read(under)
                if read is None:
                    break
                publication = _entered(publication, at, read)
            return publication
    return publication


def _entered(publication: Publication, at: int, read: _Read) -> Publication:
    body = publication.body
    gone = [block for block in body[at : at + read.blocks] if isinstance(block, Paragraph)]
    changes = [
        Change(
            "byline",
            block.place,
            plain(block.content),
            _told(read.creators, read.days) if block is gone[-1] else "",
            "a byline is said in each edition's own place and language",
        )
        for block in gone
    ]
    publication = entered(publication, *changes, body=(*body[:at], *body[at + read.blocks :]))
    return known(publication, Telling(creators=read.creators, dates=ordered(read.days)))


def _read(blocks: tuple[Block, ...]) -> _Read | None:
    match blocks:
        case (Paragraph() as block, *after):
            pass
        case _:
            return None
    text = plain(block.content).strip()
    if len(text.split()) > _MOST_WORDS:
        return None
    role = makers.alone(text)
    match after:
        case [Paragraph() as below, *_] if role and (names := named(plain(below.content).strip(" .:"))):
            return _Read(tuple(Creator(name, sort_name(name), role) for name in names), blocks=2)
        case _:
            pass
    found = dates.find(text)
    if not found and (made := makers.read(text, {})):
        return _Read(made)
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
    return _Read(tuple(Creator(name, sort_name(name)) for name in names), _dated(found))


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
        [
            *(f"{'by' if creator.role == 'aut' else creator.role} {creator.name}" for creator in creators),
            *(f"{day.meaning} {day.value}" for day in days),
        ]
    )
