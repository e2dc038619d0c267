"""A command → the CPU time, elapsed time and memory of it and all that it starts."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[2]


class Cost(msgspec.Struct, frozen=True):
    """cpu: seconds, user and system, children included; elapsed: seconds; code: how it ended."""

    cpu: float
    elapsed: float
    code: int


class Unmeasurable(Exception):  # noqa: N818 – it is not an error of the measured
    """A command that had to end well did not."""


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run a Python command line (without the interpreter) to its end. Raises Unmeasurable if it fails."""
    with Path(os.devnull).open("w") as nowhere:
        began = time.perf_counter()
        child = os.posix_spawn(
            sys.executable,
            [sys.executable, *command],
            {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
            file_actions=[(os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1)],
        )
        _, status, usage = os.wait4(child, 0)
        elapsed = time.perf_counter() - began
    code = os.waitstatus_to_exitcode(status)
    if code:
        raise Unmeasurable(f"{' '.join(command[:4])} … ended with {code}")
    return Cost(usage.ru_utime + usage.ru_stime, elapsed, code)


_WEIGHED = """
import resource, sys
from pathlib import Path
from pipeline.cli import main
code = main(sys.argv[2:])
Path(sys.argv[1]).write_text(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
sys.exit(code)
"""


def memory(arguments: Sequence[str], scratch: Path) -> float:
    """The most memory (MB) that the command's own process held; wait4 would count pandoc's too."""
    told = scratch / "memory"
    run(["-c", _WEIGHED, str(told), *arguments])
    return int(told.read_text()) / 1024


class Ratio(msgspec.Struct, frozen=True):
    """Of pairs measured one after the other: the median ratio, and the least and greatest."""

    median: float
    least: float
    greatest: float
    pairs: int

    def __str__(self) -> str:
        return f"{self.median:.2f}  ({self.least:.2f}–{self.greatest:.2f}, {self.pairs} pairs)"


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> Ratio:
    each = [a / b for a, b in zip(ours, theirs, strict=True)]
    return Ratio(statistics.median(each), min(each), max(each), len(each))
