"""Lines of Markdown → what the front matter of a site generator says of the text, and the lines without it.

Only what is written as `key: value`, `key: [a, b]` or `key:` over `- items` is read: that is what people write by
hand. A key that says nothing of the text (layout, permalink) goes with the rest, and the ledger has the whole.
"""

from __future__ import annotations

import re
from datetime import date

import msgspec

from pipeline.model import Change, Creator, Date, DatePrecision, Place
from pipeline.normalise.names import named, sort_name

_FENCE = re.compile(r"-{3,}[ \t]*")
_END = re.compile(r"(?:-{3,}|\.{3,})[ \t]*")
_KEY = re.compile(r"(?P<key>[A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(?P<value>.*?))?[ \t]*")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>.*?)[ \t]*")
_LONGEST = 200
"""Lines. What has no end by then is a text under a rule."""


class FrontMatter(msgspec.Struct, frozen=True):
    """What is said; "" and () where it is not."""

    title: str = ""
    subtitle: str = ""
    language: str = ""
    description: str = ""
    creators: tuple[Creator, ...] = ()
    dates: tuple[Date, ...] = ()
    subjects: tuple[str, ...] = ()


def taken(lines: list[str]) -> tuple[FrontMatter, list[str], tuple[Change, ...]]:
    """The front matter, blank lines in its place, and the entry for the ledger."""
    end = _ends(lines)
    if end is None:
        return FrontMatter(), lines, ()
    said = _read(lines[1:end])
    found = _told(said)
    before = "\n".join(lines[: end + 1])
    after = " · ".join(
        [
            *(
                f"{name}: {value}"
                for name in ("title", "subtitle", "language")
                if (value := getattr(found, name))
            ),
            *(f"by {creator.name}" for creator in found.creators),
            *(day.value for day in found.dates),
        ]
    )
    change = Change(
        "front-matter", Place(1, end + 1), before, after, "what is said of the text before it begins"
    )
    return found, [*([""] * (end + 1)), *lines[end + 1 :]], (change,)


def _ends(lines: list[str]) -> int | None:
    """Where it ends, from 0; None if there is none."""
    if not lines or not _FENCE.fullmatch(lines[0]) or len(lines) < 3 or not _KEY.fullmatch(lines[1]):
        return None
    return next((at for at, line in enumerate(lines[1:_LONGEST], 1) if _END.fullmatch(line)), None)


def _read(lines: list[str]) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    key = ""
    for line in lines:
        if found := _KEY.fullmatch(line):
            key = found["key"].casefold()
            said[key] = _values(found["value"] or "")
        elif key and (item := _ITEM.fullmatch(line)):
            said[key].append(_bare(item["value"]))
    return said


def _values(value: str) -> list[str]:
    if value.startswith("[") and value.endswith("]"):
        return [bare for part in value[1:-1].split(",") if (bare := _bare(part.strip()))]
    return [bare] if (bare := _bare(value)) else []


def _bare(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return value.strip()


def _told(said: dict[str, list[str]]) -> FrontMatter:
    def first(*keys: str) -> str:
        return next((said[key][0] for key in keys if said.get(key)), "")

    people = [
        name for key in ("author", "authors", "by") for value in said.get(key, []) for name in _names(value)
    ]
    others = [
        name for key in ("translator", "translators") for value in said.get(key, []) for name in _names(value)
    ]
    day = _date(first("date", "published"))
    return FrontMatter(
        title=first("title"),
        subtitle=first("subtitle"),
        language=first("lang", "language"),
        description=first("description", "summary", "excerpt"),
        creators=(
            *(Creator(name, sort_name(name)) for name in dict.fromkeys(people)),
            *(Creator(name, sort_name(name), "trl") for name in dict.fromkeys(others)),
        ),
        dates=(day,) if day else (),
        subjects=tuple(dict.fromkeys([*said.get("tags", []), *said.get("keywords", [])])),
    )


def _names(value: str) -> tuple[str, ...]:
    return named(value) or ((value,) if value else ())


def _date(value: str) -> Date | None:
    """2019, 2019-03, or 2019-03-21 with or without a time; nothing that no calendar has."""
    found = re.match(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?!\d))?)?", value)
    if found is None:
        return None
    parts = [int(part) for part in found.groups() if part]
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError:
        return None
    precision: tuple[DatePrecision, ...] = ("year", "month", "day")
    return Date("-".join(part for part in found.groups() if part), "published", precision[len(parts) - 1])
