"""A PDF → its text, as Poppler reads it: a second reader, unrelated to those that the press uses."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.validators import ToolError, program


def pdftotext(pdf: Path, *options: str) -> list[str]:
    """The text of each page, in the order in which `pdftotext` (with these options) reads it."""
    run = subprocess.run(
        [program("pdftotext"), "-enc", "UTF-8", *options, str(pdf), "-"],
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    if run.returncode != 0:
        raise ToolError(f"pdftotext cannot read {pdf}: {run.stderr.decode(errors='replace').strip()}")
    # Poppler ends each page, the last included, with a form feed.
    return run.stdout.decode().removesuffix("\f").split("\f")
