"""Parses and validates the messages of an edition (gettext PO). The only file that opens
messages.po. Writes nothing.

What could break a page is never shown: a message that is fuzzy, unfinished or faulty stays English.
The header of the file decides nothing: the code of the edition says which plural forms there are,
and the file is always UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import GNUTranslations, NullTranslations, c2py
from io import BytesIO
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, PoFileParser, unescape

from macros.facts.problem import Problem, Problems, brief
from macros.facts.text_file import decode_text
from macros.language.characters import is_unseen
from macros.language.locales import set_plural_forms

FILE = "messages.po"
LARGEST = 4_000_000  # bytes; a whole edition has about a tenth of that
MOST = 50  # lines of a file that are named as wrong
LAYOUT = "interface/"  # contexts of the words that the theme says; `%s` is filled in there
STRING = r'"(?:[^"\\]|\\[\\trn"])*"'
KEYWORD = r"(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)"
LINE = re.compile(rf"(?:#(?!~).*|#~\|.*|(?:#~\s*)?(?:(?:{KEYWORD} +)?{STRING}|#~)?)?")
PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|%%|\{\w+\}")  # `{name}` is filled in by scripts
MARKUP = re.compile(  # signs that a machine acts on
    r"[<>`{}]|&(?:#|\w{1,32};)|\][(\[:]"
    r"|(?i:\b(?:java|vb|live)script\s{0,9}:|\bdata\s{0,9}:\s{0,9}[a-z]{1,20}/)"
)
EMPHASIS = re.compile(r"\*\*|__")
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://[^\s]{0,200}|https?:")

Fault = tuple[str, str]  # what was found, what was expected
Key = tuple[str | None, str | tuple[str, ...]]  # context and English text


class Messages(Catalog):
    """A catalogue as its file has it.

    `header` is the header as it is written, whatever it says; `doubles` are messages whose id
    stands in the file already; `one` is the index of the plural form for one thing; `same` are
    messages that take the place of others or of none, see same_meaning.py.
    """

    def __init__(self, code: str):
        super().__init__(locale=code.replace("-", "_"))
        set_plural_forms(self, code)
        self.header: Message | None = None
        self.doubles: list[Message] = []
        self.same: dict[Key, Message] = {}
        self.one = c2py(self.plural_expr)(1)  # index of the plural form for one thing

    def __setitem__(self, id: Any, message: Message) -> None:
        """Called by the parser of Babel for each message of the file, in its order."""
        _take_previous(message)
        if id == "" and message.context is None and self.header is None:
            self.header = message
        elif self.get(id, message.context) or not id:
            self.doubles.append(message)
        else:
            super().__setitem__(id, message)

    def __iter__(self) -> Iterator[Message]:
        return iter(self._messages.values())

    def by_key(self) -> dict[Key, Message]:
        """Each message as it counts, those of `same` among them."""
        return {key(message): message for message in self} | self.same


def key(message: Message) -> Key:
    """What identifies a message."""
    if isinstance(message.id, str):
        return message.context, message.id
    return message.context, tuple(message.id)


def compile_shown(found: Messages, code: str) -> NullTranslations:
    """The messages that readers may see, ready to be looked up.

    A message that `is_shown` refuses is left out, so that its English text is shown.
    """
    shown_messages = Catalog(locale=code.replace("-", "_"))
    set_plural_forms(shown_messages, code)
    for message in found.by_key().values():
        if is_shown(message, found.one):
            shown_messages.add(message.id, message.string, context=message.context)
    compiled = BytesIO()
    write_mo(compiled, shown_messages)
    compiled.seek(0)
    return GNUTranslations(compiled)


def parse(content: bytes, name: str, code: str) -> Messages:
    """The messages in the bytes of a PO file, faulty ones included; problems call it `name`.

    Raises Problems: at each line that is none of PO (at most `MOST`), at the first message that the
    parser of Babel refuses, or at those with more than one plural.
    """
    found = Messages(code)
    lines = _lines(content, name)
    try:
        PoFileParser(found, abort_invalid=True).parse(lines)
    except PoFileError as error:
        reason = str(error).rpartition(" on ")[0] or "this cannot be read"
        expected = "a message as `roadmap refresh` writes it"
        raise Problems([Problem(name, error.lineno + 1, reason, expected)]) from None
    if problems := list(_plurals_of_plurals(found, name)):
        raise Problems(problems[:MOST])
    for message in found.obsolete.values():
        _take_previous(message)
    return found


def _lines(content: bytes, name: str) -> list[str]:
    """The lines of the file, each validated as a line of PO. Raises Problems."""
    lines = decode_text(content, name, LARGEST).split("\n")
    expected = 'a line such as `msgstr "…"`, no straight quotation mark within it'
    problems = []
    for number, line in enumerate(lines, start=1):
        if "\0" in line or not LINE.fullmatch(line.strip()):
            problems.append(Problem(name, number, f"`{brief(line)}`", expected))
    if problems:
        raise Problems(problems[:MOST])
    return ["" if line.startswith("#~|") else line for line in lines]


def _plurals_of_plurals(found: Messages, name: str) -> Iterator[Problem]:
    """Messages with several `msgid_plural`: Babel takes them, Python fails at them."""
    for message in found:
        if len(forms(message.id)) > 2:
            yield Problem(name, message.lineno or 1, "several lines `msgid_plural`", "one")


def _take_previous(message: Message) -> None:
    """Moves the previous msgid from the comments `#|`, where Babel leaves it, to `previous_id`."""
    previous: list[str] = []
    comments = []
    for comment in message.user_comments:
        if not comment.startswith("|"):
            comments.append(comment)
            continue
        keyword, quote, text = comment.partition('"')
        if keyword.startswith("| msgid"):
            previous.append("")
        if previous:
            previous[-1] += unescape(quote + text)
    message.previous_id = previous
    message.user_comments = comments


# What may be shown


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The forms of a msgid or msgstr: one, or as many as there are plurals.

    What has no text at all has one empty form.
    """
    if text is None:
        return ("",)
    if isinstance(text, str):
        return (text,)
    return tuple(text)


