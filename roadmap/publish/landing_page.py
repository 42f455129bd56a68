"""The pages above the editions: choose one, and the page for addresses that are not there.

They remember the choice and work without script.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined
from lxml import etree

from roadmap.postprocess import content_security_policy
from roadmap.postprocess.unused_css import Used, names_in, prune
from roadmap.project.addresses import HOME, Site, social_card
from roadmap.project.cache import Memo
from roadmap.project.edition_file import ENGLISH
from roadmap.project.project import Project

# Files of the page, below overrides/assets; the style sheet takes in the colours of the theme
STYLE = "styles/landing-page/choose.css"
STYLES = ("styles/frame/theme.css", STYLE)
SCRIPT = "scripts/landing-page/choose.js"
LOGO = "logo.svg"

# Code of an edition → key of a sentence of the layout → HTML
Words = Mapping[str, Mapping[str, str]]


def write_pages(project: Project, folder: Path, site: Site, words: Words, memo: Memo) -> None:
    """Writes index.html and 404.html of the site, and its `assets/`, into the folder of the site.

    Each edition is named in its own language. `words` are those of the editions on offer. Raises
    Problems where a page holds what its content security policy would block.
    """
    sources = project.root / "overrides" / "assets"
    assets = folder / "assets"
    _copy_assets(sources, assets)
    pages = {
        "index.html": _landing_page(project, site),
        "404.html": _not_found_page(project, site, words),
    }
    for name, html in pages.items():
        with_policy = content_security_policy.with_csp(html, f"site/{name}")
        (folder / name).write_text(with_policy, encoding="utf-8", newline="\n")
    _write_style_sheet(sources, assets, list(pages.values()), memo)


def _copy_assets(sources: Path, assets: Path) -> None:
    for name in ("fonts", "scripts", "styles"):
        shutil.rmtree(assets / name, ignore_errors=True)
    shutil.copytree(
        sources / "fonts",
        assets / "fonts",
        ignore=shutil.ignore_patterns("made-from.txt"),
    )
    for name in (SCRIPT, LOGO):
        target = assets / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(sources / name, target)


def _write_style_sheet(sources: Path, assets: Path, pages: list[str], memo: Memo) -> None:
    """Writes one style sheet with the rules that the pages or their script use."""
    used = Used()
    for html in pages:
        used.page(html, etree.HTML(html))
    used.script(_read(sources / SCRIPT))
    styles = "\n".join(_read(sources / name) for name in STYLES)
    target = assets / STYLE
    target.parent.mkdir(parents=True)
    pruned = memo.get(lambda: prune(styles, used), styles, names_in(styles, used))
    target.write_text(pruned, encoding="utf-8", newline="\n")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _landing_page(project: Project, site: Site) -> str:
    return _render(
        project,
        site,
        "choose.html.j2",
        root=site.url,
        alternates=site.alternates(HOME),
        picture=social_card(ENGLISH),
        description=project.config["site_description"],
    )


def _not_found_page(project: Project, site: Site, words: Words) -> str:
    """Its addresses begin at the host, for it is shown at any depth."""
    return _render(project, site, "not-found.html.j2", base=site.base, words=words)


def _render(project: Project, site: Site, name: str, **values: Any) -> str:
    """The HTML of a page. Its template takes in others from overrides/."""
    overrides = FileSystemLoader(project.root / "overrides")
    loader = ChoiceLoader([PackageLoader("roadmap"), overrides])
    templates = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
    )
    template = templates.get_template(name)
    return template.render(
        editions=site.offered,
        main=ENGLISH,
        letters=project.config["extra"]["letters"],
        **values,
    )
