"""Elements of lxml's trees: their names and words, and taking them out without losing what stands after them."""

from __future__ import annotations

from typing import Any

from lxml import etree

Element = Any
"""An element. Comments and instructions stand among them, whose `tag` is a function; lxml's types deny it."""


def name(element: Element) -> str:
    """The name without its namespace; "" for a comment or an instruction."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def said(element: Element) -> str:
    """All words under an element, white space as one space."""
    return " ".join("".join(element.itertext()).split())


def replaced(element: Element, words: str) -> None:
    """Put plain words in the place of an element; what stands after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    words += element.tail or ""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + words
    else:
        parent.text = (parent.text or "") + words
    parent.remove(element)


def removed(element: Element) -> None:
    """Take an element out; the text after it stays."""
    replaced(element, "")


def without(element: Element, *attributes: str) -> None:
    for attribute in attributes:
        if attribute in element.attrib:
            del element.attrib[attribute]
