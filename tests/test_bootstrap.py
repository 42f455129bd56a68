"""`.venv` is made and filled before anything else runs: half of it is never taken for the whole."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from roadmap import bootstrap

LOCK = "requirements.lock"
MAKES, INSTALLS, ADDS_PIP = "venv", "pip install", "ensurepip"


@pytest.fixture
def done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What `install` does, in its order, in a `.venv` of its own."""
    folder = tmp_path / ".venv"
    done: list[str] = []

    def make(path: Path, *, clear: bool, **_: object) -> None:
        assert clear
        for name in ("python", "pip"):
            (path / "bin").mkdir(parents=True, exist_ok=True)
            (path / "bin" / name).touch()
        (path / "installing").unlink(missing_ok=True)
        done.append(MAKES)

    monkeypatch.setattr(bootstrap, "VENV", folder)
    monkeypatch.setattr(bootstrap, "PYTHON", folder / "bin" / "python")
    monkeypatch.setattr(bootstrap.venv, "create", make)
    monkeypatch.setattr(bootstrap, "_run_in_venv", lambda *words: done.append(" ".join(words[:2])))
    return done


def test_what_is_installed_is_not_installed_again(done: list[str]) -> None:
    bootstrap.install(LOCK)
    assert done == [MAKES, INSTALLS, INSTALLS]
    bootstrap.install(LOCK)
    assert done == [MAKES, INSTALLS, INSTALLS]


def test_what_broke_off_begins_anew(done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_off(*_: str) -> None:
        raise subprocess.CalledProcessError(2, "pip")

    with monkeypatch.context() as patch, pytest.raises(subprocess.CalledProcessError):
        patch.setattr(bootstrap, "_run_in_venv", breaks_off)
        bootstrap.install(LOCK)
    bootstrap.install(LOCK)
    assert done == [MAKES, MAKES, INSTALLS, INSTALLS]


def test_a_venv_of_uv_gets_pip(done: list[str]) -> None:
    (bootstrap.VENV / "bin").mkdir(parents=True)
    bootstrap.PYTHON.touch()
    bootstrap.install(LOCK)
    assert done == [ADDS_PIP, INSTALLS, INSTALLS]
