"""What tests of several modules share."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import build, workers
from tests.workshop import ROOT, Workshop


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write what the texts of tests/golden become now"
    )


@pytest.fixture(autouse=True)
def _plain_world(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on what the person running it has set."""
    for name in ("SOURCE_DATE_EPOCH", "NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def real_workshop(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Workshop:
    """A press in an empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return Workshop(tmp_path, capsys)


@pytest.fixture
def workshop(real_workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    """The same with the stand-in for `build.make`, in workers too, since they are forked."""
    monkeypatch.setattr(build, "make", real_workshop.stand_in())
    monkeypatch.setattr(workers, "METHOD", "fork")
    return real_workshop


@pytest.fixture(scope="session")
def founding_text() -> Path:
    """The text that the press was founded on."""
    return next((ROOT / "seeds").glob("000_*.txt"))
