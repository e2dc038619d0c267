"""Finding: what a check or a repair has to say about a text or an artefact, with a stable code."""

from __future__ import annotations

from typing import Literal

import msgspec

Severity = Literal["error", "warning", "note"]


class Finding(msgspec.Struct, frozen=True):
    """One thing found.

    code      stable, `<check>-<three digits>`, as documented in CONTRIBUTING.md
    severity  `error` keeps a title from being published; `warning` does so under --strict;
              `note` is for the editor to read
    where     a place a person can go to: "seed.txt, line 12", "page 7", "text/s1.xhtml"
    message   one sentence
    hint      what to do, or ""
    """

    code: str
    severity: Severity
    where: str
    message: str
    hint: str = ""
