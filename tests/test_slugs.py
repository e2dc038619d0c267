"""pipeline.slugs: a name that every file system and address can carry, for every title there is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.slugs import LONGEST, slug


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Socialism in one organization", "socialism-in-one-organization"),
        ("  The Poor Man’s Plea!  ", "the-poor-mans-plea"),
        ("L’État et la Révolution : Œuvres", "letat-et-la-revolution-oeuvres"),
        ("Straße, Øre, Łódź, İstanbul", "strasse-ore-lodz-istanbul"),
        ("Что делать?", "что-делать"),
        ("共产党宣言", "共产党宣言"),
        ("نحو الاشتراكية", "نحو-الاشتراكية"),
        ("हिन्दी में", "हिन्दी-में"),
        ("../../etc/passwd", "etc-passwd"),
        ("a/b\\c:d", "a-b-c-d"),
        ("½ ﬁne №5", "1-2-fine-no5"),
        ("CON", "con-text"),
        ("com1", "com1-text"),
        ("…", "the-file"),
        ("", "the-file"),
        ("🚩", "the-file"),
        ("word " * 30, "-".join(["word"] * 12)),
        ("a" * 100, "a" * 60),
    ],
)
def test_titles(title: str, expected: str) -> None:
    assert slug(title, "The file") == expected


def test_a_text_without_any_letters() -> None:
    assert slug("…", "…") == "untitled"


@given(st.text(max_size=200))
def test_always_a_safe_name(title: str) -> None:
    name = slug(title)
    assert 0 < len(name) <= LONGEST + len("-text")
    assert len(f"{name}-booklet-letter.pdf".encode()) < 255
    assert not re.search(r"[\s/\\.:\x00-\x1f\"'<>|?*]", name)
    assert not name.startswith("-")
    assert not name.endswith("-")
    assert "--" not in name


@given(st.text(max_size=120))
def test_a_slug_of_a_slug_is_the_slug(title: str) -> None:
    assert slug(slug(title)) == slug(title)
