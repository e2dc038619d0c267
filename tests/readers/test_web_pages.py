"""Whole pages of the shapes that sites have: the article, its notes and its makers, and nothing of the page round it."""

from __future__ import annotations

import pytest

from pipeline.checks import publication as sound
from pipeline.model import (
    BlockQuotation,
    Epigraph,
    Figure,
    Heading,
    List,
    Paragraph,
    Publication,
    Separator,
    Table,
    Verse,
)
from pipeline.normalise import normalise
from pipeline.readers import web
from pipeline.walk import every_block, plain, runs
from tests.readers.pages import GOLDEN, PRESS, entries, golden, text, unexplained

CASES = sorted(path.parent.name for path in GOLDEN.glob("web-*/in.html"))


def page(case: str) -> Publication:
    return web.read(golden(case), PRESS)


def kinds(publication: Publication) -> list[str]:
    return [type(block).__name__ for block in publication.body]


def notes(publication: Publication) -> list[str]:
    return [" / ".join(plain(run) for run, _ in runs(note.blocks)) for note in publication.notes]


def headings(publication: Publication) -> list[str]:
    return [plain(block.content) for block in every_block(publication.body) if isinstance(block, Heading)]


@pytest.mark.parametrize("case", CASES)
def test_every_word_of_a_page_is_read_or_told_of(case: str) -> None:
    seed = golden(case)
    read = web.read(seed, PRESS)
    assert unexplained(seed, read) == ()
    repaired, _ = normalise(read, seed, PRESS)
    assert unexplained(seed, repaired) == ()
    assert [finding for finding in sound.check(repaired) if finding.severity == "error"] == []


@pytest.mark.parametrize("case", CASES)
def test_a_page_reads_the_same_twice(case: str) -> None:
    assert page(case) == page(case)


