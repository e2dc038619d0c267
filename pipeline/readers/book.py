"""An EPUB → Publication, by way of pandoc: its spine in order, its notes where they are called.

The book's own contents, covers and page numbers go; every edition makes its own. The place of a block is its
number among all blocks of the spine, from 1.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

import msgspec
from lxml import etree

from pipeline import formats
from pipeline.errors import EngineError, SourceError
from pipeline.model import Change, Creator, Date, Metadata, Origin, Place, Publication, Rights
from pipeline.press import Press
from pipeline.readers import arranging, book_notes, markers, pandoc
from pipeline.readers.archives import Archive, packed
from pipeline.readers.book_notes import kinds
from pipeline.readers.markdown import identifier
from pipeline.readers.masthead import creator, day_of
from pipeline.readers.numbered import Numbered, illustrated
from pipeline.readers.opened import Shown
from pipeline.readers.xmltree import Element, removed, replaced
from pipeline.readers.xmltree import name as tag
from pipeline.sources import Source

_CONTAINER = "META-INF/container.xml"
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[0-9A-Fa-f]+);)(\w+);")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
_BLOCKS = (
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "dt",
    "dd",
    "td",
    "th",
    "div",
    "blockquote",
    "figcaption",
    "caption",
)
_APART = {"toc", "landmarks", "page-list", "doc-toc", "doc-pagelist", "lot", "loi", "index"}
_COVERS = {"cover", "titlepage", "halftitlepage", "doc-cover"}
_LEAST_DOCUMENT = b"<html xmlns='http://www.w3.org/1999/xhtml'><head><title>-</title></head><body/></html>"
_TITLE_PAGE_WORDS = 60


class _Book(msgspec.Struct):
    """The spine as read, and what the package says. Mutable: it is edited on the way."""

    package: Element
    folder: str
    documents: dict[str, Element]
    order: list[str]


def read(source: Source, press: Press) -> Publication:
    """Read an EPUB 2 or 3. Raises SourceError if it is damaged, locked, or none."""
    archive = Archive(source.data, source.name)
    if "META-INF/encryption.xml" in archive and b"CipherReference" in archive["META-INF/encryption.xml"]:
        names = re.findall(rb'URI="([^"]+)"', archive["META-INF/encryption.xml"])
        if any(name.lower().endswith((b"html", b"htm", b"xml")) for name in names):
            raise SourceError(f"{source.name}: this book is locked", "take a copy without copy protection")
    book = _opened(archive, source.name)
    changes: list[Change] = []
    shown: list[Shown] = []
    about = _about(book.package, source, press)
    number = 1
    for name in book.order:
        number = _numbered(book.documents[name], number)
    _cleared(book, about, changes)
    why = "each edition numbers its notes anew"
    changes += (
        Change("notes", Place(at, at), mark, "", why) for at, mark in book_notes.moved(book.documents) if mark
    )
    for name in book.order:
        _pictures(book.documents[name], name, archive, shown)
        _marked(book.documents[name])
    try:
        tree = pandoc.tree(_packed(book), "epub")
    except EngineError as error:
        raise SourceError(
            f"{source.name}: this book is damaged ({error})", "take another copy of it, or save it again"
        ) from error
    walk = Numbered(shown)
    body = arranging.plainer(walk.blocks(markers.found(tree["blocks"])))
    why = "the package of the book says so"
    told = (Change("masthead", Place(), "", f"title: {about.title}", why),) if about.title else ()
    publication = Publication(about, body, notes=tuple(walk.notes), ledger=(*changes, *walk.changes, *told))
    return illustrated(publication, walk.resources)


def _opened(archive: Archive, name: str) -> _Book:
    wrong = SourceError(f"{name}: this archive holds no book", "take another copy of it")
    if _CONTAINER not in archive:
        raise wrong
    path = next((each.get("full-path", "") for each in archive.xml(_CONTAINER).iter("{*}rootfile")), "")
    if path not in archive:
        raise wrong
    package = parsed(archive[path], name)
    folder = posixpath.dirname(path)
    items = {each.get("id"): each for each in package.iter("{*}item")}
    documents: dict[str, Element] = {}
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        member = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        if member in archive and "html" in item.get("media-type", ""):
            documents[member] = parsed(archive[member], name)
    if not documents:
        raise wrong
    return _Book(package, folder, documents, list(documents))


def parsed(data: bytes, name: str) -> Element:
    """XHTML, however it is written: no entity but HTML's own is known, no document type is followed."""
    encoding = re.match(rb"<\?xml[^>]*encoding=[\"']([\w-]+)", data)
    try:
        text = data.decode(encoding[1].decode() if encoding else "utf-8-sig")
    except (UnicodeDecodeError, LookupError):
        text = data.decode("utf-8", "replace")
    text = re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", _DOCTYPE.sub("", text))
    text = _ENTITY.sub(lambda found: html.escape(html.unescape(found.group())), text)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise SourceError(f"{name}: a document in this book is damaged", "take another copy of it")
    return root


