"""What was measured, beside its bar: medians, ratios, met or missed. Measures nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from bench.process import Usage

# `bare`: in builds of the same English pages bare; `s`: seconds; `times`: one cost in another
Unit = Literal["bare", "s", "times"]
Verdict = Literal["met", "missed", ""]


@dataclass(frozen=True)
class Pair:
    """A run of ours, and one bare build just before it."""

    bare: Usage
    own: Usage

    @property
    def processor(self) -> float:
        """Processor time, in bare builds."""
        return self.own.processor / self.bare.processor

    @property
    def clock(self) -> float:
        """Time by the clock, in bare builds."""
        return self.own.clock / self.bare.clock


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure of the table.

    `samples` holds what each round measured, `bare` what the same pages cost bare, both in `unit`.
    `bar` is the most that the figure may be. `peak`: MiB of the largest process.
    """

    name: str
    unit: Unit
    samples: tuple[float, ...]
    bare: float | None = None
    bar: float | None = None
    peak: float | None = None

    @property
    def value(self) -> float:
        """The median of the samples."""
        return median(self.samples)

    @property
    def ratio(self) -> float | None:
        """How many times the cost of the same pages bare."""
        if self.bare is None:
            return None
        return self.value / self.bare

    @property
    def verdict(self) -> Verdict:
        """Whether the bar is met; empty where there is none."""
        if self.bar is None:
            return ""
        return "met" if self.value <= self.bar else "missed"


@dataclass(frozen=True)
class Remark:
    """A figure that could not be had, and why."""

    name: str
    reason: str


Result = Figure | Remark


def processor(
    name: str,
    pairs: Sequence[Pair],
    *,
    editions: int = 1,
    bar: float | None = None,
) -> Figure:
    """Processor time in bare builds; the same pages bare are `editions` of them."""
    samples = [pair.processor for pair in pairs]
    return _in_bare_builds(f"{name}, processor", samples, pairs, editions, bar)


def clock(
    name: str,
    pairs: Sequence[Pair],
    *,
    editions: int = 1,
    bar: float | None = None,
) -> Figure:
    """Time by the clock in bare builds; the same pages bare are `editions` of them."""
    samples = [pair.clock for pair in pairs]
    return _in_bare_builds(f"{name}, clock", samples, pairs, editions, bar)


def _in_bare_builds(
    name: str,
    samples: Sequence[float],
    pairs: Sequence[Pair],
    editions: int,
    bar: float | None,
) -> Figure:
    return Figure(
        name=name,
        unit="bare",
        samples=tuple(samples),
        bare=editions,
        bar=bar,
        peak=largest(pairs),
    )


def seconds(
    name: str,
    samples: Sequence[float],
    *,
    bare: float | None = None,
    bar: float | None = None,
) -> Figure:
    """Seconds by the clock; `bare` is what the same pages take bare."""
    return Figure(name=name, unit="s", samples=tuple(samples), bare=bare, bar=bar)


def largest(pairs: Sequence[Pair]) -> float:
    """MiB of the largest process of our runs."""
    return max(pair.own.peak for pair in pairs)


def growth(sizes: Sequence[int], costs: Sequence[float]) -> float:
    """What one more costs between the two larger of three sizes, in what it costs between the two
    smaller. 1 is linear growth.
    """
    small, middle, large = sizes
    cost_of_small, cost_of_middle, cost_of_large = costs
    early = (cost_of_middle - cost_of_small) / (middle - small)
    late = (cost_of_large - cost_of_middle) / (large - middle)
    return late / early
