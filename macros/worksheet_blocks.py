"""Looks up what the blocks of a worksheet name: questions, methods, steps, options, rows. Draws
nothing, renders nothing.

Every block has an id of its own on its worksheet; the names of its form fields begin with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from macros.facts.model import (
    ChoiceBlock,
    ContinuumBlock,
    DiagramBlock,
    Facts,
    FieldsBlock,
    Imprint,
    Item,
    LinesBlock,
    Method,
    MethodBlock,
    Question,
    QuestionList,
    QuestionsBlock,
    Step,
    TableBlock,
    Worksheet,
    WorksheetBlock,
)


@dataclass(frozen=True)
class Option:
    """Something to tick: its name, and what the facts say of it."""

    name: str
    text: str | None = None


@dataclass(frozen=True)
class Asked:
    """Items of one question list.

    `title` is that of the list, where several lists stand one below the other.
    """

    items: tuple[Item, ...]
    title: str | None = None


@dataclass(frozen=True)
class Shown:
    """A block with the facts it names. `places` are what one finds a place for on a continuum."""

    id: str
    block: WorksheetBlock
    asked: tuple[Asked, ...] = ()
    method: Method | None = None
    steps: tuple[Step, ...] = ()
    options: tuple[Option, ...] = ()
    rows: tuple[str, ...] = ()
    places: tuple[Option, ...] = ()

    @property
    def kind(self) -> str:
        """The name of the macro that renders the block."""
        return self.block.kind


def shown(worksheet: Worksheet, facts: Facts) -> tuple[Shown, ...]:
    """The blocks of a worksheet in their order, with the facts they name.

    The id of a block is that of the worksheet and its number, from 1. Raises LookupError where a
    block names a method that does not exist; the rules refuse such facts.
    """
    blocks = []
    for number, block in enumerate(worksheet.blocks, start=1):
        blocks.append(_shown(f"{worksheet.id}-{number}", block, facts))
    return tuple(blocks)


def asked(worksheet: Worksheet, facts: Facts) -> tuple[Question, ...]:
    """Every question of a worksheet, in its order."""
    questions: list[Question] = []
    for block in shown(worksheet, facts):
        for part in block.asked:
            for item in part.items:
                questions += item.questions
    return tuple(questions)


def _shown(id: str, block: WorksheetBlock, facts: Facts) -> Shown:
    """One block with the facts that its kind names."""
    match block:
        case QuestionsBlock():
            return Shown(id, block, asked=_asked_lists(block, facts))
        case MethodBlock():
            method = _method(block.method, facts)
            return Shown(
                id,
                block,
                method=method,
                steps=_wanted_steps(block, method),
            )
        case ChoiceBlock():
            return Shown(id, block, options=tuple(_choices(block, facts)))
        case TableBlock():
            return Shown(id, block, rows=_rows(block, facts))
        case ContinuumBlock():
            method = _method(block.method, facts)
            places = [*_options_of(method.steps), Option(block.overall)]
            return Shown(
                id,
                block,
                method=method,
                places=tuple(places),
            )
        case LinesBlock() | FieldsBlock() | DiagramBlock():
            return Shown(id, block)
        case _:
            assert_never(block)


def _method(id: str, facts: Facts) -> Method:
    """The method with this id. Raises LookupError."""
    methods = {method.id: method for method in facts.methods}
    return methods[id]


# Questions


def _asked_lists(block: QuestionsBlock, facts: Facts) -> tuple[Asked, ...]:
    """What a block asks, each entry of `ask` by itself."""
    titled = len(block.ask) > 1
    return tuple(_asked(id, facts, titled) for id in block.ask)


def _asked(id: str, facts: Facts, titled: bool) -> Asked:
    """A whole list, or the one question of it that has this id."""
    items: list[Item] = []
    for stage in facts.stages:
        for questions in stage.lists:
            if questions.id == id:
                return Asked(questions.items, questions.title if titled else None)
            items += _only(id, questions)
    return Asked(tuple(items))


def _only(id: str, questions: QuestionList) -> Iterator[Item]:
    """The items of a list that hold a question, reduced to that question."""
    for item in questions.items:
        found = [question for question in item.questions if question.id == id]
        if found:
            yield item.model_copy(update={"questions": tuple(found)})


# Steps, options, rows


def _wanted_steps(block: MethodBlock, method: Method) -> tuple[Step, ...]:
    """The steps that a block names; all of them where it names none."""
    if not block.steps:
        return method.steps
    return tuple(step for step in method.steps if step.id in block.steps)


def _choices(block: ChoiceBlock, facts: Facts) -> Iterator[Option]:
    """What one can tick: the options of the block, of its method, or the set-ups."""
    for name in block.options:
        yield Option(name)
    if block.method is not None:
        method = _method(block.method, facts)
        yield from _options_of(method.between if block.between else method.steps)
    if block.setups:
        for setup in facts.setups:
            yield Option(setup.title, setup.suits)


def _options_of(steps: Iterable[Step]) -> Iterator[Option]:
    """The steps of a method as things to tick."""
    for step in steps:
        yield Option(step.name, step.text)


def _rows(block: TableBlock, facts: Facts) -> tuple[str, ...]:
    """The names of the rows: written in the block, or those of the steps of a method."""
    if block.rows or block.method is None:
        return block.rows
    method = _method(block.method, facts)
    return tuple(step.name for step in method.steps)


def review_of(worksheet: Worksheet, imprint: Imprint) -> str:
    """How far the translation of a worksheet has been read; empty where it is none."""
    return imprint.sheet_reviews.get(worksheet.id, imprint.review)