def most_characters(english: str | tuple[str, ...] | list[str]) -> int:
    """How many characters a translation of this English text may have.

    Longer ones do not fit where the text stands; readers see the English one instead.
    """
    return 2 * max(map(len, forms(english))) + 30


def is_too_long(message: Message) -> bool:
    """Whether any form of a translation has more characters than it may."""
    return max(map(len, forms(message.string))) > most_characters(message.id)


def is_shown(message: Message, one: int = 0) -> bool:
    """Whether readers see this translation: every form is there, nothing is fuzzy, faulty or too
    long.

    `one` is the index of the plural form for one thing, see `Messages.one`.
    """
    if message.fuzzy or is_too_long(message) or not all(forms(message.string)):
        return False
    return not any(faults(message, one))


def faults(message: Message, one: int = 0) -> Iterator[Fault]:
    """What is wrong with a translation: what was found, what was expected.

    Placeholders and markup must be those of English. An empty form is not wrong. `one` is the
    index of the form for one thing: it may do without the number where English does.
    """
    english = forms(message.id)
    singular = english[0]
    plural = english[-1]
    has_placeholders = message.context is None or message.context.startswith(LAYOUT)
    for index, form in enumerate(forms(message.string)):
        yield from _edge_faults(form)
        yield from _sign_faults(form, " ".join(english))
        if form and has_placeholders:
            model = singular if index == one else plural
            yield from _placeholder_faults(form, english, model)


def _edge_faults(text: str) -> Iterator[Fault]:
    """White space at the ends, which would join words or tear them apart on a page."""
    if text != text.strip():
        yield f"a space at the beginning or end of “{brief(text)}”", "the text without it"


def _sign_faults(text: str, english: str) -> Iterator[Fault]:
    """Markup that English does not have, and characters that nobody sees."""
    strange = _marks(text) - _marks(english)
    if strange:
        found = f"`{min(strange)}` in “{brief(text)}”"
        yield found, "plain text, without markup or addresses"
    for character in text:
        if is_unseen(character):
            found = f"an unseen character (U+{ord(character):04X}) in “{brief(text)}”"
            yield found, "text on one line, without it"
            return


def _marks(text: str) -> set[str]:
    """Markup, emphasis and addresses in a text, apart from its placeholders."""
    plain = PLACEHOLDER.sub("", text)
    found: set[str] = set()
    for pattern in (MARKUP, EMPHASIS, ADDRESS):
        found.update(pattern.findall(plain))
    return found


def _placeholder_faults(text: str, english: tuple[str, ...], model: str) -> Iterator[Fault]:
    """A translation has all placeholders of the English form `model`, and no unknown ones."""
    present = _placeholders(text)
    known = _placeholders(" ".join(english))
    unknown = sorted(present - known)
    for each in unknown:
        yield f"`{each}`, which the English text does not have", _names(known)
    lacking = set() if unknown else _placeholders(model) - present
    for missing in sorted(lacking):
        expected = f"`{missing}` where it belongs; it is filled in"
        yield f"“{brief(text)}” without `{missing}`", expected
    if "%" in PLACEHOLDER.sub("", text):
        yield f"a single `%` in “{brief(text)}”", "`%%`, or the word for it"


def _placeholders(text: str) -> set[str]:
    """The placeholders of a text; `%%` is a percent sign and none of them."""
    return set(PLACEHOLDER.findall(text)) - {"%%"}


def _names(placeholders: set[str]) -> str:
    """The names of placeholders, as a message lists them."""
    quoted = [f"`{each}`" for each in sorted(placeholders)]
    return " and ".join(quoted) or "a text without it"
