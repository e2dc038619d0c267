"""Each pass on small cases: what it repairs, and what it must leave alone."""

from __future__ import annotations

import pytest

from pipeline.editing import flat
from pipeline.errors import ConfigError
from pipeline.model import (
    BlockQuotation,
    Change,
    Creator,
    Date,
    Heading,
    Link,
    List,
    Paragraph,
    Publication,
    Rights,
    Section,
    Verse,
)
from pipeline.normalise import PASSES, byline, casing, dates, desk, headings, language, titling, typography
from pipeline.normalise import repaired as all_passes
from pipeline.press import (
    Correction,
    Sidecar,
    SidecarCreator,
    SidecarDate,
    SidecarRights,
)
from pipeline.walk import every_block, every_inline, plain, publication_runs, runs
from tests.readers.texts import PRESS, read, repaired, repaired_with_findings, source

LONG = "This is a sentence of the text that goes on for quite a while and then it stops."
"""A paragraph like any other."""


def lines(publication: Publication) -> list[str]:
    """Every run of the text, in order."""
    return [plain(run) for run, _ in publication_runs(publication)]


def entries(publication: Publication, rule: str) -> list[Change]:
    return [change for change in publication.ledger if change.rule == rule]


def sections(publication: Publication) -> list[str]:
    return [
        plain(block.heading.content)
        for block in every_block(publication.body)
        if isinstance(block, Section) and block.heading
    ]


def under_a_title(*blocks: str) -> str:
    return "\n\n".join(["# The title", *blocks])


# --- Artefacts -------------------------------------------------------------------------------------


@pytest.mark.parametrize("scrap", ["- **", "**", "- \\", "\\#", "> \\*\\*", "- \n-", "\\[\\]()"])
def test_left_over_marks_go(scrap: str) -> None:
    publication = repaired(under_a_title(LONG, scrap, LONG))
    assert [line for line in lines(publication) if line != LONG] in ([], [""])
    assert lines(publication)[:1] == [LONG]


@pytest.mark.parametrize("kept", ["—", "–", "…", "§", "- word", "1.", "& c.", "[sic]", "?"])
def test_a_sign_that_says_something_stays(kept: str) -> None:
    publication = repaired(under_a_title(LONG, kept, LONG))
    assert len(lines(publication)) == 3 or "1." in kept


def test_an_item_goes_and_its_list_stays() -> None:
    publication = repaired(under_a_title("- one\n- **\n- two", LONG))
    (entry,) = entries(publication, "artefacts")
    assert lines(publication) == ["one", "two", LONG]
    assert (entry.place.first, entry.before) == (4, "- **")


def test_a_paragraph_with_nothing_but_a_note_call_stays() -> None:
    publication = repaired(under_a_title(LONG, "[^1]", LONG, "[^1]: A note."))
    assert "A note." in lines(publication)
    assert not entries(publication, "artefacts")


# --- Contents --------------------------------------------------------------------------------------


SECTIONED = under_a_title(
    "Contents", "- [ON BREAD (...)](#)\n- [ON ROSES](#)", "ON BREAD AND BUTTER", LONG, "ON ROSES", LONG
)


def test_a_dead_list_of_contents_goes_with_its_label() -> None:
    publication = repaired(SECTIONED)
    (entry,) = entries(publication, "contents")
    assert entry.before.splitlines() == ["Contents", "ON BREAD (...)", "ON ROSES"]
    assert (entry.place.first, entry.place.last) == (3, 6)
    assert not any(isinstance(block, List) for block in every_block(publication.body))
    assert sections(publication) == ["On Bread and Butter", "On Roses"]


@pytest.mark.parametrize(
    "items",
    [
        "- [Bread](https://example.org/bread)\n- [Roses](https://example.org/roses)",
        "- bread\n- roses\n- land",
        "- one thing we want is bread\n- another thing we want is roses",
    ],
)
def test_a_genuine_list_stays(items: str) -> None:
    """A list of links to other places, or of demands, repeats no heading of the text."""
    publication = repaired(under_a_title(LONG, items, "ON BREAD", LONG))
    assert any(isinstance(block, List) for block in every_block(publication.body))
    assert not entries(publication, "contents")


def test_a_list_of_one_is_no_contents() -> None:
    assert not entries(repaired(under_a_title("- [On bread](#)", "ON BREAD", LONG)), "contents")


