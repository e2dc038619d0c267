"""Desk: what a pass may know besides the text itself, and how it writes to the ledger."""

from __future__ import annotations

from typing import Any

import msgspec

from pipeline.model import Block, Change, Place, Publication, Section
from pipeline.press import Sidecar


class Desk(msgspec.Struct, frozen=True):
    """name: the source's file name; stem: it without its suffix; language: the press's own (BCP 47)."""

    name: str
    stem: str
    language: str = "en"
    sidecar: Sidecar = Sidecar()


def entered(publication: Publication, *changes: Change, **fields: Any) -> Publication:
    """A copy with `fields` replaced and `changes` added to the ledger."""
    return msgspec.structs.replace(publication, ledger=(*publication.ledger, *changes), **fields)


def told(publication: Publication, **fields: Any) -> Publication:
    """A copy with fields of the metadata replaced."""
    about = msgspec.structs.replace(publication.metadata, **fields)
    return msgspec.structs.replace(publication, metadata=about)


def flat_opening(publication: Publication, count: int) -> tuple[Block, ...]:
    """The first `count` blocks of a body that has no sections yet; () once it has."""
    if any(isinstance(block, Section) for block in publication.body):
        return ()
    return publication.body[:count]


def where(name: str, place: Place) -> str:
    """A place as a person looks it up: "seed.txt, lines 3–5"."""
    if not place.first:
        return name
    lines = f"line {place.first}" if place.first == place.last else f"lines {place.first}–{place.last}"
    return ", ".join(part for part in (name, place.part, lines) if part)
