"""The CSS classes that Python looks for in a page: those that come from Markdown, where no template
can write an attribute.

For anything else a template writes a `data-` attribute. Contributors cannot write one, so what an
attribute says is always ours.
"""

from typing import Any

LINKS = ("next-step", "also")  # authors write `{ .next-step }` or `{ .also }` behind a link
HEADING_LINK = "headerlink"  # of each heading, by Python-Markdown's `toc`


def xpath(*names: str) -> str:
    """The condition, in XPath, that an element has one of these classes and no other."""
    return " or ".join(f'@class="{name}"' for name in names)


def classes_of(element: Any) -> set[str]:
    """The classes of an element of a page, as lxml parses it."""
    return set(element.get("class", "").split())
