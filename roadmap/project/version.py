"""Reads the version of the site from pyproject.toml. Opens no file."""

from __future__ import annotations

import tomllib

from macros.facts.problem import Problem, Problems


def version_in(text: str, name: str) -> str:
    """The version in the text of pyproject.toml, which messages call `name`. Raises Problems."""
    try:
        return tomllib.loads(text)["project"]["version"]
    except (tomllib.TOMLDecodeError, KeyError, TypeError):
        expected = "TOML with a `version` below `[project]`"
        raise Problems([Problem(name, 1, "no version of the site", expected)]) from None
