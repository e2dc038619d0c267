"""Lines of a title → title, subtitle and rubric; and the title told once more over the text, which goes."""

from __future__ import annotations

import re

import msgspec

from pipeline.model import Change, Heading, Paragraph, Publication
from pipeline.normalise import casing, titling
from pipeline.normalise.contents_lines import folded
from pipeline.normalise.desk import entered
from pipeline.normalise.headings import in_capitals
from pipeline.normalise.telling import Telling, words
from pipeline.normalise.titlepage_lines import Line

RULE = "titlepage"
_LOOK_AT = 4
"""A half title has no more lines."""

_SMALL = {
    "en": "and or of in on to for with from by at as being",
    "fr": "et ou de du des à au aux dans par pour sur avec en",
    "de": "und oder von vom zu zur im in mit für der des über",
    "es": "y o de del en para por con sobre a",
    "it": "e o di del della dei da per con su nel a",
    "pt": "e ou de do da dos em para por com sobre",
    "nl": "en of van voor met over in door aan",
    "ru": "и или о об в на с для от к",
    "pl": "i lub o w na z do dla",
    "el": "και του της των για στο στη με",
}
"""Words with which a title runs on from one line into the next. An article begins a phrase of its own."""
_ARTICLES = (
    "the a an le la les un une der die das ein eine el los las il lo gli de het o os as του της".split()
)


def titled(page: list[Line], publication: Publication) -> tuple[Telling, list[Line]]:
    """Title and subtitle from the lines of the title; those that say neither are given back."""
    found = [line for line in page if line.kind == "title"]
    about = publication.metadata
    language = about.language
    if about.title:
        whole = folded(f"{about.title} {about.subtitle}")
        makers = [folded(each.name) for each in about.creators]
        rest = [line for line in found if not _told_already(folded(line.text), whole, makers)]
        if rest and not about.subtitle and rest[0] is not found[0]:
            return Telling(subtitle=_joined([line.text for line in rest], language)), []
        return Telling(), rest
    if len(found) == 1:
        rubric, title, subtitle = titling.parted(_bare(found[0].text))
        return Telling(title=title, subtitle=subtitle, rubric=rubric), []
    end = 1
    while (
        end < len(found)
        and page.index(found[end]) == page.index(found[end - 1]) + 1
        and runs_on(found[end - 1].text, found[end].text, language)
    ):
        end += 1
    title = _bare(_joined([line.text for line in found[:end]], language))
    subtitle = _bare(_joined([line.text for line in found[end:]], language))
    return Telling(title=title, subtitle=subtitle), []


def _told_already(text: str, whole: str, makers: list[str]) -> bool:
    """A line that holds parts of the title, with a maker's name before or behind it, says nothing more."""
    for name in makers:
        text = text.replace(name, " ").strip()
    return text in whole


def runs_on(before: str, after: str, language: str) -> bool:
    """Says whether the sense of one line of a title goes on in the next."""
    small = _SMALL.get(language.split("-")[0], _SMALL["en"]).split()
    last = before.split()[-1].casefold() if before.split() else ""
    first = after.split()[0].casefold() if after.split() else ""
    return before[-1:] in ",–—-" or last in small or last in _ARTICLES or first in small


def _joined(parts: list[str], language: str) -> str:
    """Lines of a title as one: a stop parts what the lines parted, unless the sense runs on."""
    out = ""
    for part in parts:
        close = not out or out[-1:] in ".:;!?" or runs_on(out, part, language)
        out = part if not out else f"{out} {part}" if close else f"{out}. {part}"
    return out


def _bare(title: str) -> str:
    """Without the printer's stop at the end; an abbreviation or ellipsis keeps its own."""
    bare = title.strip(" ,;:—–")
    return (
        bare[:-1]
        if bare.endswith(".") and not bare.endswith("..") and not re.search(r"\b\w\.$|&c\.$", bare)
        else bare
    )


def cased(told: Telling, language: str, spellings: dict[str, str]) -> Telling:
    fields = {
        name: casing.cased(value, language, spellings)
        for name in ("title", "subtitle", "rubric")
        if in_capitals(value := getattr(told, name))
    }
    return msgspec.structs.replace(told, **fields)


def without_half_title(publication: Publication) -> Publication:
    """Title and author told once more right over the text go; before a heading of the text's own they stay."""
    about = publication.metadata
    body = publication.body
    if not about.title:
        return publication
    title, subtitle = folded(about.title), folded(about.subtitle)
    makers = {folded(each.name) for each in about.creators}
    at = 0
    said = ""
    while at < len(body) and at < _LOOK_AT and isinstance(body[at], Paragraph | Heading):
        text = folded(re.sub(r"^by\s+", "", words(body[at]), flags=re.IGNORECASE))
        together = f"{said} {text}".strip()
        if text and (
            text in makers
            or text in (title, subtitle)
            or title.startswith(f"{together} ")
            or together in (title, f"{title} {subtitle}")
        ):
            said = "" if text in makers else together
            at += 1
        else:
            break
    if at == 0 or at == len(body):
        return publication
    changes = [
        Change(RULE, block.place, words(block), "", "the title, told once more over the text")
        for block in body[:at]
    ]
    return entered(publication, *changes, body=body[at:])
