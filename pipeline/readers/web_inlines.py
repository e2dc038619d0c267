"""The inlines of an element → a run of the model: emphasis by tag, style or class, links, breaks, pictures, calls of notes."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

import msgspec

from pipeline.editing import merged
from pipeline.model import (
    Change,
    Code,
    Direction,
    Emphasis,
    Image,
    Inline,
    LineBreak,
    Link,
    NoteRef,
    Place,
    Resource,
    SmallCaps,
    Span,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from pipeline.readers import pictures, web_hints
from pipeline.readers.web_metadata import resolved
from pipeline.readers.web_notes import CALL
from pipeline.readers.web_tree import Chars, Element, said
from pipeline.walk import Run, inner, plain

_SPACES = re.compile(r"[ \t\n\r\f]+")
_HARD = re.compile(r" ?\u00a0[ \u00a0]*")
_INDENT = re.compile(r"[ \t\n\r\f]*\u00a0[\u00a0 \t\n\r\f]*\u00a0")
"""Spaces that do not break, at the start of a line: how pages indent verse."""
_DATA = re.compile(
    r"data:image/(?:png|jpe?g|gif|webp)(?P<coded>;base64)?(?:;[^,]*)?,(?P<data>.*)", re.IGNORECASE | re.DOTALL
)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_SMALL_CAPS = re.compile(r"font-variant(?:-caps)?\s*:\s*(?:all-)?small-caps", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_LOWERED = re.compile(r"vertical-align\s*:\s*sub\b", re.IGNORECASE)
_SPACED = re.compile(r"letter-spacing\s*:\s*(?:[1-9]|0?\.(?:[1-9]|0[5-9]))", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_BLANK = " \u00a0"
_DIRECTIONS: dict[str, Direction] = {"ltr": "ltr", "rtl": "rtl"}

Wrap = Callable[[Run], Inline]
_TAGS: dict[str, Wrap] = {
    **dict.fromkeys("em i cite dfn var u ins".split(), Emphasis),
    **dict.fromkeys("strong b".split(), Strong),
    "sup": Superscript,
    "sub": Subscript,
}


class Inlines:
    """Reads inlines. Mutable: it gathers pictures and changes."""

    def __init__(self, base: str, language: str) -> None:
        """`base` is the page's own address, or ""; `language` that of its text, or ""."""
        self._base = base
        self._language = language
        self.resources: dict[str, Resource] = {}
        self.changes: list[Change] = []

    def run(self, element: Element) -> Run:
        """What an element says, white space as a browser shows it, none at the ends."""
        return trimmed_run(_called(_collapsed(self._wrapped(element, self._all(element)))))

    def _wrapped(self, element: Element, run: Run) -> Run:
        """The style, class and language of a block of text are those of its words."""
        return self._styled(element, run, block=True)

    def _all(self, element: Element) -> Run:
        return tuple(word for child in element.children for word in self._inline(child))

    def _inline(self, node: Element | Chars) -> Run:
        if isinstance(node, Chars):
            return (Text(node.text),) if node.text else ()
        tag = node.tag
        if tag == "br":
            return (LineBreak(),)
        if tag == CALL:
            return (NoteRef(node.get("note")),)
        if tag == "img":
            return self._image(node)
        if tag in ("code", "kbd", "samp", "tt"):
            words = " ".join(said(node).split())
            plain_words = not any(each.tag in ("a", "img", CALL, "br") for each in node.every())
            return (Code(words),) if words and plain_words else self._all(node)
        content = self._all(node)
        if not content:
            return ()
        if tag == "q":
            return (Text("“"), *content, Text("”"))
        if tag in ("s", "strike", "del"):
            return self._struck(node, content)
        if tag == "a":
            return self._link(node, content)
        if tag == "rp":
            return ()
        if tag == "rt":
            return (Text(" ("), *content, Text(")"))
        wrap = _TAGS.get(tag)
        if wrap is not None and plain(content).strip():
            content = (wrap(content),)
        return self._styled(node, content, block=False)

    def _styled(self, element: Element, run: Run, *, block: bool) -> Run:
        style = element.get("style")
        names = web_hints.classes(element) if element.get("class") else frozenset()
        out = run
        if not block or element.tag == "p":
            if (
                (_ITALIC.search(style) or names & web_hints.SLANTED)
                and element.tag
                not in (
                    "em",
                    "i",
                    "cite",
                )
            ) or ((_SPACED.search(style) or names & web_hints.SPACED) and not block):
                out = (Emphasis(out),)
            if (_BOLD.search(style) or names & web_hints.BOLD) and element.tag not in ("b", "strong"):
                out = (Strong(out),)
            if _SMALL_CAPS.search(style) or names & web_hints.SMALL_CAPS:
                out = (SmallCaps(out),)
            if _RAISED.search(style) and element.tag != "sup" and not block:
                out = (Superscript(out),)
            if _LOWERED.search(style) and element.tag != "sub" and not block:
                out = (Subscript(out),)
        language = element.get("lang") or element.get("xml:lang")
        direction = _DIRECTIONS.get(element.get("dir").lower())
        if language and (not _LANGUAGE.fullmatch(language) or _main(language) == _main(self._language)):
            language = ""
        if (language or direction) and plain(out).strip():
            out = (Span(out, language or None, direction),)
        return out

    def _struck(self, node: Element, content: Run) -> Run:
        words = plain(content)
        self.changes.append(
            Change(
                "markup",
                Place(node.line, node.last),
                words,
                words,
                "struck-out words are printed without the stroke",
            )
        )
        return content

    def _link(self, node: Element, content: Run) -> Run:
        target = node.get("href").strip()
        if (
            not target
            or re.match(r"(?i)javascript:|#$|data:|about:|blob:", target)
            or not plain(content).strip()
        ):
            return content
        if any(isinstance(each, Link) for each in content):
            return content
        if not re.search(r"\w", plain(content)):
            return content
        # Without the address of the page, one that is told from there leads nowhere: the pass for links says so.
        return (Link(content, resolved(target, self._base)),)

    def _image(self, node: Element) -> Run:
        said_of_it = " ".join(node.get("alt").split())
        alternative = pictures.alternative(said_of_it)
        if said_of_it and not alternative:
            place = Place(node.line, node.last)
            self.changes.append(
                Change("markup", place, said_of_it, "", "the name of a picture's file says nothing of it")
            )
        if web_hints.names(node) & web_hints.ICONS:
            return (Text(alternative),) if alternative else ()
        resource = self._data(node.get("src"))
        if not resource and not alternative:
            return ()
        return (Image(resource, alternative),)

    def _data(self, source: str) -> str:
        """The name of the picture that a data: address holds, "" for any other address."""
        found = _DATA.match(source)
        if not found:
            return ""
        try:
            raw = unquote_to_bytes(found["data"])
            data = base64.b64decode(raw, validate=False) if found["coded"] else raw
        except (binascii.Error, ValueError):
            return ""
        read = pictures.picture(data, f"picture-{len(self.resources) + 1}")
        if read.resource is None:
            return ""
        self.resources.setdefault(read.resource.name, read.resource)
        return read.resource.name