# --- Titling ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("France : The strike - What we saw", ("France", "The strike", "What we saw")),
        ("The strike", ("", "The strike", "")),
        ("The strike - What we saw", ("", "The strike", "What we saw")),
        ("The strike: what we saw", ("", "The strike", "what we saw")),
        ("Self-defence and co-operation", ("", "Self-defence and co-operation", "")),
        ("At 10:30 they came", ("", "At 10:30 they came", "")),
        ("A — b: c", ("", "A — b", "c")),
    ],
)
def test_a_title_line_is_parted(line: str, parts: tuple[str, str, str]) -> None:
    assert titling.parted(line) == parts


@pytest.mark.parametrize(
    "text",
    [
        f"# The title\n\n{LONG}",
        f"The title\n\n{LONG}",
        f"The title\n=====\n\n{LONG}",
        f"## The title\n\n{LONG}",
        f"**The title**\n\n{LONG}",
    ],
)
def test_the_opening_line_is_the_title(text: str) -> None:
    publication = repaired(text)
    assert publication.metadata.title == "The title"
    assert lines(publication) == [LONG]


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG}\n\n{LONG}",
        f"Comrades,\n\n{LONG}",
        "Just one line",
        f"- a list\n- first\n\n{LONG}",
        f"{'word ' * 30}\n\n{LONG}",
        f"## First part\n\n{LONG}\n\n## Second part\n\n{LONG}",
    ],
)
def test_a_text_without_a_title_goes_by_its_files_name(text: str) -> None:
    publication = repaired(text)
    assert publication.metadata.title == "A text"
    assert "First part" in sections(publication) or lines(publication)[0].startswith(
        text.strip("- #").split()[0]
    )


def test_a_note_on_the_title_stands_before_the_text() -> None:
    """What becomes metadata cannot hold a call, and the note is the author's."""
    publication = repaired(f"# The title[^1]\n\n{LONG}\n\n[^1]: First read aloud in 1912.")
    assert publication.metadata.title == "The title"
    assert [plain(run) for run, _ in runs(publication.front)] == ["First read aloud in 1912."]
    assert publication.notes == ()
    assert entries(publication, "notes")[0].place.first == 5


def test_what_the_sidecar_says_of_the_title_wins_and_is_entered() -> None:
    publication = repaired(f"The title\n\n{LONG}", sidecar=Sidecar(title="Another", subtitle="A second"))
    assert (publication.metadata.title, publication.metadata.subtitle) == ("Another", "A second")
    assert entries(publication, "titling")[-1].before == "title: The title"


# --- Byline and dates ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "names", "days"),
    [
        ("by Rosa Luxemburg", ["Rosa Luxemburg"], []),
        (
            "By Rosa Luxemburg and Clara Zetkin, March 1912",
            ["Rosa Luxemburg", "Clara Zetkin"],
            [("2012", "")],
        ),
        (
            "mardi 2 avril 2019, par Jean Dupont (Date de rédaction antérieure : 21 mars 2019).",
            ["Jean Dupont"],
            [("2019-03-21", "written"), ("2019-04-02", "posted")],
        ),
        ("von Karl Liebknecht, 1. Mai 1916", ["Karl Liebknecht"], [("1916-05-01", "published")]),
        ("2 April 2019, by [failed harvest](#)", ["failed harvest"], [("2019-04-02", "published")]),
    ],
)
def test_a_byline_becomes_creators_and_dates(
    line: str, names: list[str], days: list[tuple[str, str]]
) -> None:
    publication = repaired(under_a_title(line, LONG))
    about = publication.metadata
    assert [creator.name for creator in about.creators] == names
    if days != [("2012", "")]:
        assert [(day.value, day.meaning) for day in about.dates] == days
    else:
        assert about.dates == (Date("1912-03", "published", "month"),)
    (entry,) = entries(publication, "byline")
    assert entry.place.first == 3
    assert lines(publication) == [LONG]


@pytest.mark.parametrize(
    "line",
    [
        "By noon they had all gone home again.",
        "The text was written by many hands in one long night, and nobody can say who wrote which word of it.",
        "by the river",
        "On 2 April 2019 we went out and stood by the gate with our banners.",
        "By 1912 there were forty of them.",
    ],
)
def test_a_sentence_with_by_in_it_is_no_byline(line: str) -> None:
    publication = repaired(under_a_title(line, LONG))
    assert publication.metadata.creators == ()
    assert not entries(publication, "byline")


