"""Datelines: "Ясная Поляна, 30 января 1909 г." at either end of a text is set apart, and says when it was written.

The line stays as it is: a place and a date over or under a letter, preface or article are the author's.
"""

from __future__ import annotations

import re

import msgspec

from pipeline.editing import cut, flat, trimmed
from pipeline.model import Block, Change, Heading, Paragraph, Place, Publication, Section, Separator
from pipeline.normalise import dates
from pipeline.normalise.desk import Desk, entered
from pipeline.normalise.telling import Telling, date, known
from pipeline.walk import plain

_MOST_WORDS = 12
_MOST_WORDS_OF_A_PLACE = 5
_LAST = 3
"""A signature or two may follow the dateline of the end."""
_AROUND = re.compile(
    r"\b(?:le|the|den|am|im|el|a|il|lo|de|del|di|of|op|dnia|г|года|г\.|r|roku|в|à|in|at|zu|στις|την|day|this|dated?|written)\b\.?|[\W_]+",
    re.IGNORECASE,
)
_REGION = (
    r"(?:(?:[A-Z]\.\s?){1,3}|Mass\.|Conn\.|Penn?a?\.|Calif\.|Cal\.|Ill\.|Ind\.|Mich\.|Minn\.|Wis\.|Wash\.|Ore\.|Tex\.|Kan[s.]*\.|Mo\.|"
    r"Ky\.|Tenn\.|Va\.|Vt\.|Me\.|Del\.|Md\.|Ga\.|Fla\.|Ala\.|Miss\.|La\.|Ark\.|Neb\.|Col[o.]*\.|Ont\.|Que\.|Eng\.|Ohio|Iowa|England|Scotland|Ireland)"
)
_GREETING = re.compile(
    r"(?:yours|truly|sincerely|fraternally|comradely|love|regards|in\s+\w+|votre|ihr|dein|tuyo|vostro|ваш|твой)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(rf"(?:(?:[A-Z][\w'’]+\.?|St\.|Mt\.|New)[ -]?){{1,4}},\s+{_REGION}\s*")
_PLACE_AT_END = re.compile(
    rf"(?:(?<=[a-z]{{3}}[.!?])|(?<=[.!?][)\"”]))\s+(?P<place>(?:(?:Mt\.|St\.|[A-Z][\w'’]+)\s?){{1,4}},\s+{_REGION})\s*$"
)


def like_a_dateline(line: str) -> bool:
    """Says whether a line is a place with a date, or a town with its state: nothing else in it."""
    text = line.strip()
    if not text or len(text.split()) > _MOST_WORDS:
        return False
    found = dates.find(text)
    if len(found) != 1:
        return not found and _PLACE.fullmatch(text) is not None and not _GREETING.match(text)
    before, after = text[: found[0].start], text[found[0].end :]
    if re.search(r"[^\W\d_]", _AROUND.sub("", after)):
        return False
    place = [word for word in before.strip(" .,;:–—(").split() if _AROUND.sub("", word)]
    # A place first: a date alone may be a heading, as of a diary.
    return (
        0 < len(place) <= _MOST_WORDS_OF_A_PLACE
        and "," in before
        and all(word[:1].isupper() or word.lower() == word.upper() for word in place)
    )


def repair(publication: Publication, desk: Desk) -> Publication:
    """At the start of the text, at its end, and before each heading; only those of the text's own ends date it."""
    body = publication.body
    if any(isinstance(block, Section) for block in body):
        return publication
    body, changes = _place_apart(body)
    ends = {0, *range(max(0, len(body) - _LAST), len(body))} if len(body) > 1 else set()
    told = Telling()
    out: list[Block] = []
    for at, block in enumerate(body):
        over = at + 1 < len(body) and isinstance(body[at + 1], Heading | Separator)
        text = plain(block.content) if isinstance(block, Paragraph) and block.role == "text" else ""
        if (at in ends or over) and isinstance(block, Paragraph) and text and like_a_dateline(text):
            out.append(msgspec.structs.replace(block, role="dateline"))
            day = dates.find(text)
            if at in ends and day and not told.dates:
                told = Telling(dates=(date(day[0].value, "written"),))
        else:
            out.append(block)
    if tuple(out) == publication.body:
        return publication
    publication = entered(publication, *changes, body=tuple(out))
    if any(day.meaning == "written" for day in publication.metadata.dates):
        return publication
    return known(publication, told)


def _place_apart(body: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Change, ...]]:
    """A town with its state that the last paragraph runs on into stands in a line of its own."""
    match body:
        case (*before, Paragraph(role="text") as last) if found := _PLACE_AT_END.search(flat(last.content)):
            place = Place(last.place.last, last.place.last, last.place.part)
            text = msgspec.structs.replace(last, content=trimmed(cut(last.content, 0, found.start())))
            line = Paragraph(trimmed(cut(last.content, *found.span("place"))), "dateline", place)
            said = plain(line.content)
            return (*before, text, line), (
                Change("datelines", place, said, said, "the place under a text stands in a line of its own"),
            )
        case _:
            return body, ()
