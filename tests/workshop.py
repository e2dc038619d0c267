"""A press in a temporary folder: seeds/ and dist/, commands run in this process, and a quick stand-in for `make`.

The stand-in reads and repairs as the real one does, and only sets no type: what is tested with it is
everything around the editions. `test_flow.py` runs the real one.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from pipeline import build, cli, serial
from pipeline.build import Failure, Made, Order, Proof
from pipeline.errors import CheckError
from pipeline.findings import Finding, Severity
from pipeline.normalise import normalise
from pipeline.readers import read

ROOT = Path(__file__).parents[1]


class Ran(msgspec.Struct, frozen=True):
    """What a command did: its exit code, and what it said where."""

    code: int
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        return [line for line in self.err.splitlines() if line.startswith("error:")]


class Workshop:
    """`made` counts how often each source went through the stand-in (in this process only)."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.seeds = folder / "seeds"
        self.dist = folder / "dist"
        self.seeds.mkdir()
        self.made: list[str] = []
        self._capsys = capsys

    def seed(self, name: str, text: str | bytes) -> Path:
        path = self.seeds / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def text(self, title: str, words: str = "These are the words of the text.") -> str:
        return f"# {title}\n\n{words}\n\nThere are two paragraphs of them.\n"

    def build(self, *arguments: str) -> Ran:
        return self.run("build", "--seeds", str(self.seeds), "-o", str(self.dist), *arguments)

    def run(self, *arguments: str) -> Ran:
        self._capsys.readouterr()
        try:
            code = cli.main(arguments)
        except SystemExit as exited:
            code = exited.code if isinstance(exited.code, int) else 1
        said = self._capsys.readouterr()
        return Ran(code, said.out, said.err)

    def files(self) -> dict[str, bytes]:
        """Everything in dist/ but hidden files, by path."""
        return {
            path.relative_to(self.dist).as_posix(): path.read_bytes()
            for path in sorted(self.dist.rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        }

    def stand_in(self) -> Callable[[Order], Made | Failure]:
        """A `make` that takes milliseconds. What a text says steers it: KILL, REFUSE, DEFECT, WARN, NOTE."""

        def make(order: Order) -> Made | Failure:
            self.made.append(order.source.name)
            text = order.source.data.decode("utf-8-sig", "replace")
            if "KILL" in text:
                os.kill(os.getpid(), signal.SIGKILL)
            if "DEFECT" in text:
                raise ZeroDivisionError("a defect")
            publication, _ = normalise(read(order.source, order.press), order.source, order.press)
            severities: tuple[tuple[str, Severity], ...] = (
                ("REFUSE", "error"),
                ("WARN", "warning"),
                ("NOTE", "note"),
            )
            findings = tuple(
                Finding("test-001", severity, order.source.name, f"There is a {severity}.", "look at it")
                for word, severity in severities
                if word in text
            )
            if faults := build._faults(findings, order.strict):
                return build._refused(publication, findings, faults)
            stamp = build.date_of(publication, order.epoch)
            proofs = tuple(
                Proof(edition, f"{edition.name} {text} {stamp} {order.press.name}".encode(), ())
                for edition in order.editions
            )
            about = publication.metadata
            return Made(
                order,
                about.title,
                about.identifier,
                stamp,
                serial.encode(publication),
                publication.ledger,
                findings,
                proofs,
            )

        return make


REFUSED = CheckError.exit_code
