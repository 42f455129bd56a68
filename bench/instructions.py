"""Counts the instructions of a command, with perf or valgrind where they are there."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.figures import Remark
from bench.process import Failed, measure

PERF = ["perf", "stat", "--event", "instructions:u", "--field-separator", ","]
VALGRIND = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--trace-children=yes"]
NAME = "instructions"


class Perf:
    """Counts with the counters of the processor: as fast as the command itself."""

    def count(self, command: Sequence[str], folder: Path) -> int:
        """User instructions of a command and its children. Raises Failed."""
        with tempfile.NamedTemporaryFile("r") as file:
            measure([*PERF, "--output", file.name, "--", *command], folder)
            report = file.read()
        counted = re.search(r"^(\d+),", report, re.MULTILINE)
        if counted is None:
            raise Failed("perf cannot count instructions on this machine")
        return int(counted[1])


class Valgrind:
    """Counts in a simulated processor: some fifty times slower than the command."""

    def count(self, command: Sequence[str], folder: Path) -> int:
        """User instructions of a command and its children. Raises Failed."""
        with tempfile.TemporaryDirectory() as logs:
            files = [f"--log-file={logs}/%p.log", "--cachegrind-out-file=/dev/null"]
            measure([*VALGRIND, *files, *command], folder)
            return sum(map(_references, Path(logs).iterdir()))


def counter_of(full: bool) -> Perf | Valgrind | Remark:
    """What can count here, or why nothing does. valgrind is slow: only where all is asked for."""
    if shutil.which("perf") and _perf_counts():
        return Perf()
    if not shutil.which("valgrind"):
        return Remark(NAME, "neither perf, with counters that work, nor valgrind is there")
    if not full:
        return Remark(NAME, "perf cannot count here; valgrind would, but is slow: only with --full")
    return Valgrind()


def _perf_counts() -> bool:
    """Whether perf works on this machine: virtual ones often have no counters."""
    try:
        Perf().count(["true"], Path.cwd())
    except Failed:
        return False
    return True


def _references(log: Path) -> int:
    """The instructions that a log of cachegrind names; none for a process that did not end."""
    found = re.search(r"I +refs: +([\d,]+)", log.read_text(encoding="utf-8"))
    if found is None:
        return 0
    return int(found[1].replace(",", ""))
