"""A PDF → what qpdf finds wrong with its syntax."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.validators import ToolError, program


def check(pdf: Path) -> list[str]:
    """Every complaint of `qpdf --check`, errors and warnings alike; none means sound syntax."""
    if not pdf.is_file():
        raise ToolError(f"{pdf} is not there to be checked")
    run = subprocess.run(
        [program("qpdf"), "--check", str(pdf)], capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    # 0 is sound, 2 errors, 3 warnings (qpdf's manual, "Exit Status"); anything else is a breakdown.
    if run.returncode not in (0, 2, 3):
        raise ToolError(f"qpdf ended with {run.returncode} on {pdf}: {run.stderr.strip()}")
    if run.returncode == 0:
        return []
    return run.stderr.strip().splitlines() or [f"qpdf ended with {run.returncode}"]
