"""Before a site is published: every placeholder is named with its line, and nothing else is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from roadmap import cli
from roadmap.check.publish import placeholders
from roadmap.project.project import Project
from tests.conftest import ADDRESS, SAMPLE
from tests.facts.test_load import change

CONFIG, OWNERS, CITATION, EDITION = "mkdocs.yml", ".github/CODEOWNERS", "CITATION.cff", "docs/da/edition.yml"
DECIDED = {
    OWNERS: "# *  @nobody\n*  @a-user @an-organisation/the-team  # and their leader\n/docs/da/  a.b@centre.org\n/docs/\n",
    CITATION: "title: VALUE Roadmap\nauthors:\n  - name: The Centre\n",
    EDITION: "name: dansk\nteam:\n  - A. B.\n",
    "LICENSE.txt": "As you like it.\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project in which everything is decided."""
    root = Path(shutil.copytree(SAMPLE, tmp_path / "project"))
    settings = f"site_url: {ADDRESS}en/\nrepo_url: https://files.example.org/value\nextra:\n  contact: https://tracker.example.org/new\n"
    change("extra:\n", settings, CONFIG)(root)
    for name, text in DECIDED.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def found_in(root: Path) -> list[str]:
    """What is found, without what must be there instead."""
    return [str(each).partition("; ")[0] for each in placeholders(Project(root), ["en", "da"])]


def without(name: str) -> Callable[[Path], None]:
    return lambda root: (root / name).unlink()


UNDECIDED = {
    "a name of nobody": (change(ADDRESS, "https://value-roadmap.example/", CONFIG), f"{CONFIG}:3: `site_url: https://value-roadmap.example…`, a placeholder of an address"),
    "an address without a folder of the language": (
        change(f"{ADDRESS}en/", f"{ADDRESS}roadmap", CONFIG), f"{CONFIG}:3: `site_url: https://value-roadmap.example…`, not that of the English edition"),
    "an address of another edition": (
        change(f"{ADDRESS}en/", f"{ADDRESS}da/", CONFIG), f"{CONFIG}:3: `site_url: https://value-roadmap.example…`, not that of the English edition"),
    "no address": (change("site_url: ", "# ", CONFIG), f"{CONFIG}:1: no `site_url`"),
    "an empty contact": (change("https://tracker.example.org/new", '""  # where readers write to', CONFIG), f'{CONFIG}:6: `contact: ""`, no contact'),
    "no contact": (change("contact: ", "other: ", CONFIG), f"{CONFIG}:1: no `contact`"),
    "a contact of nobody": (change("tracker.example.org", "tracker.example", CONFIG), f"{CONFIG}:6: `contact: https://tracker.example/new`, no contact"),
    "a contact that is a script": (change("https://tracker.example.org/new", "javascript:alert(1)", CONFIG), f"{CONFIG}:6: `contact: javascript:alert(1)`, no contact"),
    "an empty repository": (change("https://files.example.org/value", '""  # where the files are', CONFIG), f'{CONFIG}:4: `repo_url: ""`, no address of the repository'),
    "no repository": (change("repo_url: ", "# ", CONFIG), f"{CONFIG}:1: no `repo_url`"),
    "a repository of nobody": (change("files.example.org", "files.example", CONFIG), f"{CONFIG}:4: `repo_url: https://files.example/value`, no address of the repository"),
    "a repository without a lock": (change("https://files", "http://files", CONFIG), f"{CONFIG}:4: `repo_url: http://files.example.org/value`, no address of the repository"),
    "a team of nobody": (change("@a-user", "@maintainers", OWNERS), f"{OWNERS}:2: `@maintainers`, which is nobody"),
    "a name without its sign": (change("@an-organisation/the-team", "the-team", OWNERS), f"{OWNERS}:2: `the-team`, which is nobody"),
    "no licence": (without("LICENSE.txt"), "LICENSE:1: no such file"),
    "no author": (change("The Centre", "The maintainers of this project", CITATION), f"{CITATION}:3: `The maintainers of this project`"),
    "no team": (change("A. B.", "Nobody yet", EDITION), f"{EDITION}:3: `Nobody yet`"),
}


@pytest.mark.parametrize("name", UNDECIDED)
def test_a_placeholder_is_named(name: str, root: Path) -> None:
    undecide, found = UNDECIDED[name]
    assert found_in(root) == []
    undecide(root)
    assert found_in(root) == [found]


@pytest.mark.parametrize("name", ["LICENSE", "licence.md", "LICENSES", "COPYING", "LICENSE-CC-BY"])
def test_a_licence_may_have_any_of_its_names(name: str, root: Path) -> None:
    (root / "LICENSE.txt").rename(root / name)
    assert found_in(root) == []


def test_a_mail_address_is_a_contact_and_another_host_needs_no_code_owners(root: Path) -> None:
    change("https://tracker.example.org/new", "mailto:us@centre.org", CONFIG)(root)
    (root / OWNERS).unlink()
    assert found_in(root) == []


def test_one_broken_file_keeps_no_other_back(root: Path) -> None:
    (root / OWNERS).write_bytes(b"* \xff\n")
    (root / "LICENSE.txt").unlink()
    assert [line.partition(": ")[0] for line in found_in(root)] == [f"{OWNERS}:1", "LICENSE:1"]


def test_only_who_publishes_is_told(project: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    """The tool chooses no licence for the owners, and no error comes twice."""
    monkeypatch.chdir(project)
    assert cli.main(["check"]) == 0
    capsys.readouterr()
    assert cli.main(["check", "en", "--publish"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len([line for line in said if "LICENSE:1: no such file; the licence that the owners choose" in line]) == 1
    assert not any(name in line for line in said for name in ("MIT", "GPL", "CC BY", "Creative Commons"))
