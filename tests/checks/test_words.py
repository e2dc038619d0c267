"""The check of words must refuse what an edition or a repair may do wrong, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from pipeline.artefacts import TextBlock
from pipeline.build import date_of
from pipeline.checks import pagetext, words
from pipeline.checks.pagetext import PageText, PlacedWord
from pipeline.findings import Finding
from pipeline.model import Change, Paragraph, Place, Publication, Text
from pipeline.normalise import normalise
from pipeline.readers import read
from pipeline.renderers import epub, pdf
from pipeline.walk import publication_rewritten
from tests.readers.texts import PRESS, repaired, source
from tests.renderers.epub_books import STAMP, cover

TEXT = """\
# The strike

We put down our tools at four in the morning - all of us - and we went out to the gate.

Nobody came. We waited[^1] until noon, and then we went home to our supper.

> It was a fine day.

1. Bread.
2. Roses.

[^1]: With our banners, and with the band.
"""


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def reworded(publication: Publication, old: str, new: str) -> Publication:
    """The publication with one word of its text changed behind the ledger's back."""

    def rewrite(run: tuple[object, ...], _: Place) -> tuple[object, ...]:
        return tuple(Text(node.text.replace(old, new)) if isinstance(node, Text) else node for node in run)

    return publication_rewritten(publication, rewrite)  # type: ignore[arg-type]


# --- Source and model ------------------------------------------------------------------------------


def test_an_honest_repair_has_nothing_to_answer_for() -> None:
    assert words.check_source(TEXT, repaired(TEXT)) == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        (" tools", "", "words-001", "tools"),
        (" banners", "", "words-001", "banners"),
        ("tools", "new tools", "words-002", "new"),
        ("Roses.", "Roses. And peace.", "words-002", "and peace"),
    ],
)
def test_a_word_lost_or_added_without_an_entry_is_found(old: str, new: str, code: str, said: str) -> None:
    (finding,) = words.check_source(TEXT, reworded(repaired(TEXT), old, new))
    assert (finding.code, finding.severity) == (code, "error")
    assert f"“{said}”" in finding.message


def test_a_word_changed_is_lost_and_added_at_its_line() -> None:
    findings = words.check_source(TEXT, reworded(repaired(TEXT), "gate", "river"))
    assert codes(findings) == ["words-001", "words-002"]
    assert {finding.where for finding in findings} == {"line 3"}


def test_words_that_change_their_order_are_found() -> None:
    assert words.check_source(TEXT, reworded(repaired(TEXT), "fine day", "day fine")) != ()


@pytest.mark.parametrize(
    ("place", "excused"),
    [
        (Place(3, 3), True),
        (Place(2, 4), True),
        (Place(5, 5), False),
        (Place(9, 10), False),
    ],
)
def test_an_entry_excuses_only_what_happened_where_it_says(place: Place, excused: bool) -> None:
    publication = reworded(repaired(TEXT), " tools", "")
    entry = Change("corrections", place, "our tools", "our", "a test")
    publication = msgspec.structs.replace(publication, ledger=(*publication.ledger, entry))
    assert (words.check_source(TEXT, publication) == ()) is excused


def test_an_entry_excuses_no_more_words_than_it_has() -> None:
    text = "# T\n\nwe saw what we saw and we saw it well, all of us did."
    publication = reworded(repaired(text), "saw ", "")
    entry = Change("corrections", Place(3, 3), "we saw what", "we what", "a test")
    publication = msgspec.structs.replace(publication, ledger=(*publication.ledger, entry))
    assert codes(words.check_source(text, publication)) != []


def test_an_entry_without_its_deed_is_found() -> None:
    """The ledger says a word was corrected; the text still has it."""
    publication = repaired(TEXT)
    entry = Change("corrections", Place(3, 3), "tools", "hammers", "a test")
    publication = msgspec.structs.replace(publication, ledger=(*publication.ledger, entry))
    assert codes(words.check_source(TEXT, publication)) == ["words-001", "words-002"]


def test_a_whole_paragraph_that_goes_is_found() -> None:
    publication = repaired(TEXT)
    (section,) = publication.body
    assert not isinstance(section, Paragraph)
    without = msgspec.structs.replace(section, blocks=section.blocks[1:])  # type: ignore[union-attr]
    findings = words.check_source(TEXT, msgspec.structs.replace(publication, body=(without,)))
    assert "words-001" in codes(findings)
    assert findings[0].where == "line 3"


def test_what_pandoc_would_swallow_is_reported() -> None:
    """A note that nothing calls, a cell too many, a line that looks like a link's definition."""
    for lost in ("[^9]: Nobody calls this.", "| a |\n|---|\n| 1 | too many |", "[Editor]: Yes."):
        text = f"{TEXT}\n\n{lost}\n\nAnd so it ended."
        assert "words-001" in codes(words.check_source(text, repaired(text))), lost


@pytest.mark.parametrize(
    "text",
    [
        "# T\n\nSee [it](https://en.wikipedia.org/wiki/It_(novel) 'a title'), [that][1] and <https://example.org/a?b=c>.\n\n[1]: https://example.org/x-y \"no word\"",
        "# T\n\n7. seven\n7. eight\n\n   and more of it\n9. nine",
        "# T\n\nun*frig*believable H~2~O 2*3*4 \\*a\\* &copy; `&amp;` [a]{.smallcaps} b{.c}",
        "# T\n\n~~~ python\n[a](b) {.c} 1.\n~~~\n\n::: note\nwords\n:::",
    ],
)
def test_marks_of_markdown_are_no_words(text: str) -> None:
    assert words.check_source(text, repaired(text)) == ()


