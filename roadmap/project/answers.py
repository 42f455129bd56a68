"""What pieces answer in an edition, as it was when nothing that decides it was different."""

from __future__ import annotations

from collections.abc import Callable

from macros.facts.problem import Problem
from macros.pieces import Pieces
from roadmap.project.edition_file import ENGLISH
from roadmap.project.facts_read import facts_keys, remembered_by_facts, watched
from roadmap.project.pages import Page
from roadmap.project.piece_calls import Call, call_piece
from roadmap.project.project import Edition


def answer(
    edition: Edition, page: Page, call: Call, *, in_english: bool = False
) -> tuple[str, list[Problem]]:
    """What a piece answers on a page, or why it cannot.

    `in_english`: on a page that the edition has not translated. Raises Problems where the facts or
    the catalogue cannot be read.
    """
    refused: list[Problem] = []

    def render() -> tuple[str | None, list[str]]:
        pieces, read = watched(_pieces(edition, in_english)(page.path))
        markup, problems = call_piece(page, call, pieces)
        refused.extend(problems)
        return None if problems else str(markup), read

    language = ENGLISH if in_english else edition.code
    depth = page.path.count("/")
    markup = remembered_by_facts(
        edition.project.memo("pieces", edition.code),
        render,
        facts_keys(edition.project),
        edition.language_key,
        language,
        depth,
        call.name,
        call.arguments,
    )
    if markup is None and not refused:  # remembered; the place of this call is another
        render()
    return markup or "", refused


def _pieces(edition: Edition, in_english: bool) -> Callable[[str], Pieces]:
    return edition.english_pieces if in_english else edition.pieces
