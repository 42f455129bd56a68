"""The command line of the benchmark: runs rows, prints the table. A missed bar is no error.

python -m bench [--rows NAME …] [--rounds N] [--full] [--json FILE]
"""

from __future__ import annotations

import argparse
import contextlib
import tempfile
import time
from pathlib import Path

from rich.console import Console

from bench.figures import Remark, Result
from bench.lab import Lab
from bench.process import Failed
from bench.report import as_json, heading, remarks, table
from bench.rows import ROWS

WIDTH = 100  # columns that the table needs
OUT = Console(highlight=False, emoji=False, width=max(WIDTH, Console().width))
PROGRESS = Console(highlight=False, emoji=False, stderr=True)


def main() -> None:
    """Measures, prints the table; writes the JSON after each row."""
    chosen = _parser().parse_args()
    results: dict[str, list[Result]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        lab = Lab(Path(folder), chosen.rounds, chosen.full)
        with contextlib.suppress(KeyboardInterrupt):  # then the rows so far are printed
            for name in chosen.rows:
                results[name] = _measured(lab, name)
                if chosen.json:
                    chosen.json.write_text(as_json(results, lab.bare_runs), encoding="utf-8")
    OUT.print(heading(lab.bare_runs))
    OUT.print(table(results))
    for line in remarks(results):
        OUT.print(line, markup=False)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bench",
        description="Measures the speed of the site's commands against the same pages built bare.",
    )
    parser.add_argument("--rows", nargs="+", choices=tuple(ROWS), default=list(ROWS))
    parser.add_argument("--rounds", type=int, default=5, help="at most; long rows take fewer")
    parser.add_argument("--full", action="store_true", help="24 editions, 200 cases, the tests")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all samples there")
    return parser


def _measured(lab: Lab, name: str) -> list[Result]:
    """The figures of a row, or why it has none."""
    start = time.perf_counter()
    try:
        with PROGRESS.status(f"Measuring {name} …"):
            return ROWS[name](lab)
    except Failed as failure:
        return [Remark(name, str(failure))]
    finally:
        PROGRESS.print(f"{name}: {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
