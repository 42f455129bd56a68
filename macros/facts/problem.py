"""One shape for everything that is wrong with a contribution. Judges nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """Reads `path:line: what is there; what must be there instead`. Lines count from 1."""

    path: str
    line: int
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.found}; {self.expected}"


class Problems(Exception):
    """All that is wrong, sorted, none twice."""

    def __init__(self, problems: set[Problem] | list[Problem]):
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


def shown(path: Path, root: Path) -> str:
    """A path as a message names it: from the root of the project, with forward slashes."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
