"""Does work of the same kind side by side, each piece of it in a process of its own."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")

_work: Callable[[str], Any] | None = None
_cores = os.cpu_count() or 1  # for this process: a forked one has its share of them


def side_by_side(work: Callable[[str], Result], names: Collection[str]) -> Iterator[Result]:
    """What the work results in for each name, of an edition for example, in their order.

    The processes are forked: they begin with all that this one has loaded, and what they learn is
    not known here. Where nothing can be forked, or one core is free, this process does the work.
    """
    global _work
    workers = min(_cores, len(names))
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    if workers < 2 or not can_fork:
        yield from map(work, names)
        return
    outer, _work = _work, work  # forked processes find it here: it need not be sent to them
    context = multiprocessing.get_context("fork")
    try:
        with ProcessPoolExecutor(
            workers, context, initializer=_begin, initargs=(_cores // workers,)
        ) as pool:
            yield from pool.map(_do, names)
    finally:
        _work = outer


def _begin(cores: int) -> None:
    global _cores
    _cores = cores


def _do(name: str) -> Any:
    assert _work
    return _work(name)
