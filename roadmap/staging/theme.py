"""Renders staged pages with the templates of Material and ours over them, as MkDocs would.

Takes the configuration, the navigation and the context of templates from MkDocs, and renders page
by page: the build of MkDocs knows all pages or none.
"""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page as ThemePage
from mkdocs.structure.toc import get_toc

from roadmap.project.cache import fingerprint
from roadmap.project.project import Project
from roadmap.staging.stage import PageHead, StagedEdition, StagedPage

PAGE = "main.html"
NOT_FOUND = "404.html"


class Theme:
    """The templates and the navigation of one edition."""

    def __init__(self, staged: StagedEdition):
        self.config = staged.config
        self.base = staged.site.base
        self.files = Files([_file(path, self.config) for path in staged.paths])
        self.nav: Navigation = get_navigation(self.files, self.config)
        self.pages = _theme_pages(self.files, staged.heads)
        self.templates = _templates(self.config, staged.edition.project)
        self.key = _key(staged)

    def page(self, staged: StagedPage) -> str:
        """The HTML of a page."""
        page = self.pages[staged.path]
        page.meta = dict(staged.meta)
        page.content = staged.html
        page.toc = get_toc(staged.headings)  # type: ignore[arg-type]  # tokens of the extension
        page.active = True
        context = get_context(self.nav, self.files, self.config, page)
        try:
            return self.templates.get_template(PAGE).render(context)
        finally:
            page.active = False

    def not_found(self) -> str:
        """The HTML of the page for addresses that are not there."""
        root = f"{self.base}{self.config.extra['edition']}/"
        context = get_context(self.nav, self.files, self.config, base_url=root)
        return self.templates.get_template(NOT_FOUND).render(context)


def _file(path: str, config: MkDocsConfig) -> File:
    return File(path, config.docs_dir, config.site_dir, config.use_directory_urls)


def _theme_pages(files: Files, heads: Mapping[str, PageHead]) -> dict[str, ThemePage]:
    """The pages of the theme by their paths, with what others tell of them."""
    pages = {}
    for file in files:
        page = file.page
        assert page is not None  # get_navigation makes them
        page.title = heads[file.src_uri].title
        page.meta = {"language": heads[file.src_uri].meta.get("language")}
        pages[file.src_uri] = page
    return pages


def _templates(config: MkDocsConfig, project: Project) -> Environment:
    """The templates, compiled once for all builds."""
    templates = config.theme.get_env()
    templates.bytecode_cache = project.bytecode
    return templates


def _key(staged: StagedEdition) -> str:
    """A fingerprint of what decides what becomes of any staged page, besides our code."""
    navigation = []
    for path, head in staged.heads.items():
        navigation.append((path, head.title, head.meta.get("language")))
    return fingerprint(staged.settings, staged.edition.project.templates_key, navigation)
