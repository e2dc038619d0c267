"""(text, its blocks in order) → the lines that each block came from.

Pandoc forgets where it read something (its `sourcepos` makes the tree fifty times the text, and only for
CommonMark). But blocks come out in the order in which they stood, so their words find their lines again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.model import Place
from pipeline.readers import marks

_WORD = re.compile(r"[^\W_]+")
_NOTE = re.compile(r"\s*(?:>\s*)*\[\^[^\]]+\]:")
_WINDOW = 400
"""How many words ahead of the last find a block may begin: more than any link address or comment has."""
_RUN = 5
"""How many words in a row make a find certain."""


def _words(text: str) -> list[str]:
    return _WORD.findall(marks.inside_gone(text))


class Finder:
    """Finds blocks in a text, one after the other. Mutable: it remembers how far it has come."""

    def __init__(self, text: str) -> None:
        self._words: list[str] = []
        self._lines: list[int] = []
        self._wordless: list[int] = []
        self._notes: list[int] = []
        self._source = marks.lines(text)
        self._last = 0
        self._next = 0
        for number, (line, bare) in enumerate(
            zip(self._source, marks.lines(marks.gone(text)), strict=True), 1
        ):
            found = _words(bare)
            if _NOTE.match(line):
                self._notes.append(len(self._words))
            self._words += found
            self._lines += [number] * len(found)
            if line.strip() and not found:
                self._wordless.append(number)

    def place(self, text: str) -> Place:
        """The lines of the block that reads `text`; for one without words, the next line without any."""
        words = _words(marks.gone(text))
        if not words:
            self._last = next((n for n in self._wordless if n > self._last), max(self._last, 1))
            return Place(self._last, self._last)
        start = self._find(words)
        if start is None:
            near = max(self._last, 1)
            return Place(near, near)
        at = start
        for word in words:
            # Words of an address or of markup may stand between two words of the text.
            ahead = next(
                (i for i in range(at, min(at + 40, len(self._words))) if self._words[i] == word), None
            )
            at = at if ahead is None else ahead + 1
        self._next = at
        self._last = self._lines[max(at - 1, start)]
        return Place(self._lines[start], self._last)

    def line(self, number: int) -> str:
        """Line `number`, from 1, as it stands in the source."""
        return self._source[number - 1] if 0 < number <= len(self._source) else ""

    def definition(self, text: str) -> int | None:
        """Where the note that reads `text` is given, for `at`; each place is told once."""
        words = _words(marks.gone(text))[:_RUN]
        start = next((at for at in self._notes if words and self._words[at : at + len(words)] == words), None)
        if start is not None:
            self._notes.remove(start)
        return start

    @contextmanager
    def at(self, start: int | None) -> Iterator[None]:
        """While it lasts, blocks are found from `start` on."""
        back = self._next, self._last
        if start is not None:
            self._next, self._last = start, self._lines[start]
        try:
            yield
        finally:
            self._next, self._last = back

    def _find(self, words: list[str]) -> int | None:
        for run in (min(_RUN, len(words)), 1):
            for i in range(self._next, min(self._next + _WINDOW, len(self._words) - run + 1)):
                if self._words[i : i + run] == words[:run]:
                    return i
        return None
