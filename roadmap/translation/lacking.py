"""What pictures, checklists, worksheets and tables still lack: each is shown in English as long as
one of its strings is. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from macros.facts.model import Facts
from macros.language.messages import forms
from macros.language.translator import Asked
from roadmap.project.navigation import in_nav_order
from roadmap.project.once import once
from roadmap.project.piece_calls import CALL, Call, call_of, call_piece
from roadmap.project.project import Edition, Project
from roadmap.translation.progress import usefulness

NAMES = {  # a piece → what translators call it; a word or a sentence by itself has no name
    "setup_diagram": "the picture of {}",
    "setup_choice": "the picture of all set-ups",
    "pathway_timeline": "the timeline of {}",
    "children_chart": "the chart of children per centre ({})",
    "guidance_continuum": "the picture of the guidance continuum",
    "learning_lab_phases": "the picture of the learning lab",
    "reflection_cycle": "the picture of the reflection cycle",
    "core_concept_triad": "the picture of the core concepts",
    "overlapping_stages": "the picture of the stages ({})",
    "checklist": "the checklist {}",
    "stage_checklist": "the checklists of the stage {}",
    "worksheet": "the worksheet {}",
    "worksheet_index": "the list of worksheets ({})",
    "case_card": "the card of {}",
    "facts_table": "the table of facts of {}",
    "case_comparison": "the table of all cases",
    "glossary_list": "the glossary",
    "source_list": "the list of sources",
    "roles": "the shapes of the roles",
}


@dataclass(frozen=True)
class MissingString:
    """A string by its English text; its line in messages.po, None where it is not in there."""

    text: str
    line: int | None


@dataclass(frozen=True, kw_only=True)
class Lacking:
    """A piece that readers see in English, the pages that show it, and the strings it waits for."""

    call: Call
    name: str
    pages: tuple[str, ...]
    strings: tuple[MissingString, ...]

    @property
    def count(self) -> str:
        """How many strings it waits for, in words."""
        number = len(self.strings)
        return "1 string" if number == 1 else f"{number} strings"

    def is_called(self, words: str) -> bool:
        """Whether these are words of its name, or a page that shows it."""
        return words.casefold() in self.name.casefold() or words in self.pages


@once
def lacking(edition: Edition) -> list[Lacking]:
    """Each piece of a page that lacks strings, those that lack the fewest first; none of English.

    Raises Problems where the facts or the messages cannot be read.
    """
    if edition.is_english:
        return []
    pages = _pages_of_calls(edition.project)
    titles = _titles(edition.project.content.facts)
    lines = _lines(edition)
    found = []
    for call, messages in zip(pages, _untranslated(edition, pages), strict=True):
        if not messages:
            continue
        strings = [MissingString(text, lines.get((context, text))) for context, text in messages]
        strings.sort(key=lambda string: (string.line is None, string.line))
        subject = call.arguments[0] if call.arguments else "all"
        name = NAMES[call.name].format(titles.get(subject, subject))
        found.append(
            Lacking(
                call=call,
                name=name,
                pages=tuple(pages[call]),
                strings=tuple(strings),
            )
        )
    return sorted(found, key=lambda each: (len(each.strings), usefulness(each.pages[0])))


def _pages_of_calls(project: Project) -> dict[Call, list[str]]:
    """Each call of a piece that has a name; the English pages with it, the most useful first."""
    found: dict[Call, list[str]] = {}
    pages = project.english.pages
    for path in sorted(in_nav_order(project.nav, pages), key=usefulness):
        for match in CALL.finditer(pages[path].text):
            call = call_of(match, line=1)
            if call.name in NAMES and path not in found.setdefault(call, []):
                found[call].append(path)
    return found


def _untranslated(edition: Edition, pages: Mapping[Call, list[str]]) -> list[list[Asked]]:
    """For each call the messages that it says in English: context and text."""

    def find() -> list[list[Asked]]:
        found = []
        for call, (path, *_) in pages.items():
            pieces = replace(edition.pieces(path), english=None)
            markup, _ = call_piece(edition.project.english.page(path), call, pieces)
            found.append(pieces.translator.untranslated_in(markup))
        return found

    memo = edition.project.memo("lacking", edition.code)
    return memo.get(find, edition.pieces_key, [str(call) for call in pages])


@once
def _lines(edition: Edition) -> dict[Asked, int | None]:
    """The line of each message that messages.po has."""
    found = {}
    for message in edition.messages.by_key().values():
        found[message.context, forms(message.id)[0]] = message.lineno
    return found


def _titles(facts: Facts) -> dict[str, str]:
    """What the subject of a piece is called in English, by its id."""
    titles = {}
    for case in facts.cases:
        titles[case.id] = case.name
        for pathway in case.pathways:
            titles[pathway.id] = pathway.name
    for stage in facts.stages:
        titles[stage.id] = stage.title
        for questions in stage.lists:
            titles[questions.id] = questions.title
    for setup in facts.setups:
        titles[setup.id] = setup.title
    for worksheet in facts.worksheets:
        titles[worksheet.id] = worksheet.title
    return titles
