"""pipeline.build, jobs and workers: dates, what is up to date, many titles, and titles that go wrong."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import build, fingerprint, jobs, press, sources
from pipeline.errors import ConfigError
from pipeline.model import Date, Metadata, Origin, Publication
from tests.workshop import Workshop

# --- Dates -------------------------------------------------------------------------------------------


def dated(*values: str) -> Publication:
    precision = {4: "year", 7: "month", 10: "day"}
    dates = tuple(Date(value, "written", precision[len(value)]) for value in values)  # type: ignore[arg-type]
    return Publication(Metadata("T", "i", "en", Origin("a", "b", "c"), dates=dates), ())


@pytest.mark.parametrize(
    ("dates", "epoch", "expected"),
    [
        (("2019-03-21", "2019-04-02"), None, datetime(2019, 4, 2, tzinfo=UTC)),
        (("2019-03-21", "2020", "2019-05"), None, datetime(2019, 3, 21, tzinfo=UTC)),
        ((), None, datetime(1980, 1, 1, tzinfo=UTC)),
        (("1917-11-07",), None, datetime(1980, 1, 1, tzinfo=UTC)),
        (("2019-03-21",), "86400", datetime(1970, 1, 2, tzinfo=UTC)),
    ],
)
def test_the_date_of_an_edition(dates: tuple[str, ...], epoch: str | None, expected: datetime) -> None:
    assert build.date_of(dated(*dates), epoch) == expected


@pytest.mark.parametrize("epoch", ["", "yesterday", "1.5", "-1", "1_000", "٣", "9" * 30, "4354819200"])
def test_a_wrong_epoch(workshop: Workshop, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    with pytest.raises(ConfigError, match=r"whole number of seconds|after 2107"):
        build.epoch_date(epoch)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    workshop.seed("a.txt", workshop.text("A"))
    ran = workshop.build()
    assert ran.code == 4
    assert len(ran.complaints) == 1


# --- Up to date --------------------------------------------------------------------------------------


def test_a_second_run_makes_nothing(workshop: Workshop) -> None:
    workshop.seed("a.txt", workshop.text("A title"))
    assert workshop.build().code == 0
    first = workshop.files()
    assert set(first) == {
        "a-title/a-title.pdf",
        "a-title/a-title.epub",
        "a-title/a-title-booklet-a4.pdf",
        "a-title/a-title-booklet-letter.pdf",
        "a-title/publication.json",
        "a-title/publication.schema.json",
        "a-title/report.json",
    }
    ran = workshop.build()
    assert ran.code == 0
    assert "up to date" in ran.err
    assert "1 title up to date" in ran.out
    assert workshop.made == ["a.txt"]
    assert workshop.files() == first


@pytest.mark.parametrize(
    "change",
    [
        "text",
        "sidecar",
        "press",
        "epoch",
        "file altered",
        "file deleted",
        "report deleted",
        "report cut",
        "--no-cache",
    ],
)
def test_what_makes_a_title_out_of_date(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    workshop.seed("a.txt", workshop.text("A"))
    workshop.seed("b.txt", workshop.text("B"))
    workshop.build()
    workshop.made.clear()
    everything = {"press", "epoch", "--no-cache"}
    match change:
        case "text":
            workshop.seed("a.txt", workshop.text("A", "New words."))
        case "sidecar":
            workshop.seed("a.toml", 'subtitle = "S"\n')
        case "press":
            (workshop.folder / "press.toml").write_text('[press]\nname = "New"\n')
        case "epoch":
            monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
        case "file altered":
            (workshop.dist / "a" / "a.epub").write_bytes(b"x")
        case "file deleted":
            (workshop.dist / "a" / "a.epub").unlink()
        case "report deleted":
            (workshop.dist / "a" / "report.json").unlink()
        case "report cut":
            (workshop.dist / "a" / "report.json").write_text("{")
        case _:
            assert change == "--no-cache"
    ran = workshop.build("-j", "1", *([change] if change.startswith("--") else []))
    assert ran.code == 0
    assert workshop.made == (["a.txt", "b.txt"] if change in everything else ["a.txt"])
    assert workshop.build().code == 0
    assert len(workshop.made) == (2 if change in everything else 1)


def test_the_key_depends_on_everything(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    source = sources.load(tmp_path / "a.txt")
    own = press.Press("P")
    key = fingerprint.key(source, own, "h", {"weasyprint": "70"}, None)
    assert key == fingerprint.key(source, own, "h", {"weasyprint": "70"}, None)
    assert key == fingerprint.key(source, press.Press("P", editions=()), "h", {"weasyprint": "70"}, None)
    others = {
        fingerprint.key(source, press.Press("Q"), "h", {"weasyprint": "70"}, None),
        fingerprint.key(source, own, "i", {"weasyprint": "70"}, None),
        fingerprint.key(source, own, "h", {"weasyprint": "71"}, None),
        fingerprint.key(source, own, "h", {"weasyprint": "70"}, "0"),
    }
    assert len(others | {key}) == 5


def test_the_hash_of_the_house(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x")
    before = fingerprint.house(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("x")
    assert fingerprint.house(tmp_path) == before
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert fingerprint.house(tmp_path) != before
    assert fingerprint.house() != fingerprint.house(fingerprint.HOUSE)


def test_the_versions_are_those_that_are_installed() -> None:
    from importlib.metadata import version

    found = fingerprint.versions()
    for name in ("weasyprint", "ebooklib", "jinja2", "pypandoc_binary", "pikepdf", "msgspec"):
        assert found[name] == version(name)


# --- Editions ----------------------------------------------------------------------------------------


def test_one_edition_then_another(workshop: Workshop) -> None:
    workshop.seed("a.txt", workshop.text("A"))
    workshop.build("--edition", "pdf")
    assert {name for name in workshop.files() if "json" not in name} == {"a/a.pdf"}
    workshop.build("--edition", "pamphlet")
    assert len(workshop.made) == 1
    workshop.build("--edition", "booklet")
    assert {name for name in workshop.files() if "json" not in name} == {
        "a/a.pdf",
        "a/a-booklet-a4.pdf",
        "a/a-booklet-letter.pdf",
    }
    workshop.build("--edition", "pdf", "--edition", "booklet-a4")
    assert len(workshop.made) == 2


def test_a_folder_never_mixes_two_states_of_a_text(workshop: Workshop) -> None:
    workshop.seed("a.txt", workshop.text("A", "Old words."))
    workshop.build()
    workshop.seed("a.txt", workshop.text("A", "New words."))
    workshop.build("--edition", "epub")
    editions = {name: data for name, data in workshop.files().items() if "json" not in name}
    assert len(editions) == 4
    assert all(b"New words" in data for data in editions.values())


def test_an_edition_that_the_press_gave_up(workshop: Workshop) -> None:
    workshop.seed("a.txt", workshop.text("A"))
    workshop.build()
    (workshop.folder / "press.toml").write_text('[press]\nname = "P"\n[editions.web]\nkind = "epub"\n')
    assert workshop.build().code == 0
    assert {name for name in workshop.files() if "json" not in name} == {"a/a.epub"}


# --- Names -------------------------------------------------------------------------------------------


def test_two_texts_of_one_title(workshop: Workshop) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        workshop.seed(name, workshop.text("Why?", f"These are the words of {name}."))
    assert workshop.build("-j", "1").code == 0
    folders = sorted(path.name for path in workshop.dist.iterdir() if path.is_dir())
    assert folders[0] == "why"
    assert len(folders) == 3
    assert b"words of a.txt" in workshop.files()["why/why.pdf"]
    for folder in folders:
        assert f"{folder}/{folder}.epub" in workshop.files()
    assert "3 titles up to date" in workshop.build().out

    # The names do not depend on who is built first after that, or alone.
    workshop.build("b.txt", "--no-cache")
    workshop.build("c", "--no-cache")
    assert sorted(path.name for path in workshop.dist.iterdir() if path.is_dir()) == folders


def test_a_new_title_takes_its_folder_along(workshop: Workshop) -> None:
    workshop.seed("a.txt", workshop.text("Old"))
    workshop.build()
    workshop.seed("a.toml", 'title = "New"\n')
    ran = workshop.build()
    assert "has a new title" in ran.err
    assert {name.split("/")[0] for name in workshop.files()} == {"new"}


# --- What goes wrong ---------------------------------------------------------------------------------


def test_a_refused_title_leaves_what_was_there(workshop: Workshop) -> None:
    workshop.seed("a.txt", workshop.text("A"))
    workshop.build()
    before = workshop.files()
    workshop.seed("a.txt", workshop.text("A", "REFUSE"))
    workshop.seed("b.txt", workshop.text("B"))
    ran = workshop.build()
    assert ran.code == 6
    assert {name: data for name, data in workshop.files().items() if name.startswith("a/")} == before
    assert "b/b.pdf" in workshop.files()
    assert "“A”: one thing is not right" in ran.err


def test_strict(workshop: Workshop) -> None:
    workshop.seed("a.txt", workshop.text("A", "WARN"))
    assert workshop.build("--strict").code == 6
    assert not workshop.files()
    assert workshop.build().code == 0
    assert "warning: a.txt" in workshop.build().err, "it is said again of what is up to date"
    assert workshop.build("--strict").code == 6, "what nobody was strict about is not good enough now"


@pytest.mark.parametrize("many", ["1", "2"])
def test_a_defect_of_ours(workshop: Workshop, many: str) -> None:
    workshop.seed("a.txt", workshop.text("A", "DEFECT"))
    workshop.seed("b.txt", workshop.text("B"))
    ran = workshop.build("-j", many)
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert "defect of ours" in ran.err
    assert "run again with -v" in ran.err
    assert "b/b.pdf" in workshop.files()
    assert "ZeroDivisionError: a defect" in workshop.build("-v", "-j", many).err


def test_a_worker_that_is_killed(workshop: Workshop) -> None:
    for name in "abcdefgh":
        workshop.seed(f"{name}.txt", workshop.text(name, "KILL" if name in "bf" else "fine"))
    ran = workshop.build("-j", "2")
    assert ran.code == 5
    assert len(ran.complaints) == 2
    assert "b.txt: the process that made this title was killed" in ran.err
    assert {name.split("/")[0] for name in workshop.files()} == set("acdegh")


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError("cannot load library 'libpango-1.0-0': not found"), "libpango-1.0-0"),
        (ModuleNotFoundError("No module named 'pikepdf'", name="pikepdf"), "pikepdf is not installed"),
    ],
)
def test_an_engine_that_is_missing(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, error: Exception, says: str
) -> None:
    def missing(_: build.Order) -> build.Made:
        raise error

    monkeypatch.setattr(build, "make", missing)
    workshop.seed("a.txt", workshop.text("A"))
    ran = workshop.build()
    assert ran.code == 5
    assert says in ran.err
    assert "make setup" in ran.err


# --- Many --------------------------------------------------------------------------------------------


def test_many_at_once_give_the_same_bytes_as_one_after_another(workshop: Workshop) -> None:
    for number in range(9):
        # Three of them share each title.
        workshop.seed(f"{number}.txt", workshop.text(f"Title {number % 3}", f"Words {number}."))
    workshop.build("-j", "1")
    alone = workshop.files()
    workshop.dist.rename(workshop.folder / "aside")
    workshop.build("-j", "3")
    assert workshop.files() == alone


def test_the_report(workshop: Workshop) -> None:
    workshop.seed("a.txt", workshop.text("A", "It is NOTEd, with a space before the mark !"))
    workshop.build()
    told = json.loads(workshop.files()["a/report.json"])
    assert told["title"] == "A"
    assert told["source"]["name"] == "a.txt"
    assert [edition["file"] for edition in told["editions"]] == [
        "a.pdf",
        "a.epub",
        "a-booklet-a4.pdf",
        "a-booklet-letter.pdf",
    ]
    assert told["findings"][0]["code"] == "test-001"
    assert told["versions"]["weasyprint"]
    assert told["repairs"] == len(told["ledger"])
    assert str(workshop.folder) not in workshop.files()["a/report.json"].decode()


def test_the_order_of_events(workshop: Workshop) -> None:
    for name in ("c.txt", "a.txt"):
        workshop.seed(name, workshop.text(name))
    workshop.seed("b.xyz", b"GIF89a")
    workshop.seed("z.toml", "")
    job = jobs.Job(workshop.seeds, workshop.dist, press.DEFAULT, press.EDITIONS)
    events = list(jobs.run(job))
    assert [type(event).__name__ for event in events] == ["Finding", "Outcome", "Begun", "Outcome", "Outcome"]
    assert [event.source for event in events if isinstance(event, jobs.Outcome)] == [
        "b.xyz",
        "a.txt",
        "c.txt",
    ]
