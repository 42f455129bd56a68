"""What the tests share: the sample facts, and a copy of them to break."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from macros.facts.load import Content, load
from roadmap import build as building
from roadmap.build import Say, build
from roadmap.check import browser_search
from roadmap.project.project import Edition, Project
from roadmap.staging import web_fonts
from tests.audit.tools import CHROMIUM

sys.dont_write_bytecode = False  # else each of the many processes that tests start compiles all our code
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")  # speed is no matter of a test, nor chance: what is random is tried by `tests/audit/fuzz`

PATIENCE = 120  # seconds that a test waits for what must come: it bites only where it never comes, whatever else the cores do
expect.set_options(timeout=PATIENCE * 1000)
browser_search.PATIENCE = PATIENCE * 1000

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "tests" / "sample"
ADDRESS = "https://value-roadmap.example.org/"  # where the site of a test is published; that of mkdocs.yml is a placeholder


LONG = (  # files that take long, the longest first, so that no worker is left with one alone; the first two build what others share
    "pdf/test_book", "site/test_anywhere", "test_build", "site/test_offline", "site/test_light", "site/test_contrast",
    "site/test_checklist", "site/test_audit", "pdf/test_worksheets", "site/test_search", "site/test_accessible", "test_cli", "site/test_whole_way",
    "site/test_keyboard", "site/test_right_to_left", "test_mkdocs_alone", "project/test_reads", "site/test_content_security_policy",
    "site/test_letters", "staging/test_editions", "site/test_browser", "publish/test_zip_copy", "check/test_safety", "test_house",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ranks = {ROOT / "tests" / f"{name}.py": rank for rank, name in enumerate(LONG)}
    items.sort(key=lambda item: ranks.get(item.path, len(LONG)))


def rest(*rows: object) -> list:
    """The rest of a table, for `make audit`: `make test` runs a sample of it."""
    return [pytest.param(*(row if isinstance(row, tuple) else (row,)), marks=pytest.mark.audit) for row in rows]


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


PROJECT = ("content", "docs/en", "macros", "overrides", "mkdocs.yml", "pyproject.toml")
FONTS = Path("overrides", "assets", "fonts")


def copy_project(target: Path) -> Path:
    """What a build of the English edition alone reads, copied, with an address. What was copied there before goes, other
    editions too; what was built from it stays.
    """
    target.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(target / "docs", ignore_errors=True)
    for name in PROJECT:
        path = ROOT / name
        shutil.rmtree(target / name, ignore_errors=True)
        shutil.copytree(path, target / name) if path.is_dir() else shutil.copy(path, target / name)
    shutil.copytree(_fonts(), target / FONTS, dirs_exist_ok=True)
    publish_at(target / "mkdocs.yml", f"{ADDRESS}en/")
    return target


def publish_at(config: Path, address: str) -> None:
    """Writes another address into a configuration."""
    text, count = re.subn(r"^site_url: \S+", f"site_url: {address}", config.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert count == 1
    config.write_text(text, encoding="utf-8")


@cache
def _fonts() -> Path:
    """The web fonts, cut once for all copies of the project, and again only when what they are made from changes."""
    folder = ROOT / ".cache" / "tests" / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    with alone(folder):
        web_fonts.provide(folder)
    return folder


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Only one process at a time is inside with the same path."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def contents(site: Path) -> dict[str, bytes]:
    """Every file of a site, by its path."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def closed_to_others(site: Path) -> list[Path]:
    """What of a site a web server, which is another user, may not read."""
    return [path for path in site.rglob("*") if path.stat().st_mode & (0o055 if path.is_dir() else 0o044) not in {0o055, 0o044}]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The whole project, to break or to build."""
    return copy_project(tmp_path / "project")


def edition(root: Path, code: str) -> Edition:
    """An edition of a checkout, read afresh."""
    return Project(root).edition(code)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, started once for each worker. Each test opens a context of its own, and waits with patience."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        browser.new_context, browser.new_page = _patient(browser.new_context), _patient(browser.new_page)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Page]:
    """One window for all tests that only look at pages, for a new one costs as much as five pages: see `look`."""
    with browser.new_context() as context:
        yield context.new_page()


def look(window: Page, path: Path, width: int, **media: str) -> Page:
    """Shows a page from a folder, its letters loaded. `media` is what `emulate_media` takes; all else is as in a new window."""
    window.set_viewport_size({"width": width, "height": 800})
    window.emulate_media(**AS_IN_A_NEW_WINDOW | media)
    window.goto(path.as_uri())
    window.evaluate("document.fonts.ready.then(() => true)")
    return window


AS_IN_A_NEW_WINDOW = {"media": "null", "color_scheme": "light", "reduced_motion": "no-preference", "forced_colors": "none"}


def _patient(open_new: Callable[..., BrowserContext | Page]) -> Callable[..., BrowserContext | Page]:
    """What opens a context or a page, with the patience of a test."""
    def opened(**settings: object) -> BrowserContext | Page:
        new = open_new(**settings)
        new.set_default_timeout(PATIENCE * 1000)
        return new
    return opened


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Path]) -> Path:
    """The site that `make` builds in a folder: the first worker that needs it does, the others wait. Nobody changes it."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    with alone(folder):
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
