"""Provenance: a postscript that says where the text was found goes to the back, for the colophon.

What it says of the place (its name, its address) becomes part of the metadata.
"""

from __future__ import annotations

import re

import msgspec

from pipeline.model import Block, Change, Heading, Link, Paragraph, Publication, Section
from pipeline.normalise import dates
from pipeline.normalise.desk import Desk, entered, told
from pipeline.normalise.headings import is_postscript
from pipeline.normalise.telling import without_headings
from pipeline.walk import every_inline, plain, runs, spread

_FARTHEST = 8
"""A postscript is among the last blocks."""
_NAME = re.compile(r"[^.,:;(]+")


def repair(publication: Publication, desk: Desk) -> Publication:
    """Runs before sections are made; without an address in it a postscript is the author's own."""
    body = publication.body
    for number in range(max(0, len(body) - _FARTHEST), len(body)):
        block = body[number]
        if isinstance(block, Paragraph | Heading) and is_postscript(plain(block.content)):
            after = body[number + 1 :]
            address = next(
                (
                    node.target
                    for run, _ in runs(after)
                    for node in every_inline(run)
                    if isinstance(node, Link) and node.target.startswith("http")
                ),
                "",
            )
            if not after or not address:
                return publication
            section = Section("provenance", None, without_headings(after), "provenance", spread(after))
            change = Change(
                "provenance",
                block.place,
                plain(block.content),
                "",
                "a postscript that says where the text was found belongs in the colophon",
            )
            publication = entered(publication, change, body=body[:number], back=(*publication.back, section))
            return _known(publication, after, address)
    return publication


def _known(publication: Publication, after: tuple[Block, ...], address: str) -> Publication:
    about = publication.metadata
    origin = (
        about.origin
        if about.origin.address
        else msgspec.structs.replace(about.origin, address=address, title=_place_name(after, address))
    )
    return told(publication, origin=origin)


def _place_name(after: tuple[Block, ...], address: str) -> str:
    """What stands before the address, up to the first stop: "Failed Harvest. March 21, 2019 : <…>"."""
    for run, _ in runs(after):
        text = plain(run)
        if any(isinstance(node, Link) and node.target == address for node in every_inline(run)):
            name = _NAME.match(text)
            words = name.group().strip() if name else ""
            return words if words and not dates.find(words) and not words.startswith("http") else ""
    return ""
