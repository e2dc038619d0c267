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

from pipeline.readers.xmltree import Element, removed, said, without
from pipeline.readers.xmltree import name as tag

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
XHTML = "{http://www.w3.org/1999/xhtml}"
etree.register_namespace("epub", "http://www.idpf.org/2007/ops")  # pandoc knows it by this prefix only
_CALLS = {"noteref", "doc-noteref"}
_NOTES = {
    *"footnote endnote rearnote note doc-footnote doc-endnote footnotes endnotes rearnotes doc-endnotes".split()
}
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


def moved(documents: Mapping[str, Element]) -> list[tuple[int, str]]:
    """Put each note at the end of the document of its first call, as the aside that pandoc knows.

    What went: the mark of each call and of each note, with the number of its block (`data-n`).
    """
    order = {each: at for at, each in enumerate(each for root in documents.values() for each in root.iter())}
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
            body = _block(target) if target is not None else None
            if body is not None and _is_call(link, body, order):
                calls.append((name, link, body))
    bodies = {body for _, _, body in calls}
    # Pandoc loses a note that is called in a note: it stays where it stands, as text.
    calls = [
        (name, link, body) for name, link, body in calls if not bodies.intersection(link.iterancestors())
    ]
    bodies = {body for _, _, body in calls}
    made: dict[Element, str] = {}
    gone: list[tuple[int, str]] = []
    around = [body.getparent() for body in bodies]
    for number, (name, link, body) in enumerate(calls, 1):
        mark = "".join(link.itertext()).strip()
        gone.append((_number(link), mark))
        if body not in made:
            made[body] = f"note-{number}"
            gone += _aside(documents[name], body, made[body], mark, bodies)
        link.attrib.clear()
        link.set("href", f"#{made[body]}")
        link.set(EPUB_TYPE, "noteref")
    for each in around:
        gone += _dissolved(each)
    for root in documents.values():
        for each in root.iter("{*}aside", "{*}div", "{*}li", "{*}p", "{*}section"):
            # One that nothing calls would go without a word.
            if kinds(each) & _NOTES and each.get("id") not in made.values():
                without(each, EPUB_TYPE, "role")
        for each in root.iter("{*}a"):
            if kinds(each) & _CALLS and each.get("href", "").removeprefix("#") not in made.values():
                without(each, EPUB_TYPE, "role")
    return gone


def _number(element: Element) -> int:
    """The number of the block that an element stands in, or else of the first in it."""
    around = (each.get("data-n") for each in (element, *element.iterancestors(), *element.iterdescendants()))
    return next((int(each) for each in around if each), 0)


def _dissolved(element: Element | None) -> list[tuple[int, str]]:
    """What held the notes goes when nothing but a rule, an empty list or the heading over them is left in it."""
    gone: list[tuple[int, str]] = []
    while element is not None and tag(element) not in ("html", ""):
        heads = list(element.iter(*(f"{{*}}h{rank}" for rank in range(1, 7))))
        if said(element) != " ".join(filter(None, map(said, heads))):
            return gone
        if next(element.iter("{*}img", "{*}image"), None) is not None:
            return gone
        gone += ((_number(head), said(head)) for head in heads)
        parent = element.getparent()
        if tag(element) == "body":
            emptied(element)
        elif parent is not None:
            removed(element)
        element = parent
    return gone


def _is_call(link: Element, body: Element, order: Mapping[Element, int]) -> bool:
    """Whether a link calls the note `body`: it says so; or it is a mark, and the note after it leads back to it."""
    inside = any(each is body for each in link.iterancestors())
    if inside or kinds(link) & _CALLS:
        return not inside
    if not _MARK.fullmatch("".join(link.itertext()).strip()) or order[link] > order[body]:
        return False
    around = (link, *link.iterancestors("{*}sup", "{*}span"))
    own = {each.get("id") for one in around for each in one.iter() if tag(each)}
    back = (each.get("href", "").partition("#")[2] for each in body.iter("{*}a"))
    return any(fragment and fragment in own for fragment in back)


def _block(target: Element) -> Element | None:
    """The whole note that an id stands in."""
    for each in (target, *target.iterancestors()):
        if tag(each) in _BLOCKS:
            return each
    return None


def _aside(
    document: Element, body: Element, name: str, mark: str, others: set[Element]
) -> list[tuple[int, str]]:
    """The note as an aside of the document, without its mark and without its way back, which are given."""
    gone: list[tuple[int, str]] = []
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
        if back and "#" in link.get("href", "#") and not kinds(link) & _CALLS:
            gone.append((_number(link), "".join(link.itertext()).strip()))
            removed(link)
    if _unmarked(aside, mark):
        gone.append((_number(body), mark))
    return gone


def _unmarked(aside: Element, mark: str) -> bool:
    """Whether the note's own number still stood before its words; it is taken out."""
    bare = re.sub(r"\W", "", mark) or mark
    for each in aside.iter():
        if each.text and each.text.strip():
            without_mark = re.sub(rf"^\s*[\[({{]?{re.escape(bare)}[\])}}]?[.:)]?\s+", "", each.text)
            found: bool = without_mark != each.text
            each.text = re.sub(r"^\s*[.:)\]]+\s+", "", without_mark)
            return found
        if each.tail and each.tail.strip():
            each.tail = re.sub(r"^\s*[.:)\]]+\s+", "", each.tail)
            return False
    return False
