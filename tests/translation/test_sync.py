"""Who pins a page keeps what English has changed since its sections were written, whoever it is and whenever."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.facts.problem import Problems
from roadmap.translation import pins
from roadmap.translation.sync import sync
from tests.conftest import edition
from tests.translation.test_drift import (
    DANISH,
    OTHER,
    PAGE,
    change,
    commit,
    found,
    git,
    root,
    said,
    write,
)

__all__ = ["root"]
LEADERS, RESOURCES = (PAGE, "leaders", "changed"), (PAGE, "resources", "changed")


def two_drift(root: Path) -> None:
    """English changes two sections, and that is on the site."""
    change(root, "A pathway needs", "A pathway asks for")
    change(root, "houres", "hours and days")
    commit(root)
    assert found(root) == [LEADERS, RESOURCES]


def translate_resources(root: Path) -> None:
    change(root, "Der skal timer", "Der skal timer og dage", code="da")


@pytest.mark.parametrize("is_committed", [False, True], ids=["before the commit", "after it"])
def test_of_two_drifted_sections_the_one_that_was_retranslated_is_current(root: Path, is_committed: bool) -> None:
    two_drift(root)
    translate_resources(root)
    if is_committed:
        commit(root)
    done = sync(edition(root, "da"), [PAGE])
    assert [change.id for change in done.changes] == ["resources"]
    assert done.outdated == (f"{PAGE}#leaders",)
    assert found(root) == [LEADERS]


def test_a_section_that_somebody_names_is_current_and_no_other(root: Path) -> None:
    two_drift(root)
    sync(edition(root, "da"), [f"docs/da/{PAGE}#leaders"])
    assert found(root) == [RESOURCES]
    commit(root)
    assert sync(edition(root, "da"), [PAGE]).changes == (), "what somebody has looked at stays so"
    assert found(root) == [RESOURCES]


@pytest.mark.parametrize("is_new", [False, True], ids=["a page that was there", "a new page"])
def test_a_pull_request_written_against_older_english_keeps_its_drift(root: Path, is_new: bool) -> None:
    if is_new:
        (root / "docs/da" / PAGE).unlink()
        sync(edition(root, "da"), [PAGE])
        commit(root)
    git(root, "checkout", "-q", "-b", "translation")
    write(root, "da", PAGE, DANISH.replace("Der skal timer", "Der kræves timer"))
    commit(root)
    git(root, "checkout", "-q", "-")
    change(root, "houres", "hours and days")
    commit(root)
    git(root, "merge", "-q", "--no-edit", "translation")
    assert sync(edition(root, "da"), [PAGE]).outdated == (f"{PAGE}#resources",)
    assert found(root) == [RESOURCES]


def test_pins_that_came_with_the_text_stay_where_its_commits_were_squashed(root: Path) -> None:
    two_drift(root)
    git(root, "checkout", "-q", "-b", "translation")
    translate_resources(root)
    sync(edition(root, "da"), [PAGE])
    commit(root)
    git(root, "checkout", "-q", "-")
    change(root, "hours and days", "hours, days and weeks")
    commit(root)
    git(root, "merge", "-q", "--squash", "translation")
    commit(root)
    sync(edition(root, "da"), [PAGE])
    assert found(root) == [LEADERS, RESOURCES]


def test_without_a_page_all_that_was_written_is_pinned(root: Path) -> None:
    two_drift(root)
    translate_resources(root)
    (root / "docs/da" / OTHER).unlink()
    sync(edition(root, "da"))
    assert found(root) == [LEADERS] and list(pins.pins_of(edition(root, "da"))) == [PAGE]


def test_where_there_is_no_history_only_who_names_a_section_clears_it(root: Path) -> None:
    two_drift(root)
    translate_resources(root)
    (root / ".git").rename(root / "elsewhere")
    sync(edition(root, "da"), [PAGE])
    assert [id for _, id, _ in found(root)] == ["leaders", "resources"]
    sync(edition(root, "da"), [f"{PAGE}#resources"])
    assert [id for _, id, _ in found(root)] == ["leaders"]


@pytest.mark.parametrize(("section", "told"), [
    ("nothing", f"docs/da/{PAGE}:1: `#nothing`, which this page does not have; one of: leaders, who, resources"),
    ("mere", f"docs/da/{PAGE}:13: `#mere`, which the English page does not have; one of: leaders, who"),
])
def test_a_section_that_is_not_there_is_named(root: Path, section: str, told: str) -> None:
    if section == "mere":
        change(root, "#resources", "#mere", code="da")
    before = (root / "docs/da/state.yml").read_bytes()
    with pytest.raises(Problems) as raised:
        sync(edition(root, "da"), [f"{PAGE}#leaders", f"{PAGE}#{section}"])
    assert said(raised.value.problems) == [told]
    assert (root / "docs/da/state.yml").read_bytes() == before


def test_a_page_that_is_still_the_english_one_is_no_translation(root: Path) -> None:
    new = "what/copied.md"
    for code in ("en", "da"):
        write(root, code, new, "# Learning { #learn }\n\nStaff learn.\n")
    with pytest.raises(Problems) as refused:
        sync(edition(root, "da"), [new])
    (problem,) = refused.value.problems
    assert str(problem) == f"docs/da/{new}:1: the English text, every section of it; a translation of docs/en/{new}, then `roadmap sync`"
    write(root, "da", new, "# Learning { #learn }\n\nPersonalet lærer.\n")
    assert [change.id for change in sync(edition(root, "da"), [new]).changes] == ["learn"]
