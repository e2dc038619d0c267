"""The styles of an OpenDocument text → how each paragraph and span looks when all inheritance is done (ODF 1.3, 16)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.readers.xmltree import Element

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"

_MOST_ANCESTORS = 20
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(in|cm|mm|pt|pc|px)")
_POINTS = {"in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pt": 1.0, "pc": 12.0, "px": 0.75}
_ESCAPED = re.compile(r"_([0-9a-f]{2})_")
_USUAL = 12.0


def points(length: str | None) -> float:
    """A length as ODF writes it ("1.25cm") in points; 0 for none, or for a share."""
    found = _LENGTH.fullmatch(length or "")
    return float(found[1]) * _POINTS[found[2]] if found else 0.0


class Styles:
    """All styles of the given roots (content.xml after styles.xml), and the looks that follow from them."""

    def __init__(self, *roots: Element) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._defaults: dict[str, Element] = {}
        for root in roots:
            for style in root.iter(STYLE + "style"):
                self._styles[style.get(STYLE + "family", ""), style.get(STYLE + "name", "")] = style
            for style in root.iter(STYLE + "default-style"):
                self._defaults[style.get(STYLE + "family", "")] = style

    def _chain(self, family: str, name: str | None) -> Iterator[Element]:
        for _ in range(_MOST_ANCESTORS):
            style = self._styles.get((family, name or ""))
            if style is None:
                break
            yield style
            name = style.get(STYLE + "parent-style-name")
        if family in self._defaults:
            yield self._defaults[family]

    def names(self, paragraph: Element) -> list[str]:
        """The names of a paragraph's style and of those it comes from, in small letters; automatic ones have none."""
        own = paragraph.get(TEXT + "style-name", "")
        found = [
            style.get(STYLE + "display-name") or style.get(STYLE + "name", "")
            for style in self._chain("paragraph", own)
        ]
        # A style may be used that nobody has defined.
        named = [name for name in found or [own] if name and not re.fullmatch(r"P\d+", name)]
        return [_ESCAPED.sub(lambda each: chr(int(each[1], 16)), name).lower() for name in named]

    def outline(self, paragraph: Element) -> int:
        """The level that the style says, 0 for none."""
        for style in self._chain("paragraph", paragraph.get(TEXT + "style-name")):
            level = style.get(STYLE + "default-outline-level")
            if level is not None:
                return int(level) if level.isdigit() else 0
        return 0

    def value(self, element: Element, kind: str, attribute: str) -> str | None:
        """An attribute of the `paragraph-properties` or `text-properties` of a paragraph's style."""
        for style in self._chain("paragraph", element.get(TEXT + "style-name")):
            if (found := _said(style, kind, attribute)) is not None:
                return found
        return None

    def text_value(self, element: Element | None, attribute: str) -> str | None:
        """Of the words right inside `element`: by the spans around them, then by the paragraph."""
        while element is not None and element.tag not in (TEXT + "p", TEXT + "h"):
            if element.tag == TEXT + "span":
                for style in self._chain("text", element.get(TEXT + "style-name")):
                    if style.tag == STYLE + "style" and (
                        (found := _said(style, "text-properties", attribute)) is not None
                    ):
                        return found
            element = element.getparent()
        return self.value(element, "text-properties", attribute) if element is not None else None

    def size(self, element: Element) -> float:
        """Of the words right inside `element`, in pt; a share is one of the usual size."""
        said = self.text_value(element, FO + "font-size")
        if said and said.endswith("%"):
            return _USUAL * float(said[:-1]) / 100 if re.fullmatch(r"\d+(\.\d+)?%", said) else _USUAL
        return points(said) or _USUAL

    def tab_stops(self, paragraph: Element) -> list[Element]:
        for style in self._chain("paragraph", paragraph.get(TEXT + "style-name")):
            found = style.find(f"{STYLE}paragraph-properties/{STYLE}tab-stops")
            if found is not None:
                return list(found)
        return []


def _said(style: Element, kind: str, attribute: str) -> str | None:
    properties = style.find(STYLE + kind)
    return properties.get(attribute) if properties is not None else None
