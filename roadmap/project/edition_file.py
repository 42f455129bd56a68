"""The editions: which languages there are, what each calls itself, who keeps it and who has read
it. Builds nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from babel import Locale, UnknownLocaleError
from pydantic import Field, StringConstraints

from macros.facts.load import load_as
from macros.facts.model import Model, Name
from macros.facts.problem import Problem, Problems

ENGLISH = "en"
Address = Annotated[str, StringConstraints(pattern=r"^https://\S+$")]


class Sign(Model):
    """Who has done a step of a review, and when."""

    by: Name
    on: date


class Reviewed(Model):
    """How far a page or a worksheet has come. A translation is a draft until a native practitioner
    has read it.
    """

    drafted: Sign | None = None
    language: Sign | None = None
    practice: Sign | None = None


class EditionFile(Model):
    """docs/<code>/edition.yml. The code of an edition is the name of its folder."""

    name: Name  # of the language, in the language
    english_name: Name
    direction: Literal["ltr", "rtl"] = "ltr"
    title: Name  # of the site
    official_title: Name | None = None  # of the official translation, where there is one
    official_address: Address | None = None
    team: Annotated[tuple[Name, ...], Field(min_length=1)]
    offered: bool = True  # to readers; a test edition is not
    reviews: Mapping[str, Reviewed] = Field(default_factory=dict)  # page or worksheet → steps


def codes(root: Path) -> list[str]:
    """Every edition's code, English first."""
    found = sorted(path.parent.name for path in (root / "docs").glob("*/edition.yml"))
    return sorted(found, key=lambda code: (code != ENGLISH, code))


def pages_of(root: Path, code: str) -> frozenset[str]:
    """The pages that an edition has in its own language, each by its path below the edition."""
    own, english = (
        {page.relative_to(folder).as_posix() for page in folder.rglob("*.md")}
        for folder in (root / "docs" / code, root / "docs" / ENGLISH)
    )
    return frozenset(own & english)


def read(root: Path, code: str) -> EditionFile:
    """What an edition says of itself. Raises Problems."""
    name = f"docs/{code}/edition.yml"
    try:
        locale = Locale.parse(code, sep="-")
    except (ValueError, UnknownLocaleError):
        there, instead = f"the folder `{code}`", "a folder named after a language: `da`, `pt`"
        raise Problems([Problem(name, 1, there, instead)]) from None
    edition = load_as(root / name, EditionFile, root)
    if edition.direction != locale.text_direction:
        there = f"`direction: {edition.direction}`"
        raise Problems(
            [
                Problem(
                    name,
                    1,
                    there,
                    f"`direction: {locale.text_direction}`, as this language is written",
                )
            ]
        )
    return edition


def all_of(root: Path) -> dict[str, EditionFile]:
    """Every edition, English first. Raises Problems with what is wrong in any."""
    found, problems = {}, []
    for code in codes(root):
        try:
            found[code] = read(root, code)
        except Problems as error:
            problems += error.problems
    if problems:
        raise Problems(problems)
    return found