@pytest.mark.parametrize(
    ("name", "sorted_as"),
    [
        ("Rosa Luxemburg", "Luxemburg, Rosa"),
        ("Simone de Beauvoir", "de Beauvoir, Simone"),
        ("Plato", "Plato"),
        ("Ludwig van der Rohe", "van der Rohe, Ludwig"),
    ],
)
def test_a_name_is_filed_by_its_last_part(name: str, sorted_as: str) -> None:
    assert byline.sort_name(name) == sorted_as


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("2 avril 2019", "2019-04-02", "day"),
        ("1er mai 1968", "1968-05-01", "day"),
        ("May 1st, 1886", "1886-05-01", "day"),
        ("le 14 juillet 1789", "1789-07-14", "day"),
        ("7 de noviembre de 1917", "1917-11-07", "day"),
        ("3. März 1918", "1918-03-03", "day"),
        ("25 октября 1917", "1917-10-25", "day"),
        ("2019-03-21", "2019-03-21", "day"),
        ("October 1917", "1917-10", "month"),
    ],
)
def test_dates_are_read_in_the_languages_of_bylines(text: str, value: str, precision: str) -> None:
    (found,) = dates.find(f"({text})")
    assert (found.value, found.precision, f"({text})"[found.start : found.end]) == (
        value,
        precision,
        text.removeprefix("le "),
    )


@pytest.mark.parametrize(
    "text", ["31 February 2019", "2019-13-01", "may 40 people", "call 555-2019", "march of 12000"]
)
def test_what_no_calendar_has_is_no_date(text: str) -> None:
    assert not any(found.precision == "day" for found in dates.find(text))


# --- Provenance ------------------------------------------------------------------------------------


def test_a_postscript_that_says_where_the_text_was_found_goes_to_the_back() -> None:
    publication = repaired(
        under_a_title(LONG, "P.-S.", "- The Journal. 3 May 1912 : <https://example.org/a>")
    )
    assert publication.metadata.origin.address == "https://example.org/a"
    assert publication.metadata.origin.title == "The Journal"
    (section,) = publication.back
    assert isinstance(section, Section)
    assert section.role == "provenance"
    assert entries(publication, "provenance")[0].before == "P.-S."


@pytest.mark.parametrize("postscript", ["I forgot to say: bring bread.", "Write to us soon."])
def test_an_authors_own_postscript_stays_in_the_text(postscript: str) -> None:
    publication = repaired(under_a_title(LONG, "P.S.", postscript))
    assert publication.back == ()
    assert lines(publication)[-2:] == ["P.S.", postscript]


def test_a_postscript_in_the_middle_is_part_of_the_text() -> None:
    publication = repaired(under_a_title("P.S.", "See <https://example.org>.", *[LONG] * 9))
    assert publication.back == ()


# --- Joins -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("the organization could do nothing more than", "wait for the next harvest to come."),
        ("As long as it was small the group could", "“thrive.” That was its basis."),
        (
            'See his article "Leadership, Membership and Democracy in the Revolutionary',
            'Party," of the year before.',
        ),
        (
            "It was said (by those who had been there for the longest",
            "Time and knew it well) that it would pass.",
        ),
        ("He wrote that *the whole of it was*", "*nothing but* a bad dream of ours."),
    ],
)
def test_a_paragraph_that_a_page_cut_in_two_is_one_again(first: str, second: str) -> None:
    publication = repaired(under_a_title(first, second))
    (entry,) = entries(publication, "joins")
    assert (entry.place.first, entry.place.last) == (3, 5)
    assert " ¶ " in entry.before
    assert len(lines(publication)) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A short line", "and a paragraph that begins with a small letter."),
        ("They said that they would come back on the next day.", "but nobody believed them."),
        ("They said that they would come back on the next day:", "but nobody believed them."),
        ("They said that they would come back on the next day", "Nobody believed them."),
        ("> They said that they would come back on the next", "day, and nobody believed them."),
        ("They said that they would come back on the next", "***\n\nday and nobody believed them."),
        ("They said that they would come back on the next", "- day and nobody believed them."),
    ],
)
def test_two_paragraphs_stay_two(first: str, second: str) -> None:
    assert not entries(repaired(under_a_title(first, second)), "joins")


