"""Title page: the lines before the text become title, makers, dates and rights; its imprint goes to the colophon.

A page is one only if it has what nothing but a title page has: a maker, a date, an imprint, a price. What is
neither title nor metadata is kept: a note in brackets or thanks before the text, the imprint behind it.
"""

from __future__ import annotations

import re

import msgspec

from pipeline.model import (
    Block,
    BlockQuotation,
    Change,
    Heading,
    Paragraph,
    Place,
    Publication,
    Rights,
    Section,
    Separator,
    Text,
    Verse,
)
from pipeline.normalise import casing, dates, makers, names, titlepage_run
from pipeline.normalise.contents_lines import folded
from pipeline.normalise.desk import Desk, entered
from pipeline.normalise.telling import Telling, both, date, known, lines, summary, words
from pipeline.normalise.titlepage_lines import STRONG, Kind, Line, kind, publisher
from pipeline.normalise.titlepage_titles import RULE, cased, titled, without_half_title

_MOST_LINES = 40
_EVIDENCE = 400
"""Blocks of the text that tell how it writes its words and whom it is about; a whole book says no more."""
_FARTHEST = 6
"""So many lines of a title, at most, stand between two of a maker, date or imprint."""


_OF_WHOM = frozenset("to of by with and from de à et an von und di e van y a к о и об".split())
"""After such a word a name is whom the title is about: "Letters to", "A Life of"."""


def repair(publication: Publication, desk: Desk) -> Publication:
    """Runs before sections are made, once."""
    if any(isinstance(block, Section) for block in publication.body) or any(
        change.rule in (RULE, "titling") for change in publication.ledger
    ):
        return publication
    page = _page(publication)
    publication = _taken(publication, page) if page else titlepage_run.parted(publication)
    return without_half_title(publication)


# --- Which lines are the page ----------------------------------------------------------------------


def _lines(body: tuple[Block, ...]) -> list[Line]:
    out: list[Line] = []
    for at, block in enumerate(body[:_MOST_LINES]):
        if isinstance(block, Separator):
            continue
        if not isinstance(block, Paragraph | Heading | Verse | BlockQuotation):
            break
        own = lines(block)
        whole = kind(words(block), first=not out)
        if whole in ("permission", "thanks", "bracket"):
            own = (words(block),)
        new = [
            Line(text, at, kind(text, first=not out and number == 0), block.place)
            for number, text in enumerate(own)
        ]
        if any(line.kind in ("text", "head") for line in new):
            break
        out += new
    return out[:_MOST_LINES]


def _page(publication: Publication) -> list[Line]:
    """The lines up to the last that only a title page has; [] where there is no such page."""
    found = _named(publication, _lines(publication.body))
    last = -1
    for at, line in enumerate(found):
        if at - last > _FARTHEST + 1:
            break
        if line.kind in STRONG:
            last = at
    page = found[: last + 1]
    if page and not any(line.kind == "title" for line in page):
        # An author over a title: "Emma Goldman", "Anarchism".
        page = found[: last + 2] if [line.kind for line in found[last + 1 :]][:1] == ["title"] else page
    blocks = {line.block for line in page}
    page = [line for line in found if line.block in blocks]
    titled = any(line.kind == "title" for line in page) or bool(publication.metadata.title)
    told = {line.kind for line in page} & (STRONG - {"bracket", "thanks", "permission"})
    if not titled or not told or len(publication.body) <= max(blocks, default=0) + 1:
        return []
    if [line.kind for line in page] == ["title", "credit"] and not publication.metadata.title:
        # A title and a byline under it are a page of the web; titling and byline know those better.
        return []
    return page


def _named(publication: Publication, found: list[Line]) -> list[Line]:
    """Names made sure of: a line under "BY" is one; a name by its look alone only if the text does not go on about it."""
    known_names = {folded(each.name) for each in publication.metadata.creators}
    out: list[Line] = []
    body = ""
    for at, line in enumerate(found):
        before = out[-1] if out else None
        kind_now = line.kind
        if before and before.kind == "by" and names.named(line.text):
            kind_now = "credit"
        elif folded(line.text) in known_names:
            kind_now = "person"
        elif kind_now == "person":
            body = body or folded(
                " ".join(words(block) for block in publication.body[line.block + 1 : line.block + _EVIDENCE])
            )
            surname = folded(line.text).split()[-1]
            talked_about = len(re.findall(rf"\b{re.escape(surname)}\b", body)) > 1
            sure = any(other.kind in ("date", "imprint", "price", "contact") for other in found[at + 1 :])
            open_before = (
                before is not None
                and before.kind == "title"
                and before.text.split()[-1].casefold() in _OF_WHOM
            )
            if open_before or (talked_about and not sure) or (at == 0 and talked_about):
                kind_now = "title"
        out.append(msgspec.structs.replace(line, kind=kind_now))
    return out


