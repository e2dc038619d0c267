"""The bytes of a source, and its name → its media type, told by content; a name only settles what content leaves open.

Nothing is unpacked, parsed or decoded here, and no library is imported: a run with nothing to do asks this of
every source. Whether a file is sound is for its reader to say.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from pathlib import PurePath

PLAIN = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
MUSE = "text/x-muse"
LATEX = "text/x-tex"
RST = "text/x-rst"
ORG = "text/x-org"
RTF = "application/rtf"
PDF = "application/pdf"
EPUB = "application/epub+zip"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument.text"

SUFFIXES: Mapping[str, tuple[str, ...]] = {
    ".txt": (PLAIN, MARKDOWN),
    ".text": (PLAIN, MARKDOWN),
    ".asc": (PLAIN, MARKDOWN),
    ".md": (MARKDOWN,),
    ".markdown": (MARKDOWN,),
    ".mdown": (MARKDOWN,),
    ".html": (HTML,),
    ".htm": (HTML,),
    ".xhtml": (HTML,),
    ".muse": (MUSE,),
    ".tex": (LATEX,),
    ".latex": (LATEX,),
    ".ltx": (LATEX,),
    ".rst": (RST,),
    ".rest": (RST,),
    ".org": (ORG,),
    ".rtf": (RTF,),
    ".pdf": (PDF,),
    ".epub": (EPUB,),
    ".docx": (WORD,),
    ".docm": (WORD,),
    ".odt": (OPEN_DOCUMENT,),
}
"""What a name's ending says a source is; of several, content decides."""

KINDS: Mapping[str, str] = {
    PLAIN: "plain text",
    MARKDOWN: "Markdown",
    HTML: "a web page",
    MUSE: "a Text::Amuse text",
    LATEX: "a LaTeX text",
    RST: "a reStructuredText",
    ORG: "an Org text",
    RTF: "an RTF file",
    PDF: "a PDF",
    EPUB: "an EPUB",
    WORD: "a Word document",
    OPEN_DOCUMENT: "an OpenDocument text",
}
"""What a person calls each of them."""

_LOOKED_AT = 2**16
"""Bytes of a text that are looked at: thirty pages."""

# --- Bytes that are no text ------------------------------------------------------------------------

_FOREIGN: tuple[tuple[re.Pattern[bytes], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), kind)
    for pattern, kind in (
        (rb"\xd0\xcf\x11\xe0.*E\0n\0c\0r\0y\0p\0t\0e\0d\0P", "a document locked with a password"),
        (rb"\xd0\xcf\x11\xe0", "an old Word or Office file"),
        (rb"\x89PNG|\xff\xd8\xff|GIF8|BM....\0\0\0\0|II\*\0|MM\0\*|RIFF....WEBP", "a picture"),
        (rb"AT&TFORM", "a scanned book (DjVu)"),
        (rb"\x1f\x8b|BZh\d|\xfd7zXZ|7z\xbc\xaf|Rar!|\x28\xb5\x2f\xfd", "a compressed file"),
        (rb".{257}ustar", "an archive of files (tar)"),
        (rb"\x7fELF|MZ.{62}|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe", "a program"),
        (rb"SQLite format 3\0", "a database"),
        (rb"ID3|OggS|fLaC|....ftyp|\x1aE\xdf\xa3", "a recording"),
        (rb".{60}(?:BOOK|TEXt)(?:MOBI|REAd)", "a Kindle book"),
        (rb"bplist00", "a web archive of Safari's"),
        (rb"%!PS", "PostScript"),
    )
)
"""How files begin that are often put beside texts, or renamed to .txt in the hope that it helps."""


def foreign(data: bytes) -> str | None:
    """What a file is that is surely no text of any kind we know, as a person calls it; None for all others."""
    if media_type := _packed(data):
        return None if media_type in KINDS else media_type
    for pattern, kind in _FOREIGN:
        if pattern.match(data):
            return kind
    if _XML.match(text := _ascii(data)) and not _html(text):
        return "XML, but no web page"
    if _MAIL.match(text):
        return "an e-mail or a web page saved with all its parts (MHTML)"
    return None