def test_three_pieces_are_one_paragraph() -> None:
    publication = repaired(
        under_a_title(
            "they went on and on and on without", "ever stopping to ask where they were going", "and why."
        )
    )
    assert len(entries(publication, "joins")) == 2
    assert len(lines(publication)) == 1


# --- Signatures ------------------------------------------------------------------------------------


def test_a_signed_opening_note_becomes_front_matter() -> None:
    publication = repaired(under_a_title(f"{LONG} - Saman S. and Adam T.", LONG))
    assert [plain(run) for run, _ in runs(publication.front)] == [LONG, "Saman S. and Adam T."]
    assert [creator.name for creator in publication.metadata.creators] == ["Saman S.", "Adam T."]
    assert entries(publication, "signatures")[0].after == "Saman S. and Adam T."


@pytest.mark.parametrize(
    "opening",
    [
        f"{LONG} - it was the end of all of it",
        f"{LONG} - Nobody",
        f"{LONG} (Saman S. and Adam T.)",
    ],
)
def test_an_unsigned_opening_stays_in_the_text(opening: str) -> None:
    publication = repaired(under_a_title(opening, LONG))
    assert publication.front == ()
    assert publication.metadata.creators == ()


def test_the_place_of_publication_is_an_issuer_beside_authors() -> None:
    text = under_a_title(
        "2 April 2019, by [The Journal](#)",
        f"{LONG} - Saman S. and Adam T.",
        LONG,
        "P.-S.",
        "The Journal: <https://example.org/a>",
    )
    assert [(creator.name, creator.role, creator.kind) for creator in repaired(text).metadata.creators] == [
        ("Saman S.", "aut", "person"),
        ("Adam T.", "aut", "person"),
        ("The Journal", "isb", "organisation"),
    ]


def test_how_to_reach_the_authors_is_set_apart() -> None:
    publication = repaired(under_a_title(LONG, "Contact us at : somebody example.org"))
    last = list(every_block(publication.body))[-1]
    assert isinstance(last, Paragraph)
    assert last.role == "contact"


# --- Headings and sections -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line", ["THE STRIKE OF 1912", "**The strike of 1912**", "DER GROẞE STREIK", "ЧТО ДЕЛАТЬ?", "WHY NOW ?"]
)
def test_a_line_in_capitals_or_bold_is_a_heading(line: str) -> None:
    publication = repaired(under_a_title(LONG, line, LONG))
    (entry,) = entries(publication, "headings")
    assert len(sections(publication)) == 1
    assert entry.place.first == 5
    assert entry.before == entry.after


@pytest.mark.parametrize(
    "line",
    [
        "USA",
        "1912",
        "NO PASARAN!, THEY SAID.",
        "**Note:**",
        "**Wait.**",
        "WORD " * 17,
        "*The strike*",
        "**Bold** start",
        "שלום לכולם",
    ],
)
def test_other_short_lines_are_no_headings(line: str) -> None:
    publication = repaired(under_a_title(LONG, line, LONG))
    assert sections(publication) == []


def test_capitals_at_the_very_end_are_no_heading() -> None:
    """A heading stands over something: a slogan that closes the text does not."""
    publication = repaired(under_a_title(LONG, "WORKERS OF THE WORLD, UNITE!"))
    assert sections(publication) == []
    assert lines(publication)[-1] == "WORKERS OF THE WORLD, UNITE!"


def test_levels_are_closed_up() -> None:
    publication = repaired(
        f"# The title\n\n{LONG}\n\n### A\n\n{LONG}\n\n###### B\n\n{LONG}\n\n### C\n\n{LONG}"
    )
    assert [
        (block.id, block.heading.level)
        for block in every_block(publication.body)
        if isinstance(block, Section) and block.heading
    ] == [("section-1", 1), ("section-1-1", 2), ("section-2", 1)]


def test_a_deeper_heading_that_comes_first_counts_as_the_highest() -> None:
    publication = repaired(f"# The title\n\n### A\n\n{LONG}\n\n## B\n\n{LONG}")
    assert sections(publication) == ["A", "B"]
    assert [block.level for block in every_block(publication.body) if isinstance(block, Heading)] == [1, 1]


