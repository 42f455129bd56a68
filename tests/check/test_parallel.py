"""Each text of a translated page beside the English one that it answers to."""

from __future__ import annotations

import pytest

from roadmap.check.language.numbers import number_faults
from roadmap.check.language.parallel import differing_texts
from roadmap.check.structure.compare import align
from roadmap.project.pages import Page
from roadmap.project.project import Project
from tests.conftest import ROOT

MARKDOWN = Project(ROOT).markdown
ENGLISH = """---
description: The year 2020 in numbers.
---
# Centres { #centres }

In all, 290 children went to the three centres when the pilot began: 57, 98 and 135.

The pilot ran from 2018 to 2020. Six sessions of 1.5 hours were held in the school year 2020/2021.

Lasting change asks for time, for a process and for space to try things out. There is no short cut, whoever may tell you so, and nobody has found one yet.

If you do not lead, speak openly with those who decide about the hours. They need to know it.

## What it takes { #needs }

* **Ten minutes:** look at it.
* Hours on which all are free.

!!! note "Heads"

    Two heads think more than one.

    Three think slowly.
"""
GERMAN = """---
description: Das Jahr 2020 in Zahlen.
---
# Einrichtungen { #centres }

Insgesamt besuchten 290 Kinder die drei Einrichtungen, als das Projekt begann: 57, 98 und 135.

Das Projekt lief von 2018 bis 2020. Sechs Treffen von 1,5 Stunden fanden im Schuljahr 2020/21 statt.

Dauerhafte Veränderung verlangt Zeit, einen Prozess und Raum zum Ausprobieren. Eine Abkürzung gibt es nicht, wer immer Ihnen das sagt, und niemand hat bisher eine gefunden.

Wenn Sie selbst nicht leiten, reden Sie offen mit denen, die über die Stunden entscheiden. Sie müssen es wissen.

## Was es braucht { #needs }

* **Zehn Minuten:** ansehen.
* Stunden, in denen alle Kolleg*innen frei sind.

!!! note "Köpfe"

    Zwei Köpfe denken mehr als einer.

    Drei denken langsam.
"""
CHANGE, LEAD = GERMAN.splitlines()[9], GERMAN.splitlines()[11]


def said(german: str, english: str = ENGLISH) -> list[str]:
    """What is said of a German page, `line: found`."""
    alignment = align(Page("a.md", "docs/en/a.md", english), Page("a.md", "docs/de/a.md", german), MARKDOWN)
    return [f"{each.line}: {each.found}; {each.expected}" for each in differing_texts(alignment, "de")]


def test_a_good_translation_says_the_same() -> None:
    assert said(GERMAN) == []


@pytest.mark.parametrize(("old", "new", "start"), [
    (f"{CHANGE}\n\n", "", "8: no text for “Lasting change asks"),
    (f"{LEAD}\n\n", "", "10: no text for “If you do not lead"),
    ("    Drei denken langsam.\n", "", "21: no text for “Three think slowly"),
    (f"{CHANGE}\n\n", f"{CHANGE} ", "10: one text for two of English: “Dauerhafte"),
    (f"{CHANGE}\n", f"{CHANGE}\n\nIn Deutschland haben 80 % keine Ausbildung, und das ist ganz anders.\n", "12: a text that English does not have: “In Deutschland"),
    ("Prozess und Raum zum Ausprobieren. Eine Abkürzung gibt es nicht, wer immer Ihnen das sagt, und niemand hat bisher eine gefunden.", "Prozess.", "10: a text less than half"),
    ("**Zehn Minuten:**", "** Zehn Minuten:**", "16: `**`, which readers will see"),
    ("**Zehn Minuten:**", "**Zehn Minuten: **", "16: `**`, which readers will see"),
    ("Zwei Köpfe denken", "*Zwei Köpfe *denken", "21: `*`, which readers will see"),
    ("290", "209", "6: the number `209`; `290`, as in English"),
    ("2018 bis 2020", "2018 bis 2021", "8: the number `2021`; `2020`, as in English"),
    ("2018 bis 2020", "2018 bis 2018", "8: the number `2018`; `2020`, as in English"),
    ("Sechs Treffen", "Sieben Treffen", "8: the number `7`; `6`, as in English"),
    ("1,5 Stunden", "1.5 Stunden", "8: `1.5`, as English writes it; `1,5`, as this language does"),
    ("Das Jahr 2020", "Das Jahr 2021", "2: the number `2021`; `2020`, as in English"),
])
def test_what_does_not_say_the_same_is_named_once_with_its_line(old: str, new: str, start: str) -> None:
    assert GERMAN.count(old) == 1
    found = said(GERMAN.replace(old, new))
    assert len(found) == 1 and found[0].startswith(start), found


