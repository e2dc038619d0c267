"""The bytes of a text → its characters, with what had to be guessed, mended or cleaned as entries of the ledger.

In the order of what they prove: a byte order mark; UTF-16 and UTF-32 by their zeros; valid UTF-8, which no other
encoding is by chance; what the text says of itself; and then its content, which chardet weighs by language.
Text that was read wrongly by somebody before us is mended in `pipeline.mojibake`; what nobody can print or see is
taken out by `pipeline.scouring`. The only importer of chardet, and not even that for UTF-8, which most texts are.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache

import msgspec

from pipeline import mojibake, scouring
from pipeline.errors import SourceError
from pipeline.model import Change, Place
from pipeline.scouring import RULE


class Decoded(msgspec.Struct, frozen=True):
    """text: NFC, without a byte order mark; encoding: Python's name of it; why: what spoke for it, for a person;
    changes: for the ledger; their lines are those of `text`."""

    text: str
    encoding: str
    why: str
    changes: tuple[Change, ...] = ()


def decode(data: bytes, declared: str | None = None, *, name: str = "this text") -> Decoded:
    """Read text. `declared` is the encoding that the text or whoever sent it names; `name` is for messages.

    Raises SourceError, naming the line, for what is no text or too much of which no encoding explains.
    """
    try:
        return _decoded(data, declared)
    except _NoTextError as error:
        where = f"{name}, line {error.line}" if error.line else name
        raise SourceError(
            f"{where}: {error}", 'save it again as plain text, and choose the encoding "UTF-8"'
        ) from error


class _NoTextError(Exception):
    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


@lru_cache(maxsize=2)
def _decoded(data: bytes, declared: str | None) -> Decoded:
    text, encoding, why = _read(data, declared)
    changes: list[Change] = []
    if encoding != "utf-8":
        changes += _told(text, encoding, why)
    elif mojibake.STRAYS.search(text):
        text, found = mojibake.without_strays(text)
        changes += found
    text, found = mojibake.mended(text)
    changes += found
    text, found = scouring.scoured(text)
    return Decoded(text, encoding, why, (*changes, *found))


# --- Which encoding ------------------------------------------------------------------------------------

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    # Before UTF-16: its mark begins like this one.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")

_WIDER: dict[str, str] = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "big5": "big5hkscs",
}
"""What is meant where one of these is said (encoding.spec.whatwg.org, "names and labels"): the second holds all of the
first and more. For those where it does not (ISO 8859-2 and Windows-1250), what is said is meant."""
_WESTERN = ("cp1252", "mac-roman", "cp850")
"""What the West has written in, the most usual first; and what programs say when nobody told them."""

_SHAPED = re.compile(
    rb"[\xc0-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf7][\x80-\xbf]{3}|[\xf8-\xfb][\x80-\xbf]{4}"
)
"""What looks like a letter in UTF-8, though some of it is forbidden: overlong forms, surrogates, numbers too high."""
_HIGH = re.compile(rb"[\x80-\xff]")
_LETTER = re.compile(rb"[A-Za-z0-9]")
_ESCAPES = re.compile(rb"\x1b\$[@B]|\x1b\([BJ]")
"""How ISO-2022-JP changes between its alphabets."""
_SURE = 0.1
"""A confidence of chardet's that is more than a guess."""
_WEIGHED = (
    *"cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874".split(),
    *"iso8859-1 iso8859-2 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-15".split(),
    *"koi8-r koi8-u mac-roman mac-latin2 mac-cyrillic mac-greek cp437 cp850 cp852 cp866".split(),
    *"shift_jis_2004 cp932 euc_jis_2004 gb18030 big5hkscs euc_kr cp949".split(),
)
"""What texts have been saved in where people wrote them; not those of mainframes and of lost machines."""
_MOST = 200_000
"""Bytes that are weighed: as many lines as that, of those that are not plain ASCII."""


