"""Title pages: what they tell, what is kept of them, and which openings are none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.checks import words
from pipeline.model import Block, Change, Publication, Rights, Section
from pipeline.normalise import artefacts, boilerplate, contents, desk, language, titlepage
from pipeline.walk import plain, runs
from tests.readers.texts import PRESS, read, source

LONG = (
    "This is a sentence of the text that goes on for quite a while, and of the men in it, and then it stops."
)
TEXTS = {
    "en": LONG,
    "fr": "Les ouvriers de la ville et ceux de la campagne ne sont pas, dans le fond, les ennemis les uns des autres.",
    "de": "Die Arbeiter der Stadt und die des Landes sind im Grunde nicht die Feinde der einen oder der anderen Seite.",
    "es": "Los obreros de la ciudad y los del campo no son en el fondo los enemigos los unos de los otros, como se dice.",
    "it": "Gli operai della città e quelli della campagna non sono in fondo i nemici gli uni degli altri, come si dice.",
    "ru": "Рабочие города и рабочие деревни не враги, и они не так далеки друг от друга, как то говорят нам о них и о нас.",
    "he": "הפועלים של העיר ושל הכפר לא אויבים הם, כי אם אחים, וכל מה שאמרו על זה לא היה אלא שקר, כי אין בין אלה דבר.",
}


def opened(*lines: str, text: str = LONG) -> Publication:
    """The page and a text under it, after the passes that come before the titles."""
    publication = read("\n\n".join([*lines, text, text]))
    at = desk(source("x"), PRESS)
    for each in (boilerplate, language, artefacts, contents, titlepage):
        publication = each.repair(publication, at)
    return publication


def said(publication: Publication) -> list[str]:
    return [plain(run) for run, _ in runs(publication.body)]


def made(publication: Publication) -> list[tuple[str, str]]:
    return [(each.name, each.role) for each in publication.metadata.creators]


def entries(publication: Publication) -> list[Change]:
    return [change for change in publication.ledger if change.rule == "titlepage"]


def kept(blocks: tuple[Block, ...]) -> list[str]:
    return [plain(run) for block in blocks if isinstance(block, Section) for run, _ in runs((block,))]


def test_a_page_of_a_pamphlet_becomes_metadata_and_imprint() -> None:
    publication = opened(
        "SABOTAGE",
        "THE CONSCIOUS WITHDRAWAL OF THE WORKERS' INDUSTRIAL EFFICIENCY",
        "ELIZABETH GURLEY FLYNN",
        "PRICE TEN CENTS",
        "OCTOBER, 1916",
        "I. W. W. PUBLISHING BUREAU",
        "CLEVELAND, O., U. S. A.",
        "\\[since withdrawn as official union literature\\]",
    )
    about = publication.metadata
    assert about.title == "Sabotage"
    assert about.subtitle == "The Conscious Withdrawal of the Workers' Industrial Efficiency"
    assert made(publication) == [("Elizabeth Gurley Flynn", "aut"), ("I. W. W. Publishing Bureau", "pbl")]
    assert about.creators[1].kind == "organisation"
    assert [(day.value, day.precision) for day in about.dates] == [("1916-10", "month")]
    assert said(publication) == [LONG, LONG]
    assert kept(publication.front) == ["[since withdrawn as official union literature]"]
    assert kept(publication.back)[0] == "PRICE TEN CENTS"
    assert [change.before for change in entries(publication)] == [
        "SABOTAGE",
        "THE CONSCIOUS WITHDRAWAL OF THE WORKERS' INDUSTRIAL EFFICIENCY",
        "ELIZABETH GURLEY FLYNN",
    ]


def test_a_title_over_several_lines_is_one() -> None:
    publication = opened(
        "AN APPEAL",
        "TO THE COLOURED CITIZENS",
        "OF THE WORLD",
        "BY",
        "DAVID WALKER.",
        "BOSTON:",
        "Printed by J.H. Tobitt, 9 Spruce st",
        "MDCCCXXIX",
    )
    about = publication.metadata
    assert about.title == "An Appeal to the Coloured Citizens of the World"
    assert made(publication) == [("David Walker", "aut"), ("J.H. Tobitt", "prt")]
    assert about.dates[0].value == "1829"


def test_rights_become_rights_and_thanks_stand_before_the_text() -> None:
    permission = (
        "Permission is granted to copy this article in other forms of media, including radio and print."
    )
    thanks = "I would like to thank the numerous people who enter reports on the wire and the dozens who helped me."
    publication = opened(
        "Bill of Rights Status Report",
        "Eric Postpischil",
        "6 Hamlett Drive, Apt. 17, Nashua, NH 03062",
        "6 October 1990",
        permission,
        thanks,
        "## Introduction",
    )
    assert publication.metadata.rights == Rights(permission)
    assert kept(publication.front) == [thanks]
    assert kept(publication.back) == ["6 Hamlett Drive, Apt. 17, Nashua, NH 03062"]
    assert publication.metadata.dates[0].value == "1990-10-06"
    assert said(publication) == ["Introduction", LONG, LONG]


@pytest.mark.parametrize(
    ("language", "lines", "title", "makers", "day"),
    [
        (
            "fr",
            ["Élisée Reclus", "L'ANARCHIE", "PARIS", "Au Bureau des TEMPS NOUVEAUX", "1896"],
            "L'anarchie",
            [("Élisée Reclus", "aut"), ("Au Bureau des TEMPS NOUVEAUX", "pbl")],
            "1896",
        ),
        (
            "de",
            [
                "ROSA LUXEMBURG",
                "Massenstreik, Partei und Gewerkschaften",
                "Hamburg",
                "Verlag von Erdmann Dubber",
                "1906",
            ],
            "Massenstreik, Partei und Gewerkschaften",
            [("Rosa Luxemburg", "aut"), ("Verlag von Erdmann Dubber", "pbl")],
            "1906",
        ),
        (
            "es",
            [
                "LA CONQUISTA DEL PAN",
                "por Pedro Kropotkin",
                "Traducido del francés por León Ignacio",
                "Barcelona, 1905",
            ],
            "La conquista del pan",
            [("Pedro Kropotkin", "aut"), ("León Ignacio", "trl")],
            "1905",
        ),
        (
            "it",
            ["FRA CONTADINI", "Dialogo", "di Errico Malatesta", "Firenze", "1884"],
            "Fra contadini",
            [("Errico Malatesta", "aut")],
            "1884",
        ),
        (
            "ru",
            ["Лев Толстой", "ПИСЬМО РЕВОЛЮЦИОНЕРУ", "Перевод: И. Иванов", "Москва", "1909 г."],
            "Письмо революционеру",
            [("Лев Толстой", "aut"), ("И. Иванов", "trl")],
            "1909",
        ),
        ("he", ["לא זה הדרך", "מאת אחד העם", "אודסה", "1889"], "לא זה הדרך", [("אחד העם", "aut")], "1889"),
    ],
)
def test_pages_in_our_languages(
    language: str, lines: list[str], title: str, makers: list[tuple[str, str]], day: str
) -> None:
    publication = opened(*lines, text=TEXTS[language])
    assert publication.metadata.title == title
    assert made(publication) == makers
    assert [each.value for each in publication.metadata.dates] == [day]
    assert said(publication) == [TEXTS[language]] * 2


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["Dear comrades,"],
        ["The title"],
        ["# The title", "## First part"],
        ["The title", "Introduction"],
        ["The miners", "What they wanted", "What they got"],
        ["The title", "By the river"],
        ["- one\n- two", "1916"],
    ],
)
def test_no_page_is_made_of_what_is_none(lines: list[str]) -> None:
    publication = opened(*lines)
    assert publication.metadata.title == ""
    assert publication.metadata.creators == ()
    assert not entries(publication)
    assert said(publication)[-2:] == [LONG, LONG]


def test_a_name_that_the_text_goes_on_about_is_the_title_of_a_life() -> None:
    """A name over a text is its author's, unless the text is about it."""
    publication = opened(
        "Rosa Luxemburg",
        "Her Life and Work",
        text=f"{LONG} Luxemburg was born in Zamość; Luxemburg died in Berlin.",
    )
    assert publication.metadata.creators == ()


