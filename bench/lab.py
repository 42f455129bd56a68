"""What the rows share: copies of the project, bare builds between the others, rounds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import count
from pathlib import Path

from bench.bare import Bare
from bench.checkout import Checkout, english_checkout
from bench.figures import Pair
from bench.process import Usage

# Languages that the theme and Babel know; with English they are 24 editions
CODES = (
    "da",
    "nl",
    "pt",
    "sl",
    "de",
    "fr",
    "es",
    "it",
    "sv",
    "nb",
    "fi",
    "pl",
    "cs",
    "sk",
    "hr",
    "hu",
    "ro",
    "bg",
    "el",
    "et",
    "lv",
    "lt",
    "tr",
)
FIVE = 5
# Seconds after which a row begins no further round
PATIENCE = 15
# The first of the numbers that changes write: more children than a centre has, and fewer than its
# whole school
FIRST_NUMBER = 101


class Lab:
    """A temporary folder to measure in. `full` asks for what takes long, too."""

    def __init__(self, folder: Path, rounds: int, full: bool):
        self.folder = folder
        self.most_rounds = rounds
        self.full = full
        self.bare_runs: list[Usage] = []
        self._numbers = count(FIRST_NUMBER)

    # Copies, each made when a row first asks for it

    @cached_property
    def bare(self) -> Bare:
        """The English pages without anything of ours."""
        return Bare(self.folder / "bare")

    @cached_property
    def one(self) -> Checkout:
        """A project with the English edition."""
        return english_checkout(self.folder / "one")

    @cached_property
    def five(self) -> Checkout:
        """A project with five editions."""
        checkout = self.one.copy("five")
        checkout.add_editions(CODES[: FIVE - 1])
        return checkout

    # Measuring

    def rounds(self) -> Iterator[None]:
        """As many rounds as were asked for; fewer where they take long."""
        end = time.perf_counter() + PATIENCE
        for number in range(self.most_rounds):
            if number and time.perf_counter() > end:
                return
            yield

    def pair(self, run: Callable[[], Usage]) -> Pair:
        """A bare build, then a run. Raises Failed."""
        bare = self.bare.build()
        self.bare_runs.append(bare)
        return Pair(bare, run())

    def pairs(
        self,
        run: Callable[[], Usage],
        before: Callable[[], object] = lambda: None,
    ) -> list[Pair]:
        """A pair for each round; `before` prepares it, and is not measured. Raises Failed."""
        pairs = []
        for _ in self.rounds():
            before()
            pairs.append(self.pair(run))
        return pairs

    @cached_property
    def one_cold(self) -> list[Pair]:
        """One edition built from nothing. Raises Failed."""
        return self.pairs(self.one.build, before=self.one.clear)

    @cached_property
    def five_cold(self) -> list[Pair]:
        """Five editions built from nothing. Raises Failed."""
        return self.pairs(self.five.build, before=self.five.clear)

    def built_one(self) -> Checkout:
        """The project with one edition, built as it is now. Raises Failed."""
        _ = self.one_cold
        self.one.build()
        return self.one

    def built_five(self) -> Checkout:
        """The project with five editions, built as it is now. Raises Failed."""
        _ = self.five_cold
        self.five.build()
        return self.five

    # What a change writes: never the same twice

    def number(self) -> int:
        """A number that nothing has held before."""
        return next(self._numbers)

    def word(self) -> str:
        """A word that nothing has held before."""
        return f"Word{self.number()}"
