"""(texts, press) → Explanation: what the repairs did to each text and why, with nothing made and nothing published.

`explaining_text` tells it in lines, `explaining_page` as a page with source and result side by side.
"""

from __future__ import annotations

import re
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from pipeline import formats, jobs
from pipeline.build import Failure
from pipeline.errors import PamphleteerError
from pipeline.findings import Finding
from pipeline.jobs import Job
from pipeline.model import Change, Place, Publication
from pipeline.press import Press
from pipeline.slugs import slug
from pipeline.sources import Source


class Tally(msgspec.Struct, frozen=True):
    """A rule that was at work: how often, what it is for, and whether its entries have several reasons."""

    rule: str
    count: int
    purpose: str
    several: bool = False


class Explanation(msgspec.Struct, frozen=True):
    """A text before and after.

    before, after  as it was read, and as it will be printed
    tallies        the rules, in the order in which they came to the text
    findings       what a person should look at, and what would keep the text from being published
    source_words   words of the source, counted as the check of words counts them
    model_words    words of the text, its notes and titles
    intact         whether no word is lost or added but those that the ledger names
    """

    source: Source
    before: Publication
    after: Publication
    tallies: tuple[Tally, ...]
    findings: tuple[Finding, ...]
    source_words: int
    model_words: int
    intact: bool

    @property
    def title(self) -> str:
        return self.after.metadata.title

    @property
    def slug(self) -> str:
        return slug(self.title, self.source.stem)

    @property
    def unit(self) -> str:
        """What is counted in the places of this source."""
        return "paragraph" if self.source.media_type in _BY_PARAGRAPHS else "line"


_BY_PARAGRAPHS = (formats.WORD, formats.OPEN_DOCUMENT, formats.RTF, formats.EPUB)


def run(seeds: Path, press: Press, titles: tuple[str, ...]) -> Iterator[tuple[str, Explanation | Failure]]:
    """Each text that is meant (as `pamphleteer build` understands titles) with its name, in the order of names."""
    from pipeline import sources

    loaded = {path.name: jobs._load(path) for path in sources.find(seeds)}
    job = Job(seeds=seeds, dist=Path(), press=press, editions=(), titles=titles)
    for name in jobs._chosen(job, loaded, ()):
        source = loaded[name]
        yield name, source if isinstance(source, Failure) else attempt(source, press)


def attempt(source: Source, press: Press) -> Explanation | Failure:
    """`explain`, with whatever stops it turned into a Failure, so that the other texts are still explained."""
    try:
        return explain(source, press)
    except PamphleteerError as error:
        return Failure(error.exit_code, str(error), error.hint)
    except Exception as error:  # noqa: BLE001 – one text's defect must not stop the others
        trace = "".join(traceback.format_exception(error))
        message = f"this is a defect of ours ({type(error).__name__})"
        return Failure(1, message, "run again with -v", trace=trace)


def explain(source: Source, press: Press) -> Explanation:
    """Read and repair one text afresh. Raises what reading it raises."""
    # Imported here, as in `build`: who asks for something else must not wait for pandoc and the tables.
    from pipeline import checks
    from pipeline.checks.wording import words
    from pipeline.normalise import normalise
    from pipeline.readers import marks, read
    from pipeline.walk import plain, publication_runs

    before = read(source, press)
    after, slips = normalise(before, source, press)
    lines = tuple(checks.original.lines(source))
    unaccounted = checks.words.check_lines(lines, after)
    about = after.metadata
    titles = " ".join((about.rubric, about.title, about.subtitle))
    return Explanation(
        source,
        before,
        after,
        tallies(after.ledger),
        (*slips, *unaccounted, *checks.publication.check(after)),
        sum(len(words(marks.inside_gone(line))) for line, _ in lines),
        sum(len(words(plain(run))) for run, _ in publication_runs(after)) + len(words(titles)),
        not unaccounted,
    )


# --- Rules ---------------------------------------------------------------------------------------------


def tallies(ledger: tuple[Change, ...]) -> tuple[Tally, ...]:
    """The rules of a ledger with what they are for: their one reason, or else what their pass says of itself."""
    reasons: dict[str, Counter[str]] = {}
    for change in ledger:
        reasons.setdefault(change.rule, Counter())[change.why] += 1
    return tuple(
        Tally(rule, whys.total(), _purpose(rule, whys), several=len(whys) > 1)
        for rule, whys in reasons.items()
    )


_OPENING = re.compile(r"(?:[A-Z][\w ]*: )?(.*?)(?:[.:](?:\s|$)|\n\n|$)", re.DOTALL)
"""The first sentence of a docstring, without the name that it begins with."""


def _purpose(rule: str, whys: Counter[str]) -> str:
    if len(whys) == 1:
        return next(iter(whys))
    said = _sentence(_passes().get(rule, ""))
    # Rules of the readers have no pass: their commonest reason tells most.
    return said or min(whys, key=lambda why: (-whys[why], why))


def _passes() -> Mapping[str, str]:
    """The docstring of each pass's module, by the name of the pass."""
    import sys

    from pipeline.normalise import PASSES

    return {name: sys.modules[repair.__module__].__doc__ or "" for name, repair in PASSES}


def _sentence(doc: str) -> str:
    found = _OPENING.match(doc)
    return " ".join(found[1].split()) if found else ""


# --- Places --------------------------------------------------------------------------------------------

_LINE = re.compile(r"\blines? (\d+)(?:–(\d+))?")


def place(where: Place, unit: str = "line") -> str:
    """A place as a person looks it up: "line 42", "chapter.txt, lines 42–44", "paragraph 7" of a document."""
    if not where.first:
        return where.part or "the whole text"
    one = where.first >= where.last
    lines = f"{unit} {where.first}" if one else f"{unit}s {where.first}–{where.last}"
    return f"{where.part}, {lines}" if where.part else lines


def place_of(finding: Finding, source: Source) -> Place:
    """The lines that a finding names; nowhere if it names none, or those of something else than the source."""
    rest = finding.where.removeprefix(source.name)
    found = _LINE.search(rest)
    if found is None:
        return Place()
    part = rest[: found.start()].strip(", ")
    return Place(int(found[1]), int(found[2] or found[1]), part)


_ROLES = {
    "aut": "author",
    "cmp": "composer",
    "com": "compiler",
    "edt": "editor",
    "ill": "illustrator",
    "isb": "issued by",
    "mrk": "markup by",
    "prt": "printer",
    "pbl": "publisher",
    "sgn": "signed by",
    "trc": "transcriber",
    "trl": "translator",
}
"""Relator codes in words (loc.gov/marc/relators); what is not here is told by its code."""


def metadata(after: Publication) -> tuple[tuple[str, str], ...]:
    """What is known of the text: the name of each field and what it says, in words."""
    from pipeline.renderers import furniture

    about = after.metadata
    told = (
        ("rubric", about.rubric),
        ("title", about.title),
        ("subtitle", about.subtitle),
        *((_ROLES.get(creator.role, creator.role), creator.name) for creator in about.creators),
        *((date.meaning, furniture.date(date, "en")) for date in about.dates),
        ("language", about.language),
        ("rights", about.rights.statement if about.rights else ""),
        ("licence", about.rights.licence if about.rights else ""),
        ("subjects", "; ".join(about.subjects)),
        ("description", about.description),
        ("found at", about.origin.address),
        ("found in", about.origin.title),
    )
    return tuple((name, said) for name, said in told if said)
