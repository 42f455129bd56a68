"""Builds the site beside the old one and swaps it in at the end.

A build that fails leaves what was there. Editions are built side by side, each by a process that
has already loaded everything. An edition whose inputs did not change since the last time is neither
checked nor built again.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from macros.facts.problem import Problem, Problems
from roadmap.check.run import check
from roadmap.pdf.book import write_book
from roadmap.pdf.worksheets import write_worksheets
from roadmap.postprocess import run as postprocess
from roadmap.postprocess.built_edition import BuiltEdition
from roadmap.project import addresses, mkdocs_config
from roadmap.project.cache import EditionCache
from roadmap.project.edition_file import EditionFile
from roadmap.project.project import Edition, Project
from roadmap.publish import open_data, service_worker, sitemap, social_card, web_app, zip_copy
from roadmap.publish.landing_page import write_landing_page
from roadmap.staging import web_fonts
from roadmap.staging.stage import stage
from roadmap.translation import progress

Say = Callable[[str], None]


def build(root: Path, say: Say, only: Collection[str] = (), *, pdf: bool = True) -> Path:
    """The site, built, with worksheets and book as PDF or without.

    `only` names the editions to build; the others stay as they are. Raises Problems; then the old
    site is untouched.
    """
    web_fonts.provide(root / "overrides" / "assets" / "fonts")
    project = Project(root)
    offered = _offered_or_all_problems(project)
    cache = EditionCache(project, offered, pdf)
    editions = [project.edition(code) for code in only or project.codes]
    site = project.root / "site"
    with tempfile.TemporaryDirectory(dir=_cache_folder(project), prefix="site-") as temporary:
        work = Path(temporary) / "work"
        fresh = Path(temporary) / "site"
        job = Job(project, offered, work, pdf, say)
        _fill_cache(job, editions, cache)
        if only and site.exists():
            shutil.copytree(site, fresh)
        for edition in editions:
            shutil.rmtree(fresh / edition.code, ignore_errors=True)
            shutil.copytree(cache.path(edition.code), fresh, dirs_exist_ok=True)
        _write_shared(project, offered, editions, fresh)
        return _swap(fresh, site)


def _fill_cache(job: Job, editions: Iterable[Edition], cache: EditionCache) -> None:
    """Makes the editions that the cache does not hold, and stores them. Raises Problems."""
    missing = []
    for edition in editions:
        if not cache.path(edition.code).exists():
            missing.append(edition)
    if not missing:
        return
    _make(job, missing)
    for edition in missing:
        cache.store(edition.code, job.work / edition.code)


def _offered_or_all_problems(project: Project) -> dict[str, EditionFile]:
    """The editions on offer. Raises Problems with everything that is wrong, not only the first."""
    try:
        return offered_of(project)
    except Problems as refusal:
        errors = _errors(check(project))
        raise Problems([*refusal.problems, *errors]) from None


def _errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]


def offered_of(project: Project) -> dict[str, EditionFile]:
    """The editions that the menu offers: those whose core set is whole. Raises Problems."""
    offered = {}
    for code, file in project.edition_files().items():
        edition = project.edition(code)
        if file.offered and _has_core_set(edition):
            offered[code] = file
    return offered


def _has_core_set(edition: Edition) -> bool:
    """Whether nothing of the core set lacks a translation. Raises Problems."""
    if edition.is_english:
        return True
    status = progress.progress(edition)
    return not status.core_missing


# Editions


@dataclass(frozen=True)
class Job:
    """What the processes that build editions share. `work` is the folder that they build in."""

    project: Project
    offered: Mapping[str, EditionFile]
    work: Path
    pdf: bool
    say: Say


def _make(job: Job, editions: list[Edition]) -> None:
    """Makes editions, each in a folder that holds what it adds to the site. Raises Problems."""
    job.say("Checking facts, pages and editions …")
    codes = [edition.code for edition in editions]
    errors = _errors(check(job.project, codes))
    if errors:
        raise Problems(errors)
    problems: list[Problem] = []
    built = _in_parallel(job, codes)
    for done, (code, refused) in enumerate(built, start=1):
        problems += refused
        job.say(f"Built the edition {code} ({done} of {len(codes)}) …")
    if problems:
        raise Problems(problems)


def _in_parallel(job: Job, codes: list[str]) -> Iterator[tuple[str, list[Problem]]]:
    """Builds editions side by side; the code of each when it is there, and what went wrong."""
    global _job
    _job = job  # forked processes find it here: it need not be sent to them
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    if len(codes) < 2 or not can_fork:
        yield from map(_build_or_refuse, codes)
        return
    workers = min(os.cpu_count() or 1, len(codes))
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, context) as pool:
        yield from pool.map(_build_or_refuse, codes)


_job: Job


def _build_or_refuse(code: str) -> tuple[str, list[Problem]]:
    """Builds one edition; its code, and the problems that it could not be built for."""
    edition = _job.project.edition(code)
    try:
        build_edition(_job, edition)
    except Problems as problems:
        return code, list(problems.problems)
    return code, []


def build_edition(job: Job, edition: Edition) -> None:
    """Builds one edition: stage, MkDocs, post-process, PDFs, ZIP, policy, worker.

    Raises Problems.
    """
    staged = stage(edition, job.offered)
    site = job.work / edition.code
    folder = site / edition.code
    mkdocs_config.build(staged.config, folder)
    built = BuiltEdition(folder, has_pdfs=job.pdf)
    postprocess.process(built)
    if job.pdf:
        _write_pdfs(job, edition, built)
    web_app.write_manifest(edition, folder)
    data = open_data.files(edition.project, [edition])
    zip_copy.write_zip(edition, built, data)
    zip_copy.fill_download_cards(edition, built)
    postprocess.finish(built, beside=data)
    service_worker.write_worker(edition, folder)


def _write_pdfs(job: Job, edition: Edition, built: BuiltEdition) -> None:
    """The worksheets of an edition and, where readers are offered it, the book."""
    write_worksheets(edition, built.folder, job.say)
    if not edition.file.offered:
        return
    site_pages = {}
    for path, page in built.pages.items():
        site_pages[path] = page.html
    downloads = built.folder.parent / "downloads"
    out = downloads / f"roadmap-{edition.code}.pdf"
    write_book(edition, site_pages, out, job.say)


# What stands beside the editions


def _write_shared(
    project: Project,
    offered: Mapping[str, EditionFile],
    editions: Iterable[Edition],
    fresh: Path,
) -> None:
    """Writes landing page, open data, social cards and sitemap into a site with its editions."""
    site = addresses.site_of(project, offered)
    write_landing_page(project, fresh, site)
    data = open_data.files(project, editions)
    open_data.write_files(fresh, data)
    offered_editions = [project.edition(code) for code in offered]
    social_card.write_cards(fresh, offered_editions)
    sitemap.write_sitemap(fresh, site)


def _cache_folder(project: Project) -> Path:
    folder = project.root / ".cache"
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
