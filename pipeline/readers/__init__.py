"""Source → Publication, as damaged as it came: one module a family of formats, found in `READERS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline import formats
from pipeline.errors import SourceError
from pipeline.model import Publication
from pipeline.press import Press
from pipeline.readers import markdown
from pipeline.sources import Source

READERS: Mapping[str, Callable[[Source, Press], Publication]] = {
    formats.PLAIN: markdown.read,
    formats.MARKDOWN: markdown.read,
}


def read(source: Source, press: Press) -> Publication:
    """Read a source with the reader of its media type. Raises SourceError when there is none."""
    reader = READERS.get(source.media_type)
    if reader is None:
        raise SourceError(
            f"{source.name}: this is {formats.KINDS.get(source.media_type, source.media_type)}, which we cannot read yet",
            "save the text in it as plain text or Markdown",
        )
    return reader(source, press)
