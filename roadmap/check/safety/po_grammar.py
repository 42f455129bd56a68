"""Scans the lines of messages.po for the strict form of PO, and notes where each message stands.

Decodes nothing and is no catalogue parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from macros.facts.problem import Problem, brief
from macros.facts.text_file import decode_text
from macros.language import messages
from roadmap.check.language.quotation_marks import advised_marks
from roadmap.check.safety.allowlist import Finding
from roadmap.project.once import once
from roadmap.project.project import Edition

MOST_NAMED = 20  # lines that are no PO
MOST_ROWS = 300  # of one message; the longest English one takes a tenth of that
LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])? )?"(?:[^"\\]|\\["\\nt])*+"')
MAY_FOLLOW: dict[
    str | None, set[str | None]
] = {  # keyword → those that may stand before it; a line without one continues its text
    None: {"msgctxt", "msgid", "msgid_plural", "msgstr", "msgstr[]"},
    "msgctxt": {None, "msgstr", "msgstr[]"},
    "msgid": {None, "msgctxt", "msgstr", "msgstr[]"},
    "msgid_plural": {"msgid"},
    "msgstr": {"msgid"},
    "msgstr[]": {"msgid_plural", "msgstr[]"},
}
KEYWORD = re.compile(r"(?:msgctxt|msgid_plural|msgid|msgstr)(?:\[\d\])?")
NO_BREAK = "\u00a0\u202f"
NO_PO = "a line that is no PO"


@dataclass
class Entry:
    """Where a message stands: its first line, that of `msgid`, and of each `msgstr` by its form."""

    line: int
    id_line: int = 0
    string_lines: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Grammar:
    """Where each message of a file stands, by the line of its `msgid`; or the lines that are no
    PO.
    """

    rows: list[str]
    entries: dict[int, Entry]
    problems: tuple[Problem, ...] = ()


@once
def grammar_of(edition: Edition) -> Grammar:
    """Scans the lines of messages.po. Raises Problems where it is not UTF-8."""
    name = edition.file_name(messages.FILE)
    raw = edition.project.read_bytes(edition.folder / messages.FILE)
    rows = decode_text(raw, name, len(raw)).split("\n")
    scan = _Scan(name, edition.code)
    for number, row in enumerate(rows, start=1):
        scan.read(number, row)
    scan.end()
    if scan.problems:
        return Grammar(rows, {}, tuple(scan.problems[:MOST_NAMED]))
    return Grammar(rows, {entry.id_line: entry for entry in scan.entries})


class _Scan:
    """Goes through the lines of a file, notes its entries and what is no PO.

    After a line that is none, it goes on with the next message.
    """

    def __init__(self, name: str, code: str):
        self.name = name
        self.code = code
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        self.keyword: str | None = None  # of the text that a line continues
        self.after_comment = False  # which ends a text: nothing continues it
        self.is_lost = False

    def read(self, number: int, row: str) -> None:
        """Takes in one line, or notes why it may not stand there."""
        text = row.strip().removeprefix("#~").strip()
        if not text:
            return
        if text.startswith(("#", "|")):
            self.after_comment = True
            return
        if self.is_lost and not text.startswith(("msgctxt", "msgid ")):
            return
        match = LINE.fullmatch(text)
        keyword = _keyword(match) if match else None
        is_in_place = self.is_lost or self._may_stand(keyword)
        self.after_comment = False
        self.is_lost = not match or not is_in_place
        if not match or not is_in_place:
            self._report(number, *_why_no_po(text, self.code))
            return
        self._note(number, keyword, int(match[2] or 0))
        entry = self.entries[-1]
        if number - entry.line == MOST_ROWS + 1:
            self._report(entry.line, f"a message of more than {MOST_ROWS} lines", "a shorter one")

    def _report(self, line: int, found: str, expected: str) -> None:
        self.problems.append(Problem(self.name, line, found, expected))

    def _may_stand(self, keyword: str | None) -> bool:
        """Whether a line with this keyword, or without one, may follow the lines above it."""
        if keyword is None and self.after_comment:
            return False
        may_stand_before = MAY_FOLLOW.get(keyword, set())
        return self.keyword in may_stand_before

    def _note(
        self,
        number: int,
        keyword: str | None,
        form: int,
    ) -> None:
        """Notes where a message, its `msgid` and its translations begin."""
        has_context = self.keyword == "msgctxt"
        if keyword == "msgctxt" or (keyword == "msgid" and not has_context):
            self.entries.append(Entry(number))
        entry = self.entries[-1]
        if keyword == "msgid":
            entry.id_line = number
        elif keyword in ("msgstr", "msgstr[]"):
            entry.string_lines.setdefault(form, number)
        if keyword:
            self.keyword = keyword

    def end(self) -> None:
        """Notes what is missing at the end of the file."""
        if self.entries and not self.entries[-1].string_lines and not self.is_lost:
            line = self.entries[-1].line
            self._report(line, "a message without `msgstr`", '`msgstr ""` below it')


def _keyword(match: re.Match[str]) -> str | None:
    """The keyword of a line, `msgstr[]` for every plural form; None where it has none."""
    if match[2] is not None:
        return f"{match[1]}[]"
    return match[1]


# What is wrong with a line


def _why_no_po(text: str, code: str) -> Finding:
    """What is wrong with a line, and what must be there instead."""
    keyword = KEYWORD.match(text)
    rest = text[keyword.end() :] if keyword else text
    quoted = rest.strip(f" {NO_BREAK}")
    if keyword and rest[:1] in NO_BREAK and rest:
        return f"{NO_PO}: a no-break space after `{keyword[0]}`", "a plain space"
    if keyword and quoted and quoted[0] in "“”„«»‘’‚'":
        return f"{NO_PO}: `{brief(quoted)}`", 'the text between straight marks: `"…"`'
    if quoted.startswith('"') and (keyword or quoted.endswith('"')):
        return _why_no_text(quoted, code)
    return NO_PO, 'msgctxt, msgid, msgstr, each with `"text"`'


def _why_no_text(quoted: str, code: str) -> Finding:
    """What is wrong with a text that begins with its quotation mark."""
    plain = re.sub(r'\\["\\nt]', "", quoted[1:])
    if "\\" in plain:
        at = plain.index("\\")
        return f"{NO_PO}: a backslash (`{brief(plain[at : at + 4])}`)", "text without it"
    if not plain.endswith('"'):
        return f'{NO_PO}: a text without the `"` at its end', '`"` after the last word'
    if '"' in plain[:-1]:
        inside = f"a straight quotation mark inside the text (`{brief(quoted)}`)"
        return f"{NO_PO}: {inside}", advised_marks(code)
    return NO_PO, "msgctxt, msgid and msgstr in this order, each once"
