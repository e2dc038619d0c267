"""Contents: a dead or foreign list of contents goes; every edition makes its own, with real pages and links."""

from __future__ import annotations

import re

from pipeline.model import Block, Change, Heading, Link, List, Paragraph, Publication, Section
from pipeline.normalise import contents_lines
from pipeline.normalise.desk import Desk, entered
from pipeline.walk import every_inline, plain, runs, spread

LABELS = {
    "contents",
    "table of contents",
    "in this article",
    "sommaire",
    "table des matières",
    "inhalt",
    "inhaltsverzeichnis",
    "índice",
    "indice",
    "sumario",
    "sommario",
    "sumário",
    "conteúdo",
    "inhoud",
    "inhoudsopgave",
    "spis treści",
    "содержание",
    "оглавление",
    "περιεχόμενα",
    "תוכן עניינים",
    "تוכן",
    "المحتويات",
    "فهرست",
}
_CUT = re.compile(r"\s*\(?(?:\.\.\.|…)\)?\s*$")
"""How a site cuts a long entry short: "AN ECONOMICS OF SOCIALIST (...)"."""
_SHARE = 0.8


def repair(publication: Publication, desk: Desk) -> Publication:
    """A list goes when nearly all its items repeat headings that come later or lead nowhere."""
    body = publication.body
    changes: list[Change] = []
    out: list[Block] = []
    for number, block in enumerate(body):
        if isinstance(block, List) and _is_contents(block, body[number + 1 :], labelled=_label(out)):
            gone: tuple[Block, ...] = (block,)
            if _label(out):
                gone = (out.pop(), block)
            before = "\n".join(plain(run) for run, _ in runs(gone))
            changes.append(
                Change(
                    "contents",
                    spread(gone),
                    before,
                    "",
                    "a list of contents of another edition, whose links lead nowhere",
                )
            )
        else:
            out.append(block)
    return _lines(entered(publication, *changes, body=tuple(out)) if changes else publication)


def _lines(publication: Publication) -> Publication:
    """A row of plain lines goes when they stand again over their chapters, which are then sure to be headings."""
    body = publication.body
    if any(isinstance(block, Section) for block in body):
        return publication
    listed = contents_lines.find(body)
    if listed is None:
        return publication
    start = listed.start - 1 if _label(list(body[: listed.start])) else listed.start
    gone = body[start : listed.end]
    rest, changes = contents_lines.confirmed(body, listed.heads)
    # What is before the first head keeps its number.
    change = Change(
        "contents",
        spread(gone),
        "\n".join(plain(run) for run, _ in runs(gone)),
        "",
        "a list of contents as plain lines, which every edition makes anew",
    )
    return entered(publication, change, *changes, body=(*rest[:start], *rest[listed.end :]))


def _label(blocks: list[Block]) -> bool:
    match blocks:
        case [*_, Paragraph(content=content) | Heading(content=content)]:
            return plain(content).strip(" :").casefold() in LABELS
        case _:
            return False


def _is_contents(block: List, after: tuple[Block, ...], *, labelled: bool) -> bool:
    if len(block.items) < 2:
        return False
    starts = [_folded(plain(each.content)) for each in after if isinstance(each, Paragraph | Heading)]
    entries = [_folded(_CUT.sub("", " ".join(plain(run) for run, _ in runs(item)))) for item in block.items]
    repeats = sum(any(start.startswith(entry) for start in starts) for entry in entries) / len(entries)
    dead = sum(_leads_nowhere(item) for item in block.items) / len(entries)
    return repeats >= _SHARE or (dead >= _SHARE and (labelled or repeats >= 0.5))


def _leads_nowhere(item: tuple[Block, ...]) -> bool:
    links = [node for run, _ in runs(item) for node in every_inline(run) if isinstance(node, Link)]
    return bool(links) and all(link.target in ("", "#") for link in links)


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
