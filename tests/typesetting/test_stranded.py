"""The defect of WeasyPrint that `stranded` mends is still there without the mend, and is not with it."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.renderers import pdf
from pipeline.typesetting import stranded

PARAGRAPH = "A word or two of text that comes before <em>what is said with stress</em> and goes on after it"


def lines(width: float) -> list[str]:
    """The lines of a paragraph as the engine breaks them at a width (points)."""
    weasyprint = pdf._engine()
    fetcher, faces, _ = pdf._house()
    css = weasyprint.CSS(
        string=(
            "@page { size: 400pt; margin: 0 } body { margin: 0; font: 11pt/14pt 'EB Garamond' }"
            f" p {{ width: {width}pt; margin: 0; hyphens: none }}"
        ),
        font_config=faces,
    )
    document = weasyprint.HTML(string=f"<p>{PARAGRAPH}</p>", url_fetcher=fetcher).render(
        stylesheets=[css], font_config=faces
    )
    (page,) = document.pages
    return [
        "".join(each.text for each in box.descendants() if type(each).__name__ == "TextBox")
        for box in page._page_box.descendants()
        if type(box).__name__ == "LineBox"
    ]


def widths() -> list[float]:
    """Every width about that at which the words before the emphasis just fill a line."""
    return [160 + step * 0.25 for step in range(120)]


def lone(width: float) -> bool:
    """Whether the first line has one word and room for more."""
    return len(lines(width)[0].split()) == 1


@pytest.fixture
def unmended(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf._engine()
    from weasyprint.layout import inline

    mended: Any = inline.split_first_line
    monkeypatch.setattr(inline, "split_first_line", mended.__wrapped__)


@pytest.mark.usefixtures("unmended")
def test_without_the_mend_a_word_is_left_alone() -> None:
    """When this fails, WeasyPrint has mended it, and `pipeline/typesetting/stranded.py` can go."""
    assert any(lone(width) for width in widths())


def test_with_the_mend_none_is() -> None:
    assert not any(lone(width) for width in widths())
    assert all(
        " ".join(" ".join(lines(width)).split())
        == " ".join(PARAGRAPH.replace("<em>", "").replace("</em>", "").split())
        for width in widths()[::20]
    )


def test_mending_twice_is_mending_once() -> None:
    pdf._engine()
    from weasyprint.layout import inline

    before = inline.split_first_line
    stranded.mend()
    assert inline.split_first_line is before
