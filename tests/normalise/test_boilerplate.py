"""Boilerplate of archives, sites and boards: what goes, what it tells, and the author's words that look like it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.checks import words
from pipeline.model import Change, Heading, Publication
from pipeline.normalise import boilerplate, desk
from pipeline.walk import every_block, plain, runs
from tests.readers.texts import PRESS, read, source

LONG = "This is a sentence of the text that goes on for quite a while and then it stops."
AT = desk(source("x"), PRESS)

HEADER = """\
The Project Gutenberg EBook of Mutual Aid, by Peter Kropotkin

This eBook is for the use of anyone anywhere at no cost and with
almost no restrictions whatsoever.

Title: Mutual Aid

Author: Peter Kropotkin

Translator: Jane Roe

Release Date: August 8, 2012 [EBook #4341]

Language: French

Character set encoding: ISO-8859-1

*** START OF THIS PROJECT GUTENBERG EBOOK MUTUAL AID ***

Produced by Suzanne Shell, Richard J. Shiffer, and the PG
Online Distributed Proofreading Team.

Transcriber's Note: Pointing hands are shown as [Hand->].
"""
LICENCE = """\
End of the Project Gutenberg EBook of Mutual Aid, by Peter Kropotkin

*** END OF THIS PROJECT GUTENBERG EBOOK MUTUAL AID ***

***** This file should be named 4341-8.txt or 4341-8.zip *****

1.A. By reading or using any part of this work you agree.

*** END: FULL LICENSE ***
"""


def repaired(text: str) -> Publication:
    once = boilerplate.repair(read(text), AT)
    assert boilerplate.repair(once, AT) == once
    assert words.check_source(text, once) == ()
    return once


def said(publication: Publication) -> list[str]:
    return [plain(run) for run, _ in runs(publication.body)]


def back(publication: Publication) -> str:
    return " ".join(plain(run) for run, _ in runs(publication.back))


def made(publication: Publication) -> list[tuple[str, str]]:
    return [(each.name, each.role) for each in publication.metadata.creators]


def entries(publication: Publication) -> list[Change]:
    return [change for change in publication.ledger if change.rule == "boilerplate"]


def test_gutenbergs_header_and_licence_go_and_tell_what_they_know() -> None:
    publication = repaired(f"{HEADER}\n\nMUTUAL AID\n\n{LONG}\n\n{LICENCE}")
    about = publication.metadata
    assert said(publication) == ["MUTUAL AID", LONG]
    assert (about.title, about.language) == ("Mutual Aid", "fr")
    assert made(publication)[:2] == [("Peter Kropotkin", "aut"), ("Jane Roe", "trl")]
    assert {role for _, role in made(publication)[2:]} == {"trc"}
    assert [(day.value, day.meaning) for day in about.dates] == [("2012-08-08", "posted")]
    assert about.origin.title == "Project Gutenberg"
    assert about.origin.address == "https://www.gutenberg.org/ebooks/4341"
    assert "Hand->" in back(publication)
    assert len(entries(publication)) == 4


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            (
                "**The Project Gutenberg Etext of The Soul of Man by Oscar Wilde**\n#20 in our series\n\n"
                "Copyright laws are changing all over the world, be sure to check\n\n"
                "***START**THE SMALL PRINT!**FOR PUBLIC DOMAIN ETEXTS**START***\n\nWhy is this here?\n\n"
                "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*"
            ),
            "End of this Project Gutenberg Etext of The Soul of Man by Oscar Wilde",
        ),
        (
            (
                "Project Gutenberg's The Soul of Man, by Oscar Wilde\n\nTitle: The Soul of Man\n\nAuthor: Oscar Wilde\n\n"
                "\\*\\*\\* START OF THE PROJECT GUTENBERG EBOOK THE SOUL OF MAN \\*\\*\\*"
            ),
            "***END OF THE PROJECT GUTENBERG EBOOK THE SOUL OF MAN***\n\nUpdated editions will replace it.",
        ),
        (
            (
                "The Project Gutenberg eBook, The Soul of Man, by Oscar Wilde\n\n"
                "This eBook is for the use of anyone anywhere\n\n"
                "\\*\\*\\*START OF THE PROJECT GUTENBERG EBOOK THE SOUL OF MAN\\*\\*\\*\n\n"
                "Transcribed from the 1909 edition by David Price, email a@b.org"
            ),
            "End of Project Gutenberg's The Soul of Man, by Oscar Wilde\n\nMore small print.",
        ),
    ],
)
def test_the_wordings_that_gutenberg_has_had(before: str, after: str) -> None:
    publication = repaired(f"{before}\n\nTHE SOUL OF MAN\n\n{LONG}\n\n{after}")
    assert said(publication) == ["THE SOUL OF MAN", LONG]
    assert publication.metadata.title == "The Soul of Man"
    assert made(publication) == [("Oscar Wilde", "aut")]


def test_the_lines_of_marxists_org_go_to_the_colophon() -> None:
    lines = (
        "Written: 1900 (revised second edition 1908).\nSource: Social Reform or Revolution, by Rosa Luxemburg.\n"
        "First Published: April 1900\nTranslated: Integer.\nTranscription/Markup: A. Lehrer/Brian Baggins\n"
        "Copyleft: Luxemburg Internet Archive (marxists.org) 1999."
    )
    publication = repaired(f"Reform or Revolution\n\n{lines}\n\n{LONG}")
    about = publication.metadata
    assert said(publication) == ["Reform or Revolution", LONG]
    assert "Source: Social Reform" in back(publication)
    assert made(publication) == [("Integer", "trl"), ("A. Lehrer", "trc"), ("Brian Baggins", "trc")]
    assert [(day.value, day.meaning) for day in about.dates] == [
        ("1900", "written"),
        ("1900-04", "published"),
    ]
    assert about.rights is not None
    assert about.rights.statement.startswith("Copyleft: Luxemburg Internet Archive")
    assert about.origin.title == "Marxists Internet Archive"


def test_who_transcribed_it_is_told_at_the_end_too() -> None:
    publication = repaired(f"Title\n\n{LONG}\n\nTranscribed by Zodiac\nHtml Markup by Stephen Baird (1999)")
    assert said(publication) == ["Title", LONG]
    assert made(publication) == [("Zodiac", "trc"), ("Stephen Baird", "mrk")]


def test_the_anarchist_library_closes_a_text() -> None:
    publication = repaired(
        f"Title\n\n{LONG}\n\nThe Anarchist Library\nAnti-Copyright\n\nEmma Goldman\nAnarchism\n1910\n\n"
        "Retrieved on April 22, 2009 from www.spunk.org\n\ntheanarchistlibrary.org"
    )
    assert said(publication) == ["Title", LONG]
    assert publication.metadata.origin.address == "http://www.spunk.org"
    assert publication.metadata.origin.title == "The Anarchist Library"
    assert publication.metadata.dates == ()


def test_libcom_and_a_sites_buttons() -> None:
    publication = repaired(
        f"Title\n\nSubmitted by Steven. on January 12, 2010\n\n{LONG}\n\nShare this\n\nPrint this page\n\n"
        "Subscribe to our newsletter for weekly updates!\n\nWe use cookies to make this site better for you."
    )
    assert said(publication) == ["Title", LONG]
    assert [(day.value, day.meaning) for day in publication.metadata.dates] == [("2010-01-12", "posted")]
    assert len(entries(publication)) == 2


def test_a_boards_footer_goes_whole() -> None:
    rule = "X-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-X"
    footer = (
        f"{rule}\nAnother file downloaded from: The NIRVANAnet Seven\n\nBurn This Flag 408/363-9766\n{rule}"
    )
    publication = repaired(f"Title\n\n{LONG}\n\n{LONG}\n\n{footer}")
    assert said(publication) == ["Title", LONG, LONG]
    (entry,) = entries(publication)
    assert "Burn This Flag" in entry.before


def test_a_letter_by_wire_tells_its_subject_sender_and_day() -> None:
    publication = repaired(
        "From: emma@mother.earth (Emma Goldman)\nNewsgroups: alt.bread\nSubject: Re: What we want\n"
        f"Date: Sat, 6 Oct 1990 12:00:01 GMT\n\n{LONG}"
    )
    assert said(publication) == [LONG]
    assert publication.metadata.title == "What we want"
    assert made(publication) == [("Emma Goldman", "aut")]


def test_a_heading_over_the_transcribers_note_opens_no_section_of_ours() -> None:
    publication = repaired(
        f"{HEADER}\n\nTitle\n\n{LONG}\n\n{LONG}\n\n# Transcriber's Notes\n\nOne slip was mended.\n\n{LICENCE}"
    )
    assert "One slip was mended." in back(publication)
    assert not any(isinstance(block, Heading) for block in every_block(publication.back))


@pytest.mark.parametrize(
    "text",
    [
        f"Source: the river\n\n{LONG}\n\nWe print this page by hand.",
        f"{LONG}\n\nThe end of Project Gutenberg would be a loss.\n\n{LONG}",
        f"Title: of the book she never wrote.\n\n{LONG}",
        f"Dear comrade,\n\n{LONG}\n\nFrom: all of us",
        f"{LONG}\n\n* * *\n\nCall 510/527-1662 if you want to help.",
        f"{LONG}\n\nWe share this with all who read cookies into it.",
        "Share this",
        "Published: in secret.\n\nWritten: at night.\n\n" + f"{LONG}\n\n" * 3,
    ],
)
def test_what_only_looks_like_it_is_the_authors(text: str) -> None:
    publication = boilerplate.repair(read(text), AT)
    lost = [change for change in entries(publication) if not change.after]
    assert not lost
    assert publication.metadata.creators == ()


_SCRAPS = (
    "Title: A", "Author: Jane Roe", "*** START OF THIS PROJECT GUTENBERG EBOOK A ***", "Produced by Jane Roe",
    "Transcriber's Note:", "End of Project Gutenberg's A", "*** END OF THIS PROJECT GUTENBERG EBOOK A ***", LONG,
    "The Project Gutenberg EBook of A, by Jane Roe", "Share this", "Transcribed by Jane Roe", "Source: B\nWritten: 1900",
    "From: a@b.org\nSubject: C\nDate: 6 Oct 1990", "-----------------------------", "Another file downloaded from: the BBS",
    "# Head", "Retrieved on April 22, 2009 from www.a.org", "Anti-Copyright", "We use cookies on this site.", "1910",
)  # fmt: skip


@given(st.lists(st.sampled_from(_SCRAPS), min_size=1, max_size=14))
@settings(max_examples=80, deadline=None)
def test_no_word_is_lost_and_twice_is_once(scraps: list[str]) -> None:
    text = "\n\n".join(scraps)
    once = boilerplate.repair(read(text), AT)
    assert words.check_source(text, once) == ()
    assert boilerplate.repair(once, AT).body == once.body or entries(once)
