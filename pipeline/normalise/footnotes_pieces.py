"""Flat body → pieces: each paragraph, item or part of a paragraph that may be a note, and what stands between.

A piece that is no note goes back where it was, so cutting a paragraph up costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, assert_never

import msgspec

from pipeline.editing import cut, flat, trimmed
from pipeline.model import (
    Block,
    BlockQuotation,
    Epigraph,
    Figure,
    Heading,
    List,
    Paragraph,
    Preformatted,
    Section,
    Separator,
    Table,
    Verse,
)
from pipeline.normalise.footnotes_marks import (
    STRONG,
    Mark,
    Opening,
    calls,
    may_call,
    may_open,
    normal,
    opening,
)
from pipeline.normalise.headings import in_capitals
from pipeline.walk import Run, plain

PieceKind = Literal["text", "head", "rule"]

LABELS = frozenset(
    label.casefold()
    for label in (
        "notes|note|footnotes|footnote|endnotes|end notes|references|notes and references|references and notes|"
        "author's notes|author’s notes|translator's notes|translator’s notes|editor's notes|editor’s notes|"
        "notes de bas de page|notes de fin|références|notes et références|notes de l'auteur|notes du traducteur|"
        "anmerkungen|anmerkung|fußnoten|fußnote|endnoten|noten|einzelnachweise|anmerkungen und quellen|"
        "notas|nota|notas al pie|notas a pie de página|notas al pie de página|referencias|notas del autor|"
        "note a piè di pagina|note al testo|note a pie' di pagina|riferimenti|"
        "notas de rodapé|notas de fim|referências|notas do autor|voetnoten|voetnoot|eindnoten|aantekeningen|"
        "σημειώσεις|υποσημειώσεις|σημείωση|παραπομπές|примечания|примечание|сноски|сноска|"
        "przypisy|przypis|przypisy końcowe|uwagi|הערות|הערות שוליים|הערה|"
        "هوامش|الهوامش|حواشي|الحواشي|حواش|ملاحظات|الملاحظات|الإحالات|"
        "پانویس|پانویسها|پانوشت|پانوشتها|پینوشت|پینوشتها|یادداشتها|یادداشت|پاورقی|پاورقیها"
    ).split("|")
)
"""What stands over notes, in the languages of bylines; without the joiners of Persian."""
_LABEL_OF = re.compile(
    r"(?:foot|end)?notes (?:to|on|for) .{1,60}|notes (?:du|de la|des) .{1,60}", re.IGNORECASE
)
_RULE = re.compile(r"[_–—\s-]{5,}")
_MOST_WORDS = 16
_TOLD = re.compile(
    r"\[(?:footnote|fußnote|fussnote|voetnoot|przypis|сноска|nota|note|anmerkung)\b", re.IGNORECASE
)
_FARTHEST = 8
"""Blocks that a note in brackets may hold before its bracket closes."""
_NEXT = re.compile(
    r"(?<=\s)(?:\[(?P<bracket>\d{1,3})\]|(?P<raised>[⁰¹²³⁴-⁹]+)|\{(?P<brace>\d{1,3})\})\s*(?=\S)"
)


class Piece(msgspec.Struct, frozen=True):
    """Blocks `first` to `last` of a body, or number `part` of block `first`, and how it begins if as a note does.

    counted  its mark is not among its words: it is the number of an item of a list
    inside   it is an item of a list or a block of a quotation
    label    it reads "Notes"
    """

    first: int
    last: int
    part: int
    blocks: tuple[Block, ...]
    kind: PieceKind = "text"
    opening: Opening | None = None
    counted: bool = False
    inside: bool = False
    label: bool = False


def is_label(words: str) -> bool:
    """Says whether a line reads "Notes", in any of the languages."""
    bare = words.replace("\u200c", "").replace("\u0640", "").strip(" \t\n:.·-–—*_[]()").casefold()
    return bare in LABELS or _LABEL_OF.fullmatch(bare) is not None


def pieces(body: tuple[Block, ...]) -> tuple[Piece, ...]:
    out: list[Piece] = []
    at = 0
    while at < len(body):
        last = _bracketed(body, at)
        if last > at:
            out.append(Piece(at, last, 0, body[at : last + 1], opening=_opens(body[at : at + 1])))
        else:
            out += _of_block(body[at], at, out)
        at = last + 1
    return tuple(out)


def _bracketed(body: tuple[Block, ...], at: int) -> int:
    """Where a note in brackets that begins at `at` closes; `at` itself if there or nowhere."""
    block = body[at]
    if not isinstance(block, Paragraph) or not _TOLD.match(plain(block.content).lstrip()):
        return at
    depth = 0
    for number in range(at, min(at + _FARTHEST, len(body))):
        each = body[number]
        if not isinstance(each, Paragraph):
            break
        text = plain(each.content)
        depth += text.count("[") - text.count("]")
        if depth <= 0:
            return number if text.rstrip().endswith("]") else at
    return at


def _of_block(block: Block, at: int, before: list[Piece]) -> Iterator[Piece]:
    whole = Piece(at, at, 0, (block,))
    match block:
        case Heading():
            yield msgspec.structs.replace(whole, kind="head", label=is_label(plain(block.content)))
        case Separator():
            yield msgspec.structs.replace(whole, kind="rule")
        case Paragraph():
            yield from _of_paragraph(block, whole, before)
        case List():
            yield from _of_list(block, whole)
        case BlockQuotation() if _opens(block.blocks[:1]) and not block.attribution:
            for part, inner in enumerate(block.blocks):
                yield msgspec.structs.replace(
                    whole, part=part, blocks=(inner,), opening=_opens((inner,)), inside=True
                )
        case BlockQuotation() | Section() | Epigraph() | Verse() | Table() | Figure() | Preformatted():
            yield whole
        case _:
            assert_never(block)


def _opens(blocks: tuple[Block, ...]) -> Opening | None:
    match blocks:
        case (Paragraph(content=content), *_):
            return opening(trimmed(content))
        case _:
            return None


def _of_list(block: List, whole: Piece) -> Iterator[Piece]:
    own = [_opens(item) for item in block.items]
    if not block.items or (not block.ordered and not all(own)):
        # A lone bullet may be an asterisk that called.
        if len(block.items) == 1 and isinstance(block.items[0][0] if block.items[0] else None, Paragraph):
            mark = Opening(Mark("sign", "*"), 0)
            yield msgspec.structs.replace(
                whole, blocks=block.items[0], opening=mark, counted=True, inside=True
            )
        else:
            yield whole
        return
    for part, (item, mine) in enumerate(zip(block.items, own, strict=True)):
        number = Opening(Mark("dot", str(block.start + part)), 0)
        usable = isinstance(item[0] if item else None, Paragraph)
        yield msgspec.structs.replace(
            whole,
            part=part,
            blocks=item,
            opening=(mine or number) if usable else None,
            counted=mine is None,
            inside=True,
        )


def _of_paragraph(block: Paragraph, whole: Piece, before: list[Piece]) -> Iterator[Piece]:
    words = plain(block.content).strip()
    if _RULE.fullmatch(words):
        yield msgspec.structs.replace(whole, kind="rule")
        return
    own = opening(trimmed(block.content)) if may_open(words) else None
    if is_label(words) or (own is None and _like_a_heading(block, words)):
        yield msgspec.structs.replace(whole, kind="head", label=is_label(words))
        return
    cuts = _cuts(block.content, own.mark if own else _last(before)) if may_call(words) else []
    if not cuts:
        # Uncut, so that a paragraph that has no notes in it stays the very same.
        yield msgspec.structs.replace(whole, opening=own)
        return
    for part, (start, end) in enumerate(pairwise(sorted({0, *cuts, len(flat(block.content))}))):
        content = cut(block.content, start, end)
        inner = msgspec.structs.replace(block, content=content)
        # What stands before a note in the middle of a paragraph is text, and so is what follows it.
        yield msgspec.structs.replace(whole, part=part, blocks=(inner,), opening=opening(trimmed(content)))


def _like_a_heading(block: Paragraph, words: str) -> bool:
    return (
        len(words.split(maxsplit=_MOST_WORDS)) <= _MOST_WORDS
        and in_capitals(words)
        and words[-1] not in ".,;"
        and not calls(block.content)
    )


def _last(before: list[Piece]) -> Mark | None:
    return before[-1].opening.mark if before and before[-1].opening else None


def _cuts(run: Run, mark: Mark | None) -> list[int]:
    """Where notes begin and end inside a paragraph: those with a name, and those whose number is the next."""
    text = flat(run)
    found = list(_named(text))
    if found or mark is None or mark.kind != "number" or mark.form not in STRONG:
        return found
    due = int(mark.label) + 1
    for match in _NEXT.finditer(text):
        if match.lastgroup == mark.form and normal(match[match.lastgroup]) == str(due):
            found.append(match.start())
            due += 1
    return found


def _named(text: str) -> Iterator[int]:
    """The bounds of "[Footnote 1: …]" in the middle of a paragraph."""
    for match in _TOLD.finditer(text):
        depth, end = 0, len(text)
        for at in range(match.start(), len(text)):
            depth += {"[": 1, "]": -1}.get(text[at], 0)
            if depth == 0:
                end = at + 1
                break
        else:
            continue
        if match.start() > 0:
            yield match.start()
        if text[end:].strip():
            yield end
