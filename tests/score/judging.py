"""(editors' facts, folders of texts) → how much of them our ebooks get right, with no sidecar's help."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from PIL import Image

from pipeline import build, press, sources
from pipeline.checks import original, words
from pipeline.checks import publication as checking
from pipeline.errors import PamphleteerError
from pipeline.normalise import normalise
from pipeline.press import Sidecar
from pipeline.readers import read
from pipeline.renderers import epub
from tests.score import score_epub

Facts = Mapping[str, Any]
"""One `[[document]]` of a facts.toml; its head says what the keys mean."""


class Judged(msgspec.Struct, frozen=True):
    """One text: its share of facts met, over all and by category; what was not met; why it would not be published."""

    name: str
    total: float
    by: dict[str, float] = {}
    missed: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def documents(facts: Path) -> dict[str, Facts]:
    return {each["id"]: each for each in tomllib.loads(facts.read_text("utf-8"))["document"]}


def judged(facts: Path, folders: Sequence[Path]) -> Iterator[Judged]:
    """Every document of the facts whose file lies in one of the folders, or below it."""
    there = {path.name: path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()}
    for name, document in documents(facts).items():
        if path := there.get(Path(document["file"]).name):
            yield judge(name, document, path)


def judge(name: str, facts: Facts, path: Path) -> Judged:
    """A text that cannot be read scores nothing; one that would not be published scores, and says so."""
    try:
        book, faults = ebook(path)
    except PamphleteerError as error:
        return Judged(name, 0.0, faults=(str(error),))
    total, by, missed = score_epub.score(facts, io.BytesIO(book))
    return Judged(name, total, by, tuple(missed), faults)


def ebook(path: Path) -> tuple[bytes, tuple[str, ...]]:
    """A text's ebook as the press makes it when no editor says anything, but for the cover; and what is wrong."""
    source = msgspec.structs.replace(sources.load(path), sidecar=Sidecar(), sidecar_sha256="")
    publication, slips = normalise(read(source, press.DEFAULT), source, press.DEFAULT)
    found = (
        *slips,
        *words.check_lines(original.lines(source), publication),
        *checking.check(publication),
    )
    book = epub.render(publication, press.DEFAULT, build.FIRST_DAY, _cover())
    found = (*found, *words.check_book(book, publication))
    return book, tuple(f"{each.where}: {each.message}" for each in found if each.severity == "error")


def _cover() -> epub.Cover:
    """Any picture: typesetting the pamphlet for its first page would take most of the time."""
    data = io.BytesIO()
    Image.new("L", (4, 6)).save(data, "PNG")
    return epub.Cover(data.getvalue(), "image/png", 4, 6, "cover")
