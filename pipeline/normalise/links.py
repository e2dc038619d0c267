"""Links: one that leads nowhere ("#", a page of another site's own) is words, not a link."""

from __future__ import annotations

import re

import msgspec

from pipeline.model import Change, Inline, Link, Place, Publication, Section
from pipeline.normalise.desk import Desk, entered
from pipeline.walk import Run, every_block, inner, plain, publication_rewritten

_ABSOLUTE = re.compile(r"(?:https?|mailto|ftp|doi|tel|urn):\S+", re.IGNORECASE)


def repair(publication: Publication, desk: Desk) -> Publication:
    """The words of a dead link stay."""
    ids = {
        block.id
        for blocks in (publication.front, publication.body, publication.back)
        for block in every_block(blocks)
        if isinstance(block, Section)
    }
    changes: list[Change] = []

    def rewrite(run: Run, place: Place) -> Run:
        return tuple(each for node in run for each in alive(node, place))

    def alive(node: Inline, place: Place) -> Run:
        content = tuple(each for child in inner(node) for each in alive(child, place))
        if isinstance(node, Link):
            target = node.target
            if not (_ABSOLUTE.fullmatch(target) or (target.startswith("#") and target[1:] in ids)):
                changes.append(
                    Change(
                        "links",
                        place,
                        f"{plain(node.content)} → {target or 'nowhere'}",
                        plain(node.content),
                        "the link leads nowhere from here",
                    )
                )
                return content
        if content:
            return (msgspec.structs.replace(node, content=content),)
        return (node,)

    rewritten = publication_rewritten(publication, rewrite)
    return entered(rewritten, *changes) if changes else publication
