"""Merges the messages of an edition with the current English ones, and writes messages.po.

Loses no translation and judges none. Babel (2.18) can do part of this, but not what we need:

* `Catalog.update` looks for what a new message said before by likeness of the text alone. A text
  that was rewritten under the same context loses its translation, one that only moved becomes
  fuzzy, and a message that became obsolete never comes back.
* `write_po` can write the previous text (`#|`), but wraps it like a comment: a long one is broken
  in the middle of a string. `read_po` takes `#|` for comments of the translator.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Set
from heapq import nlargest

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import escape, normalize

from macros.language.locales import english_name
from macros.language.messages import LAYOUT, Key, Messages, forms, key

Memory = dict[Key, Message]  # what was translated and has no place yet
Find = Callable[[Message], Message | None]  # what a message was before, of what is remembered
WIDTH = 78
CUTOFF = 0.6  # similarity of two sentences without a context; 1 = the same
MOST_COMPARED = 8  # sentences, letter by letter: those with most words in common
MOST_COMMON = 100  # sentences that have a word; one of more tells nothing
WORD_START = re.compile(r"\b\w{1,4}")
NUMBER_IN_LIST = re.compile(r"/\d+(?=/|$)")  # in a context
REQUIRED_FIELDS = (  # of the header, in the order in which they are written
    "Language",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Plural-Forms",
)
DROPPED_FIELDS = ("POT-Creation-Date", "Project-Id-Version", "Report-Msgid-Bugs-To")


# Merging


def merge(old: Messages, fresh: Catalog, code: str) -> Messages:
    """The fresh messages with their translations from the old ones.

    A translation whose English text is gone becomes obsolete.
    """
    merged = Messages(code)
    merged.header = old.header
    plurals = merged.num_plurals
    waiting: list[Message] = []
    for english in fresh:
        if not english.id:
            continue  # the header
        message = english.clone()
        message.string = _as_forms_of(message, ("",), plurals)
        merged[message.id] = message
        waiting.append(message)

    memory = _memory(old, set(map(key, waiting)))
    for finder in (_same, _moved, _reworded, _similar):  # the surest first, each for all messages
        waiting = _without_translation(waiting, finder(memory), memory, plurals)
    for message in memory.values():
        obsolete_key = merged._key_for(message.id, message.context)
        merged.obsolete[obsolete_key] = message
    return merged


def _memory(old: Messages, wanted: Set[Key]) -> Memory:
    """Every message that somebody has worked on. A current one replaces an obsolete one.

    What means the same as a wanted message is remembered as that one.
    """
    memory: Memory = {}
    for message in (*old.obsolete.values(), *old):
        if _has_translation(message) or message.user_comments:
            memory[key(message)] = message
    for id in old.same.keys() & wanted:
        renamed = old.same[id]
        for before in list(memory):
            is_source = before not in wanted and memory[before].lineno == renamed.lineno
            if is_source:
                del memory[before]
        memory[id] = renamed
    return memory


def _has_translation(message: Message) -> bool:
    """Whether any of its plural forms is translated."""
    return any(forms(message.string))


def _without_translation(
    waiting: Iterable[Message],
    find: Find,
    memory: Memory,
    plurals: int,
) -> list[Message]:
    """Takes what is found from the memory; returns the messages for which nothing is."""
    still_waiting: list[Message] = []
    for message in waiting:
        before = find(message)
        if before is None:
            still_waiting.append(message)
            continue
        del memory[key(before)]
        _take_over(before, message, plurals)
    return still_waiting


def _take_over(before: Message, message: Message, plurals: int) -> None:
    """Gives a message its translation; as fuzzy, unless text and place are the same."""
    strings = forms(before.string)
    message.string = _as_forms_of(message, strings, plurals)
    message.user_comments = before.user_comments
    if not _has_translation(message):
        return
    same_text = _english(before) == _english(message)
    same_place = _place(before) == _place(message)
    if same_text and same_place and not before.fuzzy:
        return
    message.flags.add("fuzzy")
    if before.fuzzy:  # without a text from before, it is a translator's own mark
        message.previous_id = before.previous_id
    elif not same_text:
        message.previous_id = list(forms(before.id))


def _english(message: Message) -> str | tuple[str, ...]:
    """The English text, in all of its forms."""
    _, english = key(message)
    return english


def _place(message: Message) -> str:
    """The context, whatever numbers its list items have."""
    context = message.context or ""
    return NUMBER_IN_LIST.sub("/", context)


def _as_forms_of(
    message: Message,
    strings: tuple[str, ...],
    plurals: int,
) -> str | tuple[str, ...]:
    """A translation in as many plural forms as the message needs."""
    if not message.pluralizable:
        return strings[0]
    empty = [""] * plurals
    filled_up = (*strings, *empty)
    return filled_up[:plurals]


# What a message was before. Each goes through the memory once, whatever waits


def _same(memory: Memory) -> Find:
    """The same text under the same context."""

    def find(message: Message) -> Message | None:
        return memory.get(key(message))

    return find


def _moved(memory: Memory) -> Find:
    """The same text under another context; the closest context where there are several."""
    by_text: dict[str | tuple[str, ...], list[Message]] = {}
    for before in memory.values():
        if before.context:
            by_text.setdefault(_english(before), []).append(before)

    def find(message: Message) -> Message | None:
        if not message.context:
            return None
        steps = set(message.context.split("/"))
        closest = None
        most_shared = -1
        for before in by_text.get(_english(message), ()):
            shared = len(steps.intersection((before.context or "").split("/")))
            if shared > most_shared and key(before) in memory:
                closest = before
                most_shared = shared
        return closest

    return find


def _reworded(memory: Memory) -> Find:
    """Another text under the same context."""
    by_context: dict[str, list[Message]] = {}
    for before in memory.values():
        if before.context:
            by_context.setdefault(before.context, []).append(before)

    def find(message: Message) -> Message | None:
        for before in by_context.get(message.context or "", ()):
            if key(before) in memory:
                return before
        return None

    return find


def _similar(memory: Memory) -> Find:
    """A similar text; both have no context."""
    known = {_singular(before): before for before in memory.values() if not before.context}
    words = {text: _word_starts(text) for text in known}
    with_word: dict[str, list[str]] = {}
    for text, starts in words.items():
        for start in starts:
            with_word.setdefault(start, []).append(text)

    def find(message: Message) -> Message | None:
        if message.context:
            return None
        own = _singular(message)
        starts = _word_starts(own)
        shared: Counter[str] = Counter()
        for start in starts:
            texts = with_word.get(start, ())
            if len(texts) <= MOST_COMMON:
                shared.update(text for text in texts if text in known)

        def likeness(text: str) -> float:
            return shared[text] / len(words[text] | starts)

        candidates = nlargest(MOST_COMPARED, shared, key=likeness)
        closest = difflib.get_close_matches(own, candidates, n=1, cutoff=CUTOFF)
        return known.pop(closest[0]) if closest else None

    return find


def _word_starts(text: str) -> set[str]:
    """How the words of a text begin: enough to tell that they may be the same."""
    return set(WORD_START.findall(text.lower()))


def _singular(message: Message) -> str:
    """The English text; of a message with plural forms, the first."""
    return forms(message.id)[0]


# Writing


def written(messages: Messages, code: str) -> str:
    """The text of messages.po. The same messages give the same text."""
    entries = [_header(messages, code)]
    for message in messages:
        lines = [
            *_comments_above(message),
            *_body(message),
        ]
        entries.append(lines)
    for message in messages.obsolete.values():
        lines = [
            *_comments_above_obsolete(message),
            *_body(message, "#~ "),
        ]
        entries.append(lines)
    paragraphs = map("\n".join, entries)
    return "\n\n".join(paragraphs) + "\n"


def _header(messages: Messages, code: str) -> list[str]:
    """Keeps who translated; sets language and plural forms."""
    comments = messages.header.user_comments if messages.header else []
    if not comments:
        language = english_name(code)
        comments = [f"The VALUE Roadmap in {language}. How to work with this file: TRANSLATING.md"]
    lines = [
        *_comment_lines("#", comments),
        'msgid ""',
        'msgstr ""',
    ]
    fields = [
        *_kept_fields(messages),
        *_required_fields(messages, code),
    ]
    for field in fields:
        lines.append(escape(f"{field}\n"))
    return lines


def _kept_fields(messages: Messages) -> Iterator[str]:
    """Fields that translators and their programs have written."""
    if not messages.header:
        return
    text = forms(messages.header.string)[0]
    for line in text.splitlines():
        name, colon, _ = line.partition(":")
        if colon and name not in (*REQUIRED_FIELDS, *DROPPED_FIELDS):
            yield line


def _required_fields(messages: Messages, code: str) -> Iterator[str]:
    """Fields that say how the file is to be read."""
    values = (
        code,
        "1.0",
        "text/plain; charset=UTF-8",
        "8bit",
        messages.plural_forms,
    )
    for name, value in zip(REQUIRED_FIELDS, values, strict=True):
        yield f"{name}: {value}"


def _comments_above(message: Message) -> Iterator[str]:
    files = [file for file, _ in message.locations]
    yield from _comment_lines("#", message.user_comments)
    yield from _comment_lines("#.", message.auto_comments)
    yield from _comment_lines("#:", files)
    yield from _flags(message)
    yield from _previous(message)


def _comments_above_obsolete(message: Message) -> Iterator[str]:
    """No previous text: gettext writes it as `#~|`, which we do not read."""
    yield from _comment_lines("#", message.user_comments)
    yield from _flags(message)


def _flags(message: Message) -> Iterator[str]:
    flags = message.flags
    if not _can_have_placeholders(message):
        flags = flags & {"fuzzy"}  # without python-format, which Babel sets for any `%`
    if flags:
        yield f"#, {', '.join(sorted(flags))}"


def _can_have_placeholders(message: Message) -> bool:
    """A `%` in the facts is a percent sign."""
    return message.context is None or message.context.startswith(LAYOUT)


def _previous(message: Message) -> Iterator[str]:
    """What the English text was when it was translated.

    Each on one line: Babel drops a line of comment that repeats another one of the message.
    """
    for keyword, text in _with_keywords(message.previous_id):
        yield f"#| {keyword} {escape(text)}"


def _body(message: Message, prefix: str = "") -> Iterator[str]:
    """The lines of a message below its comments; `prefix` marks an obsolete one."""
    if message.context:
        yield f"{prefix}msgctxt {escape(message.context)}"
    english = forms(message.id)
    for keyword, text in _with_keywords(english):
        yield _string(prefix, keyword, text)
    for number, text in enumerate(forms(message.string)):
        keyword = f"msgstr[{number}]" if message.pluralizable else "msgstr"
        yield _string(prefix, keyword, text)


def _with_keywords(english: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each form of an English text with the keyword that it is written after."""
    return zip(("msgid", "msgid_plural"), english, strict=False)


def _string(prefix: str, keyword: str, text: str) -> str:
    quoted = normalize(text, prefix, WIDTH)
    return f"{prefix}{keyword} {quoted}"


def _comment_lines(sign: str, comments: Iterable[str]) -> Iterator[str]:
    for comment in comments:
        line = f"{sign} {comment}"
        yield line.rstrip()
