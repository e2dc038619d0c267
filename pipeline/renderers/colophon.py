"""(Publication, Press) → the colophon: where the text is from, what was repaired, whose it is. Our words."""

from __future__ import annotations

from collections import Counter

from pipeline.model import Block, Inline, Link, Paragraph, Publication, Section, Text
from pipeline.press import Press
from pipeline.renderers import furniture
from pipeline.walk import plain, runs


def provenance(publication: Publication) -> tuple[Block, ...]:
    """What the source itself says of where it is from (sections of role `provenance`): the author's words."""
    return tuple(
        block
        for section in publication.back
        if isinstance(section, Section) and section.role == "provenance"
        for block in section.blocks
    )


def paragraphs(publication: Publication, press: Press) -> tuple[Paragraph, ...]:
    """Our own part of the colophon, in the order in which it is printed."""
    about = publication.metadata
    own = furniture.words(about.language)
    lines: list[tuple[Inline, ...]] = []
    said = " ".join(plain(run) for run, _ in runs(provenance(publication)))
    if about.dates:
        days = [furniture.dated(day, about.language) for day in about.dates]
        lines.append(_text(f"{'; '.join([days[0], *(day[0].lower() + day[1:] for day in days[1:])])}."))
    if about.origin.address and about.origin.address not in said:
        lines.append(
            (Text(f"{own.source} "), Link((Text(about.origin.address),), about.origin.address), Text("."))
        )
    if about.rights:
        lines.append(_text(about.rights.statement))
    corrected = sum(change.rule == "corrections" for change in publication.ledger)
    repaired = Counter(change.rule for change in publication.ledger if change.rule != "corrections")
    if repaired:
        lines.append(_text(own.repairs.format(number=repaired.total(), kinds=_kinds(repaired, own))))
    if corrected:
        lines.append(_text(own.corrections.format(corrected)))
    imprint = " ".join(part for part in (press.imprint, press.contact) if part)
    if imprint:
        lines.append(_text(imprint))
    lines.append(_text(own.fold))
    return tuple(Paragraph(line) for line in lines)


def _kinds(repaired: Counter[str], own: furniture.Words) -> str:
    """The four commonest kinds of damage; the report has the rest."""
    known = [rule for rule in repaired if rule in own.rules]
    common = sorted(known, key=lambda rule: (-repaired[rule], rule))[:4]
    return furniture.listed([own.rules[rule] for rule in common], own)


def _text(words: str) -> tuple[Inline, ...]:
    return (Text(words),)
