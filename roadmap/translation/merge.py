"""Brings the messages of an edition in line with English, and writes them. Loses no translation,
judges none.

Babel does neither in full: it matches by likeness and not by context, lets a sentence that was
written anew lose its translation, and can neither read nor write what a message said before (`#|`).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import escape, normalize

from macros.language.messages import LAYOUT, Messages, forms

Key = tuple[str | None, str | tuple[str, ...]]  # context and English text
Memory = dict[Key, Message]  # what was translated and is not yet placed
WIDTH = 78
ALIKE = 0.6  # of two sentences without a context, 1 = the same
OURS = ("Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms")
STALE = ("POT-Creation-Date", "Project-Id-Version", "Report-Msgid-Bugs-To")  # say nothing here


def key(message: Message) -> Key:
    return message.context, tuple(message.id) if message.pluralizable else message.id


# Merging


def merge(old: Messages, fresh: Catalog, code: str) -> Messages:
    """The fresh messages with what was translated before. What English no longer has becomes
    obsolete.
    """
    merged = Messages(code)
    merged.header = old.header
    memory = {
        key(m): m for m in (*old.obsolete.values(), *old) if any(forms(m.string)) or m.user_comments
    }
    waiting = [message.clone() for message in fresh if message.id]
    for message in waiting:
        message.string = _fitted(message, ("",), merged.num_plurals)
        merged[message.id] = message
    for find in (_same, _moved, _reworded, _alike):
        waiting = [
            message for message in waiting if not _place(message, find, memory, merged.num_plurals)
        ]
    for left in memory.values():
        merged.obsolete[merged._key_for(left.id, left.context)] = left
    return merged


def _place(
    message: Message,
    find: Callable[[Message, Memory], Message | None],
    memory: Memory,
    plurals: int,
) -> bool:
    """Gives a message what was translated before, if that is found."""
    before = find(message, memory)
    if not before:
        return False
    del memory[key(before)]
    message.string = _fitted(message, forms(before.string), plurals)
    message.user_comments = before.user_comments
    translated = any(forms(message.string))
    if translated and (before.fuzzy or not _same_meaning(before, message)):
        message.flags.add("fuzzy")
        message.previous_id = (before.fuzzy and before.previous_id) or _previous(before, message)
    return True


def _same(message: Message, memory: Memory) -> Message | None:
    return memory.get(key(message))


def _moved(message: Message, memory: Memory) -> Message | None:
    """The same text under another path; the nearest path where there are several."""
    found = [m for m in memory.values() if m.id == message.id and m.context and message.context]
    steps = set((message.context or "").split("/"))
    return max(found, key=lambda m: len(steps & set(m.context.split("/"))), default=None)


def _reworded(message: Message, memory: Memory) -> Message | None:
    """Another text under the same path."""
    return next((m for m in memory.values() if m.context and m.context == message.context), None)


def _alike(message: Message, memory: Memory) -> Message | None:
    """A text like this one; both have no path."""
    known = (
        {forms(m.id)[0]: m for m in memory.values() if not m.context} if not message.context else {}
    )
    close = difflib.get_close_matches(forms(message.id)[0], known, n=1, cutoff=ALIKE)
    return known[close[0]] if close else None


def _same_meaning(before: Message, message: Message) -> bool:
    """The same text, and in the same place but for its number in a list."""
    places = {re.sub(r"/\d+(?=/|$)", "/", m.context or "") for m in (before, message)}
    return key(before)[1] == key(message)[1] and len(places) == 1


def _previous(before: Message, message: Message) -> list[str]:
    return [] if key(before)[1] == key(message)[1] else list(forms(before.id))


def _fitted(message: Message, strings: tuple[str, ...], plurals: int) -> str | tuple[str, ...]:
    """Translations in as many forms as the message needs."""
    if not message.pluralizable:
        return strings[0]
    return tuple((*strings, *[""] * plurals)[:plurals])


# Writing


def written(messages: Messages, code: str) -> str:
    """The text of messages.po. The same messages give the same text."""
    entries = [_header(messages, code)]
    entries += ["\n".join(_entry(message)) for message in messages]
    entries += ["\n".join(_entry(message, "#~ ")) for message in messages.obsolete.values()]
    return "\n\n".join(entries) + "\n"


def _header(messages: Messages, code: str) -> str:
    """Who translated stays; language and plural forms are what they must be."""
    old = forms(messages.header.string)[0].splitlines() if messages.header else []
    kept = [line for line in old if ":" in line and line.split(":")[0] not in {*OURS, *STALE}]
    values = (code, "1.0", "text/plain; charset=UTF-8", "8bit", messages.plural_forms)
    lines = [*kept, *(f"{name}: {value}" for name, value in zip(OURS, values, strict=True))]
    comments = messages.header.user_comments if messages.header else []
    name = Locale.parse(code, sep="-").english_name
    comments = comments or [
        f"The VALUE Roadmap in {name}. How to work with this file: TRANSLATING.md"
    ]
    return "\n".join(
        [
            *_comments("#", comments),
            'msgid ""',
            'msgstr ""',
            *(escape(f"{line}\n") for line in lines),
        ]
    )


def _entry(message: Message, prefix: str = "") -> Iterator[str]:
    yield from _comments("#", message.user_comments)
    if not prefix:
        yield from _comments("#.", message.auto_comments)
        yield from _comments("#:", [file for file, _ in message.locations])
    if flags := sorted(message.flags if _is_filled(message) else message.flags & {"fuzzy"}):
        yield f"#, {', '.join(flags)}"
    for keyword, text in zip(
        ("msgid", "msgid_plural"), [] if prefix else message.previous_id, strict=False
    ):
        # on one line: Babel takes two equal lines of comment for one
        yield f"#| {keyword} {escape(text)}"
    if message.context:
        yield f"{prefix}msgctxt {escape(message.context)}"
    for keyword, text in zip(("msgid", "msgid_plural"), forms(message.id), strict=False):
        yield _line(prefix, keyword, text)
    for number, text in enumerate(forms(message.string)):
        yield _line(prefix, f"msgstr[{number}]" if message.pluralizable else "msgstr", text)


def _is_filled(message: Message) -> bool:
    """Whether it can have placeholders. A `%` in the facts is a percent sign."""
    return message.context is None or message.context.startswith(LAYOUT)


def _comments(sign: str, lines: list[str]) -> list[str]:
    return [f"{sign} {line}".rstrip() for line in lines]


def _line(prefix: str, keyword: str, text: str) -> str:
    return f"{prefix}{keyword} {normalize(text, prefix, WIDTH)}"