def test_a_heading_in_a_quotation_or_list_opens_no_section() -> None:
    publication = repaired(under_a_title(LONG, "> ## Said\n>\n> Words.", "- # Item\n- two", LONG))
    assert sections(publication) == []
    assert not any(isinstance(block, Heading) for block in every_block(publication.body))
    assert [change.before for change in entries(publication, "headings")] == ["Said", "Item"]


def test_the_text_before_the_first_heading_is_an_untitled_section() -> None:
    publication = repaired(under_a_title(LONG, "## A", LONG))
    assert [block.id for block in publication.body if isinstance(block, Section)] == ["opening", "section-1"]


@pytest.mark.parametrize(
    ("words", "true"),
    [
        ("P.-S.", True),
        ("PS:", True),
        ("P.S.", True),
        ("Post-scriptum", True),
        ("Postscript", True),
        ("PSALM", False),
        ("Apps", False),
    ],
)
def test_postscripts_are_known(words: str, true: bool) -> None:
    assert headings.is_postscript(words) is true


# --- Quotations ------------------------------------------------------------------------------------


QUOTED = " ".join(["We are doomed in any case if the revolution does not come"] * 3)


@pytest.mark.parametrize(("before", "after"), [('"', '"'), ("“", "”"), ("«\u00a0", "\u00a0»")])
def test_a_long_quotation_with_its_source_stands_apart(before: str, after: str) -> None:
    publication = repaired(
        under_a_title(f"{before}{QUOTED}, *all* of us.{after} (Lenin, *Works* [6-8 March]).", LONG)
    )
    (quotation,) = [block for block in every_block(publication.body) if isinstance(block, BlockQuotation)]
    assert [plain(run) for run, _ in runs(quotation.blocks)] == [f"{QUOTED}, all of us."]
    assert plain(quotation.attribution) == "Lenin, Works [6–8 March]"
    assert len(tuple(every_inline(quotation.attribution))) > 1


@pytest.mark.parametrize(
    "text",
    [
        '"Short and good." (Lenin)',
        f'"{QUOTED}." And so on (Lenin).',
        f'"{QUOTED}," she said, "and {QUOTED}." (Lenin)',
        f"{QUOTED} (Lenin).",
        f'He said: "{QUOTED}." (Lenin)',
    ],
)
def test_other_quotations_stay_in_their_paragraphs(text: str) -> None:
    publication = repaired(under_a_title(text, LONG))
    assert not any(isinstance(block, BlockQuotation) for block in every_block(publication.body))


# --- Links -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target", ["#", "", "#nowhere", "page2.html", "/a/b", "../c", "javascript:alert(1)", "file:///etc/passwd"]
)
def test_a_link_that_leads_nowhere_is_words(target: str) -> None:
    publication = repaired(
        under_a_title(f"Go [there *now*]({target}) and come back, all of you, in time.", LONG)
    )
    assert lines(publication)[0] == "Go there now and come back, all of you, in time."
    assert not any(
        isinstance(node, Link) for run, _ in publication_runs(publication) for node in every_inline(run)
    )
    (entry,) = entries(publication, "links")
    assert entry.after == "there now"


@pytest.mark.parametrize(
    "target", ["https://example.org", "mailto:a@example.org", "tel:+4930123", "https://example.org/a_(b)"]
)
def test_a_link_that_leads_somewhere_stays(target: str) -> None:
    publication = repaired(under_a_title(f"Go [there]({target}).", LONG))
    assert [
        node.target
        for run, _ in publication_runs(publication)
        for node in every_inline(run)
        if isinstance(node, Link)
    ] == [target]


# --- Typography ------------------------------------------------------------------------------------


