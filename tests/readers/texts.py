"""Texts as tests write them down → sources, publications as read, and publications as repaired."""

from __future__ import annotations

import hashlib

from pipeline.findings import Finding
from pipeline.model import Publication
from pipeline.normalise import normalise
from pipeline.press import Press, Sidecar
from pipeline.readers import markdown
from pipeline.sources import Source

PRESS = Press("The Test Press")


def source(text: str | bytes, name: str = "a-text.txt", sidecar: Sidecar | None = None) -> Source:
    data = text if isinstance(text, bytes) else text.encode()
    return Source(
        name,
        name.rpartition(".")[0],
        data,
        "text/markdown",
        hashlib.sha256(data).hexdigest(),
        sidecar or Sidecar(),
    )


def read(text: str | bytes) -> Publication:
    return markdown.read(source(text), PRESS)


def repaired(text: str, *, language: str = "en", sidecar: Sidecar | None = None) -> Publication:
    return repaired_with_findings(text, language=language, sidecar=sidecar)[0]


def repaired_with_findings(
    text: str, *, language: str = "en", sidecar: Sidecar | None = None
) -> tuple[Publication, tuple[Finding, ...]]:
    press = Press("The Test Press", language=language)
    seed = source(text, sidecar=sidecar)
    return normalise(markdown.read(seed, press), seed, press)
