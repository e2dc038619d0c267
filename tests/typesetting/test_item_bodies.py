"""The defect of WeasyPrint that `item_bodies` mends is still there without the mend, and is not with it."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.checks import pdf as check
from pipeline.renderers import pdf
from tests.readers.texts import PRESS, repaired
from tests.renderers.epub_books import STAMP

TEXT = "# T\n\nWords.\n\n- one\n\n  and more of one\n\n  > quoted\n\n  - nested\n\n    and more\n- two\n\n7. seven\n\n   | A | B |\n   |---|---|\n   | 1 | 2 |"


def findings() -> list[str]:
    return [finding.where for finding in check.check(pdf.render(repaired(TEXT), PRESS, STAMP).data, None)]


def test_without_the_mend_blocks_stand_beside_the_body(monkeypatch: pytest.MonkeyPatch) -> None:
    """When this fails, WeasyPrint has mended it, and `pipeline/typesetting/item_bodies.py` can go."""
    pdf._engine()
    from weasyprint.pdf import tags

    mended: Any = tags._build_box_tree
    monkeypatch.setattr(tags, "_build_box_tree", mended.__wrapped__)
    assert "PDFUA1-LI-KIDS-001" in findings()


def test_with_the_mend_they_are_in_it() -> None:
    assert findings() == []
