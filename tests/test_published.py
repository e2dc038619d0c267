"""The founding text, as `make` publishes it, before the validators that its readers' programs come from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.validators import ace, epubcheck, poppler, qpdf

ROOT = Path(__file__).parents[1]
SLUG = "socialism-in-one-organization"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The title's folder, made by the command in a process of its own."""
    into = tmp_path_factory.mktemp("published")
    command = [sys.executable, "-m", "pipeline", "build", "--no-cache", "-q", "--strict", "-o", str(into)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return into / SLUG


@pytest.mark.slow
def test_epubcheck_has_nothing_to_say(published: Path) -> None:
    assert epubcheck.validate([published / f"{SLUG}.epub"]) == []


@pytest.mark.slow
def test_ace_finds_no_violation(published: Path) -> None:
    assert ace.violations(published / f"{SLUG}.epub") == []


@pytest.mark.parametrize("suffix", [".pdf", "-booklet-a4.pdf", "-booklet-letter.pdf"])
def test_qpdf_finds_the_syntax_sound(published: Path, suffix: str) -> None:
    assert qpdf.check(published / f"{SLUG}{suffix}") == []


def test_another_reader_finds_the_repairs_on_paper(published: Path) -> None:
    """Poppler shares no code with what we check with ourselves."""
    text = " ".join(" ".join(poppler.pdftotext(published / f"{SLUG}.pdf")).split())
    assert "generational trait. The stakes became far more immediate" in text
    assert "Sommaire" not in text
    assert "mardi" not in text
    assert "**" not in text


def test_the_cover_is_alone_on_its_page(published: Path) -> None:
    pages = poppler.pdftotext(published / f"{SLUG}.pdf")
    # Letters that are spaced too widely come out one by one.
    assert pages[0].split()[:6] == ["United", "States", "Socialism", "in", "one", "organization"]
    assert "Since 2013" in " ".join(pages[2].split())
