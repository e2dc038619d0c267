"""pipeline.store: a title is published as a whole or not at all, whatever happens on the way."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest

from pipeline import report, store
from pipeline.errors import StoreError
from pipeline.press import EDITIONS
from pipeline.report import Artefact, Provenance, Report


def folder(source: str = "a.txt", slug: str = "a", text: bytes = b"one", key: str = "k") -> dict[str, bytes]:
    """The files of a title with one edition."""
    name = f"{slug}.pdf"
    whole = Report(
        generator="pamphleteer 0",
        key=key,
        slug=slug,
        source=Provenance(source),
        title="A",
        identifier="i",
        stamp="s",
        editions=(Artefact("pdf", "pamphlet", name, report.digest(text), len(text)),),
        files=report.digests({"publication.json": b"{}"}),
    )
    return {name: text, "publication.json": b"{}", "report.json": report.encode(whole)}


def contents(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in place.iterdir()}


def test_publish_and_find_again(tmp_path: Path) -> None:
    place = store.publish(tmp_path, "a", folder())
    assert contents(place) == folder()
    (shelf,) = store.shelves(tmp_path)
    assert store.has(shelf, EDITIONS[:1])
    assert not store.has(shelf, EDITIONS)
    assert [path.name for _, path in store.published(shelf)] == ["a.pdf"]


def test_publish_replaces_everything_that_is_ours(tmp_path: Path) -> None:
    store.publish(tmp_path, "a", {**folder(), "a.epub": b"old"})
    kept = tmp_path / "a" / "the-editors.txt"
    kept.write_text("mine")
    (tmp_path / "a" / "drafts").mkdir()
    (tmp_path / "a" / "drafts" / "1").write_text("also mine")
    store.publish(tmp_path, "a", folder(text=b"two"))
    assert (tmp_path / "a" / "a.pdf").read_bytes() == b"two"
    assert kept.read_text() == "mine"
    assert (tmp_path / "a" / "drafts" / "1").read_text() == "also mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a"]


@pytest.mark.parametrize("at", ["write", "first rename", "second rename"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str, error: BaseException
) -> None:
    store.publish(tmp_path, "a", folder())
    with monkeypatch.context() as broken:
        _break(broken, at, error)
        with pytest.raises((StoreError, KeyboardInterrupt)):
            store.publish(tmp_path, "a", folder(text=b"two"))
    assert contents(tmp_path / "a") == folder()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a"]


def _break(monkeypatch: pytest.MonkeyPatch, at: str, error: BaseException) -> None:
    """Let the nth writing or renaming fail, once."""
    method = "write_bytes" if at == "write" else "rename"
    nth = {"write": 2, "first rename": 1, "second rename": 2}[at]
    real = getattr(Path, method)
    calls = 0

    def fails(self: Path, *arguments: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == nth:
            raise error
        return real(self, *arguments)

    monkeypatch.setattr(Path, method, fails)


@pytest.mark.parametrize("at", ["write", "first rename", "second rename", "rmtree"])
def test_killed_at_any_moment(tmp_path: Path, at: str) -> None:
    """A process that is killed while it publishes; the next run finds the old state or the new one."""
    store.publish(tmp_path, "a", folder())
    victim = multiprocessing.get_context("fork").Process(target=_publish_and_die, args=(tmp_path, at))
    victim.start()
    victim.join()
    assert victim.exitcode == -signal.SIGKILL
    with store.locked(tmp_path):
        assert contents(tmp_path / "a") in (folder(), folder(text=b"two"))
        assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "a"]


def _publish_and_die(dist: Path, at: str) -> None:
    def die(*_: Any, **__: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.MonkeyPatch.context() as monkeypatch, store.locked(dist):
        if at == "rmtree":
            monkeypatch.setattr(shutil, "rmtree", die)
        else:
            method = "write_bytes" if at == "write" else "rename"
            nth = {"write": 2, "first rename": 1, "second rename": 2}[at]
            real = getattr(Path, method)
            calls: list[Path] = []

            def counted(self: Path, *arguments: Any) -> Any:
                calls.append(self)
                if len(calls) == nth:
                    die()
                return real(self, *arguments)

            monkeypatch.setattr(Path, method, counted)
        store.publish(dist, "a", folder(text=b"two"))


def test_only_one_at_a_time(tmp_path: Path) -> None:
    with store.locked(tmp_path):
        other = multiprocessing.get_context("fork").Process(target=_find_it_locked, args=(tmp_path,))
        other.start()
        other.join()
    assert other.exitcode == 0
    with store.locked(tmp_path):
        pass


def _find_it_locked(dist: Path) -> None:
    with pytest.raises(StoreError, match="another pamphleteer is at work"), store.locked(dist):
        pass


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot write there"), store.locked(tmp_path / "file"):
        pass
    with pytest.raises(StoreError, match="cannot write there"), store.locked(tmp_path / "file" / "under"):
        pass


@pytest.mark.parametrize(
    "damage", ["altered", "deleted", "report deleted", "report cut", "publication altered"]
)
def test_damage_is_seen(tmp_path: Path, damage: str) -> None:
    place = store.publish(tmp_path, "a", folder())
    match damage:
        case "altered":
            (place / "a.pdf").write_bytes(b"One")
        case "deleted":
            (place / "a.pdf").unlink()
        case "report deleted":
            (place / "report.json").unlink()
        case "report cut":
            (place / "report.json").write_bytes(folder()["report.json"][:-20])
        case _:
            (place / "publication.json").write_bytes(b"{ }")
    assert not any(store.has(shelf, EDITIONS[:1]) for shelf in store.shelves(tmp_path))


@pytest.mark.parametrize("name", ["../../secret", "/etc/passwd", "..", "x/y"])
def test_a_report_does_not_lead_outside(tmp_path: Path, name: str) -> None:
    place = tmp_path / "a"
    place.mkdir()
    forged = folder()["report.json"].replace(b"publication.json", name.encode())
    (place / "report.json").write_bytes(forged)
    assert store.shelves(tmp_path) == ()


def test_claims(tmp_path: Path) -> None:
    both = {"a.txt", "b.txt"}
    assert store.claim(tmp_path, "a", "a.txt", both) == "a"
    store.publish(tmp_path, "a", folder("a.txt"))
    assert store.claim(tmp_path, "a", "a.txt", both) == "a"
    longer = store.claim(tmp_path, "a", "b.txt", both)
    assert longer.startswith("a-")
    assert len(longer) == len("a-123456")
    assert store.claim(tmp_path, "a", "b.txt", both) == longer
    assert store.claim(tmp_path, "a", "b.txt", {"b.txt"}) == "a", (
        "the other source is gone, so its place is free"
    )


def test_what_we_did_not_make_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "novel.txt").write_text("mine")
    with pytest.raises(StoreError, match="in the way"):
        store.claim(tmp_path, "a", "a.txt", {"a.txt"})


def test_a_former_title_is_withdrawn(tmp_path: Path) -> None:
    store.publish(tmp_path, "old", folder("a.txt", "old"))
    store.publish(tmp_path, "new", folder("a.txt", "new"))
    store.publish(tmp_path, "other", folder("b.txt", "other"))
    store.publish(tmp_path, "older", folder("a.txt", "older"))
    (tmp_path / "older" / "mine.txt").write_text("mine")
    gone = store.withdraw(tmp_path, "a.txt", "new")
    assert [path.name for path in gone] == ["old", "older"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "older", "other"]
    assert [path.name for path in (tmp_path / "older").iterdir()] == ["mine.txt"]
