"""How long the worksheets take and how large they are: `python -m bench.sheets`.

Bars: 50 worksheets in 10 s; 40 KB for a flat one, 130 KB for one with fields to fill in.
"""

from __future__ import annotations

import tempfile
from itertools import cycle, islice
from pathlib import Path

from bench.stopwatch import timed
from roadmap.pdf.renderer import Job, PdfRenderer
from roadmap.pdf.worksheets import jobs_of, write_worksheets
from roadmap.project.project import Project

ROOT = Path(__file__).resolve().parent.parent
KIB = 1024


def main() -> None:
    """Prints a line for each step, then the sizes of flat and of fillable worksheets."""
    english = Project(ROOT).english
    jobs = list(jobs_of(english.pieces("worksheets/index.md")))
    flat = []
    fillable = []
    for job in jobs:
        if job.fillable:
            fillable.append(job)
        elif not job.file.startswith("all-"):
            flat.append(job)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        duration, paths = timed(lambda: write_worksheets(english, folder, lambda _: None))
    print(f"{duration}  the worksheets of an edition, cache included: {len(paths)} PDFs")
    renderer = PdfRenderer(ROOT, "bench")
    duration, _ = timed(lambda: renderer.render(flat[0]))
    print(f"{duration}  the first worksheet, with WeasyPrint and the fonts: {flat[0].file}")
    _time("every PDF of an edition", renderer, jobs)
    _time("50 flat worksheets", renderer, _fifty(flat))
    _time("50 fillable worksheets", renderer, _fifty(fillable))
    _print_sizes("flat", renderer, flat)
    _print_sizes("fillable", renderer, fillable)


def _fifty(jobs: list[Job]) -> list[Job]:
    """Fifty jobs: some come more than once."""
    return list(islice(cycle(jobs), 50))


def _time(name: str, renderer: PdfRenderer, jobs: list[Job]) -> None:
    duration, sizes = timed(lambda: _sizes(renderer, jobs))
    kilobytes = sum(sizes) / KIB
    print(f"{duration}  {name}: {len(sizes)} PDFs, {kilobytes:.0f} KB")


def _print_sizes(name: str, renderer: PdfRenderer, jobs: list[Job]) -> None:
    sizes = sorted(_sizes(renderer, jobs))
    smallest = sizes[0] / KIB
    middle = sizes[len(sizes) // 2] / KIB
    largest = sizes[-1] / KIB
    print(f"{name}: {smallest:.1f} to {largest:.1f} KB, middle {middle:.1f} KB")


def _sizes(renderer: PdfRenderer, jobs: list[Job]) -> list[int]:
    """Bytes of each PDF, rendered afresh."""
    return [len(renderer.render(job)) for job in jobs]


if __name__ == "__main__":
    main()
