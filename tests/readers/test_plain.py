"""Plain text: what the lay of its lines says of paragraphs, headings, quotations, verse and paper."""

from __future__ import annotations

import hashlib
import textwrap
from itertools import pairwise

import pytest

from pipeline.checks import words
from pipeline.model import (
    Block,
    BlockQuotation,
    Emphasis,
    Heading,
    List,
    Publication,
    Separator,
    Strong,
    Text,
    Verse,
)
from pipeline.press import Press, Sidecar
from pipeline.readers import emphasis, plain
from pipeline.sources import Source
from pipeline.walk import plain as said
from pipeline.walk import runs

PROSE = (
    "The workers of the mill had been at their looms since five in the morning, and when the whistle blew "
    "for dinner they walked out together and did not come back, for the boss had taken a penny off the yard "
    "again and nobody could live on what was left of it after the rent was paid to the very same man."
)


def read(text: str, language: str = "en") -> Publication:
    data = text.encode()
    source = Source("a.txt", "a", data, "text/plain", hashlib.sha256(data).hexdigest(), Sidecar(), "")
    return plain.read(source, Press("P", language=language))


def wrapped(text: str, width: int = 66, indent: str = "") -> str:
    return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def text_of(block: Block) -> str:
    return " / ".join(said(run) for run, _ in runs((block,)))


def kinds(publication: Publication) -> list[str]:
    return [type(block).__name__ for block in publication.body]


def test_lines_of_a_paragraph_are_one() -> None:
    body = read(f"{wrapped(PROSE)}\n\n{wrapped(PROSE)}\n").body
    assert [text_of(block) for block in body] == [PROSE, PROSE]
    assert body[1].place.first == body[0].place.last + 2


def test_a_blank_line_after_every_line_is_paper() -> None:
    lines = [*wrapped(PROSE).splitlines(), "", *wrapped(PROSE).splitlines(), "", *wrapped(PROSE).splitlines()]
    publication = read("\n\n".join(lines))
    assert [text_of(block) for block in publication.body] == [PROSE, PROSE, PROSE]


def test_one_line_a_paragraph() -> None:
    publication = read(f"{PROSE}\n   {PROSE}\n{PROSE}\n \n{PROSE}")
    assert [text_of(block) for block in publication.body] == [PROSE] * 4


def test_paragraphs_told_by_an_indent_alone() -> None:
    one = textwrap.fill(PROSE, 66, initial_indent="   ")
    assert [text_of(block) for block in read("\n".join([one] * 4)).body] == [PROSE] * 4


def pages(count: int) -> list[list[str]]:
    """Pages of different text, a paragraph each, cut after its fourth line."""
    mills = "cotton woollen silken linen paper flax hemp jute iron copper".split()
    texts = [
        PROSE.replace(" the ", f" the {mill} ")
        .replace("workers", f"{mill} workers")
        .replace("mill", f"{mill} mill")
        for mill in mills[:count]
    ]
    lines = [wrapped(text).splitlines() for text in texts]
    return [
        lines[0][:4],
        *([*before[4:], "", *after[:4]] for before, after in pairwise(lines)),
        lines[-1][4:],
    ]


def test_running_heads_and_folios_go_and_paragraphs_go_on() -> None:
    heads = ["THE LONG STRIKE", "          A History of It"]
    paper = [
        "\n".join([heads[at % 2], "", "", *page, "", "", str(at + 1).rjust(60 * (at % 2))])
        for at, page in enumerate(pages(7))
    ]
    text = "\f".join(["\n\nA Title\n\n", *paper])
    publication = read(text)
    paragraphs = [each for each in map(text_of, publication.body) if each.startswith("The ")]
    assert len(paragraphs) == 7
    assert all(each.endswith("same man.") for each in paragraphs)
    gone = [change.before for change in publication.ledger if change.rule == "page-furniture"]
    assert sorted(gone) == sorted([*"12345678", *["THE LONG STRIKE"] * 4, *["A History of It"] * 4])
    assert words.check_source(text, publication) == ()


def test_notes_at_the_foot_stand_after_their_paragraph() -> None:
    lines = wrapped(PROSE).splitlines()
    page = [*lines[:-1], "___________________", "[1] Ibid., p. 3, which goes", "    on."]
    publication = read(
        "\n".join(page) + "\f" + "\n".join([lines[-1], "", PROSE[:60]]) + "\f" + wrapped(PROSE)
    )
    assert [text_of(block) for block in publication.body][:2] == [PROSE, "[1] Ibid., p. 3, which goes on."]


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("con-\nsidered", "considered"),  # the rules of the language know the word may be cut there
        ("twenty-\none", "twenty-one"),  # the text has it with its hyphen
        ("cooper-\natives", "cooperatives"),
        ("the anti-\nBolshevik", "the anti-Bolshevik"),  # a name keeps its capital and its hyphen
    ],
)
def test_hyphens_at_line_ends(cut: str, whole: str) -> None:
    text = f"It was to be so by all of them, that it was {cut} to be so by all, as was said before at twenty-one other\n{wrapped(PROSE)}"
    publication = read(text)
    assert whole in text_of(publication.body[0])
    assert any(change.rule == "hyphens" for change in publication.ledger)
    assert words.check_source(text, publication) == ()


def test_a_text_that_cuts_its_words_often_cuts_them_anywhere() -> None:
    text = "They consid-\nered it, and rejec-\nted it, and then forgo-\nt it, as such people will do with every-\nthing."
    whole = text_of(read(f"{text}\n{wrapped(PROSE)}").body[0])
    assert whole.startswith("They considered it, and rejected it, and then")


