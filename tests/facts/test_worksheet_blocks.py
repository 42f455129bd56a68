"""Blocks of worksheets: each kind finds what it names, and no code guesses at their fields."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import get_args

import pytest

from macros import worksheet_blocks
from macros.facts import rules, worksheet_rules
from macros.facts.load import Content
from macros.facts.model import (
    ChoiceBlock,
    ContinuumBlock,
    MethodBlock,
    QuestionsBlock,
    TableBlock,
    Worksheet,
    WorksheetBlock,
)
from macros.worksheet_blocks import Option, Shown, asked, shown

JUDGES = [Path(module.__file__) for module in (worksheet_blocks, rules, worksheet_rules)]


def only(content: Content, block: WorksheetBlock) -> Shown:
    """One block, as the only one of a worksheet."""
    worksheet = content.facts.worksheets[0].model_copy(update={"blocks": (block,)})
    (found,) = shown(worksheet, content.facts)
    assert found.id == f"{worksheet.id}-1"
    return found


@pytest.mark.parametrize("path", JUDGES, ids=lambda path: path.stem)
def test_no_code_guesses_at_the_fields_of_a_block(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guesses = [
        ast.unparse(node) for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "getattr" and "block" in ast.unparse(node)
    ]
    assert guesses == []


def test_every_kind_of_block_can_be_shown(published: Content) -> None:
    found = set()
    for worksheet in published.facts.worksheets:
        blocks = shown(worksheet, published.facts)
        assert [each.block for each in blocks] == list(worksheet.blocks)
        found |= {type(each.block) for each in blocks}
    assert found == set(get_args(WorksheetBlock))


def test_questions_come_as_a_list_or_one_by_one(sample: Content) -> None:
    whole = only(sample, QuestionsBlock(kind="questions", ask=("Q1",)))
    assert [a.title for a in whole.asked] == [None]
    one = only(sample, QuestionsBlock(kind="questions", ask=("Q1", "Q1.2a")))
    assert [q.id for item in one.asked[1].items for q in item.questions] == ["Q1.2a"]
    assert one.asked[0].title and one.asked[1].title is None


def test_a_method_has_all_steps_or_those_that_are_named(sample: Content) -> None:
    steps = {m.id: m.steps for m in sample.facts.methods}["reflection-cycle"]
    every = only(sample, MethodBlock(kind="method", method="reflection-cycle"))
    assert every.steps == steps
    last = only(sample, MethodBlock(kind="method", method="reflection-cycle", steps=(steps[-1].id,)))
    assert last.steps == steps[-1:]


def test_choices_are_written_in_the_block_or_come_from_the_facts(sample: Content) -> None:
    own = only(sample, ChoiceBlock(kind="choice", options=("Talking", "Drawing")))
    assert own.options == (Option("Talking"), Option("Drawing"))
    setups = only(sample, ChoiceBlock(kind="choice", setups=True))
    assert [o.name for o in setups.options] == [s.title for s in sample.facts.setups]
    (method,) = [m for m in sample.facts.methods if m.id == "learning-lab"]
    steps = only(sample, ChoiceBlock(kind="choice", method=method.id))
    assert [o.name for o in steps.options] == [step.name for step in method.steps]
    between = only(sample, ChoiceBlock(kind="choice", method=method.id, between=True))
    assert [o.name for o in between.options] == [step.name for step in method.between]


def test_rows_are_written_in_the_block_or_are_steps(sample: Content) -> None:
    assert only(sample, TableBlock(kind="table", columns=("A",), rows=("x", "y"))).rows == ("x", "y")
    assert only(sample, TableBlock(kind="table", columns=("A",), blank=2)).rows == ()
    (method,) = [m for m in sample.facts.methods if m.id == "reflection-cycle"]
    steps = only(sample, TableBlock(kind="table", columns=("A",), method=method.id))
    assert steps.rows == tuple(step.name for step in method.steps)


def test_the_overall_place_on_a_continuum_comes_last(sample: Content) -> None:
    found = only(sample, ContinuumBlock(kind="continuum", method="guidance-continuum", overall="All in all"))
    assert found.method is not None
    names = [step.name for step in found.method.steps]
    assert [place.name for place in found.places] == [*names, "All in all"]


def test_questions_of_a_worksheet_are_in_its_order(published: Content) -> None:
    def ids(worksheet: Worksheet) -> list[str]:
        return [question.id for question in asked(worksheet, published.facts)]

    every = [question.id for s in published.facts.stages for ql in s.lists for i in ql.items for question in i.questions]
    asking = [w for w in published.facts.worksheets if ids(w)]
    assert asking
    assert all(set(ids(w)) <= set(every) for w in asking)
