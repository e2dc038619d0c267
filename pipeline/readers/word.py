"""A Word document (.docx) → what pandoc is to read of it, with the look of every paragraph and all pictures.

Of the archive only the parts with words reach pandoc, edited so that it reads what Word prints.
"""

from __future__ import annotations

import posixpath
from collections import Counter

from lxml import etree

from pipeline.errors import SourceError
from pipeline.model import Change
from pipeline.readers import markers, word_edits
from pipeline.readers.archives import Archive, packed
from pipeline.readers.looks import Look, Where
from pipeline.readers.opened import Opened, Shown, properties
from pipeline.readers.word_edits import NUMBER, R, place, tagged, text
from pipeline.readers.word_numbers import Numbers
from pipeline.readers.word_styles import Styles, W, transitional
from pipeline.readers.xmltree import Element, without

_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_VML = "{urn:schemas-microsoft-com:vml}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_KEPT = ("[Content_Types].xml", "_rels/.rels")
_TWIPS = 20
"""Twentieths of a point, in which Word measures."""
_HEADINGS = 9


def main_part(archive: Archive) -> str:
    """The name of the part that holds the text; usually word/document.xml."""
    if "_rels/.rels" in archive:
        for each in archive.xml("_rels/.rels").iter(_PACKAGE + "Relationship"):
            if each.get("Type", "").endswith("/officeDocument"):
                return posixpath.normpath(each.get("Target", "").lstrip("/"))
    return "word/document.xml"


