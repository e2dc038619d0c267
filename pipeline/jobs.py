"""What was asked for → what became of it: which titles there are, which are up to date, making and publishing.

`run` is what `pamphleteer build` does, without a word printed.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from pipeline import __version__, build, fingerprint, report, slugs, sources, store
from pipeline.build import Failure, Made, Order
from pipeline.errors import PamphleteerError
from pipeline.findings import Finding
from pipeline.press import Edition, Press
from pipeline.report import Artefact, Provenance, Report
from pipeline.sources import Source
from pipeline.store import PUBLICATION, SCHEMA, Shelf


class Job(msgspec.Struct, frozen=True):
    """What to do.

    titles    slugs, names of sources, or beginnings of either; none means all
    editions  of the press; what was published before of a title is made again with them if it is out of date
    cache     whether to leave alone what is up to date
    jobs      how many processes, at most; 0 for one a core
    """

    seeds: Path
    dist: Path
    press: Press
    editions: tuple[Edition, ...]
    titles: tuple[str, ...] = ()
    strict: bool = False
    cache: bool = True
    jobs: int = 0


State = Literal["built", "up to date", "failed"]


class Outcome(msgspec.Struct, frozen=True):
    """What became of one source.

    editions   what is published of it now, and where (nothing is said of a title that failed)
    withdrawn  folders that held it under a former title, and are gone
    """

    source: str
    state: State
    folder: Path | None = None
    title: str = ""
    editions: tuple[tuple[Artefact, Path], ...] = ()
    findings: tuple[Finding, ...] = ()
    repairs: int = 0
    withdrawn: tuple[Path, ...] = ()
    failure: Failure | None = None


class Begun(msgspec.Struct, frozen=True):
    """Said once, before the first title is made: how many will be."""

    titles: int


Event = Finding | Begun | Outcome


class UsageError(PamphleteerError):
    """The command line names what is not there, or could be several things."""

    exit_code = 2


def run(job: Job) -> Iterator[Event]:
    """Bring the output folder up to date; tell of each source what became of it, in the order of their names."""
    epoch = os.environ.get(build.EPOCH)
    if epoch is not None:
        build.epoch_date(epoch)
    paths = sources.find(job.seeds)
    yield from sources.orphans(job.seeds)
    with store.locked(job.dist):
        shelves = store.shelves(job.dist)
        loaded = {path.name: _load(path) for path in paths}
        texts = [each for each in loaded.values() if isinstance(each, Source)]
        yield from sources.twins(texts)
        yield from sources.misnamed(texts)
        chosen = _chosen(job, loaded, shelves)

        own, engines = fingerprint.house(), fingerprint.versions()
        orders: list[Order] = []
        for name in chosen:
            source = loaded[name]
            if isinstance(source, Failure):
                yield Outcome(name, "failed", failure=source)
                continue
            key = fingerprint.key(source, job.press, own, engines, epoch)
            before = [shelf for shelf in shelves if shelf.receipt.source.name == name]
            if done := _up_to_date(job, key, before):
                yield done
            else:
                orders.append(Order(source, job.press, _editions(job, before), key, epoch, job.strict))

        yield Begun(len(orders))
        if not orders:
            return
        # Imported here: with nothing to do, it would be a tenth of the time.
        from pipeline import workers

        # Setting type makes millions of small objects and few cycles: looking for those at Python's usual
        # pace takes a tenth of the time of a build, and finds nothing that makes it smaller.
        gc.set_threshold(100_000, 50, 100)
        results = workers.attempts(orders, job.jobs or workers.cores())
        for order, result in zip(orders, results, strict=True):
            yield _finish(job, order, result, frozenset(loaded), engines)


def _load(path: Path) -> Source | Failure:
    try:
        return sources.load(path)
    except PamphleteerError as error:
        return Failure(error.exit_code, str(error), error.hint)


def _up_to_date(job: Job, key: str, shelves: list[Shelf]) -> Outcome | None:
    for shelf in shelves:
        receipt = shelf.receipt
        if not job.cache or receipt.key != key or not store.has(shelf, job.editions):
            continue
        if job.strict and report.count(receipt.all_findings(), "warning"):
            # It was published when nobody was strict.
            continue
        return Outcome(
            receipt.source.name,
            "up to date",
            shelf.folder,
            receipt.title,
            store.published(shelf),
            receipt.all_findings(),
            receipt.repairs,
        )
    return None


def _editions(job: Job, shelves: list[Shelf]) -> tuple[Edition, ...]:
    """What was asked for, and what is there already: a folder never holds editions of two states of a text."""
    there = {edition.name for shelf in shelves for edition in shelf.receipt.editions}
    return tuple(
        edition for edition in job.press.editions if edition in job.editions or edition.name in there
    )


def _finish(
    job: Job, order: Order, result: Made | Failure, present: frozenset[str], engines: Mapping[str, str]
) -> Outcome:
    """Publish what was made."""
    name = order.source.name
    if isinstance(result, Failure):
        return Outcome(name, "failed", findings=result.findings, failure=result)
    try:
        slug = store.claim(job.dist, slugs.slug(result.title, order.source.stem), name, present)
        files, written = _files(order, result, slug, engines)
        folder = store.publish(job.dist, slug, files)
        gone = store.withdraw(job.dist, name, slug)
    except PamphleteerError as error:
        return Outcome(name, "failed", failure=Failure(error.exit_code, str(error), error.hint))
    editions = store.published(Shelf(folder, written))
    return Outcome(
        name, "built", folder, result.title, editions, written.all_findings(), written.repairs, gone
    )


def _files(
    order: Order, made: Made, slug: str, engines: Mapping[str, str]
) -> tuple[dict[str, bytes], Report]:
    """Everything that goes into a title's folder, the report last."""
    from pipeline import serial

    texts = {PUBLICATION: made.publication, SCHEMA: serial.schema()}
    editions = {f"{slug}{proof.edition.suffix}": proof for proof in made.proofs}
    source = order.source
    whole = Report(
        generator=f"{report.GENERATOR} {__version__}",
        title=made.title,
        slug=slug,
        identifier=made.identifier,
        stamp=made.stamp.isoformat(),
        key=order.key,
        source=Provenance(
            source.name, source.media_type, source.sha256, len(source.data), source.sidecar_sha256
        ),
        editions=tuple(
            Artefact(
                name=proof.edition.name,
                kind=proof.edition.kind,
                file=name,
                sha256=report.digest(proof.data),
                size=len(proof.data),
                pages=proof.pages,
                blanks=proof.blanks,
                sheet=proof.sheet,
                sheets=proof.sheets,
                scale=proof.scale,
                findings=proof.findings,
            )
            for name, proof in editions.items()
        ),
        files=report.digests(texts),
        findings=made.findings,
        repairs=len(made.ledger),
        ledger=made.ledger,
        versions=dict(engines),
    )
    data = {name: proof.data for name, proof in editions.items()}
    return {**data, **texts, report.FILE: report.encode(whole)}, whole


