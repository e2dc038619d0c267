"""Titling: the line that a text opens with becomes rubric, title and subtitle."""

from __future__ import annotations

import re

from pipeline.model import Block, Change, Heading, Paragraph, Place, Publication
from pipeline.normalise.datelines import like_a_dateline
from pipeline.normalise.desk import Desk, entered, flat_opening, told
from pipeline.walk import plain

_MOST_WORDS = 25
_DASH = re.compile(r"\s+[-–—]+\s+")
_COLON = re.compile(r"\s*:\s+")


def parted(line: str) -> tuple[str, str, str]:
    """Rubric, title and subtitle of a title line.

    "Rubric : Title - Subtitle" is how sites head their pages, with the country or column first; with one
    mark only, what stands before it is the title.
    """
    line = " ".join(line.split())
    colon, dash = _COLON.search(line), _DASH.search(line)
    if colon and dash and colon.start() < dash.start():
        return line[: colon.start()], line[colon.end() : dash.start()], line[dash.end() :]
    mark = colon or dash
    return ("", line[: mark.start()], line[mark.end() :]) if mark else ("", line, "")


def repair(publication: Publication, desk: Desk) -> Publication:
    """The opening line is a title if it reads like one; else the title is the file's name."""
    about = publication.metadata
    if not about.title:
        publication = _titled(publication, desk)
    said = desk.sidecar
    fields = {
        name: value
        for name in ("title", "subtitle", "rubric")
        if (value := getattr(said, name)) is not None and value != getattr(publication.metadata, name)
    }
    if not fields:
        return publication
    now = {name: getattr(publication.metadata, name) for name in fields}
    change = Change("titling", Place(), _line(now), _line(fields), "the sidecar says so")
    return entered(told(publication, **fields), change)


def _titled(publication: Publication, desk: Desk) -> Publication:
    match flat_opening(publication, 1):
        case (Paragraph() | Heading() as line,) if _like_a_title(line, publication.body):
            rubric, title, subtitle = parted(plain(line.content))
            fields = {"rubric": rubric, "title": title, "subtitle": subtitle}
            change = Change(
                "titling",
                line.place,
                plain(line.content),
                _line(fields),
                "the line that the text opens with is its title",
            )
            return entered(told(publication, **fields), change, body=publication.body[1:])
        case _:
            title = named(desk.stem)
            change = Change(
                "titling",
                Place(),
                "",
                _line({"title": title}),
                "the text has no title, so it goes by the name of its file",
            )
            return entered(told(publication, title=title), change)


def named(stem: str) -> str:
    """A title made from a file's name: "on-the-strike_1912" → "On the strike 1912"."""
    words = re.sub(r"[-_\s]+", " ", stem).strip()
    return words[:1].upper() + words[1:] or "Untitled"


def _like_a_title(line: Paragraph | Heading, body: tuple[Block, ...]) -> bool:
    words = plain(line.content).strip()
    if isinstance(line, Heading):
        return (
            sum(isinstance(each, Heading) and each.level <= line.level for each in body) == 1
            or line.level == 1
        )
    return (
        bool(words)
        and len(words.split()) <= _MOST_WORDS
        and len(body) > 1
        and words[-1] not in ".,;:"
        # A letter begins with its place and date.
        and not like_a_dateline(words)
    )


def _line(fields: dict[str, str]) -> str:
    return " · ".join(f"{name}: {value}" for name, value in fields.items() if value)
