"""Each validator passes a good file and rejects a broken one; a wrapper that never complains proves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validators import ToolError, ace, epubcheck, poppler, program, qpdf, samples


@pytest.mark.slow
def test_epubcheck_tells_good_books_from_bad_in_one_call(tmp_path: Path) -> None:
    good = samples.epub(tmp_path / "good.epub")
    dead_link = samples.epub(
        tmp_path / "dead link.epub", old="set plainly", new='<a href="gone.xhtml">set plainly</a>'
    )
    malformed = samples.epub(tmp_path / "malformed.epub", old="</p>", new="")
    not_a_book = tmp_path / "not a book.epub"
    not_a_book.write_bytes(b"nothing of the kind")

    found = epubcheck.validate([good, dead_link, malformed, not_a_book])

    assert [message for message in found if message.book == good] == []
    assert {("RSC-007", "ERROR")} <= {
        (message.code, message.severity) for message in found if message.book == dead_link
    }
    assert any(m.severity == "FATAL" for m in found if m.book == malformed)
    assert any(m.severity == "FATAL" for m in found if m.book == not_a_book)
    assert any(place.startswith("text.xhtml:") for message in found for place in message.places)


@pytest.mark.slow
def test_epubcheck_reports_usage_messages(tmp_path: Path) -> None:
    unusual = samples.epub(tmp_path / "unusual.epub", old="bodymatter chapter", new="bodymatter no-such-term")

    (message,) = epubcheck.validate([unusual])

    assert (message.severity, message.code) == ("USAGE", "OPF-088")


def test_epubcheck_wants_every_book_to_be_there(tmp_path: Path) -> None:
    assert epubcheck.validate([]) == []
    with pytest.raises(ToolError, match=r"gone\.epub is not there"):
        epubcheck.validate([tmp_path / "gone.epub"])


@pytest.mark.slow
def test_ace_passes_an_accessible_book(tmp_path: Path) -> None:
    assert ace.violations(samples.epub(tmp_path / "good.epub")) == []


@pytest.mark.slow
def test_ace_finds_a_link_that_says_nothing(tmp_path: Path) -> None:
    book = samples.epub(tmp_path / "silent.epub", old="set plainly", new='<a href="#top"></a>')

    found = ace.violations(book)

    assert [(violation.rule, violation.impact) for violation in found] == [("link-name", "serious")]
    assert found[0].where.startswith("text.xhtml")


@pytest.mark.slow
def test_ace_gives_no_verdict_on_what_is_no_book(tmp_path: Path) -> None:
    not_a_book = tmp_path / "not a book.epub"
    not_a_book.write_bytes(b"nothing of the kind")

    with pytest.raises(ToolError, match="no verdict"):
        ace.violations(not_a_book)
    with pytest.raises(ToolError, match="not there"):
        ace.violations(tmp_path / "gone.epub")


def test_qpdf_tells_a_good_pdf_from_a_broken_one(tmp_path: Path) -> None:
    good = samples.pdf(tmp_path / "good.pdf")
    assert qpdf.check(good) == []

    broken = tmp_path / "broken.pdf"
    broken.write_bytes(good.read_bytes().replace(b"startxref", b"startxxxx"))
    assert any("startxref" in complaint for complaint in qpdf.check(broken))

    with pytest.raises(ToolError, match="not there"):
        qpdf.check(tmp_path / "gone.pdf")


def test_pdftotext_reads_each_page(tmp_path: Path) -> None:
    pages = poppler.pdftotext(samples.pdf(tmp_path / "leaf.pdf", line="A line of text"), "-layout")
    assert [page.strip() for page in pages] == ["A line of text"]

    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"nothing of the kind")
    with pytest.raises(ToolError, match="cannot read"):
        poppler.pdftotext(broken)


def test_a_missing_program_is_an_error_that_says_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ToolError, match="make setup-test"):
        program("qpdf", "another")
