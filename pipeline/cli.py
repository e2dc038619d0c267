"""The command `pamphleteer`: arguments → exit code; the only module that prints.

What was made goes to stdout, progress and complaints to stderr. With --log-format json, one JSON object a line
goes to stdout, whatever it tells. Exit codes are those of `pipeline.errors`; of several failures, the first.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from pipeline import jobs, press, report
from pipeline.arguments import parse
from pipeline.build import Failure
from pipeline.errors import CheckError, PamphleteerError
from pipeline.findings import Finding
from pipeline.jobs import Begun, Job, Outcome
from pipeline.press import Edition, Press

if TYPE_CHECKING:
    from pipeline.explaining import Explanation

INTERRUPTED = 130
BROKEN_PIPE = 141
"""128 and the number of the signal, as shells have it."""

_SHEETS = {"a4": "A4", "letter": "Letter"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code and never raises."""
    for stream in (sys.stdout, sys.stderr):
        # Titles are in all the world's scripts, whatever the terminal's locale.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    options = parse(arguments)
    voice = Voice(options.log_format, options.quiet, options.verbose)
    try:
        code = _COMMANDS[options.command](options, voice)
        sys.stdout.flush()
        return code
    except PamphleteerError as error:
        voice.stopped(str(error), error.hint, error.exit_code)
        return error.exit_code
    except KeyboardInterrupt:
        voice.stopped("stopped; what was published before is as it was", "", INTERRUPTED)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has gone; Python would complain once more on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except Exception as error:  # noqa: BLE001 – nobody at a press should meet a traceback
        trace = "".join(traceback.format_exception(error))
        voice.stopped(f"this is a defect of ours ({type(error).__name__})", "run again with -v", 1, trace)
        return 1


# --- Commands --------------------------------------------------------------------------------------------


def _build(options: Namespace, voice: Voice) -> int:
    house, notes = press.find(options.seeds, options.press)
    for note in notes:
        voice.finding(note)
    job = Job(
        seeds=options.seeds,
        dist=options.output,
        press=house,
        editions=_editions(house, options.edition),
        titles=tuple(options.title),
        strict=options.strict,
        cache=not options.no_cache,
        jobs=options.jobs,
    )
    code = to_make = made = 0
    warned = False
    outcomes: list[Outcome] = []
    for event in jobs.run(job):
        match event:
            case Finding():
                voice.finding(event)
                warned |= event.severity == "warning"
            case Begun():
                to_make = event.titles
                voice.progress(made, to_make)
            case Outcome():
                made += event.state == "built" or (event.failure is not None and to_make > 0)
                voice.outcome(event)
                voice.progress(made, to_make)
                outcomes.append(event)
                if event.failure is not None:
                    code = code or event.failure.exit_code
    voice.summary(outcomes)
    if options.strict and warned:
        code = code or CheckError.exit_code
    return code


def _check(options: Namespace, voice: Voice) -> int:
    # Imported here: it needs the engines, which a build that has nothing to do must not wait for.
    from pipeline import inspection

    code = 0
    for path in options.file:
        try:
            findings = inspection.inspect(path)
        except PamphleteerError as error:
            voice.stopped(str(error), error.hint, error.exit_code)
            code = code or error.exit_code
            continue
        voice.inspected(path, findings)
        grave = report.count(findings, "error") + (options.strict and report.count(findings, "warning"))
        code = code or (CheckError.exit_code if grave else 0)
    return code


def _explain(options: Namespace, voice: Voice) -> int:
    # Imported here: it needs what reads and repairs, which a build that has nothing to do must not wait for.
    from pipeline import explaining, explaining_page

    house, notes = press.find(options.seeds, options.press)
    for note in notes:
        voice.finding(note)
    asked = explaining_page.asked(options.html)
    taken: set[str] = set()
    code = told = 0
    for name, each in explaining.run(options.seeds, house, tuple(options.title)):
        told += 1
        if isinstance(each, Failure):
            voice.stopped(each.message, each.hint, each.exit_code, each.trace, name)
            code = code or each.exit_code
            continue
        page = None
        if asked is not None:
            page = explaining_page.place(each, asked, taken)
            if told > 1 and page == asked:
                raise jobs.UsageError(f"{page}: one file cannot hold several titles", "name one title")
            explaining_page.save(page, explaining_page.page(each))
        voice.explained(each, page)
        grave = report.count(each.findings, "error") + (
            options.strict and report.count(each.findings, "warning")
        )
        code = code or (CheckError.exit_code if grave else 0)
    voice.explained_all(told)
    return code


