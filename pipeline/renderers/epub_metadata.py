"""(Publication, Press) → the metadata of an ebook: Dublin Core, and accessibility as measured from the content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from pipeline.model import Creator, Date, DateMeaning, Publication
from pipeline.press import Press
from pipeline.renderers import furniture
from pipeline.renderers.epub_chapters import pictures
from pipeline.renderers.html import legal

XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

_AUTHORS = {"aut", "cre", "sgn", "com", "ivr", "spk"}
"""MARC relators whose words the text is: dc:creator. All others (trl, edt, ill …) are dc:contributor."""

_DATE_TERMS: Mapping[DateMeaning, str] = {
    "written": "dcterms:created",
    "published": "dcterms:issued",
    "posted": "dcterms:available",
    "translated": "dcterms:date",
    # Not dcterms:modified: that is of this file, and EPUB allows one.
    "revised": "dcterms:date",
}


class Statement(msgspec.Struct, frozen=True):
    """One element of the package's metadata: `dc:<name>`, or a `meta` of the property in `attributes`."""

    name: str
    value: str
    attributes: dict[str, str] = {}


def statements(publication: Publication, press: Press) -> tuple[Statement, ...]:
    """All but the identifier and the time of making, which EbookLib writes itself."""
    return tuple(
        msgspec.structs.replace(each, value=legal(each.value).strip())
        for each in (*_bibliographic(publication, press), *_accessible(publication))
        if each.value.strip()
    )


def is_author(creator: Creator) -> bool:
    return creator.role in _AUTHORS


def _meta(term: str, value: str, **attributes: str) -> Statement:
    return Statement("meta", value, {"property": term, **attributes})


def _bibliographic(publication: Publication, press: Press) -> Iterator[Statement]:
    about = publication.metadata
    yield Statement("title", about.title, {"id": "title"})
    yield _meta("title-type", "main", refines="#title")
    if about.subtitle:
        yield _meta("display-seq", "1", refines="#title")
        yield Statement("title", about.subtitle, {"id": "subtitle"})
        yield _meta("title-type", "subtitle", refines="#subtitle")
        yield _meta("display-seq", "2", refines="#subtitle")
    yield Statement("language", about.language)
    for number, creator in enumerate(about.creators, 1):
        name = f"creator-{number}"
        yield Statement("creator" if is_author(creator) else "contributor", creator.name, {"id": name})
        yield _meta("role", creator.role, refines=f"#{name}", scheme="marc:relators")
        yield _meta("file-as", creator.sort_name or creator.name, refines=f"#{name}")
        yield _meta("display-seq", str(number), refines=f"#{name}")
    yield from _dates(about.dates)
    yield Statement("publisher", press.name)
    yield Statement("source", about.origin.address)
    if about.rights:
        yield Statement("rights", about.rights.statement)
        yield _meta("dcterms:license", about.rights.licence)
    for subject in about.subjects:
        yield Statement("subject", subject)
    yield Statement("description", about.description)


def _dates(dates: tuple[Date, ...]) -> Iterator[Statement]:
    """EPUB has room for one dc:date: when the text was written, else the first that is known."""
    if not dates:
        return
    written = sorted((each for each in dates if each.meaning == "written"), key=lambda each: each.value)
    main = written[0] if written else dates[0]
    yield Statement("date", main.value)
    for each in dates:
        yield _meta(_DATE_TERMS[each.meaning], each.value)


def _accessible(publication: Publication) -> Iterator[Statement]:
    """What schema.org calls accessibility, said only where it is so.

    The cover shows what the title page says in words: it makes the book no more visual, but it is a picture
    with an alternative.
    """
    shown = pictures(publication)
    told = all(each.alternative.strip() for each in shown)
    kinds = {each.name: each.media_type for each in publication.resources}
    may_move = any(kinds.get(each.resource) == "image/gif" for each in shown)
    yield _meta("schema:accessMode", "textual")
    if shown:
        yield _meta("schema:accessMode", "visual")
    yield _meta("schema:accessModeSufficient", "textual" if told else "textual,visual")
    features = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability"]
    for feature in [*features, "alternativeText"] if told else features:
        yield _meta("schema:accessibilityFeature", feature)
    # A GIF may flash; we do not watch it to the end.
    yield _meta("schema:accessibilityHazard", "unknown" if may_move else "none")
    summary = "A reflowable text with a linked table of contents and headings"
    if publication.notes:
        summary += ", notes linked both ways"
    if shown:
        summary += (
            ", and pictures that are all described in words"
            if told
            else (", and pictures that are not all described in words")
        )
    yield _meta("schema:accessibilitySummary", f"{summary}.", **{XML_LANGUAGE: "en"})


def bylines(publication: Publication) -> tuple[str, ...]:
    """The authors in a row, and under them whoever else had a hand in it, as on the title page."""
    about = publication.metadata
    authors = tuple(each for each in about.creators if is_author(each))
    others = tuple(each for each in about.creators if not is_author(each))
    return tuple(furniture.names(each, about.language) for each in (authors, others) if each)
