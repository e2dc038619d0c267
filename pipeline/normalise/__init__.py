"""Publication → Publication: the damage repaired by passes, each change in the ledger.

A pass is pure and idempotent: run on its own work it changes nothing. Their order matters, and is said
here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.findings import Finding
from pipeline.model import Publication
from pipeline.normalise import (
    artefacts,
    boilerplate,
    byline,
    casing,
    contents,
    corrections,
    datelines,
    editor,
    footnotes,
    headings,
    joins,
    language,
    links,
    notes,
    pictures,
    provenance,
    quotations,
    residues,
    signatures,
    slips,
    titlepage,
    titling,
    typography,
)
from pipeline.normalise.desk import Desk
from pipeline.press import Press
from pipeline.sources import Source

Pass = Callable[[Publication, Desk], Publication]

PASSES: tuple[tuple[str, Pass], ...] = (
    ("corrections", corrections.repair),  # the editor quotes the text as it stands in the source
    ("boilerplate", boilerplate.repair),  # before the language: a licence is longer than many a text
    ("language", language.repair),
    ("artefacts", artefacts.repair),
    ("pictures", pictures.repair),
    ("contents", contents.repair),  # after the artefacts, which would spoil the share of true entries
    (
        "footnotes",
        footnotes.repair,
    ),  # before the titles, which are plain words, and the joins of what notes parted
    ("titlepage", titlepage.repair),  # after the contents, which stand between it and the text
    ("titling", titling.repair),
    ("byline", byline.repair),
    ("datelines", datelines.repair),
    ("provenance", provenance.repair),
    ("notes", notes.repair),  # after the three that make metadata of lines
    ("joins", joins.repair),
    ("residues", residues.repair),  # after the joins, which bring the halves of words together
    ("signatures", signatures.repair),
    ("headings", headings.found),  # after the joins: half a paragraph in capitals is no heading
    ("quotations", quotations.repair),
    ("sections", headings.nested),
    ("links", links.repair),  # after the sections, whose ids a link may lead to
    ("typography", typography.repair),
    ("casing", casing.repair),
    ("issuers", signatures.issuers),
    ("editor", editor.repair),
)


def desk(source: Source, press: Press) -> Desk:
    return Desk(source.name, source.stem, press.language, source.sidecar)


def repaired(publication: Publication, at: Desk) -> Publication:
    """All passes once, in their order."""
    for _, repair in PASSES:
        publication = repair(publication, at)
    return publication


def normalise(
    publication: Publication, source: Source, press: Press
) -> tuple[Publication, tuple[Finding, ...]]:
    """The repaired publication, and what only a person can decide."""
    at = desk(source, press)
    publication = repaired(publication, at)
    return publication, (*slips.find(publication, at), *footnotes.find(publication, at))
