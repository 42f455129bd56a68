"""What worksheets must obey beyond their shape. One function a rule; its docstring is the rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.facts.findings import Finding, ids_of, unknown_ids
from macros.facts.load import Content
from macros.facts.model import (
    ChoiceBlock,
    ContinuumBlock,
    DiagramBlock,
    Facts,
    MethodBlock,
    QuestionsBlock,
    TableBlock,
    WorksheetBlock,
)
from macros.facts.problem import FactPath

NEEDED_METHODS = (  # drawn by pieces
    "learning-lab",
    "reflection-cycle",
    "guidance-continuum",
    "core-concepts",
)


@dataclass(frozen=True)
class _Known:
    """Ids that the blocks of a worksheet may name."""

    askable: set[str]  # question lists and questions
    pictures: set[str]
    steps: dict[str, set[str]]  # id of a method → ids of its steps


def worksheets_name_what_exists(content: Content) -> Iterator[Finding]:
    """A worksheet names existing stages, question lists and questions, methods and their steps, and
    pictures.
    """
    facts = content.facts
    stages = ids_of(facts.stages)
    known = _Known(
        askable=_askable(facts),
        pictures=_pictures(facts),
        steps={method.id: ids_of(method.steps) for method in facts.methods},
    )
    for index, worksheet in enumerate(facts.worksheets):
        path = ("worksheets", index)
        if worksheet.stage is not None:
            yield from unknown_ids((*path, "stage"), [worksheet.stage], stages, "stage")
        for number, block in enumerate(worksheet.blocks):
            yield from _unknown_in_block(block, (*path, "blocks", number), known)


def _unknown_in_block(block: WorksheetBlock, path: FactPath, known: _Known) -> Iterator[Finding]:
    """What a block names and nothing has as its id."""
    match block:
        case QuestionsBlock():
            yield from unknown_ids((*path, "ask"), block.ask, known.askable, "question or list")
        case DiagramBlock():
            named = [block.picture]
            yield from unknown_ids((*path, "picture"), named, known.pictures, "picture")
        case MethodBlock() | ChoiceBlock() | TableBlock() | ContinuumBlock():
            named = [block.method] if block.method is not None else []
            yield from unknown_ids((*path, "method"), named, known.steps, "method")
    if isinstance(block, MethodBlock) and block.method in known.steps:
        steps = known.steps[block.method]
        yield from unknown_ids((*path, "steps"), block.steps, steps, "step")


def _askable(facts: Facts) -> set[str]:
    """Ids of the question lists and of the questions."""
    askable: set[str] = set()
    for stage in facts.stages:
        askable |= ids_of(stage.lists)
        for questions in stage.lists:
            for item in questions.items:
                askable |= ids_of(item.questions)
    return askable


def _pictures(facts: Facts) -> set[str]:
    """Ids of everything that a worksheet can show as a picture."""
    pictures = {"roles", *NEEDED_METHODS}
    pictures |= ids_of(facts.setups)
    pictures |= ids_of(facts.stages)
    for case in facts.cases:
        pictures |= ids_of(case.pathways)
    return pictures


def worksheet_blocks_can_be_filled(content: Content) -> Iterator[Finding]:
    """A table has rows, a choice has one list of options, and places stand on a continuum."""
    continuums = [method.id for method in content.facts.methods if method.kind == "continuum"]
    for index, worksheet in enumerate(content.facts.worksheets):
        for number, block in enumerate(worksheet.blocks):
            path = ("worksheets", index, "blocks", number)
            match block:
                case TableBlock():
                    if not (block.rows or block.method or block.blank):
                        expected = "`rows:`, `method:` or `blank:`"
                        yield path, "a table without rows", expected
                case ChoiceBlock():
                    lists = [block.options, block.method, block.setups]
                    if sum(map(bool, lists)) != 1:
                        expected = "one of `options:`, `method:` and `setups:`"
                        yield path, "a choice of nothing, or of two lists", expected
                case ContinuumBlock():
                    if block.method not in continuums:
                        found = f"the method `{block.method}`, which is no continuum"
                        yield (*path, "method"), found, "one of " + ", ".join(continuums)
