"""The bytes of an RTF file → its tokens, with every letter as Unicode (RTF 1.9.1).

RTF from before 1997, and from WordPad to this day, writes letters as bytes of a code page that the font names;
pandoc knows two of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

Kind = Literal["open", "close", "word", "text"]


class Token(msgspec.Struct, frozen=True):
    """`value` is the control word, or the text; `number` its parameter, None for none."""

    kind: Kind
    value: str = ""
    number: int | None = None


CHARSETS: Mapping[int, str] = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
"""What `\\fcharset` says of a font's bytes; any other is the document's own code page."""

_TOKEN = re.compile(
    rb"(?P<open>\{)|(?P<close>\})|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\(?P<symbol>[^a-zA-Z'])|(?P<end>[\r\n]+)|(?P<text>[^\\{}\r\n]+)|(?P<stray>\\)"
)
_SYMBOLS = {b"~": "\u00a0", b"-": "\u00ad", b"_": "\u2011", b"{": "{", b"}": "}", b"\\": "\\"}
_WORDS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "zwj": "\u200d",
    "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip
_BASES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


class _Reader:
    """Mutable: it knows the font of the group it is in, and gathers the bytes of one letter."""

    def __init__(self) -> None:
        self.page = "cp1252"
        self.fonts: dict[int, str] = {}
        self.stack: list[tuple[str, int, int]] = []
        self.font, self.skip, self.table = "", 1, 0
        self.bytes = bytearray()

    def decoded(self) -> str:
        data, self.bytes = bytes(self.bytes), bytearray()
        try:
            return data.decode(self.font or self.page, "replace")
        except LookupError:
            return data.decode("cp1252", "replace")


def tokens(data: bytes) -> Iterator[Token]:
    """All of a file, in order. Binary data (`\\bin`) is left out."""
    reader, skipping, at, high = _Reader(), 0, 0, 0
    while found := _TOKEN.match(data, at):
        at = found.end()
        if found["byte"] is not None and skipping:
            skipping -= 1
            continue
        if found["byte"] is not None:
            reader.bytes.append(int(found["byte"], 16))
            continue
        if found["end"] is not None:
            continue
        if found["text"] is not None:
            text = found["text"][skipping:]
            skipping = max(0, skipping - len(found["text"]))
            if text:
                reader.bytes += text
            continue
        if reader.bytes:
            yield Token("text", reader.decoded())
        if found["symbol"] is not None:
            if skipping:
                skipping -= 1
            elif found["symbol"] in _SYMBOLS:
                yield Token("text", _SYMBOLS[found["symbol"]])
            elif found["symbol"] in (b"\n", b"\r"):
                yield Token("word", "par")
            elif found["symbol"] == b"*":
                yield Token("word", "*")
            continue
        skipping = 0
        if found["open"]:
            reader.stack.append((reader.font, reader.skip, reader.table))
            yield Token("open")
        elif found["close"]:
            if reader.stack:
                reader.font, reader.skip, reader.table = reader.stack.pop()
            yield Token("close")
        elif found["word"]:
            word, number = found["word"].decode(), int(found["number"]) if found["number"] else None
            if word == "bin":
                at += max(0, number or 0)
            elif word == "u" and number is not None:
                code = number % 0x10000
                skipping = reader.skip
                if 0xD800 <= code < 0xDC00:
                    high = code
                elif 0xDC00 <= code < 0xE000:
                    pair = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
                    high = 0
                    yield Token("text", chr(pair))
                elif code:
                    yield Token("text", chr(code))
            elif word in _WORDS:
                yield Token("text", _WORDS[word])
            else:
                _remembered(reader, word, number)
                yield Token("word", word, number)
    if reader.bytes:
        yield Token("text", reader.decoded())


def _remembered(reader: _Reader, word: str, number: int | None) -> None:
    """What a control word says of how the letters after it are written."""
    if word == "ansicpg" and number:
        reader.page = f"cp{number}" if number != 65001 else "utf-8"
    elif word in _BASES:
        reader.page = _BASES[word]
    elif word == "uc":
        reader.skip = max(0, number if number is not None else 1)
    elif word == "f" and number is not None:
        reader.table = number
        reader.font = reader.fonts.get(number, "")
    elif word == "fcharset" and number is not None:
        reader.fonts[reader.table] = CHARSETS.get(number, "")
    elif word == "plain":
        reader.font = ""
