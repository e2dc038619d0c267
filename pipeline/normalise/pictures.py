"""Pictures: one that could not be had and that nothing describes leaves nothing to print; the ledger keeps its place."""

from __future__ import annotations

import msgspec

from pipeline.model import Block, Change, Figure, Image, Inline, Paragraph, Place, Publication, Section
from pipeline.normalise.desk import Desk, entered
from pipeline.walk import Run, every_inline, inner, publication_rewritten, runs


def _bare(node: Inline) -> bool:
    return isinstance(node, Image) and not node.resource and not node.alternative.strip()


def repair(publication: Publication, desk: Desk) -> Publication:
    """Figures that hold nothing else go with their pictures."""
    changes: list[Change] = []

    def rewrite(run: Run, place: Place) -> Run:
        if not any(_bare(node) for node in every_inline(run)):
            return run
        changes.append(
            Change("pictures", place, "", "", "a picture that was not kept with the text, and no word of it")
        )
        return tuple(kept for node in run for kept in _without(node))

    rewritten = publication_rewritten(publication, rewrite)
    if not changes:
        return publication
    return entered(
        rewritten,
        *changes,
        front=_cleared(rewritten.front),
        body=_cleared(rewritten.body),
        back=_cleared(rewritten.back),
    )


def _without(node: Inline) -> Run:
    if _bare(node):
        return ()
    content = tuple(kept for each in inner(node) for kept in _without(each))
    if inner(node) and not content:
        return ()
    return (msgspec.structs.replace(node, content=content),) if content else (node,)


def _cleared(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    out: list[Block] = []
    for block in blocks:
        match block:
            case Section():
                out.append(msgspec.structs.replace(block, blocks=_cleared(block.blocks)))
            case Figure() if not block.caption and not any(run for run, _ in runs(block.blocks)):
                pass
            case Paragraph() if not block.content:
                pass
            case _:
                out.append(block)
    return tuple(out)
