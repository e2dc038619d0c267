"""(pamphlet PDF, Publication) → findings, by the PDF/UA-1 rules and what the file says of itself.

| code | severity | what is wrong |
|---|---|---|
| pdf-001 | error | it cannot be read |
| pdf-002 | error | it breaks a rule of PDF/UA-1 (ISO 14289-1), as page-validation reads them |
| pdf-003 | error | its title, language or authors are not the publication's |
| pdf-004 | error | a page is not of the size it should be |
| pdf-005 | error | its outline does not name every section |
| pdf-006 | error | it carries a script, an attachment or an address of this machine |

The only importer of `page`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import page

from pipeline.checks.pagetext import proof
from pipeline.errors import CheckError
from pipeline.findings import Finding
from pipeline.model import Publication, Section
from pipeline.walk import every_block, plain

A5 = (148 * 72 / 25.4, 210 * 72 / 25.4)
"""Points."""
_EXACT = 0.03
"""Points: a hundredth of a millimetre."""
_MOST = 10
_NEVER = {
    b"/JavaScript": "a script",
    b"/EmbeddedFile": "an attachment",
    b"/Launch": "an action that starts a program",
    b"file:///": "an address of this machine",
}


def _error(number: int, where: str, message: str) -> Finding:
    return Finding(f"pdf-{number:03}", "error", where, message)


def check(pdf: bytes, publication: Publication | None) -> tuple[Finding, ...]:
    """Whatever is wrong with a pamphlet; without its publication, only what the file itself shows."""
    try:
        made = proof(pdf)
        pages = made.pages
    except CheckError as error:
        return (_error(1, "the file", str(error)),)
    findings = [*_universal(pdf), *_never(pdf)]
    for number, each in enumerate(pages, 1):
        if abs(each.width - A5[0]) > _EXACT or abs(each.height - A5[1]) > _EXACT:
            findings.append(
                _error(
                    4,
                    f"page {number}",
                    f"{each.width / 72 * 25.4:.2f} × {each.height / 72 * 25.4:.2f} mm is not A5",
                )
            )
    if publication is not None:
        findings += _said(pdf, publication)
    return tuple(findings)


def _universal(pdf: bytes) -> Iterator[Finding]:
    try:
        report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    except page.PageError as error:
        yield _error(1, "the file", f"it cannot be validated: {error}")
        return
    for failure in report.failures[:_MOST]:
        yield _error(2, failure.rule_id, failure.message)


_PACKED = re.compile(rb"/Type\s*/ObjStm\b[^>]*?>>\s*stream\r?\n")
_LARGEST = 64 * 2**20
"""Bytes: no honest stream of objects unpacks to more."""


def _packed(pdf: bytes) -> Iterator[bytes]:
    """The objects that lie compressed in streams (ISO 32000-1, 7.5.7), where a search of the bytes misses them."""
    for found in _PACKED.finditer(pdf):
        try:
            yield zlib.decompressobj().decompress(pdf[found.end() :], _LARGEST)
        except zlib.error:
            continue


def _never(pdf: bytes) -> Iterator[Finding]:
    whole = b"".join((pdf, *_packed(pdf)))
    for mark, what in _NEVER.items():
        if mark in whole:
            yield _error(6, "the file", f"it carries {what}")


def _said(pdf: bytes, publication: Publication) -> Iterator[Finding]:
    about = publication.metadata
    made = proof(pdf)
    if not made.title.startswith(about.title):
        yield _error(3, "the file", f"its title is “{made.title}”, not “{about.title}”")
    if made.language != about.language:
        yield _error(3, "the file", f"its language is “{made.language}”, not “{about.language}”")
    for creator in about.creators:
        if creator.name not in made.author:
            yield _error(3, "the file", f"“{creator.name}” is not among its authors (“{made.author}”)")
    named = {" ".join(title.split()) for title in made.outline}
    for block in every_block(publication.body):
        if isinstance(block, Section) and block.heading:
            title = " ".join(plain(block.heading.content).split())
            if title not in named:
                yield _error(5, "the outline", f"“{title}” is not in it")
