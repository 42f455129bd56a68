"""Parses references to sources: which document, and which place in it. Says nothing in words.

A reference is the id of a source and, after a space, a place in it: `report 2.1.3`,
`roadmap p.5-7`, `roadmap fn.3`, `roadmap colophon`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from macros.facts.model import Source

SLIDES = "slides"  # id of the source whose numbers count slides, not sections

Kind = Literal["pages", "page", "footnote", "colophon", "slide", "section", "text"]


@dataclass(frozen=True)
class Place:
    """A place in a document. `text` is its number, a range of pages (`5–7`), or words."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class CitedSource:
    """A source, and every place in it that is cited; none where it is cited as a whole."""

    source: Source
    places: list[Place] = field(default_factory=list)


def cited_sources(references: Iterable[str], sources: Sequence[Source]) -> tuple[CitedSource, ...]:
    """References grouped by source, in the order in which each is first named.

    `references` are those of one fact; the places of a source keep their order. Raises
    LookupError for a reference to an unknown source.
    """
    known = {source.id: source for source in sources}
    cited: dict[str, CitedSource] = {}
    for reference in references:
        id, _, place = reference.partition(" ")
        if id not in cited:
            cited[id] = CitedSource(known[id])
        if place:
            cited[id].places.append(parse_place(id, place))
    return tuple(cited.values())


def parse_place(source: str, text: str) -> Place:
    """Parses the part of a reference after the id of its source.

    `p.` is a page, or with a hyphen a range of pages; `fn.` a footnote; a number is a section,
    or a slide in the slides of the project; anything else is told in its own words.
    """
    if text[:1].isdigit():
        return Place("slide" if source == SLIDES else "section", text)
    if text.startswith("p."):
        pages = text.removeprefix("p.")
        if "-" in pages:
            return Place("pages", pages.replace("-", "–"))
        return Place("page", pages)
    if text.startswith("fn."):
        return Place("footnote", text.removeprefix("fn."))
    if text == "colophon":
        return Place("colophon", text)
    return Place("text", text)
