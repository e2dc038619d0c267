"""A Word document's styles.xml → how each paragraph and run looks when all inheritance is done (ECMA-376, 17.7)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import msgspec
from lxml import etree

from pipeline.readers.xmltree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFF = ("0", "false", "off", "none")
_MOST_ANCESTORS = 20
_HALF = 20.0
"""Half points that a letter has when nothing says: 10 pt."""


def transitional(root: Element) -> Element:
    """A part of a "strict" document with the names of the usual one, which is all that differs for us."""
    if not root.tag.startswith("{" + _STRICT):
        return root
    text = etree.tostring(root).replace(b"http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/")
    for kind in (b"wordprocessingml", b"drawingml"):
        text = text.replace(
            b"openxmlformats.org/" + kind + b"/main", b"openxmlformats.org/" + kind + b"/2006/main"
        )
    text = text.replace(
        b"openxmlformats.org/officeDocument/relationships",
        b"openxmlformats.org/officeDocument/2006/relationships",
    )
    text = text.replace(
        b"openxmlformats.org/drawingml/wordprocessingDrawing",
        b"openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    )
    return etree.fromstring(text)


@cache
def _path(path: str) -> str:
    return "/".join(W + step for step in path.split("/"))


def value(element: Element | None, path: str, attribute: str = "val") -> str | None:
    """The attribute of the child at `path` ("pPr/pStyle"), None if there is none."""
    found = element.find(_path(path)) if element is not None else None
    return None if found is None else found.get(W + attribute)


def switched(properties: Element | None, name: str) -> bool | None:
    """Whether a toggle such as `b` or `vanish` is on; None where nothing is said."""
    found = properties.find(W + name) if properties is not None else None
    return None if found is None else found.get(W + "val", "1") not in _OFF


class Style(msgspec.Struct, frozen=True):
    name: str
    based_on: str
    element: Element


class Styles:
    """All styles by id, and the look that follows from them."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._default = ""
        self._defaults: list[Element] = []
        self._found: dict[tuple[str, str], tuple[Element, ...]] = {}
        if root is None:
            return
        self._defaults = [root.find(f"{W}docDefaults/{W}{kind}Default") for kind in ("rPr", "pPr")]
        self._defaults = [each for each in self._defaults if each is not None]
        for style in root.iter(W + "style"):
            name = (value(style, "name") or "").strip().lower()
            key = style.get(W + "styleId", "")
            self._styles[key] = Style(name, value(style, "basedOn") or "", style)
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
                self._default = key

    def _chain(self, key: str) -> Iterator[Style]:
        for _ in range(_MOST_ANCESTORS):
            style = self._styles.get(key)
            if style is None:
                return
            yield style
            key = style.based_on

    def _sources(self, paragraph: Element, kind: str) -> tuple[Element, ...]:
        """The property elements (`pPr`, `rPr`) that a paragraph's style and the defaults give, nearest first."""
        key = value(paragraph, "pPr/pStyle") or self._default
        known = self._found.get((key, kind))
        if known is None:
            own = (style.element.find(W + kind) for style in self._chain(key))
            usual = (default.find(W + kind) for default in self._defaults)
            known = tuple(each for each in (*own, *usual) if each is not None)
            self._found[key, kind] = known
        return known

    def name(self, paragraph: Element) -> str:
        """The name of a paragraph's style, as Word has it in every language: "heading 1"."""
        key = value(paragraph, "pPr/pStyle")
        style = self._styles.get(key) if key else None
        return style.name if style else (key or "").lower()

    def names(self, paragraph: Element) -> list[str]:
        """The names of a paragraph's style and of those it is based on."""
        return [style.name for style in self._chain(value(paragraph, "pPr/pStyle") or "")]

    def paragraph_value(self, paragraph: Element, path: str, attribute: str = "val") -> str | None:
        own = paragraph.find(W + "pPr")
        for properties in (*([own] if own is not None else []), *self._sources(paragraph, "pPr")):
            if (found := value(properties, path, attribute)) is not None:
                return found
        return None

    def _run_sources(self, paragraph: Element, run: Element) -> Iterator[Element]:
        own = run.find(W + "rPr")
        if own is not None:
            yield own
            for style in self._chain(value(run, "rPr/rStyle") or ""):
                if (found := style.element.find(W + "rPr")) is not None:
                    yield found
        yield from self._sources(paragraph, "rPr")

    def size(self, paragraph: Element, run: Element) -> float:
        """Of the letters of a run, in pt."""
        for properties in self._run_sources(paragraph, run):
            if (found := value(properties, "sz")) is not None:
                try:
                    return float(found) / 2
                except ValueError:
                    continue
        return _HALF / 2

    def is_on(self, paragraph: Element, run: Element, name: str) -> bool:
        for properties in self._run_sources(paragraph, run):
            if (found := switched(properties, name)) is not None:
                return found
        return False
