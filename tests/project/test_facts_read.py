"""What a piece reads of the facts decides when it is made again: nothing more, nothing less."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from macros.facts.model import Facts
from roadmap.project import facts_read
from roadmap.project.cache import Memo
from roadmap.project.facts_read import remembered_by_facts, watched
from tests.conftest import edition


@pytest.mark.parametrize(
    ("name", "arguments", "read"),
    [
        ("facts_table", ("belgium",), {"cases/belgium", "sources"}),
        ("children_chart", (), {"cases", "sources"}),
        ("term", ("core-practitioner",), {"terms/core-practitioner"}),
        ("source_note", ("roadmap p. 3",), {"sources/roadmap", "sources"}),
        ("glossary_list", (), {"terms"}),
        ("role", ("core",), set()),
    ],
)
def test_a_piece_tells_what_it_reads(name: str, arguments: tuple[str, ...], read: set[str], project: Path) -> None:
    pieces, found = watched(edition(project, "en").pieces("cases/belgium.md"))
    getattr(pieces, name)(*arguments)
    assert set(found) == read


def test_a_pathway_is_read_without_the_other_cases(published: Any, project: Path) -> None:
    case = published.facts.cases[0]
    pieces, found = watched(edition(project, "en").pieces("cases/belgium.md"))
    pieces.pathway_timeline(case.pathways[0].id)
    assert f"cases/{case.id}" in found and "cases" not in found


def test_it_is_made_again_when_that_is_another_and_only_then() -> None:
    memo = Memo()
    made = []

    def asked(keys: dict[str, str]) -> Any:
        def make() -> tuple[str, list[str]]:
            made.append(keys)
            return f"piece {len(made)}", ["cases/a", "terms"]

        return remembered_by_facts(memo, make, keys, "piece")

    first = {"cases/a": "1", "cases/b": "1", "terms": "1"}
    assert asked(first) == asked(first) == "piece 1"
    assert asked(first | {"cases/b": "2"}) == "piece 1"
    assert asked(first | {"terms": "2"}) == "piece 2"
    assert asked(first | {"cases/a": "2"}) == "piece 3"
    assert asked({"cases/b": "1", "terms": "1"}) == "piece 4"
    assert asked(first) == "piece 1"


def test_every_list_and_every_item_has_a_key_that_follows_it(published: Any) -> None:
    facts: Facts = published.facts
    keys = facts_read._keys(facts)
    assert set(Facts.model_fields) <= set(keys) and all(f"cases/{case.id}" in keys for case in facts.cases)
    case = facts.cases[0]
    changed = facts.model_copy(update={"cases": (case.model_copy(update={"name": "Another"}), *facts.cases[1:])})
    assert {name for name, key in facts_read._keys(changed).items() if key != keys[name]} == {"cases", f"cases/{case.id}"}
