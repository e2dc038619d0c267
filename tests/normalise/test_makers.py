"""Lines of credits, names and their case, months and years, in the languages of bylines."""

from __future__ import annotations

import pytest

from pipeline.normalise import dates, makers, names


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("By Rosa Luxemburg", [("Rosa Luxemburg", "aut")]),
        ("BY HENRY HIGHLAND GARNET.", [("Henry Highland Garnet", "aut")]),
        ("par Élisée Reclus", [("Élisée Reclus", "aut")]),
        ("von Karl Liebknecht", [("Karl Liebknecht", "aut")]),
        ("por Ricardo Flores Magón", [("Ricardo Flores Magón", "aut")]),
        ("di Errico Malatesta", [("Errico Malatesta", "aut")]),
        ("door Anton Pannekoek", [("Anton Pannekoek", "aut")]),
        ("przez Różę Luksemburg", [("Różę Luksemburg", "aut")]),
        ("Автор: Лев Толстой", [("Лев Толстой", "aut")]),
        ("της Ρόζας Λούξεμπουργκ", [("Ρόζας Λούξεμπουργκ", "aut")]),
        ("מאת אחד העם", [("אחד העם", "aut")]),
        ("بقلم روزا لوكسمبورغ", [("روزا لوكسمبورغ", "aut")]),
        ("نوشتهٔ کارل مارکس", [("کارل مارکس", "aut")]),
        (
            "Translated from the Russian by Emma Goldman and Ben Reitman",
            [("Emma Goldman", "trl"), ("Ben Reitman", "trl")],
        ),
        ("Traduit de l'allemand par Jean Longuet", [("Jean Longuet", "trl")]),
        ("Aus dem Russischen von Karl Kautsky", [("Karl Kautsky", "trl")]),
        ("Übersetzung: Rosa Müller", [("Rosa Müller", "trl")]),
        ("Traducción de Juan Pérez", [("Juan Pérez", "trl")]),
        ("Traduzione di Luigi Fabbri", [("Luigi Fabbri", "trl")]),
        ("Vertaald uit het Duits door Herman Gorter", [("Herman Gorter", "trl")]),
        ("Переводчик: И. Иванов", [("И. Иванов", "trl")]),
        ("Przekład: Jan Kowalski", [("Jan Kowalski", "trl")]),
        ("Μετάφραση: Γιώργος Σεφέρης", [("Γιώργος Σεφέρης", "trl")]),
        ("ترجمة: جورج طرابيشي", [("جورج طرابيشي", "trl")]),
        ("Herausgegeben von Clara Zetkin", [("Clara Zetkin", "edt")]),
        ("Transcribed by Zodiac", [("Zodiac", "trc")]),
        ("Por Juan Pérez, traducido por Ana Ruiz", [("Juan Pérez", "aut"), ("Ana Ruiz", "trl")]),
        ("By the Committee for Peace and Freedom", [("Committee for Peace and Freedom", "aut")]),
    ],
)
def test_a_line_of_credits_is_read(line: str, made: list[tuple[str, str]]) -> None:
    assert [(each.name, each.role) for each in makers.read(line, {})] == made


@pytest.mark.parametrize(
    "line",
    [
        "By Any Means Necessary",
        "By noon they had all gone home again.",
        "by the river",
        "By failed harvest",
        "Byron",
        "Porto",
        "di",
        "She was moved by Rosa Luxemburg",
        "Von der Hand in den Mund",
        "translated",
    ],
)
def test_a_line_that_names_nobody_is_none(line: str) -> None:
    assert makers.read(line, {}) == ()


@pytest.mark.parametrize(
    ("line", "role"), [("BY", "aut"), ("by:", "aut"), ("Translated by", "trl"), ("By X", ""), ("", "")]
)
def test_a_phrase_alone_waits_for_its_names(line: str, role: str) -> None:
    assert makers.alone(line) == role


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("ELIZABETH GURLEY FLYNN", "Elizabeth Gurley Flynn"),
        ("I. W. W. PUBLISHING BUREAU", "I. W. W. Publishing Bureau"),
        ("J. MCDONALD O'NEIL", "J. McDonald O'Neil"),
        ("ELIZABETH McDONALD", "Elizabeth McDonald"),
        ("LUDWIG VAN DER ROHE", "Ludwig van der Rohe"),
        ("SIMONE DE BEAUVOIR", "Simone de Beauvoir"),
        ("JEAN-PAUL MARAT", "Jean-Paul Marat"),
        ("LOUIS XIV", "Louis XIV"),
        ("ЛЕВ ТОЛСТОЙ", "Лев Толстой"),
        ("Rosa Luxemburg", "Rosa Luxemburg"),
        ("bell hooks", "bell hooks"),
        ("אחד העם", "אחד העם"),
    ],
)
def test_a_name_in_capitals_is_written_as_names_are(capitals: str, name: str) -> None:
    assert names.cased(capitals, {}) == name


def test_a_name_in_capitals_is_written_as_the_text_writes_it() -> None:
    assert names.cased("RUDOLF MACDONALD", {"macdonald": "MacDonald"}) == "Rudolf MacDonald"


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("ELIZABETH GURLEY FLYNN", True),
        ("P. J. Proudhon", True),
        ("Dr. Bernhard Stein", True),
        ("Лев Толстой", True),
        ("SABOTAGE", False),
        ("MUTUAL AID", False),
        ("John Brown's Body", False),
        ("Rosa Luxemburg and the Mass Strike", False),
        ("John Reed Press", False),
        ("Peter", False),
    ],
)
def test_a_person_is_told_by_a_given_name_or_initials(line: str, person: bool) -> None:
    assert names.like_a_person(line) is person


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("OCTOBER, 1916", "1916-10"),
        ("30 января 1909 г.", "1909-01-30"),
        ("1 maja 1905 r.", "1905-05-01"),
        ("1η Μαΐου 1905", "1905-05-01"),
        ("1 ΜΑΪΟΥ 1905", "1905-05-01"),
        ("12 בינואר 1905", "1905-01-12"),
        ("٣٠ يناير ١٩٠٩", "1909-01-30"),
        ("15 تشرين الأول 1930", "1930-10-15"),
        ("30 ژانویهٔ 1909", "1909-01-30"),
        ("12 de março de 1917", "1917-03-12"),
        ("30.01.1909", "1909-01-30"),
        ("30/1/1909", "1909-01-30"),
        ("1/30/1909", "1909-01-30"),
        ("MDCCCXLVIII.", "1848"),
        ("M.DCCC.XLVIII", "1848"),
        ("(1900)", "1900"),
        ("1909 г.", "1909"),
        ("3/4/1909", ""),
        ("31/31/1909", ""),
        ("MIX", ""),
        ("MILL", ""),
        ("1916 strikers", ""),
        ("Spring 1999", ""),
        ("In October 1917 they rose", ""),
        ("1234", ""),
    ],
)
def test_a_line_that_is_a_date_and_nothing_else(text: str, value: str) -> None:
    assert dates.whole(text) == value


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Freedom Press", "organisation"), ("Комитет спасения", "organisation"), ("Emma Goldman", "person")],
)
def test_organisations_say_what_they_are(name: str, kind: str) -> None:
    one = names.creator(name, "pbl", {})
    assert one.kind == kind
    assert one.sort_name == (name if kind == "organisation" else "Goldman, Emma")
