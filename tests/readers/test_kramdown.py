"""Marks of site generators in Markdown."""

from __future__ import annotations

import pytest

from pipeline.readers import kramdown


@pytest.mark.parametrize(
    ("line", "after", "told"),
    [
        ("{: #the-team .wide}", "", ""),
        ("*No!*{: .red} he said.", "*No!* he said.", "*No!* he said."),
        (
            "[[https://example.org/a.jpg A drone. class:portrait]]",
            "![A drone.](<https://example.org/a.jpg>)",
            "A drone.",
        ),
        ("[[https://example.org/a.PNG]]", "![](<https://example.org/a.PNG>)", ""),
    ],
)
def test_what_is_made_plain(line: str, after: str, told: str) -> None:
    lines, (change,) = kramdown.plainer(["Before.", line, "After."])
    assert lines == ["Before.", after, "After."]
    assert (change.rule, change.place.first, change.before, change.after) == ("markup", 2, line, told)


@pytest.mark.parametrize("line", ["{a: 1}", "See [[the page]] there.", "a {: is a face }", "[[Wiki Link]]"])
def test_what_stays(line: str) -> None:
    assert kramdown.plainer([line]) == ([line], [])
