"""(text before, text after) → which stretches of each went, came, or are only marks of markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

import msgspec

from pipeline.checks.wording import differences

Kind = Literal["same", "changed"]


class Seam(msgspec.Struct, frozen=True):
    """`a[from_a:to_a]` became `b[from_b:to_b]`, in characters; one of the two may be empty."""

    from_a: int
    to_a: int
    from_b: int
    to_b: int


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word, a sign or white space: where it stands, and what it is compared by."""

    start: int
    end: int
    key: str

    @property
    def blank(self) -> bool:
        return self.key in (" ", _BREAK)


_BREAK = "\n\n"
_TOKEN = re.compile(
    r"\]\([^()\s]*\)"  # the address of a link is one sign, or its words would be taken for the text's
    r"|\[\^[^\]\s]+\]:?"
    r"|[^\W_]+"
    r"|[^\S\u00a0\u202f]+"  # a space that does not break is a sign of its own
    r"|.",
    re.DOTALL,
)
_WORDS = re.compile(r"\w")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")


def tokens(text: str) -> list[Token]:
    """The words, signs and spaces of a text. Where lines end does not count, where paragraphs end does."""
    return [Token(*found.span(), _key(found.group())) for found in _TOKEN.finditer(text)]


def _key(piece: str) -> str:
    if piece.isspace() and piece not in "\u00a0\u202f":
        return _BREAK if _PARAGRAPH.search(piece) else " "
    return piece


def seams(a: str, b: str) -> list[Seam]:
    """Where two texts differ, in order."""
    mine, theirs = tokens(a), tokens(b)
    return [
        Seam(
            *_span(mine, gap.from_a, gap.to_a, len(a)),
            *_span(theirs, gap.from_b, gap.to_b, len(b)),
        )
        for gap in differences([each.key for each in mine], [each.key for each in theirs])
    ]


def _span(found: Sequence[Token], start: int, end: int, length: int) -> tuple[int, int]:
    first = found[start].start if start < len(found) else length
    return first, found[end - 1].end if end > start else first


_MARKUP = re.compile(
    r"\]\([^()\s]*\)|\[\^[^\]\s]+\]:?|[\s*_#>~`\[\]{}\\|+=-]+|^\s*\d{1,9}[.)]\s*$|^\s+$", re.MULTILINE
)


def only_markup(text: str) -> bool:
    """Whether a stretch of a source is nothing but marks that say what the words around it are."""
    return not _MARKUP.sub("", text).strip()


# --- As a person can read it -----------------------------------------------------------------------------

_KEPT = "\n\t\u200c\u200d\u200e\u200f\u00ad"


def visible(text: str) -> str:
    """The text with what could steer a screen – controls, overrides of direction – spelt out as U+…."""
    if text.isprintable():
        return text
    return "".join(
        f"‹U+{ord(letter):04X}›"
        if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") and letter not in _KEPT
        else letter
        for letter in text
    )


class Stretch(msgspec.Struct, frozen=True):
    """Part of a passage: `same` stands in both, `changed` only here."""

    text: str
    kind: Kind = "same"


def passage(before: str, after: str, longest: int = 0) -> tuple[list[Stretch], list[Stretch]]:
    """A change as two passages, what differs marked in each. `longest` (0: as long as they are) is how many
    characters one stretch may have before its middle is left out."""
    if not before or not after or not _alike(before, after):
        return _whole(before, longest), _whole(after, longest)
    mine: list[Stretch] = []
    theirs: list[Stretch] = []
    at_a = at_b = 0
    for seam in (*_together(before, after), Seam(len(before), len(before), len(after), len(after))):
        mine += _stretches(before, at_a, seam.from_a, seam.to_a, longest)
        theirs += _stretches(after, at_b, seam.from_b, seam.to_b, longest)
        at_a, at_b = seam.to_a, seam.to_b
    return mine, theirs


def _together(before: str, after: str) -> list[Seam]:
    """Where two texts differ; what stands between two differences and is no word belongs to them."""
    out: list[Seam] = []
    for seam in seams(before, after):
        if out and not _WORDS.search(before, out[-1].to_a, seam.from_a):
            out[-1] = Seam(out[-1].from_a, seam.to_a, out[-1].from_b, seam.to_b)
        else:
            out.append(seam)
    return out


def _alike(before: str, after: str) -> bool:
    """Whether most words are in both, so that it helps to see which are not."""
    mine, theirs = (
        {token.key.casefold() for token in tokens(text) if token.key.isalnum()} for text in (before, after)
    )
    return not (mine and theirs) or len(mine & theirs) * 2 >= max(len(mine), len(theirs))


def _whole(text: str, longest: int) -> list[Stretch]:
    return [Stretch(shortened(text, longest), "changed")] if text else []


def _stretches(text: str, at: int, start: int, end: int, longest: int) -> list[Stretch]:
    out = [Stretch(shortened(text[at:start], longest))] if at < start else []
    return out + ([Stretch(shortened(text[start:end], longest), "changed")] if start < end else [])


def shortened(text: str, longest: int) -> str:
    """The text without its middle, cut between words, if it is longer than `longest` characters (0: never)."""
    if not longest or len(text) <= longest:
        return text
    half = longest // 2
    head, tail = text[:half], text[-half:]
    # A text without spaces is cut where it must be.
    head = head[: head.rfind(" ") + 1] or head
    tail = tail[tail.find(" ") :] if " " in tail else tail
    return f"{head}…{tail}"
