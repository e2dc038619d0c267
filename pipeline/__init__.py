"""Pamphleteer: one damaged text in, three finished editions out.

The data goes one way, and never back::

    seeds/ ── sources ──► readers ──► normalise ──► Publication ──► renderers ──► PDF  EPUB
                                      (ledger)          │               └── imposition ──► booklets
                                                        └── checks hold every artefact against it
                                                                        └── store ──► dist/

Each module, in the order in which a text meets it:

    cli          commands, exit codes, every word printed
    press        press.toml and sidecars → Press, Edition, Sidecar
    sources      what lies in seeds/ → Source
    readers      Source → Publication, as damaged as it came
    normalise    Publication → Publication, every repair in the ledger
    model        Publication and all it is made of
    renderers    Publication → bytes of an edition
    imposition   pages → sheets
    checks       (artefact, Publication) → findings
    findings     Finding, what a check returns
    store        cache, and the only writer of dist/
    build        the stages of one title top to bottom; many titles on all cores
    errors       everything that stops work
"""

__version__ = "0.1.0"
