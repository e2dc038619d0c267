"""A Word or OpenDocument file → Publication, by way of pandoc; what a file is, told by its bytes.

The place of a block is the number of its paragraph, from 1, with `part` "": every paragraph of the document
counts, empty ones too, then those of the notes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from pipeline.errors import EngineError, SourceError
from pipeline.model import Block, Change, Image, Inline, Metadata, NoteRef, Origin, Place, Publication, Resource
from pipeline.press import Press
from pipeline.readers import arranging, layout, markers, masthead, opendocument, pandoc, pictures, word
from pipeline.readers.archives import Archive
from pipeline.readers.markdown import identifier
from pipeline.readers.opened import Opened, Shown
from pipeline.readers.places import Finder
from pipeline.readers.tree import Json, Walk
from pipeline.sources import Source
from pipeline.walk import every_inline, publication_runs

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument.text"

_OPENERS: Mapping[str, tuple[Callable[[Archive, str], Opened], str]] = {
    WORD: (word.opened, "docx"),
    OPEN_DOCUMENT: (opendocument.opened, "odt"),
}


def read(source: Source, press: Press) -> Publication:
    """Read .docx and .odt. The title is empty where the document has none. Raises SourceError if it is damaged."""
    opener, form = _OPENERS[source.media_type]
    opened = opener(Archive(source.data, source.name), source.name)
    try:
        tree = pandoc.tree(opened.data, form)
    except EngineError as error:
        raise SourceError(
            f"{source.name}: this document is damaged ({error})",
            "open it where it was made, save it again, and take that copy",
        ) from error
    walk = _Numbered(opened.shown)
    blocks = walk.blocks(markers.found(tree["blocks"]))
    plan = layout.plan(opened.looks, opened.properties.title)
    about = Metadata(
        title="",
        identifier=identifier(source.sha256),
        language=opened.properties.language or press.language,
        origin=Origin(source.name, source.media_type, source.sha256),
    )
    page = masthead.read(plan, opened.looks, opened.properties, about)
    looks = {look.number: look for look in opened.looks}
    body = arranging.arranged(blocks, plan, looks, plan.contents | page.taken)
    publication = Publication(
        page.about,
        body,
        notes=tuple(walk.notes),
        ledger=(*opened.changes, *_contents(plan, looks), *walk.changes, *page.changes),
    )
    return _illustrated(publication, walk.resources)


def _contents(plan: layout.Plan, looks: Mapping[int, layout.Look]) -> tuple[Change, ...]:
    why = "each edition makes its own table of contents"
    return tuple(
        Change("contents", Place(number, number), " ".join(looks[number].text.split()), "", why)
        for number in sorted(plan.contents)
    )


def _illustrated(publication: Publication, resources: Mapping[str, Resource]) -> Publication:
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

    def place(self, text: str) -> Place:
        return Place(self.number, self.number)


class _Numbered(Walk):
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
