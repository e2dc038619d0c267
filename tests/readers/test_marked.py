"""Text::Amuse, LaTeX, reStructuredText and Org: their heads become metadata, their texts the text."""

from __future__ import annotations

import pytest

from pipeline import formats
from pipeline.errors import SourceError
from pipeline.model import (
    BlockQuotation,
    Creator,
    Date,
    Heading,
    NoteRef,
    Paragraph,
    Publication,
    Section,
    Text,
    Verse,
)
from pipeline.walk import every_block, every_inline, plain, publication_runs, runs
from tests.readers.documents import read

MUSE = """#title The Strike
#subtitle A history
#author Ann Other and Bert Brown
#LISTtitle Strike, The
#SORTtopics strikes; Leeds
#date 1911
#source Retrieved on 3 May 2012 from https://example.org/strike
#notes Translated by Cleo Clark.
#lang en

** One

Some text[1] here.

> A line,
> another.

<quote>
Quoted.
</quote>

[1] The note.
"""


def words(publication: Publication) -> list[str]:
    return [plain(run) for run, _ in publication_runs(publication)]


def test_the_head_of_a_muse_text_is_metadata() -> None:
    about = read(MUSE.encode(), formats.MUSE).metadata
    assert (about.title, about.subtitle, about.language) == ("The Strike", "A history", "en")
    assert about.creators == (Creator("Ann Other", "Other, Ann"), Creator("Bert Brown", "Brown, Bert"))
    assert about.dates == (Date("1911", "published", "year"),)
    assert about.subjects == ("strikes", "Leeds")
    assert about.origin.address == "https://example.org/strike"


def test_source_and_notes_of_a_muse_text_are_provenance() -> None:
    publication = read(MUSE.encode(), formats.MUSE)
    (section,) = publication.back
    assert isinstance(section, Section)
    assert section.role == "provenance"
    assert [(plain(run), place.first) for run, place in runs(section.blocks)] == [
        ("Retrieved on 3 May 2012 from https://example.org/strike", 7),
        ("Translated by Cleo Clark.", 8),
    ]


def test_the_body_of_a_muse_text() -> None:
    publication = read(MUSE.encode(), formats.MUSE)
    assert [type(block) for block in publication.body] == [Heading, Paragraph, Verse, BlockQuotation]
    assert NoteRef("n1") in {node for run, _ in runs(publication.body) for node in every_inline(run)}
    assert [block.place.first for block in publication.body] == [11, 13, 15, 19]


LATEX = r"""\documentclass{article}
\title{La \emph{chose}}\author{Une Personne \and Un Autre}\date{3 mai 1999}
\begin{document}\maketitle
\begin{abstract}En bref.\end{abstract}
\input{/etc/hostname}
\section{Un}
Du texte\footnote{Une note.} et --- voilà.

\includegraphics{a.png}
\end{document}
"""


def test_latex() -> None:
    publication = read(LATEX.encode(), formats.LATEX)
    about = publication.metadata
    assert about.title == "La chose"
    assert [creator.name for creator in about.creators] == ["Une Personne", "Un Autre"]
    assert about.dates == (Date("1999-05-03", "published", "day"),)
    assert words(publication) == ["En bref.", "Un", "Du texte et — voilà.", "Une note."]


REST = """=========
The Thing
=========
:Author: Ann Other
:Date: 2001-02-03

One
===

Text [#f]_ here.

.. include:: /etc/hostname

.. [#f] The note.
"""


def test_restructured_text() -> None:
    publication = read(REST.encode(), formats.RST)
    about = publication.metadata
    assert (about.title, about.creators, about.dates) == (
        "The Thing",
        (Creator("Ann Other", "Other, Ann"),),
        (Date("2001-02-03", "published", "day"),),
    )
    assert words(publication) == ["One", "Text here.", "The note."]


ORG = """#+TITLE: The Thing
#+AUTHOR: Ann Other
#+DATE: <2003-04-05>
#+LANGUAGE: fr
* One
Text[fn:1] here.
#+INCLUDE: "/etc/hostname"
[fn:1] The note.
"""


def test_org() -> None:
    publication = read(ORG.encode(), formats.ORG)
    about = publication.metadata
    assert (about.title, about.language, about.dates) == (
        "The Thing",
        "fr",
        (Date("2003-04-05", "published", "day"),),
    )
    assert words(publication) == ["One", "Text here.", "The note."]


def test_a_picture_beside_the_text_leaves_its_words() -> None:
    publication = read(b"#title T\n\nText.\n\n[[crowd.png][A crowd]]\n", formats.MUSE)
    assert words(publication) == ["Text.", "A crowd"]
    assert [(c.before, c.after) for c in publication.ledger if c.rule == "pictures"] == [
        ("crowd.png", "A crowd")
    ]


def test_a_picture_without_words_leaves_nothing() -> None:
    assert words(read(b"#title T\n\nText.\n\n[[crowd.png]]\n", formats.MUSE)) == ["Text."]


def test_text_in_another_encoding() -> None:
    data = "#title Привет, товарищи\n\nМы не рабы, и рабы не мы; мы говорим об этом каждый день.\n".encode(
        "cp1251"
    )
    assert read(data, formats.MUSE).metadata.title == "Привет, товарищи"


def test_latex_that_nobody_can_read_is_refused() -> None:
    with pytest.raises(SourceError) as caught:
        read(rb"\documentclass{article}\begin{document}\begin{tabular}{ll", formats.LATEX)
    assert str(caught.value).startswith("a-document: ")


def test_words_are_nowhere_but_in_blocks() -> None:
    publication = read(MUSE.encode(), formats.MUSE)
    assert not [block for block in every_block(publication.body) if block.place.first == 0]
    assert Text("Some text") in {node for run, _ in runs(publication.body) for node in run}
