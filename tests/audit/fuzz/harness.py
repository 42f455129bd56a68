"""Gives a parser one mutated file after the other and measures what becomes of it. For Linux, in the main thread."""

from __future__ import annotations

import random
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from macros.facts.problem import Problems
from tests.audit.fuzz.mutations import mutated

SLOWEST = 1.0  # seconds that the processor may work on one input
LARGEST = 300 * 1024  # KiB by which memory may grow for one input


@dataclass(frozen=True)
class Parser:
    """Something that reads what strangers write. `sources` are real files, each by its name.

    `read` takes the name and the mutated bytes. It raises Problems where it refuses them, and nothing else.
    """

    name: str
    sources: Sequence[tuple[str, bytes]]
    read: Callable[[str, bytes], object]


@dataclass(frozen=True)
class Fault:
    """What a parser did that it must not do. The parser, the seed and the index give the same input again."""

    parser: str
    seed: int
    index: int
    source: str
    what: str
    details: str = ""

    def __str__(self) -> str:
        return f"{self.parser}, seed {self.seed}, index {self.index} ({self.source}): {self.what}"


@dataclass
class Figures:
    """What came of all inputs of a parser. Seconds, and KiB."""

    parser: str
    inputs: int = 0
    refused: int = 0
    slowest: float = 0
    memory: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def accepted(self) -> int:
        return self.inputs - self.refused - len(self.faults)

    def add(self, at: tuple[int, int, str], seconds: float, memory: int, *, refused: bool = False, fault: str = "", details: str = "") -> None:
        """What came of one input: seed, index and the file it was made of."""
        self.inputs += 1
        self.slowest, self.memory = max(self.slowest, seconds), max(self.memory, memory)
        if not fault and seconds > SLOWEST:
            fault = f"{seconds:.1f} s"
        elif not fault and memory > LARGEST:
            fault = f"{memory // 1024} MiB of memory"
        if fault:
            self.faults.append(Fault(self.parser, *at, fault, details))
        elif refused:
            self.refused += 1


class Hang(BaseException):
    """An input that takes too long. No code of ours catches it."""


def input_of(parser: Parser, seed: int, index: int) -> tuple[str, bytes]:
    """The input of this number: the name of the file it was made of, and its bytes."""
    dice = random.Random(f"{seed} {parser.name} {index}")
    name, data = parser.sources[dice.randrange(len(parser.sources))]
    return name, mutated(data, [other for _, other in parser.sources], dice)


def run(parser: Parser, seed: int, indices: Sequence[int]) -> Figures:
    """Has a parser read these inputs."""
    figures = Figures(parser.name)
    for index in indices:
        name, data = input_of(parser, seed, index)
        before = _forget_peak()
        begun = time.process_time()
        refused, fault, details = _outcome(parser, name, data)
        seconds, memory = time.process_time() - begun, memory_of("self", "VmHWM") - before
        figures.add((seed, index, name), seconds, memory, refused=refused, fault=fault, details=details)
    return figures


def _outcome(parser: Parser, name: str, data: bytes) -> tuple[bool, str, str]:
    """Whether the input was refused; else what went wrong, if anything, and where."""
    try:
        with _limited():
            parser.read(name, data)
    except Problems:
        return True, "", ""
    except Hang:
        return False, f"still reading after {SLOWEST:g} s", traceback.format_exc()
    except Exception as error:
        return False, f"{type(error).__name__}: {error}"[:200], traceback.format_exc()
    return False, "", ""


@contextmanager
def _limited() -> Iterator[None]:
    """Raises Hang after so much work of the processor; waiting for other programs does not count."""
    def stop(_: int, __: FrameType | None) -> None:
        raise Hang

    usual = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SLOWEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, usual)


def _forget_peak() -> int:
    """Has the system measure the highest use of memory anew. Returns the use of now, in KiB."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return memory_of("self", "VmRSS")


def memory_of(process: int | str, name: str) -> int:
    """A line of what the system says of the memory of a process, in KiB."""
    for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise LookupError(name)
