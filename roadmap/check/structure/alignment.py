"""Aligns the sections of a translated page with the English ones: by id, else by position.

Where an id is lost, sections belong together by their place between two that have theirs. Judges
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

from macros.facts.problem import Problem
from roadmap.check.structure.outline import Outline, SectionOutline


@dataclass(frozen=True)
class Fix:
    """What is written instead of `old` in a line. Without `old`: as a paragraph of its own above
    the line.
    """

    line: int
    old: str
    new: str


@dataclass(frozen=True)
class Finding:
    """A problem, and how it can be fixed where there is only one way."""

    problem: Problem
    fix: Fix | None = None


@dataclass(frozen=True)
class Pair:
    """A section on both pages, or on one of them. `moved`: on both, but not in the same place."""

    english: SectionOutline | None
    translated: SectionOutline | None
    moved: bool = False


@dataclass(frozen=True)
class Alignment:
    """Both pages. `outdated_ids`: of sections that English has changed, taken out or put in since
    the translation; `moved_ids`: those of them that English calls otherwise now, and how.
    """

    english: Outline
    translated: Outline
    outdated_ids: frozenset[str] = frozenset()
    moved_ids: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Each section of either page once, in the order of both."""
        return tuple(_join_moved(self._in_order()))

    @property
    def comparable(self) -> Iterator[tuple[SectionOutline, SectionOutline]]:
        """Sections that must be made of the same things: English, translated."""
        for pair in self.pairs:
            if pair.english and pair.translated and pair.english.id not in self.outdated_ids:
                yield pair.english, pair.translated

    @property
    def is_in_order(self) -> bool:
        """Whether the sections that English has not changed since stand in its order."""
        translated = [section.id for section in self.translated.sections]
        english = [section.id for section in self.english.sections]
        judged = (set(translated) & set(english)) - self.outdated_ids
        return [id for id in translated if id in judged] == [id for id in english if id in judged]

    def finding(self, line: int, found: str, expected: str, fix: Fix | None = None) -> Finding:
        """Something at a line of the translated page."""
        return Finding(
            self.translated.page.problem(
                line,
                found,
                expected,
            ),
            fix,
        )

    def english_place(self, line: int) -> str:
        """A line of the English page, as messages name it."""
        return f"{self.english.page.file}:{line}"

    def translated_line(self, line: int) -> str:
        """What a line of the translated page says."""
        return self.translated.page.text.splitlines()[line - 1]

    def fix_line(
        self,
        line: int,
        new: str,
    ) -> Fix:
        """A line of the translated page in a new form."""
        return Fix(
            line,
            self.translated_line(line),
            new,
        )

    def _in_order(self) -> list[Pair]:
        """The sections of both pages; those above the first heading belong together."""
        english = self.english.sections
        translated = self.translated.sections
        pairs = [Pair(english[0], translated[0])]
        pairs += _pair_by_id(english[1:], translated[1:])
        return pairs


def _pair_by_id(
    english: Sequence[SectionOutline], translated: Sequence[SectionOutline]
) -> list[Pair]:
    english_ids = [section.id for section in english]
    translated_ids = [section.id for section in translated]
    matcher = SequenceMatcher(
        None,
        english_ids,
        translated_ids,
        autojunk=False,
    )
    pairs: list[Pair] = []
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        old = english[start:end]
        new = translated[other_start:other_end]
        if tag == "equal" or _correspond(old, new):
            pairs += [Pair(*sections) for sections in zip(old, new, strict=True)]
        else:
            pairs += [Pair(section, None) for section in old]
            pairs += [Pair(None, section) for section in new]
    return pairs


def _correspond(old: Sequence[SectionOutline], new: Sequence[SectionOutline]) -> bool:
    """Whether sections without common ids answer to each other, one by one."""
    if len(old) != len(new):
        return False
    old_levels = [section.level for section in old]
    new_levels = [section.level for section in new]
    return len(old) == 1 or old_levels == new_levels


def _join_moved(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """The same pairs, with the two halves of a section that only stands elsewhere in one."""
    alone: dict[str, SectionOutline] = {}
    missing: set[str] = set()
    for pair in pairs:
        if pair.english is None and pair.translated and pair.translated.id:
            alone[pair.translated.id] = pair.translated
        elif pair.english and pair.translated is None:
            missing.add(pair.english.id)
    moved = missing & alone.keys()
    for pair in pairs:
        english = pair.english
        if english and pair.translated is None and english.id in moved:
            yield Pair(
                english,
                alone[english.id],
                moved=True,
            )
        elif english or not _is_moved(pair.translated, alone, moved):
            yield pair


def _is_moved(
    section: SectionOutline | None,
    alone: dict[str, SectionOutline],
    moved: set[str],
) -> bool:
    return section is not None and section.id in moved and alone[section.id] is section
