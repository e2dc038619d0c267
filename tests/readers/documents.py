"""Office documents as tests write them down: a few paragraphs of XML → the bytes of a .docx, .odt or .epub."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

from PIL import Image

from pipeline import formats
from pipeline.model import Publication
from pipeline.press import Press
from pipeline.readers import book, marked, office
from pipeline.sources import Source

PRESS = Press("The Test Press")

_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{properties}</w:style>'
    for key, name, properties in (
        ("Normal", "Normal", '<w:rPr><w:sz w:val="22"/></w:rPr>'),
        ("Titel", "Title", '<w:rPr><w:sz w:val="56"/></w:rPr>'),
        ("Untertitel", "Subtitle", ""),
        ("Author", "Author", ""),
        ("berschrift1", "heading 1", '<w:rPr><w:b/><w:sz w:val="32"/></w:rPr>'),
        ("berschrift2", "heading 2", '<w:rPr><w:b/><w:sz w:val="26"/></w:rPr>'),
        ("Quote", "Quote", "<w:rPr><w:i/></w:rPr>"),
        ("Hidden", "Hidden Text", "<w:rPr><w:vanish/></w:rPr>"),
        ("TOC1", "toc 1", ""),
    )
)
_LEVELS = (("1", "decimal", "%1."), ("2", "bullet", "•"), ("3", "decimal", "§ %1"))
_NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{key}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
    f'<w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
    for key, form, text in _LEVELS
) + "".join(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>' for key, _, _ in _LEVELS)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(out, "PNG")
    return out.getvalue()


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def p(words: str, style: str = "", *, more: str = "", run: str = "") -> str:
    """A paragraph of Word's with one run of these words, in this style."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f"<w:p><w:pPr>{named}{more}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{words}</w:t></w:r></w:p>'
    )


def item(words: str, number: int) -> str:
    return p(words, more=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')


def word_bytes(body: str, parts: Mapping[str, str | bytes] | None = None, properties: str = "") -> bytes:
    """A .docx. `parts` are other members of word/, by name; XML ones without their root are given it."""
    related = "".join(
        f'<Relationship Id="{name}" Type="{_RELATION}/{kind}" Target="{name}"/>'
        for name, kind in (
            ("styles.xml", "styles"),
            ("numbering.xml", "numbering"),
            ("footnotes.xml", "footnotes"),
            ("comments.xml", "comments"),
            *((name, "image") for name in parts or {} if not name.endswith(".xml")),
        )
    )
    relations = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{related}'
    )
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="d" Type="{_RELATION}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"{relations}</Relationships>",
        "word/styles.xml": f"<w:styles {_W}>{_STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {_W}>{_NUMBERING}</w:numbering>",
    }
    for name, data in (parts or {}).items():
        root = name.removesuffix(".xml")
        members[f"word/{name}"] = f"<w:{root} {_W}>{data}</w:{root}>" if isinstance(data, str) else data
    if properties:
        members["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
            f"{properties}</cp:coreProperties>"
        )
    return zipped(members)


_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("draw", "drawing"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)


def open_document_bytes(
    body: str, styles: str = "", members: Mapping[str, str | bytes] | None = None, properties: str = ""
) -> bytes:
    """An .odt. `styles` are automatic styles of content.xml."""
    spaces = f'{_ODF} xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return zipped(
        {
            "mimetype": formats.OPEN_DOCUMENT,
            "content.xml": f"<office:document-content {spaces}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "styles.xml": f"<office:document-styles {spaces}/>",
            "meta.xml": f"<office:document-meta {spaces}><office:meta>{properties}</office:meta></office:document-meta>",
            "META-INF/manifest.xml": "<manifest/>",
            **(members or {}),
        }
    )


def epub_bytes(
    documents: Mapping[str, str], metadata: str = "", members: Mapping[str, str | bytes] | None = None
) -> bytes:
    """An EPUB whose spine is these bodies, by name."""
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in documents
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in documents)
    return zipped(
        {
            "mimetype": formats.EPUB,
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OPS/p.opf"/></rootfiles></container>',
            "OPS/p.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<metadata>{metadata}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>",
            **{
                f"OPS/{name}": '<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
                f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>-</title></head><body>{body}</body></html>'
                for name, body in documents.items()
            },
            **(members or {}),
        }
    )


_READERS = {
    formats.WORD: office.read,
    formats.OPEN_DOCUMENT: office.read,
    formats.RTF: office.read,
    formats.EPUB: book.read,
    **dict.fromkeys(marked.FORMS, marked.read),
}


def source(data: bytes, media_type: str, name: str = "a-document") -> Source:
    return Source(name, name, data, media_type, hashlib.sha256(data).hexdigest())


def read(data: bytes, media_type: str) -> Publication:
    return _READERS[media_type](source(data, media_type), PRESS)


def word(body: str, parts: Mapping[str, str | bytes] | None = None, properties: str = "") -> Publication:
    return read(word_bytes(body, parts, properties), formats.WORD)


def open_document(
    body: str, styles: str = "", members: Mapping[str, str | bytes] | None = None, properties: str = ""
) -> Publication:
    return read(open_document_bytes(body, styles, members, properties), formats.OPEN_DOCUMENT)
