"""Begins an edition: a folder that builds at once, all of it English, and a list of what to do
first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from babel import Locale, UnknownLocaleError

from macros.facts.problem import Problem, Problems
from roadmap.project import pages
from roadmap.project.edition_file import ENGLISH
from roadmap.translation import catalogue
from roadmap.translation.progress import is_core

CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
FILE = """\
# yaml-language-server: $schema=../../content/schema/edition.json
# What this edition says of itself. Lines that begin with # are for you; delete them when you like.
name: {name}
english_name: {english_name}
direction: {direction}
title: VALUE Roadmap
# The official translation, where there is one:
# official_title: …
# official_address: https://…
team:
  - {nobody}
"""
NOBODY = "Nobody yet"


def begin(root: Path, code: str) -> list[Path]:
    """Makes docs/<code>/ and returns its files. Raises Problems where that cannot be."""
    folder = root / "docs" / code
    locale = _locale(code)
    if folder.exists():
        raise Problems(
            [
                Problem(
                    f"docs/{code}", 1, "a folder that is already there", "the code of a new edition"
                )
            ]
        )
    folder.mkdir(parents=True)
    text = FILE.format(
        name=json.dumps(locale.get_display_name().capitalize(), ensure_ascii=False),
        english_name=json.dumps(locale.get_display_name("en"), ensure_ascii=False),
        direction=locale.text_direction,
        nobody=NOBODY,
    )
    (folder / "edition.yml").write_text(text, encoding="utf-8")
    catalogue.refresh(root, code)
    (folder / "to-do.txt").write_text("\n".join(to_do(root, code)) + "\n", encoding="utf-8")
    return sorted(folder.iterdir())


def _locale(code: str) -> Locale:
    wrong = Problem(
        f"docs/{code}", 1, f"the code `{code}`", "the code of a language: `fr`, `tr`, `pt-BR`"
    )
    if not CODE.fullmatch(code) or code == ENGLISH:
        raise Problems([wrong])
    try:
        return Locale.parse(code, sep="-")
    except (ValueError, UnknownLocaleError):
        raise Problems([wrong]) from None


def to_do(root: Path, code: str) -> Iterator[str]:
    """What is left, in the order in which it helps readers most: the core set first."""
    english = [page.path for page in pages.read(root / "docs" / ENGLISH, root)[0]]
    left = [path for path in english if not (root / "docs" / code / path).exists()]
    yield "To do, the most useful first. When the first two parts are done, the edition goes into the menu."
    yield "\n1. The strings of checklists and worksheets: messages.po, from the top\n"
    yield "2. The pages of the core set\n"
    yield from (f"   [ ] {path}" for path in sorted(left, key=_order) if is_core(path))
    yield "\n3. The other pages\n"
    yield from (f"   [ ] {path}" for path in sorted(left, key=_order) if not is_core(path))
    yield "\n4. The other strings of messages.po"
    yield "\n5. Somebody who works in a centre and speaks the language reads it: reviews in edition.yml"


def _order(path: str) -> tuple[bool, bool, str]:
    """The first page and the way in come first; the first page of a folder before the others."""
    return (
        path not in ("index.md", "where-to-start.md"),
        not path.startswith("how/"),
        path.replace("/index.md", "/"),
    )
