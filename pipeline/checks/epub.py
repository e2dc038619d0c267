"""(bytes of an EPUB, Publication) → findings: is the finished book whole, and is it this publication's?

Our own check, in a few milliseconds, before anything is published; EPUBCheck and Ace say the rest in the tests.

| code | severity | what is wrong |
|---|---|---|
| epub-001 | error | the archive cannot be read |
| epub-002 | error | `mimetype` is not first, not stored, or not right |
| epub-003 | error | the container names no package document |
| epub-004 | error | a file is not well-formed XML |
| epub-005 | error | the identifier is not the publication's |
| epub-006 | error | the title is not the publication's |
| epub-007 | error | the language is not the publication's |
| epub-008 | error | the time of making is missing or not in UTC |
| epub-009 | error | the manifest lists a file that is not there, or lists one twice |
| epub-010 | error | a file is not in the manifest |
| epub-011 | error | the spine names what is not there, or leaves out a page |
| epub-012 | error | there is no contents list |
| epub-013 | error | a section with a title is missing from the contents, or out of order |
| epub-014 | error | a landmark is missing |
| epub-015 | error | a page has no title |
| epub-016 | error | a page has not the publication's language or direction |
| epub-017 | error | an id stands twice |
| epub-018 | error | a link leads nowhere |
| epub-019 | error | a call leads to no note, or bears another number than its note |
| epub-020 | error | a note has no way back to its call, or a way back leads to no call |
| epub-021 | error | a note of the publication is missing |
| epub-022 | error | a picture has no alternative |
| epub-023 | error | epub:type and role disagree |
| epub-024 | error | something would be fetched from elsewhere |
| epub-025 | error | there is a script |
| epub-026 | error | a heading skips a rank |
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from pipeline import walk
from pipeline.checks.epub_reading import (
    DC,
    LANG,
    OPF,
    XHTML,
    Book,
    Page,
    Reading,
    error,
    local,
    opened,
    text_of,
    types,
    words,
)
from pipeline.findings import Finding
from pipeline.model import Block, Publication, Section
from pipeline.renderers.html import legal

__all__ = ["Reading", "check", "words"]

_AGREEING = {
    kind: f"doc-{kind}"
    for kind in (
        "abstract",
        "appendix",
        "backlink",
        "chapter",
        "colophon",
        "endnotes",
        "epigraph",
        "footnote",
        "noteref",
        "preface",
        "subtitle",
    )
}
_ADDRESSES = ("href", "src", "poster", "data", "srcset", "action", "{http://www.w3.org/1999/xlink}href")
_ABSOLUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_ELSEWHERE = re.compile(rb"""(url\(\s*["']?|@import\s+["'])\s*([a-z][a-z0-9+.-]*:|//)""", re.IGNORECASE)
_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

Place = tuple[str, str]
"""A file and an id in it."""


def check(epub: bytes, publication: Publication) -> tuple[Finding, ...]:
    """What is wrong with the finished book, nothing if all is well; bytes of any kind are answered, never raised."""
    book = opened(epub)
    found = list(book.findings)
    if book.package is not None:
        found += _metadata(book.package, publication)
        found += _files(book)
        found += _contents(book, publication)
        for page in book.pages.values():
            found += _page(page, publication)
            found += _links(page, book)
        found += _notes(book, publication)
    return tuple(found)


def _metadata(package: etree._Element, publication: Publication) -> Iterator[Finding]:
    about = publication.metadata
    where = "the package document"
    unique = package.get("unique-identifier")
    identifiers = [text_of(each) for each in package.iter(f"{DC}identifier") if each.get("id") == unique]
    if identifiers != [about.identifier]:
        yield error(5, where, f"The identifier is {identifiers}, and should be {about.identifier}.")
    titles = [text_of(each) for each in package.iter(f"{DC}title")]
    if titles[:1] != [_squashed(about.title)]:
        yield error(6, where, f"The title is {titles[:1]}, and should be {about.title}.")
    languages = [text_of(each) for each in package.iter(f"{DC}language")]
    if languages != [about.language] or package.get(LANG) != about.language:
        yield error(7, where, f"The language is {languages}, and should be {about.language}.")
    modified = [
        text_of(each) for each in package.iter(f"{OPF}meta") if each.get("property") == "dcterms:modified"
    ]
    if len(modified) != 1 or not _UTC.fullmatch(modified[0]):
        yield error(8, where, f"The time of making is {modified}, and should be one, in UTC.")


def _files(book: Book) -> Iterator[Finding]:
    for name in book.manifest.keys() - book.files.keys():
        yield error(9, name, "The manifest lists it, and it is not there.")
    own = {"mimetype", posixpath.join(book.folder, "content.opf")}
    for name in sorted(book.files.keys() - book.manifest.keys() - own):
        if not name.startswith("META-INF/"):
            yield error(10, name, "It is not in the manifest.")
    for name, times in Counter(book.spine).items():
        if times > 1:
            yield error(11, name, "It stands in the spine more than once.")
    for name in book.pages:
        if name not in book.spine:
            yield error(11, name, "It is not in the spine, so nobody comes to it.")
    for name, data in book.files.items():
        if name.endswith(".css") and _ELSEWHERE.search(data):
            yield error(24, name, "It fetches something from elsewhere.")


def _contents(book: Book, publication: Publication) -> Iterator[Finding]:
    page = book.pages.get(book.nav)
    lists = {kind: nav for nav in (page.root.iter(f"{XHTML}nav") if page else ()) for kind in types(nav)}
    if "toc" not in lists:
        yield error(12, book.nav or "the package document", "There is no contents list.")
        return
    labels = iter([text_of(link) for link in lists["toc"].iter(f"{XHTML}a")])
    back = [
        block for block in publication.back if not (isinstance(block, Section) and block.role == "provenance")
    ]
    for title in _titles((*publication.front, *publication.body, *back)):
        # `in` moves the iterator on, so this asks for the right order, too.
        if title not in labels:
            yield error(13, book.nav, f"The contents do not list “{title}” in its place.")
            return
    wanted = (
        {"cover", "toc", "colophon"}
        | ({"bodymatter"} if publication.body else set())
        | ({"endnotes"} if publication.notes else set())
    )
    marked = {
        kind
        for link in (lists["landmarks"].iter(f"{XHTML}a") if "landmarks" in lists else ())
        for kind in types(link)
    }
    for kind in sorted(wanted - marked):
        yield error(14, book.nav, f"There is no landmark for {kind}.")


def _squashed(text: str) -> str:
    return " ".join(legal(text).split())


def _titles(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Section):
            title = _squashed(walk.plain(block.heading.content)) if block.heading else ""
            if title:
                yield title
            yield from _titles(block.blocks)


def _page(page: Page, publication: Publication) -> Iterator[Finding]:
    about = publication.metadata
    title = page.root.find(f"{XHTML}head/{XHTML}title")
    if title is None or not text_of(title):
        yield error(15, page.name, "It has no title.")
    if (page.root.get("lang"), page.root.get(LANG), page.root.get("dir")) != (
        about.language,
        about.language,
        about.direction,
    ):
        yield error(
            16, page.name, f"Its language and direction are not {about.language} and {about.direction}."
        )
    for found, times in page.ids.items():
        if times > 1:
            yield error(17, page.name, f"The id {found} stands {times} times.")
    rank = 0
    for element in page.elements:
        tag = local(element)
        if tag == "img" and element.get("alt") is None:
            yield error(22, page.name, f"{element.get('src')} has no alternative.")
        if tag == "script" or any(str(name).startswith("on") for name in element.attrib):
            yield error(25, page.name, "There is a script.")
        # In the landmarks epub:type tells what a link leads to, on a body what part of the book this is.
        says = (
            set(types(element)) if tag not in ("a", "body") else {"noteref", "backlink"} & set(types(element))
        )
        roles = (element.get("role") or "").split()
        for kind, role in _AGREEING.items():
            if (kind in says) != (role in roles):
                yield error(
                    23, page.name, f"epub:type {kind} and the role {role} go together, on {tag} as elsewhere."
                )
        if re.fullmatch("h[1-6]", tag):
            if rank and int(tag[1]) > rank + 1:
                yield error(
                    26, page.name, f"“{text_of(element)}” is a heading of rank {tag[1]} under one of {rank}."
                )
            rank = int(tag[1])


def _links(page: Page, book: Book) -> Iterator[Finding]:
    for element in page.elements:
        for attribute in _ADDRESSES:
            address = element.get(attribute)
            if address is None:
                continue
            if _ABSOLUTE.match(address):
                if local(element) != "a" or address.lower().startswith(
                    ("file:", "javascript:", "data:", "//")
                ):
                    yield error(24, page.name, f"It would fetch {address}.")
                continue
            name, fragment = page.leads_to(address)
            target = book.pages.get(name)
            if name not in book.manifest or (fragment and (target is None or not target.ids[fragment])):
                yield error(18, page.name, f"The link to {address} leads nowhere.")


def _notes(book: Book, publication: Publication) -> Iterator[Finding]:
    numbers: dict[Place, str] = {}
    calls: dict[Place, tuple[Place, str]] = {}
    back: set[tuple[Place, Place]] = set()
    for page in book.pages.values():
        for element in page.elements:
            kinds = types(element)
            if "footnote" in kinds:
                key = (page.name, element.get("id") or "")
                numbers[key] = str(len(numbers) + 1)
                back |= {
                    (key, page.leads_to(link.get("href") or ""))
                    for link in element.iter(f"{XHTML}a")
                    if "backlink" in types(link)
                }
            elif "noteref" in kinds:
                target = page.leads_to(element.get("href") or "")
                calls[page.name, element.get("id") or ""] = (target, text_of(element))
    for (name, call), (note, number) in calls.items():
        if numbers.get(note) != number:
            yield error(19, name, f"The call {number} leads to no note of that number.")
        elif (note, (name, call)) not in back:
            yield error(20, note[0], f"Note {number} has no way back to {name}.")
    for note, call_place in sorted(back):
        if call_place not in calls:
            yield error(20, note[0], f"A way back of note {numbers[note]} leads to no call.")
    told = {found for _, found in numbers}
    for missing in [each.id for each in publication.notes if each.id not in told]:
        yield error(21, "the notes", f"The note {missing} is missing.")
