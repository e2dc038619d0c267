"""Editor: what the sidecar says of rights, subjects, dates and the like, which no machine can know."""

from __future__ import annotations

import msgspec

from pipeline.model import Date, DatePrecision, Publication, Rights
from pipeline.normalise.desk import Desk, told
from pipeline.press import SidecarDate


def repair(publication: Publication, desk: Desk) -> Publication:
    """What the sidecar says wins over what the text says."""
    said = desk.sidecar
    about = publication.metadata
    return told(
        publication,
        dates=about.dates if said.dates is None else tuple(map(_date, said.dates)),
        rights=about.rights if said.rights is None else Rights(said.rights.statement, said.rights.licence),
        subjects=said.subjects or about.subjects,
        description=about.description if said.description is None else said.description,
        origin=about.origin
        if said.address is None
        else msgspec.structs.replace(about.origin, address=said.address),
    )


def _date(said: SidecarDate) -> Date:
    precision: tuple[DatePrecision, ...] = ("year", "month", "day")
    return Date(said.value, said.meaning, precision[said.value.count("-")])
