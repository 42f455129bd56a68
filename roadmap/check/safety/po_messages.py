"""Judges messages.po: in each message only signs that its English has, and a plain header.

What the messages say is judged on the catalogue as the one parser reads it, `edition.messages`;
`po_grammar.py` has looked at the lines of the file before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from babel.messages.catalog import Message

from macros.facts.problem import Problem, Problems, brief
from macros.language import messages
from macros.language.messages import ADDRESS, PLACEHOLDER, Messages, forms, most_characters
from roadmap.check.language.quotation_marks import advised_marks
from roadmap.check.safety.allowlist import FORBIDDEN_SIGN, Finding
from roadmap.check.safety.po_grammar import Entry, Grammar, grammar_of
from roadmap.project.edition_file import LANGUAGE_TAG
from roadmap.project.project import Edition

FAR_TOO_LONG = 5  # times what fits: no slip of a translator any more
LONGEST_HEADER = 400  # characters of a line of it
DATE = r"\d{4}-\d\d-\d\d \d\d:\d\d(?:[+-]\d{4})?|YEAR-MO-DA HO:MI\+ZONE"
HEADERS = {  # those that a reader of catalogues acts on → the form of their values
    "content-type": r"text/plain; charset=utf-8",
    "content-transfer-encoding": r"8bit",
    "plural-forms": r"nplurals=[1-6]; ?plural=[n0-9 ()!=<>&|?:%]{1,400};?",
    # `pt_BR` counts as `pt-BR`
    "language": rf"(?:{LANGUAGE_TAG}(?:\.[A-Za-z0-9-]{{1,10}})?(?:@[a-z]{{1,20}})?)?",
    "pot-creation-date": DATE,
    "po-revision-date": DATE,
}
STRAIGHT = '"'
PERCENT = re.compile(r"%(?=[\s.,;:!?)’”]|$)(?![\s.,]{0,9}[\d*#+(-])")  # the sign itself, no format

Fault = tuple[int, str, str]  # line, what was found, what was expected


def check_message_file(edition: Edition) -> Iterator[Problem]:
    """What may not stand in messages.po of an edition that has one, as it is found.

    Of a catalogue that cannot be parsed nothing is ever shown; check/messages.py says why. Raises
    Problems where the file is not UTF-8.
    """
    grammar = grammar_of(edition)
    if grammar.problems:
        yield from grammar.problems
        return
    try:
        catalogue = edition.messages
    except Problems:
        return
    name = edition.file_name(messages.FILE)
    for line, found, expected in _faults(grammar, catalogue, edition.code):
        row = _row_of_sign(grammar.rows, line, found)
        yield Problem(name, row, found, expected)


def _faults(grammar: Grammar, catalogue: Messages, code: str) -> Iterator[Fault]:
    """What is wrong with any message, the obsolete ones among them."""
    yield from _repeated(grammar, catalogue)
    for message in (*_active(catalogue), *catalogue.obsolete.values()):
        entry = grammar.entries.get(_line_of(message))
        if entry is None:
            continue  # made by Babel of a file that has nothing but comments
        if message.id:
            yield from _translation(message, entry, code)
        else:
            yield from _header(message, entry)


def _row_of_sign(
    rows: list[str],
    line: int,
    found: str,
) -> int:
    """Of the lines that a translation takes, the one with the sign that a problem names."""
    quoted = re.search("`(.*)`", found, re.DOTALL)
    if not quoted:
        return line
    sign = quoted[1]
    number = line
    while number <= len(rows):
        row = rows[number - 1]
        is_continued = row.lstrip().startswith('"')
        if number > line and not is_continued:
            break
        if sign in row:
            return number
        number += 1
    return line


# Messages


def _active(catalogue: Messages) -> Iterable[Message]:
    """The messages that are not obsolete, the header and repeated ones among them."""
    active = [*catalogue, *catalogue.doubles]
    if catalogue.header:
        active.insert(0, catalogue.header)
    return active


def _repeated(grammar: Grammar, catalogue: Messages) -> Iterator[Fault]:
    """Each message stands once. Of obsolete ones with the same text the parser keeps the last."""
    seen: set[tuple[str, str]] = set()
    read = set(map(_line_of, catalogue.obsolete.values()))
    repeated: list[Entry] = []
    for message in sorted(_active(catalogue), key=_line_of):
        line = _line_of(message)
        read.add(line)
        english = forms(message.id)[0]
        key = (message.context or "", english)
        if key in seen and line in grammar.entries:
            repeated.append(grammar.entries[line])
        seen.add(key)
    for line, entry in grammar.entries.items():
        if line not in read:
            repeated.append(entry)
    for entry in repeated:
        yield entry.line, "a message a second time", "each message once"


def _line_of(message: Message) -> int:
    """The line of its `msgid`; 0 where Babel has made it itself."""
    return message.lineno or 0


def _header(message: Message, entry: Entry) -> Iterator[Fault]:
    """The header names UTF-8, a language and plural forms in the plain way."""
    if message.context:
        yield entry.line, "a message without words", "the English words as `msgid`"
    for form, text in enumerate(forms(message.string)):
        line = entry.string_lines.get(form, entry.line)
        for row in text.split("\n"):
            finding = _header_field(row)
            if finding:
                yield line, *finding


def _header_field(row: str) -> Finding | None:
    """What is wrong with a line of the header; None where nothing is."""
    key, colon, value = row.partition(":")
    key = key.strip()
    name = key.lower()
    form = HEADERS.get(name)
    if name == "language":
        value = value.replace("_", "-")
    if form and not re.fullmatch(form, value.strip(), re.IGNORECASE):
        return f"the header `{brief(row)}`", f"`{key}:` as the template has it"
    is_too_long = len(row) > LONGEST_HEADER
    if row.strip() and (not colon or is_too_long):
        return f"`{brief(row)}` in the header", "`Name: value`"
    return None


def _translation(message: Message, entry: Entry, code: str) -> Iterator[Fault]:
    """A translation holds no sign with a meaning for machines that its English does not hold."""
    english_forms = forms(message.id)
    english = "".join(english_forms)
    most = most_characters(english_forms)
    for form, text in enumerate(forms(message.string)):
        line = entry.string_lines.get(form, entry.line)
        if len(text) > FAR_TOO_LONG * most:
            yield line, f"{len(text)} characters", f"at most {most} for this message"
            continue
        for finding in _signs(text, english, code):
            yield line, *finding


def _signs(text: str, english: str, code: str) -> Iterator[Finding]:
    """Markup, addresses, line breaks and percent signs that the English text does not have."""
    known = {
        *_markup(english),
        *ADDRESS.findall(english),
    }
    for sign in dict.fromkeys(_markup(text)):
        if sign == STRAIGHT and sign not in known:
            yield f"a straight quotation mark (`{STRAIGHT}`)", advised_marks(code)
        elif sign not in known:
            yield f"markup (`{brief(sign)}`)", "plain text, as in English"
    for address in dict.fromkeys(ADDRESS.findall(text)):
        if address not in known:
            yield f"an address (`{brief(address)}`)", "plain text, as in English"
    if "\n" in text and "\n" not in english:
        yield "a line break", "text without one, as in English"
    yield from _percent_signs(text, english)


def _markup(text: str) -> list[str]:
    """The signs of a text that a machine acts on, `{name}` of scripts among them."""
    filled_by_scripts = []
    for placeholder in PLACEHOLDER.findall(text):
        if placeholder.startswith("{"):
            filled_by_scripts.append(placeholder)
    rest = PLACEHOLDER.sub("", text)
    return filled_by_scripts + FORBIDDEN_SIGN.findall(rest)


def _percent_signs(text: str, english: str) -> Iterator[Finding]:
    """Each `%` is a placeholder of the English text, `%%`, or where English has no placeholder the
    plain sign.
    """
    known = set()
    for placeholder in PLACEHOLDER.findall(english):
        if placeholder.startswith("%"):
            known.add(placeholder)

    def without_known(match: re.Match[str]) -> str:
        if match[0] == "%%" or match[0] in known:
            return ""
        return match[0]

    rest = PLACEHOLDER.sub(without_known, text)
    if not known:
        rest = PERCENT.sub("", rest)
    at = rest.find("%")
    if at < 0:
        return
    names = [f"`{placeholder}`" for placeholder in sorted(known - {"%%"})]
    wanted = ", ".join(names) or "no placeholder, as in English"
    if placeholder := PLACEHOLDER.match(rest, at):
        yield f"`{placeholder[0]}`", wanted
        return
    shown = brief(rest[at : at + 20])
    yield f"`{shown}`", f"{wanted}; a percent sign is `%%` beside placeholders"
