"""Everything that stops work, with the exit code and the advice that the command line gives.

::

    PamphleteerError
    ├── SourceError    3   a source is missing, unreadable, empty, or not what it says
    ├── ConfigError    4   press.toml or a sidecar does not say what it should
    ├── EngineError    5   a program, library or font that we need is not there, or failed
    ├── CheckError     6   an edition was made but is not right, so nothing was published
    └── StoreError     7   the results cannot be written or read back

Exit code 2 is a wrong command line (argparse), 1 is a defect of ours, 130 an interrupt.
Findings (`pipeline.findings`) report; only these stop.
"""


class PamphleteerError(Exception):
    """One clear sentence (`str(error)`), and what to do about it (`hint`)."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        # Workers hand errors back over a pipe; the default pickling would drop the hint.
        return type(self), (str(self), self.hint)


class SourceError(PamphleteerError):
    """A source is missing, unreadable, empty, or not what its name says."""

    exit_code = 3


class ConfigError(PamphleteerError):
    """press.toml or a sidecar does not say what it should; the message names file and line."""

    exit_code = 4


class EngineError(PamphleteerError):
    """A program, library or font that we need is missing or failed."""

    exit_code = 5


class CheckError(PamphleteerError):
    """An edition was made and is not right; nothing of the title was published."""

    exit_code = 6


class StoreError(PamphleteerError):
    """The results cannot be written to, or read back from, the output folder."""

    exit_code = 7
