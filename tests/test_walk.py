"""Walking nodes: nothing inside a publication is passed over, and rewriting changes only what it is told to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from pipeline import walk
from pipeline.model import (
    NOWHERE,
    BlockQuotation,
    Cell,
    Code,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    List,
    NoteRef,
    Paragraph,
    Place,
    Preformatted,
    Publication,
    Section,
    Separator,
    Strong,
    Table,
    Text,
    Verse,
    VerseLine,
)
from tests import strategies


def paragraph(text: str, first: int = 0) -> Paragraph:
    return Paragraph((Text(text),), place=Place(first, first))


def test_plain_words_are_without_markup_and_calls() -> None:
    run: tuple[Inline, ...] = (
        Text("a "),
        Emphasis((Strong((Text("b"),)), LineBreak(), Code("c"))),
        NoteRef("n1"),
        Link((Text("d"),), "https://example.org"),
        Image("x.png", "seen"),
        Image("", "unseen"),
    )
    assert walk.plain(run) == "a b cdunseen"


def test_runs_come_in_the_order_in_which_they_are_read() -> None:
    blocks = (
        Section(
            "s",
            Heading((Text("head"),)),
            (
                BlockQuotation((paragraph("quoted"),), (Text("by"),)),
                Verse(((VerseLine((Text("line"),)),),), (Text("poet"),)),
                List(((paragraph("one"),), (paragraph("two"),)), True, 4),
                Table(
                    ((Cell((paragraph("th"),)),),), ((Cell((paragraph("td"),)),),), caption=(Text("table"),)
                ),
                Figure((paragraph("picture"),), (Text("figure"),)),
                Preformatted("code"),
                Separator(),
            ),
        ),
    )
    read = [
        "head",
        "quoted",
        "by",
        "line",
        "poet",
        "one",
        "two",
        "table",
        "th",
        "td",
        "picture",
        "figure",
        "code",
    ]
    assert [walk.plain(run) for run, _ in walk.runs(blocks)] == read
    assert [walk.plain(run) for run, _ in walk.runs(blocks, numbered=True)] == [
        *read[:5],
        "4",
        "one",
        "5",
        "two",
        *read[7:],
    ]


def test_the_number_of_an_item_stands_at_its_line() -> None:
    """Held against the source, a number at the list's first line would come before all its items."""
    block = List(((paragraph("one", 3),), (paragraph("two", 5),)), True, place=Place(3, 5))
    assert [place.first for _, place in walk.runs((block,), numbered=True)] == [3, 3, 5, 5]


@given(strategies.publications())
@settings(max_examples=60)
def test_rewriting_with_what_stands_there_changes_nothing(publication: Publication) -> None:
    assert walk.publication_rewritten(publication, lambda run, _: run) == publication


@given(strategies.publications())
@settings(max_examples=60)
def test_rewriting_reaches_every_run_but_code(publication: Publication) -> None:
    marked = walk.publication_rewritten(publication, lambda run, _: (*run, Text("\ue000")) if run else run)
    code = sum(
        isinstance(block, Preformatted)
        for blocks in (
            publication.front,
            publication.body,
            publication.back,
            *(note.blocks for note in publication.notes),
        )
        for block in walk.every_block(blocks)
    )
    filled = sum(bool(run) for run, _ in walk.publication_runs(publication)) - code
    assert sum(walk.plain(run).count("\ue000") for run, _ in walk.publication_runs(marked)) == filled


@given(strategies.publications())
@settings(max_examples=60)
def test_every_block_reaches_as_much_as_the_runs_do(publication: Publication) -> None:
    blocks = tuple(walk.every_block(publication.body))
    own = sum(isinstance(block, Paragraph | Heading | Preformatted) for block in blocks)
    own += sum(len(stanza) for block in blocks if isinstance(block, Verse) for stanza in block.stanzas)
    own += sum(bool(block.attribution) for block in blocks if hasattr(block, "attribution"))
    own += sum(bool(block.caption) for block in blocks if isinstance(block, Table | Figure))
    assert len(list(walk.runs(publication.body))) == own


@pytest.mark.parametrize(
    ("blocks", "place"),
    [
        ((), NOWHERE),
        ((paragraph("a"),), NOWHERE),
        ((paragraph("a", 4), paragraph("b"), paragraph("c", 9)), Place(4, 9)),
    ],
)
def test_a_spread_is_from_the_first_known_line_to_the_last(
    blocks: tuple[Paragraph, ...], place: Place
) -> None:
    assert walk.spread(blocks) == place
