"""What the tests share: the sample facts, and a copy of them to break."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from macros.facts.load import Content, load
from roadmap import build as building
from roadmap.build import Say, build
from roadmap.project.project import Edition, Project

settings.register_profile("unhurried", deadline=None)  # speed is no matter of a test
settings.load_profile("unhurried")

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "tests" / "sample"


@pytest.fixture(scope="session")
def sample() -> Content:
    return load(SAMPLE / "content")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A content folder of one's own."""
    return Path(shutil.copytree(SAMPLE / "content", tmp_path / "content"))


@pytest.fixture(scope="session")
def published() -> Content:
    """The facts of the project itself."""
    return load(ROOT / "content")


PROJECT = ("content", "docs", "macros", "overrides", "mkdocs.yml", "pyproject.toml")


def copy_project(target: Path) -> Path:
    """What a build reads, copied. What was copied there before goes; what was built from it stays."""
    target.mkdir(parents=True, exist_ok=True)
    for name in PROJECT:
        path = ROOT / name
        shutil.rmtree(target / name, ignore_errors=True)
        shutil.copytree(path, target / name) if path.is_dir() else shutil.copy(path, target / name)
    return target


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The whole project, to break or to build."""
    return copy_project(tmp_path / "project")


def edition(root: Path, code: str) -> Edition:
    """An edition of a checkout, read afresh."""
    return Project(root).edition(code)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Path]) -> Path:
    """The site that `make` builds in a folder: the first worker that needs it does, the others wait. Nobody changes it."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder.with_suffix(".done")
        if not done.exists():
            make(folder)
            done.touch()
    return folder / "site"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once for all workers."""
    return made_once(tmp_path_factory, "one-edition", lambda root: build(copy_project(root), say=lambda _: None))


def build_with_arabic(root: Path, say: Say, *, pdf: bool = True) -> Path:
    """The site of every edition and of the right-to-left test edition, all on offer, built in a copy of the project."""
    copy_project(root)
    shutil.copytree(ROOT / "tests" / "editions" / "ar", root / "docs" / "ar")
    with pytest.MonkeyPatch.context() as patch:  # readers are offered a whole edition only; this one is a sample
        patch.setattr(building, "offered_of", lambda project: project.edition_files())
        return build(root, say, pdf=pdf)


@pytest.fixture(scope="session")
def two_editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site in English and in the right-to-left test edition, both on offer, without PDFs; built once for all workers."""
    return made_once(tmp_path_factory, "two-editions", lambda root: build_with_arabic(root, lambda _: None, pdf=False))
