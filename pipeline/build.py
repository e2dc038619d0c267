"""One title: source → its editions, made and checked. All stages stand in `make`, top to bottom.

What there is to make, and publishing it, is in `pipeline.jobs`.
"""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import assert_never

import msgspec

from pipeline.errors import CheckError, ConfigError, EngineError, PamphleteerError
from pipeline.findings import Finding
from pipeline.model import Change, Publication
from pipeline.press import Edition, Press, SheetName
from pipeline.sources import Source

LAST_SECOND = 4354819200
"""The first second of 2108."""
EPOCH = "SOURCE_DATE_EPOCH"
FIRST_DAY = datetime(1980, 1, 1, tzinfo=UTC)
"""Before it, ZIP archives (and so EPUBs) have no dates; nor have they from 2108."""


class Order(msgspec.Struct, frozen=True):
    """One title to be made. `key` is its fingerprint; `strict` lets no warning pass."""

    source: Source
    press: Press
    editions: tuple[Edition, ...]
    key: str
    epoch: str | None = None
    strict: bool = False


class Proof(msgspec.Struct, frozen=True):
    """One edition, made and checked; see `report.Artefact` for the numbers."""

    edition: Edition
    data: bytes
    findings: tuple[Finding, ...]
    pages: int = 0
    blanks: tuple[int, ...] = ()
    sheet: SheetName | None = None
    sheets: int = 0
    scale: float | None = None


class Made(msgspec.Struct, frozen=True):
    """A title whose editions were made, checked and found good."""

    order: Order
    title: str
    identifier: str
    stamp: datetime
    publication: bytes
    ledger: tuple[Change, ...]
    findings: tuple[Finding, ...]
    proofs: tuple[Proof, ...]


class Failure(msgspec.Struct, frozen=True):
    """Why a title was not published. `trace` is for us, and only of a defect of ours."""

    exit_code: int
    message: str
    hint: str = ""
    findings: tuple[Finding, ...] = ()
    trace: str = ""


def make(order: Order) -> Made | Failure:
    """One title: read, repair, check, render, check every edition. Publishes nothing itself."""
    # Imported here: a run that finds everything up to date must not wait for the engines.
    from pipeline import checks, serial
    from pipeline.checks import pagetext
    from pipeline.imposition import impose, plan, sheets
    from pipeline.normalise import normalise
    from pipeline.readers import read
    from pipeline.renderers import cover, epub, pdf

    publication, slips = normalise(read(order.source, order.press), order.source, order.press)
    findings = (
        *slips,
        *checks.words.check_lines(checks.original.lines(order.source), publication),
        *checks.publication.check(publication),
    )
    if faults := _faults(findings, order.strict):
        return _refused(publication, findings, faults)

    stamp = date_of(publication, order.epoch)
    pamphlet = pdf.render(publication, order.press, stamp)
    proofs: list[Proof] = []
    for edition in order.editions:
        match edition.kind:
            case "pamphlet":
                printed = pagetext.read_pages(pamphlet.data)
                said = (
                    *checks.pdf.check(pamphlet.data, publication),
                    *checks.words.check_pages(printed, pamphlet.text, publication),
                )
                proofs.append(Proof(edition, pamphlet.data, said, pamphlet.pages, pamphlet.blanks))
            case "epub":
                book = epub.render(publication, order.press, stamp, cover.picture(pamphlet.data, publication))
                said = (*checks.epub.check(book, publication), *checks.words.check_book(book, publication))
                proofs.append(Proof(edition, book, said))
            case "booklet":
                sheet = sheets.SHEETS[edition.sheet]
                pages = plan.saddle(pamphlet.pages)
                ink = pagetext.ink_bounds(pamphlet.data)
                booklet = impose.impose(pamphlet.data, sheet, pages, publication.metadata.title, ink)
                folded = checks.booklet.unfold(booklet.data, pamphlet.data)
                said = (
                    *checks.booklet.check(booklet.data, pamphlet.data, pages.blanks, sheet),
                    *checks.words.check_pages(folded, pamphlet.text, publication, folded=True),
                )
                proofs.append(
                    Proof(
                        edition,
                        booklet.data,
                        said,
                        pages=len(pages.sheets) * 4,
                        blanks=pages.blanks,
                        sheet=edition.sheet,
                        sheets=booklet.sheets,
                        scale=booklet.scale,
                    )
                )
            case _:
                assert_never(edition.kind)

    everything = (*findings, *(finding for proof in proofs for finding in proof.findings))
    if faults := _faults(everything, order.strict):
        return _refused(publication, everything, faults)
    return Made(
        order=order,
        title=publication.metadata.title,
        identifier=publication.metadata.identifier,
        stamp=stamp,
        publication=serial.encode(publication),
        ledger=publication.ledger,
        findings=findings,
        proofs=tuple(proofs),
    )


