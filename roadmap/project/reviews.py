"""How far a translation has been read, in the sentences that its readers see: English ones, of the
catalogue. Draws nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from macros.facts.model import Facts
from macros.language.translator import N_
from roadmap.project.edition_file import Reviewed

READ = N_("It has been read by a practitioner who speaks this language.")
READ_IN_PART = N_("It is a draft: a practitioner has read a part of it.")
LANGUAGE_READ = N_(
    "It is a draft: its language has been read, but no practitioner has read it yet."
)
DRAFT = N_("It is a draft: no practitioner has read it yet.")


def review_note(reviews: Iterable[Reviewed]) -> str:
    """How far a page or a worksheet has been read; `reviews` are all that are of it."""
    reviews = list(reviews)
    if any(each.practice for each in reviews):
        return READ
    if any(each.language for each in reviews):
        return LANGUAGE_READ
    return DRAFT


def review_notes(
    reviews: Mapping[str, Reviewed], pages: Collection[str], facts: Facts
) -> dict[str, Any]:
    """What `make_pieces` takes of an edition that has these pages."""
    worksheets = [worksheet.id for worksheet in facts.worksheets]
    return {
        "review": edition_note(reviews, pages),
        "sheet_reviews": sheet_notes(reviews, worksheets),
    }


def sheet_notes(reviews: Mapping[str, Reviewed], worksheets: Iterable[str]) -> dict[str, str]:
    """That of each worksheet by its id: a review of its page is one of the worksheet, too."""
    notes = {}
    for id in worksheets:
        names = (f"worksheets/{id}", f"worksheets/{id}.md")
        notes[id] = review_note(reviews[name] for name in names if name in reviews)
    return notes


def edition_note(reviews: Mapping[str, Reviewed], pages: Collection[str]) -> str:
    """How far an edition has been read as a whole: its own pages."""
    notes = {review_note([reviews[page]] if page in reviews else []) for page in pages}
    if len(notes) == 1:
        return notes.pop()
    if READ in notes:
        return READ_IN_PART
    return DRAFT
