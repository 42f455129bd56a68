"""The messages of an edition that its readers see. Judges nothing."""

from __future__ import annotations

from babel.messages.catalog import Message

from macros.facts.problem import Problems
from macros.language.messages import FILE, is_shown
from roadmap.project.once import once
from roadmap.project.project import Edition


def catalogue_file(edition: Edition) -> str:
    """What problems call the file of the messages."""
    return edition.file_name(FILE)


def shown_messages(edition: Edition) -> list[Message]:
    """The messages that readers see translated. None where they cannot be read: `check_messages`
    says so.
    """
    shown, _ = _sort_out(edition)
    return shown


def lacking_messages(edition: Edition) -> list[Message]:
    """The messages that readers see in English. None where they cannot be read."""
    _, lacking = _sort_out(edition)
    return lacking


@once
def _sort_out(edition: Edition) -> tuple[list[Message], list[Message]]:
    """The messages that readers see translated, and the others."""
    shown: list[Message] = []
    lacking: list[Message] = []
    try:
        catalogue = edition.messages
    except Problems:
        return shown, lacking
    for message in catalogue.by_key().values():
        if is_shown(message, catalogue.one):
            shown.append(message)
        else:
            lacking.append(message)
    return shown, lacking
