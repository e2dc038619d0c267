"""What a page says of its article: title, makers, dates, rights; and what it does not say stays unsaid."""

from __future__ import annotations

import pytest

from pipeline.model import Metadata
from tests.readers.pages import PROSE, read, text


def about(head: str = "", body: str = "") -> Metadata:
    return read(f"<html><head>{head}</head><body>{body}<p>{PROSE}</p><p>{PROSE}</p></body></html>").metadata


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>The Mill</title>", "", "The Mill"),
        ("<title>The Mill | Ladle</title>", "<h1>The Mill</h1>", "The Mill"),
        ("<title>Ladle » The Mill</title>", "<h2>The Mill</h2>", "The Mill"),
        ("<title>[Ladle] The Mill</title>", "", "The Mill"),
        ("<title>Ladle: The Mill</title>", "<h2>The Mill</h2>", "The Mill"),
        (
            '<meta property="og:title" content="The Mill - Ladle"><meta property="og:site_name" content="Ladle">',
            "",
            "The Mill",
        ),
        ("<title>x</title>", "<h1>The Mill</h1>", "The Mill"),
        ("", "<h1>The Mill</h1>", "The Mill"),
        ("<title>A. Nother: The Mill (1910)</title>", "<h2>A. Nother</h2><h1>The Mill</h1>", "The Mill"),
        ("", "", ""),
    ],
)
def test_titles(head: str, body: str, title: str) -> None:
    assert about(f'{head}<meta name="author" content="A. Nother">', body).title == title


def test_a_title_is_said_once() -> None:
    made = read(
        f"<title>The Mill</title><header><h1>The Mill</h1></header><article><h2>The Mill</h2><p>{PROSE}</p></article>"
    )
    assert text(made) == PROSE


def test_subtitle_and_rubric() -> None:
    said = about(
        "<title>The Mill</title>",
        '<p class="kicker">Work</p><h1>The Mill</h1><p class="subtitle">And who turned it</p>',
    )
    assert (said.rubric, said.title, said.subtitle) == ("Work", "The Mill", "And who turned it")


@pytest.mark.parametrize(
    ("head", "body", "names"),
    [
        ('<meta name="author" content="Rosa Brandt">', "", ["Rosa Brandt"]),
        ('<meta name="author" content="Rosa Brandt and Jo Lindt">', "", ["Rosa Brandt", "Jo Lindt"]),
        ('<meta name="author" content="Brandt, Rosa">', "", ["Rosa Brandt"]),
        ('<meta name="author" content="admin">', "", []),
        ('<meta property="article:author" content="https://a.example/rosa">', "", []),
        ("", '<h1>T</h1><p class="byline">by Rosa Brandt</p>', ["Rosa Brandt"]),
        ("", '<h1>T</h1><p>par <a rel="author" href="/r">Rosa Brandt</a></p>', ["Rosa Brandt"]),
        ("<title>T</title>", "<h1>T</h1><p>By Rosa Brandt, 3 May 1912</p>", ["Rosa Brandt"]),
        ("<title>T</title>", "<h1>T</h1><p>The door stood open.</p>", []),
        (
            '<script type="application/ld+json">{"@type":"Article","author":[{"name":"Rosa Brandt"},"Jo Lindt"]}</script>',
            "",
            ["Rosa Brandt", "Jo Lindt"],
        ),
        ('<script type="application/ld+json">{"@type":"Article","author":</script>', "", []),
        ('<script type="application/ld+json">{"@type":"Person","name":"Nobody Here"}</script>', "", []),
    ],
)
def test_makers(head: str, body: str, names: list[str]) -> None:
    assert [each.name for each in about(head, body).creators] == names


def test_those_who_write_together_are_no_person() -> None:
    head = '<script type="application/ld+json">{"@type":"Article","author":{"@type":"Organization","name":"The Loom"}}</script>'
    (maker,) = about(head).creators
    assert (maker.kind, maker.sort_name) == ("organisation", "The Loom")


