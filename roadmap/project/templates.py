"""Renders the Jinja templates of files that are no pages of an edition: `roadmap/templates/`.

Knows no fact and no sentence.
"""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

# Escapes what it fills in, as in HTML and XML; a value that is missing is an error
TEMPLATES = Environment(
    loader=PackageLoader("roadmap"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def fill(name: str, **values: Any) -> str:
    """A template, by its file name, with these values. Raises UndefinedError where one misses."""
    template = TEMPLATES.get_template(name)
    return template.render(values)
