"""The ebook before the trade's own judges: EPUBCheck without a message of any kind, Ace without a violation."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from pipeline.model import Publication
from tests.renderers.epub_books import BOOKS, made
from tests.strategies import publications
from tests.validators import ace, epubcheck

pytestmark = pytest.mark.slow


def written(folder: Path, name: str, publication: Publication) -> Path:
    book = folder / f"{name}.epub"
    book.write_bytes(made(publication))
    return book


def test_epubcheck_has_nothing_to_say(tmp_path: Path) -> None:
    shelf = [written(tmp_path, name, book()) for name, book in BOOKS.items()]

    @settings(
        max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(publications())
    def any_publication(publication: Publication) -> None:
        # Gathered first and checked together: a JVM for each would cost minutes.
        shelf.append(written(tmp_path, f"any-{len(shelf)}", publication))

    any_publication()
    assert epubcheck.validate(shelf) == []


@pytest.mark.parametrize("name", ["every-node", "right-to-left", "many-notes", "pictures", "bare"])
def test_ace_finds_no_violation(name: str, tmp_path: Path) -> None:
    assert ace.violations(written(tmp_path, name, BOOKS[name]())) == []
