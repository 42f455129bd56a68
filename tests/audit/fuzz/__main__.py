"""`python -m tests.audit.fuzz [count] [seed]`: gives every parser of what strangers write mutated files. Run it before a release.

Ten thousand mutations of real files, shared out evenly: pages with their front matter, catalogues, YAML, answers from a file or
a storage, and what is typed into search. Prints a row for each parser, then each fault: anything raised but a refusal, work of
more than a second, memory of more than 300 MiB. The same seed gives the same inputs. Ten minutes. Exit code 1 at any fault.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from playwright.sync_api import sync_playwright

from roadmap.build import build
from tests.audit.fuzz import contributions, scripts
from tests.audit.fuzz.harness import Figures, run
from tests.audit.tools import chromium
from tests.conftest import copy_project

COUNT, SEED = 10_000, 11
AT_ONCE = 2  # processes
HEADINGS = ("parser", "inputs", "refused", "accepted", "slowest", "peak", "faults")
ROW = "{:20} {:>7} {:>8} {:>9} {:>8} {:>8} {:>7}"


def main(count: int, seed: int) -> int:
    names = (*contributions.PARSERS, "answers", "search queries")
    shares = [len(range(number, count, len(names))) for number in range(len(names))]
    print(f"Seed {seed}.\n{ROW.format(*HEADINGS)}", flush=True)
    found = []
    with ProcessPoolExecutor(AT_ONCE) as pool:
        for figures in pool.map(figures_of, names, shares, [seed] * len(names)):
            print(row(figures), flush=True)
            found += figures.faults
    for fault in found:
        print(f"\n{fault}\n{fault.details}")
    return bool(found)


def figures_of(name: str, count: int, seed: int) -> Figures:
    """What came of so many inputs of a parser."""
    with tempfile.TemporaryDirectory(prefix="roadmap-fuzz-") as given:
        folder = Path(given).resolve()
        if name == "answers":
            return scripts.read_answers(scripts.answers(), seed, range(count), folder)
        if name == "search queries":
            return _queries(folder, seed, range(count))
        return run(contributions.PARSERS[name](folder), seed, range(count))


def _queries(folder: Path, seed: int, indices: Sequence[int]) -> Figures:
    site = build(copy_project(folder / "project"), say=lambda _: None, pdf=False)
    with sync_playwright() as playwright, chromium(playwright) as browser:
        return scripts.read_queries(scripts.queries(), seed, indices, browser, site)


def row(figures: Figures) -> str:
    numbers = (figures.inputs, figures.refused, figures.accepted)
    peak = f"{figures.memory // 1024} MiB"
    return ROW.format(figures.parser, *numbers, f"{figures.slowest:.2f} s", peak, len(figures.faults))


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*given, *(COUNT, SEED)[len(given) :]))
