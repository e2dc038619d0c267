"""(slug, files) → dist/<slug>/, as a whole or not at all; the only writer of the output folder.

A title is written to a hidden folder beside its place and renamed into it. What was there is moved
aside first and deleted last, so whatever kills us, `recover` finds on the next run either the old state or the
new one, never a mixture. Files in dist/ that we did not make are never deleted.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from pipeline import report
from pipeline.errors import StoreError
from pipeline.press import EDITIONS, Edition
from pipeline.report import Artefact, Receipt

PUBLICATION = "publication.json"
SCHEMA = "publication.schema.json"
"""What lies beside the editions; the report is `report.FILE`."""

_LOCK = ".lock"
_NEW = ".new-"
_OLD = ".old-"


class Shelf(msgspec.Struct, frozen=True):
    """A folder in dist/ that we published, and what its report says."""

    folder: Path
    receipt: Receipt


@contextmanager
def locked(dist: Path) -> Iterator[None]:
    """The output folder for us alone, tidied up after a run that was killed. Raises StoreError."""
    try:
        dist.mkdir(parents=True, exist_ok=True)
        # Kept after use: to delete a lock file is to race with whoever waits for it.
        lock = os.open(dist / _LOCK, os.O_CREAT | os.O_RDWR, 0o666)
    except OSError as error:
        raise StoreError(
            f"{dist}: we cannot write there ({error.strerror})", "choose another folder with -o"
        ) from error
    try:
        try:
            # Not flock: workers would inherit that, and hold it if we are killed.
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreError(
                f"{dist}: another pamphleteer is at work there", "wait until it has ended"
            ) from error
        recover(dist)
        yield
    finally:
        os.close(lock)


def recover(dist: Path) -> None:
    """Put back what a killed run had moved aside, and delete what it had begun."""
    try:
        for path in sorted(dist.glob(f"{_OLD}*")):
            place = dist / path.name.removeprefix(_OLD)
            if place.exists():
                shutil.rmtree(path)
            else:
                path.rename(place)
        for path in dist.glob(f"{_NEW}*"):
            shutil.rmtree(path)
    except OSError as error:
        raise StoreError(
            f"{dist}: we cannot tidy up after a run that was stopped ({error.strerror})",
            "check the permissions of that folder",
        ) from error


def shelves(dist: Path) -> tuple[Shelf, ...]:
    """All that was published in an output folder, by slug."""
    return tuple(shelf for path in sorted(dist.glob(f"*/{report.FILE}")) if (shelf := _shelf(path.parent)))


def _shelf(folder: Path) -> Shelf | None:
    try:
        receipt = report.receipt((folder / report.FILE).read_bytes())
    except OSError:
        return None
    if receipt is None or receipt.slug != folder.name:
        return None
    # A report that somebody wrote by hand must not lead us out of its folder.
    return (
        Shelf(folder, receipt) if all(Path(name).name == name != ".." for name in receipt.hashes()) else None
    )


def has(shelf: Shelf, editions: Collection[Edition]) -> bool:
    """Whether a shelf holds these editions, and every file on it is the one that we published."""
    published = {edition.file for edition in shelf.receipt.editions}
    wanted = {f"{shelf.receipt.slug}{edition.suffix}" for edition in editions}
    return wanted <= published and all(
        _hash(shelf.folder / name) == sha256 for name, sha256 in shelf.receipt.hashes().items()
    )


def published(shelf: Shelf) -> tuple[tuple[Artefact, Path], ...]:
    """Each edition on a shelf, and where its file is."""
    return tuple((edition, shelf.folder / edition.file) for edition in shelf.receipt.editions)


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def claim(dist: Path, slug: str, source: str, present: Collection[str]) -> str:
    """The folder's name for a source: its slug, or if another source of the same title has it, a longer one.

    Who was there first keeps the place, so that no address changes because a new text came; `present` are
    the names of all sources: a place whose source is gone is free. The addition comes from the
    file's name, so it does not change when the text does. Raises StoreError if a folder is not ours to replace.
    """
    mark = hashlib.sha256(source.encode()).hexdigest()
    for name in (slug, f"{slug}-{mark[:6]}", f"{slug}-{mark}"):
        folder = dist / name
        if not os.path.lexists(folder):
            return name
        shelf = _shelf(folder)
        if shelf is None and _is_ours(folder):
            return name
        if shelf is None:
            raise StoreError(
                f"{folder}: this is in the way, and we did not make it", "move it somewhere else"
            )
        if shelf.receipt.source.name == source or shelf.receipt.source.name not in present:
            return name
    raise StoreError(
        f"{dist / slug}: every name for this title is taken", "give it another title in a sidecar"
    )


def _is_ours(folder: Path) -> bool:
    """Whether a folder without a report of ours holds only files called as we call them."""
    ours = {f"{folder.name}{edition.suffix}" for edition in EDITIONS} | {PUBLICATION, SCHEMA, report.FILE}
    return folder.is_dir() and not folder.is_symlink() and {path.name for path in folder.iterdir()} <= ours


def publish(dist: Path, slug: str, files: Mapping[str, bytes]) -> Path:
    """Make dist/<slug> hold exactly these files (and what others put there). Raises StoreError.

    If anything fails, what was there stays as it was.
    """
    place, new, old = dist / slug, dist / f"{_NEW}{slug}", dist / f"{_OLD}{slug}"
    try:
        try:
            new.mkdir()
            for name, data in files.items():
                (new / name).write_bytes(data)
            _keep_foreign(place, new)
            if place.exists():
                place.rename(old)
            new.rename(place)
        except BaseException:
            # Also an interrupt between the two renamings.
            if old.exists() and not place.exists():
                old.rename(place)
            shutil.rmtree(new, ignore_errors=True)
            raise
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise StoreError(
            f"{place}: we cannot write there ({error.strerror})",
            "check that the disk is not full and that the folder is yours",
        ) from error
    return place


def _keep_foreign(place: Path, new: Path) -> None:
    """Carry over what somebody else put into a published folder: it is not ours to delete."""
    shelf = _shelf(place)
    if shelf is None:
        return
    ours = {*shelf.receipt.hashes(), report.FILE}
    for path in place.iterdir():
        if path.name in ours or (new / path.name).exists():
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.copytree(path, new / path.name, symlinks=True)
        else:
            shutil.copy2(path, new / path.name, follow_symlinks=False)


def withdraw(dist: Path, source: str, slug: str) -> tuple[Path, ...]:
    """Delete what a source left under former slugs (its title changed); return what is gone."""
    gone = []
    for shelf in shelves(dist):
        if shelf.receipt.source.name == source and shelf.folder.name != slug:
            for name in (*shelf.receipt.hashes(), report.FILE):
                (shelf.folder / name).unlink(missing_ok=True)
            if not any(shelf.folder.iterdir()):
                shelf.folder.rmdir()
            gone.append(shelf.folder)
    return tuple(gone)
