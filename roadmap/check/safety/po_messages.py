"""Judges messages.po: plain well-formed PO, and in each message only signs that its English has.
Loads no catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from macros.facts.problem import Problem
from roadmap.check.safety.allowlist import brief

LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(\[\d\])? )?"((?:[^"\\]|\\["\\nt])*+)"')
MOST_ROWS = 300  # of one message; the longest English one takes a tenth of that
ESCAPE = re.compile(r'\\(["\\nt])')
NEXT = {  # keyword → what may stand before it; a line without one goes on with the line before
    None: {"msgctxt", "msgid", "msgid_plural", "msgstr", "msgstr[]"},
    "msgctxt": {None, "msgstr", "msgstr[]"},
    "msgid": {None, "msgctxt", "msgstr", "msgstr[]"},
    "msgid_plural": {"msgid"},
    "msgstr": {"msgid"},
    "msgstr[]": {"msgid_plural", "msgstr[]"},
}
DATE = r"\d{4}-\d\d-\d\d \d\d:\d\d(?:[+-]\d{4})?|YEAR-MO-DA HO:MI\+ZONE"
HEADERS = {  # those that a reader of catalogues acts on
    "content-type": r"text/plain; charset=utf-8",
    "content-transfer-encoding": r"8bit",
    "plural-forms": r"nplurals=[1-6]; ?plural=[n0-9 ()!=<>&|?:%]{1,400};?",
    "language": r"(?:[A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,8}){0,3})?",
    "pot-creation-date": DATE,
    "po-revision-date": DATE,
}
MARKUP = re.compile(
    r"""\{\w{1,40}\}|[<>"`{}]|&(?:#|[A-Za-z][A-Za-z0-9]{1,31};)|\][(\[:]"""
    r"""|(?i:\b(?:java|vb|live)script\s{0,9}:|\bdata\s{0,9}:\s{0,9}[a-z]{1,20}/)"""
)
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://[^\s]{0,200}")
PLACEHOLDER = re.compile(r"%(?:%|s|\(\w{1,40}\)[sd])")
PERCENT = re.compile(r"%(?=[\s.,;:!?)’”]|$)(?![\s.,]{0,9}[\d*#+(-])")  # the sign itself, no format


@dataclass
class Message:
    """One entry. `strings` are its translations, each with the line on which it starts."""

    line: int
    obsolete: bool = False
    context: str = ""
    id: str = ""
    plural: str = ""
    strings: list[tuple[int, str]] = field(default_factory=list)


def problems(text: str, name: str) -> Iterator[Problem]:
    """What may not stand in a file of messages."""
    messages, broken = read(text, name)
    if broken:
        yield broken
        return
    seen: set[tuple[bool, str, str]] = set()
    rows = text.split("\n")
    for message in messages:
        key = (message.obsolete, message.context, message.id)
        if key in seen:
            yield Problem(name, message.line, "a message a second time", "each message once")
        seen.add(key)
        rule = _translation if message.id else _header
        for line, there, instead in rule(message):
            yield Problem(name, _row(rows, line, there), there, instead)


def _row(rows: list[str], line: int, there: str) -> int:
    """The line, of those that a translation takes, on which the sign stands that the problem
    names.
    """
    sign = there.partition("`")[2].rpartition("`")[0]
    end = line
    while end < len(rows) and rows[end].lstrip().startswith('"'):
        end += 1
    return next((i for i in range(line, end + 1) if sign and sign in rows[i - 1]), line)


# Reading