# --- What they tell --------------------------------------------------------------------------------


def _taken(publication: Publication, page: list[Line]) -> Publication:
    spellings = casing.spellings(
        msgspec.structs.replace(
            publication, body=publication.body[page[-1].block + 1 : page[-1].block + _EVIDENCE]
        )
    )
    language = publication.metadata.language
    told = Telling()
    front: list[Line] = []
    back: list[Line] = []
    for at, line in enumerate(page):
        new, keep = _line(page, at, spellings)
        told = both(told, new)
        if keep == "front":
            front.append(line)
        elif keep == "back":
            back.append(line)
    title, rest = titled(page, publication)
    back += rest
    told = both(told, cased(title, language, spellings))
    publication = known(publication, told)
    kept = {id(line) for line in (*front, *back)}
    changes = [
        Change(RULE, line.place, line.text, "", f"the title page: {_why(line.kind)}")
        for line in page
        if id(line) not in kept
    ]
    if changes:
        changes[0] = msgspec.structs.replace(
            changes[0], why=f"{changes[0].why}; the page tells {summary(told)}"
        )
    taken = {line.block for line in page}
    # Breaks between the lines of the page, or between it and the text, go with it.
    last = max(taken)
    body = tuple(
        block
        for at, block in enumerate(publication.body)
        if at not in taken and not (isinstance(block, Separator) and at <= last + 1)
    )
    return entered(
        publication,
        *changes,
        body=body,
        front=(*publication.front, *_section(publication, front, "preface")),
        back=(*publication.back, *_section(publication, sorted(back, key=page.index), "provenance")),
    )


def _section(publication: Publication, kept: list[Line], role: str) -> tuple[Section, ...]:
    if not kept:
        return ()
    blocks = tuple(
        next(
            (
                block
                for block in publication.body[line.block : line.block + 1]
                if isinstance(block, Paragraph) and words(block) == line.text
            ),
            Paragraph((Text(line.text),), place=line.place),
        )
        for line in kept
    )
    place = Place(kept[0].place.first, kept[-1].place.last, kept[0].place.part)
    if role == "preface":
        return (Section("title-page-note", None, blocks, "preface", place),)
    return (Section("title-page-imprint", None, blocks, "provenance", place),)


def _line(page: list[Line], at: int, spellings: dict[str, str]) -> tuple[Telling, str]:
    """What one line tells, and where it is kept: "front", "back", or "" if it goes into the metadata whole."""
    line = page[at]
    match line.kind:
        case "by" | "title" | "head" | "text":
            return Telling(), ""
        case "credit":
            role = makers.alone(page[at - 1].text) if at and page[at - 1].kind == "by" else ""
            if role:
                return Telling(
                    creators=tuple(names.creator(each, role, spellings) for each in names.named(line.text))
                ), ""
            return Telling(creators=makers.read(line.text, spellings)), ""
        case "person":
            return Telling(creators=(names.creator(line.text.strip(" .,;:"), "aut", spellings),)), ""
        case "date":
            own = Telling(dates=(date(dates.whole(line.text), dates.meaning(line.text) or "published"),))
            # In an imprint the date is one of its lines; else it stands for itself.
            return own, "back" if any(other.kind == "imprint" for other in page) else ""
        case "imprint":
            name, role = publisher(line.text)
            made = (names.creator(name, role, spellings),) if name else ()
            days = tuple(date(day.value, "published") for day in dates.find(line.text))
            year = re.search(r"(?:^|[,\s(])(1[4-9]\d\d|20\d\d)(?=[.)\]]*$)|^(1[4-9]\d\d|20\d\d)\b", line.text)
            if not days and year:
                days = (date(year[1] or year[2], "published"),)
            return Telling(creators=made, dates=days), "back"
        case "permission":
            return Telling(rights=Rights(line.text)), ""
        case "thanks" | "bracket":
            return Telling(), "front"
        case "price" | "contact" | "edition":
            return Telling(), "back"
        case "series":
            # Over the title a series is its rubric; at the foot it belongs to the imprint.
            return (Telling(rubric=line.text), "") if at == 0 else (Telling(), "back")


_WHY: dict[Kind, str] = {
    "title": "its title",
    "by": "who made it",
    "credit": "who made it",
    "person": "who made it",
    "date": "its date",
    "permission": "its rights",
    "series": "its series",
}


def _why(line: Kind) -> str:
    return _WHY.get(line, "its imprint")
