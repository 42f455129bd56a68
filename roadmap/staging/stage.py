"""Lays an edition out: its own pages over the English ones, and a configuration for MkDocs.

MkDocs and Jinja never see what a contributor wrote as template code: every call of a piece is
already markup here. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from macros.facts.problem import Problems
from macros.language import messages, same_meaning
from macros.pieces import STATUS_PLACE
from macros.typesetting import subset
from macros.typesetting.fonts import SCRIPTS
from macros.typesetting.subset import Fonts
from roadmap.project import addresses, edition_file, markdown_pages, mkdocs_config
from roadmap.project.addresses import TAGLINE
from roadmap.project.answers import answer
from roadmap.project.cache import fingerprint
from roadmap.project.edition_file import ENGLISH, EditionFile
from roadmap.project.markdown_pages import Heading, MarkdownPage
from roadmap.project.navigation import nav_paths
from roadmap.project.once import once
from roadmap.project.pages import Page
from roadmap.project.project import Edition
from roadmap.project.reviews import review_note
from roadmap.staging import structured_data, web_fonts
from roadmap.staging.drift_notes import mark_outdated
from roadmap.staging.status_page import render_status
from roadmap.staging.structured_data import StructuredData
from roadmap.staging.theme_files import copy_theme_files
from roadmap.translation import catalogue, drift, pins, progress


@dataclass(frozen=True)
class PageHead:
    """What other pages tell of a page: its title and its front matter.

    `meta` has the key `language` where the edition shows the English page.
    """

    title: str
    meta: Mapping[str, Any]


@dataclass(frozen=True)
class StagedPage:
    """A page as the theme takes it. `path` is below the edition; `meta` is its front matter and, as
    `head`, what partials/head.html writes.
    """

    path: str
    meta: Mapping[str, Any]
    html: str
    headings: list[Heading]


class StagedEdition:
    """An edition, its pages laid out when they are asked for. `offered` are those of the menu."""

    def __init__(self, edition: Edition, offered: Mapping[str, EditionFile]):
        self.edition = edition
        self.offered = offered
        self.site = addresses.site_of(edition.project, offered)

    @property
    def paths(self) -> tuple[str, ...]:
        """The pages of the edition, which are those of the English one."""
        return tuple(self.edition.project.english.pages)

    def source(self, path: str) -> Page:
        """The page as it is written: of the edition, else of the English one."""
        own = self.edition.pages.get(path)
        return own or self.edition.project.english.pages[path]

    def is_translated(self, path: str) -> bool:
        """Whether the edition has a page in its own language."""
        return self.edition.is_english or path in self.edition.pages

    @property
    @once
    def heads(self) -> dict[str, PageHead]:
        """What pages tell of each other, by their paths.

        Of a page that cannot be read, its path: it says why when it is asked for. Raises Problems
        where front matter is no YAML.
        """
        found = {}
        for path in self.paths:
            meta = dict(self.source(path).meta)
            if not self.is_translated(path):
                meta["language"] = ENGLISH
            found[path] = PageHead(self._title(path), meta)
        return found

    @property
    @once
    def settings(self) -> dict[str, Any]:
        """What its configuration has besides the one that all editions share. Raises Problems."""
        return _settings(self.edition, self.offered)

    @property
    @once
    def config(self) -> MkDocsConfig:
        """Its configuration as MkDocs reads it. Raises Problems."""
        name = f"mkdocs.{self.edition.code}.yml"
        return mkdocs_config.read_settings(self.edition.project.root / name, self.settings)

    @property
    def search(self) -> dict[str, Any]:
        """How search tells words apart and weighs them, as its index has it."""
        [search] = [each["search"] for each in self.settings["plugins"] if "search" in each]
        return search

    @property
    def tags(self) -> dict[str, list[str]]:
        """Further words that search finds a page by, by its path in the built edition."""
        found = {}
        for path, head in self.heads.items():
            found[addresses.html_path(path)] = [str(tag) for tag in head.meta.get("tags") or []]
        return found

    def write_files(self, folder: Path, fonts: Fonts = subset) -> None:
        """Puts the files that its pages ask for into the folder of the built edition.

        `fonts` cuts fonts.
        """
        copy_theme_files(self.edition.project.root / "overrides", folder, self.search["lang"][0])
        if script := SCRIPTS.get(self.edition.translator.script):
            web_fonts.add(folder, script, fonts)

    def key(self, path: str) -> str:
        """A fingerprint of everything that decides what a page will be, besides our code.

        It is made without rendering anything. A path that is no page stands for what depends on no
        page in particular.
        """
        if path not in self.edition.project.english.pages:
            return fingerprint(self._shared_key, path)
        english = self.edition.project.english
        texts = [self.source(path).text, english.pages[path].text]
        if self._tells_status(path):
            for edition in (english, self.edition):
                texts += [page.text for page in edition.pages.values()]
        return fingerprint(self._shared_key, path, texts)

    def _tells_status(self, path: str) -> bool:
        calls = self._converted_source(path).calls
        return any(call.name == "edition_status" for call in calls)

    @property
    @once
    def _shared_key(self) -> str:
        """A fingerprint of what every page of the edition depends on."""
        project = self.edition.project
        files = [project.english.folder / same_meaning.FILE]
        for name in (edition_file.FILE, messages.FILE, pins.PINS_FILE):
            files.append(self.edition.folder / name)
        heads = [(path, head.title, dict(head.meta)) for path, head in self.heads.items()]
        pages = sorted((code, sorted(own)) for code, own in self.site.pages.items())
        names = [(code, repr(file)) for code, file in self.offered.items()]
        keys = (self.edition.pieces_key, project.templates_key, project.files_key(*files))
        return fingerprint(*keys, heads, pages, names)

    def page(self, path: str) -> StagedPage:
        """A page with its pieces in place. Raises Problems where one of them cannot be rendered."""
        page = self.source(path)
        in_english = not self.is_translated(path)
        ask = partial(answer, self.edition, in_english=in_english)
        rendered = markdown_pages.fill(page, self._converted(path), ask)
        html = rendered.html
        if STATUS_PLACE in html:
            html = html.replace(STATUS_PLACE, self._status(path))
        meta = {**self.heads[path].meta, "head": self._head(path)}
        return StagedPage(path, meta, html, rendered.headings)

    def _title(self, path: str) -> str:
        try:
            return self._converted_source(path).title
        except Problems:
            return path

    def _converted_source(self, path: str) -> MarkdownPage:
        """A page as Markdown reads what is written."""
        owner = self.edition if self.is_translated(path) else self.edition.project.english
        return owner.converted(self.source(path))

    def _converted(self, path: str) -> MarkdownPage:
        """A page as Markdown reads it, with a note on each section that English has left behind."""
        if self.edition.is_english or not self.is_translated(path):
            return self._converted_source(path)
        outdated = [each for each in drift.drifted(self.edition) if each.page == path]
        if not outdated:
            return self._converted_source(path)
        page = self.source(path)
        text = mark_outdated(page.text, outdated, self.edition.translator)
        return self.edition.converted(Page(path, page.file, text))

    def _status(self, path: str) -> str:
        """The progress of the edition as HTML, for one of its pages."""
        status = progress.progress(self.edition)
        to_root = "../" * path.count("/")
        project = self.edition.project
        return project.memo("pages", self.edition.code).get(
            lambda: render_status(status, self.edition.translator, to_root, project.bytecode),
            "status",
            self._shared_key,
            status,
            to_root,
        )

    def _head(self, path: str) -> dict[str, Any]:
        """What the head of a page says to search engines and to sites that link to it."""
        head = addresses.head(self.site, self.edition.code, path)
        memo = self.edition.project.memo("pages", self.edition.code)
        head["linked"] = memo.get(
            lambda: self._linked(path),
            "structured data",
            self._shared_key,
            path,
        )
        return head

    def _linked(self, path: str) -> str:
        """The structured data of a page; empty as long as the navigation does not hold it."""
        if path not in nav_paths(self.edition.project.nav):
            return ""
        return structured_data.script(self._structured_data, path)

    @property
    @once
    def _structured_data(self) -> StructuredData:
        """What structured data says of the edition."""
        titles = {}
        descriptions = {}
        for path, head in self.heads.items():
            titles[path] = unescape(head.title)
            descriptions[path] = str(head.meta.get("description", ""))
        edition = self.edition
        return StructuredData(
            code=edition.code,
            site=self.site,
            translator=edition.translator,
            facts=edition.translator.translate(edition.project.content.facts),
            nav=edition.project.nav,
            titles=titles,
            descriptions=descriptions,
            version=edition.project.version,
        )


# Configuration


def _settings(edition: Edition, offered: Mapping[str, EditionFile]) -> dict[str, Any]:
    """What the configuration of an edition has besides the one that all share."""
    project = edition.project
    settings: dict[str, Any] = {
        "INHERIT": project.config_file.name,
        "site_name": edition.file.title,
        "site_description": edition.translator.gettext(TAGLINE),
        "site_url": edition.address,
        "repo_url": project.config["repo_url"],
        "docs_dir": f"docs/{edition.code}",
        "site_dir": f"site/{edition.code}",
        "theme": {
            "language": mkdocs_config.theme_language(project.root, edition.code),
            "direction": edition.file.direction,
        },
        "plugins": [{"search": _search(edition)}, "offline"],
        "extra": _extra(edition, offered),
    }
    if script := SCRIPTS.get(edition.translator.script):
        letters = project.config["extra"]["letters"]
        style_sheet = web_fonts.style_sheet(script)
        settings["extra_css"] = [*project.config["extra_css"], style_sheet]
        settings["extra"]["letters"] = [*letters, *web_fonts.needed(script)]
    return settings


def _extra(edition: Edition, offered: Mapping[str, EditionFile]) -> dict[str, Any]:
    """What the templates of overrides/ need to know of the edition."""
    reviews = {}
    for name, reviewed in edition.file.reviews.items():
        reviews[name] = edition.translator.gettext(review_note([reviewed]))
    editions = []
    for code, file in offered.items():
        editions.append({"code": code, "name": file.name, "direction": file.direction})
    return {
        "edition": edition.code,
        "official": _official(edition.file),
        "book": f"roadmap-{edition.code}.pdf" if edition.file.offered else "",
        "reviews": reviews,
        "words": catalogue.theme_words(edition),
        "in_english": catalogue.untranslated_theme_words(edition),
        "editions": editions,
    }


def _official(file: EditionFile) -> dict[str, str] | None:
    """The official translation, where there is one."""
    if not (file.official_title and file.official_address):
        return None
    return {"title": file.official_title, "address": file.official_address}


def _search(edition: Edition) -> dict[str, Any]:
    """How search tells words apart and weighs them."""
    shared = edition.project.config["plugins"]["material/search"].config
    kept = {key: shared[key] for key in ("separator", "pipeline", "fields")}
    return {"lang": [mkdocs_config.stemmer(edition.code)], **kept}
