"""What an office document's reader hands over: words for pandoc, looks, pictures, and what its properties say."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from pipeline.model import Change
from pipeline.readers.archives import Archive
from pipeline.readers.looks import Look
from pipeline.readers.xmltree import name


class Shown(msgspec.Struct, frozen=True):
    """A picture where it stands: the name of its member, its bytes (None if they are not there), what was said of it."""

    name: str
    data: bytes | None
    said: tuple[str, ...] = ()


class Properties(msgspec.Struct, frozen=True):
    """What a document's properties say, without what programs and templates write there."""

    title: str = ""
    subject: str = ""
    creators: tuple[str, ...] = ()
    company: str = ""
    date: str = ""
    """As far as making and last change agree: 2019-03-21, 2019-03, 2019, or ""."""
    language: str = ""


class Opened(msgspec.Struct, frozen=True):
    data: bytes
    looks: tuple[Look, ...]
    shown: tuple[Shown, ...]
    changes: tuple[Change, ...]
    properties: Properties = Properties()
    letters: Mapping[str, str] = {}
    """Letters that stand for others in the tree, which pandoc could not have read."""


_NOBODY = re.compile(
    r"(?:microsoft|ms|windows|office|openoffice|libreoffice|word|python-docx|pandoc|google|apple|unknown|none|"
    r"user|benutzer|utilisateur|usuario|utente|usuário|gebruiker|пользователь|użytkownik|admin\w*|owner|"
    r"author|autor|auteur|guest|test|default|pc|home|hp|dell|acer|asus|toshiba|lenovo|"
    r"x|\?|-|\.|\W*)(?:[\s._-]*(?:office|word|user|benutzer|utilisateur|usuario|utente|corporation|docs?|pc|\d+))*",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"(?:untitled|document|dokument|documento|unbenannt|sans titre|sin título|senza titolo|naamloos|"
    r"microsoft word|word document|title|titel|titre|título|template|vorlage|modèle|normal|slide|presentation|"
    r"презентация|документ|без названия)\W*\d*|.*\.(?:doc[xm]?|dot[xm]?|odt|ott|rtf|txt|html?|pdf|wpd|qxd|indd)|microsoft word - .*|\W*",
    re.IGNORECASE,
)


def title_said(text: str | None) -> str:
    """A title that a person may have typed; "" for "Untitled", a file's name, a template's."""
    words = " ".join((text or "").split())
    return "" if _NO_TITLE.fullmatch(words) else words


def names_said(text: str | None) -> tuple[str, ...]:
    """People and bodies that a person may have typed; none for "User" or "Microsoft Office User"."""
    found = (" ".join(each.split()) for each in re.split(r"\s*[;\n]\s*", text or ""))
    return tuple(each for each in found if not _NOBODY.fullmatch(each) and "@" not in each)


def agreed(made: str | None, changed: str | None) -> str:
    """Two dates as far as they agree. A copy saved years later says nothing of when the text was written."""
    dates = [each[:10] for each in (made, changed) if each and re.match(r"\d{4}-\d{2}-\d{2}", each)]
    for length in (10, 7, 4):
        if len({each[:length] for each in dates}) == 1 and len(dates) == 2:
            return dates[0][:length]
    return ""


def properties(archive: Archive, member: str) -> Properties:
    """core.xml of an Office file or meta.xml of an OpenDocument one: both speak Dublin Core."""
    if member not in archive:
        return Properties()
    said: dict[str, str] = {}
    for each in archive.xml(member).iter():
        if name(each) and each.text and each.text.strip():
            said.setdefault(name(each), each.text.strip())
    company = ""
    if "docProps/app.xml" in archive:
        for each in archive.xml("docProps/app.xml").iter("{*}Company"):
            company = (names_said(each.text) or ("",))[0]
    return Properties(
        title=title_said(said.get("title")),
        subject=title_said(said.get("subject")),
        creators=names_said(said.get("initial-creator") or said.get("creator")),
        company=company,
        date=agreed(
            said.get("created") or said.get("creation-date"), said.get("modified") or said.get("date")
        ),
        language=said.get("language", ""),
    )