_MEMBERS: tuple[tuple[bytes, str], ...] = (
    (b"mimetypeapplication/epub+zip", EPUB),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", OPEN_DOCUMENT),
    (b"mimetypeapplication/vnd.oasis.opendocument.", "an OpenDocument table or drawing"),
    (b"word/document", WORD),
    (b"xl/workbook", "an Excel workbook"),
    (b"ppt/presentation", "a PowerPoint presentation"),
    (b"META-INF/container.xml", EPUB),
    (b"content.xml", OPEN_DOCUMENT),
    (b"xl/", "an Excel workbook"),
    (b"Index/Document.iwa", "a Pages document"),
    (b"word/", WORD),
)
"""Names that only one kind of zip archive has, the surest first. Names are not compressed; a cut archive has them too."""


def _packed(data: bytes) -> str | None:
    """The media type of a zip archive, or what it is called; None if it is none."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None
    return next((kind for name, kind in _MEMBERS if name in data), "a zip archive")


# --- Kinds of text ----------------------------------------------------------------------------------

_XML = re.compile(r"\s*(?:<\?xml|<!DOCTYPE(?!\s+html)|<!ENTITY)", re.IGNORECASE)
_MAIL = re.compile(
    r"(?:From|MIME-Version|Return-Path|Received): .*?^Content-Type: ", re.DOTALL | re.MULTILINE
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE\s+html\b|<html\b|<head\b|<body\b)",
    re.IGNORECASE | re.DOTALL,
)
_TAGGED = re.compile(
    r"\s*<(?:title|meta|link|style|script|div|p|article|section|main|header|h[1-6]|table|center|font|a|br|hr|img|nav)\b",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"</?(?:p|div|h[1-6]|br|a|i|b|em|table|td|li|center|font|blockquote|body|hr)\b[^<>]*>", re.IGNORECASE
)
_MUSE = re.compile(
    r"#(?:title|author|subtitle|date|pubdate|LISTtitle|SORTauthors|SORTtopics|lang|source)[ \t]",
    re.IGNORECASE,
)
_LATEX = re.compile(r"^[^%\n]{0,99}\\(?:documentclass|documentstyle|begin\{document\})", re.MULTILINE)
_ORG = re.compile(
    r"^(?:#\+(?:title|author|date|options|language|begin_\w+)\b|:PROPERTIES:$)", re.MULTILINE | re.IGNORECASE
)
_RST = re.compile(
    r"^(?:\.\. [\w-]+::|\.\. _[^:\n]+:(?: |$)|\.\. \[[#\w*]+\] |:(?:Author|Date|Version|Title):)",
    re.MULTILINE,
)

_MARKS: tuple[tuple[str, re.Pattern[str], int], ...] = tuple(
    (needle, re.compile(pattern, re.MULTILINE), weight)
    for needle, pattern, weight in (
        (
            "---",
            r"\A---[ \t]*\r?\n(?:[\w-]+:.*\r?\n|[ \t#-].*\r?\n|\r?\n){0,99}?(?:---|\.\.\.)[ \t]*\r?$",
            3,
        ),  # front matter
        (
            "](",
            r"\[[^\[\]\n]{0,300}\]\((?:[#/.]|\w{1,20}:|[\w-]{1,99}[./])[^()\s]{0,999}(?: +\"|[()])",
            3,
        ),  # a link
        ("](", r"\[[^\[\]\n]{1,300}\]\(\s{0,9}#?\s{0,9}\)", 3),  # one that lost its address
        ("]:", r"^ {0,3}\[[^\[\]\n^]{1,300}\]:\s{1,9}<?(?:https?:|/|#)\S", 3),
        ("[^", r"\[\^[\w-]{1,40}\]", 3),  # a note
        ("```", r"^ {0,3}```", 3),
        ("~~~", r"^ {0,3}~~~", 3),
        ("{", r"^ {0,3}\{:? ?[#.][\w-]", 3),  # kramdown's attributes
        ("# ", r"\A\s*#{1,2} +\S.*\r?\n\s*\r?\n", 3),  # a text that opens with its title
        ("# ", r"(?:\A|\n[ \t\r]*\n) {0,3}#{1,6} +\S", 2),
        ("**", r"(?<![\w*])\*\*(?=[^\s*])[^*\n]{1,300}\*\*(?![\w*])", 2),
        ("-|", r"^ {0,3}\|?[ :]*-{3,}[ :]*\|[ :|-]*\r?$", 3),  # a table
        ("- |", r"^ {0,3}\|?[ :]*-{3,}[ :]*\|[ :|-]*\r?$", 3),
        ("\n| ", r"^\| \S.*\r?\n\| ", 2),  # verse
        ("\n>", r"^> ?\S", 1),
        ("\\", r"\\[*_\[\]#]", 1),
    )
)
"""What people write in Markdown and hardly elsewhere: what it cannot be without (looked for first, as that takes no
time), how it looks, and how surely it says so."""
_ENOUGH = 3


def media_type(data: bytes, name: str) -> str | None:
    """What a source is; None if it is none of those that `KINDS` names."""
    if packed := _packed(data):
        return packed if packed in KINDS else None
    if foreign(data):
        return None
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.lstrip()[:5] == b"{\\rtf":
        return RTF
    text = _ascii(data)
    said = SUFFIXES.get(PurePath(name).suffix.lower(), (PLAIN, MARKDOWN))
    for kind, sure in _SURE:
        if sure(text):
            return kind
    # Such a name, and some of its marks: many a text in reStructuredText has nothing that only it has.
    if said[0] in _NAMED:
        return said[0]
    return MARKDOWN if MARKDOWN in said and (PLAIN not in said or _marked(text)) else PLAIN


def misnamed(name: str, media_type: str) -> bool:
    """Whether a name's ending says that a source is something else, or nothing."""
    return media_type not in SUFFIXES.get(PurePath(name).suffix.lower(), ())


