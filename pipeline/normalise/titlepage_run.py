"""A text whose first paragraph opens with its title in capitals → the title and subtitle set apart.

OCR and catalogues give whole articles in one paragraph: "AN ANALYSIS OF HUMAN SOCIETY. No. 2. DECLARING THE LAW …
IN COMMON. The second phase is …". Capitals that run on into the first sentence ("IT WAS A DARK night") are the
printer's way to begin, and stay.
"""

from __future__ import annotations

import re

import msgspec

from pipeline.editing import cut, flat, trimmed
from pipeline.model import Change, Paragraph, Place, Publication
from pipeline.normalise import casing
from pipeline.normalise.desk import entered, told

_LEAST_CAPITALS = 2
_LEAST_LETTERS = 8
_MOST_WORDS = 40
_LEAST_TEXT = 40
"""Words. After the title a text follows in the same paragraph."""
_SMALL = re.compile(r"(?:No|Nr|Vol|N[°º]|№|Part|Pt|By)\.?$|\d+[.,]?$|[IVXLC]+[.,]?$")
_LABEL = re.compile(r"(?:No|Nr|Vol|Part|Pt|N[°º]|№)\.?", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:No|Nr|Vol|Part|Pt|N[°º]|№)\.?(?:\s|$)|(?:\d+|[IVXLC]+)\.$", re.IGNORECASE)
_STOP = re.compile(r"[.!?][\"”’')\]]*$")


def parted(publication: Publication) -> Publication:
    """Only the first block, and only when the text has no title yet."""
    if publication.metadata.title or not publication.body:
        return publication
    first = publication.body[0]
    if not isinstance(first, Paragraph) or first.role != "text":
        return publication
    text = flat(first.content)
    end = _end(text)
    if not end:
        return publication
    rest = msgspec.structs.replace(first, content=trimmed(cut(first.content, end, len(text))))
    publication = msgspec.structs.replace(publication, body=(rest, *publication.body[1:]))
    # What is in capitals here says nothing of how its words are written.
    body = casing.spellings(publication)
    language = publication.metadata.language
    title, subtitle = _split(text[:end].strip())
    fields = {
        "title": casing.cased(title, language, body),
        "subtitle": casing.cased(subtitle, language, body),
    }
    place = Place(first.place.first, first.place.last, first.place.part)
    shown = " · ".join(f"{name}: {value}" for name, value in fields.items() if value)
    change = Change(
        "titlepage",
        place,
        text[:end].strip(),
        "",
        f"the capitals that the text opens with are its title; they tell {shown}",
    )
    return entered(told(publication, **fields), change)


def _end(text: str) -> int:
    """Where the capitals end, 0 if they are none, or run on into the sentence."""
    end = stop = 0
    capitals = letters = 0
    for found in re.finditer(r"\S+", text):
        word = found.group()
        own = [letter for letter in word if letter.isalpha()]
        upper = bool(own) and all(letter.isupper() for letter in own)
        # A single capital ("I", "A") may begin the text.
        if (
            not (upper and len(own) > 1)
            and not (_SMALL.match(word) and capitals)
            and not (upper and stop != end)
            and own
        ):
            break
        capitals += upper and len(own) > 1
        letters += len(own) if upper else 0
        end = found.end()
        if _STOP.search(word):
            stop = end
    if (
        stop != end
        or capitals < _LEAST_CAPITALS
        or letters < _LEAST_LETTERS
        or len(text[:end].split()) > _MOST_WORDS
    ):
        return 0
    after = text[end:].lstrip()
    return end if after[:1].isupper() and len(after.split()) >= _LEAST_TEXT else 0


def _split(run: str) -> tuple[str, str]:
    """The first sentence with its number is the title, the rest the subtitle."""
    parts = re.split(r"(?<=[.!?])\s+(?=\S)", run)
    title, rest = parts[0], parts[1:]
    while rest and (_LABEL.fullmatch(title.split()[-1]) or _NUMBERED.match(rest[0])):
        title, rest = f"{title} {rest[0]}", rest[1:]
    return title.rstrip(" ."), " ".join(rest).rstrip(" .")
