"""Source → the lines of its words, read without the reader: what the model is held against.

A line here is what a reader counts in `Place`: a line of a text, a paragraph of a document, a block of a book,
a line of all pages of a PDF. Nothing goes through pandoc, so that what it loses is missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from pipeline import decoding, formats
from pipeline.readers import marks
from pipeline.sources import Source

Line = tuple[str, int]
"""The words of a line, and its number."""


def lines(source: Source) -> Iterable[Line]:
    """The lines of a source that `pipeline.readers` has read."""
    return LINES[source.media_type](source)


def marked(text: str) -> Iterable[Line]:
    """The lines of a text in Markdown, without what is no word in them."""
    # One kind of line end first: a mark that takes half of "\r\n" with it would shift all that follows.
    text = "\n".join(marks.lines(text))
    return ((line, number) for number, line in enumerate(marks.lines(marks.gone(text)), 1))


def _text(source: Source) -> Iterable[Line]:
    return marked(decoding.decode(source.data, name=source.name).text)


def _document(source: Source) -> Iterable[Line]:
    from pipeline.readers import office_words

    return office_words.source_lines(source)


def _page(source: Source) -> Iterable[Line]:
    from pipeline.readers import web, web_text

    return ((line.text, line.number) for line in web_text.visible_text(web.markup(source).text, source.name))


def _printed(source: Source) -> Iterable[Line]:
    from pipeline.readers import printed_lines, printed_page

    every = printed_lines.lines(printed_page.printed(source.data, source.name).pages)
    return ((line.text, line.number) for line in every)


LINES: Mapping[str, Callable[[Source], Iterable[Line]]] = {
    formats.PLAIN: _text,
    formats.MARKDOWN: _text,
    formats.HTML: _page,
    formats.WORD: _document,
    formats.OPEN_DOCUMENT: _document,
    formats.RTF: _document,
    formats.EPUB: _document,
    formats.PDF: _printed,
    formats.MUSE: _document,
    formats.LATEX: _document,
    formats.RST: _document,
    formats.ORG: _document,
}
"""Each media type that has a reader."""
