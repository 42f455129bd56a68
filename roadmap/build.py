"""Builds the site beside the old one and swaps it in at the end. A build that fails leaves what was there.

Editions are built side by side by processes that have already loaded everything. An edition whose inputs did not
change since the last time comes from `.cache/editions`.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import distributions
from pathlib import Path

from macros.problem import Problem, Problems
from roadmap import book, choose, finish, fonts, host, inspect, sheets, stage, status
from roadmap.check import check
from roadmap.editions import ENGLISH, EditionFile, all_of
from roadmap.stage import Source, Staged

Say = Callable[[str], None]
OURS = Path(__file__).resolve().parent  # what the code of a build depends on besides its inputs


def build(root: Path, say: Say, only: Collection[str] = (), *, pdf: bool = True) -> Path:
    """The site, built, with sheets and book as PDF or without. Raises Problems; then the old site is untouched.

    `only` names the editions to build; the others stay as they are.
    """
    say("Checking facts, pages and editions …")
    if problems := check(root):
        raise Problems(problems)
    fonts.provide(root / "overrides" / "assets" / "fonts")
    editions = all_of(root)
    offered = offered_of(root, editions)
    with tempfile.TemporaryDirectory(dir=_cache(root), prefix="site-") as temporary:
        fresh = Path(temporary) / "site"
        if only and (root / "site").exists():
            shutil.copytree(root / "site", fresh)
        sources = [stage.source(root, code, editions[code]) for code in only or editions]
        _pages(root, fresh, sources, offered, say)
        for source in sources:
            _papers(root, fresh, source, pdf, say)
        choose.write(root, fresh, offered)
        say("Reading every page …")
        if problems := inspect.inspect(fresh, shown_as="site"):
            raise Problems(problems)
        return _swap(fresh, root / "site")


def _pages(root: Path, fresh: Path, sources: list[Source], offered: dict[str, EditionFile], say: Say) -> None:
    """The pages of these editions, from the cache where nothing changed."""
    staged = [stage.stage(root, source, offered) for source in sources]
    kept = {one.code: _cache(root) / "editions" / f"{one.code}-{fingerprint(root, one)}" for one in staged}
    todo = [one for one in staged if not kept[one.code].exists()]
    for done, code in enumerate(_in_parallel(todo, kept), start=1):
        say(f"Built the edition {code} ({done} of {len(todo)}) …")
    for code, folder in kept.items():
        shutil.rmtree(fresh / code, ignore_errors=True)
        shutil.copytree(folder, fresh / code)
        for old in folder.parent.glob(f"{code}-*"):
            if old != folder:
                shutil.rmtree(old)


def _papers(root: Path, fresh: Path, source: Source, pdf: bool, say: Say) -> None:
    """The sheets of an edition and, where readers are offered it, the book."""
    edition, pieces = fresh / source.code, source.pieces("worksheets/index.md")
    if not pdf:
        sheets.leave_out(edition)
        return
    sheets.make(root, edition, say, pieces)
    if source.edition.offered:
        out = fresh / "downloads" / f"roadmap-{source.code}.pdf"
        book.make(edition, out, source.words, say, root=root, imprint=pieces.imprint)


def offered_of(root: Path, editions: dict[str, EditionFile]) -> dict[str, EditionFile]:
    """The editions that the menu offers: those whose core set is whole."""
    def whole(code: str) -> bool:
        counted = status.edition(root, code, strings=status.words_of_messages, look_back=False)
        return code == ENGLISH or not counted.core_missing

    return {code: edition for code, edition in editions.items() if edition.offered and whole(code)}


def _in_parallel(todo: list[Staged], kept: dict[str, Path]) -> Iterable[str]:
    """Builds editions side by side and names each when it is there. Raises Problems of all of them."""
    if len(todo) < 2 or "fork" not in multiprocessing.get_all_start_methods():
        results = map(build_edition, todo, (kept[one.code] for one in todo))
        yield from _named(results)
        return
    with ProcessPoolExecutor(min(os.cpu_count() or 1, len(todo)), multiprocessing.get_context("fork")) as pool:
        yield from _named(pool.map(build_edition, todo, (kept[one.code] for one in todo)))


def _named(results: Iterable[tuple[str, list[Problem]]]) -> Iterable[str]:
    problems: list[Problem] = []
    for code, found in results:
        problems += found
        yield code
    if problems:
        raise Problems(problems)


def build_edition(staged: Staged, folder: Path) -> tuple[str, list[Problem]]:
    """Builds and finishes one edition into a folder. Returns its code and what went wrong."""
    unfinished = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        host.build(staged.config, unfinished)
        finish.finish(unfinished)
    except Problems as problems:
        return staged.code, list(problems.problems)
    unfinished.rename(folder)
    return staged.code, []


def fingerprint(root: Path, staged: Staged) -> str:
    """A hash of everything that the pages of an edition are made from."""
    told = hashlib.sha256()
    shared = [root / "mkdocs.yml", staged.config]
    for path in [*shared, *_files(staged.folder), *_files(root / "overrides"), *sorted(OURS.rglob("*.py"))]:
        told.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    for package in sorted(f"{d.metadata['Name']} {d.version}" for d in distributions()):
        told.update(package.encode())
    return told.hexdigest()[:16]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _cache(root: Path) -> Path:
    folder = root / ".cache"
    folder.mkdir(exist_ok=True)
    return folder


def _swap(fresh: Path, site: Path) -> Path:
    """Puts the fresh site in the place of the old one."""
    old = fresh.with_name("old")
    if site.exists():
        site.rename(old)
    fresh.rename(site)
    shutil.rmtree(old, ignore_errors=True)
    return site
