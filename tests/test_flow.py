"""The whole way, with the real engines: the founding text becomes four editions, the same bytes wherever it is made."""

from __future__ import annotations

import json
import os
import pkgutil
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline
from pipeline import serial
from tests.workshop import ROOT, Workshop

SLUG = "socialism-in-one-organization"
FILES = {
    f"{SLUG}.pdf",
    f"{SLUG}.epub",
    f"{SLUG}-booklet-a4.pdf",
    f"{SLUG}-booklet-letter.pdf",
    "publication.json",
    "publication.schema.json",
    "report.json",
}


def build(folder: Path, *arguments: str, cwd: Path = ROOT, **environment: str) -> dict[str, bytes]:
    """The founding text, made in a process of its own; what lies in its folder afterwards."""
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "pipeline",
            "build",
            "--seeds",
            str(ROOT / "seeds"),
            "-o",
            str(folder),
            *arguments,
        ],
        cwd=cwd,
        text=True,
        capture_output=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(folder), **environment},
    )
    assert ran.returncode == 0, ran.stderr
    assert all(line.startswith(("note:", "000_")) for line in ran.stderr.splitlines()), ran.stderr
    return {path.name: path.read_bytes() for path in (folder / SLUG).iterdir()}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build(folder)
    return folder


def test_all_editions_are_there(published: Path) -> None:
    assert {path.name for path in (published / SLUG).iterdir()} == FILES
    for name in FILES:
        data = (published / SLUG / name).read_bytes()
        assert data.startswith({".pdf": b"%PDF-1.7", ".epub": b"PK", ".json": b"{"}[Path(name).suffix])


def test_no_edition_has_an_error_or_a_warning(published: Path) -> None:
    told = json.loads((published / SLUG / "report.json").read_text())
    found = [
        *told["findings"],
        *(each for edition in told["editions"] for each in edition.get("findings", [])),
    ]
    assert [each for each in found if each["severity"] != "note"] == []
    booklets = [edition for edition in told["editions"] if edition["kind"] == "booklet"]
    assert [edition["sheet"] for edition in booklets] == ["a4", "letter"]
    for edition in booklets:
        assert edition["pages"] == 4 * edition["sheets"]
        assert 0.9 < edition["scale"] <= 1


def test_the_publication_can_be_read_back(published: Path) -> None:
    publication = serial.decode((published / SLUG / "publication.json").read_bytes())
    assert publication.metadata.title == "Socialism in one organization"
    assert publication.ledger


def test_nothing_tells_of_the_machine(published: Path) -> None:
    for path in (published / SLUG).iterdir():
        data = path.read_bytes()
        for secret in (str(ROOT), str(published)):
            assert secret.encode() not in data, (path.name, secret)


def test_a_second_run_makes_nothing_and_is_quick(published: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (published / SLUG).iterdir()}
    build(published)
    assert {path: path.stat().st_mtime_ns for path in (published / SLUG).iterdir()} == before


