"""A PDF with a text layer → the text that it was set from, however it was set; and one sentence for what has none."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from pipeline import build, formats, press, sources
from pipeline.checks import original, words
from pipeline.checks.wording import words as folded
from pipeline.errors import SourceError
from pipeline.model import BlockQuotation, Emphasis, Heading, Paragraph, Publication, Superscript, Text
from pipeline.normalise import normalise
from pipeline.readers import printed
from pipeline.renderers import pdf
from pipeline.sources import Source
from pipeline.typesetting.startup import engine
from pipeline.walk import plain, publication_runs
from tests.workshop import ROOT

TEXT = [
    line.strip()
    for line in (ROOT / "tests/corpus/d06-tolstoy-pismo-revolyutsioneru.txt").read_text("utf-8").splitlines()
    if len(line) > 200
][:12]
FACES = "".join(
    f"@font-face {{ font-family: G; src: url({(ROOT / f'styles/fonts/EBGaramond-{face}.ttf').as_uri()}); {look} }}"
    for face, look in (("Regular", ""), ("Italic", "font-style: italic"), ("Bold", "font-weight: bold"))
)
PAGE = (
    f"<!DOCTYPE html><html lang=ru><title>T</title><style>{FACES}"
    """
* { font-family: G }
@page { size: A5; margin: 18mm; @top-center { content: "Лев Толстой" } @bottom-center { content: counter(page) } }
@page :left { @top-center { content: "Письмо" } }
body { font: 11pt G; text-align: justify; hyphens: auto; STYLE } h1 { column-span: all; font-size: 20pt }
h2 { font-size: 14pt } p { margin: 0; text-indent: 1.5em } blockquote { margin: 1em 3em }
.note { float: footnote; font-size: 8pt; text-indent: 0 } ::footnote-call { font-size: 7pt; vertical-align: super }
::footnote-marker { content: counter(footnote) "MARK " }
</style><h1>Письмо революционеру</h1>"""
)


def source(data: bytes) -> Source:
    return Source("a-letter.pdf", "a-letter", data, formats.PDF, hashlib.sha256(data).hexdigest())


def weasyprinted(markup: str) -> bytes:
    # With our faces only, and not before a test runs: others look at pages set in those of the system.
    data: bytes = engine(ROOT / "styles" / "fonts").HTML(string=markup).write_pdf()
    return data


def typeset(body: str, style: str = "", mark: str = "") -> Source:
    return source(weasyprinted(PAGE.replace("STYLE", style).replace("MARK", mark) + body))


def paragraphs(publication: Publication) -> list[str]:
    return [plain(block.content) for block in publication.body if isinstance(block, Paragraph)]


def sound(given: Source) -> Publication:
    """As it is read; nothing is lost or added, then or by the passes."""
    publication = printed.read(given, press.DEFAULT)
    assert words.check_lines(original.lines(given), publication) == ()
    repaired, _ = normalise(publication, given, press.DEFAULT)
    assert words.check_lines(original.lines(given), repaired) == ()
    return publication


def test_our_own_pamphlet_reads_as_the_text_it_was_made_of(founding_text: Path) -> None:
    seed = sources.load(founding_text)
    made, _ = normalise(build_read(seed), seed, press.DEFAULT)
    pamphlet = pdf.render(made, press.DEFAULT, build.date_of(made, None))
    again = sound(source(pamphlet.data))
    want = [word for run, _ in publication_runs(made) for word in folded(plain(run))]
    got = [word for run, _ in publication_runs(again) for word in folded(plain(run))]
    start = "the following are very preliminary notes".split()
    at, there = (next(i for i in range(len(each)) if each[i : i + 6] == start) for each in (want, got))
    assert got[there : there + 3300] == want[at : at + 3300]
    headings = {plain(block.content) for block in again.body if isinstance(block, Heading)}
    assert {"An Economics of Socialist Persons", "Was It All in Vain?"} <= headings
    whole = {plain(run) for run, _ in publication_runs(made)}
    found = [text for text in paragraphs(again) if len(text) > 300]
    assert sum(text in whole for text in found) > 0.8 * len(found)


def build_read(seed: Source) -> Publication:
    from pipeline.readers import read

    return read(seed, press.DEFAULT)


@pytest.mark.parametrize("style", ["", "columns: 2; font-size: 9pt", "text-align: left; font-size: 13pt"])
def test_paragraphs_are_whole_again(style: str) -> None:
    body = "".join(
        (f"<h2>Глава {at // 4 + 1}</h2>" if at % 4 == 0 else "") + f"<p>{html.escape(text)}</p>"
        for at, text in enumerate(TEXT)
    )
    publication = sound(typeset(body, style))
    assert publication.metadata.title == "Письмо революционеру"
    assert [plain(block.content) for block in publication.body if isinstance(block, Heading)] == [
        "Глава 1",
        "Глава 2",
        "Глава 3",
    ]
    assert [folded(text) for text in paragraphs(publication)] == [folded(text) for text in TEXT]
    gone = {change.before for change in publication.ledger if change.rule == "page-furniture"}
    assert {"Лев Толстой", "Письмо", "1", "2"} <= gone


@pytest.mark.parametrize("mark", ["", "."])
def test_notes_at_the_feet_of_pages_become_real_ones(mark: str) -> None:
    body = ""
    # Of a note in a paragraph longer than a page, WeasyPrint 70 prints the call alone.
    for number, text in enumerate((each[:500] for each in TEXT[:6]), 1):
        opening, rest = text[: text.index(" ", 60)], text[text.index(" ", 60) :]
        note = f"{' '.join(TEXT[-number].split()[3:21])}.".capitalize()
        body += f"<p>{html.escape(opening)}<span class=note>{html.escape(note)}</span>{html.escape(rest)}</p>"
    given = typeset(body, "font-size: 14pt", mark)
    publication = sound(given)
    noted = [
        block
        for block in publication.body
        if isinstance(block, Paragraph) and isinstance(block.content[0], Superscript)
    ]
    assert len(noted) == 6
    repaired, findings = normalise(publication, given, press.DEFAULT)
    assert len(repaired.notes) == 6
    assert not [each for each in findings if each.code.startswith("note-")]


def test_emphasis_and_quotations() -> None:
    body = (
        f"<p>{TEXT[0]} <em>очень важно</em>, да.</p><blockquote>{TEXT[1][:300]}</blockquote><p>{TEXT[2]}</p>"
    )
    publication = sound(typeset(body))
    first = next(block for block in publication.body if isinstance(block, Paragraph))
    assert Emphasis((Text("очень важно"),)) in first.content
    (quotation,) = [block for block in publication.body if isinstance(block, BlockQuotation)]
    assert quotation.place.part == "page 1"


def locked(data: bytes) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as file:
        file.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: weasyprinted("<p>"), "are pictures, without text"),
        (lambda: locked(weasyprinted(f"{PAGE}<p>words")), "locked with a password"),
        (lambda: b"%PDF-1.7\nnothing", "this PDF is damaged"),
    ],
)
def test_what_holds_no_text(make: Callable[[], bytes], says: str) -> None:
    with pytest.raises(SourceError, match=says) as refused:
        printed.read(source(make()), press.DEFAULT)
    assert str(refused.value).startswith("a-letter.pdf: ")
    assert refused.value.hint
