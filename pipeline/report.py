"""What was made of a title → report.json: repairs, findings, versions and the hash of every file.

No times and no names of this machine stand in it, so the same text gives the same report anywhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

from pipeline.findings import Finding, Severity
from pipeline.model import Change
from pipeline.press import EditionKind, SheetName

FILE = "report.json"
GENERATOR = "pamphleteer"


class Artefact(msgspec.Struct, frozen=True, omit_defaults=True):
    """One published edition.

    pages   of the text, blank ones included; 0 where a reading system makes them
    blanks  the numbers of the blank pages, from 1
    sheets  of paper for one copy, in a booklet
    scale   a booklet's pages to the pamphlet's: 1.0 is actual size
    """

    name: str
    kind: EditionKind
    file: str
    sha256: str
    size: int
    pages: int = 0
    blanks: tuple[int, ...] = ()
    sheet: SheetName | None = None
    sheets: int = 0
    scale: float | None = None
    findings: tuple[Finding, ...] = ()


class Provenance(msgspec.Struct, frozen=True, omit_defaults=True):
    """The source, as it was found."""

    name: str
    media_type: str = ""
    sha256: str = ""
    size: int = 0
    sidecar_sha256: str = ""


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What the store must know of a published folder. Older and newer reports are read leniently.

    `findings` are about the text; those about an edition stand with it.
    """

    generator: str
    key: str
    slug: str
    source: Provenance
    title: str = ""
    editions: tuple[Artefact, ...] = ()
    files: dict[str, str] = {}
    findings: tuple[Finding, ...] = ()
    repairs: int = 0

    def all_findings(self) -> tuple[Finding, ...]:
        return (*self.findings, *(found for edition in self.editions for found in edition.findings))

    def hashes(self) -> dict[str, str]:
        """sha256 of every file in the folder but the report itself."""
        return {**self.files, **{edition.file: edition.sha256 for edition in self.editions}}


class Report(Receipt, frozen=True, kw_only=True):
    """All that was done to a title.

    stamp     the date that the editions carry
    ledger    every repair and correction
    versions  of what took part
    """

    identifier: str
    stamp: str
    ledger: tuple[Change, ...] = ()
    versions: dict[str, str] = {}


def encode(report: Report) -> bytes:
    """As indented JSON in UTF-8."""
    return msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n"


def receipt(data: bytes) -> Receipt | None:
    """report.json → what the store must know, or None if it is not one of ours."""
    try:
        found = msgspec.json.decode(data, type=Receipt)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return found if found.generator.startswith(GENERATOR) else None


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """sha256 of each file, by name, in the order of the names."""
    return {name: digest(files[name]) for name in sorted(files)}


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def count(findings: tuple[Finding, ...], severity: Severity) -> int:
    return sum(finding.severity == severity for finding in findings)
