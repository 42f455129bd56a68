"""The command as a maintainer types it: what it prints, and with what it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from roadmap import cli
from tests.conftest import copy_project
from tests.facts.test_load import change
from tests.test_editions import CORE_TEAM, danish


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project = copy_project(tmp_path / "project")
    monkeypatch.setattr(cli, "ROOT", project)
    return project


def test_a_new_edition_is_whole_and_all_of_it_is_to_do(root: Path, capsys) -> None:
    assert cli.main(["new", "edition", "fr"]) == 0
    assert "docs/fr/edition.yml" in capsys.readouterr().out
    assert cli.main(["check", "fr"]) == 0
    said = capsys.readouterr().out
    pages = len(list((root / "docs/en").rglob("*.md")))
    assert said.count("no such page yet") == pages
    assert "it belongs to the core set; a translation of docs/en/index.md" in said
    assert "texts of stages without a translation" in said and "warnings." in said


def test_a_mistake_is_named_for_people_for_github_and_for_programs(root: Path, capsys) -> None:
    danish(root, "da")
    change("](", "](nowhere-", f"docs/da/{CORE_TEAM}")(root)
    assert cli.main(["check", "da"]) == 1
    assert f"docs/da/{CORE_TEAM}:" in capsys.readouterr().err
    assert cli.main(["check", "da", "--format", "github"]) == 1
    assert f"::error file=docs/da/{CORE_TEAM},line=" in capsys.readouterr().out
    assert cli.main(["check", "da", "--format", "json"]) == 1
    assert [p["path"] for p in json.loads(capsys.readouterr().out)["problems"]] == [f"docs/da/{CORE_TEAM}"]
    assert cli.main(["check", "da", "--fix"]) == 0


def test_status_counts_and_sync_pins(root: Path, capsys) -> None:
    danish(root, "da")
    page = root / "docs/en" / CORE_TEAM
    page.write_text(page.read_text(encoding="utf-8").replace(". ", ". Indeed. ", 1), encoding="utf-8")
    assert cli.main(["status", "da", "--json"]) == 0
    before = json.loads(capsys.readouterr().out)[0]
    assert cli.main(["sync", "da", CORE_TEAM]) == 0
    capsys.readouterr()
    assert cli.main(["status", "da", "--json"]) == 0
    after = json.loads(capsys.readouterr().out)[0]
    assert (len(before["drifted"]), len(after["drifted"])) == (1, 0)
    assert after["overall"] >= before["overall"]


@pytest.mark.parametrize("words", [["build", "xx"], ["sync", "xx", CORE_TEAM], ["refresh", "xx"], ["new", "edition", "en"]])
def test_an_edition_that_is_not_there_is_refused_in_words(words: list[str], root: Path, capsys) -> None:
    assert cli.main(words) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said and "1 problem." in said and said.startswith("docs/")
