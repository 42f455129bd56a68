"""English strings that were reworded and mean what they meant: their translations stay.

`strings` of docs/en/same-meaning.yml names them, each by its text before and after. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Annotated

from babel.messages.catalog import Message
from pydantic import StringConstraints

from macros.facts.load import read_yaml, validate
from macros.facts.model import Model
from macros.facts.problem import Problem, Problems
from macros.facts.text_file import ReadBytes
from macros.language.messages import Messages, forms, key

FILE = "same-meaning.yml"  # of the English edition
STRINGS = "strings"  # its key for these; all others are pages
MOST_WORDINGS = 30  # of one text
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Synonyms = Mapping[str, frozenset[str]]  # text → all that mean the same, itself among them


class Reworded(Model):
    """An English text, and what it said before."""

    before: Text
    after: Text


class Declared(Model):
    """What the file says of strings."""

    strings: tuple[Reworded, ...] = ()


def read_reworded(
    path: Path, name: str, read_bytes: ReadBytes = Path.read_bytes
) -> tuple[Reworded, ...]:
    """The strings that a file declares, oldest first; none where there is no file.

    Messages call the file `name`. Raises Problems, also where a text has more than `MOST_WORDINGS`:
    each of its translations would be kept for each of them.
    """
    if not path.is_file():
        return ()
    data, lines = read_yaml(path, name, read_bytes)
    if not isinstance(data, dict) or STRINGS not in data:
        return ()  # what is no mapping, those who read the pages of the file name
    declared = validate({STRINGS: data[STRINGS]}, lines, Declared, name).strings
    for index, synonyms in enumerate(_chains(declared)):
        if len(synonyms) > MOST_WORDINGS:
            line = lines[STRINGS, index]
            expected = f"at most {MOST_WORDINGS}, the oldest taken out"
            found = f"{len(synonyms)} wordings of one text"
            raise Problems([Problem(name, line, found, expected)])
    return declared


def keep_translations(found: Messages, reworded: Iterable[Reworded]) -> Messages:
    """Gives translations of a text to all texts that mean the same, as `found.same`.

    A translation that somebody has made of a text itself comes first. One that only waits because
    its English was reworded waits no longer; a translator's own `fuzzy` stays.
    """
    synonyms = _synonyms(reworded)
    if not synonyms:
        return found
    for message in found:
        if message.fuzzy and _only_reworded(message, synonyms):
            _, same_id = key(message)
            found.same[key(message)] = _said_as(message, same_id)
    sources = [*found.same.values(), *_finished(found), *_finished(found.obsolete.values())]
    for message in sources:
        for id in _other_ids(message, synonyms):
            there = found.get(id, message.context)
            is_open = there is None or not (there.fuzzy or any(forms(there.string)))
            if is_open:
                found.same.setdefault((message.context, id), _said_as(message, id))
    return found


def _synonyms(reworded: Iterable[Reworded]) -> Synonyms:
    """Every text of any chain of declarations, with all texts of that chain."""
    found: dict[str, frozenset[str]] = {}
    for joined in _chains(reworded):
        found.update(dict.fromkeys(joined, joined))
    return found


def _chains(reworded: Iterable[Reworded]) -> Iterator[frozenset[str]]:
    """All texts of the chain that each declaration prolongs, so far."""
    found: dict[str, frozenset[str]] = {}
    for each in reworded:
        joined = frozenset({each.before, each.after})
        joined |= found.get(each.before, frozenset()) | found.get(each.after, frozenset())
        found.update(dict.fromkeys(joined, joined))
        yield joined


def _only_reworded(message: Message, synonyms: Synonyms) -> bool:
    """Whether the English text that was translated means what it says now."""
    before = tuple(message.previous_id)
    now = forms(message.id)
    if len(before) != len(now):
        return False
    return all(old in synonyms.get(new, {new}) for old, new in zip(before, now, strict=True))


def _finished(messages: Iterable[Message]) -> Iterator[Message]:
    for message in messages:
        if not message.fuzzy and any(forms(message.string)):
            yield message


def _other_ids(message: Message, synonyms: Synonyms) -> Iterator[str | tuple[str, ...]]:
    """The other English texts, in all of their forms, that mean what this message says."""
    own = forms(message.id)
    choices = [sorted(synonyms.get(form, {form})) for form in own]
    for combined in product(*choices):
        if combined != own:
            yield combined if message.pluralizable else combined[0]


def _said_as(message: Message, id: str | tuple[str, ...]) -> Message:
    """A finished message of another English text with the same translation."""
    return Message(
        id,
        message.string,
        auto_comments=message.auto_comments,
        user_comments=message.user_comments,
        lineno=message.lineno,
        context=message.context,
    )
