"""Builds the site beside the old one and swaps it in at the end. A build that fails leaves what was
there.

Editions are built side by side by processes that have already loaded everything. An edition whose
inputs did not change since the last time is neither checked nor built again.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from macros.facts.problem import Problem, Problems
from roadmap.check.run import check
from roadmap.pdf import book, worksheets
from roadmap.postprocess import bundle, content_security_policy, search_index, theme_fixes, verify
from roadmap.project import addresses, mkdocs_config
from roadmap.project.cache import Kept
from roadmap.project.edition_file import ENGLISH, EditionFile, all_of
from roadmap.publish import (
    landing_page,
    open_data,
    service_worker,
    sitemap,
    social_card,
    web_app,
    zip_copy,
)
from roadmap.staging import stage, web_fonts
from roadmap.staging.stage import Source, Staged
from roadmap.translation import progress

Say = Callable[[str], None]


def build(root: Path, say: Say, only: Collection[str] = (), *, pdf: bool = True) -> Path:
    """The site, built, with sheets and book as PDF or without. Raises Problems; then the old site
    is untouched.

    `only` names the editions to build; the others stay as they are.
    """
    web_fonts.provide(root / "overrides" / "assets" / "fonts")
    editions = all_of(root)
    offered = offered_of(root, editions)
    kept, codes = Kept(root, offered, pdf), list(only or editions)
    with tempfile.TemporaryDirectory(dir=_cache(root), prefix="site-") as temporary:
        work, fresh = Path(temporary) / "work", Path(temporary) / "site"
        if todo := [code for code in codes if not kept.folder(code).exists()]:
            _make(root, work, {code: editions[code] for code in todo}, offered, pdf, say)
            for code in todo:
                kept.add(code, work / code)
        if only and (root / "site").exists():
            shutil.copytree(root / "site", fresh)
        for code in codes:
            shutil.rmtree(fresh / code, ignore_errors=True)
            shutil.copytree(kept.folder(code), fresh, dirs_exist_ok=True)
        site = addresses.site_of(root, offered)
        landing_page.write(root, fresh, site)
        social_card.write(root, fresh, offered)
        sitemap.write(fresh, site)
        return _swap(fresh, root / "site")


def offered_of(root: Path, editions: dict[str, EditionFile]) -> dict[str, EditionFile]:
    """The editions that the menu offers: those whose core set is whole."""

    def whole(code: str) -> bool:
        counted = progress.edition(root, code, strings=progress.words_of_messages, look_back=False)
        return code == ENGLISH or not counted.core_missing

    return {code: edition for code, edition in editions.items() if edition.offered and whole(code)}


def _make(
    root: Path,
    work: Path,
    editions: dict[str, EditionFile],
    offered: dict[str, EditionFile],
    pdf: bool,
    say: Say,
) -> None:
    """Makes editions, each in a folder of its own that holds what it adds to the site. Raises
    Problems.
    """
    say("Checking facts, pages and editions …")
    if problems := check(root, list(editions)):
        raise Problems(problems)
    sources = [stage.source(root, code, edition) for code, edition in editions.items()]
    staged = [stage.stage(root, source, offered) for source in sources]
    for done, code in enumerate(_in_parallel(staged, work), start=1):
        say(f"Built the edition {code} ({done} of {len(staged)}) …")
    for source in sources:
        _papers(root, work / source.code, source, pdf, say)
        _data(root, work / source.code, source)
        web_app.write(root, work / source.code / source.code, source.code, source.edition)
        zip_copy.pack(root, work / source.code, source)
        service_worker.write(root, work / source.code / source.code, source.code)
    say("Reading every page …")
    found = [
        p for source in sources for p in verify.inspect(work / source.code, source.code, "site")
    ]
    if found:
        raise Problems(found)


def _in_parallel(staged: list[Staged], work: Path) -> Iterable[str]:
    """Builds editions side by side and names each when it is there. Raises Problems of all of
    them.
    """
    folders = [work / one.code / one.code for one in staged]
    if len(staged) < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from _named(map(build_edition, staged, folders))
        return
    workers = min(os.cpu_count() or 1, len(staged))
    with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as pool:
        yield from _named(pool.map(build_edition, staged, folders))


def _named(results: Iterable[tuple[str, list[Problem]]]) -> Iterable[str]:
    problems: list[Problem] = []
    for code, found in results:
        problems += found
        yield code
    if problems:
        raise Problems(problems)


def build_edition(staged: Staged, folder: Path) -> tuple[str, list[Problem]]:
    """Builds, finishes, lightens and seals the pages of one edition. Returns its code and what went
    wrong.
    """
    try:
        mkdocs_config.build(staged.config, folder)
        theme_fixes.finish(folder)
        search_index.lean(folder)
        bundle.lighten(folder)
        content_security_policy.seal(folder)
    except Problems as problems:
        return staged.code, list(problems.problems)
    return staged.code, []


def _papers(root: Path, work: Path, source: Source, pdf: bool, say: Say) -> None:
    """The sheets of an edition and, where readers are offered it, the book."""
    edition, pieces = work / source.code, source.pieces("worksheets/index.md")
    if not pdf:
        worksheets.leave_out(edition)
        return
    worksheets.make(root, edition, say, pieces)
    if source.edition.offered:
        out = work / "downloads" / f"roadmap-{source.code}.pdf"
        book.make(edition, out, source.translator, say, root=root, imprint=pieces.imprint)


def _data(root: Path, work: Path, source: Source) -> None:
    """The facts for others, with the texts of an edition."""
    english = source.english("")
    version, address = english.imprint.version, english.imprint.address
    open_data.write(
        work / open_data.FOLDER,
        english.facts,
        source.translator,
        version,
        addresses.root_of(address),
    )


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
