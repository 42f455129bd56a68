"""Lays an edition out for MkDocs: its own pages over the English ones, and a configuration beside.

MkDocs and Jinja never see what a contributor wrote as template code: every call of a piece is
already markup here.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macros.language.translator import Translator
from macros.pieces import STATUS_PLACE
from macros.typesetting.fonts import SCRIPTS
from roadmap.project import addresses, mkdocs_config
from roadmap.project.addresses import TAGLINE
from roadmap.project.edition_file import ENGLISH, EditionFile, Reviewed
from roadmap.project.pages import MARK, Page
from roadmap.project.piece_calls import render_calls
from roadmap.project.project import Edition
from roadmap.staging import structured_data, web_fonts
from roadmap.staging.drift_notes import mark_outdated
from roadmap.staging.status_page import render_status
from roadmap.staging.structured_data import StructuredData
from roadmap.translation import catalogue, drift, progress

TITLE = re.compile(r"^# +(.*?)(?: *\{ .*\})? *$", re.MULTILINE)


@dataclass(frozen=True)
class StagedEdition:
    """An edition as MkDocs will read it: a folder of pages and a configuration."""

    code: str
    folder: Path
    config: Path


def stage(edition: Edition, offered: Mapping[str, EditionFile]) -> StagedEdition:
    """Writes the pages and the configuration of an edition. Raises Problems."""
    folder = edition.project.root / ".cache" / "stage" / edition.code
    shutil.rmtree(folder, ignore_errors=True)
    pages = _pages(edition)
    site = addresses.site_of(edition.project, offered)
    data = _structured_data(edition, site, pages)
    for path, page in pages.items():
        head = addresses.head(site, edition.code, path)
        head["linked"] = structured_data.script(data, path)
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_with_front_matter(page, {"head": head}), encoding="utf-8")
    return StagedEdition(edition.code, folder, _write_config(edition, folder, offered))


# Pages


def _pages(edition: Edition) -> dict[str, Page]:
    """Every page by its path, with its pieces in place; the English one where there is no other."""
    found = {}
    for path, english in edition.project.english.pages.items():
        page = edition.pages.get(path)
        text = _translated(edition, page) if page else _in_english(edition, english)
        if STATUS_PLACE in text:
            text = text.replace(STATUS_PLACE, _status(edition, path))
        found[path] = Page(path, english.file, text)
    return found


def _translated(edition: Edition, page: Page) -> str:
    """A page of the edition, with a note on each section that English has left behind."""
    text = render_calls(page, edition.pieces(page.path))
    outdated = [each for each in drift.drifted(edition) if each.page == page.path]
    return mark_outdated(text, outdated, edition.translator) if outdated else text


def _in_english(edition: Edition, page: Page) -> str:
    """An English page in another edition: its front matter says so, the theme tells the reader."""
    text = render_calls(page, edition.english_pieces(page.path))
    return _with_front_matter(Page(page.path, page.file, text), {"language": ENGLISH})


def _status(edition: Edition, path: str) -> str:
    """The progress of an edition as HTML, for one of its pages."""
    to_edition_root = "../" * path.count("/")
    return render_status(progress.progress(edition), edition.translator, to_edition_root)


def _with_front_matter(page: Page, more: Mapping[str, Any]) -> str:
    """A page with more keys in its front matter."""
    lines = [text for _, text in page.front_lines[:-1]] or [MARK]
    for key, value in more.items():
        lines.append(f"{key}: {json.dumps(value, ensure_ascii=False)}")
    lines.append(MARK)
    return "\n".join([*lines, page.text_below_front])


def _structured_data(
    edition: Edition, site: addresses.Site, pages: Mapping[str, Page]
) -> StructuredData:
    """What structured data says of the edition, from its pages as they are staged."""
    titles = {}
    descriptions = {}
    for path, page in pages.items():
        title = TITLE.search(page.text)
        titles[path] = title[1] if title else ""
        _, description = page.front_matter.get("description", (0, ""))
        descriptions[path] = description.strip("\"'")
    return StructuredData(
        code=edition.code,
        site=site,
        translator=edition.translator,
        facts=edition.translator.translate(edition.project.content.facts),
        nav=edition.project.nav,
        titles=titles,
        descriptions=descriptions,
        version=edition.project.version,
    )


# Configuration


def _write_config(edition: Edition, folder: Path, offered: Mapping[str, EditionFile]) -> Path:
    """Writes the configuration of an edition next to the one that all share."""
    project = edition.project
    settings: dict[str, Any] = {
        "INHERIT": project.config_file.name,
        "site_name": edition.file.title,
        "site_description": edition.translator.gettext(TAGLINE),
        "site_url": edition.address,
        "docs_dir": folder.relative_to(project.root).as_posix(),
        "site_dir": f"site/{edition.code}",
        "watch": [],
        "theme": {
            "language": mkdocs_config.theme_language(project.root, edition.code),
            "direction": edition.file.direction,
        },
        "plugins": [{"search": _search(edition)}, "offline"],
        "extra": _extra(edition, offered),
    }
    if script := SCRIPTS.get(edition.translator.script):
        style_sheet = web_fonts.add(folder, script)
        letters = project.config["extra"]["letters"]
        settings["extra_css"] = [*project.config["extra_css"], style_sheet]
        settings["extra"]["letters"] = [*letters, *web_fonts.needed(script)]
    path = project.root / f"mkdocs.{edition.code}.yml"
    text = json.dumps(settings, ensure_ascii=False, indent=1)  # JSON is YAML
    path.write_text(text + "\n", encoding="utf-8")
    return path


def _extra(edition: Edition, offered: Mapping[str, EditionFile]) -> dict[str, Any]:
    """What the templates of overrides/ need to know of the edition."""
    reviews = {}
    for name, reviewed in edition.file.reviews.items():
        reviews[name] = review_sentence(reviewed, edition.translator)
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


def review_sentence(reviewed: Reviewed, translator: Translator) -> str:
    """How far a page has been read, in a sentence for its readers."""
    if reviewed.practice:
        return translator.gettext("It has been read by a practitioner who speaks this language.")
    if reviewed.language:
        return translator.gettext(
            "It is a draft: its language has been read, but no practitioner has read it yet."
        )
    return translator.gettext("It is a draft: no practitioner has read it yet.")


def _search(edition: Edition) -> dict[str, Any]:
    """How search tells words apart and weighs them."""
    shared = edition.project.config["plugins"]["material/search"].config
    kept = {key: shared[key] for key in ("separator", "pipeline", "fields")}
    return {**kept, "lang": mkdocs_config.stemmer(edition.code)}
