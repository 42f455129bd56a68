"""The model of edition.yml: what an edition calls itself, who keeps it and who has reviewed it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from babel import UnknownLocaleError
from babel.languages import get_official_languages
from pydantic import Field, StringConstraints

from macros.facts.model import Model, Name
from macros.facts.problem import Problem, Problems
from macros.language.locales import direction_of, parse_language

ENGLISH = "en"
FILE = "edition.yml"
LANGUAGE_TAG = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}"  # BCP 47, with up to three subtags
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


def check_language(code: str) -> None:
    """Raises Problems when no language has the code of an edition."""
    try:
        parse_language(code)
    except (ValueError, UnknownLocaleError):
        name = f"docs/{code}/{FILE}"
        found = f"the folder `{code}`"
        languages = get_official_languages(code.upper(), de_facto=True)
        if languages:
            found = f"{found}, named after a country"
        else:
            languages = ("da", "pt")
        meant = ", ".join(f"`{language}`" for language in languages)
        expected = f"a folder named after a language: {meant}"
        raise Problems([Problem(name, 1, found, expected)]) from None


def check_direction(edition: EditionFile, code: str) -> None:
    """Raises Problems unless the edition runs in the direction in which its language is written."""
    check_language(code)
    right = direction_of(code)
    if edition.direction != right:
        found = f"`direction: {edition.direction}`"
        expected = f"`direction: {right}`, as this language is written"
        raise Problems([Problem(f"docs/{code}/{FILE}", 1, found, expected)])
