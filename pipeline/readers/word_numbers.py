"""Word's automatic numbers → what is printed before each numbered paragraph (ECMA-376, 17.9).

Lists that count 1, 2, 3 or have bullets are lists for pandoc too. Where the number is more than that
("2.1", "Article 3", "§ 4"), it is words, and becomes words: other paragraphs may refer to it.
"""

from __future__ import annotations

import re

import msgspec

from pipeline.readers.word_styles import Styles, W, value
from pipeline.readers.xmltree import Element

_PLAIN = re.compile(r"[(\[]?%\d[.):\]]?\s*")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


class _Level(msgspec.Struct, frozen=True):
    form: str
    text: str
    start: int


class Label(msgspec.Struct, frozen=True):
    """What stands before a paragraph: `words` as printed; `simple` if a list can say it, with this `count`."""

    words: str
    simple: bool
    count: int = 0


def _integer(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.lstrip("-").isdigit() else default


class Numbers:
    """Counts as Word does, paragraph after paragraph. Mutable: it remembers how far each list has come."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        for each in root.iter(W + "abstractNum") if root is not None else ():
            levels = {_integer(one.get(W + "ilvl")): _level(one) for one in each.findall(W + "lvl")}
            self._abstract[each.get(W + "abstractNumId", "")] = levels
        for each in root.iter(W + "num") if root is not None else ():
            key = each.get(W + "numId", "")
            self._lists[key] = value(each, "abstractNumId") or ""
            for override in each.findall(W + "lvlOverride"):
                start = value(override, "startOverride")
                if start is not None:
                    self._starts[key, _integer(override.get(W + "ilvl"))] = _integer(start, 1)

    def label(self, paragraph: Element, styles: Styles) -> Label | None:
        """The number of this paragraph, which is counted; None if it has none."""
        key = styles.paragraph_value(paragraph, "numPr/numId")
        if key is None or key == "0" or key not in self._lists:
            return None
        level = _integer(styles.paragraph_value(paragraph, "numPr/ilvl"))
        levels = self._abstract.get(self._lists[key], {})
        how = levels.get(level)
        if how is None:
            return None
        counts = self._counts.setdefault(self._lists[key], {})
        if (key, level) in self._starts and (key, level) not in self._begun:
            counts[level] = self._starts[key, level]
        else:
            counts[level] = counts[level] + 1 if level in counts else how.start
        self._begun.add((key, level))
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if how.form in ("bullet", "none"):
            return Label("", True)

        def number(found: re.Match[str]) -> str:
            at = int(found.group(1)) - 1
            each = levels.get(at)
            return _shown(counts.get(at, each.start if each else 1), each.form if each else "decimal")

        return Label(
            re.sub(r"%(\d)", number, how.text).strip(), _PLAIN.fullmatch(how.text) is not None, counts[level]
        )


def _level(element: Element) -> _Level:
    return _Level(
        value(element, "numFmt") or "decimal",
        value(element, "lvlText") or "",
        _integer(value(element, "start"), 1),
    )


def _shown(number: int, form: str) -> str:
    if form in ("upperLetter", "lowerLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("upperRoman", "lowerRoman") and 0 < number < 5000:
        out = ""
        for worth, letters in _ROMAN:
            count, number = divmod(number, worth)
            out += letters * count
        return out.upper() if form == "upperRoman" else out
    return f"{number:02}" if form == "decimalZero" else str(number)
