"""Small books and sheets made by hand, of which each is known to be good, or broken in one way."""

from __future__ import annotations

import zipfile
from pathlib import Path

_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""

_PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:identifier id="id">urn:uuid:6f1b0d5e-5d5c-5b5e-8a55-0f3d1c1f4b11</dc:identifier>
    <dc:title>A Plain Leaf</dc:title>
    <dc:language>en</dc:language>
    <dc:creator>Nobody</dc:creator>
    <dc:publisher>Nowhere</dc:publisher>
    <dc:date>2026-01-01</dc:date>
    <dc:source>By hand</dc:source>
    <meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>
    <meta property="schema:accessMode">textual</meta>
    <meta property="schema:accessModeSufficient">textual</meta>
    <meta property="schema:accessibilityFeature">structuralNavigation</meta>
    <meta property="schema:accessibilityFeature">tableOfContents</meta>
    <meta property="schema:accessibilityHazard">none</meta>
    <meta property="schema:accessibilitySummary">Plain text under one heading.</meta>
  </metadata>
  <manifest>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="text" href="text.xhtml" media-type="application/xhtml+xml"/>
  </manifest>
  <spine><itemref idref="text"/></spine>
</package>
"""

_NAV = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en" lang="en">
  <head><title>Contents</title></head>
  <body>
    <nav epub:type="toc" role="doc-toc" aria-labelledby="toc">
      <h1 id="toc">Contents</h1>
      <ol><li><a href="text.xhtml">A Plain Leaf</a></li></ol>
    </nav>
  </body>
</html>
"""

_TEXT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en" lang="en">
  <head><title>A Plain Leaf</title></head>
  <body>
    <section epub:type="bodymatter chapter" role="doc-chapter" aria-labelledby="top">
      <h1 id="top">A Plain Leaf</h1>
      <p>One leaf, set plainly.</p>
    </section>
  </body>
</html>
"""


def epub(path: Path, text: str = _TEXT, old: str = "", new: str = "") -> Path:
    """Write a book of one chapter that no validator objects to; `old` → `new` breaks its chapter."""
    if old:
        assert old in text
        text = text.replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", _CONTAINER)
        archive.writestr("book.opf", _PACKAGE)
        archive.writestr("nav.xhtml", _NAV)
        archive.writestr("text.xhtml", text)
    return path


def pdf(path: Path, *, line: str = "One leaf, set plainly.") -> Path:
    """Write a PDF of one A6 page with this one line, in ASCII without parentheses."""
    content = f"BT /F1 12 Tf 36 360 Td ({line}) Tj ET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 298 420] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Font << /F1 5 0 R >> >>",
    ]
    body = b"%PDF-1.7\n"
    offsets = []
    for number, object_ in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, object_)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    path.write_bytes(
        b"%sxref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (body, size, table, size, len(body))
    )
    return path