def _read(data: bytes, declared: str | None) -> tuple[str, str, str]:
    """Text, encoding, and why that one."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding), encoding, "it begins with the mark of that encoding"
    if b"\0" in data:
        return _wide(data)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        broken = error
    else:
        if _ESCAPES.search(data) and (japanese := _tried(data, "iso2022_jp")):
            return japanese, "iso2022_jp", "it holds the escapes of that encoding"
        return text, "utf-8", "it is valid UTF-8"

    high = len(_HIGH.findall(data))
    shaped = sum(map(len, _SHAPED.findall(data)))
    cut = broken.reason == "unexpected end of data"
    if shaped >= 0.7 * high or (cut and not _one_case(data)):
        # UTF-8 that something happened to.
        text = data.decode(errors="surrogateescape")
        strays = mojibake.STRAYS.findall(text)
        if not cut and sum(map(len, strays)) <= 0.05 * high and all(map(mojibake.western, strays)):
            return text, "utf-8", "nearly all of it is valid UTF-8"
        raise _NoTextError(
            f"the byte 0x{data[broken.start]:02x} is not valid UTF-8", _line(data, broken.start)
        )
    letters = len(_LETTER.findall(data)) + high
    said = _known(declared)
    if said and (said not in _WESTERN or high <= letters / 2) and (text := _tried(data, said) or ""):
        return text, said, "the text says so itself"
    return _weighed(data, broken, western=high <= letters / 2)


def _one_case(data: bytes) -> bool:
    """Whether the last word is a word of Windows-1252: "caf\\xe9" may be one, "caf\\xc3" ("cafÃ") is a cut letter."""
    words = data.rsplit(maxsplit=1)[-1:]
    word = words[0].decode("cp1252", "replace") if words else ""
    return len(word) > 1 and (word.islower() or word.isupper() or word.istitle())


def _weighed(data: bytes, broken: UnicodeDecodeError, *, western: bool) -> tuple[str, str, str]:
    """By content: chardet weighs letters by language, and we look whether quotes and capitals stand where they can.

    On articles of human rights in 22 languages and 46 encodings, chardet 7 alone read all of 276 samples of 60
    to 8000 characters right, charset-normalizer 125 of 138 (French as Windows-1250), cchardet 120. Where there
    are only quotes and dashes, or a letter or two, it guesses, and knows that (its confidence is under a tenth).
    """
    import chardet

    sample = b"\n".join(line for line in data.splitlines() if _HIGH.search(line))[:_MOST]
    found = chardet.detect(sample, include_encodings=_WEIGHED, no_match_encoding=_WEIGHED[0])
    guess = _known(found["encoding"])
    tries = [guess, *(_WESTERN if western else ()), guess]
    if western and found["confidence"] < _SURE:
        tries = tries[1:]
    natural = (each for each in tries if each and not scouring.unnatural(sample.decode(each, "replace")))
    for encoding in (next(natural, guess), guess):
        if encoding and (text := _tried(data, encoding)):
            return text, encoding, "it is not UTF-8, and its letters make words only so"
    raise _NoTextError(
        f"the byte 0x{data[broken.start]:02x} is not valid UTF-8, and no other encoding fits either",
        _line(data, broken.start),
    )


def _wide(data: bytes) -> tuple[str, str, str]:
    """UTF-32 or UTF-16 without a mark: half or more of what is common (spaces, ends of lines) is zeros."""
    read = [(text, encoding) for encoding in _WIDE if (text := _tried(data, encoding)) and _plausible(text)]
    if not read:
        raise _NoTextError("there is a NUL byte, so this is not plain text", _line(data, data.index(b"\0")))
    text, encoding = max(read, key=lambda each: sum(map(each[0].count, " \n,.、。")))
    return text, encoding, "every letter of it has as many bytes as in that encoding"


def _plausible(text: str) -> bool:
    return not any(
        unicodedata.category(sign) in ("Cc", "Cn", "Co", "Cs") and sign not in "\t\n\r\f"
        for sign in set(text)
    )


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _NoTextError(
            f"the byte 0x{data[error.start]:02x} is not valid {encoding.upper()}", _line(data, error.start)
        ) from error


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        # A letter that Windows left out, and ISO has a control character for, which is cleaned away.
        return data.decode("latin-1") if encoding == "cp1252" else None


def _known(label: str | None) -> str | None:
    """Python's name of an encoding for text, of the widest one that a label is used for."""
    try:
        found = codecs.lookup((label or "").strip())
    except (LookupError, ValueError):
        return None
    # Python's word for codecs that are no encodings: rot13, zlib.
    if not getattr(found, "_is_text_encoding", True) or found.name.startswith(("utf", "idna", "punycode")):
        return None
    return _WIDER.get(found.name, found.name)


def _line(data: bytes, at: int) -> int:
    return data[:at].count(b"\n") + 1


def _told(text: str, encoding: str, why: str) -> list[Change]:
    """One entry for a text that is not in UTF-8, with its first word that shows the difference."""
    for number, line in enumerate(scouring.lines(text), 1):
        if found := re.search(r"[^\W_]*[^\x00-\x7f]+[^\W_]*", line):
            raw = mojibake.shown(found[0].encode(encoding, "replace"))
            return [Change(RULE, Place(number, number), raw, found[0], f"read as {encoding}: {why}")]
    return []
