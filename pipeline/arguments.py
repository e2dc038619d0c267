"""argv → options: the commands and what can be said to them, in the words of `--help`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from pipeline import __version__


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options of one command. On a wrong command line argparse says so and exits with 2."""
    return _parser().parse_args(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pamphleteer",
        description="Makes pamphlets, ebooks and booklets of the texts in a folder.",
        epilog="Exit codes: 0 all is well, 2 wrong command line, 3 a text, 4 press.toml or a sidecar, 5 a missing "
        "program, 6 an edition that is not right, 7 the output folder, 1 a defect of ours.",
    )
    parser.add_argument("--version", action="version", version=f"pamphleteer {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    build = commands.add_parser(
        "build", help="make what is not up to date", description="Makes what is not up to date."
    )
    build.add_argument(
        "title", nargs="*", metavar="TITLE", help="slug or file name, or how it begins; all if none"
    )
    build.add_argument(
        "--edition",
        action="append",
        default=[],
        metavar="E",
        help="only this: pdf, epub, booklet, or a name from press.toml (may be repeated)",
    )
    build.add_argument(
        "-o", "--output", type=Path, default=Path("dist"), metavar="DIR", help="where to put them (dist)"
    )
    build.add_argument("--no-cache", action="store_true", help="make it even if it is up to date")
    build.add_argument(
        "-j", "--jobs", type=_count, default=0, metavar="N", help="how many at once (one a core)"
    )

    check = commands.add_parser(
        "check",
        help="check published files",
        description="Checks published files, against the text if it lies beside them.",
    )
    check.add_argument("file", nargs="+", type=Path, metavar="FILE", help="a pamphlet, EPUB or booklet")

    explain = commands.add_parser(
        "explain",
        help="show what is repaired, and why",
        description="Reads and repairs texts, makes nothing of them, and shows every repair with its reason.",
    )
    explain.add_argument(
        "title", nargs="*", metavar="TITLE", help="slug or file name, or how it begins; all if none"
    )
    explain.add_argument(
        "--html",
        nargs="?",
        type=Path,
        const=Path(),
        metavar="FILE",
        help="write a page with source and result side by side (<slug>-explained.html)",
    )

    for command in (build, explain):
        command.add_argument(
            "--seeds", type=Path, default=Path("seeds"), metavar="DIR", help="where the texts are (seeds)"
        )
        command.add_argument(
            "--press",
            type=Path,
            metavar="FILE",
            help="who publishes (press.toml beside the texts, or else in the current folder)",
        )
    for command in (build, check, explain):
        command.add_argument("--strict", action="store_true", help="take warnings for errors")
        command.add_argument(
            "--log-format", choices=("text", "json"), default="text", help="how to say it (text)"
        )
        loudness = command.add_mutually_exclusive_group()
        loudness.add_argument("-q", "--quiet", action="store_true", help="say only what is wrong")
        loudness.add_argument("-v", "--verbose", action="store_true", help="say everything")
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number from 1")
    return int(text)
