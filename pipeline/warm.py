"""Imported once by the process that workers are forked from: loads what each of them will need.

It only loads. Some engines start threads when they are used, and a process with threads cannot be forked
safely; that is why workers do not come from the main process either.
"""

import importlib
from contextlib import suppress

ENGINES = (
    "pipeline.checks",
    "pipeline.imposition.impose",
    "pipeline.normalise",
    "pipeline.readers",
    "pipeline.renderers.cover",
    "pipeline.renderers.epub",
    "pipeline.renderers.pdf",
    "pipeline.serial",
)

for _engine in ENGINES:
    # Whatever is wrong with it, the attempt to make a title says so better.
    with suppress(Exception):
        importlib.import_module(_engine)
with suppress(Exception):
    importlib.import_module("pipeline.renderers.pdf")._engine()
