"""An EPUB → the violations that Ace by DAISY finds: what a reader with a screen reader would trip over.

Ace drives a real browser. It starts one with `--no-sandbox`, so it works as root; each call has its own
home and temporary folder, so that calls side by side share no browser profile and leave nothing behind.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from tests.validators import ToolError, program

Impact = Literal["minor", "moderate", "serious", "critical"]

_ACE = Path(__file__).parents[1] / "tools/node_modules/@daisy/ace-cli/bin/ace.js"
_CHROMIUM_ON_MACOS = Path("/Applications/Chromium.app/Contents/MacOS/Chromium")
_TIMEOUT_S = 300


class Violation(msgspec.Struct, frozen=True):
    """One broken rule; `where` is the document in the book and the place in it."""

    rule: str
    impact: Impact
    where: str
    text: str


class _Rule(msgspec.Struct):
    title: str = msgspec.field(name="dct:title")
    impact: Impact = msgspec.field(name="earl:impact")


class _Pointer(msgspec.Struct):
    css: list[str] = []


class _Outcome(msgspec.Struct):
    outcome: str = msgspec.field(name="earl:outcome")
    description: str = msgspec.field(name="dct:description", default="")
    pointer: _Pointer | None = msgspec.field(name="earl:pointer", default=None)


class _Assertion(msgspec.Struct):
    rule: _Rule = msgspec.field(name="earl:test")
    result: _Outcome = msgspec.field(name="earl:result")


class _Subject(msgspec.Struct):
    url: str = ""


class _Document(msgspec.Struct):
    assertions: list[_Assertion]
    subject: _Subject = msgspec.field(name="earl:testSubject", default_factory=_Subject)


class _Report(msgspec.Struct):
    assertions: list[_Document]


def violations(book: Path) -> list[Violation]:
    """Every violation in this EPUB, of every impact.

    Raises ToolError if Ace, Node or Chromium is missing, or if Ace gave no verdict.
    """
    if not book.is_file():
        raise ToolError(f"{book} is not there to be checked")
    if not _ACE.exists():
        raise ToolError("Ace is not installed; `make setup-test` installs what the tests need")
    with tempfile.TemporaryDirectory(prefix="ace-") as folder:
        out = Path(folder) / "out"
        private = dict.fromkeys(("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), folder)
        run = subprocess.run(
            # Without -E Ace ends with 0 whatever it found; with it, 2 is a verdict and 1 a breakdown.
            [program("node"), str(_ACE), "-s", "-E", "-f", "-o", str(out), str(book.resolve())],
            env=os.environ
            | private
            # The default of 5 s to start a browser is too short on a busy machine.
            | {"PUPPETEER_EXECUTABLE_PATH": _chromium(), "ACE_TIMEOUT_INITIAL": "60000"},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=_TIMEOUT_S,
        )
        report = out / "report.json"
        if run.returncode not in (0, 2) or not report.exists():
            raise ToolError(f"Ace gave no verdict on {book}: {(run.stderr or run.stdout).strip()[-800:]}")
        found = list(_read(msgspec.json.decode(report.read_bytes(), type=_Report)))
    if (run.returncode == 2) != bool(found):
        raise ToolError(f"Ace's exit code {run.returncode} and its report on {book} contradict each other")
    return found


def _read(report: _Report) -> Iterator[Violation]:
    for document in report.assertions:
        for assertion in document.assertions:
            if assertion.result.outcome != "pass":
                pointer = assertion.result.pointer
                yield Violation(
                    assertion.rule.title,
                    assertion.rule.impact,
                    " ".join([document.subject.url, *(pointer.css if pointer else ())]),
                    assertion.result.description,
                )


def _chromium() -> str:
    if chosen := os.environ.get("PUPPETEER_EXECUTABLE_PATH"):
        return chosen
    if _CHROMIUM_ON_MACOS.exists():
        return str(_CHROMIUM_ON_MACOS)
    return program("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
