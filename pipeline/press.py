"""press.toml and sidecars → Press, Edition, Sidecar: what the people at the press decide, checked and frozen.

press.toml is looked for beside the folder of texts, then in the current folder; without one the defaults
hold. `text.toml` beside `text.txt` is that text's sidecar. All values are checked here, so that no
renderer meets a language that is none.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any, Literal

import msgspec

from pipeline import settings
from pipeline.errors import ConfigError
from pipeline.findings import Finding
from pipeline.model import DateMeaning
from pipeline.settings import Document

EditionKind = Literal["pamphlet", "epub", "booklet"]
SheetName = Literal["a4", "letter"]


class Edition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file that is made of every title.

    name   how it is called on the command line: "pdf", "epub", "booklet-a4"
    kind   which renderer makes it
    sheet  the paper of a booklet
    """

    name: str
    kind: EditionKind
    sheet: SheetName = "a4"

    @property
    def suffix(self) -> str:
        """What follows the slug in the file's name."""
        match self.kind:
            case "pamphlet":
                return ".pdf"
            case "epub":
                return ".epub"
            case "booklet":
                return f"-booklet-{self.sheet}.pdf"


EDITIONS = (
    Edition("pdf", "pamphlet"),
    Edition("epub", "epub"),
    Edition("booklet-a4", "booklet", "a4"),
    Edition("booklet-letter", "booklet", "letter"),
)