def _said(package: Element, name: str) -> list[str]:
    found = package.iter("{http://purl.org/dc/elements/1.1/}" + name)
    return [" ".join(each.text.split()) for each in found if each.text and each.text.strip()]


def _about(package: Element, source: Source, press: Press) -> Metadata:
    refined = {
        (each.get("refines") or "").lstrip("#"): (each.text or "").strip()
        for each in package.iter("{*}meta")
        if each.get("property") == "role"
    }
    creators: list[Creator] = []
    for kind, usual in (("creator", "aut"), ("contributor", "ctb")):
        for each in package.iter("{http://purl.org/dc/elements/1.1/}" + kind):
            role = (
                each.get("{http://www.idpf.org/2007/opf}role")
                or refined.get(each.get("id", "-"), "")
                or usual
            )
            if each.text and each.text.strip() and role in ("aut", "edt", "trl", "ill", "aui"):
                creators.append(msgspec.structs.replace(creator(" ".join(each.text.split())), role=role))
    titles, languages, rights = _said(package, "title"), _said(package, "language"), _said(package, "rights")
    days: list[Date] = [day for said in _said(package, "date") if (day := day_of(said[:10]))]
    return Metadata(
        title=titles[0] if titles else "",
        subtitle=titles[1] if len(titles) > 1 else "",
        identifier=identifier(source.sha256),
        language=languages[0] if languages and languages[0] != "und" else press.language,
        creators=tuple(dict.fromkeys(creators)),
        dates=tuple(days[:1]),
        rights=Rights(rights[0]) if rights else None,
        subjects=tuple(_said(package, "subject")),
        description=(_said(package, "description") or [""])[0],
        origin=Origin(source.name, source.media_type, source.sha256),
    )


def _numbered(root: Element, first: int) -> int:
    for each in root.iter():
        if tag(each) in _BLOCKS:
            each.set("data-n", str(first))
            first += 1
    return first


def _place(element: Element) -> Place:
    first = next((each for each in element.iter() if each.get("data-n")), None)
    number = int(first.get("data-n", "0")) if first is not None else 0
    return Place(number, number)