def test_translators_are_told_apart() -> None:
    body = (
        '<h1>T</h1><div class="credit"><div class="author contributor"><span>Written by</span><a href="/a">Ana Siu</a></div>'
        '<div class="translator contributor"><span>Translated by</span><a href="/b">Jo Lindt</a></div></div>'
    )
    assert [(each.name, each.role) for each in about(body=body).creators] == [
        ("Ana Siu", "aut"),
        ("Jo Lindt", "trl"),
    ]


def test_authors_of_other_articles_are_no_makers() -> None:
    body = '<ul><li><h3><a href="/x">Another</a></h3><span class="author"><a href="/o">Olga Other</a></span></li></ul>'
    assert about("<title>T</title>", body).creators == ()


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        (
            '<meta property="article:published_time" content="2019-04-30T15:10:10+00:00">',
            "",
            ("2019-04-30", "day"),
        ),
        ('<meta name="dc.date" content="1912-05">', "", ("1912-05", "month")),
        ('<meta name="citation_date" content="1912">', "", ("1912", "year")),
        ("", '<h1>T</h1><time datetime="2019-04-30">yesterday</time>', ("2019-04-30", "day")),
        ("", '<h1>T</h1><p class="date">30. April 2019</p>', ("2019-04-30", "day")),
        ('<link rel="canonical" href="https://a.example/2019/04/30/t/">', "", ("2019-04-30", "day")),
        (
            '<script type="application/ld+json">{"@type":"Article","datePublished":"2019-04-30"}</script>',
            "",
            ("2019-04-30", "day"),
        ),
    ],
)
def test_dates(head: str, body: str, date: tuple[str, str]) -> None:
    (found,) = about(head, body).dates
    assert (found.value, found.precision, found.meaning) == (*date, "published")


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:modified_time" content="2019-04-30">',
        '<meta name="date" content="2019-13-45">',
        '<meta name="date" content="soon">',
    ],
)
def test_what_is_no_date_of_publishing_is_none(head: str) -> None:
    assert about(head).dates == ()


def test_a_licence_of_the_page() -> None:
    said = about(
        body='<footer><a rel="license" title="CC BY 4.0 International" href="https://creativecommons.org/licenses/by/4.0/"><img alt="x"></a></footer>'
    )
    assert said.rights is not None
    assert (said.rights.statement, said.rights.licence) == (
        "CC BY 4.0 International",
        "https://creativecommons.org/licenses/by/4.0/",
    )


def test_the_licence_of_a_picture_is_not_the_text_s() -> None:
    link = '<a href="https://creativecommons.org/licenses/by/2.0/">CC BY 2.0</a>'
    assert about(body=f"<figure><img alt=a><figcaption>Photo ({link})</figcaption></figure>").rights is None


@pytest.mark.parametrize(
    ("html", "head", "language"),
    [
        ('lang="pt_br"', "", "pt-BR"),
        ("", '<meta http-equiv="content-language" content="de">', "de"),
        ('lang="?!"', "", "en"),
    ],
)
def test_languages(html: str, head: str, language: str) -> None:
    assert (
        read(f"<html {html}><head>{head}</head><body><p>{PROSE}</p></body></html>").metadata.language
        == language
    )


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ('<link rel="canonical" href="https://a.example/t#top">', "https://a.example/t"),
        (
            '<link rel="canonical" href="/t"><meta property="og:url" content="https://a.example/u">',
            "https://a.example/u",
        ),
        ("<!-- saved from url=(0020)https://a.example/s -->", "https://a.example/s"),
        ('<link rel="canonical" href="javascript:alert(1)">', ""),
    ],
)
def test_where_it_was_found(markup: str, address: str) -> None:
    assert read(f"<html>{markup}<body><p>{PROSE}</p></body></html>").metadata.origin.address == address
