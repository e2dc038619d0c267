"""An article in normal form → without its lists of contents, whose links lead to its own headings."""

from __future__ import annotations

from urllib.parse import unquote

from pipeline.model import Change, Place
from pipeline.normalise.contents import LABELS
from pipeline.readers import web_hints
from pipeline.readers.web_paragraphs import is_leaf, leaves
from pipeline.readers.web_tree import Element, named, said

_LEAST = 2
_SHARE = 0.6
"""Of the words of a list of contents are links; numbers and dots stand beside them."""


def dropped(article: Element) -> tuple[Change, ...]:
    """Take each such list out, with the word that stands over it."""
    anchors = named(article)
    out: list[Change] = []
    _look(article, anchors, out)
    return tuple(out)


def _look(over: Element, anchors: dict[str, Element], out: list[Change]) -> None:
    for child in list(over.elements()):
        if child.parent is None:
            continue
        if _is_contents(child, anchors):
            gone = [child]
            label = _before(child)
            if label is not None and said(label).strip(" :[]").casefold() in LABELS:
                gone.insert(0, label)
            _drop(gone, out)
        elif not is_leaf(child):
            _look(child, anchors, out)


def _is_contents(element: Element, anchors: dict[str, Element]) -> bool:
    if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return False
    text = said(element)
    if not text:
        return False
    links = [each for each in element.every() if each.tag == "a" and each.get("href") and said(each)]
    inside = [each for each in links if each.get("href").startswith("#") and len(each.get("href")) > 1]
    if len(inside) < _LEAST or len(inside) < 0.8 * len(links):
        return False
    linked = sum(len(said(each)) for each in inside)
    if linked < _SHARE * len(text):
        return False
    if web_hints.names(element) & {
        "toc",
        "contents",
        "inhaltsverzeichnis",
        "sommaire",
        "inhalt",
        "tableofcontents",
        "index",
    }:
        return True
    targets = [anchors.get(unquote(each.get("href")[1:])) for each in inside]
    here = {id(each) for each in element.every()}
    return sum(each is not None and id(each) not in here for each in targets) >= 0.8 * len(targets)


def _before(element: Element) -> Element | None:
    """The block of text before an element, in what it stands in or right before that."""
    inner = element
    for over in element.above():
        found: Element | None = None
        for each in over.elements():
            if each is inner:
                break
            if said(each):
                found = each
        if found is not None:
            return leaves(found)[-1] if leaves(found) else None
        inner = over
    return None


def _drop(gone: list[Element], out: list[Change]) -> None:
    place = Place(gone[0].line, max(each.last for each in gone))
    before = "\n".join(map(said, gone))
    out.append(
        Change("contents", place, before, "", "a list of contents of another edition; each makes its own")
    )
    for each in gone:
        each.drop()
