"""The bytes of a zip archive → its members, opened with care: nothing is written, followed or blown up.

Office files and EPUBs are zip archives made by strangers. What is read from one is bounded in number, in size
and in how far it may swell; names that lead outside and XML that defines entities are refused.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from lxml import etree

from pipeline.errors import SourceError

MOST_MEMBERS = 10_000
LARGEST_MEMBER = 64 * 2**20
"""Bytes of one member, unpacked. The XML of a book of a million words has twenty megabytes."""
LARGEST = 256 * 2**20
"""Bytes of all members that are read from one archive, unpacked."""
MOST_SWELLING = 400
"""How many times its size a member may grow. The emptiest office files reach two hundred."""
DEEPEST = 250
"""Elements inside one another; libxml2's own limit is 256, without `huge_tree`."""

_ENTITY = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OUTSIDE = re.compile(r"^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)|\x00")

_AGAIN = "open it where it was made, save it again, and take that copy"


class Archive(Mapping[str, bytes]):
    """Members by name, each unpacked when it is asked for. Raises SourceError where that cannot be done."""

    def __init__(self, data: bytes, name: str) -> None:
        if is_locked(data):
            raise SourceError(
                f"{name}: this is locked with a password", "open it, take the password off, save it again"
            )
        self._name = name
        self._left = LARGEST
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, EOFError, ValueError, OSError, UnicodeDecodeError) as error:
            raise SourceError(
                f"{name}: this is a damaged archive, most likely cut short while it was copied",
                "copy it again from where it came from",
            ) from error
        if len(entries) > MOST_MEMBERS:
            raise self._refused(f"this archive has more than {MOST_MEMBERS} members")
        self._members: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            if _OUTSIDE.search(entry.filename):
                raise self._refused(f"this archive has a member that leads outside it ({entry.filename!r})")
            if not entry.is_dir():
                self._members.setdefault(entry.filename, entry)

    def _refused(self, what: str) -> SourceError:
        return SourceError(f"{self._name}: {what}", _AGAIN)

    def __getitem__(self, name: str) -> bytes:
        entry = self._members[name]
        if entry.flag_bits & 1:
            raise SourceError(
                f"{self._name}: this is locked with a password",
                "open it, take the password off, save it again",
            )
        if entry.file_size > min(LARGEST_MEMBER, self._left) or (
            entry.file_size > 2**20 and entry.file_size > MOST_SWELLING * max(entry.compress_size, 1)
        ):
            raise self._refused(f"{name} in this archive would unpack to {entry.file_size // 2**20} MB")
        self._left -= entry.file_size
        try:
            with self._zip.open(entry) as stream:
                # The size is what the archive says; what comes out of it may be more.
                data = stream.read(entry.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise self._refused(f"{name} in this archive is damaged") from error
        except RuntimeError as error:
            raise self._refused(f"{name} in this archive is locked or damaged") from error
        if len(data) > entry.file_size:
            raise self._refused(f"{name} in this archive is larger than the archive says")
        return data

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def xml(self, name: str) -> etree._Element:
        """A member read as XML. One that declares a document type is refused: office files never do."""
        data = self[name]
        if _ENTITY.search(data[:4096]) or _ENTITY.search(data.replace(b"\0", b"")[:4096]):
            raise self._refused(f"{name} in this archive defines entities, as no office program does")
        try:
            return etree.fromstring(
                data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            )
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._refused(f"{name} in this archive is damaged XML") from error


def is_locked(data: bytes) -> bool:
    """Whether this is how Office writes a document with a password: an OLE file with an encrypted package in it."""
    return data.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in data


def packed(members: Mapping[str, bytes]) -> bytes:
    """Members as a zip archive, uncompressed: for pandoc to read, in memory."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()
