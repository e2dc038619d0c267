"""An OpenDocument text (.odt) → what pandoc is to read of it, with the look of every paragraph and all pictures."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from pipeline.errors import SourceError
from pipeline.model import Change, Place
from pipeline.readers import markers
from pipeline.readers.archives import Archive, packed
from pipeline.readers.looks import Look, Where
from pipeline.readers.opened import Opened, Shown, properties
from pipeline.readers.opendocument_styles import FO, STYLE, TEXT, Element, Styles, points

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_NUMBER = "n"

_LISTS = ("table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index")
_NO_RESULT = ("page-number", "page-count", "page-continuation", "hidden-text", "placeholder", "sheet-name",
              "bookmark-start", "bookmark-end", "toc-mark", "soft-page-break")  # fmt: skip
_KNOWN = ("span", "a", "s", "tab", "line-break", "note", "ruby", "ruby-base", "ruby-text", "list", "list-item",
          "list-header", "p", "h", "section", "note-body", "note-citation", "numbered-paragraph")  # fmt: skip
_SHAPES = ("rect", "ellipse", "circle", "line", "polyline", "polygon", "path", "custom-shape", "connector",
           "regular-polygon", "caption", "measure", "control", "g")  # fmt: skip


def opened(archive: Archive, name: str) -> Opened:
    """Everything that is to be known of a document. Raises SourceError if it is none, or locked."""
    if "content.xml" not in archive:
        raise SourceError(f"{name}: this archive holds no OpenDocument text", "save it again as .odt")
    if "META-INF/manifest.xml" in archive:
        manifest = _manifest(archive)
        if manifest is not None and next(manifest.iter(_MANIFEST + "encryption-data"), None) is not None:
            raise SourceError(
                f"{name}: this is locked with a password", "open it, take the password off, save it again"
            )
    content = archive.xml("content.xml")
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise SourceError(f"{name}: this OpenDocument file holds no text", "save it again as .odt")
    roots = [archive.xml("styles.xml")] if "styles.xml" in archive else []
    styles = Styles(*roots, content)
    for number, paragraph in enumerate(body.iter(TEXT + "p", TEXT + "h"), 1):
        paragraph.set(_NUMBER, str(number))
    changes: list[Change] = []
    shown: list[Shown] = []
    _unprinted(body, styles, changes)
    boxed = _frames(body, archive, shown)
    _fields(body, changes)
    _headings_out_of_lists(body)
    counts = _counted(body, content, roots)
    looks = []
    fresh = False
    for paragraph in list(body.iter(TEXT + "p", TEXT + "h")):
        fresh = fresh or _begins_page(paragraph, styles)
        look = _look(paragraph, styles, boxed, counts, fresh=fresh)
        fresh = fresh and look is None or styles.value(paragraph, "paragraph-properties", FO + "break-after") == "page"
        if look is not None:
            looks.append(look)
    members = {kept: archive[kept] for kept in ("mimetype", "META-INF/manifest.xml") if kept in archive}
    members["content.xml"] = etree.tostring(content, xml_declaration=True, encoding="UTF-8")
    if roots:
        members["styles.xml"] = etree.tostring(roots[0])
    members.setdefault("META-INF/manifest.xml", b"<manifest/>")
    return Opened(packed(members), tuple(looks), tuple(shown), tuple(changes), properties(archive, "meta.xml"))


def _manifest(archive: Archive) -> Element | None:
    """The manifest; old ones name a document type, which is not followed."""
    try:
        return archive.xml("META-INF/manifest.xml")
    except SourceError:
        return None


def _place(element: Element | None) -> Place:
    while element is not None:
        if (number := element.get(_NUMBER)) is not None:
            return Place(int(number), int(number))
        element = element.getparent()
    return Place()


def _words(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _replaced(element: Element, words: str) -> None:
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


def _dropped(elements: list[Element], rule: str, why: str, changes: list[Change]) -> None:
    for each in elements:
        if each.getparent() is None:
            continue
        said = _words(each)
        if said:
            first = next(iter(each.iter(TEXT + "p", TEXT + "h")), each)
            changes.append(Change(rule, _place(first), said, "", why))
        _replaced(each, "")


def _tagged(root: Element, *names: str, space: str = TEXT) -> list[Element]:
    return list(root.iter(*(space + name for name in names)))


def _unprinted(body: Element, styles: Styles, changes: list[Change]) -> None:
    """What a reader of the printed page never sees: deletions, comments, hidden words, lists of contents."""
    _dropped(_tagged(body, "tracked-changes"), "tracked-changes", "words that were deleted", changes)
    _dropped(_tagged(body, "annotation", space=_OFFICE), "comments", "a comment is no part of the text", changes)
    for each in [*_tagged(body, "change", "change-start", "change-end"), *_tagged(body, "annotation-end", space=_OFFICE)]:
        _replaced(each, "")
    _dropped(_tagged(body, *_LISTS), "contents", "each edition makes its own table of contents", changes)
    hidden = [each for each in _tagged(body, "section") if each.get(TEXT + "display") == "none"]
    hidden += [each.getparent() for each in _tagged(body, "hidden-paragraph") if each.get(TEXT + "is-hidden") == "true"]
    hidden += [
        each
        for each in _tagged(body, "span", "p", "h")
        if styles.text_value(each, TEXT + "display") == "none"
    ]
    _dropped(hidden, "hidden-text", "the document does not print hidden text", changes)


def _frames(body: Element, archive: Archive, shown: list[Shown]) -> set[int]:
    """A marker for each picture; text boxes after the paragraph that they are anchored in; drawings go.

    The numbers of the paragraphs in boxes; a box in a paragraph without words is running text.
    """
    boxed: set[int] = set()
    # From the last to the first, so that boxes in one paragraph keep their order, and the inner go before the outer.
    frames = list(reversed([*body.iter(_DRAW + "frame", *(_DRAW + shape for shape in _SHAPES))]))
    pictures = [frame for frame in frames if frame.find(_DRAW + "image") is not None]
    for frame in reversed(pictures):
        images = [each.get(_XLINK + "href", "") for each in frame.findall(_DRAW + "image")]
        members = [posixpath.normpath(each.removeprefix("./")) for each in images]
        there = [member for member in members if member in archive]
        said = tuple(
            " ".join(each.itertext()) for each in frame if each.tag in (_SVG + "desc", _SVG + "title", _DC + "title")
        )
        member = next((each for each in there if each.lower().endswith((".png", ".jpg", ".jpeg", ".gif"))), None)
        member = member or (there[0] if there else "")
        shown.append(Shown(posixpath.basename(member), archive[member] if member else None, said))
        frame.set("picture", str(len(shown)))
    for frame in frames:
        if frame.getparent() is None:
            continue
        number = frame.get("picture")
        box = frame.find(_DRAW + "text-box")
        inside = list(box) if box is not None else [each for each in frame if each.tag in (TEXT + "p", TEXT + "list")]
        anchor = next(frame.iterancestors(TEXT + "p", TEXT + "h"), None)
        if number is not None and anchor is None:
            made = etree.Element(TEXT + "p")
            made.text = markers.picture(int(number))
            made.tail, frame.tail = frame.tail, None
            frame.addprevious(made)
            frame.getparent().remove(frame)
            continue
        _replaced(frame, markers.picture(int(number)) if number is not None else "")
        if anchor is not None and "".join(_letters(anchor)).strip() and not _caption(inside):
            boxed |= {int(each.get(_NUMBER, "0")) for part in inside for each in part.iter(TEXT + "p", TEXT + "h")}
        for each in reversed(inside):
            if anchor is not None and _words(each):
                anchor.addnext(each)
    return boxed


def _caption(inside: list[Element]) -> bool:
    """Whether a box holds a picture, with its caption."""
    return any("\U000f0001" in "".join(each.itertext()) for each in inside)


def _fields(body: Element, changes: list[Change]) -> None:
    """Fields are their results, as words; page numbers have none."""
    for each in _tagged(body, *_NO_RESULT):
        _replaced(each, "")
    for each in list(body.iter()):
        if (
            isinstance(each.tag, str)
            and each.tag.startswith(TEXT)
            and each.tag.removeprefix(TEXT) not in _KNOWN
            and len(each) == 0
            and (each.text or "").strip()
            and next(each.iterancestors(TEXT + "p", TEXT + "h"), None) is not None
        ):
            _replaced(each, each.text or "")


def _headings_out_of_lists(body: Element) -> None:
    """Numbered headings stand in lists of their own; they are headings all the same."""
    for each in _tagged(body, "list"):
        inner = [one for one in each.iter(TEXT + "p", TEXT + "h")]
        if inner and all(one.tag == TEXT + "h" for one in inner) and each.getparent() is not None:
            parent = each.getparent()
            at = parent.index(each)
            parent[at : at + 1] = inner


def _counted(body: Element, content: Element, roots: list[Element]) -> dict[int, int]:
    """The numbers of the first items of lists: one may go on where another of its style has stopped."""
    starts: dict[str, int] = {}
    for root in (*roots, content):
        for style in root.iter(TEXT + "list-style"):
            level = style.find(TEXT + "list-level-style-number")
            starts[style.get(STYLE + "name", "")] = _integer(level.get(TEXT + "start-value") if level is not None else "")
    counts: dict[int, int] = {}
    last: dict[str, int] = {}
    for each in _tagged(body, "list"):
        if next(each.iterancestors(TEXT + "list"), None) is not None:
            continue
        name = each.get(TEXT + "style-name", "")
        goes_on = each.get(TEXT + "continue-numbering") == "true" or each.get(TEXT + "continue-list") is not None
        count = last.get(name, starts.get(name, 1) - 1) if goes_on else starts.get(name, 1) - 1
        for item in each.findall(TEXT + "list-item"):
            said = item.get(TEXT + "start-value")
            count = _integer(said) if said else count + 1
            first = next(iter(item.iter(TEXT + "p")), None)
            if first is not None:
                counts[int(first.get(_NUMBER, "0"))] = count
        last[name] = count
    return counts


def _integer(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 1


def _begins_page(paragraph: Element, styles: Styles) -> bool:
    if styles.value(paragraph, "paragraph-properties", FO + "break-before") == "page":
        return True
    style = next(iter(styles._chain("paragraph", paragraph.get(TEXT + "style-name"))), None)
    return bool(style is not None and style.get(STYLE + "master-page-name"))


def _letters(element: Element) -> Iterator[str]:
    """The words of a paragraph as they stand, notes left out."""
    yield element.text or ""
    for child in element:
        if child.tag == TEXT + "s":
            yield " " * min(_integer(child.get(TEXT + "c")), 100)
        elif child.tag == TEXT + "tab":
            yield "\t"
        elif child.tag == TEXT + "line-break":
            yield "\n"
        elif child.tag != TEXT + "note" and isinstance(child.tag, str):
            yield from _letters(child)
        yield child.tail or ""


def _look(
    paragraph: Element, styles: Styles, boxed: set[int], counts: dict[int, int], *, fresh: bool
) -> Look | None:
    """How it looks, and the same paragraph made ready for pandoc: with its marker and without its style."""
    words = "".join(_letters(paragraph))
    number = int(paragraph.get(_NUMBER, "0"))
    if not words.strip():
        paragraph.attrib.pop(TEXT + "style-name", None)
        return None
    names = styles.names(paragraph)
    sizes: Counter[float] = Counter()
    bold: list[bool] = []
    for element in paragraph.iter():
        if next(element.iterancestors(TEXT + "note"), None) is not None or element.tag == TEXT + "note":
            continue
        for text, holder in ((element.text, element), (element.tail if element is not paragraph else "", element.getparent())):
            if text and text.strip():
                sizes[styles.size(holder)] += len(text.strip())
                bold.append(styles.text_value(holder, FO + "font-weight") in ("bold", "600", "700", "800", "900"))
    outline = paragraph.get(TEXT + "outline-level") if paragraph.tag == TEXT + "h" else None
    level = _integer(outline) if paragraph.tag == TEXT + "h" else styles.outline(paragraph)
    listed = next(paragraph.iterancestors(TEXT + "list-item", TEXT + "list-header"), None) is not None
    stops = styles.tab_stops(paragraph)
    dotted = any(each.get(STYLE + "leader-style", "none") != "none" or each.get(STYLE + "leader-char") for each in stops)
    look = Look(
        number=number,
        text=words,
        where=_where(paragraph, number, boxed),
        style=names[0] if names else "",
        level=0 if listed else level,
        size=sizes.most_common(1)[0][0] if sizes else 12.0,
        bold=bool(bold) and all(bold),
        centred=styles.value(paragraph, "paragraph-properties", FO + "text-align") == "center",
        indent=points(styles.value(paragraph, "paragraph-properties", FO + "margin-left")),
        leader=bool(names and names[0].startswith("contents ")) or (dotted and "\t" in words.strip()),
        listed=listed,
        fresh=fresh,
        count=counts.get(number, 0),
    )
    # Without its style and as a paragraph: pandoc would take every indent for a quotation.
    paragraph.tag = TEXT + "p"
    paragraph.attrib.clear()
    paragraph.text = markers.paragraph(number) + (paragraph.text or "").lstrip()
    return look


def _where(paragraph: Element, number: int, boxed: set[int]) -> Where:
    if next(paragraph.iterancestors(TEXT + "note-body"), None) is not None:
        return "note"
    if number in boxed:
        return "box"
    return "cell" if next(paragraph.iterancestors(_TABLE + "table-cell"), None) is not None else "body"