@pytest.mark.parametrize("head", ["THE DAY AFTER", "CHAPTER II.", "The Day After the Strike Was Lost"])
def test_headings(head: str) -> None:
    text = f"{wrapped(PROSE)}\n\n\n\n{head}\n\n{wrapped(PROSE)}\n\n{wrapped(PROSE)}"
    assert kinds(read(text)) == ["Paragraph", "Heading", "Paragraph", "Paragraph"]


def test_a_centred_line_is_a_heading() -> None:
    text = f"{wrapped(PROSE)}\n\n{'Amendment II':^66}\n\n{wrapped(PROSE)}\n\n{wrapped(PROSE)}"
    assert kinds(read(text))[1] == "Heading"


def test_a_heading_of_several_lines_is_one() -> None:
    text = f"{wrapped(PROSE)}\n\n\n\n\nA BRIEF SKETCH\n\nOF THE\n\nLIFE OF A WEAVER.\n\n\n{wrapped(PROSE)}\n"
    heading = read(text).body[1]
    assert isinstance(heading, Heading)
    assert text_of(heading) == "A BRIEF SKETCH OF THE LIFE OF A WEAVER."


@pytest.mark.parametrize(
    "line",
    [
        "He said no more.",
        "and so it was",
        "BRETHREN AND FELLOW CITIZENS:",
        '"Sure I can."',
        "By Mary Harris",
        "It says,[29]",
    ],
)
def test_short_lines_that_are_no_headings(line: str) -> None:
    text = f"{wrapped(PROSE)}\n\n{line}\n\n{wrapped(PROSE)}\n\n{wrapped(PROSE)}"
    assert "Heading" not in kinds(read(text))


def test_a_first_sentence_is_no_heading() -> None:
    assert (
        kinds(read(f"Dear friend, I have your letter.\n\n{wrapped(PROSE)}\n\n{wrapped(PROSE)}"))[0]
        == "Paragraph"
    )


def test_an_indented_passage_is_a_quotation() -> None:
    text = f"{wrapped(PROSE)}\n\n{wrapped(PROSE, 66, '     ')}\n\n{wrapped(PROSE)}"
    body = read(text).body
    assert isinstance(body[1], BlockQuotation)
    assert text_of(body[1]) == PROSE


def test_verse_keeps_its_lines_stanzas_and_indents() -> None:
    poem = (
        "    Oh! thou that weavest in the night,\n      And hast no bread at all,\n"
        "    The morning comes, and with it light,\n      And down the towers fall.\n"
    )
    verse = read(f"{wrapped(PROSE)}\n\n{poem}\n{poem}\n{wrapped(PROSE)}").body[1]
    assert isinstance(verse, Verse)
    assert [len(stanza) for stanza in verse.stanzas] == [4, 4]
    assert [line.indent for line in verse.stanzas[0]] == [0, 1, 0, 1]


def test_a_turned_over_line_of_verse_is_whole() -> None:
    poem = (
        '"I will be, and lead the nations on, the last of all your hosts,\n'
        "   Till on your necks, your heads, your crowns, I'll plant my strong\n   feet.\n"
        "   Avenger, Liberator, Judge, red battles on my pathway hurled,\n"
        '   I stretch forth my almighty arm till it revivifies the world."\n'
    )
    verse = read(f"{wrapped(PROSE)}\n\n{poem}\n{wrapped(PROSE)}").body[1]
    assert isinstance(verse, Verse)
    assert len(verse.stanzas[0]) == 4
    assert said(verse.stanzas[0][1].content).endswith("strong feet.")


def test_a_signature_is_no_verse() -> None:
    text = (
        f"{wrapped(PROSE)}\n\n                    H.H.G.\n                    Troy, N.Y.\n\n{wrapped(PROSE)}"
    )
    assert "Verse" not in kinds(read(text))


def test_bullets_are_a_list_and_their_wrapped_lines_are_whole() -> None:
    text = f"{wrapped(PROSE)}\n\n- bread for all who\n  work for it\n- peace\n- land\n\n{wrapped(PROSE)}"
    block = read(text).body[1]
    assert isinstance(block, List)
    assert [text_of(item[0]) for item in block.items] == ["bread for all who work for it", "peace", "land"]


@pytest.mark.parametrize("line", ["* * *", "***", "-----", "⁂", "      *      *      *"])
def test_breaks(line: str) -> None:
    body = read(f"{wrapped(PROSE)}\n\n{line}\n\n{wrapped(PROSE)}").body
    assert isinstance(body[1], Separator)


def test_lines_of_a_title_page_stand_for_themselves() -> None:
    text = f"THE STRIKE\n\nMARY HARRIS\n\nPRICE TWO PENCE\nLondon\n1912\n\n\n\nPREFACE.\n\n{wrapped(PROSE)}\n"
    body = read(text).body
    assert [text_of(block) for block in body[:5]] == [
        "THE STRIKE",
        "MARY HARRIS",
        "PRICE TWO PENCE",
        "London",
        "1912",
    ]
    assert isinstance(body[5], Heading)


def test_emphasis_of_typewriters() -> None:
    run = emphasis.run("He was _very_ tired, *most* of all; =No!= snake_case_here and 2 * 3 * 4 stay.")
    assert [type(node) for node in run] == [Text, Emphasis, Text, Emphasis, Text, Strong, Text]
    assert said(run) == "He was very tired, most of all; No! snake_case_here and 2 * 3 * 4 stay."


def test_an_empty_page_between_pages_does_no_harm() -> None:
    first, second, third = (wrapped(f"{start} {PROSE}") for start in ("Once", "Twice", "Thrice"))
    assert kinds(read(f"{first} End.\f\n\n\f{second} Stop.\f{third} Enough.")) == ["Paragraph"] * 3
