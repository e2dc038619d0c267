"""(text or bytes, pandoc format) → pandoc's JSON tree, from the pandoc inside pypandoc's wheel and no other."""

from __future__ import annotations

import importlib.util
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from pipeline.errors import EngineError

TIMEOUT = 300.0
"""Seconds; pandoc reads a megabyte of Markdown in about one."""


@cache
def program() -> Path:
    """The pandoc that came with pypandoc.

    Not `pypandoc.get_pandoc_path`: that runs every pandoc it finds on the machine and takes the newest,
    so the same text could read differently on another machine, and four programs start before the first
    word is read.
    """
    spec = importlib.util.find_spec("pypandoc")
    found = Path(spec.origin).parent / "files" / "pandoc" if spec and spec.origin else None
    if found is None or not found.exists():
        raise EngineError("pandoc is missing from the environment", "run `make setup`")
    return found


def tree(data: str | bytes, form: str, *options: str) -> dict[str, Any]:
    """Read `data` as pandoc's format `form`; neither files nor the network can be reached (--sandbox)."""
    try:
        done = subprocess.run(
            [program(), f"--from={form}", "--to=json", "--sandbox", *options],
            input=data.encode() if isinstance(data, str) else data,
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineError(f"pandoc could not be run: {error}", "run `make setup`") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise EngineError(f"pandoc could not read the text: {said[-1] if said else done.returncode}")
    read: dict[str, Any] = msgspec.json.decode(done.stdout)
    return read
