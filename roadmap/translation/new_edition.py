"""Begins an edition: a folder that builds at once, all of it English."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

from babel import UnknownLocaleError

from macros.facts.problem import Problem, Problems
from macros.language.locales import direction_of, english_name, own_name, parse_language
from roadmap.project.edition_file import ENGLISH
from roadmap.project.project import Project
from roadmap.translation import catalogue, pins

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
QUERIES = """\
# What readers will type into the search, and the page that must then be among the first three
# answers. Write it as they would: in their own words, in a hurry, with a slip. Two or three for
# each page that you have translated are enough; `page` is its path in this folder.
# `roadmap build {code}`, then `roadmap check {code} --search` asks them all.
# The first asks for a name, which is the same in every language. Write yours below in the same way.
- query: VALUE Roadmap
  page: index.md
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
    texts = {
        "edition.yml": _edition_file(code),
        "queries.yml": QUERIES.format(code=code),
    }
    for name, text in texts.items():
        (edition.folder / name).write_text(text, encoding="utf-8", newline="\n")
    pins.write_pins(edition, {})
    catalogue.refresh(edition)
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
    if code == ENGLISH:
        expected = "another language: English is what all others are translated from"
        raise Problems([replace(wrong, expected=expected)])
    if not CODE.fullmatch(code):
        raise Problems([wrong])
    try:
        parse_language(code)
    except (ValueError, UnknownLocaleError):
        raise Problems([wrong]) from None
