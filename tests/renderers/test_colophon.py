"""The colophon says where a text is from, what was repaired and whose it is, once each."""

from __future__ import annotations

from pipeline.model import Link
from pipeline.press import Correction, Press, Sidecar, SidecarRights
from pipeline.renderers import colophon
from pipeline.walk import every_inline, plain, runs
from tests.readers.texts import repaired

PRESS = Press("The Test Press", "Pamphlets from the bench.", "press@example.org")
TEXT = "# T\n\nby Jo Doe, 2 May 1912\n\nWhy ? Because - it is... so it is, the the end.\n\n"
FOUND = f"{TEXT}P.-S.\n\n- The Wire. 3 May 1912 : <https://example.org/a>"


def said(text: str, sidecar: Sidecar | None = None, press: Press = PRESS) -> list[str]:
    return [plain(line.content) for line in colophon.paragraphs(repaired(text, sidecar=sidecar), press)]


def test_dates_are_said_with_their_meaning() -> None:
    assert "Published 2 May 1912." in said(TEXT)


def test_the_address_is_said_once_and_leads_there() -> None:
    """What the source itself says of it is printed in its own words; only else do we say it."""
    assert not any("https://example.org" in line for line in said(FOUND))
    sidecar = Sidecar(address="https://example.org/b")
    (line,) = [
        line
        for line in colophon.paragraphs(repaired(TEXT, sidecar=sidecar), PRESS)
        if "First found" in plain(line.content)
    ]
    assert [node.target for node in every_inline(line.content) if isinstance(node, Link)] == [
        "https://example.org/b"
    ]


def test_provenance_is_the_sources_own_words() -> None:
    words = [plain(run) for run, _ in runs(colophon.provenance(repaired(FOUND)))]
    assert words == ["The Wire. 3 May 1912: https://example.org/a"]


def test_repairs_are_counted_and_the_commonest_named() -> None:
    (line,) = [line for line in said(TEXT) if "damaged copy" in line]
    count = len(repaired(TEXT).ledger)
    assert f"{count} repairs" in line
    assert "stray spaces" in line


def test_corrections_are_counted_apart() -> None:
    sidecar = Sidecar(corrections=(Correction("the the", "the", "a slip"),))
    lines = said(TEXT, sidecar)
    assert any("1 correction" in line for line in lines)
    assert any(f"{len(repaired(TEXT).ledger)} repairs" in line for line in lines)


def test_rights_and_imprint_are_said() -> None:
    lines = said(TEXT, Sidecar(rights=SidecarRights("Copy it freely.")))
    assert "Copy it freely." in lines
    assert "Pamphlets from the bench. press@example.org" in lines
    assert not any("bench" in line for line in said(TEXT, press=Press("P")))
