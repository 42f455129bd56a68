"""Measures how long work takes, by the clock and by the processor."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True)
class Duration:
    """Seconds by the clock, and seconds of the processor."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:6.1f} s ({self.processor:.1f} s of the processor)"


def timed(work: Callable[[], Result]) -> tuple[Duration, Result]:
    """Does some work; returns how long it took, and its result."""
    clock = time.perf_counter()
    processor = time.process_time()
    result = work()
    duration = Duration(
        clock=time.perf_counter() - clock,
        processor=time.process_time() - processor,
    )
    return duration, result
