"""The documents of a book → the same with each note in the document that calls it, where pandoc finds it.

A note is what a call leads to: a link that says it is one (`epub:type`, `role`), or a short mark ("12", "*")
whose target leads back to where it was called.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import unquote

from lxml import etree

from pipeline.readers.xmltree import Element, removed, without
from pipeline.readers.xmltree import name as tag

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
XHTML = "{http://www.w3.org/1999/xhtml}"
etree.register_namespace("epub", "http://www.idpf.org/2007/ops")  # pandoc knows it by this prefix only
_CALLS = {"noteref", "doc-noteref"}
_MARK = re.compile(r"[\[({]?(?:\d{1,4}|[*†‡§¶]{1,4}|[a-z]|[ivxl]{1,6})[\])}]?", re.IGNORECASE)
_BLOCKS = ("p", "li", "div", "aside", "dd", "section", "td", "blockquote")


def kinds(element: Element) -> set[str]:
    """What an element says it is."""
    if not tag(element):
        return set()
    return {*(element.get(EPUB_TYPE) or "").split(), *(element.get("role") or "").split()}


def emptied(element: Element) -> None:
    for child in list(element):
        element.remove(child)
    element.text = None


def _target(href: str, name: str) -> tuple[str, str]:
    path, _, fragment = unquote(href).partition("#")
    return (posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name), fragment


def moved(documents: Mapping[str, Element]) -> None:
    """Put each note at the end of the document of its first call, as the aside that pandoc knows."""
    ids = {
        (name, each.get("id")): each
        for name, root in documents.items()
        for each in root.iter()
        if tag(each) and each.get("id")
    }
    calls: list[tuple[str, Element, Element]] = []
    for name, root in documents.items():
        for link in list(root.iter("{*}a")):
            target = ids.get(_target(link.get("href", ""), name))
            if target is not None and _is_call(link, target, name, documents, ids):
                calls.append((name, link, target))
    bodies = [_block(target) for _, _, target in calls]
    made: dict[Element, str] = {}
    around = [body.getparent() for body in bodies if body is not None]
    for number, ((name, link, _), body) in enumerate(zip(calls, bodies, strict=True), 1):
        mark = "".join(link.itertext()).strip()
        if body is None or any(each is link for each in body.iter()):
            continue
        if body not in made:
            made[body] = f"note-{number}"
            _aside(documents[name], body, made[body], mark, bodies)
        link.attrib.clear()
        link.set("href", f"#{made[body]}")
        link.set(EPUB_TYPE, "noteref")
    for each in around:
        _dissolved(each)


def _dissolved(element: Element | None) -> None:
    """What held the notes goes when nothing but a rule or an empty list is left in it."""
    while element is not None and tag(element) != "body":
        parent = element.getparent()
        if "".join(element.itertext()).strip() or next(element.iter("{*}img", "{*}image"), None) is not None:
            return
        if parent is not None:
            removed(element)
        element = parent


def _is_call(
    link: Element,
    target: Element,
    name: str,
    documents: Mapping[str, Element],
    ids: Mapping[tuple[str, str | None], Element],
) -> bool:
    if kinds(link) & _CALLS:
        return True
    if not _MARK.fullmatch("".join(link.itertext()).strip()):
        return False
    block = _block(target)
    if block is None or any(each is link for each in block.iter()):
        return False
    own = {
        each.get("id")
        for one in (link, *link.iterancestors("{*}sup", "{*}span"))
        for each in one.iter()
        if tag(each)
    }
    back = [each.get("href", "").partition("#")[2] for each in block.iter("{*}a")]
    # The note leads back to its call, and stands after it.
    return any(fragment and fragment in own for fragment in back) and _later(link, block)


def _later(link: Element, block: Element) -> bool:
    """Whether a note stands after its call, where both are in one document."""
    if (
        link.getroottree() is not block.getroottree()
        and link.getroottree().getroot() is not block.getroottree().getroot()
    ):
        return True
    return (
        all(each is not block for each in link.itersiblings(preceding=True))
        and not any(each is link for each in block.iter())
        and _order(link) < _order(block)
    )


def _order(element: Element) -> int:
    root = element.getroottree().getroot()
    return next(n for n, each in enumerate(root.iter()) if each is element)


def _block(target: Element) -> Element | None:
    """The whole note that an id stands in."""
    for each in (target, *target.iterancestors()):
        if tag(each) in _BLOCKS:
            return each
    return None


def _aside(document: Element, body: Element, name: str, mark: str, others: list[Element | None]) -> None:
    """The note as an aside of the document, without its mark and without its way back."""
    parts = [body]
    if tag(body) == "p":
        for after in body.itersiblings():
            if after in others or tag(after) != "p" or after.get("id"):
                break
            parts.append(after)
    aside = etree.SubElement(next(document.iter("{*}body"), document), XHTML + "aside")
    aside.set("id", name)
    aside.set(EPUB_TYPE, "footnote")
    for part in parts:
        tail, part.tail = part.tail, None
        before, parent = part.getprevious(), part.getparent()
        if parent is not None:
            if tail and tail.strip():
                if before is not None:
                    before.tail = (before.tail or "") + tail
                else:
                    parent.text = (parent.text or "") + tail
            parent.remove(part)
        if tag(part) not in ("p", "blockquote"):
            part.tag = XHTML + "div"
        without(part, "id", EPUB_TYPE, "role")
        aside.append(part)
    links: list[Element] = list(aside.iter("{*}a"))
    for link in links:
        back = kinds(link) & {"backlink", "doc-backlink"} or re.fullmatch(
            r"[\W\d]*", "".join(link.itertext())
        )
        if back and "#" in link.get("href", "#"):
            removed(link)
    _unmarked(aside, mark)


def _unmarked(aside: Element, mark: str) -> None:
    """The note's own number, where it still stands before its words."""
    bare = re.sub(r"\W", "", mark) or mark
    for each in aside.iter():
        if each.text and each.text.strip():
            each.text = re.sub(rf"^\s*[\[({{]?{re.escape(bare)}[\])}}]?[.:)]?\s+", "", each.text)
            each.text = re.sub(r"^\s*[.:)\]]+\s+", "", each.text)
            return
        if each.tail and each.tail.strip():
            each.tail = re.sub(r"^\s*[.:)\]]+\s+", "", each.tail)
            return
