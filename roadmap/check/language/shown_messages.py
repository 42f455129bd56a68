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


@once
def shown_messages(edition: Edition) -> list[Message]:
    """The messages that readers see translated. None where they cannot be read: `check_messages`
    says so.
    """
    try:
        catalogue = edition.messages
    except Problems:
        return []
    return [each for each in catalogue.by_key().values() if is_shown(each, catalogue.one)]
