"""An OpenDocument text (.odt) → what pandoc is to read of it, with the look of every paragraph and all pictures."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from pipeline.errors import SourceError
from pipeline.model import Change
from pipeline.readers import markers
from pipeline.readers.archives import Archive, packed
from pipeline.readers.looks import Look, Where
from pipeline.readers.opendocument_edits import (
    NUMBER,
    counted,
    fields,
    frames,
    headings_out_of_lists,
    integer,
    letters,
    unprinted,
)
from pipeline.readers.opendocument_styles import FO, STYLE, TEXT, Styles, points
from pipeline.readers.opened import Opened, Shown, properties
from pipeline.readers.xmltree import Element, without

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"


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
        paragraph.set(NUMBER, str(number))
    changes: list[Change] = []
    shown: list[Shown] = []
    unprinted(body, styles, changes)
    boxed = frames(body, archive, shown)
    fields(body, changes)
    headings_out_of_lists(body)
    counts = counted(body, content, roots)
    looks = []
    fresh = False
    for paragraph in list(body.iter(TEXT + "p", TEXT + "h")):
        fresh = fresh or _begins_page(paragraph, styles)
        look = _look(paragraph, styles, boxed, counts, fresh=fresh)
        fresh = (fresh and look is None) or styles.value(
            paragraph, "paragraph-properties", FO + "break-after"
        ) == "page"
        if look is not None:
            looks.append(look)
    members = {kept: archive[kept] for kept in ("mimetype", "META-INF/manifest.xml") if kept in archive}
    members["content.xml"] = etree.tostring(content, xml_declaration=True, encoding="UTF-8")
    if roots:
        members["styles.xml"] = etree.tostring(roots[0])
    members.setdefault("META-INF/manifest.xml", b"<manifest/>")
    return Opened(
        packed(members), tuple(looks), tuple(shown), tuple(changes), properties(archive, "meta.xml")
    )


def _manifest(archive: Archive) -> Element | None:
    """The manifest; old ones name a document type, which is not followed."""
    try:
        return archive.xml("META-INF/manifest.xml")
    except SourceError:
        return None


def _begins_page(paragraph: Element, styles: Styles) -> bool:
    if styles.value(paragraph, "paragraph-properties", FO + "break-before") == "page":
        return True
    style = next(iter(styles._chain("paragraph", paragraph.get(TEXT + "style-name"))), None)
    return bool(style is not None and style.get(STYLE + "master-page-name"))


def _look(
    paragraph: Element, styles: Styles, boxed: set[int], counts: dict[int, int], *, fresh: bool
) -> Look | None:
    """How it looks, and the same paragraph made ready for pandoc: with its marker and without its style."""
    words = "".join(letters(paragraph))
    number = int(paragraph.get(NUMBER, "0"))
    if not words.strip():
        without(paragraph, TEXT + "style-name")
        return None
    names = styles.names(paragraph)
    sizes: Counter[float] = Counter()
    bold: list[bool] = []
    for element in paragraph.iter():
        if next(element.iterancestors(TEXT + "note"), None) is not None or element.tag == TEXT + "note":
            continue
        for text, holder in (
            (element.text, element),
            (element.tail if element is not paragraph else "", element.getparent()),
        ):
            if text and text.strip():
                sizes[styles.size(holder)] += len(text.strip())
                bold.append(
                    styles.text_value(holder, FO + "font-weight") in ("bold", "600", "700", "800", "900")
                )
    outline = paragraph.get(TEXT + "outline-level") if paragraph.tag == TEXT + "h" else None
    level = integer(outline) if paragraph.tag == TEXT + "h" else styles.outline(paragraph)
    listed = next(paragraph.iterancestors(TEXT + "list-item", TEXT + "list-header"), None) is not None
    stops = styles.tab_stops(paragraph)
    dotted = any(
        each.get(STYLE + "leader-style", "none") != "none" or each.get(STYLE + "leader-char")
        for each in stops
    )
    look = Look(
        number=number,
        text=markers.bare(words),
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
