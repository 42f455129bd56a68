"""Nothing changed: it is seen from outside, and whatever changes is seen, too."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from roadmap.publish.up_to_date import TICK, is_up_to_date, remember, state_for_build

FILES = ("mkdocs.yml", "pyproject.toml", "content/stages.yml", "docs/en/index.md", "overrides/main.html", "site/en/index.html")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A checkout that has been built, with PDFs."""
    (tmp_path / ".cache").mkdir()
    for name in FILES:
        write(tmp_path / name, name)
    remember(tmp_path, state_for_build(tmp_path, [], pdf=True))
    return tmp_path


def test_a_site_that_was_built_from_what_is_there_stands(built: Path) -> None:
    assert is_up_to_date(built, [], pdf=True)


@pytest.mark.parametrize("change", [
    *[lambda root, name=name: write(root / name, "another") for name in FILES],
    *[lambda root, name=name: (root / name).unlink() for name in FILES],
    lambda root: write(root / "docs/en/new.md", "new"),
    lambda root: write(root / "content/cases/new.yml", "new"),
    lambda root: write(root / "site/en/new.html", "not ours"),
    lambda root: write(root / ".cache/built.json", "{"),
    lambda root: write(root / ".cache/built.json", '{"inputs": "", "site": ""}'),
    lambda root: (root / ".cache/built.json").unlink(),
])
def test_whatever_changes_is_built(change: Callable[[Path], None], built: Path) -> None:
    change(built)
    assert not is_up_to_date(built, [], pdf=True)


def test_another_build_than_the_last_is_built(built: Path) -> None:
    assert not is_up_to_date(built, [], pdf=False) and not is_up_to_date(built, ["en"], pdf=True)
    remember(built, state_for_build(built, ["da", "en"], pdf=True))
    assert is_up_to_date(built, ["en", "da"], pdf=True)
    assert not is_up_to_date(built, ["en"], pdf=True) and not is_up_to_date(built, [], pdf=True)


def test_a_file_that_was_changed_a_moment_ago_is_waited_for(built: Path) -> None:
    write(built / "mkdocs.yml", "again")
    remember(built, state_for_build(built, [], pdf=True))
    assert is_up_to_date(built, [], pdf=True) and time.time_ns() - (built / "mkdocs.yml").stat().st_mtime_ns >= TICK


def test_a_file_from_the_future_is_not_trusted(built: Path) -> None:
    later = time.time() + 3600
    os.utime(built / "mkdocs.yml", (later, later))
    assert state_for_build(built, [], pdf=True) == ""
    remember(built, "")
    assert not is_up_to_date(built, [], pdf=True)
