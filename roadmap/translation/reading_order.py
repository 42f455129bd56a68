"""Every string in the order in which readers meet it, with comments that say where. Renders
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from textwrap import shorten

from macros.language.messages import LAYOUT
from roadmap.project.project import Project
from roadmap.translation import extract
from roadmap.translation.extract import ON_PAGES, Form, Sentence
from roadmap.translation.first_met import Place, around, places

MOST_WORDS = 4  # of a string that its neighbours explain; a longer one explains itself
WIDTH = 30  # characters of a neighbour


def in_reading_order(project: Project) -> list[Sentence]:
    """What stands around every page, then what the pages show, then what no page shows.

    Raises Problems.
    """
    place_of = places(project)
    ranks = {form: rank for rank, form in enumerate(place_of)}
    remarks = _remarks(project)

    def rank(sentence: Sentence) -> tuple[int, int]:
        if sentence.context and sentence.context.startswith(LAYOUT):
            return 0, 0
        if sentence.form in ranks:
            return 1, ranks[sentence.form]
        return 2, 0

    found = []
    for sentence in sorted(extract.sentences(project), key=rank):
        remark = remarks[sentence.form]
        if sentence.form in place_of:
            comments = [remark, *(each for each in sentence.comments if each != f"{ON_PAGES}.")]
        else:
            comments = [*sentence.comments, remark]
        found.append(replace(sentence, comments=tuple(filter(None, comments))))
    return found


def _remarks(project: Project) -> dict[Form, str]:
    """Where each string is shown first and what stands beside it; empty where there is nothing to
    say.
    """
    place_of = places(project)
    found: dict[Form, str] = {}
    for group in _groups(project):
        texts = [sentence.text for sentence in group]
        for index, sentence in enumerate(group):
            place = place_of.get(sentence.form)
            beside = (place.beside if place else ()) or around(texts, index)
            remark = " ".join([*_where(place), *_beside(sentence, beside)])
            found.setdefault(sentence.form, remark)
    return found


def _groups(project: Project) -> Iterable[list[Sentence]]:
    """The strings that stand together in what we write: of an item of the facts, of a place of the
    layout, of a file of our code.
    """
    found: dict[tuple[str, str], list[Sentence]] = {}
    for sentence in extract.sentences(project):
        found.setdefault((sentence.file, _part_of_file(sentence)), []).append(sentence)
    return found.values()


def _part_of_file(sentence: Sentence) -> str:
    context = sentence.context or ""
    if context.startswith(LAYOUT):
        return extract.where_theme(context.removeprefix(LAYOUT))
    return "/".join(context.split("/")[:2])


def _where(place: Place | None) -> Iterator[str]:
    if place:
        yield f"First on “{place.page}”, {place.piece}: {place.part}."


def _beside(sentence: Sentence, texts: Iterable[str]) -> Iterator[str]:
    """The neighbours of a short string, which it may need to be understood."""
    quoted = [f"“{shorten(text, WIDTH, placeholder=' …')}”" for text in texts]
    if quoted and len(sentence.text.split()) <= MOST_WORDS:
        yield f"Beside it: {', '.join(quoted)}."
