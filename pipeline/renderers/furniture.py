"""Language → the press's own few words around a text: "Contents", "by", months. Never the author's."""

from __future__ import annotations

import msgspec

from pipeline.model import Creator, Date


class Words(msgspec.Struct, frozen=True):
    """What we print of our own, in one language. `{}` stands for what is put in."""

    contents: str
    opening: str
    notes: str
    colophon: str
    cover: str
    picture: str
    title_page: str
    landmarks: str
    pages: str
    conjunction: str
    dates: dict[str, str]
    months: tuple[str, ...]
    day: str
    month: str
    source: str
    repairs: str
    rules: dict[str, str]
    corrections: str
    fold: str
    set_by: str


_ENGLISH = Words(
    contents="Contents",
    opening="Opening",
    notes="Notes",
    colophon="Colophon",
    cover="Cover",
    picture="Picture",
    title_page="Title page",
    landmarks="Landmarks",
    pages="Pages",
    conjunction="and",
    dates={
        "written": "Written {}",
        "published": "Published {}",
        "posted": "Posted {}",
        "translated": "Translated {}",
        "revised": "Revised {}",
    },
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    day="{day} {month} {year}",
    month="{month} {year}",
    source="First found at",
    repairs="Set from a damaged copy. {number} repairs were made to its form ({kinds} among them) and none to its "
    "words; each is listed in the report that comes with this edition.",
    rules={
        "artefacts": "left-over marks",
        "byline": "the byline",
        "casing": "headings in capitals",
        "contents": "a dead list of contents",
        "dashes": "dashes",
        "ellipses": "ellipses",
        "headings": "lost headings",
        "joins": "paragraphs cut in two",
        "links": "dead links",
        "markup": "stray markup",
        "quotations": "quotations",
        "quotes": "quotation marks",
        "spacing": "stray spaces",
    },
    corrections="The editor made {} corrections, listed with their reasons in the report.",
    fold="To make more: print the booklet file two-sided, flipped on the short edge, at actual size; fold the "
    "sheets together and staple twice through the fold.",
    set_by="Set in {}.",
)

_TABLE = {"en": _ENGLISH}


def words(language: str) -> Words:
    """The words for a BCP 47 language, English where we have none yet."""
    return _TABLE.get(language.split("-")[0].lower(), _ENGLISH)


def date(value: Date, language: str) -> str:
    """A date as it is read aloud, without its meaning: "21 March 2019", "March 2019", "2019"."""
    own = words(language)
    year, *rest = value.value.split("-")
    if not rest:
        return year
    month = own.months[int(rest[0]) - 1]
    if len(rest) == 1:
        return own.month.format(month=month, year=year)
    return own.day.format(day=int(rest[1]), month=month, year=year)


def dated(value: Date, language: str) -> str:
    """A date with its meaning: "Written 21 March 2019"."""
    return words(language).dates[value.meaning].format(date(value, language))


def names(creators: tuple[Creator, ...], language: str) -> str:
    """Names in a row: "Saman S. and Adam T."; "A, B and C"."""
    return listed([creator.name for creator in creators], words(language))


def listed(each: list[str], own: Words) -> str:
    """Things in a row, with "and" before the last."""
    return "".join(each) if len(each) < 2 else f"{', '.join(each[:-1])} {own.conjunction} {each[-1]}"
