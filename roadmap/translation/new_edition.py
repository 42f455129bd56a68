"""Begins an edition: a folder that builds at once, all of it English, and a list of what to do
first.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from itertools import filterfalse
from pathlib import Path

from babel import UnknownLocaleError

from macros.facts.problem import Problem, Problems
from macros.language.locales import direction_of, english_name, own_name, parse_language
from roadmap.project.edition_file import ENGLISH
from roadmap.project.project import Edition, Project
from roadmap.translation import catalogue
from roadmap.translation.progress import is_core, progress, usefulness

# Narrower than LANGUAGE_TAG on purpose: a new edition is a language in lower case, with one script
# and one region at most. Its code names a folder and stands in every address.
CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?")
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


def begin(project: Project, code: str) -> list[Path]:
    """Makes docs/<code>/ and returns its files. Raises Problems where that cannot be."""
    edition = project.edition(code)
    _check_code(code)
    if os.path.lexists(edition.folder):
        found = "a folder that is already there"
        problem = Problem(f"docs/{code}", 1, found, "the code of a new edition")
        raise Problems([problem])
    edition.folder.mkdir(parents=True)
    edition_file = edition.folder / "edition.yml"
    edition_file.write_text(_edition_file(code), encoding="utf-8", newline="\n")
    catalogue.refresh(edition)
    lines = "\n".join(to_do(edition))
    to_do_file = edition.folder / "to-do.txt"
    to_do_file.write_text(lines + "\n", encoding="utf-8", newline="\n")
    return sorted(edition.folder.iterdir())


def _edition_file(code: str) -> str:
    """The text of edition.yml, with what is known of the language."""
    return FILE.format(
        name=json.dumps(own_name(code), ensure_ascii=False),
        english_name=json.dumps(english_name(code), ensure_ascii=False),
        direction=direction_of(code),
        nobody=NOBODY,
    )


def _check_code(code: str) -> None:
    """Raises Problems where the code can be that of no new edition."""
    expected = "the code of a language: `fr`, `tr`, `pt-BR`"
    wrong = Problem(f"docs/{code}", 1, f"the code `{code}`", expected)
    if not CODE.fullmatch(code) or code == ENGLISH:
        raise Problems([wrong])
    try:
        parse_language(code)
    except (ValueError, UnknownLocaleError):
        raise Problems([wrong]) from None


def to_do(edition: Edition) -> Iterator[str]:
    """What is left, in the order in which it helps readers most: the core set first."""
    missing = set(edition.project.english.page_paths) - set(edition.page_paths)
    pages = sorted(missing, key=usefulness)
    core_pages = filter(is_core, pages)
    other_pages = filterfalse(is_core, pages)
    tallies = catalogue.tallies(edition)
    yield (
        "To do, the most useful first. "
        "When the first two parts are done, the edition goes into the menu."
    )
    status = progress(edition)
    words = f"{status.core.all:,} English words, all of it {status.overall.all:,}"
    yield f"The core set, parts 1 and 2, has {words}."
    yield "\n1. The strings of checklists and worksheets: messages.po, from the top\n"
    yield from _strings(tallies, core=True)
    yield "\n2. The pages of the core set\n"
    for path in core_pages:
        yield f"   [ ] {path}"
    yield "\n3. The other pages\n"
    for path in other_pages:
        yield f"   [ ] {path}"
    yield "\n4. The other strings of messages.po\n"
    yield from _strings(tallies, core=False)
    yield (
        "\n5. Somebody who works in a centre and speaks the language reads it: "
        "reviews in edition.yml"
    )


def _strings(tallies: dict[str, catalogue.Tally], core: bool) -> Iterator[str]:
    """How many texts of each category have no translation that can be shown."""
    for category, tally in tallies.items():
        missing = tally.messages - tally.shown
        is_core_category = category in catalogue.CORE
        if missing and is_core_category == core:
            yield f"   [ ] {category}: {missing} texts"