def set_in(text: str, tongue: str = "en") -> str:
    """A line as the four rules leave it, in a language."""
    from pipeline.editing import apply
    from pipeline.model import Text

    run: tuple[object, ...] = (Text(text),)
    for _, rule, _ in typography.RULES:
        run = apply(run, rule(flat(run), tongue))  # type: ignore[arg-type]
    return plain(run)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("why ? Why ! So : it is ; and", "why? Why! So: it is; and"),
        ("word , and more .", "word, and more."),
        ("what ?!", "what?!"),
        ("(why ?)", "(why?)"),
        ("from 2013-2014 to 2013 - 2014", "from 2013–2014 to 2013–2014"),
        ("pages 6-8, 1918-24", "pages 6–8, 1918–24"),
        ("over - if ever", "over\u00a0– if ever"),
        ("over -- if ever", "over\u00a0– if ever"),
        ("over -- if ever---so", "over\u00a0– if ever—so"),
        ("doomed--perhaps", "doomed—perhaps"),
        ("and so on...", "and so on…"),
        ('"It is," he said.', "“It is,” he said."),
        ("don't, the SWP's, teachers' strike", "don’t, the SWP’s, teachers’ strike"),
        ("the '60s, rock 'n' roll, 'tis", "the ’60s, rock ’n’ roll, ’tis"),
        ("\"He said 'no' to me.\"", "“He said ‘no’ to me.”"),
        ("\"'No,' he said.\"", "“‘No,’ he said.”"),
        ('he said "no"—"never"', "he said “no”—“never”"),
        ('("so")', "(“so”)"),
    ],
)
def test_english_is_set_as_english_is(before: str, after: str) -> None:
    assert set_in(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "on 2019-03-21 it",
        "call 030-12345-67 or 555-1234-99",
        "ISBN 978-3-16-148410-0",
        "a score of 4-2",
        "self-emancipation, Five-Year",
        "at 10:30",
        "a ratio of 1:2",
        "wait....",
        "“already curly”, ‘so’",
        "version 1.2-1.3",
        "https://example.org/a-b?c=d--e ...",
        "the file a--b@example.org",
        "- an item",
        "-5 to +5",
        ":-)",
    ],
)
def test_what_is_right_or_no_ones_business_stays(text: str) -> None:
    assert set_in(text).replace("…", "...") == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Pourquoi ? Oui ! Ceci : cela ; fin", "Pourquoi\u202f? Oui\u202f! Ceci\u00a0: cela\u202f; fin"),
        ("Pourquoi? Ceci: cela", "Pourquoi\u202f? Ceci\u00a0: cela"),
        ("Pourquoi\u202f? Ceci\u00a0: cela", "Pourquoi\u202f? Ceci\u00a0: cela"),
        ("Quoi ?!", "Quoi\u202f?!"),
        ('"Oui", dit-il', "«\u202fOui\u202f», dit-il"),
        ("l'homme d'aujourd'hui", "l’homme d’aujourd’hui"),
        ("à 10:30 https://example.org/a:b", "à 10:30 https://example.org/a:b"),
    ],
)
def test_french_is_set_as_french_is(before: str, after: str) -> None:
    assert set_in(before, "fr") == after
    assert set_in(after, "fr") == after


@pytest.mark.parametrize(
    ("tongue", "after"),
    [
        ("de", "„Nein“, sagte er"),
        ("pl", "„Nein”, sagte er"),
        ("es", "«Nein», sagte er"),
        ("en-GB", "“Nein”, sagte er"),
        ("xx", "“Nein”, sagte er"),
    ],
)
def test_quotation_marks_are_those_of_the_language(tongue: str, after: str) -> None:
    assert set_in('"Nein", sagte er', tongue) == after


def test_marks_find_their_sides_across_emphasis_code_and_breaks() -> None:
    publication = repaired(under_a_title('He said *"no* and" then `"x" -- y` "so\\\nlong".', LONG))
    assert lines(publication)[0] == 'He said “no and” then "x" -- y “so long”.'


def test_titles_are_set_like_the_text() -> None:
    about = repaired(f'France : "The strike" of 1912-13 - What we don\'t know\n\n{LONG}').metadata
    assert (about.rubric, about.title, about.subtitle) == (
        "France",
        "“The strike” of 1912–13",
        "What we don’t know",
    )


def test_verse_keeps_its_lines_and_gets_its_marks() -> None:
    publication = repaired(under_a_title('| "Rise like lions"\n|   after slumber', LONG))
    (verse,) = [block for block in every_block(publication.body) if isinstance(block, Verse)]
    assert [plain(line.content) for line in verse.stanzas[0]] == ["“Rise like lions”", "after slumber"]


def test_a_change_of_typography_names_the_word_and_no_more() -> None:
    publication = repaired(under_a_title(f"{LONG} Why did they ask ? Because.", LONG))
    (entry,) = entries(publication, "spacing")
    assert (entry.before, entry.after, entry.place.first) == ("ask ?", "ask?", 3)


