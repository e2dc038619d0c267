"""(Publication, Press, time, cover) → the bytes of an EPUB 3.3: the only importer of ebooklib.

EbookLib writes the package document and the archive. What goes into them is made here and in the templates,
because it loses heads and attributes of the pages that it makes itself (0.20); each of its other faults is
worked round in one place, `_Writer`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath

import msgspec
from ebooklib import epub as ebooklib

from pipeline.model import Note, Paragraph, Publication
from pipeline.press import Press
from pipeline.renderers import colophon, epub_chapters, epub_metadata, furniture, html
from pipeline.renderers.epub_chapters import Chapter, Entry
from pipeline.renderers.templates import STYLES, safe
from pipeline.renderers.templates import render as fill

XHTML = "application/xhtml+xml"
NOTES, COLOPHON = "notes.xhtml", "colophon.xhtml"

_CALL = re.compile(r' id="(?P<note>[^"]+)-call" epub:type="noteref"')
_PACKED = {"image/png", "image/jpeg", "image/gif", "image/webp"}


class Cover(msgspec.Struct, frozen=True):
    """The picture of the pamphlet's first page; width and height in pixels, the alternative never empty."""

    data: bytes
    media_type: str
    width: int
    height: int
    alternative: str


class File(msgspec.Struct, frozen=True):
    """One file of the book; `properties` as the manifest has them, in the spine if `read`."""

    id: str
    name: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()
    read: bool = False


def render(publication: Publication, press: Press, stamp: datetime, cover: Cover) -> bytes:
    """An EPUB, the same bytes for the same arguments; `stamp` is the time of making it (naive is UTC)."""
    about = publication.metadata
    stamp = stamp.replace(tzinfo=UTC) if stamp.tzinfo is None else stamp.astimezone(UTC)
    book = ebooklib.EpubBook()
    book.set_identifier(about.identifier)
    book.set_direction(about.direction)
    for each in epub_metadata.statements(publication, press):
        book.add_metadata("OPF" if each.name == "meta" else "DC", each.name, each.value, each.attributes)
    for file in _files(publication, press, cover):
        item = ebooklib.EpubItem(file.id, file.name, file.media_type, file.data)
        item.properties = list(file.properties)
        book.add_item(item)
        if file.read:
            book.spine.append(item)
    return _Writer(book, about.language, about.direction, stamp).packed()


# --- The files -------------------------------------------------------------------------------------


def _files(publication: Publication, press: Press, cover: Cover) -> list[File]:
    """Every file but the package document, those to be read in the order of reading."""
    about = publication.metadata
    own = furniture.words(about.language)
    rows = epub_chapters.chapters(publication)
    provenance = epub_chapters.provenance(publication)
    told = [block for row in rows for block in row.blocks]
    pictures = _pictures(publication, cover)
    how = html.Markup(
        flavour="epub",
        notes=epub_chapters.notes_in_order(publication, (*told, *provenance)),
        note_file=NOTES,
        links=epub_chapters.links([*((row.name, row.blocks) for row in rows), (COLOPHON, provenance)]),
        pictures={name: f"../{file.name}" for name, file in pictures.items()},
    )
    cover_file = next(iter(pictures.values())).name

    def page(name: str, template: str, title: str, part: str, **values: object) -> File:
        markup = fill(f"epub/{template}.xhtml.j2", about=about, own=own, title=title, part=part, **values)
        return File(_identifier(name), name, XHTML, markup.encode(), read=True)

    calls = _Calls(how)
    chapters = [
        page(f"text/{row.name}", "chapter", row.title, row.part, markup=calls.markup(row)) for row in rows
    ]
    end = Chapter(COLOPHON, own.colophon, provenance, "backmatter")
    last = page(
        f"text/{COLOPHON}",
        "colophon",
        own.colophon,
        "backmatter",
        provenance=calls.markup(end),
        markup=safe(html.blocks(colophon.paragraphs(publication, press), how)),
    )
    notes = (
        [page(f"text/{NOTES}", "notes", own.notes, "backmatter", notes=calls.notes(own.notes))]
        if how.notes
        else []
    )
    contents = (
        *epub_chapters.contents(rows),
        *([Entry(own.notes, NOTES)] if notes else []),
        Entry(own.colophon, COLOPHON),
    )
    first = next((row for row in rows if row.part == "bodymatter"), None)
    landmarks = [
        ("cover", "text/cover.xhtml", own.cover),
        ("titlepage", "text/titlepage.xhtml", own.title_page),
        ("toc", "nav.xhtml#toc", own.contents),
        *([("bodymatter", f"text/{first.name}", first.title)] if first else []),
        *([("endnotes", f"text/{NOTES}", own.notes)] if notes else []),
        ("colophon", f"text/{COLOPHON}", own.colophon),
    ]
    nav = page("nav.xhtml", "nav", own.contents, "frontmatter", contents=contents, landmarks=landmarks)
    ncx = fill("epub/toc.ncx.j2", about=about, contents=contents)
    return [
        page("text/cover.xhtml", "cover", own.cover, "frontmatter", cover=cover, cover_file=cover_file),
        page(
            "text/titlepage.xhtml",
            "titlepage",
            about.title,
            "frontmatter",
            bylines=epub_metadata.bylines(publication),
        ),
        msgspec.structs.replace(nav, id="nav", properties=("nav",)),
        *chapters,
        *notes,
        last,
        # EbookLib's spine names this id as the contents for readers of EPUB 2.
        File("ncx", "toc.ncx", "application/x-dtbncx+xml", ncx.encode()),
        File("style", "style/epub.css", "text/css", (STYLES / "epub.css").read_bytes()),
        *pictures.values(),
    ]