# --- Which titles are meant ------------------------------------------------------------------------------


def _chosen(job: Job, loaded: Mapping[str, Source | Failure], shelves: tuple[Shelf, ...]) -> list[str]:
    """The names of the sources that the titles on the command line mean; of all if there are none."""
    if not job.titles:
        return list(loaded)
    names = {name: {name, Path(name).stem} for name in loaded}
    for shelf in shelves:
        names.get(shelf.receipt.source.name, set()).add(shelf.receipt.slug)
    chosen = set()
    for title in job.titles:
        # A path is understood too, as the shell completes it.
        asked = Path(title).name if Path(title).parent == job.seeds else title
        found = _matches(asked, names)
        if not found:
            # Titles that were never built have no slug on any shelf yet: only reading them tells.
            for name, source in loaded.items():
                if isinstance(source, Source):
                    names[name].add(_slug(source, job.press))
            found = _matches(asked, names)
        if len(found) != 1:
            what = "no text is called that" if not found else f"that could be {', '.join(sorted(found))}"
            raise UsageError(f"“{title}”: {what}", f"there are: {', '.join(sorted(loaded)) or 'none'}")
        chosen |= found
    return [name for name in loaded if name in chosen]


def _matches(asked: str, names: Mapping[str, set[str]]) -> set[str]:
    tests: tuple[Callable[[str], bool], ...] = (asked.__eq__, lambda known: known.startswith(asked))
    for test in tests:
        if found := {name for name, known in names.items() if asked and any(map(test, known))}:
            return found
    return set()


def _slug(source: Source, press: Press) -> str:
    from pipeline.normalise import normalise
    from pipeline.readers import read

    try:
        publication, _ = normalise(read(source, press), source, press)
    except PamphleteerError:
        return source.stem
    return slugs.slug(publication.metadata.title, source.stem)
