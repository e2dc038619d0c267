"""Page → when its article was published, as it says for machines or beside the article; no date of changing the page."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from pipeline.model import Date, DateMeaning, DatePrecision
from pipeline.normalise import dates as in_words
from pipeline.readers import web_hints
from pipeline.readers.web_data import Thing, metas
from pipeline.readers.web_makers import elsewhere
from pipeline.readers.web_tree import Page, said

_ISO = re.compile(r"\s*(?P<year>1[5-9]\d\d|20\d\d)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?![\d])")
_SLASHED = re.compile(r"\s*(?P<year>1[5-9]\d\d|20\d\d)/(?P<month>\d{1,2})(?:/(?P<day>\d{1,2}))?\s*$")
_IN_PATH = re.compile(r"/(?P<year>19\d\d|20\d\d)/(?P<month>\d\d)/(?P<day>\d\d)(?:/|$)")

_LONGEST = 60
"""Letters of an element that holds a date."""


def dates(page: Page, data: tuple[Thing, ...], address: str) -> tuple[Date, ...]:
    """When the article was published, if the page says so for machines; no date of changing the page."""
    told: list[str] = [
        *(str(each.get("datePublished")) for each in data if each.get("datePublished")),
        *metas(
            page,
            *"article:published_time citation_publication_date citation_date dc.date.issued dc.date dcterms.issued dcterms.date "
            "dcterms.created datepublished date pubdate publish-date parsely-pub-date sailthru.date og:article:published_time".split(),
        ),
    ]
    for each in told:
        if (found := read_date(each)) is not None:
            return (found,)
    times = [
        each
        for each in page.body.every()
        if (each.tag == "time" and (each.get("datetime") or each.get("pubdate")))
        or (each.tag == "abbr" and web_hints.names(each) & {"published", "dtstart"} and each.get("title"))
    ]
    for element in times:
        names = web_hints.names(element) | (
            web_hints.names(element.parent) if element.parent is not None else frozenset()
        )
        if elsewhere(element) or names & {"updated", "modified"} - {"published"}:
            continue
        if (found := read_date(element.get("datetime") or element.get("title"))) is not None:
            return (found,)
    for element in page.body.every():
        if (
            web_hints.names(element) & web_hints.DATES
            and 0 < len(text := said(element)) <= _LONGEST
            and not elsewhere(element)
        ):
            for day in in_words.find(text):
                return (Date(day.value, day.meaning or "published", day.precision),)
            if year := re.fullmatch(r"\W*(1[5-9]\d\d|20\d\d)\W*", text):
                return (Date(year[1], "published", "year"),)
    path = _IN_PATH.search(urlsplit(address).path) if address else None
    if path and (found := _date(path["year"], path["month"], path["day"])) is not None:
        return (found,)
    return ()


def read_date(text: str) -> Date | None:
    """A date as machines write it, as far as it is given."""
    match = _ISO.match(text) or _SLASHED.match(text)
    return _date(match["year"], match["month"], match["day"]) if match else None


def _date(year: str, month: str | None, day: str | None, meaning: DateMeaning = "published") -> Date | None:
    try:
        real = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    precision: DatePrecision = "day" if day else "month" if month else "year"
    return Date(real.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]], meaning, precision)
