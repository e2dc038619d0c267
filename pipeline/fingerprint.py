"""All that an edition depends on → one hash: if it is the same, making the edition again would change nothing."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from pipeline.press import Press
from pipeline.sources import Source

HOUSE = Path(__file__).parent
STYLES = HOUSE.parent / "styles"

ENGINES = (
    "brotli",
    "chardet",
    "ebooklib",
    "fonttools",
    "ftfy",
    "jinja2",
    "lxml",
    "msgspec",
    "page_validation",
    "pikepdf",
    "pillow",
    "pydyf",
    "pypandoc_binary",
    "pypdfium2",
    "pyphen",
    "tinycss2",
    "weasyprint",
    "zopfli",
)
"""Distributions whose version can show in an edition. pypandoc_binary carries pandoc itself."""

_PANGO = "libpango-1.0.so.0"


def versions() -> dict[str, str]:
    """Name → version of everything that takes part, Python and Pango included, as far as it is known.

    Read from the names of the .dist-info folders: `importlib.metadata` takes longer to import than a run
    that has nothing to do may last.
    """
    found = {"python": ".".join(map(str, sys.version_info[:3]))}
    for folder in dict.fromkeys(sys.path):
        try:
            names = [path.name for path in Path(folder or ".").iterdir()]
        except OSError:
            continue
        for name in names:
            distribution, dash, version = name.removesuffix(".dist-info").partition("-")
            distribution = distribution.lower().replace(".", "_")
            if dash and name.endswith(".dist-info") and distribution in ENGINES:
                found.setdefault(distribution, version)
    if pango := _pango():
        found["pango"] = pango
    return dict(sorted(found.items()))


def _pango() -> str:
    """The number at the end of the shared library's name: "0.5000.12" is Pango 1.50.12; "" if not found."""
    multiarch = getattr(sys.implementation, "_multiarch", "")
    for folder in (f"/usr/lib/{multiarch}", "/usr/lib64", "/usr/lib"):
        link = Path(folder, _PANGO)
        if link.is_symlink():
            return link.readlink().name.removeprefix(_PANGO.removesuffix("0"))
    return ""


def house(*folders: Path) -> str:
    """A hash of our own code and styles (or of other folders): names and bytes of all files in them."""
    whole = hashlib.sha256()
    for top in folders or (HOUSE, STYLES):
        for folder, inner, names in os.walk(top):
            inner[:] = sorted(name for name in inner if name != "__pycache__")
            for name in sorted(names):
                path = Path(folder, name)
                whole.update(f"{path.relative_to(top).as_posix()}\0{path.stat().st_size}\0".encode())
                whole.update(path.read_bytes())
    return whole.hexdigest()


def key(source: Source, press: Press, own: str, engines: Mapping[str, str], epoch: str | None) -> str:
    """The hash of all that goes into a title: the text, what editors say, our code, our engines, the date.

    `own` comes from `house()`, `engines` from `versions()`, `epoch` is SOURCE_DATE_EPOCH. Which editions a
    press wants is left out: each is asked for, or not, by itself.
    """
    parts = (
        source.name,
        source.media_type,
        source.sha256,
        source.sidecar_sha256,
        msgspec.structs.replace(press, editions=()),
        own,
        sorted(engines.items()),
        epoch,
    )
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
