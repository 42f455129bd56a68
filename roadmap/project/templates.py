"""Fills in the templates of files that belong to no page: `roadmap/templates/`. Knows no fact and
no sentence.
"""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

TEMPLATES = Environment(
    loader=PackageLoader("roadmap"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def fill(name: str, **values: Any) -> str:
    """A template with these values. Raises UndefinedError where one is missing."""
    return TEMPLATES.get_template(name).render(values)
