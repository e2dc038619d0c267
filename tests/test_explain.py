"""pamphleteer explain: what is told of each repair, in lines, for programs and on a page; and nothing else is made."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from lxml import etree

from pipeline import cli, explaining, explaining_page, explaining_text, press, sources
from pipeline.checks import wording
from pipeline.explaining import Explanation
from pipeline.explaining_claims import claimed
from pipeline.explaining_marks import Stretch, only_markup, passage, seams, shortened, visible
from pipeline.explaining_rows import rows
from pipeline.model import Change, Place
from pipeline.press import Press
from pipeline.walk import plain, publication_runs
from tests.test_cli import Terminal, process
from tests.workshop import ROOT, Workshop

SMALL = """\
# A small text

He said "no" and left -
never to come back ; he was
gone.

- **

The paper's last last word is this.
"""

TOLD = """\
A small text (small.md)

  artefacts  1  left-over markup without a word in it
  titling    1  the line that the text opens with is its title
  spacing    1  spaces before marks as this language has them
  dashes     1  a hyphen that stands for a dash or a range
  quotes     2  quotation marks and apostrophes of this language

artefacts, 1: left-over markup without a word in it
  line 7  - ** → gone

titling, 1: the line that the text opens with is its title
  line 1  A small text → ⟨title: ⟩A small text

spacing, 1: spaces before marks as this language has them
  lines 3–5  back⟨ ⟩; → back;

dashes, 1: a hyphen that stands for a dash or a range
  lines 3–5  left⟨ -⟩ never → left⟨\u00a0–⟩ never

quotes, 2: quotation marks and apostrophes of this language
  lines 3–5  ⟨"⟩no⟨"⟩ → ⟨“⟩no⟨”⟩
  line 9     paper⟨'⟩s → paper⟨’⟩s

For you to look at
  note: small.md, line 9: “last last” stands twice (if it is a slip, correct it in the sidecar) [slip-001]

Known of the text
  title     A small text
  language  en

22 words in the source, 22 words in the text; 6 repairs by 5 rules; no word lost or added but those the ledger names.
"""

NAUGHTY = """\
# <script>alert("title")</script> & "more"

Words with <b>markup</b> and \u202eturned\u202c round, {{ 7 * 7 }} </style></td> "quoted" & 'so'.

