"""What is remembered between runs: it comes back for the same values only, from the same code only, and goes when nobody asks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from roadmap.project import cache
from roadmap.project.cache import Memo
from roadmap.project.project import Project


def never() -> Any:
    pytest.fail("made again")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of a memo that remembers one value."""
    path = tmp_path / "memo" / "pages.json"
    memo = Memo(path)
    memo.get(lambda: {"html": "<p>č", "derived": [1, None]}, "page", 1, ("a",))
    memo.save()
    return path


def test_a_value_comes_back_in_the_same_run_and_in_the_next(file: Path) -> None:
    memo = Memo(file)
    assert memo.get(never, "page", 1, ("a",)) == {"html": "<p>č", "derived": [1, None]}
    assert memo.get(lambda: "two", "other") == memo.get(never, "other") == "two"


@pytest.mark.parametrize("values", [("page", 2, ("a",)), ("page", "1", ("a",)), ("page", 1, ("b",)), ("page", 1), ("page", 1, "a"), ()])
def test_another_value_makes_it_anew(values: tuple[object, ...], file: Path) -> None:
    memo = Memo(file)
    assert memo.get(lambda: "two", *values) == "two"
    assert memo.get(never, "page", 1, ("a",)) != "two" and memo.get(never, *values) == "two"


def test_nothing_is_an_answer_too(tmp_path: Path) -> None:
    first = Memo(tmp_path / "memo.json")
    assert first.get(lambda: None, "page") is None and first.get(never, "page") is None
    first.save()
    assert Memo(tmp_path / "memo.json").get(never, "page") is None


@pytest.mark.parametrize(("name", "value"), [("code_of", lambda package: (package, "older")), ("packages", lambda: ("lxml 1.0",))])
def test_a_file_of_other_code_or_packages_counts_as_empty(
    name: str, value: object, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, name, value)
    memo = Memo(file)
    assert memo.kept == {} and memo.get(lambda: "anew", "page", 1, ("a",)) == "anew"
    memo.save()
    assert Memo(file).get(never, "page", 1, ("a",)) == "anew"


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"null", b'"text"', b'{"values": {}}', b'{"made by": "a"}', b"\xff\xfe", b"{" * 9])
def test_a_file_that_is_broken_counts_as_empty(broken: bytes, file: Path) -> None:
    file.write_bytes(broken)
    assert Memo(file).get(lambda: "anew", "page", 1, ("a",)) == "anew"


def test_half_a_file_counts_as_empty_and_is_mended(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])
    memo = Memo(file)
    assert memo.get(lambda: "anew", "page", 1, ("a",)) == "anew"
    memo.save()
    assert Memo(file).get(never, "page", 1, ("a",)) == "anew"


def test_what_nobody_asked_for_is_forgotten(file: Path) -> None:
    second = Memo(file)
    second.get(lambda: "two", "other")
    second.save()
    assert Memo(file).get(never, "other") == "two"
    assert Memo(file).get(lambda: "anew", "page", 1, ("a",)) == "anew"
    assert len(json.loads(file.read_text(encoding="utf-8"))["values"]) == 1


def test_where_nothing_is_new_nothing_is_written(file: Path) -> None:
    file.chmod(0o444)
    before = file.stat()
    memo = Memo(file)
    memo.get(never, "page", 1, ("a",))
    memo.save()
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_what_a_value_grew_by_after_it_was_asked_for_is_kept(tmp_path: Path) -> None:
    """Pages are remembered with what is read in them later."""
    memo = Memo(tmp_path / "memo.json")
    memo.get(lambda: {"derived": {}}, "page")["derived"]["title"] = "A page"
    memo.save()
    assert Memo(tmp_path / "memo.json").get(never, "page") == {"derived": {"title": "A page"}}


def test_what_cannot_be_made_is_not_remembered(tmp_path: Path) -> None:
    memo = Memo(tmp_path / "memo.json")
    with pytest.raises(ZeroDivisionError):
        memo.get(lambda: 1 // 0, "page")
    memo.save()
    assert not (tmp_path / "memo.json").exists() and memo.get(lambda: "one", "page") == "one"


def test_without_a_file_it_is_remembered_for_this_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    memo = Memo()
    assert memo.get(lambda: "one", "page") == memo.get(never, "page") == "one"
    memo.save()
    assert list(tmp_path.iterdir()) == []


def test_the_memos_of_a_project_are_in_its_cache_each_saved_with_its_edition(tmp_path: Path) -> None:
    project = Project(tmp_path)
    assert project.memo("site") is project.memo("site") is not project.memo("site", "da")
    project.memo("site").get(lambda: "one", "page")
    project.memo("pages", "da").get(lambda: "two", "page")
    project.save_memos()
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.json")] == [".cache/memo/all/site.json"]
    project.save_memos("da")
    assert Project(tmp_path).memo("site").get(never, "page") == "one"
    assert Project(tmp_path).memo("pages", "da").get(never, "page") == "two"
    assert Project(tmp_path, project.memos).memo("site") is project.memo("site")


def test_what_has_nothing_new_is_not_written(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.memo("site").get(lambda: "one", "page")
    project.save_memos()
    again = Project(tmp_path)
    again.memo("site")
    again.save_memos()
    assert Project(tmp_path).memo("site").get(never, "page") == "one"
