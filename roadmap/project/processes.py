"""Does the same work for several editions side by side, each in a process of its own."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")

_work: Callable[[str], Any]


def side_by_side(work: Callable[[str], Result], codes: Collection[str]) -> Iterator[Result]:
    """What the work results in for each edition, in their order.

    The processes are forked: they begin with all that this one has loaded, and what they learn is
    not known here. Where nothing can be forked, or for one edition, this process does it.
    """
    global _work
    _work = work  # forked processes find it here: it need not be sent to them
    workers = min(os.cpu_count() or 1, len(codes))
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    if workers < 2 or not can_fork:
        yield from map(work, codes)
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, context) as pool:
        yield from pool.map(_do, codes)


def _do(code: str) -> Any:
    return _work(code)