Another <img src="http://example.org/x.png" onerror="alert(1)"> line - with http://example.org/page ; and more.
"""


def explained(workshop: Workshop, name: str, text: str | bytes) -> Explanation:
    return explaining.explain(sources.load(workshop.seed(name, text)), Press("The Press"))


@pytest.fixture(scope="module")
def founding() -> Explanation:
    house, _ = press.find(ROOT / "seeds", None)
    return explaining.explain(sources.load(next((ROOT / "seeds").glob("000_*.txt"))), house)


def parsed(page: bytes) -> etree._Element:
    """A page as XML, so that nothing in it was left open or unescaped."""
    head = b"<!DOCTYPE html>\n"
    assert page.startswith(head)
    return etree.fromstring(page.removeprefix(head))


def words(element: etree._Element) -> str:
    """What is seen of an element: without what only screen readers hear."""
    texts = element.xpath(".//text()[not(ancestor::*[@class='unseen'])]")
    return "".join(str(text) for text in texts)  # type: ignore[union-attr]


def found(element: etree._Element, path: str) -> list[etree._Element]:
    out = element.xpath(path)
    assert isinstance(out, list)
    return [each for each in out if isinstance(each, etree._Element)]


def spoken(paragraphs: list[etree._Element]) -> list[str]:
    """The words of a column alone: without numbers, labels and what only screen readers hear."""
    apart = "@class='unseen' or @class='ref' or @class='kind' or @class='sign'"
    texts = (each.xpath(f".//text()[not(ancestor::*[{apart}])]") for each in paragraphs)
    return wording.words("\n".join("".join(map(str, each)) for each in texts))  # type: ignore[arg-type]


# --- Lines -------------------------------------------------------------------------------------------


def test_all_that_is_told_of_a_small_text(workshop: Workshop) -> None:
    workshop.seed("small.md", SMALL)
    ran = workshop.run("explain", "small")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == TOLD
    assert not workshop.dist.exists()
    assert sorted(path.name for path in workshop.folder.iterdir()) == ["seeds"]


class Screen(Terminal):
    """A stdout that is one."""


@pytest.mark.parametrize(
    ("environment", "colour"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False), ({"NO_COLOR": ""}, True)],
)
def test_colours(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], colour: bool
) -> None:
    workshop.seed("small.md", SMALL)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    screen = Screen()
    monkeypatch.setattr(sys, "stdout", screen)
    assert cli.main(["explain"]) == 0
    assert ("\x1b[31;9m'\x1b[0m" in screen.written) == colour
    assert ("\x1b[32;4m’\x1b[0m" in screen.written) == colour
    assert ("⟨" in screen.written) != colour
    assert re.sub(r"\x1b\[[0-9;]*m", "", screen.written).splitlines()[0] == "A small text (small.md)"


def test_for_a_program(workshop: Workshop) -> None:
    workshop.seed("small.md", SMALL)
    workshop.seed("worse.txt", b"")
    ran = workshop.run("explain", "--log-format", "json")
    assert (ran.code, ran.err) == (3, "")
    told = [json.loads(line) for line in ran.out.splitlines()]
    assert told.pop(0)["code"] == "press-001"
    assert [each["event"] for each in told] == ["change"] * 6 + ["finding", "explained", "error"]
    assert told[2] == {
        "event": "change",
        "source": "small.md",
        "rule": "spacing",
        "place": {"first": 3, "last": 5},
        "before": "back ;",
        "after": "back;",
        "why": "spaces before marks as this language has them",
    }
    assert told[7]["intact"] is True
    assert told[7]["metadata"]["title"] == "A small text"


def test_nothing_to_repair(workshop: Workshop) -> None:
    workshop.seed("fine.md", "# Fine\n\nNothing is wrong here.\n")
    workshop.seed("fine.toml", 'title = "Fine"\n')
    ran = workshop.run("explain")
    assert ran.code == 0
    assert "nothing was repaired" in ran.out or "1 repair" in ran.out


def test_quiet_says_only_what_is_wrong(workshop: Workshop) -> None:
    workshop.seed("small.md", SMALL)
    ran = workshop.run("explain", "-q")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_a_long_passage_is_told_whole_on_request(workshop: Workshop) -> None:
    entries = "".join(f"- [Entry number {number} of the contents](#)\n" for number in range(30))
    body = "".join(f"\n## Entry number {number} of the contents\n\nWords.\n" for number in range(30))
    workshop.seed("long.md", f"# Long\n\n{entries}{body}")
    brief, whole = workshop.run("explain").out, workshop.run("explain", "-v").out
    assert "Entry number 15 of the contents /" not in brief
    assert "…" in brief
    assert "Entry number 15 of the contents /" in whole


# --- Titles, failures, exit codes -----------------------------------------------------------------------


@pytest.mark.parametrize("title", ["b.md", "b", "second-title", "second", "seeds/b.md"])
def test_titles_are_understood_as_in_build(workshop: Workshop, title: str) -> None:
    workshop.seed("a.md", workshop.text("First title"))
    workshop.seed("b.md", workshop.text("Second title"))
    ran = workshop.run("explain", title)
    assert ran.out.startswith("Second title (b.md)\n")
    assert "First title" not in ran.out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["nobody"], 2, "“nobody”: no text is called that"),
        (["--seeds", "nowhere"], 3, "nowhere: there is no such folder"),
        (["--press", "none.toml"], 4, "none.toml: there is no such file"),
        (["--html", "small"], 2, "“small”: this is no name of a page"),
        (["--html", "none/page.html"], 7, "none/page.html: we cannot write there"),
    ],
)
def test_a_wrong_command_costs_one_sentence(
    workshop: Workshop, arguments: list[str], code: int, says: str
) -> None:
    workshop.seed("a.md", workshop.text("A"))
    ran = workshop.run("explain", *arguments)
    assert ran.code == code
    assert len(ran.complaints) == 1
    assert says in ran.complaints[0]


def test_one_bad_text_costs_one_sentence_and_the_others_are_explained(workshop: Workshop) -> None:
    workshop.seed("bad.txt", b"PK\x03\x04 no archive")
    workshop.seed("good.md", workshop.text("Good"))
    ran = workshop.run("explain")
    assert ran.code == 3
    assert len(ran.complaints) == 1
    assert ran.out.startswith("Good (good.md)")


def test_a_defect_costs_one_sentence_too(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    def defect(*_: object) -> None:
        raise ZeroDivisionError("ours")

    workshop.seed("a.md", workshop.text("A"))
    monkeypatch.setattr(explaining, "explain", defect)
    ran = workshop.run("explain")
    assert ran.code == 1
    assert ran.complaints == ["error: a.md: this is a defect of ours (ZeroDivisionError) – run again with -v"]
    assert "Traceback" in workshop.run("explain", "-v").err


def test_lost_words_are_an_error(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.checks import original

    real = original.lines
    monkeypatch.setattr(original, "lines", lambda source: (*real(source), ("words that nobody read", 99)))
    workshop.seed("a.md", workshop.text("A"))
    ran = workshop.run("explain")
    assert ran.code == 6
    assert "words are lost or added that the ledger does not name" in ran.out
    assert "words-001" in ran.out


def test_strict_takes_warnings_for_errors(workshop: Workshop) -> None:
    workshop.seed("a.md", "# A\n\nWords.\n\n![A view of the town](town.png)\n\nMore words.\n")
    codes = {workshop.run("explain").code, workshop.run("explain", "--strict").code}
    findings = explained(workshop, "a.md", (workshop.seeds / "a.md").read_bytes()).findings
    assert any(each.severity == "warning" for each in findings)
    assert codes == {0, 6}


def test_no_engine_that_makes_editions_is_imported(tmp_path: Path) -> None:
    program = (
        "import sys; from pipeline.cli import main; code = main(sys.argv[1:]); "
        "print(*sorted(sys.modules), file=sys.stderr); sys.exit(code)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, "explain", "--seeds", str(ROOT / "seeds"), "--html"],
        cwd=tmp_path,
        text=True,
        capture_output=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
    )
    assert ran.returncode == 0, ran.stderr
    assert not set(ran.stderr.split()) & {
        "weasyprint",
        "ebooklib",
        "pikepdf",
        "pipeline.renderers.pdf",
    }


# --- The page ----------------------------------------------------------------------------------------


def test_the_page_of_the_founding_text(founding: Explanation) -> None:
    root = parsed(explaining_page.page(founding))
    ids = [str(each) for each in root.xpath("//@id")]  # type: ignore[union-attr]
    assert len(ids) == len(set(ids))
    for link in root.xpath("//@href"):  # type: ignore[union-attr]
        assert str(link).startswith("#")
        assert str(link)[1:] in ids
    assert found(root, "//script | //img | //link | //*[@src] | //@style/..") == []
    assert b"url(" not in explaining_page.page(founding)
    assert b"@import" not in explaining_page.page(founding)
    for landmark in ("header", "nav", "main", "footer"):
        assert len(found(root, f"//{landmark}")) == 1
    assert len(found(root, "//h1")) == 1
    assert [words(each) for each in found(root, "//h2")] == [
        "Rules",
        "For you to look at",
        "Known of the text",
        "Source and result",
    ]


def test_every_change_is_on_the_page_once(founding: Explanation) -> None:
    root = parsed(explaining_page.page(founding))
    entries = found(root, "//li[starts-with(@id, 'change-')]")
    assert sorted(int(str(each.attrib["id"]).removeprefix("change-")) for each in entries) == list(
        range(1, len(founding.after.ledger) + 1)
    )
    for entry in entries:
        change = founding.after.ledger[int(str(entry.attrib["id"]).removeprefix("change-")) - 1]
        (tag,) = found(entry, "a[@class='tag']")
        assert str(tag.attrib["href"]) == f"#rule-{change.rule}"
    told = {
        words(found(row, "th")[0]): int(words(found(row, "td[1]")[0]))
        for row in found(root, "//table[@class='rules']/tbody/tr")
    }
    assert told == {tally.rule: tally.count for tally in founding.tallies}
    assert sum(told.values()) == len(founding.after.ledger)


def test_every_finding_stands_beside_its_line(founding: Explanation) -> None:
    root = parsed(explaining_page.page(founding))
    asides = found(root, "//*[@role='note']")
    assert len(asides) == len(founding.findings) == 2
    lines = [words(found(each, "ancestor::tr/th")[0]) for each in asides]
    assert lines == ["line 106", "line 108"]


def test_the_columns_hold_all_of_both_sides_in_step(founding: Explanation) -> None:
    root = parsed(explaining_page.page(founding))
    source_shown = spoken(found(root, "//td[@class='source']/p"))
    assert source_shown == wording.words(founding.source.data.decode())
    result_shown = spoken(found(root, "//td[@class='result']/p[not(@class='instead')]"))
    about = [word for run, _ in publication_runs(founding.after) for word in wording.words(plain(run))]
    assert Counter(result_shown) == Counter(about)
    pairs = {
        words(found(row, "th")[0]): (
            words(found(row, "td[@class='source']")[0]),
            words(found(row, "td[@class='result']")[0]),
        )
        for row in found(root, "//tr[starts-with(@id, 'place-')]")
    }
    source, result = pairs["lines 42–44"]
    assert source.lstrip().startswith("As long as the socialist movement remained small")
    assert result.lstrip().startswith("As long as the socialist movement remained small")
    assert "¶" in source
    assert "¶" not in result
    source, result = pairs["lines 7–16"]
    assert "Sommaire" in source
    assert "Sommaire" not in result
    assert "a list of contents of another edition" in result
    assert found(root, "//tr[@class='unaccounted']") == []


def test_marks_are_told_in_words_too(founding: Explanation) -> None:
    root = parsed(explaining_page.page(founding))
    for tag, said in (("del", "removed: "), ("ins", "added: ")):
        marked = found(root, f"//{tag}")
        assert marked
        assert {str(each.xpath("string(span[@class='unseen'])")) for each in marked} == {said}


def test_naughty_strings_are_only_words(workshop: Workshop) -> None:
    told = explained(workshop, "naughty.txt", NAUGHTY)
    page = explaining_page.page(told)
    root = parsed(page)
    assert found(root, "//script | //img | //b") == []
    assert found(root, "//*[@onerror]") == []
    assert "\u202e" not in page.decode()
    assert "49" not in words(found(root, "//td[@class='source']")[-2])
    assert "{{ 7 * 7 }}" in words(root)
    assert "</style></td>" in words(root)
    line = "\n".join(explaining_text.lines(told))
    assert "\u202e" not in line


def test_a_document_is_shown_as_it_was_read(workshop: Workshop) -> None:
    rtf = r'{\rtf1\ansi {\b\fs36 A title}\par The first paragraph, "quoted".\par The second one.\par}'
    told = explained(workshop, "a.rtf", rtf)
    root = parsed(explaining_page.page(told))
    heads = [words(each) for each in found(root, "//table[@class='text']/thead//th")]
    assert heads == ["Place", "As read", "Result", "Changes"]
    sources_shown = " ".join(words(each) for each in found(root, "//td[@class='source']"))
    assert 'The first paragraph, "quoted".' in sources_shown
    assert "rtf1" not in sources_shown
    assert words(found(root, "//tr[starts-with(@id, 'place-')]/th")[-1]).startswith("paragraph")


def test_what_nobody_accounts_for_is_said(workshop: Workshop) -> None:
    told = explained(workshop, "a.md", workshop.text("A"))
    after = msgspec.structs.replace(told.after, body=told.after.body[:1], ledger=())
    lost = msgspec.structs.replace(told, after=after, tallies=())
    page = explaining_page.page(lost)
    assert b"no rule says why" in page
    assert any(row.unaccounted for row in rows(lost))


def test_the_same_bytes_wherever_it_is_made(workshop: Workshop, founding_text: Path) -> None:
    workshop.seed("a.txt", founding_text.read_bytes())
    assert workshop.run("explain", "--html").code == 0
    here = (workshop.folder / "socialism-in-one-organization-explained.html").read_bytes()
    (workshop.folder / "else where").mkdir()
    ran = process(
        *("explain", "--html", "--seeds", "../seeds"),
        cwd=workshop.folder / "else where",
        PYTHONHASHSEED="3",
        TZ="Pacific/Kiritimati",
    )
    assert ran.returncode == 0, ran.stderr
    there = workshop.folder / "else where" / "socialism-in-one-organization-explained.html"
    assert there.read_bytes() == here
    assert str(workshop.folder).encode() not in here


def test_where_pages_go(workshop: Workshop) -> None:
    workshop.seed("a.md", workshop.text("Twin"))
    workshop.seed("b.md", workshop.text("Twin", "Other words."))
    (workshop.folder / "pages").mkdir()
    ran = workshop.run("explain", "--html", "pages")
    assert ran.code == 0
    names = sorted(path.name for path in (workshop.folder / "pages").iterdir())
    assert len(names) == 2
    assert "twin-explained.html" in names
    assert ran.out.splitlines()[0] == "pages/twin-explained.html  (1 repair)"
    assert workshop.run("explain", "a", "--html", "mine.html").code == 0
    assert (workshop.folder / "mine.html").exists()
    assert workshop.run("explain", "--html", "mine.html").code == 2


def test_a_page_that_cannot_be_finished_leaves_the_old_one(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.seed("a.md", workshop.text("A"))
    (workshop.folder / "a.html").write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    ran = workshop.run("explain", "--html", "a.html")
    assert ran.code == 7
    assert "No space left" in ran.complaints[0]
    assert sorted(path.name for path in workshop.folder.iterdir()) == ["a.html", "seeds"]
    assert (workshop.folder / "a.html").read_text() == "old"


def _luminance(colour: str) -> float:
    whole = colour if len(colour) == 7 else "#" + "".join(2 * letter for letter in colour[1:])
    parts = [int(whole[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_colours_can_be_told_apart() -> None:
    """WCAG 2.2, 1.4.3: a contrast of 4.5 for every pair that is used, by day, by night and on paper."""
    style = (ROOT / "styles" / "explain.css").read_text()
    palettes = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    assert len(palettes) == 3
    for palette in palettes:
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", palette))
        pairs = [(ink, paper) for ink in ("ink", "faint", "link") for paper in ("paper", "shade")]
        pairs += [(ink, f"{ink}-paper") for ink in ("gone", "come", "look")]
        # The code of a finding, and the numbers of an entry that was led to.
        pairs += [("link", "look-paper"), ("ink", "look-paper"), ("faint", "look-paper")]
        for ink, paper in pairs:
            dark, light = sorted((_luminance(colours[ink]), _luminance(colours[paper])))
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, paper)


# --- Marks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("ask :", "ask:", "ask[ ]: → ask:"),
        ('"no"', "“no”", '["]no["] → [“]no[”]'),
        ("a - b", "a\u00a0– b", "a[ -] b → a[\u00a0–] b"),
        ("the end\nof it", "the end of it", "the end\nof it → the end of it"),
        ("ALL IN VAIN", "All in Vain", "[ALL IN VAIN] → [All in Vain]"),
        ("gone", "", "[gone] → "),
        ("", "come", " → [come]"),
        ("one thing", "quite different", "[one thing] → [quite different]"),
    ],
)
def test_what_of_a_change_is_marked(before: str, after: str, shown: str) -> None:
    def told(stretches: list[Stretch]) -> str:
        return "".join(f"[{each.text}]" if each.kind == "changed" else each.text for each in stretches)

    was, now = passage(before, after)
    assert f"{told(was)} → {told(now)}" == shown


def test_passages_keep_all_that_is_not_marked() -> None:
    before, after = 'He said: "no - never" ; and left.', "He said: “no\u00a0– never”; and left."
    at = 0
    for seam in seams(before, after):
        assert before[at : seam.from_a].split() or at == seam.from_a
        at = seam.to_a
    rebuilt, at = "", 0
    for seam in seams(before, after):
        rebuilt += before[at : seam.from_a] + after[seam.from_b : seam.to_b]
        at = seam.to_a
    assert rebuilt + before[at:] == after


@pytest.mark.parametrize(
    ("text", "longest", "short"),
    [
        ("short enough", 20, "short enough"),
        ("one two three four five six", 16, "one two … six"),
        ("x" * 40, 10, "xxxxx…xxxxx"),
        ("whatever it is", 0, "whatever it is"),
    ],
)
def test_a_long_passage_loses_its_middle(text: str, longest: int, short: str) -> None:
    assert shortened(text, longest) == short


def test_what_could_steer_a_screen_is_spelt_out() -> None:
    assert visible("a\x1b[2Jb\u202ec\u2029d\x07") == "a‹U+001B›[2Jb‹U+202E›c‹U+2029›d‹U+0007›"
    assert visible("naïve\nمی\u200cخواهم – “so”") == "naïve\nمی\u200cخواهم – “so”"


@pytest.mark.parametrize("text", ["*", "](#)", "## ", "> ", "- ", "[^1]", "1. "])
def test_marks_of_markup_are_no_loss(text: str) -> None:
    assert only_markup(text)
    assert not only_markup(f"{text}word")


def test_each_difference_goes_to_the_change_that_made_it() -> None:
    before, after = 'so "it" is *now* "so" ; yes', "so “it” is now “so”; yes"
    here = Place(1, 1)
    ledger = [
        (1, Change("quotes", here, '"it"', "“it”", "")),
        (2, Change("quotes", here, '"so"', "“so”", "")),
        (3, Change("spacing", here, '"so" ;', '"so";', "")),
    ]
    gone, come = claimed(before, after, ledger)
    assert [(after[mark.start : mark.end], mark.numbers) for mark in come] == [
        ("“", (1,)),
        ("”", (1,)),
        ("“", (2,)),
        ("”", (2,)),
    ]
    assert [before[mark.start : mark.end] for mark in gone if mark.kind == "markup"] == ["*", "*"]
    assert all(mark.kind != "gone" or before[mark.start : mark.end].strip('" ') == "" for mark in gone)
