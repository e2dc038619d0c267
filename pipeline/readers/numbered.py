"""Pandoc's tree with numbered paragraphs and marked pictures → blocks whose places are those numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from pipeline.model import Block, Change, Image, Inline, NoteRef, Place, Publication, Resource
from pipeline.readers import markers, pictures
from pipeline.readers.opened import Shown
from pipeline.readers.places import Finder
from pipeline.readers.tree import Json, Walk
from pipeline.walk import every_inline, publication_runs


def illustrated(publication: Publication, resources: Mapping[str, Resource]) -> Publication:
    """With the pictures that the text shows, in the order in which it does."""
    shown = dict.fromkeys(
        node.resource
        for run, _ in publication_runs(publication)
        for node in every_inline(run)
        if isinstance(node, Image) and node.resource
    )
    return msgspec.structs.replace(publication, resources=tuple(resources[name] for name in shown))


class _Here(Finder):
    """Stands in for a finder where numbers say the place. Mutable: `number` is that of the paragraph being read."""

    def __init__(self) -> None:
        super().__init__("")
        self.number = 0

    def place(self, text: str) -> Place:  # noqa: ARG002 (the number says it)
        return Place(self.number, self.number)


class Numbered(Walk):
    """A walk that knows where it is by the numbers in the tree. Pictures are `Shown`, in their order."""

    def __init__(self, shown: Sequence[Shown]) -> None:
        self._here = _Here()
        super().__init__(self._here)
        self._shown = shown
        self.resources: dict[str, Resource] = {}

    def _placed(self, node: Json) -> tuple[Block, ...]:
        self._here.number = node.get("n", self._here.number)
        return super()._placed(node)

    def _note(self, nodes: list[Json]) -> NoteRef:
        number = self._here.number
        call = super()._note(nodes)
        self._here.number = number
        return call

    def _inline(self, node: Json) -> tuple[Inline, ...]:
        match node:
            case {"t": "Image", "c": [_, _, [target, _]]} if target.startswith(markers.PICTURE):
                return self._picture(int(target.removeprefix(markers.PICTURE)))
            case _:
                return super()._inline(node)

    def _picture(self, number: int) -> tuple[Inline, ...]:
        shown = self._shown[number - 1]
        seen = (
            pictures.picture(shown.data, shown.name)
            if shown.data is not None
            else pictures.Picture(None, "it is not in the file")
        )
        said = pictures.alternative(*shown.said)
        if seen.resource is not None:
            self.resources[seen.resource.name] = seen.resource
            return (Image(seen.resource.name, said),)
        words = said or seen.words
        why = f"{shown.name or 'a picture'} cannot be shown: {seen.why}; its words stand in its place"
        self.changes.append(Change("pictures", self._finder.place(""), "", words, why))
        return (Image("", words),)
