"""Reads the messages of an edition. The only file that opens messages.po. Writes nothing.

What could break a page is never shown: a message that is fuzzy, unfinished or unfit stays English.
The header of the file decides nothing: the code of the edition says which plural forms there are,
and the file is always UTF-8.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from gettext import GNUTranslations, NullTranslations, c2py
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, PoFileParser, unescape

from macros.facts.problem import Problem, Problems, shown

FILE = "messages.po"
LARGEST = 4_000_000  # bytes; a whole edition has about a tenth of that
MOST = 50  # lines of a file that are named as wrong
LAYOUT = "interface/"  # contexts of the words that the theme says; `%s` is filled in there
STRING = r'"(?:[^"\\]|\\[\\trn"])*"'
LINE = re.compile(
    rf"(?:#(?!~).*|#~\|.*|(?:#~\s*)?(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) +)?{STRING}|#~)?"
)
PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|%%|\{\w+\}")  # `{name}` is filled in by scripts
MARKUP = re.compile(r"[<>`]|&#?\w+;|\{[{%#]|[}%#]\}|\]\(|\*\*|__|https?:")
UNSEEN = {"Cc", "Co", "Cs"}  # control, private use, half characters
NEVER = re.compile(
    "[\u202a-\u202e\ufdd0-\ufdef]"
)  # turns the direction of all that follows; is no character


class Messages(Catalog):
    """A catalogue as its file has it: with the header as it is written, and what stands in it
    twice.
    """

    def __init__(self, code: str):
        super().__init__(locale=code.replace("-", "_"))
        self.header: Message | None = None
        self.doubles: list[Message] = []
        self.one = c2py(self.plural_expr)(1)  # the form for one thing

    def __setitem__(self, id: str | tuple[str, ...], message: Message) -> None:
        _take_previous(message)
        if id == "" and message.context is None and self.header is None:
            self.header = message
        elif self.get(id, message.context) or not id:
            self.doubles.append(message)
        else:
            super().__setitem__(id, message)

    def __iter__(self) -> Iterator[Message]:
        return iter(self._messages.values())


def path_of(root: Path, code: str) -> Path:
    return root / "docs" / code / FILE


def read(root: Path, code: str) -> NullTranslations:
    """What an edition says in its language; nothing, where it has no messages. Raises Problems."""
    found, fit = parse(root, code), Catalog(locale=code.replace("-", "_"))
    for message in found:
        if is_shown(message, found.one):
            fit.add(message.id, message.string, context=message.context)
    compiled = BytesIO()
    write_mo(compiled, fit)
    compiled.seek(0)
    return GNUTranslations(compiled)


def parse(root: Path, code: str) -> Messages:
    """The messages of an edition, empty where it has none. Raises Problems where the file cannot be
    read.
    """
    path, found = path_of(root, code), Messages(code)
    if not path.exists():
        return found
    name = shown(path, root)
    lines = _lines(path, name)
    try:
        PoFileParser(found, abort_invalid=True).parse(lines)
    except PoFileError as error:
        there = str(error).rpartition(" on ")[0] or "this cannot be read"
        raise Problems(
            [Problem(name, error.lineno + 1, there, "a message as `roadmap refresh` writes it")]
        ) from None
    for message in found.obsolete.values():
        _take_previous(message)
    return found


def _lines(path: Path, name: str) -> list[str]:
    """The lines of the file, each of which is a line of PO. Raises Problems."""
    raw = path.read_bytes()
    if len(raw) > LARGEST:
        raise Problems([Problem(name, 1, f"{len(raw)} bytes", f"at most {LARGEST} bytes")])
    try:
        lines = raw.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Problems(
            [Problem(name, line, "a byte that is not UTF-8", "text saved as UTF-8")]
        ) from None
    wrong = [
        number for number, line in enumerate(lines, start=1) if not LINE.fullmatch(line.strip())
    ]
    if wrong:
        instead = 'a line such as `msgstr "…"`, a quotation mark within it written `\\"`'
        raise Problems(
            [
                Problem(name, number, f"`{short(lines[number - 1])}`", instead)
                for number in wrong[:MOST]
            ]
        )
    return ["" if line.startswith("#~|") else line for line in lines]


def _take_previous(message: Message) -> None:
    """What was translated before, from the comments `#|`, where Babel leaves it."""
    kept: list[str] = []
    for comment in message.user_comments:
        keyword, quote, text = comment.partition('"')
        if keyword.startswith("| msgid"):
            kept.append("")
        if kept and keyword.startswith("|"):
            kept[-1] += unescape(quote + text)
    message.previous_id = kept
    message.user_comments = [
        comment for comment in message.user_comments if not comment.startswith("|")
    ]


# What may be shown


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The forms of a message: one, or as many as the language has plurals."""
    return (text or "",) if isinstance(text, str) or text is None else tuple(text)


def is_shown(message: Message, one: int = 0) -> bool:
    """Whether readers see this translation: in every form, beyond doubt, without fault."""
    return all(forms(message.string)) and not message.fuzzy and not any(faults(message, one))


def faults(message: Message, one: int = 0) -> Iterator[tuple[str, str]]:
    """What is wrong with a translation: what is there, what instead. An empty form is not wrong.

    `one` is the form for one thing: it may do without the number where English does.
    """
    english = forms(message.id)
    for index, form in enumerate(forms(message.string)):
        yield from _edges(form)
        yield from _signs(form, " ".join(english))
        if form and (message.context is None or message.context.startswith(LAYOUT)):
            yield from _placeholders(form, english, english[0] if index == one else english[-1])


def _edges(text: str) -> Iterator[tuple[str, str]]:
    if text != text.strip():
        yield f"a space at the beginning or end of “{short(text)}”", "the text without it"


def _signs(text: str, english: str) -> Iterator[tuple[str, str]]:
    if strange := set(MARKUP.findall(text)) - set(MARKUP.findall(english)):
        yield f"`{min(strange)}` in “{short(text)}”", "plain text, without markup or addresses"
    unseen = [c for c in text if unicodedata.category(c) in UNSEEN or NEVER.match(c)]
    if unseen:
        yield (
            f"an unseen character (U+{ord(unseen[0]):04X}) in “{short(text)}”",
            "text on one line, without it",
        )


def _placeholders(text: str, english: tuple[str, ...], example: str) -> Iterator[tuple[str, str]]:
    """All those of the example, and none that English does not have."""
    there, known = _filled(text), _filled(" ".join(english))
    for unknown in sorted(there - known):
        yield f"`{unknown}`, which the English text does not have", _names(known)
    for missing in sorted(_filled(example) - there):
        yield (
            f"“{short(text)}” without `{missing}`",
            f"`{missing}` where it belongs; it is filled in",
        )
    if "%" in PLACEHOLDER.sub("", text):
        yield f"a single `%` in “{short(text)}”", "`%%`, or the word for it"


def _filled(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text)) - {"%%"}


def _names(placeholders: set[str]) -> str:
    return " and ".join(f"`{each}`" for each in sorted(placeholders)) or "a text without it"


def short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:39] + "…"
