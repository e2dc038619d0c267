"""An element → whether its style sets it in like a quotation, and whether it says whose a quotation is."""

from __future__ import annotations

import re

from pipeline.readers.web_paragraphs import leaves
from pipeline.readers.web_tree import Element, said

_BOTH_SIDES = re.compile(
    r"(?:margin|padding)(?:-left)?\s*:\s*(?:(?:0|auto|\d*\.?\d+\w*)\s+)?(?P<size>\d*\.?\d+)(?P<unit>px|em|rem|%|pt|cm)",
    re.IGNORECASE,
)
_LEAST = {"px": 20.0, "em": 1.5, "rem": 1.5, "%": 3.0, "pt": 15.0, "cm": 0.6}


def indented(element: Element) -> bool:
    """Whether a style sets an element in, at least as far as a quotation is."""
    style = element.get("style")
    if "margin" not in style and "padding" not in style:
        return False
    found = _BOTH_SIDES.search(style)
    if not found or re.search(r"text-indent\s*:\s*-", style):
        return False
    return float(found["size"]) >= _LEAST[found["unit"].lower()] and element.tag in ("p", "div")


def is_source(element: Element) -> bool:
    """Whether the last part of a quotation says whose it is: <cite> or <footer> alone, or a line after a dash."""
    text = said(element)
    if not text or len(text.split()) > 30 or len(leaves(element)) != 1:
        return False
    if element.tag == "footer" or any(
        each.tag in ("cite", "footer") and said(each) == text for each in element.every()
    ):
        return True
    return text[0] in "—–―" and element.tag in ("p", "div")
