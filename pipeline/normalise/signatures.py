"""Signatures: names at the end of the opening note or of the text are its signature, and its makers.

An opening paragraph that is signed ("… move forward. - Saman S. and Adam T."), with the untitled text
still to come, is the editors' or authors' note before the text: it becomes front matter.
"""

from __future__ import annotations

import re

import msgspec

from pipeline.editing import cut, flat, trimmed
from pipeline.model import Block, Change, Creator, Heading, Paragraph, Place, Publication, Section
from pipeline.normalise.byline import named, sort_name
from pipeline.normalise.desk import Desk, entered, flat_opening, told
from pipeline.walk import plain, spread

_SIGNED = re.compile(
    r"(?<=[.!?…”\"’)])\s+[-–—]+\s*(?P<names>[^.!?]{2,}?(?:\b[^\W\d_]\.)?[^.!?]{0,60}(?:\b[^\W\d_]\.)?)\s*$"
)
_MOST_WORDS = 12
_CONTACT = re.compile(
    r"(?:contact|write to|e-?mail|kontakt|contacto|contatto|nous contacter)\b.{0,80}", re.IGNORECASE
)


def repair(publication: Publication, desk: Desk) -> Publication:
    """Runs before sections are made."""
    return _contact(_opening(publication))


def _opening(publication: Publication) -> Publication:
    match flat_opening(publication, 2):
        case (Paragraph(role="text") as note, Paragraph()) if split := _split(note):
            text, signature, names = split
            section = Section("abstract", None, (text, signature), "abstract", spread((text, signature)))
            signed = plain(note.content)[len(plain(text.content)) :]
            change = Change(
                "signatures",
                Place(note.place.last, note.place.last),
                signed.strip(),
                names[0],
                "the signature of the note before the text stands in a line of its own",
            )
            publication = entered(
                publication,
                msgspec.structs.replace(change, after=plain(signature.content)),
                front=(*publication.front, section),
                body=publication.body[1:],
            )
            return _credited(publication, names)
        case _:
            return publication


def _split(note: Paragraph) -> tuple[Paragraph, Paragraph, tuple[str, ...]] | None:
    text = flat(note.content)
    match = _SIGNED.search(text)
    if match is None or len(match["names"].split()) > _MOST_WORDS:
        return None
    names = named(match["names"])
    if not names or not all(len(name.split()) > 1 for name in names):
        return None
    place = Place(note.place.last, note.place.last, note.place.part)
    before = msgspec.structs.replace(note, content=trimmed(cut(note.content, 0, match.start())))
    after = Paragraph(
        trimmed(cut(note.content, match.start("names"), match.end("names"))), "signature", place
    )
    return before, after, names


def _credited(publication: Publication, names: tuple[str, ...]) -> Publication:
    """Those who sign wrote it; a byline that names the place it stood in only issued it."""
    about = publication.metadata
    new = tuple(
        Creator(name, sort_name(name))
        for name in names
        if name not in {creator.name for creator in about.creators}
    )
    return told(publication, creators=(*new, *about.creators))


def issuers(publication: Publication, desk: Desk) -> Publication:
    """A maker whose name is that of the place the text was found in is an organisation.

    Beside named authors it has issued the text (MARC `isb`); alone it stays the author.
    """
    about = publication.metadata
    others = [
        creator for creator in about.creators if creator.role == "aut" and creator.name != about.origin.title
    ]
    creators = tuple(
        Creator(creator.name, creator.name, "isb" if others else creator.role, "organisation")
        if creator.name == about.origin.title
        else creator
        for creator in about.creators
    )
    if desk.sidecar.creators is not None:
        creators = tuple(
            Creator(
                said.name,
                said.sort_name or (sort_name(said.name) if said.kind == "person" else said.name),
                said.role,
                said.kind,
            )
            for said in desk.sidecar.creators
        )
    return told(publication, creators=creators)


def _contact(publication: Publication) -> Publication:
    """The last line may say how to reach the authors; it is set apart."""
    body: tuple[Block, ...] = publication.body
    if not body or any(isinstance(block, Section) for block in body):
        return publication
    match body[-1]:
        case Paragraph(role="text") as last if _CONTACT.fullmatch(
            plain(last.content).strip()
        ) and not isinstance(body[-2] if len(body) > 1 else None, Heading):
            return entered(publication, body=(*body[:-1], msgspec.structs.replace(last, role="contact")))
        case _:
            return publication
