"""Text with _underscores_, *stars* or =signs= round words → a run with emphasis; the signs go."""

from __future__ import annotations

import re

from pipeline.editing import merged
from pipeline.model import Emphasis, Inline, Strong, Text
from pipeline.walk import Run

_MARKED = re.compile(
    r"(?<![\w_])_(?=\S)(?P<under>[^_\n]{1,400}?)(?<=\S)_(?![\w_])"
    r"|(?<![\w*])\*(?=[^\s*])(?P<star>[^*\n]{1,400}?)(?<=[^\s*])\*(?![\w*])"
    r"|(?<![\w=])=(?=[^\s=])(?P<bold>[^=\n]{1,400}?)(?<=[^\s=])=(?![\w=])"
)


def run(text: str) -> Run:
    """The text with what is marked in it as Emphasis or Strong."""
    out: list[Inline] = []
    at = 0
    for found in _MARKED.finditer(text):
        out.append(Text(text[at : found.start()]))
        if found["bold"] is not None:
            out.append(Strong((Text(found["bold"]),)))
        else:
            out.append(Emphasis((Text(found["under"] if found["under"] is not None else found["star"]),)))
        at = found.end()
    out.append(Text(text[at:]))
    return merged(out)
