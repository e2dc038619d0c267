"""press.toml and sidecars → Press, Edition, Sidecar: what the people at the press decide, checked and frozen."""

from __future__ import annotations

from typing import Literal

import msgspec

from pipeline.model import DateMeaning

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
