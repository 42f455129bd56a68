"""Every rule has a bad sample that makes it fire, and only it."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.facts import rules
from macros.facts.load import Content, load
from tests.facts.test_load import CASE, change

HOURS = "hours: {value: 2.5, approximate: yes, source: [report 1.1]}"
BAD = {
    "case_is_named_as_its_file": [
        (lambda folder: (folder / CASE).rename(folder / "cases/other.yml"), "the id `atlantis` in the file other.yml"),
        (lambda folder: (folder / CASE).rename(folder / "cases/atlantis.yaml"), "a file named atlantis.yml"),
    ],
    "ids_are_given_once": [
        (change("id: Q1.2b", "id: Q1.2a", "stages.yml"), "`Q1.2a` a second time"),
        (change("links:", "  - {id: staff, name: Everybody}\n      links:"), "`staff` a second time"),
        (change("- {id: roadmap,", "- {id: report, title: Again, kind: other}\n  - {id: roadmap,", "sources.yml"),
         "`report` a second time"),
        (change("id: voice-7", "id: voice-1", "voices.yml"), "`voice-1` a second time"),
        (change("id: on-the-way", "id: first-steps", "worksheets.yml"), "`first-steps` a second time"),
    ],
    "sources_are_known": [(change("[web-page]", "[newspaper 3]"), "the unknown source `newspaper 3`")],
    "pathways_name_what_exists": [
        (change("centres: [harbour]", "centres: [port]"), "the unknown centre `port`; one of harbour"),
        (change("setup: one-group", "setup: two-groups"), "the unknown set-up `two-groups`"),
        (change("pathway: tides", "pathway: waves", "setups.yml"), "the unknown pathway `waves`"),
    ],
    "groups_are_known": [
        (change("between: [group, staff]", "between: [group, team]"), "the unknown group `team`"),
        (change("supports: [group]", "supports: [team]"), "the unknown group `team`"),
        (change("        - id: group\n", "        - id: empty\n          name: Empty\n          includes: with all\n        - id: group\n"),
         "`with all` in a group without people; its `people`"),
    ],
    "question_ids_follow_their_list": [
        (change("id: Q1.1", "id: Q2.1", "stages.yml"), "the ids Q2.1; one number of Q1"),
        (change("id: Q1.2b", "id: Q1.3", "stages.yml"), "the ids Q1.2a, Q1.3"),
    ],
    "questions_ask": [
        (change("Who decides?", "Say who decides.", "stages.yml"), "one question"),
        (change("Who decides?", "Who decides? And when?", "stages.yml"), "one question"),
    ],
    "parts_add_up": [(change("value: 20", "value: 25"), "add up to 65; 60")],
    "a_school_holds_its_centre": [
        (change("    children_parts:", "    whole_school: {value: 59, source: [report 1.1]}\n    children_parts:"), "a whole school of 59 children; at least the 60"),
    ],
    "months_in_all_hold_the_sessions": [
        (change(HOURS, f"{HOURS}\n      months: {{value: 6, source: [report 1.1]}}\n      months_total: {{value: 5.5, source: [report 1.1]}}"), "5.5 months in all; at least the 6"),
    ],
    "hours_in_all_are_those_of_the_sessions": [
        (change(HOURS, "hours: {value: 2.5, source: [report 1.1]}\n      hours_total: {value: 16, source: [report 1.1]}"), "16 hours in all; 6 × 2.5 = 15.0"),
    ],
    "people_do_not_grow": [(change("completed: 1", "completed: 3"), "`completed: 3`; at most 2")],
    "alternates_differ": [
        (change("- value: 66", "- value: 60"), "the published value 60 again"),
        (change("- value: 66\n          source: [web-page]\n          note: An earlier year.", "- source: [web-page]"),
         "an alternate without a value"),
    ],
    "texts_hold_no_markup": [
        (change("They felt seen.", "They <b>felt</b> seen."), "markup in a text: `<b`"),
        (change("They felt seen.", "They **felt** seen."), "markup in a text: `**`"),
        (change("text: They felt seen.", 'text: "They {{ x }} felt."'), "markup in a text: `{{`"),
    ],
    "pictures_have_their_facts": [
        (change("id: learning-lab", "id: lab", "methods.yml"), "no method `learning-lab`"),
        (change("    ends: [most guidance, most responsibility]\n", "", "methods.yml"), "`ends:` for a continuum"),
    ],
    "worksheets_name_what_exists": [
        (change("stage: initiating", "stage: starting", "worksheets.yml"), "the unknown stage `starting`"),
        (change("ask: [Q1]", "ask: [Q7]", "worksheets.yml"), "the unknown question or list `Q7`"),
        (change("ask: [Q1.2a]", "ask: [Q1.2c]", "worksheets.yml"), "the unknown question or list `Q1.2c`"),
        (change("picture: one-group", "picture: two-groups", "worksheets.yml"), "the unknown picture `two-groups`"),
        (change("method: reflection-cycle", "method: lab", "worksheets.yml"), "the unknown method `lab`"),
        (change("steps: [think]", "steps: [wait]", "worksheets.yml"), "the unknown step `wait`; one of do"),
    ],
    "worksheet_blocks_can_be_filled": [
        (change("        blank: 2\n", "", "worksheets.yml"), "a table without rows"),
        (change("        setups: yes\n", "", "worksheets.yml"), "a choice of nothing"),
        (change("options: [Talking, Drawing]", "options: [Talking]\n        setups: yes", "worksheets.yml"),
         "or of two lists; one of"),
        (change("method: guidance-continuum", "method: reflection-cycle", "worksheets.yml"),
         "the method `reflection-cycle`, which is no continuum"),
    ],
}
SAMPLES = [(rule, spoil, words) for rule, samples in BAD.items() for spoil, words in samples]


def fired(content: Content) -> dict[str, list[str]]:
    found = {rule.__name__: [str(content.problem(*f)) for f in rule(content)] for rule in rules.RULES}
    return {name: messages for name, messages in found.items() if messages}


def test_the_sample_breaks_no_rule(sample: Content) -> None:
    assert fired(sample) == {}


@pytest.mark.parametrize(("rule", "spoil", "words"), SAMPLES, ids=[words for _, _, words in SAMPLES])
def test_a_bad_sample_fires_its_rule_and_only_it(rule: str, spoil, words: str, copy: Path) -> None:
    spoil(copy)
    found = fired(load(copy))
    assert list(found) == [rule], found
    assert len(found[rule]) == 1 and words in found[rule][0], found
    assert found[rule][0].startswith("content/")


def test_every_rule_has_a_bad_sample_and_a_sentence() -> None:
    assert set(BAD) == {rule.__name__ for rule in rules.RULES}
    assert all(rule.__doc__ for rule in rules.RULES)


def test_the_published_facts_break_no_rule(published: Content) -> None:
    assert [str(problem) for problem in rules.broken(published)] == []


@pytest.mark.parametrize("right", [
    f"{HOURS}\n      hours_total: {{value: 16, source: [report 1.1]}}",  # about 2.5 hours each
    "hours: {value: 2.5, source: [report 1.1]}\n      hours_total: {value: 15, source: [report 1.1]}",
    "hours: {value: 2.5, source: [report 1.1], alternates: [{value: 3, source: [web-page]}]}\n      hours_total: {value: 18, source: [report 1.1]}",  # sources differ
    f"{HOURS}\n      months: {{value: 6, source: [report 1.1]}}\n      months_total: {{value: 6, source: [report 1.1]}}",
])
def test_totals_that_fit_are_taken(right: str, copy: Path) -> None:
    change(HOURS, right)(copy)
    assert rules.broken(load(copy)) == []
