"""Finds what the blocks of a worksheet show: questions, steps, options, rows. Draws nothing,
renders nothing.

Every block has an id of its own on its sheet; the names of the fields of a fillable sheet begin
with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.facts.model import Facts, Item, Method, Question, QuestionList, Step, Worksheet


@dataclass(frozen=True)
class Option:
    """Something to tick: its name, and what the facts say of it."""

    name: str
    text: str | None = None


@dataclass(frozen=True)
class Asked:
    """Items of one question list; with its title where several lists stand one below the other."""

    items: tuple[Item, ...]
    title: str | None = None


@dataclass(frozen=True)
class Shown:
    """A block with the facts it names."""

    id: str
    block: object
    asked: tuple[Asked, ...] = ()
    method: Method | None = None
    steps: tuple[Step, ...] = ()
    options: tuple[Option, ...] = ()
    rows: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return self.block.kind

    @property
    def places(self) -> tuple[Option, ...]:
        """What one finds a place for on a continuum: each of its steps, then all of them
        together.
        """
        return (*self.options, Option(self.block.overall))


def shown(sheet: Worksheet, facts: Facts) -> tuple[Shown, ...]:
    """The blocks of a sheet in their order."""
    return tuple(
        _shown(f"{sheet.id}-{n}", block, facts) for n, block in enumerate(sheet.blocks, start=1)
    )


def asked(sheet: Worksheet, facts: Facts) -> tuple[Question, ...]:
    """Every question of a sheet, in its order."""
    return tuple(
        q
        for each in shown(sheet, facts)
        for a in each.asked
        for item in a.items
        for q in item.questions
    )


def _shown(id: str, block: object, facts: Facts) -> Shown:
    method = {m.id: m for m in facts.methods}.get(getattr(block, "method", None) or "")
    steps = _steps(block, method) if method else ()
    return Shown(
        id=id,
        block=block,
        method=method,
        steps=steps,
        asked=tuple(_asked(id, facts, len(block.ask) > 1) for id in getattr(block, "ask", ())),
        options=tuple(_options(block, steps, facts)),
        rows=tuple(getattr(block, "rows", ())) or tuple(step.name for step in steps),
    )


def _steps(block: object, method: Method) -> tuple[Step, ...]:
    steps = method.between if getattr(block, "between", False) else method.steps
    wanted = getattr(block, "steps", ())
    return tuple(step for step in steps if not wanted or step.id in wanted)


def _asked(id: str, facts: Facts, titled: bool) -> Asked:
    """A whole list, or the one question of it that has this id."""
    lists = [questions for stage in facts.stages for questions in stage.lists]
    for questions in lists:
        if questions.id == id:
            return Asked(questions.items, questions.title if titled else None)
    return Asked(tuple(item for questions in lists for item in _only(id, questions)))


def _only(id: str, questions: QuestionList) -> Iterator[Item]:
    for item in questions.items:
        if found := tuple(q for q in item.questions if q.id == id):
            yield item.model_copy(update={"questions": found})


def _options(block: object, steps: tuple[Step, ...], facts: Facts) -> Iterator[Option]:
    yield from (Option(name) for name in getattr(block, "options", ()))
    yield from (Option(step.name, step.text) for step in steps)
    if getattr(block, "setups", False):
        yield from (Option(setup.title, setup.suits) for setup in facts.setups)
