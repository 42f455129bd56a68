"""Judges messages.po of an edition: what is wrong in it, and where English has gone on since."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import c2py

from babel.messages.catalog import Message

from macros.facts.problem import Problem, Problems, brief
from macros.language import messages
from macros.language.messages import Messages, forms, key, most_characters
from roadmap.check.language.numbers import number_faults
from roadmap.check.language.shown_messages import shown_messages
from roadmap.check.safety.po_grammar import grammar_of
from roadmap.project.project import Edition
from roadmap.translation import catalogue

TRIED = range(201)  # numbers that two plural rules must agree on

Fault = tuple[str, str]  # what is there, what must be there instead


def check_messages(edition: Edition) -> list[Problem]:
    """What is wrong in messages.po, by itself. It stays English where it would be shown."""
    path = edition.folder / messages.FILE
    if not path.is_file():
        return []
    name = edition.file_name(messages.FILE)
    try:
        found = edition.messages
    except Problems as unreadable:
        return list(unreadable.problems)
    grammar = grammar_of(edition)
    if grammar.problems:
        return list(grammar.problems)

    problems = []
    for double in found.doubles:
        second = f"{_name(double)} a second time"
        problems.append(
            Problem(
                name,
                double.lineno or 1,
                second,
                "each message once",
            )
        )
    for line, fault in _header(found, grammar.rows, edition.code):
        problems.append(Problem(name, line, *fault))
    for message in found:
        line = message.lineno or 1
        for fault in messages.faults(message, found.one):
            problems.append(Problem(name, line, *fault))
        if _is_fact(message) and messages.is_shown(message, found.one):
            for fault in other_numbers(message, edition.code):
                problems.append(Problem(name, line, *fault))
    return sorted(set(problems))


def _is_fact(message: Message) -> bool:
    return message.context is not None and not message.context.startswith(messages.LAYOUT)


def other_numbers(message: Message, code: str) -> Iterator[Fault]:
    """Numbers that a translation has and its English text has not, or the other way round.

    A plural form answers to either form of English.
    """
    for text in dict.fromkeys(forms(message.string)):
        faults = [list(number_faults(english, text, code)) for english in forms(message.id)]
        yield from min(faults, key=len)


def differing_sentences(edition: Edition) -> Iterator[Problem]:
    """The sentences of the layout whose numbers are others than in English."""
    for message in shown_messages(edition):
        if not _is_fact(message):
            for fault in other_numbers(message, edition.code):
                yield Problem(edition.file_name(messages.FILE), message.lineno or 1, *fault)


def long_messages(edition: Edition) -> Iterator[Problem]:
    """Translations with more characters than fit; readers see the English text. Raises Problems."""
    for message in edition.messages:
        if messages.is_too_long(message):
            length = max(map(len, forms(message.string)))
            yield Problem(
                edition.file_name(messages.FILE),
                message.lineno or 1,
                f"{length} characters for {_name(message)}",
                f"at most {most_characters(message.id)}; until then it is shown in English",
            )


def outdated_messages(edition: Edition) -> list[Problem]:
    """Where English has gone on since messages.po was refreshed. Raises Problems.

    Nothing of it is shown; `roadmap refresh` mends all of it.
    """
    name = edition.file_name(messages.FILE)
    expected = f"what `roadmap refresh {edition.code}` writes"
    known = catalogue.sentences_by_key(edition.project)
    contexts = {context for context, _ in known}
    problems = []
    still_there = known.keys() & edition.messages.by_key().keys()
    same = {edition.messages.same[id].lineno for id in edition.messages.same.keys() & known.keys()}
    for message in edition.messages:
        if key(message) in known or message.lineno in same:
            continue
        found = f"{_name(message)}, which is not in English"
        wanted = expected
        if message.context and message.context in contexts:
            found = f"{_name(message)}, whose English text is another one now"
            wanted = f"{expected}; `roadmap same-meaning` where it means the same"
        problems.append(
            Problem(
                name,
                message.lineno or 1,
                found,
                wanted,
            )
        )
    if lacking := len(known) - len(still_there):
        found = f"messages that are not there: {lacking}"
        problems.append(
            Problem(
                name,
                1,
                found,
                expected,
            )
        )
    return sorted(problems)


def _name(message: Message) -> str:
    return f"`{message.context or brief(forms(message.id)[0])}`"


# The header


def _header(
    found: Messages,
    lines: list[str],
    code: str,
) -> Iterator[tuple[int, Fault]]:
    """Language and plural forms, as other programs read them; we go by the name of the folder."""
    header = forms(found.header.string)[0] if found.header else ""
    fields: dict[str, str] = {}
    for line in header.splitlines():
        field, _, text = line.partition(": ")
        fields[field] = text
    expected_fields = {
        "Language": code,
        "Plural-Forms": found.plural_forms,
    }
    for name, expected in expected_fields.items():
        value = fields.get(name, "")
        if _agree(name, value, expected):
            continue
        what = f"no `{name}` in the header"
        if value:
            what = f"`{name}: {value}`"
        fault = what, f"`{name}: {expected}`"
        yield _line_of_field(name, lines), fault


def _line_of_field(name: str, lines: list[str]) -> int:
    for number, line in enumerate(lines, start=1):
        if line.startswith(f'"{name}:'):
            return number
    return 1


def _agree(name: str, value: str, expected: str) -> bool:
    if name == "Language":
        return _is_same_language(value, expected)
    return _plurals(value) == _plurals(expected)


def _is_same_language(value: str, code: str) -> bool:
    """Whether a program means the language of an edition: `de_DE.UTF-8` is `de`, `pt_PT` is not
    `pt-BR`.
    """
    tag = re.split("[.@]", value)[0].replace("_", "-").casefold()
    language, *others = tag.split("-")
    own_language, *own_others = code.casefold().split("-")
    same_part = set(others) <= set(own_others) or set(own_others) <= set(others)
    return language == own_language and same_part


def _plurals(rule: str) -> tuple[str, tuple[int, ...]] | None:
    """How many forms there are, and which one each number takes; None for an unreadable rule."""
    count, _, formula = rule.replace(" ", "").rstrip(";").partition(";plural=")
    try:
        form = c2py(formula)
        return count, tuple(form(number) for number in TRIED)
    except (ValueError, ArithmeticError, RecursionError):
        return None
