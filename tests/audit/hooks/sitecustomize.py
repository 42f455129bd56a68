"""Counts the steps in which a build changes files, and kills it at one of them: for tests/audit/kill.py.

Python imports this module at its start where its folder is on the path. The environment says what to do:
STEPS_FILE: write a line for each step; KILL_AT: the number of the step to be killed at, before it is done;
NO_EXCHANGE: the C library has no function that exchanges two folders.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

CHANGES = {"os.mkdir", "os.remove", "os.rename", "os.rmdir", "shutil.copytree", "shutil.rmtree"}
EXCHANGES = {"renameat2", "renamex_np"}
PROCESS, FOLDER = os.getpid(), str(Path.cwd())
KILL_AT = int(os.environ.get("KILL_AT", -1))
steps: list[str] = []


def note(event: str, arguments: tuple) -> None:
    """Takes notice of what this process does, but not of what processes do that it has started."""
    if os.getpid() != PROCESS:
        return
    if event == "ctypes.dlsym" and arguments[1] in EXCHANGES:
        if "NO_EXCHANGE" in os.environ:
            raise AttributeError
        step(arguments[1])
    elif event in CHANGES and is_of_the_project(os.fsdecode(arguments[0])):
        step(f"{event} {os.fsdecode(arguments[0])}")


def is_of_the_project(path: str) -> bool:
    """Whether a path is below the folder of the build. `rmtree` names files from their own folder."""
    return path.startswith(FOLDER) or "/" not in path


def step(name: str) -> None:
    if len(steps) == KILL_AT:
        os.killpg(0, signal.SIGKILL)
    steps.append(name)
    if "STEPS_FILE" in os.environ:
        with open(os.environ["STEPS_FILE"], "a", encoding="utf-8") as file:  # noqa: PTH123
            file.write(f"{name}\n")


sys.addaudithook(note)
