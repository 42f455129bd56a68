"""What a check found before, for as long as what it reads stays the same. Judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import astuple
from typing import Any

from macros.facts.problem import Problem, collect_problems
from roadmap.project.cache import Memo


def remembered(
    memo: Memo,
    check: Callable[..., Iterable[Problem]],
    *arguments: Any,
    values: Iterable[object],
) -> list[Problem]:
    """What a check finds, or raises. `values` are all that it depends on, besides our code."""

    def find() -> list[tuple[Any, ...]]:
        found = collect_problems(lambda: check(*arguments))
        return [astuple(problem) for problem in found]

    name = f"{check.__module__}.{check.__qualname__}"
    return [Problem(*each) for each in memo.get(find, name, *values)]
