"""Markdown → every kind of node, each at its lines, and nothing from outside the text."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path

import pytest

from pipeline.errors import EngineError, SourceError
from pipeline.model import (
    Block,
    BlockQuotation,
    Code,
    Emphasis,
    Figure,
    Heading,
    Image,
    LineBreak,
    Link,
    List,
    NoteRef,
    Paragraph,
    Place,
    Preformatted,
    Separator,
    SmallCaps,
    Span,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Verse,
    VerseLine,
)
from pipeline.readers import markdown, pandoc
from pipeline.readers import read as read_source
from pipeline.walk import every_block, every_inline, plain, publication_runs, runs
from tests.readers.texts import PRESS, read, source


def only(text: str) -> Block:
    (block,) = read(text).body
    return block


def words(text: str) -> str:
    return " ".join(plain(run) for run, _ in publication_runs(read(text)))


# --- Inlines ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("*a*", Emphasis((Text("a"),))),
        ("_a_", Emphasis((Text("a"),))),
        ("**a**", Strong((Text("a"),))),
        ("[a]{.smallcaps}", SmallCaps((Text("a"),))),
        ("x^2^", Superscript((Text("2"),))),
        ("H~2~O", Subscript((Text("2"),))),
        ("`a *b*`", Code("a *b*")),
        ("[a](https://example.org/x)", Link((Text("a"),), "https://example.org/x")),
        ("<https://example.org/x>", Link((Text("https://example.org/x"),), "https://example.org/x")),
        ("[mot]{lang=fr}", Span((Text("mot"),), "fr")),
        ("[a]{dir=rtl}", Span((Text("a"),), None, "rtl")),
        ("a\\\nb", LineBreak()),
        ("a  \nb", LineBreak()),
        ("a<br/>b", LineBreak()),
        ("see ![a picture](https://example.org/a.png)", Image("", "a picture")),
    ],
)
def test_inline_markup_becomes_its_node(text: str, node: object) -> None:
    block = only(text)
    assert isinstance(block, Paragraph)
    assert node in tuple(every_inline(block.content))


def test_nested_emphasis_stays_nested() -> None:
    assert only("***a** b*") == Paragraph((Emphasis((Strong((Text("a"),)), Text(" b"))),), place=Place(1, 1))


def test_soft_line_ends_are_spaces_and_texts_are_merged() -> None:
    assert only("one\ntwo\nthree") == Paragraph((Text("one two three"),), place=Place(1, 3))


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 in May and 10$ in June.",
        "See [Introduction] and [sic].\n\n# Introduction",
        "Say :smile: to them.",
        "A. Nother wrote this.",
        "i. e. this one",
        "About ~10 or ~20 of them.",
        "So x^2 and y^2 are even.",
        'He said "no" -- and left...',
    ],
)
def test_prose_that_looks_like_markup_keeps_its_signs(text: str) -> None:
    """Pandoc's extensions would take dollars for mathematics, initials for lists and brackets for links."""
    assert words(text).startswith(text.splitlines()[0])


def test_struck_words_stay_and_the_lost_stroke_is_in_the_ledger() -> None:
    publication = read("One ~~two~~ three.")
    (change,) = publication.ledger
    assert plain(publication.body[0].content) == "One two three."  # type: ignore[union-attr]
    assert (change.rule, change.place, change.before, change.after) == (
        "markup",
        Place(1, 1),
        "~~two~~",
        "two",
    )
    assert change.why


# --- Blocks ----------------------------------------------------------------------------------------


def test_headings_have_their_levels() -> None:
    assert [
        block.level for block in read("# A\n\n## B\n\nC\n===\n\n###### D").body if isinstance(block, Heading)
    ] == [1, 2, 1, 6]


@pytest.mark.parametrize("mark", ["***", "* * *", "---", "- - -", "_____"])
def test_a_break_in_the_text_is_a_separator(mark: str) -> None:
    assert read(f"One.\n\n{mark}\n\nTwo.").body[1] == Separator(Place(3, 3))


def test_a_quotation_holds_blocks() -> None:
    block = only("> One.\n>\n> Two.")
    assert isinstance(block, BlockQuotation)
    assert [plain(run) for run, _ in runs(block.blocks)] == ["One.", "Two."]
    assert block.place == Place(1, 3)