_COMMANDS: Mapping[str, Callable[[Namespace, Voice], int]] = {
    "build": _build,
    "check": _check,
    "explain": _explain,
}


def _editions(house: Press, asked: Sequence[str]) -> tuple[Edition, ...]:
    """The editions that are meant by their names or kinds; all if none is named."""
    for name in asked:
        if not any(name in (edition.name, edition.kind) for edition in house.editions):
            known = ", ".join(
                dict.fromkeys(n for edition in house.editions for n in (edition.name, edition.kind))
            )
            raise jobs.UsageError(f"“{name}”: the press has no such edition", f"there are: {known}")
    return tuple(e for e in house.editions if not asked or e.name in asked or e.kind in asked)


# --- Words -----------------------------------------------------------------------------------------------


class Voice:
    """How we speak: to a person, plainly or on a terminal, or to a program."""

    def __init__(self, form: str, quiet: bool, verbose: bool) -> None:
        self._json = form == "json"
        self._quiet = quiet
        self._verbose = verbose
        self._explained = 0
        able = os.environ.get("TERM") != "dumb" and not self._json and not quiet
        self._live = able and sys.stderr.isatty()
        self._colour = able and sys.stderr.isatty() and not os.environ.get("NO_COLOR")

    def progress(self, made: int, of: int) -> None:
        """A line that is written over, on a terminal; elsewhere the lines of `outcome` tell enough."""
        if self._live and of:
            line = "" if made >= of else f"making {made + 1} of {of} …"
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()

    def finding(self, finding: Finding, source: str = "") -> None:
        if self._json:
            self._object(
                "finding",
                source=source or None,
                code=finding.code,
                severity=finding.severity,
                where=finding.where,
                message=finding.message,
                hint=finding.hint,
            )
        elif (
            finding.severity == "error"
            or self._verbose
            or (finding.severity == "warning" and not self._quiet)
        ):
            hint = f" ({finding.hint})" if finding.hint else ""
            message = f"{finding.where}: {finding.message}{hint} [{finding.code}]"
            self._line(sys.stderr, f"{self._mark(finding.severity)} {message}")

    def outcome(self, outcome: Outcome) -> None:
        failure = outcome.failure
        for finding in outcome.findings:
            self.finding(finding, outcome.source)
        if failure is not None:
            self.stopped(failure.message, failure.hint, failure.exit_code, failure.trace, outcome.source)
            return
        for folder in outcome.withdrawn:
            if self._json:
                self._object("withdrawn", source=outcome.source, folder=str(folder))
            elif not self._quiet:
                self._line(sys.stderr, f"{outcome.source}: has a new title, so {folder} is gone")
        if self._json:
            self._object(
                "title",
                source=outcome.source,
                state=outcome.state,
                title=outcome.title,
                folder=str(outcome.folder),
                repairs=outcome.repairs,
                files=[
                    {"edition": each.name, "file": str(path), "pages": each.pages, "sheets": each.sheets}
                    for each, path in outcome.editions
                ],
            )
        elif not self._quiet:
            notes = report.count(outcome.findings, "note")
            what: list[str] = [outcome.state]
            if outcome.state == "built":
                what += [_number(outcome.repairs, "repair")] if outcome.repairs else []
                what += [_number(notes, "note") + " for the editor"] if notes else []
            self._line(sys.stderr, f"{outcome.source}: {', '.join(what)}")

    def stopped(self, message: str, hint: str, code: int, trace: str = "", source: str = "") -> None:
        """What keeps a title, or everything, from being made: one sentence, and what to do."""
        if self._json:
            self._object(
                "error",
                source=source or None,
                exit_code=code,
                message=message,
                hint=hint,
                trace=trace if trace and self._verbose else None,
            )
            return
        if source and source not in message:
            message = f"{source}: {message}"
        # The trace is for us; who sees it has asked for it, and is not told to ask for it.
        tail = f" – {hint}" if hint and not (trace and self._verbose) else ""
        if trace and self._verbose:
            self._line(sys.stderr, trace.rstrip())
        self._line(sys.stderr, f"{self._mark('error')} {message}{tail}")

    def inspected(self, path: Path, findings: Sequence[Finding]) -> None:
        for finding in findings:
            self.finding(finding, str(path))
        errors, warnings = (sum(each.severity == kind for each in findings) for kind in ("error", "warning"))
        if self._json:
            self._object("checked", file=str(path), errors=errors, warnings=warnings)
        elif not self._quiet:
            verdict = (
                f"{_number(errors, 'error')}, {_number(warnings, 'warning')}"
                if errors + warnings
                else "all is well"
            )
            self._line(sys.stdout, f"{path}: {verdict}")

    def summary(self, outcomes: Sequence[Outcome]) -> None:
        """Where each file is."""
        failed = sum(outcome.failure is not None for outcome in outcomes)
        if self._json:
            self._object("end", titles=len(outcomes), failed=failed)
            return
        if self._quiet:
            return
        for outcome in outcomes:
            if outcome.state == "built" or (self._verbose and outcome.failure is None):
                for edition, path in outcome.editions:
                    self._line(sys.stdout, f"{path}{_size(edition.pages, edition.sheets, edition.sheet)}")
        if outcomes and all(outcome.state == "up to date" for outcome in outcomes):
            self._line(sys.stdout, f"{_number(len(outcomes), 'title')} up to date")
        elif not outcomes:
            self._line(sys.stderr, "there are no texts to make anything of")
        elif failed:
            self._line(sys.stderr, f"{failed} of {_number(len(outcomes), 'title')} not published")

    def explained(self, told: Explanation, page: Path | None) -> None:
        """What was repaired in a text, or where the page is that says so."""
        from pipeline import explaining_text

        if self._json:
            for event, fields in explaining_text.objects(told):
                self._object(
                    event, **fields, **({"page": str(page)} if page and event == "explained" else {})
                )
        elif self._quiet or page:
            for finding in told.findings:
                self.finding(finding)
            if page and not self._quiet:
                self._line(sys.stdout, f"{page}  ({_number(len(told.after.ledger), 'repair')})")
        else:
            able = os.environ.get("TERM") != "dumb" and not os.environ.get("NO_COLOR")
            colour = able and sys.stdout.isatty()
            if self._explained:
                self._line(sys.stdout, "\n" + "─" * 40 + "\n")
            for line in explaining_text.lines(told, colour=colour, whole=self._verbose):
                self._line(sys.stdout, line)
        self._explained += 1

    def explained_all(self, titles: int) -> None:
        if not titles and not self._json and not self._quiet:
            self._line(sys.stderr, "there are no texts to explain")

    def _mark(self, severity: str) -> str:
        colour = {"error": "31", "warning": "33"}.get(severity, "2")
        return f"\x1b[{colour}m{severity}:\x1b[0m" if self._colour else f"{severity}:"

    def _line(self, stream: TextIO, line: str) -> None:
        if self._live:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
        print(line, file=stream)

    def _object(self, event: str, **fields: object) -> None:
        told = {"event": event, **{key: value for key, value in fields.items() if value is not None}}
        print(json.dumps(told, ensure_ascii=False), flush=True)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _size(pages: int, sheets: int, sheet: str | None) -> str:
    if sheets and sheet:
        return f"  ({_number(sheets, 'sheet')} of {_SHEETS[sheet]})"
    return f"  ({_number(pages, 'page')})" if pages else ""
