"""(run, edits of its plain text) → run: changes a few characters and leaves every emphasis and link in place.

Rules look at a run as one string, whatever is italic in it, so a quotation that opens before an emphasis
and closes inside it is one quotation. `flat` gives that string, `apply` takes the edits back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import assert_never

import msgspec

from pipeline.model import (
    Code,
    Emphasis,
    Image,
    Inline,
    LineBreak,
    Link,
    NoteRef,
    SmallCaps,
    Span,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from pipeline.walk import Run, plain

OPAQUE = "\ufffc"
"""Stands for each character that no rule may touch: code, pictures, note calls, printed addresses."""

_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:)\S+|[\w.+-]+@[\w-]+\.\w+")


class Edit(msgspec.Struct, frozen=True):
    """Put `text` in place of `flat[start:end]`."""

    start: int
    end: int
    text: str


def flat(run: Run) -> str:
    """One character for each that can be edited, OPAQUE for each that cannot, a line feed for a break."""
    shown = "".join(_flat(node) for node in run)
    return _ADDRESS.sub(lambda found: OPAQUE * len(found.group()), shown)


def _flat(node: Inline) -> str:
    match node:
        case Text():
            return node.text
        case Code():
            return OPAQUE * len(node.text)
        case Link():
            text = plain(node.content)
            # A printed address is not prose.
            return (
                OPAQUE * len(text)
                if text.strip() in (node.target, node.target.removeprefix("mailto:"))
                else "".join(_flat(each) for each in node.content)
            )
        case Emphasis() | Strong() | SmallCaps() | Superscript() | Subscript() | Span():
            return "".join(_flat(each) for each in node.content)
        case LineBreak():
            return "\n"
        case Image():
            return OPAQUE * len(plain((node,))) if plain((node,)) else OPAQUE
        case NoteRef():
            return OPAQUE
        case _:
            assert_never(node)


def _length(node: Inline) -> int:
    return len(_flat(node))


def apply(run: Run, edits: Iterable[Edit]) -> Run:
    """The run with all edits done. They must not overlap, nor touch what is OPAQUE."""
    return merged(_edited(run, 0, sorted(edits, key=lambda edit: (edit.start, edit.end))))


def _edited(run: Run, offset: int, edits: list[Edit]) -> Iterator[Inline]:
    for node in run:
        length = _length(node)
        mine = [edit for edit in edits if _touches(edit, offset, offset + length)]
        match node:
            case Text():
                text = _edited_text(node.text, offset, mine) if mine else node.text
                if text:
                    yield Text(text)
            case Emphasis() | Strong() | SmallCaps() | Superscript() | Subscript() | Link() | Span():
                content = tuple(_edited(node.content, offset, mine)) if mine else node.content
                if content:
                    yield msgspec.structs.replace(node, content=content)
            case Code() | LineBreak() | Image() | NoteRef():
                # A line break may be edited away, nothing else here can be.
                if not any(edit.start <= offset < edit.end for edit in mine):
                    yield node
            case _:
                assert_never(node)
        offset += length


def _touches(edit: Edit, start: int, end: int) -> bool:
    # An insertion (start == end) belongs to the text that ends there, or to the first one.
    if edit.start == edit.end:
        return start < edit.start <= end or edit.start == start == 0
    return edit.start < end and start < edit.end


def _edited_text(text: str, offset: int, edits: list[Edit]) -> str:
    out: list[str] = []
    at = 0
    for edit in edits:
        start, end = edit.start - offset, edit.end - offset
        out.append(text[at : max(start, at)])
        # Where an edit spans several texts, its new text goes where it begins.
        if start >= 0:
            out.append(edit.text)
        at = max(at, min(end, len(text)))
    out.append(text[at:])
    return "".join(out)


def cut(run: Run, start: int, end: int) -> Run:
    """The part of a run between two places of its flat string."""
    total = sum(_length(node) for node in run)
    edits = [edit for edit in (Edit(0, start, ""), Edit(end, total, "")) if edit.start < edit.end]
    return _kept(run, 0, edits)


def _kept(run: Run, offset: int, edits: list[Edit]) -> Run:
    out: list[Inline] = []
    for node in run:
        length = _length(node)
        whole = [edit for edit in edits if edit.start <= offset and offset + length <= edit.end]
        if not (whole and (length or isinstance(node, Text))):
            mine = [edit for edit in edits if _touches(edit, offset, offset + length)]
            out += _edited((node,), offset, mine) if mine else [node]
        offset += length
    return tuple(out)


def merged(nodes: Iterable[Inline]) -> Run:
    """Neighbouring texts made one, runs of white space one space, empty texts gone."""
    out: list[Inline] = []
    for node in nodes:
        match node, out[-1] if out else None:
            case Text(text=text), Text(text=before):
                out[-1] = Text(before + (text[1:] if text.startswith(" ") and before.endswith(" ") else text))
            case Text(text=""), _:
                pass
            case _:
                out.append(node)
    return tuple(out)


def trimmed(nodes: Run) -> Run:
    """Without white space and line breaks at either end."""
    out = list(nodes)
    while out and (isinstance(out[0], LineBreak) or out[0] == Text(" ")):
        del out[0]
    while out and (isinstance(out[-1], LineBreak) or out[-1] == Text(" ")):
        del out[-1]
    if out and isinstance(out[0], Text):
        out[0] = Text(out[0].text.lstrip(" "))
    if out and isinstance(out[-1], Text):
        out[-1] = Text(out[-1].text.rstrip(" "))
    return tuple(out)
