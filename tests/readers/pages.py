"""Saved pages for the tests: markup → Source, Publication, the words of its ledger."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.checks import original
from pipeline.checks.words import check_lines
from pipeline.findings import Finding
from pipeline.formats import HTML
from pipeline.model import Change, Publication
from pipeline.press import Press
from pipeline.readers import web
from pipeline.sources import Source
from pipeline.walk import plain, publication_runs

PRESS = Press("The Test Press")
GOLDEN = Path(__file__).parents[1] / "golden"
PROSE = (
    "In the spring of that year the cooks put down their knives, and for eleven days nobody in the city dined out, "
    "which had not happened since the flood."
)
"""A paragraph that nobody takes for a menu."""


def source(data: bytes | str, name: str = "page.html") -> Source:
    data = data if isinstance(data, bytes) else data.encode()
    return Source(name, name.rpartition(".")[0], data, HTML, hashlib.sha256(data).hexdigest())


def read(markup: bytes | str, name: str = "page.html") -> Publication:
    return web.read(source(markup, name), PRESS)


def article(inner: str, head: str = "") -> Publication:
    """The publication of a page with an article that holds `inner` and a paragraph before and after it."""
    return read(
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8>{head}</head><body>"
        f"<article><p>{PROSE}</p>\n{inner}\n<p>{PROSE}</p></article></body></html>"
    )


def golden(case: str) -> Source:
    return source((GOLDEN / case / "in.html").read_bytes())


def unexplained(seed: Source, publication: Publication) -> tuple[Finding, ...]:
    """Words of the page that are neither in the publication nor in its ledger."""
    return check_lines(original.lines(seed), publication)


def text(publication: Publication) -> str:
    return "\n".join(plain(run) for run, _ in publication_runs(publication))


def entries(publication: Publication, rule: str) -> list[Change]:
    return [change for change in publication.ledger if change.rule == rule]
