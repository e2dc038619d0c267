"""Text → the same without what nobody can print or see: control characters, stray marks of direction, soft hyphens.

Each kind is one entry of the ledger, with how often and where first; a form feed, a tab, joiners (which
Persian and Indic scripts are spelt with) and marks of direction that are in order stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from pipeline.model import Change, Place

RULE = "encoding"
"""The rule of all entries on the way from the bytes to the text, before anything is read."""

_END = re.compile(r"\r\n|\r|\n")

_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u180e\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    "\ufdd0-\ufdef\U000e0000-\U000e007f]"
)
"""One look over the whole text; most have nothing of all this."""

_LINE_ENDS = re.compile("[\x0b\x85\u2028\u2029]")


def lines(text: str) -> list[str]:
    """The lines of a text as editors count them, without their ends."""
    return _END.split(text)


def scoured(text: str) -> tuple[str, list[Change]]:
    """The text and, for the ledger, what was taken from it."""
    changes: list[Change] = []
    if _SUSPECT.search(text):
        if found := _LINE_ENDS.search(text):
            at = len(lines(text[: found.start()]))
            # Beside the usual ends they end no line, or no editor would find the lines that we name.
            text, times = _LINE_ENDS.subn(" " if _END.search(text) else "\n", text)
            changes.append(_counted(at, "ends of lines of another kind", times, "all lines end alike"))
        for kind, pattern, instead, why in _KINDS:
            if found := pattern.search(text):
                at = len(lines(text[: found.start()]))
                text, times = pattern.subn(instead, text)
                changes.append(_counted(at, kind, times, why))
        if _BIDI.search(text):
            text = _directed(text, changes)
    if not unicodedata.is_normalized("NFC", text):
        composed = [unicodedata.normalize("NFC", line) for line in text.split("\n")]
        changed = [
            number
            for number, (was, now) in enumerate(zip(text.split("\n"), composed, strict=True), 1)
            if was != now
        ]
        changes.append(
            _counted(
                changed[0] if changed else 1,
                "letters in pieces",
                len(changed),
                "letter and accent are one sign (NFC), line by line",
            )
        )
        text = "\n".join(composed)
    return text, changes


def _counted(line: int, kind: str, times: int, why: str) -> Change:
    return Change(RULE, Place(line, line), f"{kind}, {times} ×", "", why)


_Instead = str | Callable[[re.Match[str]], str]

_KINDS: tuple[tuple[str, re.Pattern[str], _Instead, str], ...] = (
    ("end-of-file sign", re.compile(r"\x1a\s*\Z"), "", "DOS ended its texts with it"),
    ("escapes of a terminal", _ESCAPE, "", "they coloured a screen"),
    (
        "letters struck over",
        re.compile(r"_\x08(?=[^\n])|([^\x08\n])\x08(?=\1)|(?<=\w)\x08_"),
        "",
        "typed twice or underlined, as line printers showed weight",
    ),
    (
        "control characters",
        re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]"),
        "",
        "they print nothing, and no edition can hold them",
    ),
    ("soft hyphens", re.compile("\u00ad"), "", "where a word may be divided is for each edition to find"),
    (
        "spaces of no width",
        re.compile("[\u180e\u200b\u2060\ufeff]"),
        "",
        "they part words that are one, and nobody sees them",
    ),
    (
        "signs that are none",
        re.compile("[\u2061-\u2065\u206a-\u206f\ufff9-\ufffb\ufffe\uffff\ufdd0-\ufdef\U000e0000-\U000e007f]"),
        "",
        "Unicode gives them no letter to show",
    ),
)

_OPENING = {
    "\u202a": "\u202c",
    "\u202b": "\u202c",
    "\u2066": "\u2069",
    "\u2067": "\u2069",
    "\u2068": "\u2069",
}


def _directed(text: str, changes: list[Change]) -> str:
    """Overrides go, as they show other words than are there; so does what is opened and not closed in its line."""
    out: list[str] = []
    gone = first = 0
    for number, line in enumerate(text.split("\n"), 1):
        stray = _strays(line)
        if stray:
            gone += len(stray)
            first = first or number
            line = "".join(sign for at, sign in enumerate(line) if at not in stray)  # noqa: PLW2901
        out.append(line)
    if gone:
        changes.append(
            _counted(first, "stray marks of direction", gone, "opened and never closed, or the reverse")
        )
    return "\n".join(out)


def _strays(line: str) -> set[int]:
    """Where in a line a mark of direction has no partner, or turns letters round."""
    stray: set[int] = set()
    waiting: list[tuple[int, str]] = []
    for found in _BIDI.finditer(line):
        at, sign = found.start(), found[0]
        if sign in _OPENING:
            waiting.append((at, _OPENING[sign]))
        elif sign in "\u202d\u202e":
            # Its end is a stray then too.
            waiting.append((at, "\u202c override"))
        elif waiting and waiting[-1][1][0] == sign:
            opened, kind = waiting.pop()
            if kind != sign:
                stray |= {opened, at}
        else:
            stray.add(at)
    return stray | {at for at, _ in waiting}


# --- Whether a text can have been meant so --------------------------------------------------------------

_FREE = "–—…\u00a0\u202f"
_QUOTES = "“”„«»‹›‘‚€£§©®™°•·¿¡"
_ALONE = re.compile(r"(?<!\w)[ÑÐ](?!\w)")
"""Dashes of a Macintosh, as Windows shows them."""


def unnatural(text: str) -> bool:
    """Whether a sign that is not ASCII stands where nobody writes it: a capital or a quote within a word, “³” at one."""
    return bool(_ALONE.search(text)) or any(
        not _natural(text[found.start() - 1 : found.start()], found[0], text[found.end() : found.end() + 1])
        for found in re.finditer(r"[^\x00-\x7f]", text)
    )


def _natural(before: str, sign: str, after: str) -> bool:
    if sign in "ªºƒ�" or "\x80" <= sign <= "\x9f":
        return before.isdigit()
    if sign.isalpha():
        return not (sign.isupper() and before.islower())
    if sign == "’":
        return before.isalpha() or after.isalpha() or not after.strip()
    if sign in _FREE:
        return True
    if sign in _QUOTES:
        return not (before.isalpha() and after.isalpha())
    return not (before.isalpha() or after.isalpha())
