"""How long the sheets take and how large they are: `python -m bench.sheets`. Bars: 50 sheets in 10
s, 40 and 130 KB.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable
from itertools import cycle, islice
from pathlib import Path

from roadmap.pdf import worksheets
from roadmap.pdf.renderer import Job, Press

ROOT = Path(__file__).resolve().parent.parent
KIB = 1024


def main() -> None:
    pieces = worksheets.english(ROOT)
    jobs = list(worksheets.jobs_of(pieces))
    flat = [job for job in jobs if not job.fillable and not job.file.startswith("all-")]
    fillable = [job for job in jobs if job.fillable]
    with tempfile.TemporaryDirectory() as temporary:
        seconds, made = _timed(worksheets.make, ROOT, Path(temporary), lambda _: None)
        _say(
            "the sheets of an edition, what is in the cache left alone",
            seconds,
            f"{len(made)} PDFs",
        )
    press = Press(ROOT, "bench")
    seconds, _ = _timed(press.made, flat[0])
    _say("the first sheet, WeasyPrint and the font loaded", seconds, flat[0].file)
    all_fifty = ("50 flat sheets", _fifty(flat)), ("50 fillable", _fifty(fillable))
    for name, some in (("every PDF of an edition", jobs), *all_fifty):
        seconds, sizes = _timed(_make, press, some)
        _say(name, seconds, f"{len(sizes)} PDFs, {sum(sizes) / KIB:.0f} KB")
    for name, some in (("flat", flat), ("fillable", fillable)):
        sizes = sorted(_make(press, some))
        print(
            f"{name}: {sizes[0] / KIB:.1f} to {sizes[-1] / KIB:.1f} KB, middle {sizes[len(sizes) // 2] / KIB:.1f} KB"
        )


def _fifty(jobs: Iterable[Job]) -> list[Job]:
    return list(islice(cycle(jobs), 50))


def _make(press: Press, jobs: Iterable[Job]) -> list[int]:
    """Bytes of each PDF, made afresh."""
    return [len(press.made(job)) for job in jobs]


def _timed(do, *arguments):
    start = time.perf_counter(), time.process_time()
    result = do(*arguments)
    return (time.perf_counter() - start[0], time.process_time() - start[1]), result


def _say(name: str, seconds: tuple[float, float], rest: str) -> None:
    print(f"{seconds[0]:6.1f} s ({seconds[1]:.1f} s of the processor)  {name}: {rest}")


if __name__ == "__main__":
    main()
