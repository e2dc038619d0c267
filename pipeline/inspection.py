"""A published file → findings: held against the publication.json beside it, or else for its structure alone."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline import report, serial
from pipeline.checks import booklet, epub, epub_reading, pdf
from pipeline.errors import CheckError, SourceError
from pipeline.findings import Finding
from pipeline.imposition.sheets import SHEETS
from pipeline.model import Publication
from pipeline.report import Artefact
from pipeline.store import PUBLICATION

_BOOKLET = re.compile(r"(.+)-booklet-(a4|letter)\.pdf")


def inspect(path: Path) -> tuple[Finding, ...]:
    """What is wrong with a pamphlet, EPUB or booklet. Raises SourceError if the file cannot be read."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError(f"{path}: there is no such file", "check the spelling of its name") from error
    except OSError as error:
        raise SourceError(f"{path}: this cannot be read ({error.strerror})") from error
    said = _said(path)
    findings: list[Finding] = []
    if said is not None and report.digest(data) != said.sha256:
        findings.append(
            Finding(
                "inspection-002",
                "warning",
                str(path),
                "This is not the file that was published here.",
                "build the title again",
            )
        )
    if found := _BOOKLET.fullmatch(path.name):
        return (*findings, *_booklet(path.with_name(f"{found[1]}.pdf"), data, found[2], said))
    publication = _publication(path)
    match path.suffix.lower():
        case ".pdf":
            findings += pdf.check(data, publication)
        case ".epub":
            findings += epub.check(data, publication) if publication else epub_reading.opened(data).findings
        case _:
            raise SourceError(f"{path}: this is none of our editions", "name a .pdf or an .epub")
    if publication is None:
        findings.append(_alone(path, PUBLICATION))
    return tuple(findings)


def _said(path: Path) -> Artefact | None:
    """What the report beside a file says of it."""
    beside = path.with_name(report.FILE)
    receipt = report.receipt(beside.read_bytes()) if beside.is_file() else None
    return next((each for each in receipt.editions if each.file == path.name), None) if receipt else None


def _publication(path: Path) -> Publication | None:
    beside = path.with_name(PUBLICATION)
    return serial.decode(beside.read_bytes(), str(beside)) if beside.is_file() else None


def _booklet(pamphlet: Path, data: bytes, sheet: str, said: Artefact | None) -> tuple[Finding, ...]:
    if not pamphlet.is_file() or said is None:
        return (_alone(pamphlet, f"{pamphlet.name} with its {report.FILE}"),)
    try:
        return booklet.check(data, pamphlet.read_bytes(), said.blanks, SHEETS[sheet])
    except CheckError as error:
        return (Finding("inspection-003", "error", str(pamphlet.parent), str(error)),)


def _alone(path: Path, missing: str) -> Finding:
    return Finding(
        "inspection-001",
        "note",
        str(path),
        f"There is no {missing} beside it, so it could not be held against the text.",
    )
