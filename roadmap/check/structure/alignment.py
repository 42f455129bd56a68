"""A translated page beside its English page: which section answers to which. Judges nothing.

Sections belong together by their ids; where an id is lost, by their place between two that have
theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from macros.facts.problem import Problem
from roadmap.check.structure.outline import Section, Shape


@dataclass(frozen=True)
class Mend:
    """What is written instead of `old` in a line. Without `old`: as a paragraph of its own above
    the line.
    """

    line: int
    old: str
    new: str


@dataclass(frozen=True)
class Finding:
    """A problem, and how it can be mended where there is only one way."""

    problem: Problem
    mend: Mend | None = None


@dataclass(frozen=True)
class Pair:
    """A section on both sides, or on one of them. `moved`: on both, but not in the same place."""

    english: Section | None
    here: Section | None
    moved: bool = False


@dataclass(frozen=True)
class Sides:
    """Both pages. `behind`: ids of sections that English has changed, taken out or put in since the
    translation.
    """

    english: Shape
    here: Shape
    behind: frozenset[str] = frozenset()

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        return tuple(_settled(list(_paired(self.english.sections, self.here.sections))))

    @property
    def alike(self) -> Iterator[tuple[Section, Section]]:
        """Sections that must be made of the same things: English, translated."""
        for pair in self.pairs:
            if pair.english and pair.here and pair.english.id not in self.behind:
                yield pair.english, pair.here

    def found(self, line: int, there: str, instead: str, mend: Mend | None = None) -> Finding:
        return Finding(self.here.page.problem(line, there, instead), mend)

    def at(self, line: int) -> str:
        """A place on the English page, as messages name it."""
        return f"{self.english.page.file}:{line}"


def _paired(english: Sequence[Section], here: Sequence[Section]) -> Iterator[Pair]:
    """Each section once. What stands above the first heading belongs together."""
    yield Pair(english[0], here[0])
    english, here = english[1:], here[1:]
    ids = [section.id for section in english], [section.id for section in here]
    for tag, i, to_i, j, to_j in SequenceMatcher(None, *ids, autojunk=False).get_opcodes():
        old, new = english[i:to_i], here[j:to_j]
        if tag == "equal" or _alike(old, new):
            yield from (Pair(*both) for both in zip(old, new, strict=True))
        else:
            yield from (Pair(section, None) for section in old)
            yield from (Pair(None, section) for section in new)


def _alike(old: Sequence[Section], new: Sequence[Section]) -> bool:
    """Whether sections without common ids answer to each other, one by one."""
    levels = [[section.heading.level for section in side] for side in (old, new)]
    return len(old) == len(new) and (len(old) == 1 or levels[0] == levels[1])


def _settled(pairs: list[Pair]) -> Iterator[Pair]:
    """The same pairs, with sections that only stand elsewhere in one."""
    alone = {
        pair.here.id: pair.here for pair in pairs if pair.here and not pair.english and pair.here.id
    }
    moved = {pair.english.id for pair in pairs if pair.english and not pair.here} & alone.keys()
    for pair in pairs:
        if pair.english and not pair.here and pair.english.id in moved:
            yield Pair(pair.english, alone[pair.english.id], moved=True)
        elif pair.english or alone.get(pair.here.id) is not pair.here or pair.here.id not in moved:
            yield pair
