"""A folder of texts → Source: the bytes of each, checked to be what they say, with the editor's sidecar.

Nothing else on the disk is read: a name that leads outside the folder (a link, `../`) is refused.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from pipeline import press
from pipeline.errors import SourceError
from pipeline.findings import Finding
from pipeline.press import Sidecar

MEDIA_TYPES: Mapping[str, str] = {
    ".txt": "text/markdown",
    ".text": "text/markdown",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
}
"""What a name's ending says a source is. Each media type has a reader in `pipeline.readers`."""

SIDECAR = ".toml"
LARGEST = 16 * 2**20
"""Bytes. Twenty novels; above it somebody has put a disk image into the folder."""

_SAVE = "save it as plain text in UTF-8"

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive (a Word or OpenDocument file, an EPUB)"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
    (codecs.BOM_UTF16_LE, "text in UTF-16"),
    (codecs.BOM_UTF16_BE, "text in UTF-16"),
)
"""How files begin that are often renamed to .txt in the hope that it helps."""


class Source(msgspec.Struct, frozen=True):
    """One text as it lies in the folder.

    name            of the file, without folders
    stem            the name without its ending; what the sidecar is called too
    data            the bytes, verbatim: valid UTF-8, perhaps with a byte order mark, never blank
    media_type      which reader it needs
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


def load(path: Path) -> Source:
    """Read one text and its sidecar. Raises SourceError or ConfigError, in one sentence."""
    data = _bytes(path)
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        ending = f'names that end in "{path.suffix}"' if path.suffix else "names without an ending"
        raise SourceError(
            f"{path}: {ending} are not known here",
            f"{_SAVE}, with a name that ends in {' or '.join(MEDIA_TYPES)}",
        )
    _be_text(path, data)
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
            raise SourceError(
                f"{path}: this is larger than {LARGEST // 2**20} MB, too large for one pamphlet",
                "divide it into several texts",
            )
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


def _be_text(path: Path, data: bytes) -> None:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise SourceError(f"{path}: this is {kind}, not plain text", _SAVE)
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise SourceError(f"{path}, line {line}: there is a NUL byte, so this is not plain text", _SAVE)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SourceError(
            f"{path}, line {line}: the byte 0x{data[error.start]:02x} is not valid UTF-8",
            'save it again and choose the encoding "UTF-8"',
        ) from error
    if not text.strip():
        raise SourceError(f"{path}: this is empty", "put the text into it, or delete it")
