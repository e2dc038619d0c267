"""Imports WeasyPrint in two thirds of the time, with the same result.

Half of a cold run is imports. Two of them do work that nobody asks for here:

- cffi asks `ctypes.util.find_library` for each of the two dozen names under which WeasyPrint looks for its
  libraries, and that starts gcc and ldconfig each time: a quarter of a second for what is known beforehand.
- fontTools' subsetter and instancer are read and run through, and then HarfBuzz does their work.
"""

from __future__ import annotations

import ctypes.util
import importlib
import importlib.util
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

_SONAMES = {
    "gobject-2.0": "libgobject-2.0.so.0",
    "pango-1.0": "libpango-1.0.so.0",
    "harfbuzz": "libharfbuzz.so.0",
    "harfbuzz-subset": "libharfbuzz-subset.so.0",
    "fontconfig": "libfontconfig.so.1",
    "pangoft2-1.0": "libpangoft2-1.0.so.0",
}
"""The names that these libraries have on every Linux."""

_SUBSETTER = "fontTools.subset"
_INSTANCER = "fontTools.varLib.instancer"


def engine(fonts: Path) -> Any:
    """The weasyprint module, which sees the faces of `fonts` only. Raises OSError where Pango is missing."""
    # Read by fontconfig when it is loaded; no folder of the system is searched.
    os.environ["FONTCONFIG_FILE"] = str(fonts / "fonts.conf")
    # That there are no faces but ours is meant; the engine warns of it.
    warnings.filterwarnings("ignore", message="No fonts configured")
    with _known_sonames(), _fonttools_later():
        return importlib.import_module("weasyprint")


def _soname(name: str) -> str | None:
    return _SONAMES.get(name)


@contextmanager
def _known_sonames() -> Iterator[None]:
    """While it lasts, libraries are found by their names; one that is not there is missed as before."""
    if not sys.platform.startswith("linux"):
        yield
        return
    asked = ctypes.util.find_library
    ctypes.util.find_library = _soname
    try:
        yield
    finally:
        ctypes.util.find_library = asked


@contextmanager
def _fonttools_later() -> Iterator[None]:
    """While it lasts, the two modules are only promised; whoever uses one afterwards gets the real one."""
    if _SUBSETTER in sys.modules or _INSTANCER in sys.modules:
        yield
        return
    spec = importlib.util.find_spec(_SUBSETTER)
    if spec is None or spec.loader is None:
        yield
        return
    spec.loader = importlib.util.LazyLoader(spec.loader)
    subsetter = importlib.util.module_from_spec(spec)
    sys.modules[_SUBSETTER] = subsetter
    spec.loader.exec_module(subsetter)

    def instantiate(*given: Any, **named: Any) -> Any:
        return importlib.import_module(_INSTANCER).instantiateVariableFont(*given, **named)

    promise = ModuleType(_INSTANCER)
    promise.instantiateVariableFont = instantiate  # type: ignore[attr-defined]
    sys.modules[_INSTANCER] = promise
    try:
        yield
    finally:
        del sys.modules[_INSTANCER]
