"""TOML → a frozen struct, or a ConfigError that says in one sentence what is wrong in which line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from types import NoneType
from typing import Any, Literal, NoReturn, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from pipeline.errors import ConfigError

S = TypeVar("S", bound=msgspec.Struct)
Path = tuple[str | int, ...]

_KEY = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)"""
_DOTTED = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]\]?\s*(?:#.*)?$")
_PAIR = re.compile(rf"\s*({_DOTTED})\s*=(.*)")
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

_WORDS = {
    "str": "text in quotes",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list in [ ]",
    "object": "a table",
    "null": "nothing",
    "date": "a date",
    "datetime": "a date with a time",
    "time": "a time",
}


class Document(msgspec.Struct, frozen=True):
    """A TOML file: what to call it in messages, its values, and the line of each key."""

    name: str
    values: dict[str, Any]
    lines: Mapping[Path, int]

    def refuse(self, path: Path, message: str, hint: str = "") -> NoReturn:
        """Raise ConfigError for what stands at `path` (or the nearest thing above it that has a line)."""
        near = next((path[:end] for end in range(len(path), 0, -1) if path[:end] in self.lines), None)
        where = f"{self.name}, line {self.lines[near]}" if near else self.name
        raise ConfigError(f"{where}: {message}", hint)


def parse(data: bytes, name: str) -> Document:
    """Read TOML; `name` is what the file is called in messages."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ConfigError(
            f"{name}, line {line}: this is not valid UTF-8", 'save it again and choose the encoding "UTF-8"'
        ) from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, _, place = str(error).partition(" (at ")
        where = f", {place.rstrip(')')}" if place.startswith("line") else ", at the end" if place else ""
        raise ConfigError(
            f"{name}{where}: this is not TOML ({what[0].lower()}{what[1:]})", 'a line reads: key = "value"'
        ) from error
    return Document(name, values, _lines(text))


def convert(document: Document, values: object, kind: type[S], path: Path = ()) -> S:
    """The values that stand at `path` as a struct. Raises ConfigError for the first that does not fit."""
    try:
        result = msgspec.convert(values, kind)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `$")
        below: Path = tuple(int(index) if index else key for key, index in _STEP.findall(place))
        _explain(document, message, kind, path, below)
    _refuse_control(document, values, path)
    return result


def _explain(
    document: Document, message: str, kind: type[msgspec.Struct], path: Path, below: Path
) -> NoReturn:
    names = [step for step in (*path, *below) if isinstance(step, str)]
    key = names[-1] if names else "this"
    quoted = re.findall(r"`([^`]*)`", message)
    if message.startswith("Object contains unknown field"):
        known = ", ".join(_fields(kind, below))
        document.refuse((*path, *below, quoted[0]), f'"{quoted[0]}" is not known here', f"known are: {known}")
    if message.startswith("Object missing required field"):
        document.refuse((*path, *below), f'"{quoted[0]}" is missing', f'add a line: {quoted[0]} = "…"')
    if message.startswith("Invalid enum value"):
        value = message.removeprefix("Invalid enum value ").strip("'")
        choices = ", ".join(f'"{choice}"' for choice in get_args(_type(kind, below)))
        document.refuse((*path, *below), f'"{key}" cannot be "{value}"', f"it can be: {choices}")
    if len(quoted) == 2:
        expected = " or ".join(_WORDS.get(word, word) for word in quoted[0].split(" | ") if word != "null")
        got = _WORDS.get(quoted[1], quoted[1])
        document.refuse((*path, *below), f'"{key}" must be {expected}, not {got}')
    document.refuse((*path, *below), f'"{key}": {message[0].lower()}{message[1:]}')


def _type(kind: Any, below: Path) -> Any:
    """The annotation at a path inside a struct, without None and tuples around it."""
    if get_origin(kind) is tuple:
        kind = get_args(kind)[0]
    choices = [choice for choice in get_args(kind) if choice is not NoneType]
    if get_origin(kind) is not Literal and choices:
        return _type(choices[0], below)
    if not below:
        return kind
    step, rest = below[0], below[1:]
    return _type(kind if isinstance(step, int) else get_type_hints(kind)[step], rest)


def _fields(kind: type[msgspec.Struct], below: Path) -> tuple[str, ...]:
    return tuple(_type(kind, below).__struct_fields__)


def _refuse_control(document: Document, values: object, path: Path) -> None:
    """Characters that no edition can show; TOML lets them in as escapes."""
    match values:
        case str() if found := _CONTROL.search(values):
            document.refuse(path, f"the character U+{ord(found[0]):04X} cannot be printed", "delete it")
        case list():
            for index, value in enumerate(values):
                _refuse_control(document, value, (*path, index))
        case dict():
            for key, value in values.items():
                _refuse_control(document, value, (*path, key))
        case _:
            pass


def _lines(text: str) -> dict[Path, int]:
    """The line in which each table and each key begins. Takes text that is known to be TOML."""
    lines: dict[Path, int] = {}
    table: Path = ()
    counts: dict[Path, int] = {}
    closing = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if closing:
            closing = "" if closing in line else closing
            continue
        if header := _HEADER.match(line):
            table = _keys(header[2])
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            lines.setdefault(table, number)
        elif pair := _PAIR.match(line):
            lines.setdefault((*table, *_keys(pair[1])), number)
            closing = next((mark for mark in ('"""', "'''") if pair[2].count(mark) % 2), "")
    return lines


def _keys(dotted: str) -> Path:
    return tuple(key.strip("\"'") for key in re.findall(_KEY, dotted))