def test_lists_keep_order_start_and_inner_blocks() -> None:
    bullets, numbers = read("- a\n- b\n\n  more of b\n\n4. four\n5. five").body
    assert isinstance(bullets, List)
    assert isinstance(numbers, List)
    assert (bullets.ordered, len(bullets.items), len(bullets.items[1])) == (False, 2, 2)
    assert (numbers.ordered, numbers.start, numbers.place) == (True, 4, Place(6, 7))


def test_a_table_has_head_body_and_alignments() -> None:
    block = only("| A | B | C |\n|:--|:-:|--:|\n| 1 | *2* | |")
    assert isinstance(block, Table)
    assert block.alignments == ("start", "center", "end")
    assert [cell.heading for cell in block.head[0]] == [True] * 3
    assert [cell.heading for cell in block.body[0]] == [False] * 3
    assert block.body[0][1].blocks == (Paragraph((Emphasis((Text("2"),)),), place=Place(3, 3)),)
    assert block.body[0][2].blocks == ()


def test_definitions_are_a_list_of_bold_terms() -> None:
    block = only("Term\n: First.\n: Second.")
    assert isinstance(block, List)
    assert [plain(run) for run, _ in runs((block,))] == ["Term", "First.", "Second."]
    assert isinstance(block.items[0][0], Paragraph)
    assert block.items[0][0].content == (Strong((Text("Term"),)),)


def test_barred_lines_are_verse_with_stanzas_and_indents() -> None:
    assert only("| One line\n|   and its *fellow*\n|\n| Another") == Verse(
        (
            (VerseLine((Text("One line"),)), VerseLine((Text("and its "), Emphasis((Text("fellow"),))), 1)),
            (VerseLine((Text("Another"),)),),
        ),
        place=Place(1, 4),
    )


@pytest.mark.parametrize("text", ["| alone", "| one\nand two", "a | b\n| c"])
def test_a_stray_bar_is_no_verse(text: str) -> None:
    assert isinstance(only(text), Paragraph)


@pytest.mark.parametrize("text", ["```python\na  *b*\n```", "    a  *b*"])
def test_code_is_kept_to_the_letter(text: str) -> None:
    block = only(text)
    assert isinstance(block, Preformatted)
    assert block.text == "a  *b*"


def test_a_picture_alone_is_a_figure_without_its_file() -> None:
    block = only("![What it shows](a.png)")
    assert isinstance(block, Figure)
    assert block == Figure((Paragraph((Image("", "What it shows"),), place=Place(1, 1)),), place=Place(1, 1))


def test_fenced_divisions_give_their_blocks() -> None:
    assert only("::: warning\nIn it.\n:::") == Paragraph((Text("In it."),), place=Place(2, 2))


# --- Notes -----------------------------------------------------------------------------------------


def test_notes_are_numbered_by_their_calls_and_hold_blocks() -> None:
    publication = read("One[^b] two[^a].\n\n[^a]: A.\n\n[^b]: B *first*.\n\n    And more.\n")
    (block,) = publication.body
    assert isinstance(block, Paragraph)
    assert [node.note for node in block.content if isinstance(node, NoteRef)] == ["n1", "n2"]
    assert [[plain(run) for run, _ in runs(note.blocks)] for note in publication.notes] == [
        ["B first.", "And more."],
        ["A."],
    ]


def test_a_note_stands_where_it_is_given_and_what_follows_its_call_where_it_stands() -> None:
    """The note is read at its call; looking for it must not carry the search to the end of the text."""
    publication = read("One[^1].\n\nTwo.\n\nThree.\n\n[^1]: The note.\n")
    assert [block.place for block in publication.body] == [Place(1, 1), Place(3, 3), Place(5, 5)]
    assert publication.notes[0].place == Place(7, 7)


def test_a_note_called_twice_is_one_note() -> None:
    publication = read("One[^1] two[^1].\n\n[^1]: The same.\n")
    assert len(publication.notes) == 1
    assert [
        node.note
        for run, _ in publication_runs(publication)
        for node in every_inline(run)
        if isinstance(node, NoteRef)
    ] == ["n1", "n1"]


def test_two_notes_that_say_the_same_are_two() -> None:
    publication = read("One[^1] two[^2].\n\n[^1]: Ibid.\n[^2]: Ibid.\n")
    assert [(note.id, note.place) for note in publication.notes] == [("n1", Place(3, 3)), ("n2", Place(4, 4))]


