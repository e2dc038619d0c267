"""A folder of texts → Source: the bytes of each, what they are by their content, with the editor's sidecar.

Nothing else on the disk is read: a name that leads outside the folder (a link, `../`) is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from pipeline import formats, press
from pipeline.errors import SourceError
from pipeline.findings import Finding
from pipeline.press import Sidecar

SIDECAR = ".toml"
LARGEST = 64 * 2**20
"""Bytes. A document with its pictures; above it somebody has put a disk image into the folder."""
LARGEST_TEXT = 16 * 2**20
"""Bytes of a source that is nothing but text. Twenty novels."""
_PACKED = (formats.PDF, formats.EPUB, formats.WORD, formats.OPEN_DOCUMENT, formats.RTF, formats.HTML)
"""What may have pictures inside it."""


class Source(msgspec.Struct, frozen=True):
    """One text as it lies in the folder.

    name            of the file, without folders
    stem            the name without its ending; what the sidecar is called too
    data            the bytes, verbatim, never blank; text may be in any encoding (`pipeline.decoding` reads it)
    media_type      which reader it needs, told by its content
    sha256          of `data`, in hexadecimal
    sidecar         what the editor says of it; empty if there is none
    sidecar_sha256  of the sidecar's bytes, "" if there is none
    """

    name: str
    stem: str
    data: bytes
    media_type: str
    sha256: str
    sidecar: Sidecar = Sidecar()
    sidecar_sha256: str = ""


def find(seeds: Path) -> tuple[Path, ...]:
    """Everything in a folder that means to be a text, by name; hidden files and sidecars do not."""
    if not seeds.exists():
        raise SourceError(f"{seeds}: there is no such folder", "make it, and put your texts into it")
    if not seeds.is_dir():
        raise SourceError(f"{seeds}: this is not a folder", "name the folder that your texts lie in")
    try:
        entries = sorted(seeds.iterdir(), key=lambda path: path.name)
    except OSError as error:
        raise SourceError(
            f"{seeds}: this folder cannot be read ({error.strerror})", "ask whoever owns it for permission"
        ) from error
    return tuple(path for path in entries if not path.name.startswith(".") and path.suffix.lower() != SIDECAR)


def orphans(seeds: Path) -> tuple[Finding, ...]:
    """A warning for each sidecar without a text: most likely a misspelt name."""
    stems = {path.stem for path in find(seeds)}
    alone = (path for path in sorted(seeds.glob(f"*{SIDECAR}")) if path.stem not in stems)
    return tuple(
        Finding(
            "source-001",
            "warning",
            path.name,
            "This sidecar belongs to no text, so nobody reads it.",
            "give it the name of its text, but for the ending",
        )
        for path in alone
        if not path.name.startswith(".")
    )


def twins(sources: Iterable[Source]) -> tuple[Finding, ...]:
    """A note for each text that is there more than once, byte for byte."""
    first: dict[str, str] = {}
    return tuple(
        Finding(
            "source-002",
            "note",
            source.name,
            f"This is the same text as {first[source.sha256]}, byte for byte.",
            "keep one of the two",
        )
        for source in sources
        if first.setdefault(source.sha256, source.name) != source.name
    )


def misnamed(sources: Iterable[Source]) -> tuple[Finding, ...]:
    """A note for each text whose name says that it is something else, or nothing."""
    return tuple(
        Finding(
            "source-003",
            "note",
            source.name,
            f"Its name does not say so, but this is {formats.KINDS[source.media_type]}, and it is read as that.",
            f"give it a name that ends in {formats.suffix(source.media_type)}",
        )
        for source in sources
        if formats.misnamed(source.name, source.media_type)
    )


def load(path: Path) -> Source:
    """Read one text and its sidecar. Raises SourceError or ConfigError, in one sentence."""
    data = _bytes(path)
    if not data.strip() or (len(data) < 2**10 and not data.decode("utf-8-sig", "replace").strip()):
        raise SourceError(f"{path}: this is empty", "put the text into it, or delete it")
    media_type = formats.media_type(data, path.name)
    if media_type is None:
        raise SourceError(
            f"{path}: this is {formats.foreign(data)}, which we cannot read",
            "save the text in it as plain text, as a web page, or as a .docx or .odt document",
        )
    if len(data) > LARGEST_TEXT and media_type not in _PACKED:
        raise _too_large(path, LARGEST_TEXT)
    beside = path.with_suffix(SIDECAR)
    has_sidecar = beside.is_file()
    said = _bytes(beside) if has_sidecar else b""
    return Source(
        name=path.name,
        stem=path.stem,
        data=data,
        media_type=media_type,
        sha256=hashlib.sha256(data).hexdigest(),
        sidecar=press.sidecar(said, beside) if has_sidecar else Sidecar(),
        sidecar_sha256=hashlib.sha256(said).hexdigest() if has_sidecar else "",
    )


def _too_large(path: Path, most: int) -> SourceError:
    return SourceError(
        f"{path}: this is larger than {most // 2**20} MB, too large for one pamphlet",
        "divide it into several texts",
    )


def _bytes(path: Path) -> bytes:
    """The bytes of a plain file that lies in its folder not only by name."""
    try:
        if not path.resolve(strict=True).is_relative_to(path.parent.resolve(strict=True)):
            raise SourceError(
                f"{path}: this is a link that leads outside the folder", "put the text itself into the folder"
            )
        if path.is_dir():
            raise SourceError(f"{path}: this is a folder, not a text", "put each text into a file of its own")
        if not path.is_file():
            # A pipe or a device would make us wait for ever.
            raise SourceError(f"{path}: this is not a plain file", "replace it by the text itself")
        if path.stat().st_size > LARGEST:
            raise _too_large(path, LARGEST)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError(f"{path}: there is no such file", "check the spelling of its name") from error
    except RuntimeError as error:
        # Python 3.11 and 3.12 say so of links that lead in a circle; later ones raise OSError.
        raise SourceError(
            f"{path}: this cannot be read (it leads to itself)", "put the text in its place"
        ) from error
    except OSError as error:
        raise SourceError(
            f"{path}: this cannot be read ({error.strerror})", "check its permissions, or copy it again"
        ) from error
