"""The command as a maintainer types it: what it prints, and with what it ends."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from roadmap import cli
from tests.conftest import ROOT, copy_project
from tests.facts.test_load import change
from tests.staging.test_editions import CORE_TEAM, danish


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project = copy_project(tmp_path / "project")
    monkeypatch.chdir(project)
    return project


def test_a_new_edition_is_whole_and_all_of_it_is_to_do(root: Path, capsys) -> None:
    assert cli.main(["new", "edition", "fr"]) == 0
    said = capsys.readouterr().out
    assert "docs/fr/edition.yml" in said and "`roadmap status fr` says what to do first" in said
    [size] = [line for line in said.splitlines() if line.startswith("The core set has ")]
    assert cli.main(["status", "fr"]) == 0
    left = capsys.readouterr().out
    words = re.findall(r"[\d,]+ (?=English words)|(?<=everything )[\d,]+", size)
    assert len(words) == 2 and all(f" of {each.strip()} " in left for each in words)
    assert cli.main(["status", "--of", "the picture of Randers", "fr"]) == 0
    assert capsys.readouterr().out.startswith("the picture of Randers: ")
    assert cli.main(["check", "fr"]) == 0
    said = capsys.readouterr().out
    pages = len(list((root / "docs/en").rglob("*.md")))
    assert said.count(f"pages that are not translated yet: {pages}, ") == 1
    assert "first a translation of docs/en/index.md" in said
    assert "strings without a translation that can be shown: core set (interface " in said and "2 hints." in said


def test_a_mistake_is_named_for_people_for_github_and_for_programs(root: Path, capsys) -> None:
    danish(root, "da")
    change("](", "](nowhere-", f"docs/da/{CORE_TEAM}")(root)
    assert cli.main(["check", "da"]) == 1
    assert f"docs/da/{CORE_TEAM}:" in capsys.readouterr().err
    assert cli.main(["check", "da", "--format", "github"]) == 1
    assert f"::error file=docs/da/{CORE_TEAM},line=" in capsys.readouterr().out
    assert cli.main(["check", "da", "--format", "json"]) == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [p["path"] for p in problems if p["severity"] == "error"] == [f"docs/da/{CORE_TEAM}"]
    assert cli.main(["check", "da", "--fix"]) == 0


def status_of(capsys) -> dict:
    """What the command says of the Danish edition."""
    assert cli.main(["status", "da", "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)[0]


def test_status_counts_and_sync_pins(root: Path, capsys) -> None:
    danish(root, "da")
    page = root / "docs/en" / CORE_TEAM
    page.write_text(page.read_text(encoding="utf-8").replace(". ", ". Indeed. ", 1), encoding="utf-8")
    before = status_of(capsys)
    [drift] = before["drifted"]
    section = f"{CORE_TEAM}#{drift['id']}"
    assert cli.main(["sync", "da", CORE_TEAM]) == 0
    assert f"{section}: translated from an older English; `roadmap sync da {section}`" in capsys.readouterr().out
    assert status_of(capsys)["drifted"] == before["drifted"]
    assert cli.main(["sync", "da", section]) == 0
    assert capsys.readouterr().out.splitlines() == [f"{section}: pinned", "Pinned in docs/da/state.yml: 1."]
    after = status_of(capsys)
    assert (len(before["drifted"]), len(after["drifted"])) == (1, 0)
    assert after["overall"] >= before["overall"]


def test_status_names_what_english_has_changed_where_a_reviewer_looks(root: Path, capsys) -> None:
    danish(root, "da")
    page = root / "docs/en" / CORE_TEAM
    page.write_text(page.read_text(encoding="utf-8").replace(". ", ". Indeed. ", 1), encoding="utf-8")
    assert cli.main(["status", "da", "--format", "github"]) == 0
    [said] = capsys.readouterr().out.splitlines()
    assert said.startswith(f"::warning file=docs/da/{CORE_TEAM},line=") and "changed in English" in said
    assert cli.main(["status", "da"]) == 0
    assert f"docs/da/{CORE_TEAM}:" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["build", "xx"], ["sync", "xx", CORE_TEAM], ["refresh", "xx"], ["new", "edition", "en"]])
def test_an_edition_that_is_not_there_is_refused_in_words(words: list[str], root: Path, capsys) -> None:
    assert cli.main(words) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said and "1 error." in said and said.startswith("docs/")


# Every form of answer


COMMANDS = {  # command → what it is told
    "build": [], "serve": [], "check": [], "schema": [], "status": [], "new": ["edition", "fr"], "refresh": ["da"],
    "sync": ["da", CORE_TEAM], "same-meaning": [CORE_TEAM], "move": [CORE_TEAM, "how/team.md"],
}
FORMS = ("text", "github", "json")


def test_every_command_is_tried_in_every_form() -> None:
    [commands] = [action.choices for action in cli._parser()._subparsers._actions if isinstance(action.choices, dict)]
    assert set(commands) == COMMANDS.keys() and tuple(cli.FORMATS) == FORMS


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_answers_in_every_form(command: str, form: str, tmp_path: Path, monkeypatch, capsys) -> None:
    """Outside of a checkout, where each command has the same to say."""
    monkeypatch.chdir(tmp_path)
    assert cli.main([command, *COMMANDS[command], "--format", form]) == 1
    said = capsys.readouterr()
    if form == "json":
        [problem] = json.loads(said.out)["problems"]
        assert "mkdocs.yml" in problem["found"] and problem["severity"] == "error"
    else:
        [line] = [line for line in (said.err if form == "text" else said.out).splitlines() if "mkdocs.yml" in line]
        assert line.startswith("::error file=" if form == "github" else f"{tmp_path}:1: no mkdocs.yml here")
    assert form == "text" or said.err == ""


def test_another_form_is_refused(capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["check", "--format", "xml"])
    assert ended.value.code == 2 and "xml" in capsys.readouterr().err


# The checkout that one stands in


def run(arguments: list[str], cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own, with the code of this checkout."""
    command = [sys.executable, "-m", "roadmap", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | more
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def test_from_a_folder_of_the_checkout_it_is_the_same(root: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(root / "docs" / "en" / "how")
    assert cli.main(["new", "edition", "fr"]) == 0
    assert "docs/fr/edition.yml" in capsys.readouterr().out
    assert (root / "docs" / "fr" / "edition.yml").is_file() and not (root / "docs" / "en" / "how" / "docs").exists()


def test_outside_of_a_checkout_it_says_so(tmp_path: Path) -> None:
    done = run(["check"], tmp_path)
    first, *_ = done.stderr.splitlines()
    assert done.returncode == 1 and done.stdout == "" and "Traceback" not in done.stderr
    assert first == f"{tmp_path}:1: no mkdocs.yml here or in a folder above; a folder of a checkout of the Roadmap site"


def test_a_folder_with_that_name_is_no_checkout(tmp_path: Path, monkeypatch, capsys) -> None:
    (tmp_path / "mkdocs.yml").mkdir()
    monkeypatch.chdir(tmp_path)
    assert cli.main(["status"]) == 1 and "no mkdocs.yml here" in capsys.readouterr().err


def test_called_in_another_checkout_it_changes_that_one(root: Path) -> None:
    here = set((ROOT / "docs").iterdir())
    done = run(["new", "edition", "fr"], root)
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.name for path in (root / "docs" / "fr").iterdir()} == {"edition.yml", "messages.po", "queries.yml", "state.yml"}
    assert set((ROOT / "docs").iterdir()) == here and not (ROOT / "docs" / "fr").exists()
    assert f"{ROOT}/" not in done.stdout


@pytest.mark.parametrize("way", ["a folder below", "a link to it", "a link to a folder below"])
def test_problems_are_named_below_the_root_however_one_came_there(way: str, root: Path, tmp_path: Path) -> None:
    change("value: 290", "value: many", "content/cases/denmark.yml")(root)
    link = tmp_path / "linked"
    link.symlink_to("project/docs" if way == "a link to a folder below" else "project")
    place = {"a folder below": root / "content" / "cases", "a link to it": link, "a link to a folder below": link / "en"}[way]
    relative = Path(os.path.relpath(place))
    done = run(["check", "--format", "json"], relative, PWD=str(place))
    assert done.stderr == "" and done.returncode == 1
    [problem] = json.loads(done.stdout)["problems"]
    assert (problem["path"], problem["severity"]) == ("content/cases/denmark.yml", "error")


# Broken in several places at once, and things that are no files


def broken_everywhere(root: Path) -> None:
    danish(root, "da")
    change("value: 290", "value: many", "content/cases/denmark.yml")(root)
    change("{ #educare }", "", "docs/en/what/educare.md")(root)
    (root / "docs/da/state.yml").write_text("index.md: 3\n", encoding="utf-8")
    (root / "docs/da/edition.yml").write_text("name: Dansk\n", encoding="utf-8")


@pytest.mark.parametrize("command", [["check"], ["build", "--no-pdf"]])
def test_all_that_is_wrong_is_said_at_once(command: list[str], root: Path, capsys) -> None:
    broken_everywhere(root)
    assert cli.main(command) == 1
    said = capsys.readouterr().err
    for place in ("content/cases/denmark.yml:", "docs/en/what/educare.md:", "docs/da/state.yml:", "docs/da/edition.yml:"):
        assert place in said, place
    assert not (root / "site").exists()


UNREADABLE = {  # what is done to a file → the file, and how its problem begins
    "mkdocs.yml in other letters": ("mkdocs.yml", b"site_name: \xe3\n", "mkdocs.yml:1: a byte that is not UTF-8"),
    "mkdocs.yml that is no YAML": ("mkdocs.yml", b"site_name: a\nnav: b: c\n", "mkdocs.yml:2: YAML cannot be read here"),
    "a version that is no TOML": ("pyproject.toml", b"[proj", "pyproject.toml:1: no version of the site"),
    "words of the layout in other letters": ("overrides/partials/words.html", b"\xe3", "overrides/partials/words.html:1: a byte"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_named_and_no_traceback(name: str, root: Path, capsys) -> None:
    file, content, begins = UNREADABLE[name]
    danish(root, "da")
    (root / file).write_bytes(content)
    assert cli.main(["check"]) == 1
    assert begins in capsys.readouterr().err


def test_a_folder_without_its_file_is_an_edition_that_lacks_it(root: Path, capsys) -> None:
    danish(root, "da")
    (root / "docs/da/edition.yml").unlink()
    for command in (["check"], ["status"], ["build", "--no-pdf"]):
        assert cli.main(command) == 1
        assert "docs/da/edition.yml:1: there is no such file" in capsys.readouterr().err, command


def test_a_link_is_no_edition_to_be_written_into(root: Path, tmp_path: Path, capsys) -> None:
    danish(root, "da")
    elsewhere = (root / "docs/da").rename(tmp_path / "elsewhere")
    (root / "docs/da").symlink_to(elsewhere)
    before = (elsewhere / "messages.po").read_bytes()
    for command in (["refresh", "da"], ["sync", "da", CORE_TEAM], ["check"]):
        assert cli.main(command) == 1, command
        assert "docs/da:1: a link" in capsys.readouterr().err
    assert (elsewhere / "messages.po").read_bytes() == before


def test_a_pipe_in_the_place_of_messages_keeps_nobody_waiting(root: Path, capsys) -> None:
    danish(root, "da")
    (root / "docs/da/messages.po").unlink()
    os.mkfifo(root / "docs/da/messages.po")
    assert cli.main(["status", "da"]) == 0
    assert cli.main(["check", "da"]) == 1 and "something that is no file" in capsys.readouterr().err