def _cleared(book: _Book, about: Metadata, changes: list[Change]) -> None:
    """Contents, page numbers and the title page of another edition."""
    known = set(
        re.findall(
            r"\w+", f"{about.title} {about.subtitle} {' '.join(c.name for c in about.creators)}".lower()
        )
    )
    _repeated(book, known, changes)
    for root in book.documents.values():
        for each in list(root.iter()):
            role = kinds(each)
            said = " ".join("".join(each.itertext()).split()) if tag(each) else ""
            if tag(each) in ("nav", "script", "style", "head") or role & _APART:
                why, rule = "each edition makes its own table of contents", "contents"
            elif role & {"pagebreak", "doc-pagebreak"}:
                why, rule = "the pages are those of another edition", "furniture"
            elif (
                role & _COVERS
                and len(said.split()) <= _TITLE_PAGE_WORDS
                and (
                    len(known & set(re.findall(r"\w+", said.lower()))) * 2
                    >= len(set(re.findall(r"\w+", said.lower())))
                )
            ):
                why, rule = "each edition has a cover and a title page of its own", "masthead"
            else:
                continue
            if said and tag(each) not in ("head", "script", "style"):
                changes.append(Change(rule, _place(each), said, "", why))
            book_notes.emptied(each) if tag(each) in ("body", "html") else removed(each)


def _repeated(book: _Book, known: set[str], changes: list[Change]) -> None:
    """The blocks that the text opens with, as long as they only say title and makers again."""
    for name in book.order:
        for each in list(book.documents[name].iter()):
            said = (
                set(re.findall(r"\w+", "".join(each.itertext()).lower())) if tag(each) in _BLOCKS else set()
            )
            if not said or tag(each) in ("div", "blockquote"):
                continue
            if not said <= known:
                return
            why = "each edition has a cover and a title page of its own"
            changes.append(
                Change("masthead", _place(each), " ".join("".join(each.itertext()).split()), "", why)
            )
            removed(each)


def _pictures(root: Element, name: str, archive: Archive, shown: list[Shown]) -> None:
    """A marker for each picture."""
    for each in list(root.iter("{*}img", "{*}image")):
        href = each.get("src") or each.get("{http://www.w3.org/1999/xlink}href") or each.get("href") or ""
        member = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(href)))
        said = (each.get("alt", ""), each.get("title", ""))
        shown.append(Shown(posixpath.basename(member), archive.get(member), said))
        whole = next((one for one in each.iterancestors("{*}svg")), each)
        replaced(whole, markers.picture(len(shown)))


def _marked(root: Element) -> None:
    """A marker in each block that has words of its own."""
    for each in root.iter():
        number = each.get("data-n")
        if number and (_own_words(each)):
            each.text = markers.paragraph(int(number)) + (each.text or "").lstrip()
        if number:
            del each.attrib["data-n"]


def _own_words(element: Element) -> bool:
    if any(
        tag(child) in _BLOCKS or tag(child) in ("ul", "ol", "table", "section", "aside") for child in element
    ):
        return bool(element.text and element.text.strip())
    return bool("".join(element.itertext()).strip())


def _packed(book: _Book) -> bytes:
    """A book of the spine alone: what pandoc needs, and nothing that it could lose its way in."""
    items = "".join(
        f'<item id="d{n}" href="d{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n, _ in enumerate(book.order)
    )
    spine = "".join(f'<itemref idref="d{n}"/>' for n, _ in enumerate(book.order))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>-</dc:title></metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
        '<rootfile full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    members = {"mimetype": formats.EPUB.encode(), _CONTAINER: container.encode(), "p.opf": package.encode()}
    for number, name in enumerate(book.order):
        members[f"d{number}.xhtml"] = etree.tostring(
            book.documents[name], xml_declaration=True, encoding="UTF-8"
        )
    return packed(members)


def spoken(source: Source) -> Iterator[tuple[str, int]]:
    """The words of each block of the spine, with its number."""
    book = _opened(Archive(source.data, source.name), source.name)
    number = 1
    for name in book.order:
        number = _numbered(book.documents[name], number)
        for each in book.documents[name].iter():
            at = each.get("data-n")
            if at:
                yield "".join(_own(each)), int(at)


def _own(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if tag(child) not in _BLOCKS and not child.get("data-n"):
            # A mark of a note stands close to a word, and is none of its letters.
            gap = " " if tag(child) in ("a", "sup") else ""
            yield from (gap, *_own(child), gap) if gap else _own(child)
        yield child.tail or ""
