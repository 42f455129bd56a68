"""Speaks to MkDocs: reads its configuration, runs its build, and says its complaints in our
words.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from macros.facts.problem import Problem, Problems, shown

KEY = re.compile(r"Config value '(\w+)'")


def config(file: Path, **changes: Any) -> Any:
    """The configuration in a file. Raises Problems."""
    with _complaints(file):
        return load_config(str(file), **changes)


def build(file: Path, folder: Path) -> None:
    """Builds the pages that a configuration names into a folder, strictly. Raises Problems."""
    with _complaints(file):
        settings = load_config(str(file), site_dir=str(folder), strict=True)
        settings.plugins.on_startup(command="build", dirty=False)
        mkdocs_build.build(settings)
        settings.plugins.on_shutdown()


@contextmanager
def _complaints(file: Path) -> Iterator[None]:
    """Turns warnings and errors of MkDocs into Problems."""
    heard = _Listener(file)
    log = logging.getLogger("mkdocs")
    log.addHandler(heard)
    try:
        yield
    except (Abort, MkDocsException) as error:
        if not heard.problems:
            heard.problems.append(heard.problem(str(error)))
    finally:
        log.removeHandler(heard)
    if heard.problems:
        raise Problems(heard.problems)


class _Listener(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self, file: Path) -> None:
        super().__init__(logging.WARNING)
        self.name_shown = shown(file, file.parent)
        self.lines = file.read_text(encoding="utf-8").splitlines()
        self.problems: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.problems.append(self.problem(record.getMessage()))

    def problem(self, words: str) -> Problem:
        key = KEY.search(words)
        line = next(
            (i for i, text in enumerate(self.lines, 1) if key and text.lstrip().startswith(key[1])),
            1,
        )
        return Problem(self.name_shown, line, words.strip().rstrip("."), "a build without warnings")
