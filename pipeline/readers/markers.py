"""Markers of paragraphs and pictures: put into a document before pandoc reads it, found in its tree again.

Pandoc forgets which paragraph of an office document it read, and reads no pictures out of a sandbox. So each
paragraph begins with a marker that says its number, and each picture is one; both are characters of Unicode's
private plane 15, which no text uses and which pandoc takes for letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

Json = Any

_DIGITS = "".join(chr(0xF0010 + digit) for digit in range(10))
_PARAGRAPH, _PICTURE, _END = chr(0xF0000), chr(0xF0001), chr(0xF0002)
_TO_DIGITS = str.maketrans("0123456789", _DIGITS)
_FROM_DIGITS = str.maketrans(_DIGITS, "0123456789")
_MARK = re.compile(f"([{_PARAGRAPH}{_PICTURE}])([{_DIGITS}]+){_END}")
PICTURE = "picture:"
"""How the target of a picture begins in the tree: its number follows."""


def paragraph(number: int) -> str:
    return _PARAGRAPH + str(number).translate(_TO_DIGITS) + _END


def picture(number: int) -> str:
    return _PICTURE + str(number).translate(_TO_DIGITS) + _END


def bare(text: str) -> str:
    """Text without markers."""
    return _MARK.sub("", text)


def spelt(tree: Json, letters: Mapping[str, str]) -> Json:
    """A tree with other letters in its words."""
    table = str.maketrans(dict(letters))

    def each(node: Json) -> Json:
        match node:
            case {"t": "Str" | "Code", "c": str() as text}:
                return {**node, "c": text.translate(table)}
            case {"c": content}:
                return {**node, "c": each(content)}
            case list():
                return [each(one) for one in node]
            case _:
                return node

    return each(tree) if letters else tree


def found(nodes: list[Json]) -> list[Json]:
    """Pandoc's blocks or inlines with pictures for their markers, and in each block the number ("n") of its paragraph.

    A paragraph in which nothing but white space is left goes.
    """
    out = (each for node in _whole(nodes) for each in _node(node))
    return [node for node in out if not _blank(node)]


def _whole(nodes: list[Json]) -> list[Json]:
    """With neighbouring words made one: pandoc takes a marker of RTF to pieces."""
    out: list[Json] = []
    for node in nodes:
        if node["t"] == "Str" and out and out[-1]["t"] == "Str":
            out[-1] = {"t": "Str", "c": out[-1]["c"] + node["c"]}
        else:
            out.append(node)
    return out


def _node(node: Json) -> Iterator[Json]:
    match node:
        case {"t": "Str", "c": text} if text.isascii():
            yield node
        case {"t": "Str", "c": text}:
            yield from _parts(unicodedata.normalize("NFC", text))
        case {"t": "Para" | "Plain" | "Header" as kind, "c": content}:
            inner = _content(content)
            number = _taken(inner)
            yield {"t": kind, "c": inner} if number is None else {"t": kind, "c": inner, "n": number}
        case {"t": "Superscript", "c": [{"t": "Note"} as note]}:
            # The call is raised already.
            yield from _node(note)
        case {"t": "Emph" | "Strong" | "Underline" | "SmallCaps" | "Superscript" | "Subscript", "c": content}:
            inner = _content(content)
            if all(map(_white, inner)):
                # Writing programs leave such husks behind.
                yield from inner
            else:
                yield {**node, "c": inner}
        case {"c": content}:
            yield {**node, "c": _content(content)}
        case _:
            yield node


def _content(content: Json) -> Json:
    if not isinstance(content, list):
        return content
    if content and all(isinstance(each, dict) and "t" in each for each in content):
        return found(content)
    return [_content(each) for each in content]


def _taken(content: Json) -> int | None:
    """The number at the beginning of a block's words; it is taken out."""
    for each in content:
        match each:
            case {"t": "Mark", "c": number}:
                content.remove(each)
                return int(number)
            case {"c": list() as inner} | (list() as inner):
                if (number := _taken(inner)) is not None:
                    return number
            case _:
                pass
    return None


def _parts(text: str) -> Iterator[Json]:
    at = 0
    for mark in _MARK.finditer(text):
        if mark.start() > at:
            yield {"t": "Str", "c": text[at : mark.start()]}
        number = mark[2].translate(_FROM_DIGITS)
        if mark[1] == _PARAGRAPH:
            yield {"t": "Mark", "c": number}
        else:
            yield {"t": "Image", "c": [["", [], []], [], [f"{PICTURE}{number}", ""]]}
        at = mark.end()
    if at < len(text):
        yield {"t": "Str", "c": text[at:]}


def _blank(node: Json) -> bool:
    return node["t"] in ("Para", "Plain") and all(map(_white, node["c"]))


def _white(node: Json) -> bool:
    match node:
        case {"t": "Space" | "SoftBreak" | "LineBreak"}:
            return True
        case {"t": "Str", "c": text}:
            return not text.strip()
        case {"t": "Strong" | "Emph" | "Underline" | "Superscript" | "Subscript" | "SmallCaps", "c": inner}:
            return all(map(_white, inner))
        case {"t": "Span", "c": [_, inner]}:
            return all(map(_white, inner))
        case _:
            return False
