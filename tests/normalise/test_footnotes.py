"""Notes written out by hand: what becomes a linked note, and what only looks like one and stays."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pipeline.checks import publication as sound
from pipeline.checks import words
from pipeline.findings import Finding
from pipeline.model import (
    BlockQuotation,
    Heading,
    Inline,
    List,
    NoteRef,
    Paragraph,
    Place,
    Publication,
    Separator,
    Superscript,
    Text,
)
from pipeline.normalise import desk, footnotes, footnotes_matching
from pipeline.normalise.footnotes_matching import Asked, answered
from pipeline.walk import Run, inner, plain, runs
from tests.readers.texts import PRESS, read, repaired, source

DESK = desk(source("words"), PRESS)


def made(text: str) -> Publication:
    """The pass alone; what always holds of it is checked on every text of these tests."""
    before = read(text)
    publication = footnotes.repair(before, DESK)
    assert words.check_source(text, publication) == ()
    assert footnotes.repair(publication, DESK) == publication
    assert not {"publication-004", "publication-006", "publication-007"} & {
        finding.code for finding in sound.check(publication)
    }
    return publication


def shown(publication: Publication) -> list[str]:
    """The runs of the body, with ⟨n1⟩ for a call of the note n1."""
    return [_called(run) for run, _ in runs(publication.body)]


def _called(run: Run) -> str:
    return "".join(_one(node) for node in run)


def _one(node: Inline) -> str:
    if isinstance(node, NoteRef):
        return f"⟨{node.note}⟩"
    return _called(inner(node)) if inner(node) else plain((node,))


def notes(publication: Publication) -> dict[str, str]:
    return {note.id: " ¶ ".join(plain(run) for run, _ in runs(note.blocks)) for note in publication.notes}


def codes(publication: Publication) -> list[str]:
    return [finding.code for finding in footnotes.find(publication, DESK)]


def untouched(text: str) -> None:
    publication = made(text)
    assert publication == read(text)


# --- Every form ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "two", "first", "second"),
    [
        ("[1]", "[2]", "[1] ", "[2] "),
        ("[1]", "[2]", "[1]", "[2]"),
        ("[fn1]", "[fn2]", "[fn1] ", "[fn2] "),
        ("[A]", "[B]", "[A] ", "[B] "),
        ("[*]", "[†]", "[*] ", "[†] "),
        ("¹", "²", "¹ ", "² "),
        ("^1^", "^2^", "^1^ ", "^2^ "),
        ("¹", "²", "[1] ", "[2] "),
        ("^1", "^2", "^1 ", "^2 "),
        ("{1}", "{2}", "{1} ", "{2} "),
        ("*", "**", "\\* ", "\\*\\* "),
        ("†", "‡", "† ", "‡ "),
        ("(1)", "(2)", "(1) ", "(2) "),
        ("1)", "2)", "1\\) ", "2\\) "),
        ("[۱]", "[۲]", "[۱] ", "[۲] "),
        ("[1]", "[2]", "[Footnote 1: ", "[Footnote 2: "),
        ("[1]", "[2]", "1\\. ", "2\\. "),
        ("12", "13", "12\\. ", "13\\. "),
    ],
)
def test_each_form_of_call_and_note(one: str, two: str, first: str, second: str) -> None:
    end = "]" if first.startswith("[Footnote") else ""
    publication = made(
        f"The people said so.{one} Others said{two} nothing.\n\nMore words.\n\n"
        f"## Notes\n\n{first}See the report.{end}\n\n{second}Ibid.{end}"
    )
    assert shown(publication) == ["The people said so.⟨n1⟩ Others said⟨n2⟩ nothing.", "More words."]
    assert notes(publication) == {"n1": "See the report.", "n2": "Ibid."}


@pytest.mark.parametrize(
    "label",
    [
        "Notes", "FOOTNOTES:", "Notes de bas de page", "Anmerkungen", "Fußnoten", "Notas", "Note", "Notas de rodapé",
        "Voetnoten", "Σημειώσεις", "Примечания", "Przypisy", "הערות", "الهوامش", "پی‌نوشت‌ها",
    ],
)  # fmt: skip
def test_a_numbered_list_under_a_heading_in_each_language(label: str) -> None:
    publication = made(
        f"The people said so.[1] Others did not.[2]\n\n## {label}\n\n1. One thing\n2. Another\n"
    )
    assert notes(publication) == {"n1": "One thing", "n2": "Another"}
    assert shown(publication) == ["The people said so.⟨n1⟩ Others did not.⟨n2⟩"]
    assert [change.before for change in publication.ledger if change.after == ""] == [label]


def test_what_the_ledger_says() -> None:
    publication = made("The people said so,[1] and left.\n\n[1] See the *report*.")
    assert [
        (change.rule, change.place.first, change.before, change.after) for change in publication.ledger
    ] == [
        ("notes", 1, "so,[1]", "so,"),
        ("notes", 3, "[1] See the report.", "See the report."),
    ]
    assert publication.notes[0].place == Place(3, 3)


def test_several_calls_in_one_place() -> None:
    publication = made(
        "They had seen (plants).[17][,][18][,][19] And so¹,².\n\n[17] a\n\n[18] b\n\n[19] c\n\n¹ d\n\n² e"
    )
    assert shown(publication) == ["They had seen (plants).⟨n1⟩⟨n2⟩⟨n3⟩ And so⟨n4⟩⟨n5⟩."]
    assert list(notes(publication).values()) == ["a", "b", "c", "d", "e"]


def test_a_list_of_numbers_is_a_call_of_each_or_of_none() -> None:
    publication = made("They said so.[1, 2] And this.[3, 4]\n\n[1] a\n\n[2] b\n\n[3] c")
    assert shown(publication) == ["They said so.⟨n1⟩⟨n2⟩ And this.[3, 4]", "[3] c"]
    assert codes(publication) == ["note-001", "note-003"]


def test_a_call_before_the_stop_and_one_after_a_space() -> None:
    publication = made("Un parti (1) et une classe (2).\n\n## Notes\n\n(1) Voir là.\n\n(2) Voir ici.")
    assert shown(publication) == ["Un parti⟨n1⟩ et une classe⟨n2⟩."]


def test_a_note_called_again() -> None:
    publication = made("One[1] and two[2] and one[1] and three.[3]\n\n[1] a\n\n[2] b\n\n[3] c")
    assert shown(publication) == ["One⟨n1⟩ and two⟨n2⟩ and one⟨n1⟩ and three.⟨n3⟩"]


def test_a_call_inside_emphasis_or_a_dead_link() -> None:
    publication = made("They *said so.[1] And* more [[2]](#_ftn2) words.\n\n[1] a\n\n[[2]](#_ftnref2) b")
    assert shown(publication) == ["They said so.⟨n1⟩ And more⟨n2⟩ words."]
    assert notes(publication) == {"n1": "a", "n2": "b"}


def test_a_call_in_a_heading_a_quotation_and_a_list() -> None:
    publication = made("# Bread[1]\n\n> They said.[2]\n\n- an item[3]\n\n[1] a\n\n[2] b\n\n[3] c")
    assert shown(publication) == ["Bread⟨n1⟩", "They said.⟨n2⟩", "an item⟨n3⟩"]


def test_a_quotation_that_begins_with_its_call() -> None:
    publication = made(
        'He says:\n\n> [1]"And he came and said unto them, go."\n\nAfter it.\n\nFOOTNOTES:\n\n[1] See Matthew.'
    )
    assert shown(publication) == ["He says:", '⟨n1⟩"And he came and said unto them, go."', "After it."]
    assert isinstance(publication.body[1], BlockQuotation)


# --- Where notes stand -----------------------------------------------------------------------------


def test_numbers_that_begin_anew_in_each_chapter() -> None:
    chapter = "## {0}\n\nOne[1] and two.[2]\n\n[1] {0} one\n\n[2] {0} two\n\n"
    publication = made(chapter.format("A") + chapter.format("B"))
    assert notes(publication) == {"n1": "A one", "n2": "A two", "n3": "B one", "n4": "B two"}
    assert shown(publication)[1::2] == ["One⟨n1⟩ and two.⟨n2⟩", "One⟨n3⟩ and two.⟨n4⟩"]


def test_notes_of_all_chapters_at_the_end() -> None:
    text = "## {0}\n\nOne[1] and two.[2]\n\n"
    under = "### {0}\n\n[1] {0} one\n\n[2] {0} two\n\n"
    publication = made(
        text.format("A") + text.format("B") + "## Notes\n\n" + under.format("A") + under.format("B")
    )
    assert list(notes(publication).values()) == ["A one", "A two", "B one", "B two"]
    assert [block for block in publication.body if isinstance(block, Heading)] == [
        publication.body[0],
        publication.body[2],
    ]


def test_a_page_end_between_the_halves_of_a_paragraph() -> None:
    text = (
        "A paragraph that was cut[1] by the end of\n\n___________\n\n[1] See there.\n\nthe page, and then goes on.\n\n"
        "Another."
    )
    publication = made(text)
    assert shown(publication) == [
        "A paragraph that was cut⟨n1⟩ by the end of",
        "the page, and then goes on.",
        "Another.",
    ]
    whole = repaired("# A title\n\n" + text)
    assert "A paragraph that was cut⟨n1⟩ by the end of the page, and then goes on." in shown(whole)
    assert words.check_source("# A title\n\n" + text, whole) == ()


def test_a_note_that_the_end_of_a_page_cut() -> None:
    publication = made(
        "The text stops[1] in the middle of\n\n---\n\n[1] A note that is cut by the\n\nthe page[2] and goes on to the\n\n"
        "---\n\nend of the page.\n\n[2] Another.\n\nend of it."
    )
    assert notes(publication) == {"n1": "A note that is cut by the end of the page.", "n2": "Another."}
    assert not any(isinstance(block, Separator) for block in publication.body)


def test_a_note_in_the_middle_of_a_paragraph() -> None:
    publication = made("The text[1] stops [Footnote 1: See it, and [sic] that.] and goes on.\n\nMore.")
    assert shown(publication) == ["The text⟨n1⟩ stops and goes on.", "More."]
    assert notes(publication) == {"n1": "See it, and [sic] that."}


def test_a_note_in_brackets_of_several_paragraphs() -> None:
    publication = made("The text[1] stops.\n\n[Footnote 1: See it.\n\nAnd that.]\n\nMore.")
    assert shown(publication) == ["The text⟨n1⟩ stops.", "More."]
    assert notes(publication) == {"n1": "See it. ¶ And that."}


def test_a_note_of_several_paragraphs_under_a_heading() -> None:
    publication = made(
        "One.[1] Two.[2]\n\n## Notes\n\n[1] First.\n\nAnd more of it.\n\n[2] Second.\n\nA last word."
    )
    assert notes(publication) == {"n1": "First. ¶ And more of it.", "n2": "Second."}
    # Nobody knows whose the last paragraph is, so it stays, and its heading with it.
    assert shown(publication) == ["One.⟨n1⟩ Two.⟨n2⟩", "Notes", "A last word."]


def test_body_text_between_the_notes_of_two_pages_is_no_note() -> None:
    publication = made(
        "One[1] and two.[2]\n\n[1] First.\n\nThe text goes on here.\n\n[2] Second.\n\nAnd ends."
    )
    assert shown(publication) == ["One⟨n1⟩ and two.⟨n2⟩", "The text goes on here.", "And ends."]


def test_notes_that_share_a_paragraph() -> None:
    publication = made("One[1] and two.[2]\n\n[1] First.\n[2] Second.")
    assert notes(publication) == {"n1": "First.", "n2": "Second."}


def test_signs_begin_anew_on_every_page() -> None:
    publication = made("One* page.\n\n\\* First.\n\nTwo* pages.\n\n\\* Second.")
    assert shown(publication) == ["One⟨n1⟩ page.", "Two⟨n2⟩ pages."]


def test_ids_go_on_after_real_notes_and_notes_stand_in_the_order_of_calls() -> None:
    publication = made("One[1] and two.[^a]\n\n[1] By hand.\n\n[^a]: Real.")
    assert shown(publication) == ["One⟨n2⟩ and two.⟨n1⟩"]
    assert list(notes(publication)) == ["n2", "n1"]


def test_a_superscript_node() -> None:
    run = (Text("They said"), Superscript((Text("1"),)), Text(" so."))
    note = (Superscript((Text("1"),)), Text(" See it."))
    body = (Paragraph(run, place=Place(1, 1)), Separator(), Paragraph(note, place=Place(2, 2)))
    before = read("x")
    publication = footnotes.repair(Publication(before.metadata, body), DESK)
    assert shown(publication) == ["They said⟨n1⟩ so."]
    assert notes(publication) == {"n1": "See it."}


# --- What is no note -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "He wrote [sic] in [1848] of a [Hand->] and [t]he rest.\n\n[Hand->] A paragraph begins so.",
        "We want (1) bread, (2) roses and (3) land.\n\n(1) Bread is for all.\n\n(2) Roses too.\n\n(3) And land.\n\nThat is all.",
        "We want: (1) bread and (2) roses.\n\n1. Bread is for all.\n2. Roses too.",
        "As section (2) says, and section (1).\n\n(1) The minister may.\n\n(2) The minister must.\n\nThat is all.",
        "It cost $5 (2) and 1.50.\n\n2. The second thing.\n3. The third.",
        "(1) In the beginning. (2) And the earth was void.\n\n(3) And he said.",
        "The area is 5 m² and x² too.\n\n² things are needed.",
        "*Emphasis* and *more*.\n\n* A bullet.\n* Another.",
        "An ellipsis, &c \\* \\* \\* \\* \\* so.\n\n\\* \\* \\*",
        "In a law text (see 501(c)(3)) it says so.\n\n(3) The third clause.\n\nMore.",
        "One.[1]\n\nTwo.[1]\n\n## B\n\nThree.[1]\n\n## Notes\n\n[1] Whose is it?",
        "It was in 1917.\n\n1917 was a year.",
        "The first.* The second.*\n\n\\* Whose?",
        "Books.[3] And others.[1] And more.[2]\n\n## References\n\n[1] Smith.\n\n[2] Jones.\n\n[3] Adams.",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_note_stays(text: str) -> None:
    untouched(text)


def test_numbered_paragraphs_that_are_pointed_to_stay() -> None:
    """Judgments number their paragraphs "[1]"; "see [12]" is no call."""
    untouched(
        "\n\n".join(f"[{n}] The court has said so in its way, see [{n + 2}] below." for n in range(1, 9))
    )


def test_a_real_list_stays_where_some_of_it_is_not_called() -> None:
    publication = made("One.[2]\n\n## Notes\n\n1. First\n2. Second\n3. Third\n4. Fourth\n")
    assert any(isinstance(block, List) for block in publication.body)
    assert publication.notes == ()


def test_items_that_nothing_calls_keep_their_numbers() -> None:
    publication = made("One.[1] Three.[3]\n\n## Notes\n\n1. First\n2. Second\n3. Third\n")
    (left,) = [block for block in publication.body if isinstance(block, List)]
    assert (left.start, len(left.items)) == (2, 1)
    assert shown(publication) == ["One.⟨n1⟩ Three.⟨n2⟩", "Notes", "Second"]


# --- Findings --------------------------------------------------------------------------------------


def findings(text: str) -> list[Finding]:
    return list(footnotes.find(made(text), DESK))


def test_a_call_without_a_note() -> None:
    (finding,) = findings("One.[1] And two.[2]\n\n[1] First.")
    assert (finding.code, finding.severity, finding.where) == ("note-001", "warning", "a-text.txt, line 1")
    assert "[2]" in finding.message


def test_a_note_without_a_call() -> None:
    (finding,) = findings("One.[1]\n\n[1] First.\n\n[2] Second.")
    assert (finding.code, finding.where.endswith("line 5")) == ("note-002", True)


def test_numbers_out_of_order() -> None:
    assert [each.code for each in findings("A.[3] B.[1] C.[2]\n\n[1] a\n\n[2] b\n\n[3] c")] == [
        "note-003"
    ] * 3


@pytest.mark.parametrize(
    "text",
    [
        "We want (1) bread, (2) roses.\n\nIn [1848] he wrote [sic].",
        "The area is 5 m² and x^2^.",
        "One.[1]\n\n[1] First.",
        "One.[^1]\n\n[^1]: First.",
        "1. First\n2. Second",
    ],
)
def test_nothing_to_tell(text: str) -> None:
    assert findings(text) == []


# --- Rows of labels --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("calls", "given", "pairs"),
    [
        ("1 2 3", "1 2 3", {0: 0, 1: 1, 2: 2}),
        ("1 2 3 1 2 3", "1 2 1 2 3", {0: 0, 1: 1, 3: 2, 4: 3, 5: 4}),
        ("1 2 3 1 2 3", "1 2 3", {}),
        ("1 2 1 3", "1 2 3", {0: 0, 1: 1, 2: 0, 3: 2}),
        ("1 1 2", "1 2", {0: 0, 1: 0, 2: 1}),
        ("1 | 1", "1", {}),
        ("1 3 2 4", "1 2 3 4", {0: 0, 1: 2, 2: 1, 3: 3}),
        ("3 1 2", "1 2 3", {}),
        ("1 2 7 3 4", "1 2 3 4", {0: 0, 1: 1, 3: 2, 4: 3}),
        ("* *", "*", {}),
    ],
)  # fmt: skip
def test_rows_are_paired_where_that_is_sure(calls: str, given: str, pairs: dict[int, int]) -> None:
    asked: list[Asked] = []
    chapter = 0
    for label in calls.split():
        if label == "|":
            chapter += 1
        else:
            asked.append(Asked(label, chapter))
    assert answered(asked, given.split(), frozenset()) == pairs


# --- Any text --------------------------------------------------------------------------------------

_SCRAPS = (
    "Plain@ words of a text that go on.", "words@[1] here", "more[2] words (1) here", "said.¹ And², so", "a star* here",
    "cut off[1] in the middle of", "the page@ goes on.", "[1] First@ note.", "[2] Second note.\n[3] Third.", "(1) A note.",
    "\\* Starred.", "¹ Raised.", "1. one@\n2. two@", "## Notes", "## A chapter", "---", "FOOTNOTES:", "[Footnote 1: In. ]",
    "mid [Footnote 2: Inside.] of it", "> [1] quoted\n>\n> [2] more", "- [1] item@\n- [2] item@", "real[^a] note", "^1^ up",
    "x^2 and y^1", "{1} brace", "seen.[1][,][2] And", "[1, 2] both[1, 2]", "^1 caret", "text^1 caret", "* A lone@ bullet.",
    "| verse[1]\n| line[2]", "12 Bare.", "bare.12 So", "†", "dagger† here", "† Dagger.", "[Footnote 1: Open", "close.]",
)  # fmt: skip


@st.composite
def _texts(draw: st.DrawFn) -> str:
    scraps = draw(st.lists(st.sampled_from(_SCRAPS), min_size=1, max_size=14))
    text = "\n\n".join(scrap.replace("@", "abcdefghijklmn"[at]) for at, scrap in enumerate(scraps))
    return f"{text}\n\n[^a]: A real note.\n" if "[^a]" in text else text


@given(_texts())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_loses_a_word_and_none_changes_twice(text: str) -> None:
    # Where words stand twice, the reader itself may take one line for another.
    assume(text.strip() and words.check_source(text, read(text)) == ())
    made(text)


@given(st.lists(st.sampled_from("123456*"), max_size=12), st.lists(st.sampled_from("123456*"), max_size=12))
@settings(deadline=None)
def test_a_call_is_only_ever_paired_with_its_own_label(calls: list[str], given: list[str]) -> None:
    for call, note in answered([Asked(label, 0) for label in calls], given, frozenset()).items():
        assert calls[call] == given[note]


def test_thousands_of_notes_with_holes_are_paired_in_good_order() -> None:
    """So many that they are not weighed one by one: chapters of twenty notes, two of which are lost."""
    labels = [str(number % 20 + 1) for number in range(4000)]
    given = [label for number, label in enumerate(labels) if number not in (77, 3921)]
    pairs = answered([Asked(label, at // 20) for at, label in enumerate(labels)], given, frozenset())
    assert pairs == {at: at - (at > 77) - (at > 3921) for at in range(len(labels)) if at not in (77, 3921)}


@given(st.lists(st.sampled_from("1234"), max_size=10), st.lists(st.sampled_from("1234"), max_size=10))
@settings(deadline=None)
def test_long_rows_are_as_long_as_weighed_ones(a: list[str], b: list[str]) -> None:
    nearly = footnotes_matching._nearly_alike(a, b)
    assert len(nearly) == len(footnotes_matching._weighed(a, b))
    assert all(a[i] == b[j] for i, j in nearly)
    assert nearly == sorted(nearly)
