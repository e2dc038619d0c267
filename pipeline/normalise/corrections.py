"""Corrections: what the editor corrects in the sidecar, each with a reason; the only rule that changes words."""

from __future__ import annotations

from pipeline.editing import Edit, apply, flat
from pipeline.errors import ConfigError
from pipeline.model import Change, Place, Publication
from pipeline.normalise.desk import Desk, entered
from pipeline.press import Correction
from pipeline.walk import Run, publication_rewritten, publication_runs


def repair(publication: Publication, desk: Desk) -> Publication:
    """Each correction is found exactly once as the text stands in the source, or it is refused."""
    for correction in desk.sidecar.corrections:
        if not any(_done(change, correction) for change in publication.ledger):
            publication = _corrected(publication, correction, desk)
    return publication


def _done(change: Change, correction: Correction) -> bool:
    return change.rule == "corrections" and (change.before, change.after) == (
        correction.find,
        correction.replace,
    )


def _corrected(publication: Publication, correction: Correction, desk: Desk) -> Publication:
    found = [
        place for run, place in publication_runs(publication) for _ in range(flat(run).count(correction.find))
    ]
    if len(found) != 1:
        times = "nowhere" if not found else f"{len(found)} times"
        raise ConfigError(
            f"{desk.stem}.toml: the correction of “{correction.find}” fits {times} in {desk.name}",
            "quote the text as it stands in the source, with enough words around it to fit once",
        )

    def rewrite(run: Run, _: Place) -> Run:
        at = flat(run).find(correction.find)
        return run if at < 0 else apply(run, [Edit(at, at + len(correction.find), correction.replace)])

    change = Change("corrections", found[0], correction.find, correction.replace, correction.reason)
    return entered(publication_rewritten(publication, rewrite), change)