def suffix(media_type: str) -> str:
    """The usual ending of names of such sources."""
    return next(ending for ending, kinds in SUFFIXES.items() if kinds[0] == media_type)


def _ascii(data: bytes) -> str:
    """The beginning of a text, each byte a character: all marks of all formats are ASCII, in UTF-16 as well."""
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        data = data.removeprefix(mark)
    return data[:_LOOKED_AT].replace(b"\0", b"").decode("latin-1")


def _html(text: str) -> bool:
    return bool(_HTML.match(text)) or (bool(_TAGGED.match(text)) and len(_TAG.findall(text)) > 2)


def _latex(text: str) -> bool:
    return "\\" in text and bool(_LATEX.search(text))


def _muse(text: str) -> bool:
    opening = [line for line in text[:2000].splitlines() if line.strip()][:8]
    return bool(opening) and bool(re.match(r"#\w+", opening[0])) and any(map(_MUSE.match, opening))


def _org(text: str) -> bool:
    return "#+" in text and len(_ORG.findall(text)) > 1


def _rst(text: str) -> bool:
    return ("\n.. " in text or "\n:" in text) and len(_RST.findall(text)) > 1


_SURE: tuple[tuple[str, Callable[[str], bool]], ...] = (
    (HTML, _html),
    (MUSE, _muse),
    (LATEX, _latex),
    (ORG, _org),
    (RST, _rst),
)
"""Formats of text that show themselves. Their order matters: a page may quote LaTeX."""
_NAMED = (LATEX, MUSE, ORG, RST)
"""Formats that a text may be in without showing it; then its name is believed."""


def _marked(text: str) -> bool:
    weight = 0
    for needle, pattern, each in _MARKS:
        if needle not in text:
            continue
        found = sum(1 for _ in zip(pattern.finditer(text), range(2), strict=False))
        weight += each * min(found, 2)
        if weight >= _ENOUGH:
            return True
    return False