def test_a_run_with_nothing_to_do_imports_no_engine(published: Path) -> None:
    program = (
        "import sys; from pipeline.cli import main; code = main(sys.argv[1:]); "
        "print(*sorted(sys.modules), file=sys.stderr); sys.exit(code)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, "build", "--seeds", str(ROOT / "seeds"), "-o", str(published)],
        cwd=ROOT,
        text=True,
        capture_output=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
    )
    assert ran.returncode == 0
    assert "up to date" in ran.stdout
    modules = set(ran.stderr.split())
    dear = {
        "weasyprint",
        "lxml",
        "jinja2",
        "ebooklib",
        "pikepdf",
        "pypdfium2",
        "page",
        "pypandoc",
        "PIL",
        "pipeline.normalise",
        "pipeline.readers",
        "multiprocessing",
        "importlib.metadata",
    }
    assert not modules & dear


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Anchorage", "LC_ALL": "C", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"},
    ],
    ids=["east", "west"],
)
def test_the_same_bytes_anywhere(published: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    elsewhere = tmp_path / "somewhere else"
    elsewhere.mkdir()
    shutil.copy(ROOT / "press.toml", elsewhere)
    again = build(tmp_path / "out ö", cwd=elsewhere, **environment)
    assert again == {path.name: path.read_bytes() for path in (published / SLUG).iterdir()}


def test_the_same_bytes_on_another_day(published: Path, tmp_path: Path) -> None:
    """The clock of a build is moved, not the machine's: whatever asks for the time gets another answer."""
    program = (
        "import sys, time, datetime\n"
        "real = time.time\n"
        "time.time = lambda: real() + 5e7\n"
        "time.localtime = lambda s=None, f=time.localtime: f(real() + 5e7 if s is None else s)\n"
        "time.gmtime = lambda s=None, f=time.gmtime: f(real() + 5e7 if s is None else s)\n"
        "class Later(datetime.datetime):\n"
        "    @classmethod\n"
        "    def now(cls, tz=None): return cls.fromtimestamp(time.time(), tz)\n"
        "    @classmethod\n"
        "    def utcnow(cls): return cls.fromtimestamp(time.time())\n"
        "datetime.datetime = Later\n"
        "from pipeline.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, "build", "--seeds", str(ROOT / "seeds"), "-o", str(tmp_path)],
        cwd=ROOT,
        text=True,
        capture_output=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
    )
    assert ran.returncode == 0, ran.stderr
    assert {path.name: path.read_bytes() for path in (tmp_path / SLUG).iterdir()} == {
        path.name: path.read_bytes() for path in (published / SLUG).iterdir()
    }


@pytest.mark.parametrize("epoch", ["0", "1700000000", "4354819199"])
def test_any_date_can_be_set(tmp_path: Path, epoch: str) -> None:
    files = build(tmp_path, SOURCE_DATE_EPOCH=epoch)
    assert json.loads(files["report.json"])["stamp"].startswith(
        {"0": "1970", "1": "2023", "4": "2107-12-31"}[epoch[0]]
    )


def test_titles_made_together_are_the_same_as_alone(real_workshop: Workshop, founding_text: Path) -> None:
    """In warm workers, in one process one after another, and in processes of their own."""
    text = founding_text.read_text("utf-8")
    for number in range(4):
        title = f"Socialism in {number + 2} organizations"
        real_workshop.seed(f"{number}.txt", text.replace("Socialism in one organization", title))
    assert real_workshop.build("-j", "2").code == 0
    together = real_workshop.files()
    assert len(together) == 4 * len(FILES)
    real_workshop.dist.rename(real_workshop.folder / "aside")
    assert real_workshop.build("-j", "1").code == 0
    assert real_workshop.files() == together


def test_nothing_is_left_in_the_folder_for_temporary_files(tmp_path: Path, founding_text: Path) -> None:
    temporary, seeds = tmp_path / "tmp", tmp_path / "seeds"
    temporary.mkdir()
    seeds.mkdir()
    for name in ("a.txt", "b.txt"):
        (seeds / name).write_bytes(founding_text.read_bytes())
    subprocess.run(
        [sys.executable, "-m", "pipeline", "build", "-j", "2"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)},
    )
    assert list(temporary.iterdir()) == []


def test_what_was_published_is_found_good(published: Path, real_workshop: Workshop) -> None:
    files = sorted(str(path) for path in (published / SLUG).iterdir() if path.suffix != ".json")
    ran = real_workshop.run("check", *files)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("all is well") == 4


@pytest.mark.parametrize("name", sorted(name for name in FILES if not name.endswith("json")))
def test_what_was_damaged_is_found_bad(published: Path, real_workshop: Workshop, name: str) -> None:
    folder = real_workshop.folder / "copy"
    shutil.copytree(published / SLUG, folder)
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data[: len(data) // 2])
    ran = real_workshop.run("check", str(folder / name))
    assert ran.code == 6
    assert "Traceback" not in ran.err
    assert "not the file that was published" in ran.err


@pytest.mark.parametrize("name", sorted(name for name in FILES if not name.endswith("json")))
def test_a_file_by_itself_can_be_checked(published: Path, real_workshop: Workshop, name: str) -> None:
    shutil.copy(published / SLUG / name, real_workshop.folder)
    assert real_workshop.run("check", name).code == 0
    assert "could not be held against the text" in real_workshop.run("check", "-v", name).err


def test_check_says_what_it_cannot_read(real_workshop: Workshop) -> None:
    Path("a.txt").write_text("words")
    Path("a.pdf").write_text("words")
    Path("a.epub").write_text("words")
    assert [real_workshop.run("check", name).code for name in ("a.txt", "none.pdf", "a.pdf", "a.epub")] == [
        3,
        3,
        6,
        6,
    ]


# --- The house -------------------------------------------------------------------------------------------


def test_the_docstring_and_the_folder_name_the_same_modules() -> None:
    assert pipeline.__doc__ is not None
    drawn = set(re.findall(r"^    ([a-z_]+)  +\S", pipeline.__doc__, re.MULTILINE))
    there = {module.name for module in pkgutil.iter_modules(pipeline.__path__)} - {"__main__"}
    assert drawn == there
