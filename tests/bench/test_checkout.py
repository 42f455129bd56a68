"""The changes that the benchmark makes: each changes what it says, in facts and pages as they are now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench.checkout import CASE, FIRST_WORD, Checkout, english_checkout, replace_first
from bench.more_cases import add_cases
from bench.process import Failed
from macros.facts.load import load
from macros.facts.rules import broken


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return english_checkout(tmp_path / "one")


def test_a_word_of_the_first_paragraph_is_changed(checkout: Checkout) -> None:
    checkout.change_word("en", "Word1")
    checkout.change_word("en", "Word2")
    page = (checkout.root / "docs/en/cases/belgium.md").read_text(encoding="utf-8")
    assert re.search(r"^Word2 \w+", page, re.MULTILINE) and "Word1" not in page


def test_the_number_of_children_is_changed(checkout: Checkout) -> None:
    checkout.change_fact(701)
    belgium = next(case for case in load(checkout.root / "content").facts.cases if case.id == "belgium")
    assert belgium.centres[0].children.value == 701


def test_a_change_that_changes_nothing_is_refused(checkout: Checkout) -> None:
    case = checkout.root / CASE
    case.write_text("id: belgium\n", encoding="utf-8")
    with pytest.raises(Failed):
        replace_first(FIRST_WORD, "Word1", case)


def test_added_cases_obey_the_rules(checkout: Checkout) -> None:
    add_cases(checkout, 10)
    content = load(checkout.root / "content")
    assert len(content.facts.cases) == 10 and broken(content) == []
    nav = (checkout.root / "mkdocs.yml").read_text(encoding="utf-8")
    for case in content.facts.cases:
        assert f"cases/{case.id}.md" in nav
        assert f'case_card("{case.id}")' in (checkout.root / f"docs/en/cases/{case.id}.md").read_text(encoding="utf-8")


def test_what_was_made_is_cleared(checkout: Checkout) -> None:
    for name in (".cache/stage", "site/en", "overrides/assets/fonts"):
        (checkout.root / name).mkdir(parents=True)
    (checkout.root / "mkdocs.en.yml").touch()
    before = sorted(Path(checkout.copy("two").root).rglob("*"))
    checkout.clear()
    names = [path.relative_to(checkout.root) for path in sorted(checkout.root.rglob("*"))]
    assert names == [path.relative_to(checkout.root.with_name("two")) for path in before]