# --- Editions --------------------------------------------------------------------------------------


@dataclass
class Printed:
    publication: Publication
    pages: tuple[PageText, ...]
    block: TextBlock

    def check(self, publication: Publication | None = None, *, folded: bool = False) -> list[str]:
        return codes(
            words.check_pages(self.pages, self.block, publication or self.publication, folded=folded)
        )


@pytest.fixture(scope="module")
def printed() -> Printed:
    publication = repaired(TEXT)
    pamphlet = pdf.render(publication, PRESS, STAMP)
    return Printed(publication, pagetext.read_pages(pamphlet.data), pamphlet.text)


@pytest.fixture(scope="module")
def founding(founding_text: Path) -> Printed:
    seed = source(founding_text.read_bytes(), founding_text.name)
    publication, _ = normalise(read(seed, PRESS), seed, PRESS)
    pamphlet = pdf.render(publication, PRESS, date_of(publication, None))
    return Printed(publication, pagetext.read_pages(pamphlet.data), pamphlet.text)


def test_what_is_printed_reads_as_the_model_does(printed: Printed, founding: Printed) -> None:
    assert printed.check() == []
    assert founding.check() == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tools", "hammers"),
        (" gate", ""),
        ("supper", "late supper"),
        ("banners", "flags"),
        ("Roses", "Peace"),
    ],
)
def test_a_pamphlet_with_other_words_is_refused(printed: Printed, old: str, new: str) -> None:
    assert set(printed.check(reworded(printed.publication, old, new))) == {"words-003"}


def test_a_folded_booklet_is_told_apart(printed: Printed) -> None:
    assert set(printed.check(reworded(printed.publication, "tools", "hammers"), folded=True)) == {"words-005"}


def test_the_pages_of_another_publication_are_refused(printed: Printed, founding: Printed) -> None:
    found = printed.check(founding.publication)
    assert "words-003" in found
    assert "words-006" in found
    assert "words-007" in found


def test_pages_in_another_order_are_refused(founding: Printed) -> None:
    pages = list(founding.pages)
    pages[4], pages[5] = pages[5], pages[4]
    assert "words-003" in Printed(founding.publication, tuple(pages), founding.block).check()


def test_a_page_too_few_is_refused(founding: Printed) -> None:
    pages = (*founding.pages[:6], *founding.pages[7:])
    assert "words-003" in Printed(founding.publication, pages, founding.block).check()


def test_a_cover_without_the_title_is_refused(printed: Printed) -> None:
    bare = msgspec.structs.replace(printed.pages[0], words=())
    assert Printed(printed.publication, (bare, *printed.pages[1:]), printed.block).check() == ["words-007"]


def test_a_colophon_without_the_provenance_is_refused(founding: Printed) -> None:
    bare = msgspec.structs.replace(founding.pages[1], words=())
    assert Printed(
        founding.publication, (founding.pages[0], bare, *founding.pages[2:]), founding.block
    ).check() == ["words-006"]


def test_words_beside_the_text_are_known_by_their_place(printed: Printed) -> None:
    """A running head is no word of the text; the same word inside the block is."""
    first = printed.block.first - 1
    for y, found in ((printed.block.top - 10, []), (printed.block.bottom - 1, ["words-003"])):
        page = printed.pages[first]
        page = msgspec.structs.replace(page, words=(*page.words, PlacedWord("Interloper", 60.0, y)))
        pages = (*printed.pages[:first], page, *printed.pages[first + 1 :])
        assert Printed(printed.publication, pages, printed.block).check() == found


def test_the_ebook_reads_as_the_model_does_and_is_refused_if_not(founding: Printed) -> None:
    publication = founding.publication
    book = epub.render(publication, PRESS, STAMP, cover(publication))
    assert words.check_book(book, publication) == ()
    assert codes(words.check_book(book, reworded(publication, "carrots", "turnips"))) == ["words-004"] * 3
    assert codes(words.check_book(book, msgspec.structs.replace(publication, back=()))) == ["words-006"]


@pytest.mark.parametrize(
    "text",
    [
        "# T\n\nOne[^1] and two[^1] and three.[^2]\n\n[^1]: A *note*.\n[^2]: Another, with more.\n\n    And a second paragraph.",
        "# T\n\nThe demands:\n\n3. bread[^1]\n4. roses\n   1. red\n   2. white\n\nAnd so on.\n\n[^1]: Of rye.",
        "# T\n\n| Year | Loaf |\n|---|---|\n| 1912 | twelve pence |\n\n| A line of verse\n|   and another\n\n```\n10 PRINT x\n```",
    ],
)
def test_notes_lists_tables_and_verse_read_as_the_model_does(text: str) -> None:
    publication = repaired(text)
    pamphlet = pdf.render(publication, PRESS, STAMP)
    assert Printed(publication, pagetext.read_pages(pamphlet.data), pamphlet.text).check() == []
    assert words.check_book(epub.render(publication, PRESS, STAMP, cover(publication)), publication) == ()
