"""Notes for readers on the sections of a translated page that English has left behind.

Finds no such section itself: translation/drift.py does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from macros.language.translator import Translator
from roadmap.project.edition_file import ENGLISH
from roadmap.project.sections import Section, normalise_newlines, sections
from roadmap.translation.drift import Drift

LINKS_ONWARD = re.compile(r"\{ \.(next-step|also) \}\s*$")  # they stay the last lines of a page
MARKUP_SIGNS = re.compile(r"[^\w\s.,’–]|_")


def mark_outdated(text: str, drifts: Iterable[Drift], translator: Translator) -> str:
    """A translated page with a note on each of its sections that English has left behind.

    `drifts` are of this page. A note is an admonition of the kind `older`, in the language of the
    edition. Its link leads out of the edition, so it is written as HTML: MkDocs takes a Markdown
    link for one to a page of the same edition.
    """
    translated = sections(text)
    if not translated:
        return text
    lines = normalise_newlines(text).split("\n")
    notes: dict[int, list[str]] = {}  # by the line that they follow
    for drift in drifts:
        is_translated = drift.id in translated
        note = _note(drift, is_translated, translator)
        if note:
            number = _line_above_note(drift, translated, lines)
            notes_here = notes.setdefault(number, [])
            notes_here.append(note)
    with_notes = _with_notes(lines, notes)
    return "\n".join(with_notes)


def _with_notes(lines: list[str], notes: Mapping[int, list[str]]) -> Iterator[str]:
    """The lines of a page, each followed by its notes, with an empty line between."""
    for number, line in enumerate(lines, start=1):
        yield line
        if number in notes:
            yield ""
            yield from notes[number]


def _line_above_note(
    drift: Drift,
    translated: Mapping[str, Section],
    lines: list[str],
) -> int:
    """The heading of the section; where the page lacks it, the last text of the section above."""
    if drift.id in translated:
        return translated[drift.id].line
    if drift.above is None or drift.above not in translated:
        title = next(iter(translated.values()))
        return title.line
    above = translated[drift.above]
    for number in range(above.end, above.line, -1):
        line = lines[number - 1]
        if not _is_blank_or_link_onward(line):
            return number
    return above.line


def _is_blank_or_link_onward(line: str) -> bool:
    if not line.strip():
        return True
    return LINKS_ONWARD.search(line) is not None


def _note(
    drift: Drift,
    is_translated: bool,
    translator: Translator,
) -> str:
    """The note on a section; empty where a new section only waits for its pin.

    All of it is in English, and declared as English, where one of its sentences has no translation.
    """
    marking = translator.marking_untranslated()
    sentence, link_text = _sentences(drift, is_translated, marking)
    in_english = Translator.has_untranslated(sentence + link_text)
    if in_english:
        english = Translator(ENGLISH)
        sentence, link_text = _sentences(drift, is_translated, english)
    if not sentence:
        return ""
    content = _escape_markup(sentence)
    if link_text:
        link = _link_to_english(drift, link_text)
        content = f"{content} {link}"
    lines = [
        '!!! older ""',
        f"    {content}",
    ]
    if in_english:
        lines.append(f'    {{: lang="{ENGLISH}" dir="ltr" }}')
    return "\n".join(lines) + "\n"


def _sentences(
    drift: Drift,
    is_translated: bool,
    translator: Translator,
) -> tuple[str, str]:
    """What a note says, and the text of its link; each empty where there is none."""
    link_text = translator.gettext("Read the English section")
    match drift.why, is_translated:
        case "changed", True:
            outdated = translator.gettext(
                "This section is older than the English one. "
                "The English page has changed since it was translated."
            )
            return outdated, link_text
        case "gone", True:
            gone = translator.gettext("The English edition no longer has this section.")
            return gone, ""
        case "new" | "changed", False:
            lacking = translator.gettext(
                "The English page has a section here that is not translated yet."
            )
            return lacking, link_text
    return "", ""


def _link_to_english(drift: Drift, text: str) -> str:
    """A link to the section in the English edition, relative to the translated page."""
    folders_up = drift.page.count("/") + 1  # out of the edition
    to_site_root = "../" * folders_up
    page = quote(drift.page.removesuffix(".md"))
    address = f"{to_site_root}{ENGLISH}/{page}.html#{drift.id}"
    content = _escape_markup(text)
    return f'<a href="{address}" hreflang="{ENGLISH}">{content}</a>'


def _escape_markup(sentence: str) -> str:
    """A sentence on one line in which neither Markdown nor Jinja finds markup."""
    one_line = " ".join(sentence.split())
    return MARKUP_SIGNS.sub(_as_entity, one_line)


def _as_entity(sign: re.Match[str]) -> str:
    """A sign as a numeric character reference of HTML."""
    number = ord(sign[0])
    return f"&#{number};"