@pytest.mark.parametrize(
    ("lines", "title", "makers"),
    [
        (["ANARCHISM", "What It Really Stands For", "Emma Goldman"], "Anarchism", ["Emma Goldman"]),
        (["Emma Goldman", "Anarchism: What It Really Stands For"], "Anarchism", ["Emma Goldman"]),
        (
            [
                "The Conquest of Bread",
                "P. Kropotkin",
                "1906 G. P. Putnam's Sons, New York and London",
                "Preface",
            ],
            "The Conquest of Bread",
            ["P. Kropotkin"],
        ),
        (
            ["Leo Tolstoy", "A LETTER TO A HINDU", "With an Introduction by M. K. GANDHI", "INTRODUCTION"],
            "A Letter to a Hindu",
            ["Leo Tolstoy", "M. K. Gandhi"],
        ),
        (["LETTERS TO", "ROSA LUXEMBURG", "London, 1921"], "Letters to Rosa Luxemburg", []),
    ],
)
def test_an_author_may_stand_over_the_title_or_under_it(
    lines: list[str], title: str, makers: list[str]
) -> None:
    publication = opened(*lines)
    assert publication.metadata.title == title
    assert [name for name, _ in made(publication)] == makers
    assert said(publication)[-2:] == [LONG, LONG]


def test_the_text_and_the_headings_over_it_are_no_part_of_the_page() -> None:
    publication = opened("THE STRIKE", "by Jane Roe", "London", "1911", "PREFACE", text=LONG)
    assert said(publication)[0] == "PREFACE"
    assert publication.metadata.title == "The Strike"