def _identifier(name: str) -> str:
    return f"file-{PurePosixPath(name).stem}"


def _pictures(publication: Publication, cover: Cover) -> dict[str, File]:
    """The cover (under ""), then each resource that the text shows, by its name; the rest stays out."""
    files = {
        "": File(
            "cover-image",
            f"images/cover.{_suffix(cover.media_type)}",
            cover.media_type,
            cover.data,
            ("cover-image",),
        )
    }
    shown = {each.resource for each in epub_chapters.pictures(publication)}
    taken = {"cover"}
    for number, resource in enumerate(publication.resources, 1):
        if resource.name not in shown:
            continue
        stem = epub_chapters.ascii_slug(PurePosixPath(resource.name).stem) or "picture"
        stem = f"{stem}-{number}" if stem in taken else stem
        taken.add(stem)
        files[resource.name] = File(
            f"image-{number}",
            f"images/{stem}.{_suffix(resource.media_type)}",
            resource.media_type,
            resource.data,
        )
    return files


def _suffix(media_type: str) -> str:
    return media_type.rpartition("/")[2].partition("+")[0]


class _Calls:
    """Markup whose note calls each have an id of their own, and the notes with a way back to every call."""

    def __init__(self, how: html.Markup) -> None:
        self._how = how
        self._times: Counter[str] = Counter()
        self._back: defaultdict[str, list[Mapping[str, str]]] = defaultdict(list)

    def markup(self, row: Chapter) -> str:
        return self._noted(html.blocks(row.blocks, self._how), row.name, row.title)

    def notes(self, title: str) -> list[tuple[str, str]]:
        """To be asked last. A note may call another, so all are written before the ways back are put in."""
        told = [
            (note, self._noted(html.blocks(note.blocks, self._how), NOTES, title))
            for note in self._how.notes.values()
        ]
        return [(note.id, safe(self._with_way_back(note, markup))) for note, markup in told]

    def _noted(self, markup: str, name: str, title: str) -> str:
        def distinct(call: re.Match[str]) -> str:
            # html cannot know that a note is called a second time; ids stand once in a file.
            note = call["note"]
            self._times[note] += 1
            again = f"-{self._times[note]}" if self._times[note] > 1 else ""
            self._back[note].append({"href": f"{name}#{note}-call{again}", "label": title})
            return f' id="{note}-call{again}" epub:type="noteref"'

        return safe(_CALL.sub(distinct, markup))

    def _with_way_back(self, note: Note, markup: str) -> str:
        back = fill("epub/backlinks.xhtml.j2", calls=self._back[note.id])
        if back and note.blocks and isinstance(note.blocks[-1], Paragraph):
            return f"{markup.removesuffix('</p>' + chr(10))}{back}</p>"
        return f"{markup}<p>{back}</p>" if back else markup


# --- The archive -----------------------------------------------------------------------------------


class _Writer(ebooklib.EpubWriter):
    """EbookLib's writer, with its faults mended where they arise."""

    def __init__(self, book: ebooklib.EpubBook, language: str, direction: str, stamp: datetime) -> None:
        # It stamps local time and marks it as UTC, unless it is given a time: give it one in UTC.
        super().__init__("", book, {"mtime": stamp})
        self._language, self._direction, self._stamp = language, direction, stamp

    def packed(self) -> bytes:
        """Stands for `write`, which dates the archive's members now and writes to a path."""
        self.out = _Archive(self._stamp)
        self.out.writestr("mimetype", b"application/epub+zip", stored=True)
        self._write_container()
        self._write_opf()
        for item in self.book.get_items():
            self.out.writestr(
                f"{self.book.FOLDER_NAME}/{item.file_name}", item.content, item.media_type in _PACKED
            )
        return self.out.close()

    def _write_opf_file(self, root: ebooklib.etree._Element) -> None:
        # It gives the package no language (a serious fault to Ace) and a prefix that nothing uses.
        root.set(epub_metadata.XML_LANGUAGE, self._language)
        root.set("dir", self._direction)
        root.attrib.pop("prefix", None)
        super()._write_opf_file(root)


class _Archive:
    """What the writer sees as its ZipFile: one date for all members, and bytes that depend on nothing else."""

    def __init__(self, stamp: datetime) -> None:
        self._bytes = io.BytesIO()
        self._zip = zipfile.ZipFile(self._bytes, "w", zipfile.ZIP_DEFLATED, compresslevel=9)
        # Zip knows no time before 1980.
        self._date = max(
            (stamp.year, stamp.month, stamp.day, stamp.hour, stamp.minute, stamp.second),
            (1980, 1, 1, 0, 0, 0),
        )

    def writestr(self, name: str, data: bytes | str, stored: bool = False) -> None:
        member = zipfile.ZipInfo(name, self._date)
        # The same permissions and system wherever it was made.
        member.create_system, member.external_attr = 3, 0o644 << 16
        self._zip.writestr(member, data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)

    def close(self) -> bytes:
        self._zip.close()
        return self._bytes.getvalue()
