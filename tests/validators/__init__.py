"""A finished file → what the trade's own validators say of it.

The wrappers are for tests. Each takes paths and returns what was found, so that a test can say
`assert not epubcheck.validate(books)` and show the messages when it fails. A validator that is not
there is an error, never a skip: a gate that is open without a word is no gate.
"""

from __future__ import annotations

import shutil

__all__ = ["ToolError", "program"]


class ToolError(Exception):
    """A validator is missing, or broke down instead of giving a verdict."""


def program(*names: str) -> str:
    """The path of the first of these programs that is installed."""
    for name in names:
        if path := shutil.which(name):
            return path
    raise ToolError(f"{' or '.join(names)} is not installed; `make setup-test` installs what the tests need")
