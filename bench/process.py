"""Runs a command to its end and says what it took. Knows nothing of the project."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
# The copies run the code of this checkout, which Python has compiled before, as packages are
ENVIRONMENT = os.environ | {
    "PYTHONPATH": str(ROOT),
    "PYTHONSAFEPATH": "1",
    "NO_MKDOCS_2_WARNING": "1",
}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)
KIB_IN_MIB = 1024


class Failed(Exception):
    """A command that stopped with an error, with the last lines that it printed."""


@dataclass(frozen=True)
class Usage:
    """What a command took.

    `clock`: seconds by the clock. `processor`: seconds of the processor, user and system, of the
    command and of every process that it waited for. `peak`: MiB of the largest of these.
    """

    clock: float
    processor: float
    peak: float

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            clock=self.clock + other.clock,
            processor=self.processor + other.processor,
            peak=max(self.peak, other.peak),
        )


def python(module: str, *arguments: str) -> list[str]:
    """The command that runs a module with the Python of this process."""
    return [sys.executable, "-m", module, *arguments]


def measure(command: Sequence[str], folder: Path) -> Usage:
    """Runs a command in a folder. Raises Failed."""
    with tempfile.TemporaryFile("w+") as output:
        return _measure(command, folder, output)


def _measure(command: Sequence[str], folder: Path, output: IO[str]) -> Usage:
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=ENVIRONMENT,
        stdout=output,
        stderr=subprocess.STDOUT,
    )
    _, status, resources = os.wait4(process.pid, 0)
    clock = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        output.seek(0)
        last_lines = output.read().splitlines()[-5:]
        raise Failed("\n".join([" ".join(command), *last_lines]))
    return Usage(
        clock=clock,
        processor=resources.ru_utime + resources.ru_stime,
        peak=resources.ru_maxrss / KIB_IN_MIB,
    )
