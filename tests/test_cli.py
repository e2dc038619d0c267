"""pipeline.cli: what a person is told, and the exit code; never a traceback for what is not our fault."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import __version__, cli, jobs
from tests.test_sources import BAD, UNREADABLE
from tests.workshop import REFUSED, ROOT, Ran, Workshop


def process(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=cwd,
        text=True,
        capture_output=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
    )


# --- Bad input ---------------------------------------------------------------------------------------

OTHER_BAD = (
    ("sidecar.txt", b"words", "sidecar.toml", b"title = \n", 4, "sidecar.toml, line 1"),
    ("typo.txt", b"words", "typo.toml", b"titel = 'x'\n", 4, '"titel" is not known here'),
)


@pytest.mark.parametrize(
    ("name", "data", "says"), [*BAD, *UNREADABLE], ids=[name for name, _, _ in (*BAD, *UNREADABLE)]
)
def test_a_bad_text_costs_one_sentence_and_nothing_else(
    workshop: Workshop, name: str, data: bytes, says: str
) -> None:
    workshop.seed(name, data)
    workshop.seed("good.txt", workshop.text("Good"))
    ran = workshop.build()
    assert ran.code == 3
    _one_sentence(ran, says)
    assert "good/good.pdf" in workshop.files()
    assert {path.split("/")[0] for path in workshop.files()} == {"good"}


@pytest.mark.parametrize(("name", "data", "beside", "said", "code", "says"), OTHER_BAD)
def test_a_bad_sidecar_costs_one_sentence_and_nothing_else(
    workshop: Workshop, name: str, data: bytes, beside: str, said: bytes, code: int, says: str
) -> None:
    workshop.seed(name, data)
    workshop.seed(beside, said)
    workshop.seed("good.txt", workshop.text("Good"))
    ran = workshop.build()
    assert ran.code == code
    _one_sentence(ran, says)
    assert "good/good.pdf" in workshop.files()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--seeds", "nowhere"], 3, "nowhere: there is no such folder"),
        (["--seeds", "file"], 3, "file: this is not a folder"),
        (["--press", "none.toml"], 4, "none.toml: there is no such file"),
        (["--press", "file"], 4, "file, line 1"),
        (["-o", "file"], 7, "file: we cannot write there"),
        (["-o", "file/under"], 7, "we cannot write there"),
        (["nobody"], 2, "“nobody”: no text is called that"),
        (["../file"], 2, "“../file”: no text is called that"),
        ([""], 2, "no text is called that"),
        (["--edition", "vinyl"], 2, "“vinyl”: the press has no such edition"),
    ],
)
def test_a_wrong_command_costs_one_sentence(
    workshop: Workshop, arguments: list[str], code: int, says: str
) -> None:
    workshop.seed("a.txt", workshop.text("A"))
    Path("file").write_text("not a folder, not TOML\n")
    ran = workshop.build(*arguments)
    assert ran.code == code
    _one_sentence(ran, says)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["print"],
        ["build", "-j", "0"],
        ["build", "-j", "x"],
        ["check"],
        ["build", "-q", "-v"],
        ["build", "--log-format", "xml"],
    ],
)
def test_what_argparse_refuses(workshop: Workshop, arguments: list[str]) -> None:
    assert workshop.run(*arguments).code == 2


def test_an_empty_folder_is_no_error(workshop: Workshop) -> None:
    ran = workshop.build()
    assert ran.code == 0
    assert "no texts" in ran.err


def test_the_first_failure_gives_the_exit_code(workshop: Workshop) -> None:
    workshop.seed("a.txt", workshop.text("A", "REFUSE"))
    workshop.seed("b.txt", workshop.text("B", "DEFECT"))
    assert workshop.build("-j", "1").code == REFUSED


def _one_sentence(ran: Ran, says: str) -> None:
    assert len(ran.complaints) == 1
    assert says in ran.complaints[0]
    assert "Traceback" not in ran.err + ran.out


# --- Titles ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["b.txt", "b", "second-title", "second", "seeds/b.txt", "./seeds/b.txt"])
@pytest.mark.parametrize("published", [False, True])
def test_a_title_can_be_named(workshop: Workshop, title: str, published: bool) -> None:
    workshop.seed("a.txt", workshop.text("First title"))
    workshop.seed("b.txt", workshop.text("Second title"))
    if published:
        workshop.build()
        workshop.made.clear()
    arguments = ["build", "--no-cache", title]
    assert workshop.run(*arguments).code == 0
    assert workshop.made == ["b.txt"]


def test_a_beginning_that_means_several(workshop: Workshop) -> None:
    workshop.seed("text-1.txt", workshop.text("First"))
    workshop.seed("text-2.txt", workshop.text("Second"))
    workshop.seed("text.txt", workshop.text("Third"))
    ran = workshop.build("text-")
    assert ran.code == 2
    assert "“text-”: that could be text-1.txt, text-2.txt" in ran.err
    assert workshop.build("text").code == 0, "a whole name is not a beginning"
    assert workshop.made == ["text.txt"]


# --- What is said ------------------------------------------------------------------------------------


def test_what_is_told_of_a_build(workshop: Workshop) -> None:
    workshop.seed("a.txt", workshop.text("A", "WARN and NOTE"))
    ran = workshop.build()
    assert ran.code == 0
    assert str(workshop.dist / "a" / "a.pdf") in ran.out
    assert str(workshop.dist / "a" / "a.epub") in ran.out
    assert "warning: a.txt: There is a warning. (look at it) [test-001]" in ran.err
    assert "There is a note" not in ran.err
    assert "There is a note" in workshop.build("-v").err


def test_quiet(workshop: Workshop) -> None:
    workshop.seed("a.txt", workshop.text("A", "WARN"))
    assert workshop.build("-q") == Ran(0, "", "")
    workshop.seed("b.txt", b"")
    ran = workshop.build("-q")
    assert ran.out == ""
    assert ran.err.splitlines() == ran.complaints


def test_json(workshop: Workshop) -> None:
    workshop.seed("a.txt", workshop.text("Ä title", "WARN"))
    workshop.seed("b.txt", b"")
    ran = workshop.build("--log-format", "json")
    assert ran.code == 3
    assert ran.err == ""
    told = [json.loads(line) for line in ran.out.splitlines()]
    assert [each["event"] for each in told] == ["finding", "error", "finding", "title", "end"]
    assert told[1]["exit_code"] == 3
    assert told[3]["title"] == "Ä title"
    assert told[3]["files"][0] == {
        "edition": "pdf",
        "file": str(workshop.dist / "a-title" / "a-title.pdf"),
        "pages": 0,
        "sheets": 0,
    }
    assert told[4] == {"event": "end", "titles": 2, "failed": 1}


class Terminal:
    """A stderr that says it is a terminal."""

    def __init__(self) -> None:
        self.written = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.written += text
        return len(text)

    def flush(self) -> None:
        pass


@pytest.mark.parametrize(
    ("environment", "colour", "live"),
    [
        ({}, True, True),
        ({"NO_COLOR": "1"}, False, True),
        ({"TERM": "dumb"}, False, False),
        ({"NO_COLOR": ""}, True, True),
    ],
)
def test_on_a_terminal(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], colour: bool, live: bool
) -> None:
    workshop.seed("a.txt", workshop.text("A", "WARN"))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert cli.main(["build"]) == 0
    assert ("\x1b[33m" in terminal.written) == colour
    assert ("making 1 of 1" in terminal.written) == live
    assert ("\x1b" in terminal.written) == (colour or live)


def test_no_colour_in_a_pipe(workshop: Workshop) -> None:
    workshop.seed("a.txt", workshop.text("A", "WARN"))
    ran = workshop.build()
    assert "\x1b" not in ran.out + ran.err
    assert "\r" not in ran.out + ran.err


def test_a_terminal_that_knows_no_such_letters(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "текст.txt").write_bytes(b"")
    ran = process("build", cwd=tmp_path, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert ran.returncode == 3
    assert "this is empty" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_version_and_help(tmp_path: Path) -> None:
    assert process("--version", cwd=tmp_path).stdout == f"pamphleteer {__version__}\n"
    assert "pamphlets, ebooks and booklets" in process("--help", cwd=tmp_path).stdout


# --- What stops us -----------------------------------------------------------------------------------


def test_an_interrupt(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(jobs, "run", interrupted)
    ran = workshop.build()
    assert ran.code == 130
    assert len(ran.complaints) == 1


def test_a_defect_outside_any_title(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    def defect(_: object) -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(jobs, "run", defect)
    ran = workshop.build()
    assert ran.code == 1
    _one_sentence(ran, "this is a defect of ours (ZeroDivisionError) – run again with -v")
    assert "Traceback" in workshop.build("-v").err


def test_a_reader_that_goes_away(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    for number in range(2000):
        (tmp_path / "seeds" / f"{number:04}.txt").write_bytes(b"")
    build = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "build", "--log-format", "json"],
        cwd=tmp_path,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert build.stdout is not None
    assert build.stderr is not None
    build.stdout.readline()
    build.stdout.close()
    complaints = build.stderr.read()
    build.stderr.close()
    assert build.wait() == 141
    assert complaints == ""


def test_ctrl_c_while_titles_are_made(tmp_path: Path) -> None:
    """The whole group gets the signal, as from a terminal; nothing is left running, and no traceback is shown."""
    (tmp_path / "seeds").mkdir()
    for number in range(20):
        (tmp_path / "seeds" / f"{number}.txt").write_text(f"# T{number}\n\nWords.\n" * 3)
    build = subprocess.Popen(
        [sys.executable, "-c", _SLOW],
        cwd=tmp_path,
        text=True,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    deadline = time.monotonic() + 20
    while not (tmp_path / "begun").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(build.pid, signal.SIGINT)
    _, complaints = build.communicate(timeout=20)
    assert build.returncode == 130
    assert complaints.splitlines()[-1].startswith("error: stopped")
    assert "Traceback" not in complaints
    with pytest.raises(ProcessLookupError):
        os.killpg(build.pid, 0)


_SLOW = """
import pathlib, sys, time
from pipeline import build, cli, workers
workers.METHOD = "fork"
def make(order):
    pathlib.Path("begun").touch()
    time.sleep(30)
build.make = make
sys.exit(cli.main(["build", "-j", "2"]))
"""
