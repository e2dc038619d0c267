"""Text → the dates in it, in the languages of bylines, each as precise as it is given.

dateparser reads more forms, but its search cuts bylines in odd places (it takes "par" and "2 avril"
together) and cannot say what it took for granted; here a date is a day, month or year that stands there.
"""

from __future__ import annotations

import re
from datetime import date

import msgspec

from pipeline.model import DateMeaning, DatePrecision

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "el": "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου "
    "νοεμβρίου δεκεμβρίου",
}
_NUMBERS = {name: number for names in _MONTHS.values() for number, name in enumerate(names.split(), 1)}
_MONTH = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_DAY_FIRST = rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+|of\s+)?(?P<m1>{_MONTH}),?\s+(?:de\s+)?(?P<y1>\d{{4}})"
_MONTH_FIRST = rf"(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})"
_MONTH_ONLY = rf"(?P<m3>{_MONTH}),?\s+(?:de\s+|of\s+)?(?P<y3>\d{{4}})"
_NUMERIC = r"(?P<y4>\d{4})-(?P<m4>\d{2})-(?P<d4>\d{2})"
_DATE = re.compile(rf"\b(?:{_DAY_FIRST}|{_MONTH_FIRST}|{_MONTH_ONLY}|{_NUMERIC})\b", re.IGNORECASE)

_WRITTEN = re.compile(
    r"rédaction|écrit|written|geschrieben|verfasst|escrito|scritto|geschreven|написан", re.IGNORECASE
)
_POSTED = re.compile(r"mis en ligne|posted|online|en línea|geplaatst", re.IGNORECASE)
_PUBLISHED = re.compile(r"publi|erschienen|veröffentlicht|pubblicat|gepubliceerd|опубликован", re.IGNORECASE)


class Found(msgspec.Struct, frozen=True):
    """A date at `text[start:end]`; `meaning` is None when no word before it says what it is the date of."""

    start: int
    end: int
    value: str
    precision: DatePrecision
    meaning: DateMeaning | None


def find(text: str) -> tuple[Found, ...]:
    """Every date in a text, in order. Days that no calendar has are not dates."""
    out: list[Found] = []
    before = 0
    for match in _DATE.finditer(text):
        value = _value(match)
        if value is not None:
            precision: DatePrecision = "day" if value.count("-") == 2 else "month"
            out.append(
                Found(match.start(), match.end(), value, precision, _meaning(text[before : match.start()]))
            )
            before = match.end()
    return tuple(out)


def _value(match: re.Match[str]) -> str | None:
    parts = {name[0]: value for name, value in match.groupdict().items() if value}
    month = int(parts["m"]) if parts["m"].isdigit() else _NUMBERS[parts["m"].lower()]
    year = int(parts["y"])
    try:
        day = date(year, month, int(parts.get("d", "1")))
    except ValueError:
        return None
    return day.isoformat() if "d" in parts else f"{year:04}-{month:02}"


def _meaning(label: str) -> DateMeaning | None:
    if _WRITTEN.search(label):
        return "written"
    if _POSTED.search(label):
        return "posted"
    if _PUBLISHED.search(label):
        return "published"
    return None
