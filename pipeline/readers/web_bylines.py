"""Lines round a title → makers and dates, taken out of the text; what the page's head knows already only goes.

A line is taken if it says nothing else: a name after "by", names and dates that are known, or dates alone, with
the few words that stand beside them ("Posted on …", "mardi 2 avril 2019, par …").
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from pipeline.model import Change, Creator, Date, Place
from pipeline.normalise import dates as in_words
from pipeline.readers import web_hints, web_makers
from pipeline.readers.web_tree import Element, said

_WORD = re.compile(r"\w+")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LOOK_AT = 6
"""Blocks of text from the title on, or at the start of an article."""
_MOST_WORDS = 30
_LOOSE = 2
_LOOSE_NAMED = 12
"""Words beside names and dates; more if the site calls the line a byline."""
_SMALL = frozenset(
    "by written posted published submitted on in at from par publié mis ligne le von am um veröffentlicht geschrieben por publicado "
    "el di pubblicato il door geplaatst op автор опубликовано author updated last gmt utc est pst cet bst am pm uhr min read and und "
    "et y e monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun lundi mardi mercredi jeudi vendredi "
    "samedi dimanche montag dienstag mittwoch donnerstag freitag samstag sonntag lunes martes miércoles jueves viernes sábado domingo "
    "lunedì martedì mercoledì giovedì venerdì sabato domenica segunda terça quarta quinta sexta feira maandag dinsdag woensdag "
    "donderdag vrijdag zaterdag zondag".split()
)


class Byline(msgspec.Struct, frozen=True):
    """The makers and dates that are known now."""

    creators: tuple[Creator, ...]
    dates: tuple[Date, ...]
    changes: tuple[Change, ...] = ()


def taken(lines: Iterable[Element], known: Byline) -> Byline:
    """Take bylines out of the blocks of text that follow a title, up to the first that is prose or a heading."""
    for count, leaf in enumerate(lines):
        text = said(leaf)
        if count >= _LOOK_AT or len(_WORD.findall(text)) > _MOST_WORDS:
            break
        known = _read(leaf, text, known)
        if leaf.tag in _HEADINGS and leaf.parent is not None:
            break
    return known


def _read(leaf: Element, text: str, known: Byline) -> Byline:
    bare = text
    found = in_words.find(text)
    for day in found:
        bare = bare.replace(text[day.start : day.end], " ")
    year = re.fullmatch(r"\W*(1[5-9]\d\d|20\d\d)\W*", text)
    makers = known.creators or web_makers.in_line(bare.strip(" ,;:·|–—-")) or (_after(bare) if found else ())
    for maker in makers:
        bare = re.sub(rf"(?<!\w){re.escape(maker.name)}(?!\w)", " ", bare, flags=re.IGNORECASE)
    rest = [word for word in _WORD.findall(bare.casefold()) if word not in _SMALL and not word.isdigit()]
    near = [leaf, *[each for each in list(leaf.above())[:2] if len(said(each)) <= 2 * len(text) + 40]]
    called = any(web_hints.names(each) & (web_hints.MAKERS | web_hints.DATES) for each in near)
    says_who = any(maker.name.casefold() in text.casefold() for maker in makers)
    if not (says_who or found or (year and called)) or len(rest) > (_LOOSE_NAMED if called else _LOOSE):
        return known
    days = known.dates or tuple(
        Date(day.value, day.meaning or "published", day.precision) for day in found[:2]
    )
    if year and called and not days:
        days = (Date(year[1], "published", "year"),)
    told = " · ".join(
        [*(f"by {each.name}" for each in makers), *(f"{day.meaning} {day.value}" for day in days)]
    )
    change = Change(
        "byline",
        Place(leaf.line, max(leaf.line, leaf.last)),
        text,
        told,
        "a byline is said in each edition's own place and language",
    )
    leaf.drop()
    return Byline(makers, days, (*known.changes, change))


def _after(text: str) -> tuple[Creator, ...]:
    """The makers that a line names after its date: "mardi 2 avril 2019, par Léa Martin"."""
    found = re.search(r"(?:^|[,;:·|–—-]|\s)\s*(?P<by>(?:by|par|von|por|door|przez|di)\s+\w.*)$", text)
    return web_makers.in_line(found["by"]) if found else ()
