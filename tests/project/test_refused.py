"""What the system refuses is said in one line, and nothing is lost."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from macros.facts.problem import Problem
from roadmap import cli
from roadmap.project import processes
from roadmap.project.refused import refused
from tests.conftest import contents


def failed_copies(number: int) -> shutil.Error:
    return shutil.Error([("a", "b", str(OSError(errno.EACCES, "x"))), ("docs/a", "/checkout/site/a", str(OSError(number, os.strerror(number), "docs/a")))])


@pytest.mark.parametrize(("error", "expected"), [
    (OSError(errno.ENOSPC, "x", "/checkout/site/a"), Problem("site/a", 1, "no room left on this disk", "room for the site, and for `.cache` beside it")),
    (OSError(errno.ENOSPC, "x"), Problem(".", 1, "no room left on this disk", "room for the site, and for `.cache` beside it")),
    (PermissionError(errno.EACCES, "x", "/checkout/docs/en/a.md"), Problem("docs/en/a.md", 1, "no permission to read or write this", "what belongs to the user who builds")),
    (OSError(errno.EROFS, "x", b"/checkout/.cache"), Problem(".cache", 1, "a disk that cannot be written to", "a checkout on a disk that can")),
    (OSError(errno.EXDEV, "x", "/checkout/a", None, "/checkout/b"), Problem("b", 1, "the system refuses: Invalid cross-device link", "a file or folder that builds can use")),
    (OSError("no number"), Problem(".", 1, "the system refuses: no number", "a file or folder that builds can use")),
    (failed_copies(errno.ENOSPC), Problem("site/a", 1, "no room left on this disk", "room for the site, and for `.cache` beside it")),
])
def test_it_is_named_where_it_happened(error: OSError, expected: Problem) -> None:
    assert refused(error, Path("/checkout")) == expected


WRITES: list[tuple[Any, str]] = [(Path, "write_bytes"), (Path, "write_text"), (shutil, "copyfile"), (Path, "mkdir"), (Path, "replace")]


def fail_after(writes: int, patch: pytest.MonkeyPatch) -> None:
    """The disk is full once so many files have been written."""
    left = [writes]

    def limited(write: Callable[..., Any]) -> Callable[..., Any]:
        def write_or_fail(*arguments: Any, **how: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return write(*arguments, **how)

        return write_or_fail

    for owner, name in WRITES:
        patch.setattr(owner, name, limited(getattr(owner, name)))


def test_a_full_disk_leaves_the_old_site_and_the_next_build_is_right(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(project)
    monkeypatch.setattr(processes, "_cores", 1)
    assert cli.main(["build", "--no-pdf"]) == 0
    whole = contents(project / "site")
    page = project / "docs" / "en" / "glossary.md"
    for writes in (3, 150, 400):
        page.write_text(page.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
        capsys.readouterr()
        with monkeypatch.context() as patch:
            fail_after(writes, patch)
            assert cli.main(["build", "--no-pdf"]) == 1, writes
        said = capsys.readouterr().err
        assert "no room left on this disk" in said and "Traceback" not in said and "Nothing was changed." in said
        assert contents(project / "site") == whole
    assert cli.main(["build", "--no-pdf"]) == 0
    in_steps = contents(project / "site")
    shutil.rmtree(project / ".cache")
    shutil.rmtree(project / "site")
    assert cli.main(["build", "--no-pdf"]) == 0
    assert contents(project / "site") == in_steps != whole


def test_a_file_that_nobody_may_read_is_named(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    read_bytes = Path.read_bytes

    def read(path: Path) -> bytes:
        if path.name == "glossary.md":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.chdir(project)
    monkeypatch.setattr(Path, "read_bytes", read)
    for command in (["check"], ["build", "--no-pdf"]):
        assert cli.main(command) == 1
        said = capsys.readouterr().err
        assert "docs/en/glossary.md:1: no permission to read or write this" in said and "Traceback" not in said
