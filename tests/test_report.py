"""pipeline.report: what the report says, and how leniently an older one is read."""

from __future__ import annotations

import json

import pytest

from pipeline import report
from pipeline.findings import Finding
from pipeline.model import Change, Place
from pipeline.report import Artefact, Provenance, Report

WHOLE = Report(
    generator="pamphleteer 0.1",
    key="k",
    slug="a",
    source=Provenance("a.txt"),
    title="A",
    identifier="urn:uuid:0",
    stamp="2019-03-21T00:00:00+00:00",
    editions=(
        Artefact(
            "pdf",
            "pamphlet",
            "a.pdf",
            "00",
            3,
            pages=16,
            blanks=(2,),
            findings=(Finding("pdf-001", "warning", "page 1", "m"),),
        ),
    ),
    files={"publication.json": "11"},
    findings=(Finding("slips-001", "note", "line 3", "m"),),
    repairs=1,
    ledger=(Change("joins", Place(3, 4), "b", "a", "w"),),
    versions={"weasyprint": "70.0"},
)


def test_the_report_can_be_read_by_anybody() -> None:
    told = json.loads(report.encode(WHOLE))
    assert told["editions"][0]["pages"] == 16
    assert told["ledger"][0]["rule"] == "joins"
    assert told["versions"] == {"weasyprint": "70.0"}


def test_the_receipt_knows_every_file() -> None:
    receipt = report.receipt(report.encode(WHOLE))
    assert receipt is not None
    assert receipt.hashes() == {"a.pdf": "00", "publication.json": "11"}
    assert [found.code for found in receipt.all_findings()] == ["slips-001", "pdf-001"]
    assert report.count(receipt.all_findings(), "warning") == 1


def test_a_report_of_another_version_is_still_ours() -> None:
    told = json.loads(report.encode(WHOLE))
    told["of the future"] = [1, 2, 3]
    del told["ledger"], told["versions"], told["title"]
    assert report.receipt(json.dumps(told).encode()) is not None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        b"{" * 9999,
        b'{"generator": "other", "key": "", "slug": "a", "source": {"name": ""}}',
    ],
)
def test_what_is_no_report_of_ours(data: bytes) -> None:
    assert report.receipt(data) is None


def test_digests_are_in_the_order_of_the_names() -> None:
    assert list(report.digests({"b": b"", "a": b""})) == ["a", "b"]