def test_three_texts_in_one_are_named_together() -> None:
    joined = GERMAN.replace(f"\n\n{CHANGE}\n\n{LEAD}", f" {CHANGE} {LEAD}")
    assert [line.split(": “")[0] for line in said(joined)] == ["8: one text for three of English"]


def test_a_text_answers_to_the_one_that_has_its_terms() -> None:
    """However short it is, and whatever numbers it leaves out."""
    many = "A kindergarten for children from 1 to 6 years builds several {{ term('plc', 'learning communities') }} of its own, with {{ term('lead', 'leaders') }}."
    english = f"# Communities {{ #communities }}\n\n{many}\n\nTwo facilitators from outside come every month.\n\nThe group looks at what it has done.\n"
    german = "# Gemeinschaften { #communities }\n\nEin Kindergarten bildet {{ term('plc', 'Gemeinschaften') }} mit {{ term('lead', 'Leitenden') }}.\n"
    assert [line.split("; ")[0] for line in said(german, english)] == [
        "3: a text less than half as long as English: “Ein Kindergarten bildet Gemeinschaften …”",
        "3: no text for “Two facilitators from outside come ever…”",
        "3: no text for “The group looks at what it has done.”",
    ]


# Numbers in two texts


@pytest.mark.parametrize(("english", "own", "code"), [
    ("3 leaders and 62 staff", "Drei Leitungen und 62 Beschäftigte", "de"),
    ("1,500 children, 2.5 hours", "1.500 Kinder, 2,5 Stunden", "de"),
    ("1,500 children, 2.5 hours", "1\u202f500 enfants, 2,5 heures", "fr"),
    ("1,500 children, 2.5 hours", "1’500 Kinder, 2.5 Stunden", "de-CH"),
    ("10,000 children", "10 000 crianças".replace(" ", "\u00a0"), "pt-PT"),
    ("1.5 hours", "halvanden time", "da"), ("1.5 hours", "anderthalb Stunden", "de"),
    ("five sessions", "5 Treffen", "de"), ("5 sessions", "fünf Treffen", "de"), ("three times", "dreimal", "de"),
    ("2020/2021", "2020/21", "de"), ("2020–21", "2020–2021", "nl"), ("from 3 to 6", "3–6", "da"),
    ("1 November 2026", "01.11.2026", "de"), ("November 2026", "11/2026", "fr"), ("at 2 pm", "um 14 Uhr", "de"),
    ("the 21st century", "o século XXI", "pt"), ("the 1970s", "die 70er Jahre", "de"), ("the 3rd part", "der 3. Teil", "de"),
    ("in 2020, 3 of 10", "في ٢٠٢٠، ٣ من ١٠", "ar"), ("2.5 hours and 1,500 children", "٢٫٥ ساعة و١٬٥٠٠ طفل", "ar"), ("4 groups", "štirje", "sl"),
    ("3 groups", "tri grupe", "sr"), ("%(number)s of 10", "%(number)s von 10", "de"), ("one of them", "einer davon", "de"),
    ("five staff", "5 Beschäftigte " + "9" * 40, "de"),
    ("two at a time", "jeweils ein Paar", "de"), ("Both of the 2 groups", "Beide Gruppen, zwei an der Zahl", "de"),
])
def test_the_same_number_has_many_forms(english: str, own: str, code: str) -> None:
    assert list(number_faults(english, own, code)) == []


@pytest.mark.parametrize(("english", "own", "code", "fault"), [
    ("62 staff", "26 Beschäftigte", "de", ("the number `26`", "`62`, as in English")),
    ("62 staff", "Beschäftigte", "de", ("no `62`", "the number `62`, as in English")),
    ("staff", "62 Beschäftigte", "de", ("the number `62`, which the English text does not have", "the numbers of English")),
    ("six of ten", "syv af ti", "da", ("the number `7`", "`6`, as in English")),
    ("six of ten", "6 von 11", "de", ("the number `11`, which the English text does not have", "the numbers of English")),
    ("1,500 children", "1,500 Kinder", "de", ("`1,500`, as English writes it", "`1.500`, as this language does")),
    ("in 2020, 3 of 10", "في ٢٠٢١، ٣ من ١٠", "ar", ("the number `2021`", "`2020`, as in English")),
    ("2020/2021", "2019/20", "de", ("the number `2019`", "`2021`, as in English")),
    ("62 staff", "26 radnika", "sr", ("the number `26`", "`62`, as in English")),
])
def test_another_number_is_named(english: str, own: str, code: str, fault: tuple[str, str]) -> None:
    assert list(number_faults(english, own, code)) == [fault]