class Press(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who publishes.

    name      as it stands at the foot of the cover
    imprint   the line in the colophon: place, series, what it is
    contact   how to reach the press, printed as it stands
    address   of the press on the web, or ""
    language  BCP 47; what a text is taken to be in when it does not tell
    """

    name: str
    imprint: str = ""
    contact: str = ""
    address: str = ""
    language: str = "en"
    editions: tuple[Edition, ...] = EDITIONS


class SidecarCreator(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A maker as the editor names one; `role` is a MARC relator code."""

    name: str
    sort_name: str = ""
    role: str = "aut"
    kind: Literal["person", "organisation"] = "person"


class SidecarDate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`value` is 2019, 2019-03 or 2019-03-21."""

    value: str
    meaning: DateMeaning = "published"


class SidecarRights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    statement: str
    licence: str = ""


class Correction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An editor's correction: `find` (as it stands in the text, once) becomes `replace`, for `reason`."""

    find: str
    replace: str
    reason: str


class Sidecar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an editor says of one title beside its source. Everything is optional; what is said wins."""

    title: str | None = None
    subtitle: str | None = None
    rubric: str | None = None
    language: str | None = None
    description: str | None = None
    address: str | None = None
    creators: tuple[SidecarCreator, ...] | None = None
    dates: tuple[SidecarDate, ...] | None = None
    rights: SidecarRights | None = None
    subjects: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()


DEFAULT = Press("Pamphleteer")
"""Who publishes when nobody says."""

FILE = "press.toml"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""The shape of a BCP 47 tag (RFC 5646, section 2.1), as far as books need it."""
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_ROLE = re.compile(r"[a-z]{3}")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def find(seeds: Path, chosen: Path | None) -> tuple[Press, tuple[Finding, ...]]:
    """The press of a folder of texts: `chosen` if given, else beside the folder, else the current one's."""
    if chosen is not None:
        return load(chosen), ()
    for path in (seeds.absolute().parent / FILE, Path(FILE)):
        if path.is_file():
            # Messages name it as a person would who stands in this folder.
            here = Path.cwd()
            return load(path.relative_to(here) if path.is_relative_to(here) else path), ()
    return DEFAULT, (
        Finding(
            "press-001",
            "note",
            FILE,
            "There is no press.toml, so the defaults hold.",
            "make one that says who you are: see the README",
        ),
    )


def load(path: Path) -> Press:
    """Read press.toml. Raises ConfigError with file, line and what was expected."""
    try:
        return press(path.read_bytes(), path)
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: there is no such file", "check the spelling of its name") from error
    except OSError as error:
        raise ConfigError(f"{path}: this cannot be read ({error.strerror})") from error


def press(data: bytes, path: Path) -> Press:
    """The text of press.toml → Press; `path` is only named in messages."""
    document = settings.parse(data, str(path))
    for key in document.values:
        if key not in ("press", "editions"):
            document.refuse((key,), f'"{key}" is not known here', "known are: [press] and [editions.<name>]")
    table = document.values.get("press", {})
    if isinstance(table, dict) and "editions" in table:
        document.refuse(
            ("press", "editions"),
            '"editions" does not belong under [press]',
            "begin a table of its own for each: [editions.<name>]",
        )
    own = settings.convert(document, table, Press, ("press",))
    _filled(document, ("press", "name"), own.name)
    _language(document, ("press", "language"), own.language)
    _address(document, ("press", "address"), own.address)
    return msgspec.structs.replace(own, editions=_editions(document))


def _editions(document: Document) -> tuple[Edition, ...]:
    tables: Any = document.values.get("editions")
    if tables is None:
        return EDITIONS
    if not isinstance(tables, dict) or not tables:
        document.refuse(("editions",), '"editions" must be tables', "begin each with [editions.<name>]")
    editions: list[Edition] = []
    for name, table in tables.items():
        path = ("editions", name)
        if not _NAME.fullmatch(name):
            document.refuse(
                path, f'an edition cannot be called "{name}"', "use small letters, digits and hyphens"
            )
        if isinstance(table, dict) and "name" in table:
            document.refuse((*path, "name"), '"name" is not known here', "known are: kind, sheet")
        edition = settings.convert(
            document, {"name": name, **table} if isinstance(table, dict) else table, Edition, path
        )
        if edition.suffix in {other.suffix for other in editions}:
            document.refuse(
                path, f'the edition "{name}" would be the same file as another one', "delete one of the two"
            )
        editions.append(edition)
    return tuple(editions)


def sidecar(data: bytes, path: Path) -> Sidecar:
    """The text of a sidecar → Sidecar; `path` is only named in messages."""
    document = settings.parse(data, str(path))
    values = dict(document.values)
    dates = values.get("dates")
    if isinstance(dates, list):
        values["dates"] = [_quoted(entry) for entry in dates]
    own = settings.convert(document, values, Sidecar)
    for key in ("title", "description", "language"):
        if getattr(own, key) is not None:
            _filled(document, (key,), getattr(own, key))
    if own.language is not None:
        _language(document, ("language",), own.language)
    _address(document, ("address",), own.address or "")
    for index, creator in enumerate(own.creators or ()):
        _filled(document, ("creators", index, "name"), creator.name)
        if not _ROLE.fullmatch(creator.role):
            document.refuse(
                ("creators", index, "role"),
                f'"{creator.role}" is not a role',
                "it is three letters: aut, trl, edt … (loc.gov/marc/relators)",
            )
    for index, date in enumerate(own.dates or ()):
        if not _exists(date.value):
            document.refuse(
                ("dates", index, "value"),
                f'"{date.value}" is not a date',
                "it reads 2019, 2019-03 or 2019-03-21",
            )
    for index, correction in enumerate(own.corrections):
        _filled(document, ("corrections", index, "find"), correction.find)
        _filled(document, ("corrections", index, "reason"), correction.reason)
    return own


def _quoted(entry: Any) -> Any:
    """A date that was written without its quotes, as people do: 2019-03-21, 2019."""
    match entry:
        case {"value": datetime.date() as day} if not isinstance(day, datetime.datetime):
            return {**entry, "value": day.isoformat()}
        case {"value": int() as year} if not isinstance(year, bool):
            return {**entry, "value": f"{year:04}"}
        case _:
            return entry


def _exists(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    year, month, day = (int(part) for part in f"{value}-01-01".split("-")[:3])
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def _filled(document: Document, path: settings.Path, value: str) -> None:
    if not value.strip():
        document.refuse(path, f'"{path[-1]}" is empty', "fill it in, or delete the line")


def _language(document: Document, path: settings.Path, value: str) -> None:
    if not _LANGUAGE.fullmatch(value):
        document.refuse(path, f'"{value}" is not a language', 'it is a code such as "en", "fr" or "pt-BR"')


def _address(document: Document, path: settings.Path, value: str) -> None:
    if value and not _ADDRESS.fullmatch(value):
        document.refuse(path, f'"{value}" is not an address on the web', "it begins with https://")
