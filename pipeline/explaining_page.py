"""Explanation → one page of HTML: source and result side by side, all inside it, readable without scripts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from pipeline import __version__, explaining
from pipeline.errors import StoreError
from pipeline.explaining import Explanation
from pipeline.explaining_claims import Mark, claimed
from pipeline.explaining_leaves import Leaf, Piece
from pipeline.explaining_marks import Stretch, only_markup, passage, visible
from pipeline.explaining_rows import Row, as_it_is, rows
from pipeline.explaining_text import number, totals
from pipeline.findings import Finding
from pipeline.jobs import UsageError
from pipeline.model import Change
from pipeline.renderers import templates
from pipeline.renderers.html import escape

_LONGEST = 160
"""Characters of one stretch of a change beside the text, where the whole of it stands."""
_HIDDEN = '<span class="unseen">{}</span>'
_BETWEEN = "\n\n"


class Shown(msgspec.Struct, frozen=True):
    """A row as the template sets it: finished markup, but for words."""

    key: str
    place: str
    source: str
    result: str
    changes: tuple[str, ...]
    findings: tuple[tuple[int, Finding], ...]
    state: str


def page(told: Explanation) -> bytes:
    """The page, in UTF-8; the same for the same text."""
    several = {tally.rule for tally in told.tallies if tally.several}
    shown = [_shown(told, row, several) for row in rows(told)]
    about = told.after.metadata
    html = templates.render(
        "explain.html.j2",
        style=templates.safe((templates.STYLES / "explain.css").read_text("utf-8")),
        title=visible(told.title),
        name=visible(told.source.name),
        language=about.language,
        direction=about.direction,
        version=__version__,
        totals=totals(told),
        intact=told.intact,
        count=number(len(told.after.ledger), "repair"),
        tallies=[(tally, _first(told, tally.rule)) for tally in told.tallies],
        findings=tuple(enumerate(told.findings, 1)),
        metadata=[(name, visible(said)) for name, said in explaining.metadata(told.after)],
        rows=shown,
        safe=templates.safe,
        verbatim=as_it_is(told),
        visible=visible,
    )
    return html.encode()


def _first(told: Explanation, rule: str) -> int:
    return next(at for at, change in enumerate(told.after.ledger, 1) if change.rule == rule)


def _shown(told: Explanation, row: Row, several: set[str]) -> Shown:
    state = ""
    gone: tuple[Mark, ...] = ()
    come: tuple[Mark, ...] = ()
    before, after = (_BETWEEN.join(leaf.text for leaf in side) for side in (row.source, row.result))
    if row.source and row.result:
        gone, come = claimed(before, after, row.changes)
        state = "changed" if row.changes else ""
    elif (
        row.source
        and not row.changes
        and row.cause is None
        and all(only_markup(leaf.text) for leaf in row.source)
    ):
        gone = (Mark(0, len(before), "markup"),)
    elif row.source:
        cause = row.cause or next(iter(row.changes), None)
        gone = (Mark(0, len(before), "gone", (cause[0],) if cause else ()),)
        state = "unaccounted" if row.unaccounted else "out"
    place = row.place
    return Shown(
        key=f"{place.part}:{place.first}" if place.part else str(place.first),
        place=visible(explaining.place(place, told.unit)),
        source=_column(row.source, gone),
        result=_column(row.result, come) if row.result else _instead(row),
        changes=tuple(_entry(each, change, change.rule in several) for each, change in row.changes),
        findings=row.findings,
        state=state,
    )


def _instead(row: Row) -> str:
    """What to say where nothing of the source is in the result."""
    if not row.source:
        return ""
    if row.unaccounted:
        return '<p class="instead">Not in the text, and <strong>no rule says why</strong>.</p>'
    if not row.changes and row.cause:
        at, change = row.cause
        return f'<p class="instead">Not in the text: {_words(change.why.rstrip("."))} (<a href="#change-{at}">{at}</a>).</p>'
    if not row.changes:
        return '<p class="instead">Marks without words.</p>'
    elsewhere = [change for _, change in row.changes if change.after.strip()]
    told = "".join(f'<p class="instead">Elsewhere: {_words(change.after)}</p>' for change in elsewhere)
    why = "; ".join(dict.fromkeys(change.why for _, change in row.changes if not change.after.strip()))
    return told + (f'<p class="instead">Not in the text: {_words(why.rstrip("."))}.</p>' if why else "")


def _words(text: str) -> str:
    return escape(visible(text))


# --- Columns -------------------------------------------------------------------------------------------


def _column(leaves: Sequence[Leaf], marks: Sequence[Mark]) -> str:
    out: list[str] = []
    offset = 0
    for leaf in leaves:
        kind = f'<span class="kind">{escape(leaf.kind)}</span>' if leaf.kind else ""
        level = ' class="heading"' if "heading" in leaf.kind else ""
        out.append(f'<p dir="auto"{level}>{kind}{_leaf(leaf, offset, marks)}</p>\n')
        offset += len(leaf.text) + len(_BETWEEN)
    return "".join(out)


def _leaf(leaf: Leaf, offset: int, marks: Sequence[Mark]) -> str:
    out: list[str] = []
    last = offset + len(leaf.text)
    near = [mark for mark in marks if mark.end >= offset and mark.start < max(last + len(_BETWEEN), 1)]
    for piece in leaf.pieces:
        out.append(_piece(piece, offset, near))
        offset += len(piece.text)
    # What went between two paragraphs is shown at the end of the first.
    out += [_marked("", mark, last=True) for mark in near if mark.start >= last and mark.end > mark.start]
    return "".join(out)


def _piece(piece: Piece, offset: int, marks: Sequence[Mark]) -> str:
    opening = "".join(f"<{tag}>" for tag in piece.tags)
    closing = "".join(f"</{tag}>" for tag in reversed(piece.tags))
    if piece.sign:
        return f'{opening}<span class="sign">{_words(piece.sign)}</span>{closing}'
    out: list[str] = []
    at, end = offset, offset + len(piece.text)
    for mark in marks:
        start, stop = max(mark.start, at), min(mark.end, end)
        if start >= stop:
            continue
        out.append(_words(piece.text[at - offset : start - offset]))
        out.append(_marked(piece.text[start - offset : stop - offset], mark, last=mark.end <= end))
        at = stop
    out.append(_words(piece.text[at - offset :]))
    return f"{opening}{''.join(out)}{closing}" if piece.text else ""


def _marked(text: str, mark: Mark, *, last: bool) -> str:
    """A stretch that changed; `last` if no more of it follows, which is where its numbers stand."""
    if mark.kind == "markup":
        return f'<span class="markup">{_words(text)}</span>'
    tag, said = ("del", "removed: ") if mark.kind == "gone" else ("ins", "added: ")
    refs = "".join(f'<a class="ref" href="#change-{each}">{each}</a>' for each in mark.numbers)
    return (
        f"<{tag}>{_HIDDEN.format(said)}{_seen(text)}</{tag}>{f'<sup>{refs}</sup>' if last and refs else ''}"
    )


def _seen(text: str) -> str:
    """What came or went: a space alone would not be seen, nor would the end of a paragraph."""
    return _words(text) if text.strip() else ("¶" if "\n" in text or not text else "␣" * len(text))


# --- Beside the columns ----------------------------------------------------------------------------------


def _entry(at: int, change: Change, why: bool) -> str:
    """An entry of the ledger: its number, its rule, before and after."""
    rule = escape(change.rule)
    tag = f'<a class="tag" href="#rule-{rule}">{rule}</a>'
    reason = f' <span class="why">{_words(change.why)}</span>' if why else ""
    if change.before == change.after:
        (was,) = passage(change.before, "", _LONGEST)[0] or [Stretch("")]
        shown = f"<bdi>{_words(was.text)}</bdi> keeps its words"
    else:
        before, after = passage(change.before, change.after, _LONGEST)
        # Each apart, or the arrow would point the wrong way between words that are read from the right.
        shown = f"{_passage(before, 'del') or 'nothing'} → {_passage(after, 'ins') or 'gone'}"
    return f'<li id="change-{at}"><span class="number">{at}</span> {tag} {shown}{reason}</li>'


def _passage(stretches: Sequence[Stretch], tag: str) -> str:
    said = _HIDDEN.format("removed: " if tag == "del" else "added: ")
    shown = "".join(
        _words(each.text) if each.kind == "same" else f"<{tag}>{said}{_seen(each.text)}</{tag}>"
        for each in stretches
    )
    return shown and f"<bdi>{shown}</bdi>"


# --- Where it goes -------------------------------------------------------------------------------------


def asked(html: Path | None) -> Path | None:
    """What stands after --html: a file, a folder (the current one if nothing), or None without it."""
    if html is None or html.is_dir() or html.suffix.lower() in (".html", ".htm", ".xhtml"):
        return html
    # The shell cannot know that what follows --html is no title.
    raise UsageError(
        f"“{html}”: this is no name of a page",
        "put the title before --html, or name a file that ends in .html",
    )


def place(told: Explanation, asked: Path, taken: set[str]) -> Path:
    """The file for a page: what was asked for, or `<slug>-explained.html` there or here. `taken` grows by it."""
    if not asked.is_dir():
        return asked
    slug = told.slug
    if slug in taken:
        # As in the output folder: the addition comes from the file's name.
        slug = f"{slug}-{hashlib.sha256(told.source.name.encode()).hexdigest()[:6]}"
    taken.add(slug)
    return asked / f"{slug}-explained.html"


def save(path: Path, data: bytes) -> None:
    """Write a file as a whole or not at all. Raises StoreError."""
    new = path.with_name(f".new-{path.name}")
    try:
        try:
            new.write_bytes(data)
            new.replace(path)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StoreError(
            f"{path}: we cannot write there ({error.strerror})", "name another file after --html"
        ) from error
