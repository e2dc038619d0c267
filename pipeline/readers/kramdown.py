"""Markdown with kramdown's attributes and with pictures in double brackets → Markdown that pandoc reads.

Lines stay where they are, so that places hold; each change goes to the ledger.
"""

from __future__ import annotations

import re

from pipeline.model import Change, Place

_ALONE = re.compile(r"[ \t]*\{:[^{}]*\}[ \t]*")
"""A line of block attributes: {: #section .class title="…"} (kramdown.gettalong.org/syntax.html#block-ials)."""
_INLINE = re.compile(r"(?<=[\])*_`])\{:[^{}\n]*\}")
_PICTURE = re.compile(
    r"[ \t]*\[\[\s*(?P<address>\S+\.(?:jpe?g|png|gif|svg|webp))(?P<caption>[^\[\]]*)\]\][ \t]*", re.IGNORECASE
)
"""[[address caption class:name]], as wikis and site generators have it."""
_CLASS = re.compile(r"\b(?:class|width|height|align|id|link|title)[:=]\S+")


def plainer(lines: list[str]) -> tuple[list[str], list[Change]]:
    """The same lines without what pandoc would print, and what was done to them."""
    out: list[str] = []
    changes: list[Change] = []
    for number, line in enumerate(lines, 1):
        after = line
        if _ALONE.fullmatch(line):
            after = ""
        elif "{:" in line:
            after = _INLINE.sub("", line)
        elif found := _PICTURE.fullmatch(line):
            caption = " ".join(_CLASS.sub("", found["caption"]).split())
            after = f"![{caption}](<{found['address']}>)"
        if after != line:
            kept = "" if not after or after.startswith("![]") else after
            changes.append(
                Change(
                    "markup", Place(number, number), line.strip(), _words(kept), "marks of a site generator"
                )
            )
        out.append(after)
    return out, changes


def _words(line: str) -> str:
    """What of a line is read: a picture's caption without its address."""
    return re.sub(r"^!\[(.*)\]\(<.*>\)$", r"\1", line.strip())
