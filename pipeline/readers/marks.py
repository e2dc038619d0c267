"""A Markdown text → the same without the marks that are no words: what its blocks and words can be found by.

Whoever compares a source with what was read from it sends both through here, so that what only looks like
a mark ("2*3", "&amp;" in code) is the same on both sides.
"""

from __future__ import annotations

import html
import re

from pipeline.scouring import lines

__all__ = ["gone", "inside_gone", "lines"]

_END = re.compile(r"\r\n|\r|\n")
"""Ends of lines as CommonMark and editors count them: a form feed is none, nor are Unicode's separators."""
_TITLE = r"(?:[ \t]+|[ \t]*\n[ \t]*)(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\))"
_ATTRIBUTE = r"(?:[#.][\w:.-]+|[\w:-]+=(?:\"[^\"]*\"|[^\s\"{}]+))"
_NO_WORDS = re.compile(
    rf"\]\(\s*(?:<[^<>\n]*>|(?:[^()\s]|\([^()\s]*\))*)(?:{_TITLE})?\s*\)"  # the address of a link
    # The same, given apart. "[Editor]: Yes." would be one to CommonMark: without an address it is a loss.
    rf"|(?<!\S)\[(?!\^)[^\]\n]+\]:\s+<?[^\s<>]*(?:[/#@]|\w\.\w)[^\s<>]*>?(?:{_TITLE}(?=[ \t]*$))?"
    r"|(?<=\])\[[^\]\n^]*\]"  # the label of a link
    r"|\[\^[^\]\s]+\]:?"  # the mark of a note
    r"|^[ \t]*(?:```|~~~).*$"  # a fence and the name of what is inside
    r"|^[ \t]*:::+[ \t]*(?:[\w-]+|\{[^{}\n]*\})?[ \t]*:*[ \t]*$"
    rf"|\{{\s*{_ATTRIBUTE}(?:\s+{_ATTRIBUTE})*\s*\}}",  # attributes
    re.MULTILINE,
)
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_INSIDE = re.compile(r"(?<=\w)[*~^`]+(?=\w)")


def gone(text: str) -> str:
    """A text without addresses of links, marks of notes, fences and attributes; its lines stay."""
    return _NO_WORDS.sub(lambda found: "\n" * len(_END.findall(found.group())), text)


def inside_gone(text: str) -> str:
    """A text without marks inside its words: "H~2~O" is one word. Entities are the signs they stand for."""
    if "&" in text:
        # Twice: in code "&amp;" stands for itself.
        text = html.unescape(html.unescape(text))
    return _INSIDE.sub("", _ESCAPE.sub("", _BREAK.sub(" ", text)))
