"""A text whose first paragraph opens with its title in capitals → the title and subtitle set apart.

OCR and catalogues give whole articles in one paragraph: "AN ANALYSIS OF HUMAN SOCIETY. No. 2. DECLARING THE LAW …
IN COMMON. The second phase is …". Capitals that run on into the first sentence ("IT WAS A DARK night") are the
printer's way to begin, and stay.
"""

from __future__ import annotations

import itertools
import re

import msgspec

from pipeline.editing import cut, flat, trimmed
from pipeline.model import Change, Paragraph, Publication
from pipeline.normalise import casing, makers, names
from pipeline.normalise.desk import entered
from pipeline.normalise.telling import Telling, known, summary

_LEAST_CAPITALS = 2
_LEAST_LETTERS = 8
_MOST_WORDS = 40
_MOST_BLOCKS = 3
_MOST_OF_A_NAME = 4
_SHORT = frozenset("wm chas geo jas jno robt thos saml benj jos rev dr mr mrs st mt hon prof eld bro".split())
_OPEN = frozenset(
    "a an the of in on at to for with from by and or but de la le les des du et der die das und von el los y di e".split()
)
"""Capitals that end with such a word run on: "THE GOVERNMENT OF Spain"."""
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
    end = _end(text, alone=len(publication.body) <= _MOST_BLOCKS)
    if not end:
        return publication
    run, maker = _signed(text[:end].strip())
    if not maker:
        maker, end = _name_after(text, end)
    rest = msgspec.structs.replace(first, content=trimmed(cut(first.content, end, len(text))))
    publication = msgspec.structs.replace(publication, body=(rest, *publication.body[1:]))
    # What is in capitals here says nothing of how its words are written.
    body = casing.spellings(publication)
    language = publication.metadata.language
    title, subtitle = _split(run)
    told = Telling(
        title=casing.cased(title, language, body),
        subtitle=casing.cased(subtitle, language, body),
        creators=tuple(names.creator(each, "aut", body) for each in maker),
    )
    change = Change(
        "titlepage",
        first.place,
        text[:end].strip(),
        "",
        f"the capitals that the text opens with are its title; they tell {summary(told)}",
    )
    return entered(known(publication, told), change)


def _end(text: str, *, alone: bool) -> int:
    """Where the capitals end, 0 if they are none, or run on into the sentence.

    `alone` says that the paragraph is as good as the whole text: then no stop need stand after them.
    """
    taken: list[re.Match[str]] = []
    for found in itertools.islice(re.finditer(r"\S+", text), _MOST_WORDS + 1):
        word = found.group()
        if not (_is_capitals(word) or (taken and _SMALL.match(word)) or not re.search(r"[^\W_]", word)):
            break
        taken.append(found)
    # "A" or "I" after them begins the text.
    while taken and re.fullmatch(r"\W*[AI]", taken[-1].group()):
        taken.pop()
    capitals = [found.group() for found in taken if len(re.findall(r"[^\W\d_]", found.group())) > 1]
    if not taken or len(taken) > _MOST_WORDS or len(capitals) < _LEAST_CAPITALS:
        return 0
    if sum(map(len, capitals)) < _LEAST_LETTERS:
        return 0
    last, end = taken[-1].group(), taken[-1].end()
    after = text[end:].split()
    if (
        len(after) < _LEAST_TEXT
        or not re.match(r"[\"'“‘«(]*[^\W\d_]", after[0])
        or not after[0].lstrip("\"'“‘«(")[0].isupper()
    ):
        return 0
    if _STOP.search(last) and last.rstrip(".").casefold() not in _SHORT:
        return end
    return end if alone and last.casefold().strip(".,") not in _OPEN else 0


def _is_capitals(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return bool(letters) and all(letter.isupper() for letter in letters)


def _signed(run: str) -> tuple[str, tuple[str, ...]]:
    """The capitals without the name they end with: "RESPIRATION MARTHA J. ANDERSON", "… BY JANE ROE."."""
    words = run.split()
    for at in range(1, len(words) - 1):
        if words[at].strip(".,:").casefold() == "by" and (made := makers.read(" ".join(words[at:]), {})):
            return " ".join(words[:at]), tuple(each.name for each in made)
    for count in range(_MOST_OF_A_NAME, 1, -1):
        name = " ".join(words[-count:])
        if len(words) > count and names.like_a_person(name) and not _STOP.search(name[:-1]):
            return " ".join(words[:-count]), (name.rstrip(" .,"),)
    return run, ()


def _name_after(text: str, end: int) -> tuple[tuple[str, ...], int]:
    """A name in small letters between the capitals and the text: "THE PROPHET AND JESUS Antoinette Doolittle It is …"."""
    after = list(itertools.islice(re.finditer(r"\S+", text[end:]), _MOST_OF_A_NAME + 1))
    for count in range(min(_MOST_OF_A_NAME, len(after) - 1), 1, -1):
        name = " ".join(found.group() for found in after[:count])
        follows = after[count].group()
        if (
            names.like_a_person(name)
            and name[-1:] not in ",;:"
            and follows[:1].isupper()
            and not follows.endswith(".")
        ):
            return (name.rstrip("."),), end + after[count - 1].end()
    return (), end


def _split(run: str) -> tuple[str, str]:
    """The first sentence with its number is the title, the rest the subtitle."""
    parts: list[str] = []
    for piece in re.split(r"(?<=[.!?])\s+(?=\S)", run):
        last = parts[-1].split()[-1] if parts else ""
        short = last.rstrip(".").casefold() in _SHORT or re.fullmatch(r"\W*[^\W\d_]\.", last)
        if parts and (short or _LABEL.fullmatch(last) or _NUMBERED.match(piece)):
            parts[-1] = f"{parts[-1]} {piece}"
        else:
            parts.append(piece)
    title = parts[0].strip()
    # A title of several sentences keeps its last stop too.
    if not re.search(r"[.!?]\s", title):
        title = title.rstrip(".")
    return title, " ".join(parts[1:]).rstrip(" .")
