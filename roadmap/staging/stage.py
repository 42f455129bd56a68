"""Lays an edition out for MkDocs: its own pages over the English ones, pieces in place, a
configuration beside.

MkDocs and Jinja never see what a contributor wrote as template code: every call of a piece is
already markup here.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import material

from macros import pieces_of
from macros.facts.problem import Problem, Problems
from macros.language.translator import Translator
from macros.pieces import STATUS_PLACE, Pieces
from macros.typesetting.fonts import SCRIPTS
from roadmap.project import addresses, mkdocs_config, pages
from roadmap.project.edition_file import ENGLISH, EditionFile, Reviewed
from roadmap.project.piece_calls import spoken
from roadmap.publish import social_card
from roadmap.staging import structured_data, web_fonts
from roadmap.translation import catalogue, drift, progress

THEME = Path(material.__file__).parent / "templates"
FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
TITLE = re.compile(r"^# +(.*?)(?: *\{ .*\})? *$", re.MULTILINE)
DESCRIPTION = re.compile(r"^description: *(.*?) *$", re.MULTILINE)


@dataclass(frozen=True)
class Staged:
    """An edition as MkDocs will read it: a folder of pages and a configuration."""

    code: str
    folder: Path
    config: Path


@dataclass(frozen=True)
class Source:
    """What an edition is laid out from. `pieces` speak for a page in its language, `english` in
    English.
    """

    code: str
    edition: EditionFile
    translator: Translator
    pieces: Callable[[str], Pieces]
    english: Callable[[str], Pieces]


def source(root: Path, code: str, edition: EditionFile) -> Source:
    """An edition, ready to speak. Raises Problems."""
    address = address_of(root, code)
    pieces = pieces_of(root, code, address)
    english = (
        pieces
        if code == ENGLISH
        else pieces_of(
            root,
            ENGLISH,
            address,
            edition=code,
            fillable_fields_work=pieces("").fillable_fields_work,
        )
    )
    return Source(code, edition, Translator(code, catalogue.read(root, code)), pieces, english)


def address_of(root: Path, code: str) -> str:
    """Where an edition will stand, with a slash at its end; empty where nobody has said."""
    english = mkdocs_config.config(root / "mkdocs.yml")["site_url"]
    return urljoin(english, f"../{code}/") if english else ""


def stage(root: Path, source: Source, offered: dict[str, EditionFile]) -> Staged:
    """Writes the pages and the configuration of an edition. Raises Problems."""
    folder = root / ".cache" / "stage" / source.code
    shutil.rmtree(folder, ignore_errors=True)
    texts = dict(_texts(root, source))
    told = _told(root, source, offered, texts)
    for path, text in texts.items():
        head = addresses.head(told.site, source.code, path) | {
            "linked": structured_data.script(told, path)
        }
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_with_front(text, {"head": head}), encoding="utf-8")
    return Staged(source.code, folder, _configure(root, source, folder, offered))


def _texts(root: Path, source: Source) -> Iterator[tuple[str, str]]:
    """Every page of an edition by its path, with its pieces in place; the English one where it has
    none.
    """
    own = {page.path: page for page in pages.read(root / "docs" / source.code, root)[0]}
    drifts = drift.drifted(root, source.code, look_back=False) if source.code != ENGLISH else []
    counted = progress.edition(root, source.code, look_back=False)
    for english in pages.read(root / "docs" / ENGLISH, root)[0]:
        page = own.get(english.path)
        text = spoken(page, source.pieces(page.path)) if page else _fallback(english, source)
        if page and (behind := [d for d in drifts if d.page == page.path]):
            text = drift.mark(text, behind, source.translator)
        if STATUS_PLACE in text:
            told = progress.page(counted, source.translator, base="../" * english.path.count("/"))
            text = text.replace(STATUS_PLACE, told)
        yield english.path, text


def _fallback(page: pages.Page, source: Source) -> str:
    """An English page in another edition: it says so in its front matter, the theme says it to the
    reader.
    """
    text = spoken(page, source.english(page.path))
    return text if source.code == ENGLISH else _with_front(text, {"language": ENGLISH})


def _with_front(text: str, more: dict[str, Any]) -> str:
    """A page with more in its front matter."""
    front = FRONT.match(text)
    lines = "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in more.items()
    )
    return f"---\n{front[1] + chr(10) if front else ''}{lines}---\n{text[front.end() :] if front else text}"


def _told(
    root: Path, source: Source, offered: dict[str, EditionFile], texts: dict[str, str]
) -> structured_data.Edition:
    """What an edition tells of itself to machines that read."""
    english = source.english("")
    return structured_data.Edition(
        source.code,
        addresses.site_of(root, offered),
        source.translator,
        source.translator.translate(english.facts),
        mkdocs_config.config(root / "mkdocs.yml")["nav"],
        titles={path: _found(TITLE, text) for path, text in texts.items()},
        descriptions={path: _found(DESCRIPTION, text).strip("\"'") for path, text in texts.items()},
        version=english.imprint.version,
    )


def _found(what: re.Pattern[str], text: str) -> str:
    found = what.search(text)
    return found[1] if found else ""


def _configure(root: Path, source: Source, folder: Path, offered: dict[str, EditionFile]) -> Path:
    """The configuration of an edition, next to the one that all share."""
    shared = root / "mkdocs.yml"
    own: dict[str, Any] = {
        "INHERIT": shared.name,
        "site_name": source.edition.title,
        "site_description": source.translator.gettext(social_card.FOR),
        "site_url": address_of(root, source.code),
        "docs_dir": folder.relative_to(root).as_posix(),
        "site_dir": f"site/{source.code}",
        "watch": [],
        "theme": {
            "language": _theme_language(root, source.code),
            "direction": source.edition.direction,
        },
        "plugins": [{"search": _search(root, source.code)}, "offline"],
        "extra": {
            "edition": source.code,
            "official": _official(source.edition),
            "book": f"roadmap-{source.code}.pdf" if source.edition.offered else "",
            "reviews": {
                page: review(signs, source.translator)
                for page, signs in source.edition.reviews.items()
            },
            "words": catalogue.theme_words(root, source.translator.translations),
            "in_english": catalogue.theme_in_english(root, source.translator),
            "editions": [
                {"code": code, "name": each.name, "direction": each.direction}
                for code, each in offered.items()
            ],
        },
    }
    if script := SCRIPTS.get(source.translator.script):
        every = mkdocs_config.config(shared)
        own["extra_css"] = [*every["extra_css"], web_fonts.add(folder, script)]
        own["extra"]["letters"] = [*every["extra"]["letters"], *web_fonts.needed(script)]
    path = root / f"mkdocs.{source.code}.yml"
    path.write_text(
        json.dumps(own, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )  # JSON is YAML
    return path


def _official(edition: EditionFile) -> dict[str, str] | None:
    if not (edition.official_title and edition.official_address):
        return None
    return {"title": edition.official_title, "address": edition.official_address}


def review(signs: Reviewed, translator: Translator) -> str:
    """How far a page has been read, in a sentence for its readers."""
    if signs.practice:
        return translator.gettext("It has been read by a practitioner who speaks this language.")
    if signs.language:
        return translator.gettext(
            "It is a draft: its language has been read, but no practitioner has read it yet."
        )
    return translator.gettext("It is a draft: no practitioner has read it yet.")


def _theme_language(root: Path, code: str) -> str:
    """The theme's own words for a language. Raises Problems where it has none."""
    for folder in (root / "overrides", THEME):
        if (folder / "partials" / "languages" / f"{code}.html").exists():
            return code
    there = f"the language `{code}`, for which the theme has no words"
    instead = f"overrides/partials/languages/{code}.html, after the pattern of the theme's en.html"
    raise Problems([Problem(f"docs/{code}/edition.yml", 1, there, instead)])


def _search(root: Path, code: str) -> dict[str, Any]:
    """How search tells words apart and weighs them."""
    shared = mkdocs_config.config(root / "mkdocs.yml")["plugins"]["material/search"].config
    return {key: shared[key] for key in ("separator", "pipeline", "fields")} | {
        "lang": stemmer(code)
    }


def stemmer(code: str) -> str:
    """The language whose empty words search leaves out; English where the theme knows none, or
    search would be dead.
    """
    return (
        code
        if (THEME / "assets/javascripts/lunr/min" / f"lunr.{code}.min.js").exists()
        else ENGLISH
    )
