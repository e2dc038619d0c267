"""Pictures that were not kept with a text."""

from __future__ import annotations

from pipeline.model import Figure, Image, Metadata, Origin, Paragraph, Place, Publication, Resource, Text
from pipeline.normalise import pictures
from pipeline.normalise.desk import Desk

DESK = Desk("a.md", "a")


def publication(*runs: tuple[Image | Text, ...]) -> Publication:
    body = tuple(
        Figure((Paragraph(run, place=Place(at, at)),), place=Place(at, at)) for at, run in enumerate(runs, 1)
    )
    return Publication(
        Metadata("T", "urn:uuid:0", "en", Origin("a.md", "text/markdown", "0")),
        body,
        resources=(Resource("a.png", "image/png", b"x"),),
    )


def test_a_picture_without_file_or_words_goes() -> None:
    done = pictures.repair(publication((Image(""),), (Text("Words."),)), DESK)
    assert len(done.body) == 1
    assert [(change.rule, change.place.first) for change in done.ledger] == [("pictures", 1)]
    assert pictures.repair(done, DESK) == done


def test_a_picture_that_is_there_or_described_stays() -> None:
    before = publication((Image("a.png"),), (Image("", "A drone over shelves"),))
    assert pictures.repair(before, DESK) == before