def _main(language: str) -> str:
    return language.split("-")[0].casefold()


def _collapsed(run: Run) -> Run:
    """White space as a browser shows it: one space for each stretch, none beside a line break."""
    after_space = broken = True

    def go(nodes: Run) -> Run:
        nonlocal after_space, broken
        out: list[Inline] = []
        for node in nodes:
            if isinstance(node, Text):
                indent = _INDENT.match(node.text) if broken else None
                text = _HARD.sub(_hard, _SPACES.sub(" ", node.text[indent.end() :] if indent else node.text))
                if after_space and text[:1] == " ":
                    text = text[1:]
                if indent:
                    text = "\u00a0" * indent.group().count("\u00a0") + text.lstrip(" ")
                if text:
                    broken = broken and not text.strip(_BLANK)
                    after_space = text[-1] == " "
                    out.append(Text(text))
            elif isinstance(node, LineBreak):
                out.append(node)
                after_space = broken = True
            elif content := inner(node):
                kept = go(content)
                if kept:
                    out.append(msgspec.structs.replace(node, content=kept))
            else:
                out.append(node)
                after_space = broken = False
        return merged(out)

    return _no_space_before_breaks(go(run))


def _hard(found: re.Match[str]) -> str:
    """Several spaces that do not break are white space; a single one is the author's."""
    return "\u00a0" if found.group() == "\u00a0" else " "


def _no_space_before_breaks(run: Run) -> Run:
    out: list[Inline] = []
    for node in run:
        if isinstance(node, LineBreak) and out and isinstance(before := out[-1], Text):
            out[-1] = Text(before.text.rstrip(" \u00a0"))
        out.append(node)
    return tuple(node for node in out if node != Text(""))


def _called(run: Run) -> Run:
    """No space between a word and the call of its note."""
    out: list[Inline] = []
    for node in run:
        if isinstance(node, NoteRef) and out and isinstance(before := out[-1], Text):
            out[-1] = Text(before.text.rstrip(" \u00a0"))
        elif content := inner(node):
            out.append(msgspec.structs.replace(node, content=_called(content)))
            continue
        out.append(node)
    return tuple(node for node in out if node != Text(""))


def trimmed_run(run: Run) -> Run:
    """Without white space or breaks at the ends, inside emphasis too."""
    return _bare(_bare(run, 0), -1)


def _bare(run: Run, end: int) -> Run:
    """Without them at one end: 0 is the first, -1 the last."""
    out = list(run)
    while out:
        node = out[end]
        if isinstance(node, Text):
            text = node.text.lstrip(_BLANK) if end == 0 else node.text.rstrip(_BLANK)
            kept: Run = (Text(text),) if text else ()
        elif isinstance(node, LineBreak):
            kept = ()
        elif content := inner(node):
            content = _bare(content, end)
            kept = (msgspec.structs.replace(node, content=content),) if content else ()
        else:
            return tuple(out)
        out[end : end + 1 or None] = kept
        if kept:
            return tuple(out)
    return ()
