"""Builds the site beside the old one and swaps it in at the end.

A build that fails leaves what was there. Editions are checked and built side by side, each by a
process that has already loaded everything. What did not change since the last time is taken over:
a whole edition, else its pages.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from macros.facts.problem import Problem, Problems, collect_problems
from roadmap.check.run import check, check_english_edition, check_translation
from roadmap.postprocess import bundle, picture_files, search_index
from roadmap.postprocess import run as postprocess
from roadmap.postprocess.built_edition import NOT_FOUND, BuiltEdition, BuiltPage
from roadmap.project import addresses
from roadmap.project.cache import fingerprint
from roadmap.project.edition_cache import EditionCache
from roadmap.project.edition_file import ENGLISH, EditionFile
from roadmap.project.font_cache import FontCache
from roadmap.project.processes import side_by_side
from roadmap.project.project import Edition, Project
from roadmap.publish import (
    landing_page,
    open_data,
    service_worker,
    sitemap,
    social_card,
    up_to_date,
    web_app,
    zip_copy,
)
from roadmap.publish.build_folder import build_folder
from roadmap.publish.swap import place_of, swap
from roadmap.staging import web_fonts
from roadmap.staging.stage import StagedEdition, StagedPage
from roadmap.staging.theme import Theme
from roadmap.translation import catalogue, extract, progress

Say = Callable[[str], None]


def build(root: Path, say: Say, only: Collection[str] = (), *, pdf: bool = True) -> Path:
    """The site, built, with worksheets and book as PDF or without.

    `only` names the editions to build; the others stay as they are. Raises Problems; then the old
    site is untouched.
    """
    web_fonts.provide(root / "overrides" / "assets" / "fonts")
    inputs = up_to_date.state_for_build(root, only, pdf=pdf)
    project = Project(root)
    offered = _offered_or_all_problems(project)
    cache = EditionCache(project, offered, pdf)
    editions = [project.edition(code) for code in only or project.codes]
    cache_folder = _cache_folder(project)
    site = place_of(project.root / "site", cache_folder)
    with build_folder(cache_folder, site) as temporary:
        work = temporary / "work"
        fresh = temporary / site.name
        job = Job(project, offered, work, pdf, say)
        _fill_cache(job, editions, cache)
        if only and site.exists():
            shutil.copytree(site, fresh)
        for edition in editions:
            shutil.rmtree(fresh / edition.code, ignore_errors=True)
            shutil.copytree(
                cache.path(edition.code),
                fresh,
                dirs_exist_ok=True,
                copy_function=shutil.copyfile,
            )
        _write_shared(project, offered, fresh)
        project.save_memos()
        if project.english not in editions:
            project.save_memos(ENGLISH)
        _let_everybody_read(fresh)
        swap(fresh, site)
    up_to_date.remember(root, inputs)
    return project.root / "site"


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
    FontCache(job.project.root).tidy()


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
    project = edition.project
    return project.memo("offered").get(
        lambda: not progress.progress(edition).core_missing,
        edition.code,
        project.content_key,
        project.files_key(edition.folder, project.english.folder),
    )


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
    """Makes editions, each in a folder that holds what it adds to the site. Raises Problems.

    Nothing is made where English has errors; what is wrong with the others is said all the same.
    """
    job.say("Checking facts, pages and editions …")
    problems = _errors(check_english_edition(job.project))
    make = _check_or_refuse
    if not problems:
        make = _build_or_refuse
        _prepare(job.project)
    codes = [edition.code for edition in editions]
    made = side_by_side(partial(make, job), codes)
    for done, (code, refused) in enumerate(made, start=1):
        problems += refused
        if not problems:
            job.say(f"Built the edition {code} ({done} of {len(codes)}) …")
    if problems:
        raise Problems(problems)


def _prepare(project: Project) -> None:
    """Works out what all editions need, once, before their processes begin."""
    open_data.shared_files(project)
    if len(project.codes) > 1:
        extract.sentences(project)


Refusal = tuple[str, list[Problem]]


def _check_or_refuse(job: Job, code: str) -> Refusal:
    """Checks one edition; its code, and what is wrong with it."""
    edition = job.project.edition(code)
    errors = [] if edition.is_english else _errors(check_translation(edition, with_hints=False))
    return code, errors


def _build_or_refuse(job: Job, code: str) -> Refusal:
    """Checks and builds one edition; its code, and the problems that it could not be built for."""
    _, errors = _check_or_refuse(job, code)
    if errors:
        return code, errors
    try:
        build_edition(job, job.project.edition(code))
    except Problems as problems:
        return code, list(problems.problems)
    job.project.save_memos(code)
    return code, []


def build_edition(job: Job, edition: Edition) -> None:
    """Builds one edition: its pages, what is put together from them, PDFs, ZIP, worker.

    Raises Problems.
    """
    memo = job.project.memo("edition", edition.code)
    folder = job.work / edition.code / edition.code
    folder.mkdir(parents=True)
    staged = StagedEdition(edition, job.offered)
    fonts = FontCache(job.project.root)
    built = BuiltEdition(
        folder, PageMaker(staged, job.pdf).pages(), job.pdf, fonts, staged.site.base
    )
    staged.write_files(folder, fonts)
    picture_files.write_picture_files(built)
    search_index.write_index(built, staged.search, staged.tags)
    bundles = bundle.write_bundles(built, memo)
    bundle.remove_style_sheets(built)
    if job.pdf:
        _write_pdfs(job, edition, built)
    web_app.write_manifest(edition, folder)
    own_data = open_data.files_of(edition)
    data = {**open_data.shared_files(job.project), **own_data}
    zip_copy.write_zip(edition, built, bundles, data)
    zip_copy.fill_download_cards(edition, built)
    postprocess.finish(built, bundles, memo, beside=data)
    service_worker.write_worker(edition, folder, memo)
    open_data.write_files(folder.parent, own_data)
    if edition.code in job.offered:
        social_card.write_card(folder.parent, edition)
        _words_of_layout(edition)


class PageMaker:
    """Makes the pages of an edition; what did not change is taken over from the build before.

    A page is known by what it is written from and, where that changed, by what the theme is given.
    """

    def __init__(self, staged: StagedEdition, has_pdfs: bool):
        self.staged = staged
        self.has_pdfs = has_pdfs
        self.memo = staged.edition.project.memo("pages", staged.edition.code)
        self.staged_pages: dict[str, StagedPage] = {}

    @cached_property
    def theme(self) -> Theme:
        return Theme(self.staged)

    def pages(self) -> dict[str, BuiltPage]:
        """Every page by its path in the built edition. Raises Problems."""
        found = {}
        for path in self.staged.paths:
            name = addresses.html_path(path)
            found[name] = self._page(path, name)
        found[NOT_FOUND] = self._page(NOT_FOUND, NOT_FOUND)
        return found

    def _page(self, path: str, name: str) -> BuiltPage:
        key = self.memo.get(lambda: self._theme_key(path), self.staged.key(path))
        made = self.memo.get(lambda: self._made(path), key, self.has_pdfs)
        return BuiltPage(name, made["html"], made["derived"])

    def _theme_key(self, path: str) -> str:
        """A fingerprint of what the theme is given for a page."""
        if path == NOT_FOUND:
            return fingerprint(self.theme.key, path)
        return fingerprint(self.theme.key, self._staged_page(path))

    def _staged_page(self, path: str) -> StagedPage:
        if path not in self.staged_pages:
            self.staged_pages[path] = self.staged.page(path)
        return self.staged_pages[path]

    def _made(self, path: str) -> dict[str, Any]:
        """The HTML of a page, and what is derived from it later."""
        if path == NOT_FOUND:
            html = self.theme.not_found()
        else:
            html = self.theme.page(self._staged_page(path))
        return {"html": postprocess.processed(html, has_pdfs=self.has_pdfs), "derived": {}}


def _write_pdfs(job: Job, edition: Edition, built: BuiltEdition) -> None:
    """The worksheets of an edition and, where readers are offered it, the book; side by side.

    Raises Problems.
    """
    kinds = {"worksheets": _write_worksheets}
    if edition.file.offered:
        kinds["book"] = _write_book

    def write(kind: str) -> list[Problem]:
        return collect_problems(lambda: kinds[kind](job, edition, built))

    problems = [problem for found in side_by_side(write, kinds) for problem in found]
    if problems:
        raise Problems(problems)


def _write_worksheets(job: Job, edition: Edition, built: BuiltEdition) -> list[Problem]:
    from roadmap.pdf.worksheets import write_worksheets

    write_worksheets(edition, built.folder, job.say)
    return []


def _write_book(job: Job, edition: Edition, built: BuiltEdition) -> list[Problem]:
    from roadmap.pdf.book import write_book

    site_pages = {path: page.html for path, page in built.pages.items()}
    out = built.folder.parent / "downloads" / f"roadmap-{edition.code}.pdf"
    write_book(edition, site_pages, out, job.say)
    return []


# What stands beside the editions


def _write_shared(project: Project, offered: Mapping[str, EditionFile], fresh: Path) -> None:
    """Writes what stands above the editions, open data and sitemap into a site with them."""
    site = addresses.site_of(project, offered)
    words = {code: _words_of_layout(project.edition(code)) for code in offered}
    landing_page.write_pages(project, fresh, site, words, project.memo("site"))
    open_data.write_files(fresh, open_data.shared_files(project))
    sitemap.write_sitemap(fresh, site)


def _words_of_layout(edition: Edition) -> dict[str, str]:
    """Those of `catalogue.marked_theme_words`, as whoever built the edition has found them."""
    project = edition.project
    return project.memo("words", edition.code).get(
        lambda: catalogue.marked_theme_words(edition),
        edition.catalogue_key,
        project.files_key(project.root / extract.THEME),
    )


def _let_everybody_read(folder: Path) -> None:
    """A web server often runs as another user than who builds."""
    for path in (folder, *folder.rglob("*")):
        mode = path.stat().st_mode
        path.chmod(mode | (0o055 if path.is_dir() else 0o044))


def _cache_folder(project: Project) -> Path:
    folder = project.root / ".cache"
    folder.mkdir(exist_ok=True)
    return folder