def test_a_half_title_right_over_the_text_goes() -> None:
    publication = opened("THE STRIKE", "by Jane Roe", "London, 1911", "THE STRIKE")
    assert said(publication) == [LONG, LONG]
    assert entries(publication)[-1].before == "THE STRIKE"


def test_a_title_told_again_after_a_notice_is_a_heading() -> None:
    publication = opened("THE STRIKE", "by Jane Roe", "London, 1911", "NOTICE", LONG, "THE STRIKE")
    assert "THE STRIKE" in said(publication)


def test_a_title_page_of_our_archives_keeps_the_case_the_header_gives() -> None:
    publication = opened(
        "The Project Gutenberg EBook of Mutual Aid, by Peter Kropotkin",
        "Title: Mutual Aid",
        "Author: Peter Kropotkin",
        "\\*\\*\\* START OF THIS PROJECT GUTENBERG EBOOK MUTUAL AID \\*\\*\\*",
        "MUTUAL AID",
        "A FACTOR OF EVOLUTION",
        "BY",
        "P. KROPOTKIN",
        "LONDON: WILLIAM HEINEMANN PRESS",
        "1902",
    )
    assert publication.metadata.title == "Mutual Aid"
    assert publication.metadata.subtitle == "A Factor of Evolution"
    assert said(publication) == [LONG, LONG]


# --- A title that the first paragraph opens with ----------------------------------------------------


def in_one_paragraph(opening: str) -> Publication:
    text = f"{opening} {LONG} {LONG} {LONG}"
    publication = read(text)
    at = desk(source("x"), PRESS)
    return titlepage.repair(language.repair(publication, at), at)


def test_capitals_that_a_paragraph_opens_with_are_its_title() -> None:
    publication = in_one_paragraph(
        "AN ANALYSIS OF HUMAN SOCIETY. No. 2. DECLARING THE LAW WHICH CREATES A COMMUNITY HAVING GOODS IN COMMON."
    )
    about = publication.metadata
    assert about.title == "An Analysis of Human Society. No. 2."
    assert about.subtitle == "Declaring the Law Which Creates a Community Having Goods in Common"
    assert said(publication)[0].startswith("This is a sentence")
    assert len(entries(publication)) == 1


@pytest.mark.parametrize(
    ("opening", "title", "maker"),
    [
        ("RESPIRATION TODAY MARTHA J. ANDERSON", "Respiration Today", ["Martha J. Anderson"]),
        ("SHAKER THEOLOGY F. W. EVANS", "Shaker Theology", ["F. W. Evans"]),
        ("SET THE HOUSE IN ORDER BY MARIA WHEELER.", "Set the House in Order", ["Maria Wheeler"]),
        ("THE PROPHET AND JESUS Maria Wheeler", "The Prophet and Jesus", ["Maria Wheeler"]),
        ("CARE OF THE AGED", "Care of the Aged", []),
        ("CAN YOU READ? A", "Can You Read?", []),
    ],
)
def test_a_name_between_the_title_and_the_text_is_the_authors(
    opening: str, title: str, maker: list[str]
) -> None:
    publication = in_one_paragraph(opening)
    assert publication.metadata.title == title
    assert [name for name, _ in made(publication)] == maker
    assert "This is a sentence" in said(publication)[0][:24]


@pytest.mark.parametrize(
    "opening",
    [
        "THE GOVERNMENT OF Spain has fallen.",
        "IT WAS A DARK and stormy night.",
        "NO! We say it again.",
        "The IWW AND THE AFL met.",
        "A. B. Smith said so.",
    ],
)
def test_capitals_that_run_on_are_the_printers(opening: str) -> None:
    publication = in_one_paragraph(opening)
    assert publication.metadata.title == ""
    assert said(publication)[0].startswith(opening)


# --- Properties ------------------------------------------------------------------------------------

_SCRAPS = (
    "THE STRIKE", "A Tale of Two Towns", "by", "By Jane Roe", "Jane Roe", "LONDON:", "1911", "MDCCCXLVIII", "Price 5c",
    "Second edition", "Freedom Press, 127 Ossulston Street", "Translated by John Smith", "PREFACE", "## I.", "***",
    "Copyright 1911 by Jane Roe", "I thank all who helped me.", "(1900)", "and", "OF THE", "jane@example.org", LONG,
    "> quoted words", "| verse one\n| verse two", "Paris, 3 mai 1871", "Chapter I", "\\[a note\\]",
    "THE STRIKE OF 1911. WHAT IT WAS. This is how it began, " + LONG + LONG,
)  # fmt: skip


@given(st.lists(st.sampled_from(_SCRAPS), min_size=1, max_size=12))
@settings(max_examples=80, deadline=None)
def test_no_word_is_lost_and_twice_is_once(scraps: list[str]) -> None:
    text = "\n\n".join([*scraps, LONG])
    at = desk(source("x"), PRESS)
    once = titlepage.repair(read(text), at)
    assert titlepage.repair(once, at) == once
    assert words.check_source(text, once) == ()
