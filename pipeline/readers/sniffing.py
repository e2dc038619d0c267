"""The bytes of a file and its name → its media type, for the formats of writing programs; None for all others.

Bytes decide. The name is asked only where two formats of plain text look alike.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from pipeline.readers.archives import is_locked
from pipeline.readers.book import EPUB
from pipeline.readers.marked import LATEX, MUSE, ORG, REST
from pipeline.readers.office import OPEN_DOCUMENT, RICH_TEXT, WORD

_HEAD = 4096
_MUSE = re.compile(
    r"\s*(?:;[^\n]*\n|\s)*#(?:title|author|LISTtitle|SORTauthors|SORTtopics|lang|pubdate|date)\b[ \t]",
    re.IGNORECASE,
)
_LATEX = re.compile(r"^\s*\\(?:documentclass|documentstyle|begin\{document\})", re.MULTILINE)
_ORG = re.compile(
    r"^(?:#\+(?:title|author|date|language|options|startup|begin_\w+)\b|\*+ \S)", re.MULTILINE | re.IGNORECASE
)
_REST = re.compile(r"^(?:\.\. [\w\[_|]|:\w[\w ]*: |([=\-~^\"'#*+])\1{2,}\s*$)", re.MULTILINE)
_ENDINGS: Mapping[str, tuple[str, re.Pattern[str]]] = {
    ".muse": (MUSE, re.compile("")),
    ".tex": (LATEX, re.compile(r"\\\w+")),
    ".ltx": (LATEX, re.compile(r"\\\w+")),
    ".org": (ORG, _ORG),
    ".rst": (REST, re.compile("")),
    ".rest": (REST, re.compile("")),
}
_ENDING = re.compile(r"\.[a-z]+$")


def sniff(data: bytes, name: str) -> str | None:
    """The media type, if this is one of ours."""
    if data.startswith(b"PK"):
        return _packed(data)
    if is_locked(data):
        return WORD
    if data.lstrip()[:5].lower() == b"{\\rtf":
        return RICH_TEXT
    if b"\0" in data[:_HEAD]:
        return None
    head = data[:_HEAD].decode("utf-8-sig", "replace")
    if _LATEX.search(head):
        return LATEX
    if _MUSE.match(head):
        return MUSE
    ending = _ENDING.search(name.lower())
    if ending and ending.group() in _ENDINGS:
        media_type, looks = _ENDINGS[ending.group()]
        return media_type if looks.search(head) else None
    return None


def _packed(data: bytes) -> str | None:
    """What is in a zip archive, by its members; by its bytes where its end is missing, so that its reader can say so."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = frozenset(archive.namelist())
    except (zipfile.BadZipFile, EOFError, ValueError, OSError, UnicodeDecodeError, NotImplementedError):
        names = frozenset(
            found.decode("utf-8", "replace") for found in re.findall(rb"[\w./\[\]-]{6,80}", data[: 1 << 20])
        )
    if b"mimetypeapplication/epub+zip" in data[:200] or "META-INF/container.xml" in names:
        return EPUB
    if (
        b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:200]
        or {"content.xml", "styles.xml"} <= names
    ):
        return OPEN_DOCUMENT
    if any(each.startswith("word/") for each in names):
        return WORD
    return None
