"""The body of an OpenDocument text → the same, so that pandoc reads what is printed; one trick a function.

Each function edits the tree in place. Where words go, it says so in `changes`. Paragraphs carry their number in
the attribute `n`, given before any of them moves.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from pipeline.model import Change, Place
from pipeline.readers import markers
from pipeline.readers.archives import Archive
from pipeline.readers.opendocument_styles import STYLE, TEXT, Styles
from pipeline.readers.opened import Shown
from pipeline.readers.xmltree import Element, replaced, said

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_DC = "{http://purl.org/dc/elements/1.1/}"
NUMBER = "n"

_LISTS = (
    "table-of-content",
    "illustration-index",
    "table-index",
    "object-index",
    "user-index",
    "alphabetical-index",
)
_NO_RESULT = ("page-number", "page-count", "page-continuation", "hidden-text", "placeholder", "sheet-name",
              "bookmark-start", "bookmark-end", "toc-mark", "soft-page-break")  # fmt: skip
_KNOWN = ("span", "a", "s", "tab", "line-break", "note", "ruby", "ruby-base", "ruby-text", "list", "list-item",
          "list-header", "p", "h", "section", "note-body", "note-citation", "numbered-paragraph")  # fmt: skip
_SHAPES = ("rect", "ellipse", "circle", "line", "polyline", "polygon", "path", "custom-shape", "connector",
           "regular-polygon", "caption", "measure", "control", "g")  # fmt: skip


def place(element: Element | None) -> Place:
    while element is not None:
        if (number := element.get(NUMBER)) is not None:
            return Place(int(number), int(number))
        element = element.getparent()
    return Place()


def dropped(elements: list[Element], rule: str, why: str, changes: list[Change]) -> None:
    for each in elements:
        if each.getparent() is None:
            continue
        words = said(each)
        if words:
            first = next(iter(each.iter(TEXT + "p", TEXT + "h")), each)
            changes.append(Change(rule, place(first), words, "", why))
        replaced(each, "")


def tagged(root: Element, *names: str, space: str = TEXT) -> list[Element]:
    return list(root.iter(*(space + name for name in names)))


def unprinted(body: Element, styles: Styles, changes: list[Change]) -> None:
    """What a reader of the printed page never sees: deletions, comments, hidden words, lists of contents."""
    dropped(tagged(body, "tracked-changes"), "tracked-changes", "words that were deleted", changes)
    dropped(
        tagged(body, "annotation", space=_OFFICE), "comments", "a comment is no part of the text", changes
    )
    for each in [
        *tagged(body, "change", "change-start", "change-end"),
        *tagged(body, "annotation-end", space=_OFFICE),
    ]:
        replaced(each, "")
    dropped(tagged(body, *_LISTS), "contents", "each edition makes its own table of contents", changes)
    hidden = [each for each in tagged(body, "section") if each.get(TEXT + "display") == "none"]
    hidden += [
        each.getparent()
        for each in tagged(body, "hidden-paragraph")
        if each.get(TEXT + "is-hidden") == "true"
    ]
    hidden += [
        each for each in tagged(body, "span", "p", "h") if styles.text_value(each, TEXT + "display") == "none"
    ]
    dropped(hidden, "hidden-text", "the document does not print hidden text", changes)


def frames(body: Element, archive: Archive, shown: list[Shown]) -> set[int]:
    """A marker for each picture; text boxes after the paragraph that they are anchored in; drawings go.

    The numbers of the paragraphs in boxes; a box in a paragraph without words is running text.
    """
    boxed: set[int] = set()
    # From the last to the first, so that boxes in one paragraph keep their order, and the inner go before the outer.
    drawn = list(reversed([*body.iter(_DRAW + "frame", *(_DRAW + shape for shape in _SHAPES))]))
    pictures = [frame for frame in drawn if frame.find(_DRAW + "image") is not None]
    for frame in reversed(pictures):
        images = [each.get(_XLINK + "href", "") for each in frame.findall(_DRAW + "image")]
        members = [posixpath.normpath(each.removeprefix("./")) for each in images]
        there = [member for member in members if member in archive]
        tells = tuple(
            " ".join(each.itertext())
            for each in frame
            if each.tag in (_SVG + "desc", _SVG + "title", _DC + "title")
        )
        member = next(
            (each for each in there if each.lower().endswith((".png", ".jpg", ".jpeg", ".gif"))), None
        )
        member = member or (there[0] if there else "")
        shown.append(Shown(posixpath.basename(member), archive.get(member), tells))
        frame.set("picture", str(len(shown)))
    for frame in drawn:
        if frame.getparent() is None:
            continue
        number = frame.get("picture")
        box = frame.find(_DRAW + "text-box")
        inside = (
            list(box)
            if box is not None
            else [each for each in frame if each.tag in (TEXT + "p", TEXT + "list")]
        )
        anchor = next(frame.iterancestors(TEXT + "p", TEXT + "h"), None)
        if number is not None and anchor is None:
            made = etree.Element(TEXT + "p")
            made.text = markers.picture(int(number))
            made.tail, frame.tail = frame.tail, None
            frame.addprevious(made)
            frame.getparent().remove(frame)
            continue
        replaced(frame, markers.picture(int(number)) if number is not None else "")
        if anchor is not None and "".join(letters(anchor)).strip() and not _caption(inside):
            boxed |= {
                int(each.get(NUMBER, "0")) for part in inside for each in part.iter(TEXT + "p", TEXT + "h")
            }
        for each in reversed(inside):
            if anchor is not None and said(each):
                anchor.addnext(each)
    return boxed


def _caption(inside: list[Element]) -> bool:
    """Whether a box holds a picture, with its caption."""
    return any("\U000f0001" in "".join(each.itertext()) for each in inside)


def fields(body: Element, changes: list[Change]) -> None:
    """Fields are their results, as words; page numbers have none."""
    for each in tagged(body, *_NO_RESULT):
        replaced(each, "")
    for each in list(body.iter()):
        if (
            isinstance(each.tag, str)
            and each.tag.startswith(TEXT)
            and each.tag.removeprefix(TEXT) not in _KNOWN
            and len(each) == 0
            and (each.text or "").strip()
            and next(each.iterancestors(TEXT + "p", TEXT + "h"), None) is not None
        ):
            replaced(each, each.text or "")


def headings_out_of_lists(body: Element) -> None:
    """Numbered headings stand in lists of their own; they are headings all the same."""
    for each in tagged(body, "list"):
        inner = list(each.iter(TEXT + "p", TEXT + "h"))
        if inner and all(one.tag == TEXT + "h" for one in inner) and each.getparent() is not None:
            parent = each.getparent()
            at = parent.index(each)
            parent[at : at + 1] = inner


def counted(body: Element, content: Element, roots: list[Element]) -> dict[int, int]:
    """The numbers of the first items of lists: one may go on where another of its style has stopped."""
    starts: dict[str, int] = {}
    for root in (*roots, content):
        for style in root.iter(TEXT + "list-style"):
            level = style.find(TEXT + "list-level-style-number")
            starts[style.get(STYLE + "name", "")] = integer(
                level.get(TEXT + "start-value") if level is not None else ""
            )
    counts: dict[int, int] = {}
    last: dict[str, int] = {}
    for each in tagged(body, "list"):
        if next(each.iterancestors(TEXT + "list"), None) is not None:
            continue
        name = each.get(TEXT + "style-name", "")
        goes_on = (
            each.get(TEXT + "continue-numbering") == "true" or each.get(TEXT + "continue-list") is not None
        )
        count = last.get(name, starts.get(name, 1) - 1) if goes_on else starts.get(name, 1) - 1
        for item in each.findall(TEXT + "list-item"):
            said = item.get(TEXT + "start-value")
            count = integer(said) if said else count + 1
            first = next(iter(item.iter(TEXT + "p")), None)
            if first is not None:
                counts[int(first.get(NUMBER, "0"))] = count
        last[name] = count
    return counts


def integer(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 1


def letters(element: Element) -> Iterator[str]:
    """The words of a paragraph as they stand, notes left out."""
    yield element.text or ""
    for child in element:
        if child.tag == TEXT + "s":
            yield " " * min(integer(child.get(TEXT + "c")), 100)
        elif child.tag == TEXT + "tab":
            yield "\t"
        elif child.tag == TEXT + "line-break":
            yield "\n"
        elif child.tag != TEXT + "note" and isinstance(child.tag, str):
            yield from letters(child)
        yield child.tail or ""