def opened(archive: Archive, name: str) -> Opened:
    """Everything that is to be known of a document. Raises SourceError if it is none."""
    main = main_part(archive)
    if main not in archive:
        raise SourceError(f"{name}: this archive holds no Word document", "save it again as .docx")
    folder = posixpath.dirname(main)
    parts = {
        kind: posixpath.join(folder, kind + ".xml")
        for kind in ("styles", "numbering", "footnotes", "endnotes", "comments")
    }
    roots = {kind: transitional(archive.xml(part)) for kind, part in parts.items() if part in archive}
    document = transitional(archive.xml(main))
    if document.tag != W + "document":
        raise SourceError(f"{name}: this archive holds no Word document", "save it again as .docx")
    styles = Styles(roots.get("styles"))
    numbers = Numbers(roots.get("numbering"))
    said = {
        each.get(W + "id", ""): word_edits.words(each)
        for each in (roots["comments"].iter(W + "comment") if "comments" in roots else ())
    }
    members = {kept: archive[kept] for kept in _KEPT if kept in archive}
    changes: list[Change] = []
    looks: list[Look] = []
    shown: list[Shown] = []
    first = 1
    for kind, part in (
        ("document", main),
        ("footnotes", parts["footnotes"]),
        ("endnotes", parts["endnotes"]),
    ):
        root = document if kind == "document" else roots.get(kind)
        if root is None:
            continue
        first = word_edits.numbered(root, first)
        _edited(root, styles, said, changes)
        fresh, boxed = word_edits.page_breaks(root), word_edits.boxes(root)
        targets = _targets(archive, part)
        _pictures(root, archive, targets, shown, changes)
        for paragraph in tagged(root, "p"):
            where = "note" if kind != "document" else _where(paragraph, boxed)
            look = _look(paragraph, styles, numbers, where, fresh)
            if look is not None:
                looks.append(look)
        members[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
        relations = _relations(part)
        if relations in archive:
            members[relations] = _without_pictures(archive.xml(relations))
    for kind in ("styles", "numbering"):
        if kind in roots:
            members[parts[kind]] = etree.tostring(roots[kind])
    _furniture(archive, folder, changes)
    return Opened(
        packed(members), tuple(looks), tuple(shown), tuple(changes), properties(archive, "docProps/core.xml")
    )


def _edited(root: Element, styles: Styles, said: dict[str, str], changes: list[Change]) -> None:
    """All that makes pandoc read what Word prints. The order matters: what is drawn twice is one thing first."""
    word_edits.alternatives(root)
    word_edits.tracked_changes(root, changes)
    word_edits.contents_parts(root, changes)
    word_edits.comments(root, said, changes)
    word_edits.fields(root, changes)
    word_edits.hidden(root, styles, changes)
    word_edits.own_marks(root)
    word_edits.grids(root)


def _relations(part: str) -> str:
    return posixpath.join(posixpath.dirname(part), "_rels", posixpath.basename(part) + ".rels")


def _targets(archive: Archive, part: str) -> dict[str, str]:
    """The members that a part refers to, by id; what lies outside the archive is not among them."""
    if _relations(part) not in archive:
        return {}
    return {
        each.get("Id", ""): posixpath.normpath(
            posixpath.join("/", posixpath.dirname(part), each.get("Target", ""))
        ).lstrip("/")
        for each in archive.xml(_relations(part)).iter(_PACKAGE + "Relationship")
        if each.get("TargetMode") != "External"
    }


def _without_pictures(relations: Element) -> bytes:
    """Only links to the outside are left: pandoc needs them for the addresses, and nothing else."""
    for each in list(relations):
        if each.get("Type", "").rpartition("/")[2] not in (
            "hyperlink", "styles", "numbering", "footnotes", "endnotes", "settings",
        ):  # fmt: skip
            relations.remove(each)
    return etree.tostring(relations)


def _pictures(
    root: Element, archive: Archive, targets: dict[str, str], shown: list[Shown], changes: list[Change]
) -> None:
    """A marker for each picture, in a run of its own where the picture stood."""
    for drawing in tagged(root, "drawing", "pict", "object"):
        references = [each.get(R + "embed") for each in drawing.iter(_A + "blip")]
        references += [each.get(R + "id") for each in drawing.iter(_VML + "imagedata")]
        tells = list(drawing.iter(_WP + "docPr", _VML + "shape"))
        said = tuple(
            each.get(key, "") for each in tells for key in ("descr", "title", "alt") if each.get(key)
        )
        run = next(drawing.iterancestors(W + "r"), None)
        if run is None:
            continue
        before = run
        for reference in references:
            member = targets.get(reference or "", "")
            data = archive.get(member)
            shown.append(Shown(posixpath.basename(member), data, said))
            made = word_edits.run(markers.picture(len(shown)))
            before.addnext(made)
            before = made
        if not references and drawing.find(f".//{_A}graphicData") is not None:
            kind = drawing.find(f".//{_A}graphicData").get("uri", "").rpartition("/")[2]
            if kind in ("chart", "diagram"):
                shown.append(Shown(f"a {kind}", None, said))
                run.addnext(word_edits.run(markers.picture(len(shown))))
        word_edits.removed(drawing)


def _where(paragraph: Element, boxed: set[int]) -> Where:
    if int(paragraph.get(NUMBER, "0")) in boxed:
        return "box"
    return "cell" if next(paragraph.iterancestors(W + "tc"), None) is not None else "body"


def _look(paragraph: Element, styles: Styles, numbers: Numbers, where: Where, fresh: set[int]) -> Look | None:
    """How it looks, and the same paragraph made ready for pandoc: with its marker and without its style."""
    words = text(paragraph)
    math = next(paragraph.iter(_MATH + "t"), None) is not None
    label = numbers.label(paragraph, styles)
    number = int(paragraph.get(NUMBER, "0"))
    if not words.strip() and not math and next(paragraph.iter(W + "sym"), None) is None:
        _ready(paragraph, None, listed=False, code=False)
        return None
    runs = [(run, len(text(run).strip())) for run in paragraph.iter(W + "r")]
    sizes: Counter[float] = Counter()
    for run, length in runs:
        sizes[styles.size(paragraph, run)] += length
    names = styles.names(paragraph)
    level = _level(paragraph, styles, names, words)
    simple = label is not None and label.simple and not level
    if label is not None and not label.simple and not level:
        at = 1 if len(paragraph) and paragraph[0].tag == W + "pPr" else 0
        paragraph.insert(at, word_edits.run(f"{label.words} "))
    tabs = [(each.get(W + "val"), each.get(W + "leader")) for each in paragraph.iter(W + "tab")]
    look = Look(
        number=number,
        text=markers.bare(words),
        where=where,
        style=names[0] if names else "",
        level=level,
        size=sizes.most_common(1)[0][0],
        bold=all(styles.is_on(paragraph, run, "b") for run, length in runs if length),
        centred=styles.paragraph_value(paragraph, "jc") == "center",
        indent=_indent(paragraph, styles),
        leader=_is_leader(names, tabs, words),
        listed=simple,
        count=label.count if simple and label else 0,
        fresh=number in fresh,
    )
    _ready(paragraph, number, listed=simple, code=False, key=_list_key(paragraph, styles))
    return look


def _level(paragraph: Element, styles: Styles, names: list[str], words: str) -> int:
    for name in names:
        kind, _, rank = name.rpartition(" ")
        if kind in (
            "heading",
            "überschrift",
            "titre",
            "título",
            "titolo",
            "kop",
            "заголовок",
            "nagłówek",
        ) and (rank.isdigit() and 1 <= int(rank) <= _HEADINGS):
            return int(rank)
    outline = styles.paragraph_value(paragraph, "outlineLvl")
    if outline and outline.isdigit() and int(outline) < _HEADINGS and len(words.split()) <= 20:
        return int(outline) + 1
    return 0


def _is_leader(names: list[str], tabs: list[tuple[str | None, str | None]], words: str) -> bool:
    if names and names[0].startswith(("toc ", "table of ")):
        return True
    stops = [(kind, leader) for kind, leader in tabs if kind]
    dotted = any(leader not in (None, "none") for _, leader in stops)
    return dotted or ("\t" in words.strip() and any(kind in ("right", "end") for kind, _ in stops))


def _indent(paragraph: Element, styles: Styles) -> float:
    left = 0
    for key in ("left", "start"):
        said = styles.paragraph_value(paragraph, "ind", key)
        if said and said.lstrip("-").isdigit():
            left = int(said)
            break
    hanging = styles.paragraph_value(paragraph, "ind", "hanging")
    return (left - (int(hanging) if hanging and hanging.isdigit() else 0)) / _TWIPS


def _list_key(paragraph: Element, styles: Styles) -> tuple[str, str]:
    return (
        styles.paragraph_value(paragraph, "numPr/numId") or "0",
        styles.paragraph_value(paragraph, "numPr/ilvl") or "0",
    )


def _ready(
    paragraph: Element, number: int | None, *, listed: bool, code: bool, key: tuple[str, str] = ("0", "0")
) -> None:
    """For pandoc: no style, indent or tab stop from which it would guess; the list, if it is one; the marker."""
    old = paragraph.find(W + "pPr")
    if old is not None:
        paragraph.remove(old)
    if listed:
        properties = etree.SubElement(etree.Element(W + "p"), W + "pPr")
        numbering = etree.SubElement(properties, W + "numPr")
        etree.SubElement(numbering, W + "ilvl").set(W + "val", key[1])
        etree.SubElement(numbering, W + "numId").set(W + "val", key[0])
        paragraph.insert(0, properties)
    if number is not None:
        paragraph.insert(1 if listed else 0, word_edits.run(markers.paragraph(number)))
    without(paragraph, NUMBER)


def _furniture(archive: Archive, folder: str, changes: list[Change]) -> None:
    """Running heads and feet: every edition has its own. What they said is told once each."""
    told: set[str] = set()
    for member in archive:
        base = posixpath.basename(member)
        if (
            posixpath.dirname(member) == folder
            and base.startswith(("header", "footer"))
            and base.endswith(".xml")
        ):
            said = word_edits.words(archive.xml(member))
            if said and said not in told:
                told.add(said)
                why = "each edition has running heads and page numbers of its own"
                changes.append(Change("furniture", place(etree.Element("none")), said, "", why))