# --- Casing ----------------------------------------------------------------------------------------


def test_names_in_headings_are_spelt_as_the_body_spells_them() -> None:
    body = "We in the ISO and the SWP read what McDonald wrote of iPhones, and that of Lenin, and we talk."
    publication = repaired(
        under_a_title(LONG, "THE ISO, THE SWP AND MCDONALD", body, "LENIN'S IPHONES", body)
    )
    assert sections(publication) == ["The ISO, the SWP and McDonald", "Lenin’s iPhones"]


@pytest.mark.parametrize(
    ("heading", "cased"),
    [
        ("THE SO-CALLED THEORY OF THE PARTY", "The So-Called Theory of the Party"),
        ("WAS IT ALL IN VAIN?", "Was It All in Vain?"),
        ("WHAT WE CAME FOR", "What We Came For"),
        ("THE END: A BEGINNING", "The End: A Beginning"),
        ("“PERSPECTIVES” AND 2019", "“Perspectives” and 2019"),
    ],
)
def test_english_headings_are_in_title_case(heading: str, cased: str) -> None:
    assert casing.cased(heading, "en", {}) == cased


def test_other_languages_get_sentence_case() -> None:
    assert casing.cased("QUE FAIRE EN FRANCE ?", "fr", {"france": "France"}) == "Que faire en France ?"


@pytest.mark.parametrize(
    ("line", "cased"),
    [("WHAT THE ISO WANTS", "What the ISO Wants"), ("What THE ISO wants", "What THE ISO wants")],
)
def test_a_title_in_capitals_is_cased_like_a_heading(line: str, cased: str) -> None:
    assert repaired(f"# {line}\n\n{LONG} We are the ISO, all of us.").metadata.title == cased


def test_a_title_that_the_editor_gives_keeps_its_capitals() -> None:
    assert repaired(f"# X\n\n{LONG}", sidecar=Sidecar(title="STRIKE NOW")).metadata.title == "STRIKE NOW"


def test_headings_that_are_not_in_capitals_stay() -> None:
    assert sections(repaired(under_a_title(LONG, "## on bread and the ISO", LONG))) == [
        "on bread and the ISO"
    ]


def test_a_text_all_in_capitals_keeps_its_headings() -> None:
    shout = "THIS IS ALL WE HAVE TO SAY TO YOU AND WE SAY IT IN CAPITALS AS LOUD AS WE CAN, COMRADES."
    assert sections(repaired("\n\n".join(["# LISTEN", shout, "## ONCE MORE", shout]))) == ["ONCE MORE"]


# --- Language --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        (
            "It is the duty of all who have seen this to say what they saw, and to whom it was done, for that is how it ends.",
            "en",
        ),
        (
            "C'est le devoir de tous ceux qui ont vu cela de dire ce qu'ils ont vu, et à qui on l'a fait, dans la rue et sur la place.",
            "fr",
        ),
        (
            "Es ist die Pflicht aller, die das gesehen haben, zu sagen, was sie sahen und wem es geschah, denn so hört es auf.",
            "de",
        ),
        ("one two three", None),
        (" ".join(f"Name{number}" for number in range(40)), None),
    ],
)
def test_a_language_is_told_by_its_little_words(text: str, tongue: str | None) -> None:
    assert language.detected(text) == tongue


def test_a_short_text_is_in_the_language_of_the_press_and_the_sidecar_wins() -> None:
    assert repaired("# Oui\n\nNon.", language="fr").metadata.language == "fr"
    assert repaired("# Oui\n\nNon.", sidecar=Sidecar(language="he")).metadata.direction == "rtl"


# --- Corrections and the editor --------------------------------------------------------------------


def test_a_correction_is_done_once_with_its_reason() -> None:
    sidecar = Sidecar(corrections=(Correction("the the", "the", "a slip"),))
    publication = repaired(under_a_title(f"{LONG} He saw the the end."), sidecar=sidecar)
    (entry,) = entries(publication, "corrections")
    assert (entry.before, entry.after, entry.why, entry.place.first) == ("the the", "the", "a slip", 3)
    assert "He saw the end." in lines(publication)[0]