# --- What has no place in a pamphlet ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "before", "place"),
    [
        ("One.\n\n<!-- hidden words -->\n\nTwo.", "<!-- hidden words -->\n", Place(3, 3)),
        ("One.\n\n<script>alert(1)</script>\n\nTwo.", "<script>alert(1)</script>\n", Place(3, 3)),
        ("One.\n\nTwo <!-- hidden --> three.", "<!-- hidden -->", Place(3, 3)),
        ("One.\n\nTwo <span onclick='x()'>three.", "<span onclick='x()'>", Place(3, 3)),
    ],
)
def test_raw_html_goes_to_the_ledger(text: str, before: str, place: Place) -> None:
    publication = read(text)
    (change,) = publication.ledger
    assert (change.rule, change.place, change.before, change.after) == ("markup", place, before, "")
    assert change.why
    assert "alert" not in " ".join(plain(run) for run, _ in publication_runs(publication))


def test_the_words_inside_raw_html_are_the_authors_and_stay() -> None:
    publication = read("One.\n\n<center>Stand &amp; be counted</center>\n<p>Again</p>\n\nTwo.")
    assert [plain(run) for run, _ in publication_runs(publication)] == [
        "One.",
        "Stand & be counted",
        "Again",
        "Two.",
    ]
    (change,) = publication.ledger
    assert change.after == "Stand & be counted Again"
    assert change.place == Place(3, 4)


# --- Nothing from outside --------------------------------------------------------------------------


HOSTILE = """\
# Of files

![](file:///etc/hostname) ![](/etc/hostname) ![x](//example.org/a.png)

![alone](file:///etc/hostname)

{{include /etc/hostname}} !include /etc/hostname

\\input{/etc/hostname}

<iframe src="file:///etc/hostname"></iframe>

```{include=/etc/hostname}
```

[a]: /etc/hostname
"""


def test_no_file_and_no_network_are_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the reader opened something")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr("builtins.open", refused)
    publication = read(HOSTILE)
    monkeypatch.undo()
    assert publication.resources == ()
    secret = Path("/etc/hostname").read_text().strip()
    assert secret not in " ".join(plain(run) for run, _ in publication_runs(publication)).split()
    assert all(
        not node.resource
        for run, _ in publication_runs(publication)
        for node in every_inline(run)
        if isinstance(node, Image)
    )


def test_pandoc_is_shut_into_its_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    run = subprocess.run

    def watched(command: list[str], **options: object) -> object:
        seen.append([str(part) for part in command])
        return run(command, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", watched)
    read("words")
    assert len(seen) == 1
    assert "--sandbox" in seen[0]
    assert seen[0][0] == str(pandoc.program())


def test_a_pandoc_that_fails_says_what_it_said() -> None:
    with pytest.raises(EngineError, match="Unknown input format"):
        pandoc.tree("words", "none-such")


# --- The bytes -------------------------------------------------------------------------------------


def test_text_is_composed() -> None:
    assert words("Lukács".replace("á", "a\u0301")) == "Lukács"


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    publication = read(b"\xef\xbb\xbf# Title\n\nWords.")
    assert isinstance(publication.body[0], Heading)
    assert plain(publication.body[0].content) == "Title"


def test_the_identifier_is_made_of_the_bytes_alone() -> None:
    """Fixed for ever: readers know a book by it."""
    assert read(b"Hello.\n").metadata.identifier == "urn:uuid:39f97b29-b444-5699-a543-fdb7597888f9"
    assert read(b"\xef\xbb\xbfHello.\n").metadata.identifier != read(b"Hello.\n").metadata.identifier
    other = markdown.read(source(b"Hello.\n", "another-name.md"), PRESS)
    assert other.metadata.identifier == read(b"Hello.\n").metadata.identifier


def test_the_origin_names_the_file_and_its_hash() -> None:
    seed = source("Hello.", "on-bread.txt")
    about = markdown.read(seed, PRESS).metadata
    assert (about.origin.name, about.origin.sha256, about.title) == ("on-bread.txt", seed.sha256, "")


def test_a_media_type_without_a_reader_is_refused_with_advice() -> None:
    from msgspec.structs import replace

    with pytest.raises(SourceError, match="application/x-odd") as refused:
        read_source(replace(source("words"), media_type="application/x-odd"), PRESS)
    assert refused.value.hint


@pytest.mark.parametrize(
    "text", ["", "\n\n", "\\", "*", "[", "![", "> ", "- ", "```", "|", "<", "&", "[^1]", "\x0c"]
)
def test_scraps_are_read_without_falling_over(text: str) -> None:
    assert len(list(every_block(read(text).body))) <= 2
