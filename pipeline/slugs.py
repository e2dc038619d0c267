"""Title → slug: the name of a title's folder and files, safe on every file system and in every address."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60
"""Characters."""
_LONGEST_BYTES = 180
"""File systems end at 255 bytes for a name, and `-booklet-letter.pdf` is still to come."""

_APOSTROPHES = re.compile("['’ʼ‘`´]")
_SPELT = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ı": "i",
        "ħ": "h",
        "ŋ": "ng",
    }
)
"""Latin letters that Unicode does not take apart into a letter and a mark."""
_MARKED = re.compile("([a-z0-9])[\u0300-\u036f]+")
"""Latin letters with marks that NFKC leaves apart, since no single character has both."""
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
"""Names that Windows keeps for devices."""


def slug(title: str, otherwise: str = "untitled") -> str:
    """ "Socialism in one organization" → socialism-in-one-organization.

    Latin letters lose their marks; other scripts stay as they are, since a transliteration that a reader of
    the language cannot read helps nobody. Never empty, no separators, at most 60 characters, cut between
    words. A slug of a slug is the slug.
    """
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", title).casefold()).translate(_SPELT)
    text = _APOSTROPHES.sub("", text)
    words = _MARKED.sub(r"\1", "".join(_kept(letter) for letter in text))
    short = _cut("-".join(words.split()))
    if not short:
        return slug(otherwise) if otherwise != "untitled" else otherwise
    return f"{short}-text" if _RESERVED.fullmatch(short) else short


def _kept(letter: str) -> str:
    start = unicodedata.normalize("NFKD", letter)[0]
    if start.isascii():
        return start if start.isalnum() else " "
    return letter if unicodedata.category(letter)[0] in "LMN" else " "


def _cut(whole: str) -> str:
    short = whole[:LONGEST]
    while len(short.encode()) > _LONGEST_BYTES:
        short = short[:-1]
    if short == whole:
        return whole
    if whole[len(short)] != "-" and "-" in short:
        short = short[: short.rindex("-")]
    return short.rstrip("-")