def read(text: str, name: str) -> tuple[list[Message], Problem | None]:
    """The messages, obsolete ones among them, or the first line that is no PO."""
    messages: list[Message] = []
    last: str | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        row = line.strip().removeprefix("#~").strip()
        if not row or row.startswith(("#", "|")):
            continue
        found = LINE.fullmatch(row)
        keyword = found[1] + ("[]" if found[2] else "") if found and found[1] else None
        if not found or last not in NEXT.get(keyword, ()):
            return [], Problem(
                name, number, "a line that is no PO", 'msgctxt, msgid, msgstr, each with `"text"`'
            )
        if keyword == "msgctxt" or (keyword == "msgid" and last != "msgctxt"):
            messages.append(Message(number, obsolete=line.lstrip().startswith("#~")))
        if number - messages[-1].line > MOST_ROWS:
            return [], Problem(
                name,
                messages[-1].line,
                f"a message of more than {MOST_ROWS} lines",
                "a shorter one",
            )
        last = keyword or last
        said = ESCAPE.sub(_unescaped, found[3]) if "\\" in found[3] else found[3]
        _add(messages[-1], last, number, said, starts=bool(keyword))
    if messages and not messages[-1].strings:
        return [], Problem(
            name, messages[-1].line, "a message without `msgstr`", '`msgstr ""` below it'
        )
    return messages, None


def _add(message: Message, keyword: str | None, number: int, text: str, starts: bool) -> None:
    """Puts the text of one line where it belongs."""
    if keyword in {"msgstr", "msgstr[]"}:
        if starts:
            message.strings.append((number, text))
        else:
            line, before = message.strings[-1]
            message.strings[-1] = (line, before + text)
        return
    part = {"msgctxt": "context", "msgid": "id", "msgid_plural": "plural"}[keyword or ""]
    setattr(message, part, getattr(message, part) + text)


def _unescaped(found: re.Match[str]) -> str:
    return {"n": "\n", "t": "\t"}.get(found[1], found[1])


# Judging


def _header(message: Message) -> Iterator[tuple[int, str, str]]:
    """The header names UTF-8, a language and plural forms in the plain way."""
    if message.context:
        yield message.line, "a message without words", "the English words as `msgid`"
    for start, text in message.strings:
        for row in text.split("\n"):
            key, _, value = row.partition(":")
            form = HEADERS.get(key.strip().lower())
            if form and not re.fullmatch(form, value.strip(), re.IGNORECASE):
                yield (
                    start,
                    f"the header `{brief(row.strip())}`",
                    f"`{key.strip()}:` as the template has it",
                )
            elif row.strip() and (":" not in row or len(row) > 400):
                yield start, f"`{brief(row.strip())}` in the header", "`Name: value`"


def _translation(message: Message) -> Iterator[tuple[int, str, str]]:
    """A translation holds no sign with a meaning for machines that its English does not hold."""
    english = message.id + message.plural
    longest = 4 * max(len(message.id), len(message.plural)) + 100
    known = {found[0] for form in (MARKUP, ADDRESS) for found in form.finditer(english)}
    for line, text in message.strings:
        if len(text) > longest:
            yield line, f"{len(text)} characters", f"at most {longest} for this message"
            continue
        for form, what in ((MARKUP, "markup"), (ADDRESS, "an address")):
            signs = dict.fromkeys(
                found[0] for found in form.finditer(text) if found[0] not in known
            )
            yield from (
                (line, f"{what} (`{brief(sign)}`)", "plain text, as in English") for sign in signs
            )
        if "\n" in text and "\n" not in english:
            yield line, "a line break", "text without one, as in English"
        yield from ((line, *wrong) for wrong in _percents(text, english))


def _percents(text: str, english: str) -> Iterator[tuple[str, str]]:
    """Each `%` is a placeholder of the English text, `%%`, or where English has no placeholder the
    plain sign.
    """
    known = set(PLACEHOLDER.findall(english))
    rest = PLACEHOLDER.sub(lambda m: "" if m[0] == "%%" or m[0] in known else m[0], text)
    if not known:
        rest = PERCENT.sub("", rest)
    if (at := rest.find("%")) >= 0:
        instead = (
            ", ".join(f"`{p}`" for p in sorted(known - {"%%"})) or "no placeholder, as in English"
        )
        yield (
            f"`{brief(rest[at : at + 20])}`",
            f"{instead}; a percent sign is `%%` beside placeholders",
        )
