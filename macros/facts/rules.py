"""What the facts must obey beyond their shape. One function a rule; its docstring is the rule.

A rule yields the path of a fact, what was found there, and what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import PurePosixPath

from macros.facts.findings import Finding, Rule, all_of, ids_of, unknown_ids, walk
from macros.facts.load import Content
from macros.facts.model import (
    Arrangement,
    Centre,
    Figure,
    Identified,
    People,
    Question,
    Sessions,
    Sourced,
)
from macros.facts.problem import FactPath, Problem
from macros.facts.worksheet_rules import (
    NEEDED_METHODS,
    worksheet_blocks_can_be_filled,
    worksheets_name_what_exists,
)

MARKUP = re.compile(r"<\w|</|\{\{|\{%|\{#|\]\(|\*\*|`|&\w+;")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def broken(content: Content) -> list[Problem]:
    """All problems of all rules, sorted, each at the line of its fact."""
    problems: set[Problem] = set()
    for rule in RULES:
        for path, found, expected in rule(content):
            problems.add(content.problem(path, found, expected))
    return sorted(problems)


# Names and ids


def case_is_named_as_its_file(content: Content) -> Iterator[Finding]:
    """The id of a case is the name of its file, which ends in .yml."""
    for index, case in enumerate(content.facts.cases):
        path = ("cases", index, "id")
        file = PurePosixPath(content.places[path][0])
        if file.name != f"{case.id}.yml":
            found = f"the id `{case.id}` in the file {file.name}"
            yield path, found, f"a file named {case.id}.yml"


def ids_are_given_once(content: Content) -> Iterator[Finding]:
    """No two things of a kind share an id; a pathway and a set-up never do."""
    facts = content.facts
    arranged = _placed(("setups",), facts.setups)
    centres = []
    for index, case in enumerate(facts.cases):
        arranged += _placed(("cases", index, "pathways"), case.pathways)
        centres += _placed(("cases", index, "centres"), case.centres)
    yield from _repeated(arranged)
    yield from _repeated(centres)
    for kind in ("stages", "methods", "voices", "worksheets", "terms", "sources"):
        yield from _repeated(_placed((kind,), getattr(facts, kind)))
    yield from _repeated(all_of(facts, Question))
    lists = []
    for index, stage in enumerate(facts.stages):
        lists += _placed(("stages", index, "lists"), stage.lists)
    yield from _repeated(lists)
    for path, arrangement in all_of(facts, Arrangement):
        yield from _repeated(_placed((*path, "groups"), arrangement.groups))
    for index, method in enumerate(facts.methods):
        yield from _repeated(_placed(("methods", index, "steps"), method.steps))


def _placed(path: FactPath, items: Iterable[Identified]) -> list[tuple[FactPath, Identified]]:
    """The items of a list of facts, each with its path."""
    placed: list[tuple[FactPath, Identified]] = []
    for index, item in enumerate(items):
        placed.append(((*path, index), item))
    return placed


def _repeated(items: Iterable[tuple[FactPath, Identified]]) -> Iterator[Finding]:
    """A finding for each id that an item before has."""
    seen: set[str] = set()
    for path, item in items:
        if item.id in seen:
            found = f"the id `{item.id}` a second time"
            yield (*path, "id"), found, "an id that nothing else has"
        seen.add(item.id)


def sources_are_known(content: Content) -> Iterator[Finding]:
    """Every reference begins with the id of a source in content/sources.yml."""
    known = ids_of(content.facts.sources)
    for path, value in walk(content.facts):
        if not isinstance(value, tuple) or not _holds_references(path):
            continue
        for index, reference in enumerate(value):
            if reference.split()[0] not in known:
                found = f"the unknown source `{reference}`"
                yield (*path, index), found, "the id of a source in content/sources.yml"


def _holds_references(path: FactPath) -> bool:
    """Whether the field at a path holds references to sources."""
    name = str(path[-1]) if path else ""
    return name == "source" or name.endswith("_source")


def pathways_name_what_exists(content: Content) -> Iterator[Finding]:
    """A pathway names centres of its own case and one of the set-ups; a set-up names existing
    pathways.
    """
    facts = content.facts
    setups = ids_of(facts.setups)
    pathways: set[str] = set()
    for case_index, case in enumerate(facts.cases):
        centres = ids_of(case.centres)
        pathways |= ids_of(case.pathways)
        for index, pathway in enumerate(case.pathways):
            path = ("cases", case_index, "pathways", index)
            yield from unknown_ids((*path, "centres"), pathway.centres, centres, "centre")
            yield from unknown_ids((*path, "setup"), [pathway.setup], setups, "set-up")
    for index, setup in enumerate(facts.setups):
        named = [closeness.pathway for closeness in setup.close_to]
        yield from unknown_ids(("setups", index, "close_to"), named, pathways, "pathway")


def groups_are_known(content: Content) -> Iterator[Finding]:
    """Links and facilitators name groups of their own arrangement; who is among the people of a
    group is so of one that has people.
    """
    for path, arrangement in all_of(content.facts, Arrangement):
        groups = ids_of(arrangement.groups)
        for index, group in enumerate(arrangement.groups):
            if group.includes and not group.people:
                found = f"`{group.includes}` in a group without people"
                yield (*path, "groups", index, "includes"), found, "its `people`"
        supported = arrangement.facilitators.supports
        yield from unknown_ids((*path, "facilitators", "supports"), supported, groups, "group")
        for index, link in enumerate(arrangement.links):
            yield from unknown_ids(
                (*path, "links", index, "between"), link.between, groups, "group"
            )


# Questions


def question_ids_follow_their_list(content: Content) -> Iterator[Finding]:
    """The id of a question begins with the id of its list; questions of one item share a number."""
    for i, stage in enumerate(content.facts.stages):
        for j, questions in enumerate(stage.lists):
            for k, item in enumerate(questions.items):
                ids = [question.id for question in item.questions]
                numbers = {id.rstrip(LETTERS) for id in ids}
                if len(numbers) > 1 or not ids[0].startswith(f"{questions.id}."):
                    path = ("stages", i, "lists", j, "items", k, "questions")
                    yield path, f"the ids {', '.join(ids)}", f"one number of {questions.id}"


def questions_ask(content: Content) -> Iterator[Finding]:
    """A question ends with a question mark, and holds one only."""
    for path, question in all_of(content.facts, Question):
        text = question.text
        if not text.endswith("?") or text.count("?") != 1:
            expected = "one question, with its question mark at the end"
            yield (*path, "text"), f"`{text[:40]}`", expected


# Figures


def parts_add_up(content: Content) -> Iterator[Finding]:
    """The parts of a number of children, where none is approximate, add up to it or to one of its
    alternates.
    """
    for path, centre in all_of(content.facts, Centre):
        children = centre.children
        stated = _stated(children)
        for by in ("age", "centre"):
            parts = [part for part in centre.children_parts if part.by == by]
            total = sum(part.value for part in parts)
            exact = not any(part.approximate for part in parts)
            if parts and exact and total not in stated:
                found = f"parts by {by} that add up to {total}"
                yield (*path, "children_parts"), found, f"{children.value}"


def a_school_holds_its_centre(content: Content) -> Iterator[Finding]:
    """A whole school has no fewer children than its early-childhood part."""
    for path, centre in all_of(content.facts, Centre):
        if centre.whole_school and centre.whole_school.value < centre.children.value:
            found = f"a whole school of {centre.whole_school.value} children"
            expected = f"at least the {centre.children.value} of early-childhood age"
            yield (*path, "whole_school"), found, expected


def months_in_all_hold_the_sessions(content: Content) -> Iterator[Finding]:
    """From kick-off to wrap-up there are no fewer months than between the sessions."""
    for path, sessions in all_of(content.facts, Sessions):
        months, total = sessions.months, sessions.months_total
        if months and total and total.value < months.value:
            expected = f"at least the {months.value} from the first session to the last"
            yield (*path, "months_total"), f"{total.value} months in all", expected


def hours_in_all_are_those_of_the_sessions(content: Content) -> Iterator[Finding]:
    """The hours in all are the number of sessions times the hours of one, as one of the sources has
    them, where none is approximate.
    """
    for path, sessions in all_of(content.facts, Sessions):
        number, hours, total = sessions.number, sessions.hours, sessions.hours_total
        if not hours or not total or any(each.approximate for each in (number, hours, total)):
            continue
        products = {count * length for count in _stated(number) for length in _stated(hours)}
        if products.isdisjoint(_stated(total)):
            expected = f"{number.value} × {hours.value} = {number.value * hours.value}"
            yield (*path, "hours_total"), f"{total.value} hours in all", expected


def _stated(figure: Figure) -> list[Decimal]:
    """The value that is published and those that other sources have."""
    others = [each.value for each in figure.alternates if each.value is not None]
    return [figure.value, *others]


def people_do_not_grow(content: Content) -> Iterator[Finding]:
    """No more people complete a pathway than began it."""
    for path, people in all_of(content.facts, People):
        completed = people.completed
        if completed is not None and completed > (people.number or 0):
            yield (*path, "completed"), f"`completed: {completed}`", f"at most {people.number}"


def alternates_differ(content: Content) -> Iterator[Finding]:
    """An alternate says something else than the published fact."""
    for path, fact in all_of(content.facts, Sourced):
        for index, other in enumerate(fact.alternates):
            here = (*path, "alternates", index)
            if other.value is None and other.text is None:
                yield here, "an alternate without a value", "`value:` or `text:`"
            if isinstance(fact, Figure) and other.value == fact.value:
                found = f"the published value {fact.value} again"
                yield here, found, "another value, or a further `source`"


def texts_hold_no_markup(content: Content) -> Iterator[Finding]:
    """Texts are plain: no HTML, Markdown or template syntax."""
    for path, value in walk(content.facts):
        markup = MARKUP.search(value) if isinstance(value, str) else None
        if markup:
            yield path, f"markup in a text: `{markup.group()}`", "plain words"


# Pictures


def pictures_have_their_facts(content: Content) -> Iterator[Finding]:
    """The methods that pictures are drawn from exist; a continuum has two ends."""
    methods = content.facts.methods
    known = ids_of(methods)
    for id in NEEDED_METHODS:
        if id not in known:
            yield ("methods",), f"no method `{id}`", f"a method with `id: {id}`"
    for index, method in enumerate(methods):
        is_continuum = method.kind == "continuum"
        has_ends = method.ends is not None
        if is_continuum != has_ends:
            expected = "`ends:` for a continuum, and for nothing else"
            yield ("methods", index), f"`kind: {method.kind}`", expected


RULES: tuple[Rule, ...] = (
    case_is_named_as_its_file,
    ids_are_given_once,
    sources_are_known,
    pathways_name_what_exists,
    groups_are_known,
    question_ids_follow_their_list,
    questions_ask,
    parts_add_up,
    a_school_holds_its_centre,
    months_in_all_hold_the_sessions,
    hours_in_all_are_those_of_the_sessions,
    people_do_not_grow,
    alternates_differ,
    texts_hold_no_markup,
    pictures_have_their_facts,
    worksheets_name_what_exists,
    worksheet_blocks_can_be_filled,
)
