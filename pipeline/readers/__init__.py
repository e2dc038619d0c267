"""Source → Publication, as damaged as it came: one module a family of formats, found in `READERS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from pipeline import formats
from pipeline.errors import SourceError
from pipeline.model import Publication
from pipeline.press import Press
from pipeline.sources import Source

READERS: Mapping[str, str] = {
    formats.PLAIN: "plain",
    formats.MARKDOWN: "markdown",
    formats.HTML: "web",
    formats.WORD: "office",
    formats.OPEN_DOCUMENT: "office",
    formats.RTF: "office",
    formats.EPUB: "book",
    formats.PDF: "printed",
    formats.MUSE: "marked",
    formats.LATEX: "marked",
    formats.RST: "marked",
    formats.ORG: "marked",
}
"""The module here whose `read` reads a media type; only that one is imported, as some take their time."""


def read(source: Source, press: Press) -> Publication:
    """Read a source with the reader of its media type. Raises SourceError when there is none, or it finds damage."""
    module = READERS.get(source.media_type)
    if module is None:
        raise SourceError(
            f"{source.name}: this is {formats.KINDS.get(source.media_type, source.media_type)}, which we cannot read yet",
            "save the text in it as plain text or Markdown",
        )
    reader: Callable[[Source, Press], Publication] = import_module(f"{__name__}.{module}").read
    return reader(source, press)
