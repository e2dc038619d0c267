"""Notes: a note whose call went with a title or byline stands before the text.

What becomes metadata is plain words, and a call in it has no place; the note is the author's all the same
("First published in …").
"""

from __future__ import annotations

from pipeline.model import Change, NoteRef, Publication, Section
from pipeline.normalise.desk import Desk, entered
from pipeline.walk import every_inline, plain, publication_runs, runs


def repair(publication: Publication, desk: Desk) -> Publication:
    """Every note that nothing calls any more; a note that only such a note calls stays a note."""
    called = {
        node.note
        for run, _ in publication_runs(publication)
        for node in every_inline(run)
        if isinstance(node, NoteRef)
    }
    loose = tuple(note for note in publication.notes if note.id not in called)
    if not loose:
        return publication
    changes = []
    for note in loose:
        words = " ".join(plain(run) for run, _ in runs(note.blocks))
        changes.append(
            Change("notes", note.place, words, words, "a note on the title or byline stands before the text")
        )
    front = tuple(Section(f"{note.id}-apart", None, note.blocks, "preface", note.place) for note in loose)
    return entered(
        publication,
        *changes,
        front=(*publication.front, *front),
        notes=tuple(note for note in publication.notes if note not in loose),
    )
