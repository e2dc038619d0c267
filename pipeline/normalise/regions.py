"""Region: a stretch of blocks that is not the text's own, why, and what it tells of the text."""

from __future__ import annotations

import msgspec

from pipeline.normalise.telling import Telling


class Region(msgspec.Struct, frozen=True):
    """Blocks `start` to `end` (not included). `kept` ones go to the colophon, word for word; others out."""

    start: int
    end: int
    why: str
    told: Telling = Telling()
    kept: bool = False
