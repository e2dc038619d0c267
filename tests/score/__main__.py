"""Prints a line for each text, and the means; exits with 0 whatever they are.

python -m tests.score FACTS.toml FOLDER… [-v] [--keep]
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from tests.score.judging import judged


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.score", description=__doc__)
    parser.add_argument("facts", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("-v", "--verbose", action="store_true", help="say which facts are not met")
    parser.add_argument(
        "--keep", action="store_true", help="raise the floors beside the facts to what is reached"
    )
    options = parser.parse_args()
    totals: dict[str, float] = {}
    by: dict[str, list[float]] = defaultdict(list)
    for each in judged(options.facts, options.folders):
        totals[each.name] = each.total
        for category, value in each.by.items():
            by[category].append(value)
        faults = f"  NOT PUBLISHED ({len(each.faults)})" if each.faults else ""
        print(f"{each.name:8} {each.total:.3f}  {_line(each.by)}{faults}", flush=True)
        if options.verbose:
            for said in (*each.faults, *each.missed):
                print(f"    {said}")
    if totals:
        means = {category: sum(values) / len(values) for category, values in by.items()}
        print(f"{'mean':8} {sum(totals.values()) / len(totals):.3f}  {_line(means)}  ({len(totals)} texts)")
    if options.keep:
        _raise(options.facts.with_name("floors.toml"), totals)
    return 0


def _line(by: Mapping[str, float]) -> str:
    return "  ".join(f"{category} {value:.2f}" for category, value in by.items())


def _raise(path: Path, totals: Mapping[str, float]) -> None:
    before = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    floors = {name: max(round(total, 3), before.get(name, 0.0)) for name, total in totals.items()}
    head = (
        "# What `make score` reached; tests/test_score.py lets none fall. Raised by: make score ARGS=--keep\n"
    )
    path.write_text(
        head + "".join(f"{name} = {value}\n" for name, value in {**before, **floors}.items()), "utf-8"
    )


if __name__ == "__main__":
    sys.exit(main())
