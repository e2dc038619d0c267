"""(text, its blocks in order) → the lines that each block came from.

Pandoc forgets where it read something (its `sourcepos` makes the tree fifty times the text, and only for
CommonMark). But blocks come out in the order in which they stood, so their words find their lines again.
"""

from __future__ import annotations

import re

from pipeline.model import Place

WORD = re.compile(r"\w+")
_WINDOW = 400
"""How many words ahead of the last find a block may begin: more than any link address or comment has."""
_RUN = 5
"""How many words in a row make a find certain."""


class Finder:
    """Finds blocks in a text, one after the other. Mutable: it remembers how far it has come."""

    def __init__(self, text: str) -> None:
        self._words: list[str] = []
        self._lines: list[int] = []
        self._wordless: list[int] = []
        self._last = 0
        self._next = 0
        for number, line in enumerate(text.splitlines(), 1):
            found = WORD.findall(line)
            self._words += found
            self._lines += [number] * len(found)
            if line.strip() and not found:
                self._wordless.append(number)

    def place(self, text: str) -> Place:
        """The lines of the block that reads `text`; for one without words, the next line without any."""
        words = WORD.findall(text)
        if not words:
            line = next((n for n in self._wordless if n > self._last), self._last)
            self._last = line
            return Place(line, line)
        start = self._find(words)
        if start is None:
            return Place(self._last, self._last)
        at = start
        for word in words:
            # Words of an address or of markup may stand between two words of the text.
            ahead = next((i for i in range(at, min(at + 40, len(self._words))) if self._words[i] == word), None)
            at = at if ahead is None else ahead + 1
        self._next = at
        self._last = self._lines[max(at - 1, start)]
        return Place(self._lines[start], self._last)

    def _find(self, words: list[str]) -> int | None:
        for run in (min(_RUN, len(words)), 1):
            for i in range(self._next, min(self._next + _WINDOW, len(self._words) - run + 1)):
                if self._words[i : i + run] == words[:run]:
                    return i
        return None
