"""What the facts must obey beyond their shape. One function a rule; its docstring is the rule.

A rule yields where (the path of the fact), what is there, and what must be there instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath

from pydantic import BaseModel

from macros.facts.load import Content
from macros.facts.load import Path_ as At
from macros.facts.model import Arrangement, Block, Centre, Facts, Figure, People, Question, Sourced
from macros.facts.problem import Problem

Finding = tuple[At, str, str]
Rule = Callable[[Content], Iterator[Finding]]

MARKUP = re.compile(r"<\w|</|\{\{|\{%|\{#|\]\(|\*\*|`|&\w+;")
NEEDED_METHODS = (
    "learning-lab",
    "reflection-cycle",
    "guidance-continuum",
    "core-concepts",
)  # drawn by pieces


def broken(content: Content) -> list[Problem]:
    """All problems of all rules, sorted."""
    return sorted({content.problem(*finding) for rule in RULES for finding in rule(content)})


def walk(value: object, at: At = ()) -> Iterator[tuple[At, object]]:
    """Every value below a model, with its path."""
    yield at, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from walk(getattr(value, name), (*at, name))
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from walk(item, (*at, i))


def _every(facts: Facts, kind: type) -> Iterator[tuple[At, object]]:
    return ((at, value) for at, value in walk(facts) if isinstance(value, kind))


def case_is_named_as_its_file(content: Content) -> Iterator[Finding]:
    """The id of a case is the name of its file, which ends in .yml."""
    for i, case in enumerate(content.facts.cases):
        file = PurePosixPath(content.places[("cases", i, "id")][0])
        if file.name != f"{case.id}.yml":
            yield (
                ("cases", i, "id"),
                f"the id `{case.id}` in the file {file.name}",
                f"a file named {case.id}.yml",
            )


def ids_are_given_once(content: Content) -> Iterator[Finding]:
    """No two things of a kind share an id; a pathway and a set-up never do."""
    facts = content.facts
    pathways = [
        (("cases", i, "pathways", j), p)
        for i, c in enumerate(facts.cases)
        for j, p in enumerate(c.pathways)
    ]
    setups = [(("setups", i), s) for i, s in enumerate(facts.setups)]
    centres = [
        (("cases", i, "centres", j), c)
        for i, k in enumerate(facts.cases)
        for j, c in enumerate(k.centres)
    ]
    yield from _repeated([*setups, *pathways])
    yield from _repeated(centres)
    for kind in ("stages", "methods", "voices", "worksheets", "terms", "sources"):
        yield from _repeated([((kind, i), item) for i, item in enumerate(getattr(facts, kind))])
    yield from _repeated((at, q) for at, q in _every(facts, Question))
    lists = [
        (("stages", i, "lists", j), ql)
        for i, s in enumerate(facts.stages)
        for j, ql in enumerate(s.lists)
    ]
    yield from _repeated(lists)
    for at, arrangement in _every(facts, Arrangement):
        yield from _repeated(((*at, "groups", i), g) for i, g in enumerate(arrangement.groups))
    for i, method in enumerate(facts.methods):
        yield from _repeated((("methods", i, "steps", j), s) for j, s in enumerate(method.steps))


def _repeated(items: Iterable[tuple[At, object]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for at, item in items:
        if item.id in seen:
            yield (*at, "id"), f"the id `{item.id}` a second time", "an id that nothing else has"
        seen.add(item.id)


def sources_are_known(content: Content) -> Iterator[Finding]:
    """Every reference begins with the id of a source in content/sources.yml."""
    known = {source.id for source in content.facts.sources}
    for at, value in walk(content.facts):
        if at and (at[-1] == "source" or str(at[-1]).endswith("_source")):
            for i, reference in enumerate(value):
                if reference.split()[0] not in known:
                    yield (
                        (*at, i),
                        f"the unknown source `{reference}`",
                        "the id of a source in content/sources.yml",
                    )


def pathways_name_what_exists(content: Content) -> Iterator[Finding]:
    """A pathway names centres of its own case and one of the set-ups; a set-up names existing
    pathways.
    """
    setups = {s.id for s in content.facts.setups}
    pathways = {p.id for c in content.facts.cases for p in c.pathways}
    for i, case in enumerate(content.facts.cases):
        for j, pathway in enumerate(case.pathways):
            at = ("cases", i, "pathways", j)
            yield from _unknown(
                (*at, "centres"), pathway.centres, {c.id for c in case.centres}, "centre"
            )
            yield from _unknown((*at, "setup"), [pathway.setup], setups, "set-up")
    for i, setup in enumerate(content.facts.setups):
        yield from _unknown(
            ("setups", i, "close_to"), [c.pathway for c in setup.close_to], pathways, "pathway"
        )


def groups_are_known(content: Content) -> Iterator[Finding]:
    """Links and facilitators name groups of their own arrangement."""
    for at, arrangement in _every(content.facts, Arrangement):
        groups = {group.id for group in arrangement.groups}
        yield from _unknown(
            (*at, "facilitators", "supports"), arrangement.facilitators.supports, groups, "group"
        )
        for i, link in enumerate(arrangement.links):
            yield from _unknown((*at, "links", i, "between"), link.between, groups, "group")


def _unknown(at: At, ids: Iterable[str], known: set[str], kind: str) -> Iterator[Finding]:
    for id in ids:
        if id not in known:
            yield at, f"the unknown {kind} `{id}`", "one of " + ", ".join(sorted(known))


def question_ids_follow_their_list(content: Content) -> Iterator[Finding]:
    """The id of a question begins with the id of its list; questions of one item share a number."""
    for i, stage in enumerate(content.facts.stages):
        for j, questions in enumerate(stage.lists):
            for k, item in enumerate(questions.items):
                at = ("stages", i, "lists", j, "items", k, "questions")
                stems = {q.id.rstrip("abcdefghijklmnopqrstuvwxyz") for q in item.questions}
                if len(stems) > 1 or not stems.pop().startswith(f"{questions.id}."):
                    yield (
                        at,
                        f"the ids {', '.join(q.id for q in item.questions)}",
                        f"one number of {questions.id}",
                    )


def questions_ask(content: Content) -> Iterator[Finding]:
    """A question ends with a question mark, and holds one only."""
    for at, question in _every(content.facts, Question):
        if not question.text.endswith("?") or question.text.count("?") != 1:
            yield (
                (*at, "text"),
                f"`{question.text[:40]}`",
                "one question, with its question mark at the end",
            )


def parts_add_up(content: Content) -> Iterator[Finding]:
    """The parts of a number of children, where none is approximate, add up to it or to one of its
    alternates.
    """
    for at, centre in _every(content.facts, Centre):
        for by in ("age", "centre"):
            parts = [p for p in centre.children_parts if p.by == by]
            total = sum(p.value for p in parts)
            stated = {centre.children.value, *(a.value for a in centre.children.alternates)}
            if parts and not any(p.approximate for p in parts) and total not in stated:
                yield (
                    (*at, "children_parts"),
                    f"parts by {by} that add up to {total}",
                    f"{centre.children.value}",
                )


def people_do_not_grow(content: Content) -> Iterator[Finding]:
    """No more people complete a pathway than began it."""
    for at, people in _every(content.facts, People):
        if people.completed is not None and people.completed > (people.number or 0):
            yield (*at, "completed"), f"`completed: {people.completed}`", f"at most {people.number}"


def alternates_differ(content: Content) -> Iterator[Finding]:
    """An alternate says something else than the published fact."""
    for at, fact in _every(content.facts, Sourced):
        for i, other in enumerate(fact.alternates):
            here = (*at, "alternates", i)
            if other.value is None and other.text is None:
                yield here, "an alternate without a value", "`value:` or `text:`"
            if isinstance(fact, Figure) and other.value == fact.value:
                yield (
                    here,
                    f"the published value {fact.value} again",
                    "another value, or a further `source`",
                )


def texts_hold_no_markup(content: Content) -> Iterator[Finding]:
    """Texts are plain: no HTML, Markdown or template syntax."""
    for at, value in walk(content.facts):
        if isinstance(value, str) and (found := MARKUP.search(value)):
            yield at, f"markup in a text: `{found.group()}`", "plain words"


def pictures_have_their_facts(content: Content) -> Iterator[Finding]:
    """The methods that pictures are drawn from exist; a continuum has two ends."""
    known = {method.id for method in content.facts.methods}
    for id in NEEDED_METHODS:
        if id not in known:
            yield ("methods",), f"no method `{id}`", f"a method with `id: {id}`"
    for i, method in enumerate(content.facts.methods):
        if (method.kind == "continuum") != (method.ends is not None):
            yield (
                ("methods", i),
                f"`kind: {method.kind}`",
                "`ends:` for a continuum, and for nothing else",
            )


def worksheets_name_what_exists(content: Content) -> Iterator[Finding]:
    """A worksheet names existing stages, question lists and questions, methods and their steps, and
    pictures.
    """
    facts = content.facts
    methods = {method.id: {step.id for step in method.steps} for method in facts.methods}
    asked = {ql.id for stage in facts.stages for ql in stage.lists} | {
        q.id for _, q in _every(facts, Question)
    }
    for i, sheet in enumerate(facts.worksheets):
        if sheet.stage is not None:
            yield from _unknown(
                ("worksheets", i, "stage"), [sheet.stage], {s.id for s in facts.stages}, "stage"
            )
        for j, block in enumerate(sheet.blocks):
            at = ("worksheets", i, "blocks", j)
            yield from _unknown((*at, "ask"), getattr(block, "ask", ()), asked, "question or list")
            yield from _unknown(
                (*at, "picture"), [*_named(block, "picture")], _pictures(facts), "picture"
            )
            yield from _unknown((*at, "method"), [*_named(block, "method")], set(methods), "method")
            steps = methods.get(getattr(block, "method", None) or "", set())
            yield from _unknown(
                (*at, "steps"), getattr(block, "steps", ()) if steps else (), steps, "step"
            )


def _named(block: object, key: str) -> Iterator[str]:
    if id := getattr(block, key, None):
        yield id


def _pictures(facts: Facts) -> set[str]:
    pathways = {p.id for case in facts.cases for p in case.pathways}
    return {
        "roles",
        *NEEDED_METHODS,
        *pathways,
        *(s.id for s in facts.setups),
        *(s.id for s in facts.stages),
    }


def worksheet_blocks_can_be_filled(content: Content) -> Iterator[Finding]:
    """A table has rows, a choice has one list of options, and places stand on a continuum."""
    ends = {method.id for method in content.facts.methods if method.kind == "continuum"}
    for at, block in _every(content.facts, Block):
        if block.kind == "table" and not (block.rows or block.method or block.blank):
            yield at, "a table without rows", "`rows:`, `method:` or `blank:`"
        if block.kind == "choice" and bool(block.options) + bool(block.method) + block.setups != 1:
            yield (
                at,
                "a choice of nothing, or of two lists",
                "one of `options:`, `method:` and `setups:`",
            )
        if block.kind == "continuum" and block.method not in ends:
            yield (
                (*at, "method"),
                f"the method `{block.method}`, which is no continuum",
                "one of " + ", ".join(ends),
            )


RULES: tuple[Rule, ...] = (
    case_is_named_as_its_file,
    ids_are_given_once,
    sources_are_known,
    pathways_name_what_exists,
    groups_are_known,
    question_ids_follow_their_list,
    questions_ask,
    parts_add_up,
    people_do_not_grow,
    alternates_differ,
    texts_hold_no_markup,
    pictures_have_their_facts,
    worksheets_name_what_exists,
    worksheet_blocks_can_be_filled,
)