@pytest.mark.parametrize("find", ["absent", "sentence"])
def test_a_correction_that_does_not_fit_once_is_refused(find: str) -> None:
    with pytest.raises(ConfigError, match=find) as refused:
        repaired(under_a_title(LONG, LONG), sidecar=Sidecar(corrections=(Correction(find, "x", "y"),)))
    assert refused.value.hint


def test_the_editor_has_the_last_word() -> None:
    sidecar = Sidecar(
        creators=(SidecarCreator("A Group", kind="organisation"), SidecarCreator("Jo Doe", role="trl")),
        dates=(SidecarDate("1912-05", "written"),),
        rights=SidecarRights("Free to copy", "https://example.org/l"),
        subjects=("bread",),
        description="About bread.",
        address="https://example.org/x",
    )
    about = repaired(under_a_title("by Somebody Else, 2 April 2019", LONG), sidecar=sidecar).metadata
    assert about.creators == (
        Creator("A Group", "A Group", "aut", "organisation"),
        Creator("Jo Doe", "Doe, Jo", "trl"),
    )
    assert about.dates == (Date("1912-05", "written", "month"),)
    assert (about.rights, about.subjects) == (Rights("Free to copy", "https://example.org/l"), ("bread",))
    assert (about.description, about.origin.address) == ("About bread.", "https://example.org/x")


# --- Slips -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("strengthen the the left-wing", "slip-001"),
        ("write to p70volkl yahoo.com", "slip-002"),
        ("a lost \ufffd sign", "slip-003"),
    ],
)
def test_slips_are_found_at_their_line_and_left(words: str, code: str) -> None:
    publication, findings = repaired_with_findings(under_a_title(LONG, f"We must {words} now, all of us."))
    (finding,) = findings
    assert (finding.code, finding.severity, finding.where) == (code, "note", "a-text.txt, line 5")
    assert words in lines(publication)[1]


@pytest.mark.parametrize(
    "words", ["we had had enough", "nous nous sommes levés", "write to a@yahoo.com", "the other thermos"]
)
def test_what_is_rightly_so_is_no_slip(words: str) -> None:
    assert repaired_with_findings(under_a_title(f"We know that {words} now."))[1] == ()


# --- All of them -----------------------------------------------------------------------------------


EVERYTHING = "\n\n".join(
    [
        'France : The "strike" - What we saw',
        "mardi 2 avril 2019, par [The Journal](#) (Date de rédaction antérieure : 21 mars 2019).",
        "Sommaire",
        "- [**](#)\n- [ON BREAD (...)](#)\n- [ON ROSES](#)",
        "It begins to ask : why ? We were there - and we saw it in 2013-2014... - Saman S. and Adam T.",
        "- **",
        "ON BREAD AND THE ISO",
        "As long as it was there and all of the ISO knew it we could",
        "“thrive.” See [this](page.html) ~~or that~~ too.",
        f'"{QUOTED}." (Lenin)',
        "ON ROSES",
        "> ## Inside",
        LONG,
        "P.-S.",
        "- The Journal. 3 May 2019 : <https://example.org/a>",
    ]
)


def test_every_entry_of_the_ledger_says_what_where_and_why() -> None:
    publication = repaired(EVERYTHING)
    rules = {change.rule for change in publication.ledger}
    assert rules == {
        "artefacts",
        "contents",
        "titling",
        "byline",
        "provenance",
        "joins",
        "signatures",
        "headings",
        "quotations",
        "links",
        "spacing",
        "dashes",
        "ellipses",
        "quotes",
        "casing",
        "markup",
    }
    count = EVERYTHING.count("\n") + 1
    for change in publication.ledger:
        assert change.why.strip()
        assert change.before.strip()
        assert 1 <= change.place.first <= change.place.last <= count, change


@pytest.mark.parametrize("number", range(len(PASSES)), ids=[name for name, _ in PASSES])
def test_no_pass_finds_work_in_its_own_work(number: int) -> None:
    seed = source(EVERYTHING)
    at = desk(seed, PRESS)
    publication = read(EVERYTHING)
    for _, repair in PASSES[: number + 1]:
        publication = repair(publication, at)
    assert PASSES[number][1](publication, at) == publication


def test_all_passes_find_nothing_in_their_own_work() -> None:
    seed = source(EVERYTHING)
    publication = repaired(EVERYTHING)
    assert all_passes(publication, desk(seed, PRESS)) == publication
