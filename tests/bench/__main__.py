"""Measures, prints ratios and whether our goals are met; exits with 1 only if it could not measure.

The yardstick is bare WeasyPrint on the pamphlet's own HTML, stylesheet and faces: what no build can save.
Both are whole processes, from a cold start, measured in turns so that a busy machine burdens both alike.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from tests.bench.measure import ROOT, Unmeasurable, memory, ratio, run

STYLES = ROOT / "styles"
TEXT = next((ROOT / "seeds").glob("000_*.txt"))

_MARKUP = """
import sys
from pathlib import Path
from pipeline import build, press, sources
from pipeline.normalise import normalise
from pipeline.readers import read
from pipeline.renderers import pdf
seeds = Path(sys.argv[1])
house, _ = press.find(seeds, None)
source = sources.load(sources.find(seeds)[0])
publication, _ = normalise(read(source, house), source, house)
Path(sys.argv[2]).write_text(pdf.markup(publication, house, build.date_of(publication, None)), encoding="utf-8")
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--pairs", type=int, default=7, help="how often each pair is measured (7)")
    parser.add_argument("--titles", type=int, default=20, help="how many titles are made in parallel (20)")
    options = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), options.pairs, options.titles)
    except Unmeasurable as error:
        print(f"could not measure: {error}", file=sys.stderr)
        return 1
    return 0


def measure(scratch: Path, pairs: int, titles: int) -> None:
    seeds = scratch / "one" / "seeds"
    copies(seeds, 1)
    build = ["-m", "pipeline", "build", "-q", "--seeds", str(seeds), "-o", str(scratch / "dist")]
    cold = [*build, "--no-cache", "-j", "1"]

    page = scratch / "in.html"
    run(["-c", _MARKUP, str(seeds), str(page)])
    stylesheet = STYLES / "pamphlet.css"
    bare = ["-m", "weasyprint", "-q", "--pdf-variant", "pdf/ua-1", "-u", f"{STYLES}/", "-s", str(stylesheet)]
    bare += [str(page), str(scratch / "out.pdf")]
    faces = {"FONTCONFIG_FILE": str(STYLES / "fonts" / "fonts.conf"), "PYTHONWARNINGS": "ignore"}

    run(cold)
    run(bare, faces)
    ours, theirs, idle = [], [], []
    for _ in range(pairs):
        ours.append(run(cold).cpu)
        theirs.append(run(bare, faces).cpu)
        idle.append(run(build).cpu)
    whole = ratio(ours, theirs)
    tell("all editions and checks ÷ bare WeasyPrint, CPU", str(whole), whole.median <= 1.25, "≤ 1.25")
    least = statistics.median(idle)
    tell("a run with nothing to do, CPU", f"{least:.3f} s", least < 0.25, "< 0.25 s")
    share = ratio(idle, ours)
    tell("the same ÷ a whole build", f"{share.median:.2f}")
    held = memory(cold[2:], scratch)
    tell("most memory, own process", f"{held:.0f} MB", held < 130, "< 130 MB")

    many = scratch / "many" / "seeds"
    copies(many, titles)
    build = [
        "-m",
        "pipeline",
        "build",
        "-q",
        "--no-cache",
        "--seeds",
        str(many),
        "-o",
        str(scratch / "dist-many"),
    ]
    alone, together = [], []
    for _ in range(3):
        alone.append(run([*build, "-j", "1"]))
        together.append(run(build))
    speed = ratio([each.elapsed for each in alone], [each.elapsed for each in together])
    tell(f"{titles} titles one after another ÷ on all cores, elapsed", str(speed))
    # Their CPU time cannot be had: workers are children of a process that is not ours.
    each_one = statistics.median(each.cpu for each in alone) / titles / statistics.median(ours)
    tell(f"a title among {titles} ÷ a title alone, CPU", f"{each_one:.2f}")


def copies(seeds: Path, count: int) -> None:
    """The founding text and its sidecar, `count` times under as many titles."""
    seeds.mkdir(parents=True)
    text = TEXT.read_text("utf-8")
    sidecar = TEXT.with_suffix(".toml")
    for number in range(count):
        title = "Socialism in one organization" + (f" {number}" if number else "")
        name = f"{number:03}"
        (seeds / f"{name}.txt").write_text(text.replace("Socialism in one organization", title), "utf-8")
        if sidecar.exists():
            (seeds / f"{name}.toml").write_bytes(sidecar.read_bytes())
    (seeds.parent / "press.toml").write_bytes((ROOT / "press.toml").read_bytes())


def tell(what: str, figure: str, met: bool | None = None, goal: str = "") -> None:
    verdict = "" if met is None else f"  goal {goal}: {'met' if met else 'NOT MET'}"
    print(f"{what:<58} {figure}{verdict}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