def test_wordpress() -> None:
    read = page("web-wordpress")
    about = read.metadata
    assert (about.title, about.language) == ("The Kitchen Strike of 1919", "en-US")
    assert [(each.name, each.sort_name, each.role) for each in about.creators] == [
        ("Mina Okafor", "Okafor, Mina", "aut")
    ]
    assert [(day.value, day.meaning) for day in about.dates] == [("2018-05-01", "published")]
    assert about.rights is not None
    assert (about.rights.statement, about.rights.licence) == (
        "CC BY-SA 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    )
    assert about.origin.address == "https://ladle.example/2018/05/01/the-kitchen-strike/"
    assert about.origin.title == "Ladle & Lamp"
    assert kinds(read) == "Figure Paragraph Paragraph BlockQuotation Heading Paragraph List Paragraph".split()
    assert notes(read) == ["City Herald, 3 May 1919, p. 2.", "Minutes of the local, 14 May."]
    quotation = read.body[3]
    assert isinstance(quotation, BlockQuotation)
    assert plain(quotation.attribution) == "Rosa Brandt, at the first meeting"
    figure = read.body[0]
    assert isinstance(figure, Figure)
    assert plain(figure.caption) == "Cooks of the Hotel Miramar. City archive"
    for furniture in (
        "Share this",
        "Related",
        "grandmother",
        "cookies",
        "four friends",
        "Proudly",
        "bakers who",
    ):
        assert furniture not in text(read)


def test_furniture_is_one_entry_a_region() -> None:
    changes = entries(page("web-wordpress"), "page-furniture")
    assert sum("grandmother" in change.before for change in changes) == 1
    assert all(change.place.first and change.after == "" for change in changes)
    assert [change.place.first for change in changes] == sorted(change.place.first for change in changes)


def test_spip() -> None:
    read = page("web-spip")
    about = read.metadata
    assert (about.title, about.subtitle) == ("Éloge de la lenteur", "Trois promenades")
    assert [(each.name, day.value) for each, day in zip(about.creators, about.dates, strict=True)] == [
        ("Léa Martin", "2019-04-02")
    ]
    assert text(read).startswith("Il y a des matins")
    assert notes(read) == ["Le pont fut construit en 1811.", "Voir la Gazette du 3 mai."]
    (verse,) = [block for block in read.body if isinstance(block, Verse)]
    assert [plain(line.content) for line in verse.stanzas[0]] == [
        "L'eau passe et ne dit rien,",
        "Le pont demeure et se tait.",
    ]
    assert headings(read) == ["Le pont", "P.-S."]


def test_an_encyclopaedia() -> None:
    read = page("web-wikipedia")
    assert read.metadata.title == "Setzkasten"
    assert headings(read) == ["Aufbau"]
    assert notes(read) == ["Karl Blei: Vom Satz. Leipzig 1901.", "Handbuch der Setzer, S. 12."]
    (table,) = [block for block in read.body if isinstance(block, Table)]
    assert (plain(table.caption), len(table.head), len(table.body)) == ("Fächer", 1, 2)
    assert "Bearbeiten" not in text(read)


def test_a_note_may_be_called_twice() -> None:
    from pipeline.model import NoteRef
    from pipeline.walk import every_inline, publication_runs

    calls = [
        node.note
        for run, _ in publication_runs(page("web-wikipedia"))
        for node in every_inline(run)
        if isinstance(node, NoteRef)
    ]
    assert calls == ["n1", "n2", "n2"]


def test_a_library() -> None:
    read = page("web-library")
    about = read.metadata
    assert (about.title, about.subtitle) == ("On Doors", "and who may open them")
    assert [(each.name, day.value) for each, day in zip(about.creators, about.dates, strict=True)] == [
        ("Ada Finch", "1907")
    ]
    assert isinstance(read.body[0], Epigraph)
    assert headings(read) == ["I. Locks", "II. Keys"]
    assert sum(isinstance(block, Separator) for block in read.body) == 1
    assert [len(block.stanzas[0]) for block in read.body if isinstance(block, Verse)] == [4]
    assert notes(read) == ["Compare the Locksmith's Journal, passim.", "There are exceptions."]


def test_tables_for_layout_and_no_closing_tags() -> None:
    read = page("web-tables")
    assert read.metadata.title == "The Old Mill"
    assert [each.name for each in read.metadata.creators] == ["H. Grey"]
    assert kinds(read) == "Paragraph Paragraph Paragraph BlockQuotation Paragraph".split()
    assert "village – not even the miller – could" in text(read)
    assert notes(read) == ["Parish register, 1841.", "They are kept in the museum."]
    assert [block.place.first for block in read.body if isinstance(block, Paragraph)] == [9, 11, 13, 17]


def test_a_blog_without_paragraphs() -> None:
    read = page("web-blogger")
    about = read.metadata
    assert (about.title, about.creators[0].name, about.dates[0].value) == (
        "La huelga de los tejados",
        "Inés Duarte",
        "2012-11-12",
    )
    assert len(read.body) == 6
    assert text(read).endswith("desde entonces.")


def test_a_newspaper_in_one_line() -> None:
    read = page("web-newspaper")
    about = read.metadata
    assert about.title == "Ferry crews win back their Sundays"
    assert [each.name for each in about.creators] == ["Jo Lindt", "Sam Achebe"]
    assert text(read).index("After nine weeks") < text(read).index("The last ferry")
    assert headings(read) == ["What was agreed"]
    for furniture in ("Dockers", "Advertisement", "Most viewed", "Topics", "daily email", "Share"):
        assert furniture not in text(read)
    # The quotation that was pulled out of the text stands in it too.
    assert text(read).count("We asked for Sunday, and we said it nicely") == 1


def test_a_site_that_says_the_author_in_the_title() -> None:
    read = page("web-drupal")
    assert read.metadata.title == "Notes from the loading bay"
    assert [each.name for each in read.metadata.creators] == ["A. Porter"]
    assert notes(read) == ["It happens.", "The race has no end. There is no prize either."]
    assert text(read).startswith("A worker at a parcel depot")


def test_verse_keeps_its_indents() -> None:
    read = page("web-wikisource")
    (verse,) = [block for block in read.body if isinstance(block, Verse)]
    assert [[line.indent for line in stanza] for stanza in verse.stanzas] == [[0, 2, 0, 2], [0, 2]]
    assert isinstance(read.body[-1], Paragraph)
    assert read.body[-1].role == "dateline"
    assert not any(isinstance(block, List) for block in read.body)
