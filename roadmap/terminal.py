"""What commands share: the checkout that one stands in, and how things are printed."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # a notice of the theme; our pin is the answer

from rich.console import Console

from macros.facts.problem import Problem, Problems
from roadmap.check.report import FORMATS

if TYPE_CHECKING:
    from roadmap.project.project import Edition, Project

OUT = Console(highlight=False, emoji=False, markup=False, soft_wrap=True)
ERR = Console(highlight=False, emoji=False, markup=False, soft_wrap=True, stderr=True)
MARKER = "mkdocs.yml"  # in the folder of a checkout


def checkout(start: Path) -> Path:
    """The nearest folder with a mkdocs.yml, from `start` upwards. Raises Problems."""
    for folder in (start, *start.parents):
        if (folder / MARKER).is_file():
            return folder
    found = f"no {MARKER} here or in a folder above"
    raise Problems([Problem(str(start), 1, found, "a folder of a checkout of the Roadmap site")])


def project_here() -> Project:
    """The checkout that one stands in. Raises Problems."""
    from roadmap.project.project import Project

    root = checkout(Path.cwd())
    return Project(root)


def editions_of(project: Project, codes: list[str]) -> list[Edition]:
    """The editions with these codes; without codes, all."""
    return [project.edition(code) for code in codes or project.codes]


def add_editions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "editions",
        nargs="*",
        metavar="code",
        help="only these editions, such as `da`",
    )


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def report(problems: Iterable[Problem], form: str) -> None:
    """Prints problems; as text, and with an error among them, where errors are printed."""
    problems = list(problems)
    to_errors = form == "text" and has_errors(problems)
    console = ERR if to_errors else OUT
    text = FORMATS[form](problems)
    console.print(text, end="")


def tell(form: str, lines: list[str]) -> None:
    """Prints what was done."""
    if form == "json":
        data = {"problems": [], "done": lines}
        text = json.dumps(data, ensure_ascii=False, indent=1)
        OUT.print(text)
        return
    for line in lines:
        OUT.print(line)
