"""Hypothesis strategies → damaged Markdown texts, put together from scraps of every kind of damage and markup."""

from __future__ import annotations

from hypothesis import strategies as st

SCRAPS = (
    "Plain words of a paragraph that go on.", "*emph* word", "**bold** said", "a half sentence that breaks here and",
    "goes on with a small letter.", "- item one\n- item two", "1. first\n2. second", "3) third", "> quoted words here.",
    '"A quotation" he said - and left.', "`code here`", '[link](https://a.org/b_(c) "t")', "[dead](#)", "text[^1] more",
    "***", "* * *", "# Heading one", "## Sub head", "CAPITALS OVER TEXT", "mardi 2 avril 2019, par Jean Dupont", "P.-S.",
    "| a | b |\n|---|---|\n| 1 | 2 |", "Term\n: Definition", "| verse one\n|   verse two\n|\n| and on",
    "```\ncode & <x>\n```", "H~2~O and x^2^", "<b>raw</b> inline", "<div>block words</div>",
    "![alt text](file:///etc/passwd)", "2013-2014 and 5 - 6", "Why ? Because : yes", "it's the '60s", "&amp; &copy; entity",
    "\\*escaped\\*", "word\\\nbroken", "- **", "Contents", "Sommaire\n\n- [CAPITALS (...)](#)\n- [Sub head](#)",
    "naïve Ünïcode", "www.x.org/a-b?c=d", "a@b.org", "had had", "$5 or 10$", "x^2 and y^2", "~10 ~20", "half-\nhyphen",
    "[mot]{lang=fr}", "::: note\nin div\n:::", "<!-- a comment -->", "\x0cform feed", "a\u2028b",
    '"Unclosed quote that runs', 'closing" it now.', "(bracket that opens here and so on", "closes) it",
    "Signed off. - Saman S. and Adam T.", "1986. A year", "- - nested", "    indented code", "Line one  \nLine two",
    "un*frig*believable", "~~struck~~", "Setext\n===", "§ 5 ¶", "[brackets]", "[Editor] said", "|", "\u00a0", "e\u0301",
    "word\u00ad shy", 'http://a.b/"q"', "--", "a--b", "...", "?!", "«guillemets» „low“", "<https://x.org>", "a<br/>b",
    "\\", "*", "_under_ score_d", "***both***", "[^1]", "Contact us at : nobody example.org",
    '"' + "we are doomed in any case if it does not come " * 4 + '." (Lenin, *Works*).',
    "- The Wire. 3 May 1920 : <https://example.org/wire>", "> # Inside\n> a quotation",
)  # fmt: skip
_ENDS = ("\n\n",) * 6 + ("\n", "\r\n\r\n")


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A text of up to a dozen scraps, mostly apart; whatever it calls has its note."""
    parts = [
        draw(st.sampled_from(SCRAPS)) + draw(st.sampled_from(_ENDS)) for _ in range(draw(st.integers(1, 12)))
    ]
    text = "".join(parts)
    return f"{text}\n\n[^1]: Note words *here*.\n" if "[^1]" in text else text
