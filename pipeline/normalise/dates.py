"""Text → the dates in it, in the languages of bylines, each as precise as it is given.

dateparser reads more forms, but its search cuts bylines in odd places (it takes "par" and "2 avril"
together) and cannot say what it took for granted; here a date is a day, month or year that stands there.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import msgspec

from pipeline.model import DateMeaning, DatePrecision
from pipeline.normalise.months import NUMBERS, pattern

_YEAR = r"\d{4}"
_OF = r"(?:(?:de|del|di|of|do|ב|من)\s+)?"
_AFTER_DAY = r"(?:st|nd|rd|th|er|η|ης|\.|º|°|ª)?"
_DAY_FIRST = rf"(?P<d1>\d{{1,2}}){_AFTER_DAY},?\s+{_OF}(?P<m1>{pattern()})\.?,?\s+{_OF}(?P<y1>{_YEAR})"
_MONTH_FIRST = rf"(?P<m2>{pattern()})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>{_YEAR})"
_MONTH_ONLY = rf"(?P<m3>{pattern()})\.?,?\s+{_OF}(?P<y3>{_YEAR})"
_NUMERIC = rf"(?P<y4>{_YEAR})-(?P<m4>\d{{2}})-(?P<d4>\d{{2}})"
_DOTTED = rf"(?P<d5>\d{{1,2}})\.\s?(?P<m5>\d{{1,2}})\.\s?(?P<y5>{_YEAR})"
_SLASHED = rf"(?P<a6>\d{{1,2}})/(?P<b6>\d{{1,2}})/(?P<y6>{_YEAR})"
_DATE = re.compile(
    rf"\b(?:{_DAY_FIRST}|{_MONTH_FIRST}|{_MONTH_ONLY}|{_NUMERIC}|{_DOTTED}|{_SLASHED})(?!\w)", re.IGNORECASE
)

_ROMAN = re.compile(r"M{1,2}(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})")
_ROMAN_VALUES = {"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}
_YEAR_WORDS = r"(?:г|гг|r|р|ano|anno|année|im\s+jahre|jahr|year|en|in|año|год|года|rok|έτος|سنة|سال|שנת)"
_YEAR_ALONE = re.compile(
    rf"(?:{_YEAR_WORDS}\.?\s+)?(?P<year>1[4-9]\d\d|20\d\d)\s*(?:{_YEAR_WORDS}\.?)?", re.IGNORECASE
)

_WRITTEN = re.compile(
    r"rédaction|rédigé|écrit|written|composed|geschrieben|verfasst|verfaßt|escrito|escrita|scritto|scritta|geschreven|написан|"
    r"napisan|γράφτηκε|נכתב|كتب|كُتب|نوشته|delivered|prononcé|gehalten",
    re.IGNORECASE,
)
_TRANSLATED = re.compile(
    r"translat|traduit|traducción|traduzione|tradução|übersetz|vertaald|перевод|przekład", re.IGNORECASE
)
_POSTED = re.compile(
    r"mis en ligne|posted|submitted|online|en línea|geplaatst|uploaded|veröffentlicht im netz|размещ|"
    r"publicado en línea|retrieved|accessed|abgerufen|consulté",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"publi|erschienen|veröffentlicht|pubblicat|gepubliceerd|опубликован|opublik|δημοσι|פורסם|نشر|منتشر|printed",
    re.IGNORECASE,
)


class Found(msgspec.Struct, frozen=True):
    """A date at `text[start:end]`; `meaning` is None when no word before it says what it is the date of."""

    start: int
    end: int
    value: str
    precision: DatePrecision
    meaning: DateMeaning | None


def find(text: str) -> tuple[Found, ...]:
    """Every date in a text, in order. Days that no calendar has are not dates, nor is a year alone."""
    out: list[Found] = []
    before = 0
    for match in _DATE.finditer(text):
        value = _value(match)
        if value is not None:
            out.append(
                Found(
                    match.start(), match.end(), value, precision(value), meaning(text[before : match.start()])
                )
            )
            before = match.end()
    return tuple(out)


def precision(value: str) -> DatePrecision:
    """How much "1909", "1909-01" or "1909-01-30" says."""
    levels: tuple[DatePrecision, ...] = ("year", "month", "day")
    return levels[value.count("-")]


def whole(line: str) -> str:
    """The date that a line consists of ("OCTOBER, 1916", "(1900)", "MDCCCXLVIII."), "" if it is no date."""
    bare = line.strip(" .,;:()[]–—-").strip()
    found = find(bare)
    if len(found) == 1 and not re.search(
        r"\w",
        re.sub(
            rf"\b{_YEAR_WORDS}\b\.?|^le\s|^am\s|^den\s|^el\s|^on\s",
            "",
            bare[: found[0].start] + bare[found[0].end :],
            flags=re.IGNORECASE,
        ),
    ):
        return found[0].value
    alone = _YEAR_ALONE.fullmatch(bare)
    if alone:
        return str(int(alone["year"]))
    return roman_year(bare)


def roman_year(text: str) -> str:
    """ "MDCCCXLVIII", with spaces or stops between its letters or not → "1848"; "" if it is no year of print."""
    letters = re.sub(r"[\s.]", "", text)
    if len(letters) < 3 or letters != letters.upper() or not _ROMAN.fullmatch(letters):
        return ""
    values = [_ROMAN_VALUES[letter] for letter in letters]
    year = sum(
        -value if at + 1 < len(values) and values[at + 1] > value else value
        for at, value in enumerate(values)
    )
    return str(year) if 1450 <= year <= 2100 else ""


def _value(match: re.Match[str]) -> str | None:
    parts = {name[0]: value for name, value in match.groupdict().items() if value}
    if "a" in parts:
        a, b = int(parts["a"]), int(parts["b"])
        # 3/4/1909 is the third of April or the fourth of March: nobody can tell.
        if a <= 12 and b <= 12 and a != b:
            return None
        parts["d"], parts["m"] = (parts["b"], parts["a"]) if a <= 12 < b else (parts["a"], parts["b"])
    year = int(parts["y"])
    try:
        month = int(parts["m"]) if parts["m"].isdigit() else NUMBERS[_folded(parts["m"])]
        day = date(year, month, int(parts.get("d", "1")))
    except (ValueError, KeyError):
        return None
    return day.isoformat() if "d" in parts else f"{year:04}-{month:02}"


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).lower().split())


def meaning(label: str) -> DateMeaning | None:
    """What the words before a date say that it is the date of."""
    if _WRITTEN.search(label):
        return "written"
    if _POSTED.search(label):
        return "posted"
    if _TRANSLATED.search(label):
        return "translated"
    if _PUBLISHED.search(label):
        return "published"
    return None
