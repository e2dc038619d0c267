"""Damaged texts of our own making, and the founding text, held against what they last became.

`pytest --update-golden` writes what they become now; look at the difference before it is committed.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from pipeline import serial
from pipeline.checks import publication as sound
from pipeline.checks import words
from pipeline.findings import Finding
from pipeline.model import (
    BlockQuotation,
    Change,
    Emphasis,
    Heading,
    Link,
    List,
    Paragraph,
    Place,
    Publication,
    Section,
)
from pipeline.normalise import normalise
from pipeline.press import Press, Sidecar
from pipeline.readers import read
from pipeline.sources import Source
from pipeline.walk import every_block, every_inline, plain, publication_runs, runs
from tests.readers.texts import source

HERE = Path(__file__).parent
CASES = sorted(path.parent.name for path in HERE.glob("*/in.txt"))
FOUNDING = "founding-text"


class Golden(msgspec.Struct):
    """What a text became, and what was found in it."""

    publication: Publication
    findings: tuple[Finding, ...]


def made(seed: Source, language: str = "en") -> Golden:
    press = Press("The Test Press", language=language)
    return Golden(*normalise(read(seed, press), seed, press))


def seed_of(case: str, founding_text: Path) -> Source:
    path = founding_text if case == FOUNDING else HERE / case / "in.txt"
    return source(path.read_bytes(), path.name)


@pytest.mark.parametrize("case", [*CASES, FOUNDING])
def test_a_damaged_text_becomes_what_it_became(
    case: str, founding_text: Path, request: pytest.FixtureRequest
) -> None:
    seed = seed_of(case, founding_text)
    now = made(seed)
    path = HERE / case / "golden.json"
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(msgspec.json.format(msgspec.json.encode(now), indent=1) + b"\n")
    golden = msgspec.json.decode(path.read_bytes(), type=Golden)
    assert now.findings == golden.findings
    assert (
        serial.encode(now.publication).decode().splitlines()
        == serial.encode(golden.publication).decode().splitlines()
    )


@pytest.mark.parametrize("case", [*CASES, FOUNDING])
def test_what_it_became_is_sound_and_has_every_word(case: str, founding_text: Path) -> None:
    seed = seed_of(case, founding_text)
    publication = made(seed).publication
    assert words.check_source(seed.data.decode(), publication) == ()
    assert [finding for finding in sound.check(publication) if finding.severity == "error"] == []


# --- The founding text -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def founding(founding_text: Path) -> Golden:
    """In a French press, so that the text itself must tell its language."""
    return made(source(founding_text.read_bytes(), founding_text.name), "fr")


def entries(golden: Golden, rule: str) -> list[Change]:
    return [change for change in golden.publication.ledger if change.rule == rule]


def text(golden: Golden) -> str:
    return "\n".join(plain(run) for run, _ in publication_runs(golden.publication))


def test_its_titles_are_found(founding: Golden) -> None:
    about = founding.publication.metadata
    assert (about.rubric, about.title, about.subtitle) == (
        "United States",
        "Socialism in one organization",
        "Notes on the ISO crisis",
    )


def test_its_makers_and_dates_are_found(founding: Golden) -> None:
    about = founding.publication.metadata
    assert [(each.name, each.role, each.kind) for each in about.creators] == [
        ("Saman S.", "aut", "person"),
        ("Adam T.", "aut", "person"),
        ("Failed Harvest", "isb", "organisation"),
    ]
    assert [(day.value, day.meaning, day.precision) for day in about.dates] == [
        ("2019-03-21", "written", "day"),
        ("2019-04-02", "posted", "day"),
    ]


def test_where_it_was_found_is_known(founding: Golden) -> None:
    about = founding.publication.metadata
    assert about.origin.address == "https://failedharvest.com/blog/socialism1.org"
    assert about.origin.title == "Failed Harvest"
    (section,) = founding.publication.back
    assert isinstance(section, Section)
    assert section.role == "provenance"
    assert [plain(run) for run, _ in runs(section.blocks)] == [
        "Failed Harvest. March 21, 2019: https://failedharvest.com/blog/socialism1.org",
        (
            "This blog was started by former members of the International Socialist Organization (ISO) to share "
            "thoughts about the current crisis and the way forward."
        ),
    ]


def test_it_tells_its_own_language(founding: Golden) -> None:
    assert (founding.publication.metadata.language, founding.publication.metadata.direction) == ("en", "ltr")


def test_its_capitals_are_sections(founding: Golden) -> None:
    titled = [block for block in founding.publication.body if isinstance(block, Section) and block.heading]
    assert [
        (plain(block.heading.content), block.heading.place.first) for block in titled if block.heading
    ] == [
        ("The So-Called Theory of the Party", 32),
        ("An Economics of Socialist Persons", 40),
        ("“Perspectives” and the Failed Harvest of 2019", 52),
        ("The Laziest Resignation Letter in Trot History", 64),
        ("Socialism in One Organization", 68),
        ("Solidarity First, Organization Second", 92),
        ("Was It All in Vain?", 100),
    ]
    assert all(
        isinstance(block.heading, Heading) and block.heading.level == 1 and block.blocks for block in titled
    )


def test_its_cut_paragraphs_are_joined(founding: Golden) -> None:
    assert [(change.place.first, change.place.last) for change in entries(founding, "joins")] == [
        (42, 44),
        (56, 58),
        (74, 76),
        (88, 90),
    ]
    assert "abstract, the ISO could “thrive.” The basis" in text(founding)
    assert "Democracy in the Revolutionary Party,” SWP" in text(founding)


def test_its_left_over_marks_and_dead_contents_are_gone(founding: Golden) -> None:
    assert [change.place for change in entries(founding, "artefacts")] == [Place(9, 9), Place(20, 20)]
    assert "**" not in text(founding)
    (contents,) = entries(founding, "contents")
    assert contents.before.startswith("Sommaire\nTHE SO-CALLED THEORY OF (...)")
    assert "Sommaire" not in text(founding)
    assert not any(isinstance(block, List) for block in every_block(founding.publication.body))


def test_its_note_is_signed_and_stands_before(founding: Golden) -> None:
    (section,) = founding.publication.front
    assert isinstance(section, Section)
    note, signature = section.blocks
    assert isinstance(note, Paragraph)
    assert isinstance(signature, Paragraph)
    assert section.role == "abstract"
    assert (plain(signature.content), signature.role) == ("Saman S. and Adam T.", "signature")
    assert plain(note.content).startswith("The following are very preliminary notes")


def test_its_long_quotation_stands_apart_with_its_source(founding: Golden) -> None:
    (quotation,) = [
        block for block in every_block(founding.publication.body) if isinstance(block, BlockQuotation)
    ]
    assert plain(quotation.attribution) == (
        "Lenin, “Extraordinary Seventh Congress of the R.C.P. [B],” [March 6–8, 1918]"
    )
    words_of_it = next(plain(run) for run, _ in runs(quotation.blocks))
    assert words_of_it.startswith("It is a lesson")
    assert words_of_it.endswith("we are doomed.")


def test_its_emphasis_survives(founding: Golden) -> None:
    italic = [
        plain(node.content)
        for run, _ in publication_runs(founding.publication)
        for node in every_inline(run)
        if isinstance(node, Emphasis)
    ]
    assert {"subjective", "objective", "any", "Building the Party (Lenin Vol. 1)", "must", "the goal"} <= set(
        italic
    )
    assert len(italic) == founding_emphases()


def founding_emphases() -> int:
    import re

    path = next((HERE.parents[1] / "seeds").glob("000_*.txt"))
    return len(re.findall(r"(?<!\*)\*(?!\*)[^*\n]+\*(?!\*)", path.read_text()))


def test_its_marks_are_english(founding: Golden) -> None:
    import re

    assert "2013–2014" in text(founding)
    assert not re.search(r"[ \u00a0\u202f][:;?!]", text(founding))
    assert '"' not in text(founding)
    assert not re.search(r"\w'\w|\s-\s|--|\.\.\.", text(founding))


def test_its_slips_are_found_and_left(founding: Golden) -> None:
    assert [(finding.code, finding.where.rpartition(", ")[2]) for finding in founding.findings] == [
        ("slip-001", "line 106"),
        ("slip-002", "line 108"),
    ]
    assert "strengthen the the left-wing" in text(founding)
    assert "p70volkl yahoo.com" in text(founding)


def test_it_has_no_dead_link(founding: Golden) -> None:
    assert {
        node.target
        for run, _ in publication_runs(founding.publication)
        for node in every_inline(run)
        if isinstance(node, Link)
    } == {"https://failedharvest.com/blog/socialism1.org"}


def test_an_editor_can_correct_its_slips(founding_text: Path) -> None:
    from pipeline.press import Correction

    sidecar = Sidecar(
        corrections=(
            Correction("the the left-wing", "the left-wing", "a word stands twice"),
            Correction("p70volkl yahoo.com", "p70volkl@yahoo.com", "the sign is lost"),
        )
    )
    seed = source(founding_text.read_bytes(), founding_text.name, sidecar)
    press = Press("The Test Press")
    publication, findings = normalise(read(seed, press), seed, press)
    assert findings == ()
    assert words.check_source(seed.data.decode(), publication) == ()