def attempt(order: Order) -> Made | Failure:
    """`make`, with whatever stops it turned into a Failure, so that the other titles are still made."""
    try:
        return make(order)
    except PamphleteerError as error:
        return Failure(error.exit_code, str(error), error.hint)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("pipeline"):
            return _defect(error)
        return Failure(EngineError.exit_code, f"the Python package {error.name} is not installed", _SETUP)
    except OSError as error:
        # What cffi says when WeasyPrint finds no Pango.
        if "cannot load library" in str(error):
            return Failure(
                EngineError.exit_code, f"a library is missing that sets the type: {_library(error)}", _PANGO
            )
        return _defect(error)
    except Exception as error:  # noqa: BLE001 – one title's defect must not stop the others
        return _defect(error)
    finally:
        _close()


def _close() -> None:
    """Let go of the finished PDFs that checks keep open for one another: pdfium complains of them on exit."""
    for name in ("pipeline.checks.pagetext", "pipeline.checks.panels"):
        for value in vars(sys.modules.get(name, object)).values():
            if hasattr(value, "cache_clear") and getattr(value, "__module__", "") == name:
                value.cache_clear()


_SETUP = "run: make setup"
_PANGO = (
    "run: make setup – or install Pango (Debian, Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0; macOS: brew install pango)"
)


def _library(error: OSError) -> str:
    named = re.search(r"'([^']+)'", str(error))
    return named[1] if named else "Pango"


def _defect(error: Exception) -> Failure:
    trace = "".join(traceback.format_exception(error))
    return Failure(1, f"this is a defect of ours ({type(error).__name__})", "run again with -v", trace=trace)


def _faults(findings: Sequence[Finding], strict: bool) -> int:
    grave = ("error", "warning") if strict else ("error",)
    return sum(finding.severity in grave for finding in findings)


def _refused(publication: Publication, findings: tuple[Finding, ...], faults: int) -> Failure:
    wrong = "one thing is" if faults == 1 else f"{faults} things are"
    return Failure(
        CheckError.exit_code,
        f"“{publication.metadata.title}”: {wrong} not right, so nothing of it was published",
        "what was published before stays as it was",
        findings,
    )


def date_of(publication: Publication, epoch: str | None) -> datetime:
    """The date that the editions carry, so that the same text gives the same bytes on any day.

    SOURCE_DATE_EPOCH (seconds since 1970, reproducible-builds.org) if it is set; else midnight UTC of the
    latest full date that the text gives; else, or if that is before 1980, 1980-01-01.
    """
    if epoch is not None:
        return epoch_date(epoch)
    days = [date.value for date in publication.metadata.dates if date.precision == "day"]
    return max([FIRST_DAY, *(datetime.fromisoformat(f"{day}T00:00:00+00:00") for day in days)])


def epoch_date(epoch: str) -> datetime:
    """The value of SOURCE_DATE_EPOCH as a date. Raises ConfigError."""
    if not re.fullmatch("[0-9]+", epoch):
        raise ConfigError(
            f"{EPOCH} must be a whole number of seconds since 1970, not “{epoch}”", f"unset {EPOCH}"
        )
    if int(epoch[:11]) >= LAST_SECOND:
        raise ConfigError(f"{EPOCH} is after 2107, where the dates of EPUBs end", f"unset {EPOCH}")
    return datetime.fromtimestamp(int(epoch), UTC)
