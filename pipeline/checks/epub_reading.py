"""Bytes of an EPUB → its package, its pages and its words, as they stand in the finished file.

Codes epub-001 to epub-004, epub-009 and epub-011 are told here; `pipeline.checks.epub` documents them all.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections import Counter
from urllib.parse import unquote

import msgspec
from lxml import etree

from pipeline.findings import Finding

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"

_INLINE = {"a", "em", "strong", "span", "sup", "sub", "code", "img", "br"}
_APART = {"cover", "titlepage", "colophon"}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, struct.error)
"""What `zipfile` raises, in turn, over bytes that are no sound archive (NotImplementedError is a RuntimeError)."""


class Reading(msgspec.Struct, frozen=True):
    """The author's words in an ebook, one string for each block that holds no other, in reading order.

    text        front matter, sections and notes
    provenance  what the colophon quotes from the source
    """

    text: tuple[str, ...] = ()
    provenance: tuple[str, ...] = ()


class Page(msgspec.Struct):
    """A content document and what one walk through it found."""

    name: str
    root: etree._Element
    ids: Counter[str]
    elements: list[etree._Element]

    def kinds(self) -> set[str]:
        """The epub:types of what stands right in the body."""
        return {kind for element in self.root.iterfind(f"{XHTML}body/*") for kind in types(element)}

    def leads_to(self, address: str) -> tuple[str, str]:
        """The file and the id that an internal address names."""
        path, _, fragment = address.partition("#")
        folder = posixpath.dirname(self.name)
        return posixpath.normpath(posixpath.join(folder, unquote(path))) if path else self.name, unquote(
            fragment
        )


class Book(msgspec.Struct):
    """A book taken apart; what could not be is told in `findings`."""

    findings: list[Finding]
    names: list[str] = []
    files: dict[str, bytes] = {}
    package: etree._Element | None = None
    folder: str = ""
    manifest: dict[str, etree._Element] = {}
    pages: dict[str, Page] = {}
    spine: list[str] = []
    nav: str = ""


def error(number: int, where: str, message: str) -> Finding:
    return Finding(f"epub-{number:03}", "error", where, message)


def opened(epub: bytes) -> Book:
    book = Book([])
    try:
        with zipfile.ZipFile(io.BytesIO(epub)) as archive:
            members = archive.infolist()
            book.names = [member.filename for member in members]
            book.files = {member.filename: archive.read(member) for member in members}
    except _BROKEN as broken:
        book.findings.append(error(1, "the archive", f"It cannot be read: {broken}."))
        return book
    first = members[0] if members else None
    if (
        not first
        or first.filename != "mimetype"
        or first.compress_type != zipfile.ZIP_STORED
        or first.extra
        or (book.files["mimetype"] != b"application/epub+zip")
    ):
        book.findings.append(
            error(2, "mimetype", "It is not the first file, stored, and application/epub+zip.")
        )
    container = _parsed("META-INF/container.xml", book)
    rootfile = container.find(f".//{_CONTAINER}rootfile") if container is not None else None
    path = (rootfile.get("full-path") if rootfile is not None else None) or ""
    if path not in book.files:
        book.findings.append(
            error(3, "META-INF/container.xml", "It names no package document that is there.")
        )
        return book
    book.package = _parsed(path, book)
    if book.package is None:
        return book
    book.folder = posixpath.dirname(path)
    for item in book.package.iterfind(f"{OPF}manifest/{OPF}item"):
        name = posixpath.normpath(posixpath.join(book.folder, unquote(item.get("href") or "")))
        if name in book.manifest:
            book.findings.append(error(9, name, "The manifest lists it twice."))
        book.manifest[name] = item
        if "nav" in (item.get("properties") or "").split():
            book.nav = name
        if item.get("media-type", "").endswith("xml") and name in book.files:
            root = _parsed(name, book)
            if root is not None and item.get("media-type") == "application/xhtml+xml":
                elements = list(root.iter())
                ids = Counter(found for element in elements if (found := element.get("id")) is not None)
                book.pages[name] = Page(name, root, ids, elements)
    by_id = {item.get("id"): name for name, item in book.manifest.items()}
    for reference in book.package.iterfind(f"{OPF}spine/{OPF}itemref"):
        read = by_id.get(reference.get("idref"))
        if read is None:
            book.findings.append(
                error(11, path, f"The spine names {reference.get('idref')}, which is not there.")
            )
        else:
            book.spine.append(read)
    return book


def _parsed(name: str, book: Book) -> etree._Element | None:
    # A parser of its own for each file: no entity is resolved, nothing fetched.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(book.files[name], parser)
    except KeyError:
        return None
    except (etree.XMLSyntaxError, ValueError) as broken:
        book.findings.append(error(4, name, f"It is not well-formed: {broken}."))
        return None


def types(element: etree._Element) -> list[str]:
    return (element.get(_TYPE) or "").split()


def local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def text_of(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _blocks(element: etree._Element) -> list[str]:
    out: list[str] = []
    run: list[str] = []

    def end() -> None:
        text = "".join(run).strip()
        run.clear()
        if text:
            out.append(text)

    def visit(element: etree._Element) -> None:
        if {"noteref", "backlink"} & set(types(element)) or element.get("class") == "furniture":
            return
        inline = local(element) in _INLINE
        if not inline:
            end()
        run.append("\n" if local(element) == "br" else element.text or "")
        for child in element:
            visit(child)
            run.append(child.tail or "")
        if not inline:
            end()

    visit(element)
    return out


def words(epub: bytes) -> Reading:
    """The author's words as the file has them, without note numbers, ways back and our own headings."""
    book = opened(epub)
    text: list[str] = []
    quoted: list[str] = []
    for name in book.spine:
        page = book.pages.get(name)
        if page is None or name == book.nav:
            continue
        if page.kinds() & _APART:
            for element in page.elements:
                if "provenance" in (element.get("class") or "").split():
                    quoted += _blocks(element)
        else:
            text += [block for body in page.root.iterfind(f"{XHTML}body") for block in _blocks(body)]
    return Reading(tuple(text), tuple(quoted))
