"""Writes what was measured: a table for the terminal, JSON for programs."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from statistics import median
from typing import Any

from rich import box
from rich.table import Table

from bench.figures import Figure, Remark, Result
from bench.process import Usage

SUFFIX = {"bare": "", "s": " s", "times": " ×"}
COLOURS = {"met": "green", "missed": "red", "": ""}

Results = Mapping[str, Sequence[Result]]


def heading(bare_runs: Sequence[Usage]) -> str:
    """The machine, and what one bare build takes there."""
    machine = _machine()
    text = f"{machine['cores']} cores, load {machine['load']}, Python {machine['python']}."
    if bare_runs:
        unit = _unit(bare_runs)
        text += (
            " Numbers without a unit are bare builds of the English pages:"
            f" {unit['processor']:.2f} s of the processor, {unit['clock']:.2f} s by the clock,"
            f" {unit['peak']:.0f} MiB (median of {unit['runs']})."
        )
    return text


def table(results: Results) -> Table:
    """The figures of all rows."""
    shown = Table(box=box.SIMPLE_HEAD)
    shown.add_column("figure")
    for name in ("here", "bar", "", "bare", "× bare", "MiB", "runs"):
        shown.add_column(name, justify="right", no_wrap=True)
    for of_row in results.values():
        for result in of_row:
            if isinstance(result, Figure):
                shown.add_row(*_cells(result))
        shown.add_section()
    return shown


def remarks(results: Results) -> list[str]:
    """A line for each figure that could not be had."""
    lines = []
    for of_row in results.values():
        for result in of_row:
            if isinstance(result, Remark):
                lines.append(f"{result.name}: {result.reason}")
    return lines


def _cells(figure: Figure) -> list[str]:
    """What a line of the table says."""
    suffix = SUFFIX[figure.unit]
    verdict = figure.verdict
    colour = COLOURS[verdict]
    return [
        figure.name,
        _number(figure.value, suffix),
        "" if figure.bar is None else f"≤ {figure.bar:g}{suffix}",
        f"[{colour}]{verdict}[/]" if verdict else "",
        _number(figure.bare, suffix),
        _number(figure.ratio, ""),
        "" if figure.peak is None else f"{figure.peak:.0f}",
        str(len(figure.samples)),
    ]


def _number(value: float | None, suffix: str) -> str:
    """A number with its unit, to three digits or so; nothing where there is none."""
    if value is None:
        return ""
    digits = 2 if abs(value) < 10 else 1
    return f"{value:.{digits}f}{suffix}"


def as_json(results: Results, bare_runs: Sequence[Usage]) -> str:
    """Everything that was measured."""
    rows = {}
    for row, of_row in results.items():
        rows[row] = [_as_data(result) for result in of_row]
    data = {
        "machine": _machine(),
        "bare": _unit(bare_runs) if bare_runs else None,
        "rows": rows,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _as_data(result: Result) -> dict[str, Any]:
    data = asdict(result)
    if isinstance(result, Figure):
        data["value"] = result.value
        data["ratio"] = result.ratio
        data["verdict"] = result.verdict
    return data


def _machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "system": platform.platform(),
    }


def _unit(bare_runs: Sequence[Usage]) -> dict[str, float]:
    """Medians of the bare builds: seconds, and MiB of the largest process."""
    return {
        "processor": median(run.processor for run in bare_runs),
        "clock": median(run.clock for run in bare_runs),
        "peak": median(run.peak for run in bare_runs),
        "runs": len(bare_runs),
    }
