"""A translated page beside its English page: what translators get wrong, with its line, mended where it can be."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown import Markdown

from roadmap.check.hints import language_hints
from roadmap.check.messages import check_messages
from roadmap.check.safety.files import check_safety
from roadmap.check.structure import compare
from roadmap.check.structure.compare import check_structure
from roadmap.check.structure.fix import fix
from roadmap.check.structure.outline import outline
from roadmap.project import page_limits
from roadmap.project.pages import Page
from roadmap.project.project import Edition, Project
from roadmap.translation import catalogue, merge
from roadmap.translation.sync import sync
from tests.conftest import ROOT, SAMPLE
from tests.translation.test_catalogue import fill
from tests.translation.test_lacking import GROUP

HOME, LEADERS, CARE = "index.md", "how/leaders.md", "what/educare.md"
ENGLISH = {
    HOME: """\
---
description: What this site is for.
original: "3"
hide: [navigation, toc]
---
# The Roadmap { #roadmap }

This site helps the staff of a centre to learn together.

{{ roles() }}

Read about [the leaders](how/leaders.md) and about [educare](what/educare.md#care).

[Next: Leaders](how/leaders.md){ .next-step }

[Educare](what/educare.md){ .also }
""",
    LEADERS: """\
---
description: What leaders do.
original: "17-18"
---
# Leaders { #leaders }

{{ stage_checklist("initiating") }}

A pathway needs its leaders. In {{ term("educare") }} they learn with their staff.

{{ source_note("report 2.1.3", "roadmap p.33") }}

## Who leads { #who }

Those who lead are:

* principals
* managers of a group
* {{ term("core-practitioner", "core practitioners") }} who take part

{{ setup_diagram("one-group") }}

{{ source_note("report 2.1.4") }}

## Resources { #resources }

| What | How many |
|---|---|
| hours | 2–3 |
| rooms | 1 |

!!! tip "Plan ahead"

    Ask [the core team](../index.md#roadmap) early.

### Time { #time }

There is never enough of it.

[Next: Educare](../what/educare.md){ .next-step }
""",
    CARE: "# Educare { #educare }\n\n## Care { #care }\n\nCare and education are one.\n\n[Home](../index.md)\n",
}
DANISH = {
    HOME: """\
---
description: Hvad dette websted er til for.
original: "3"
hide: [navigation, toc]
---
# Køreplanen { #roadmap }

Dette websted hjælper personalet i et dagtilbud med at lære sammen.

{{ roles() }}

Læs om [educare](what/educare.md#care) og om [lederne](how/leaders.md).

[Næste: Ledere](how/leaders.md){ .next-step }

[Educare](what/educare.md){ .also }
""",
    LEADERS: """\
---
description: Hvad ledere gør.
original: "17-18"
---
# Ledere { #leaders }

{{ stage_checklist("initiating") }}

Et forløb har brug for sine ledere. I {{ term("educare", "educare") }} lærer de med deres personale.

{{ source_note("report 2.1.3", "roadmap p.33") }}

## Hvem leder { #who }

De, der leder, er:

* skoleledere
* ledere af en gruppe
* {{ term("core-practitioner", "pædagoger") }}, der er med

{{ setup_diagram("one-group") }}

{{ source_note("report 2.1.4") }}

## Ressourcer { #resources }

| Hvad | Hvor mange |
|------|-----------:|
| timer | 2–3 |
| rum | 1 |

!!! tip "Læg planer"

    Spørg [kernegruppen](../index.md#roadmap) i god tid.

### Tid { #time }

Der er aldrig nok af den.

[Næste: Educare](../what/educare.md){ .next-step }
""",
    CARE: "# Educare { #educare }\n\n## Omsorg { #care }\n\nOmsorg og læring er ét.\n\n[Hjem](../index.md)\n",
}


PUBLISHED = Project(ROOT)


@pytest.fixture(scope="session")
def markdown() -> Markdown:
    return PUBLISHED.markdown


def edition_of(root: Path, code: str = "da") -> Edition:
    """An edition as it stands now, read anew, by the Markdown of the published project."""
    class Borrowing(Project):
        markdown = property(lambda self: PUBLISHED.markdown)

    return Borrowing(root).edition(code)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project with three pages in English and Danish."""
    root = Path(shutil.copytree(SAMPLE, tmp_path / "project"))
    shutil.rmtree(root / "docs")
    for code, pages in (("en", ENGLISH), ("da", DANISH)):
        for path, text in pages.items():
            write(root, code, path, text)
    return root


@pytest.fixture
def judge(root: Path) -> Callable[[], list[str]]:
    return lambda: [str(problem) for problem in check_structure(edition_of(root))]


@pytest.fixture
def warn(root: Path) -> Callable[[], list[str]]:
    return lambda: [str(problem) for problem in language_hints(edition_of(root))]


def write(root: Path, code: str, path: str, text: str) -> None:
    file = root / "docs" / code / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def text_of(root: Path, path: str, code: str = "da") -> str:
    return (root / "docs" / code / path).read_text(encoding="utf-8")


def spoil(root: Path, path: str, old: str, new: str, code: str = "da") -> None:
    text = text_of(root, path, code)
    assert text.count(old) == 1, text.count(old)
    write(root, code, path, text.replace(old, new))


# A good translation, and a copy


def test_a_good_translation_is_silent(judge: Callable, warn: Callable) -> None:
    assert judge() == [] == warn()


def test_an_exact_copy_is_built_alike_and_english(root: Path, judge: Callable, warn: Callable) -> None:
    for path, text in ENGLISH.items():
        write(root, "da", path, text)
    assert judge() == []
    assert [each.split("; ")[0] for each in warn()] == [
        f"docs/da/{LEADERS}:1: a page that is mostly in English",
        *(f"docs/da/index.md:{line}: {found}" for line, found in (
            (2, "the description in English: “What this site is for.”"), (6, "the heading in English: “The Roadmap”"),
            (8, "English: “This site helps the staff of a centre t…”"), (12, "English: “Read about the leaders and about educar…”"),
            (14, "the words of the link to `how/leaders.md` in English: “Next: Leaders”"),
            (16, "the words of the link to `what/educare.md` in English: “Educare”"))),
        f"docs/da/{CARE}:1: the heading in English: “Educare”",
        f"docs/da/{CARE}:5: English: “Care and education are one.”"]


def test_every_text_left_in_english_is_named_on_a_page_that_is_half_done(root: Path, warn: Callable) -> None:
    half = ENGLISH[LEADERS].index("## Resources"), DANISH[LEADERS].index("## Ressourcer")
    write(root, "da", LEADERS, DANISH[LEADERS][: half[1]] + ENGLISH[LEADERS][half[0] :])
    assert [int(message.split(":")[1]) for message in warn()] == [34, 38], "all of four words and more"


def test_the_english_pages_of_the_project_are_alike_to_themselves(markdown: Markdown) -> None:
    for page in PUBLISHED.english.pages.values():
        assert compare.findings(compare.align(page, page, markdown)) == []


def test_english_is_compared_with_nothing(root: Path) -> None:
    english = edition_of(root, "en")
    assert check_structure(english) == [] == language_hints(english)


# The mistakes of translators: page, what is spoilt, what is said, whether it can be mended

PIECE = '{{ setup_diagram("one-group") }}'
MISTAKES = {
    "a lost heading id": (
        LEADERS, "## Hvem leder { #who }", "## Hvem leder",
        "13: the heading `Hvem leder` without an id; `{ #who }` after it, as in docs/en/how/leaders.md:13", True),
    "an id without its end": (
        LEADERS, "## Hvem leder { #who }", "## Hvem leder { #who",
        "13: the heading `Hvem leder { #who` without an id; `{ #who }` after it, as in docs/en/how/leaders.md:13", True),
    "a translated heading id": (
        LEADERS, "{ #resources }", "{ #ressourcer }",
        "25: `{ #ressourcer }`; `{ #resources }`, as in docs/en/how/leaders.md:25; ids are not translated", True),
    "another level": (
        LEADERS, "### Tid", "## Tid", "36: `##` before `Tid`; `###`, as in docs/en/how/leaders.md:36", True),
    "a lost section": (
        LEADERS, DANISH[LEADERS][DANISH[LEADERS].index("## Hvem") : DANISH[LEADERS].index("## Ress")], "",
        "12: no heading `{ #who }` (“Who leads”); a translation of docs/en/how/leaders.md:13, with its id", False),
    "a section more": (
        LEADERS, "### Tid", "### Mere { #mere }\n\n### Tid",
        "36: the heading `{ #mere }`, which the English page does not have; "
        "one of its headings: leaders, who, resources, time", False),
    "a translated link target": (
        HOME, "](how/leaders.md).", "](hvordan/ledere.md).",
        "12: `](hvordan/ledere.md)`; `](how/leaders.md)`, as in docs/en/index.md:12", True),
    "a link without its anchor": (
        HOME, "educare.md#care", "educare.md",
        "12: `](what/educare.md)`; `](what/educare.md#care)`, as in docs/en/index.md:12", True),
    "a next step that looks like any link": (
        LEADERS, "educare.md){ .next-step }", "educare.md)",
        "40: `](../what/educare.md)`; `](../what/educare.md){ .next-step }`, as in docs/en/how/leaders.md:40", True),
    "a lost link": (
        HOME, "[lederne](how/leaders.md)", "lederne",
        "12: no link to `how/leaders.md`; `](how/leaders.md)` after its words, as in docs/en/index.md:12", False),
    "a link more": (
        CARE, "er ét", "er [ét](../index.md)",
        "5: a link to `../index.md`; one that the English text has (docs/en/what/educare.md:5), or none", False),
    "a missing piece": (
        LEADERS, f"{PIECE}\n\n", "",
        f"13: no `{PIECE}` in this section; the piece in its place, as in docs/en/how/leaders.md:21", True),
    "a piece with a translated word": (
        LEADERS, '"one-group"', '"en-gruppe"',
        f'21: `{{{{ setup_diagram("en-gruppe") }}}}`; `{PIECE}`, as in docs/en/how/leaders.md:21', True),
    "a translated name of a piece": (
        LEADERS, PIECE, '{{ opsaetning("one-group") }}',
        f'21: `{{{{ opsaetning("one-group") }}}}`; `{PIECE}`, as in docs/en/how/leaders.md:21', True),
    "a source less": (
        LEADERS, '("report 2.1.3", "roadmap p.33")', '("report 2.1.3")',
        '11: `{{ source_note("report 2.1.3") }}`; '
        '`{{ source_note("report 2.1.3", "roadmap p.33") }}`, as in docs/en/how/leaders.md:11', True),
    "a translated term": (
        LEADERS, 'term("core-practitioner"', 'term("paedagog"',
        '19: `{{ term("paedagog", "pædagoger") }}`; `{{ term("core-practitioner", "pædagoger") }}`, '
        'as in docs/en/how/leaders.md:19', True),
    "a term less": (
        LEADERS, '{{ term("educare", "educare") }}', "educare",
        '5: no `{{ term("educare") }}` in this section; the term in its sentence, as in docs/en/how/leaders.md:9',
        False),
    "one item short": (
        LEADERS, "* ledere af en gruppe\n", "", "17: a list of 2 items; 3, as in docs/en/how/leaders.md:17", False),
    "a list that is a paragraph": (
        LEADERS, "er:\n\n*", "er:\n*",
        "13: no lists in this section; 1, as in docs/en/how/leaders.md:17, with an empty line above each", False),
    "one row short": (
        LEADERS, "| timer | 2–3 |\n", "",
        "27: a table of 2 rows with its head; 3, as in docs/en/how/leaders.md:27", False),
    "one cell short": (
        LEADERS, "| rum | 1 |", "| rum |", "30: a row of 1 cell; 2, as in docs/en/how/leaders.md:27", False),
    "another callout": (
        LEADERS, "!!! tip", "!!! note", "32: `!!! note`; `!!! tip`, as in docs/en/how/leaders.md:32", False),
    "a callout without a title": (
        LEADERS, '!!! tip "Læg planer"', "!!! tip",
        '32: `!!! tip` without a title, which readers see in English; `!!! tip "…"`, in the language of the edition',
        False),
    "other pages of the original": (
        LEADERS, '"17-18"', '"17"', '3: `original: "17"`; `original: "17-18"`, as in docs/en/how/leaders.md:3', True),
    "a key less": (
        HOME, "hide: [navigation, toc]\n", "",
        "4: front matter without `hide`; a line `hide:`, as in docs/en/index.md:4", True),
    "no description": (
        HOME, "description: Hvad dette websted er til for.\n", "",
        "4: front matter without `description`; a line `description:`, as in docs/en/index.md:2", False),
    "a key more": (
        HOME, "hide:", "titel: Hjem\nhide:",
        "4: `titel` in the front matter; only description, original, hide, as in docs/en/index.md:1", False),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_line_and_mended_where_it_can_be(
    name: str, root: Path, judge: Callable
) -> None:
    path, old, new, message, mended = MISTAKES[name]
    spoil(root, path, old, new)
    spoilt = text_of(root, path)
    assert judge() == [f"docs/da/{path}:{message}"]
    said = fix(edition_of(root))
    assert text_of(root, path) == (DANISH[path] if mended else spoilt)
    assert all(each.startswith(f"docs/da/{path}:") for each in said) and bool(said) == mended
    assert fix(edition_of(root)) == []


def test_words_for_search_are_each_edition_s_own(root: Path, judge: Callable) -> None:
    spoil(root, HOME, "hide:", "tags: [hjem, start]\nhide:")
    assert judge() == []
    english = root / "docs" / "en" / LEADERS
    english.write_text(english.read_text(encoding="utf-8").replace("original:", "tags: [boss]\noriginal:"), encoding="utf-8")
    assert judge() == []


def test_a_brace_too_close_is_named_once_and_mended(root: Path, judge: Callable) -> None:
    spoil(root, LEADERS, "{ #who }", "{#who}")
    assert [message.split(": ")[1].split(";")[0] for message in judge()] == [
        "`{#`, which hides what follows", "the heading `Hvem leder {#who}` without an id"]
    fix(edition_of(root))
    assert text_of(root, LEADERS) == DANISH[LEADERS] and judge() == []


def test_no_words_are_lost_when_a_heading_is_mended(root: Path, judge: Callable) -> None:
    spoil(root, LEADERS, "## Hvem leder { #who }", "## Hvem {leder} her # nu")
    assert len(fix(edition_of(root))) == 1
    assert "\n## Hvem {leder} her # nu { #who }\n" in text_of(root, LEADERS) and judge() == []


def test_a_broken_placeholder_is_named(root: Path) -> None:
    path = catalogue.refresh(edition_of(root))
    found = edition_of(root).messages
    for message in found:
        if message.id == ("%(number)s hour", "%(number)s hours"):
            message.string = ("%(antal)s time", "%(number)s timer")
    path.write_text(merge.written(found, "da"), encoding="utf-8")
    line = next(m.lineno for m in edition_of(root).messages if m.string == ("%(antal)s time", "%(number)s timer"))
    there = "`%(antal)s`, which the English text does not have; `%(number)s`"
    assert f"docs/da/messages.po:{line}: {there}" in [str(problem) for problem in check_messages(edition_of(root))]


# Several at once, and what is not to be touched


def test_all_that_can_be_mended_is_mended_at_once(root: Path, judge: Callable) -> None:
    for _, old, new, _, mended in (each for each in MISTAKES.values() if each[0] == LEADERS):
        if mended and text_of(root, LEADERS).count(old) == 1:
            spoil(root, LEADERS, old, new)
    said = fix(edition_of(root))
    assert text_of(root, LEADERS) == DANISH[LEADERS] and judge() == []
    lines = DANISH[LEADERS].splitlines()
    for each in said:
        line, _, now = each.removeprefix(f"docs/da/{LEADERS}:").partition(": now ")
        assert now.strip("`") in lines[int(line) - 1]


def test_two_pieces_come_back_in_their_order(root: Path, judge: Callable) -> None:
    spoil(root, LEADERS, f'{PIECE}\n\n{{{{ source_note("report 2.1.4") }}}}\n\n', "")
    assert len(judge()) == 2
    fix(edition_of(root))
    assert text_of(root, LEADERS) == DANISH[LEADERS]


def test_a_piece_whose_place_is_not_clear_is_left_to_the_translator(
    root: Path, judge: Callable
) -> None:
    spoil(root, HOME, "{{ roles() }}\n\n", "")
    spoil(root, HOME, "at lære sammen.", "at lære.\n\nSammen.")
    spoilt = text_of(root, HOME)
    assert [message.split(";")[0] for message in judge()] == ["docs/da/index.md:6: no `{{ roles() }}` in this section"]
    assert fix(edition_of(root)) == [] and text_of(root, HOME) == spoilt


def test_a_piece_in_another_section_is_not_put_in_twice(root: Path, judge: Callable) -> None:
    spoil(root, LEADERS, f"{PIECE}\n\n", "")
    spoil(root, LEADERS, "### Tid { #time }\n", f"### Tid {{ #time }}\n\n{PIECE}\n")
    there, instead = f"`{PIECE}` in this place", f"its place in `{{ #who }}`, as in docs/en/{LEADERS}:13"
    assert f"docs/da/{LEADERS}:36: {there}; {instead}" in judge()
    assert fix(edition_of(root)) == []


@pytest.mark.parametrize("piece", [
    '{{ stage_checklist("initiating") }}',  # right below its heading
    '{{ source_note("report 2.1.3", "roadmap p.33") }}',  # at the end of its section
    PIECE,  # above a piece that is there
])
def test_a_piece_has_its_place_in_a_section_of_other_paragraphs(
    piece: str, root: Path, judge: Callable
) -> None:
    for old, new in (("sine ledere. I", "sine ledere.\n\nI"), ("De, der leder, er:", "De leder:\n\nDe er:")):
        spoil(root, LEADERS, old, new)
    right = text_of(root, LEADERS)
    spoil(root, LEADERS, f"{piece}\n\n", "")
    assert len(judge()) == 1
    fix(edition_of(root))
    assert text_of(root, LEADERS) == right and judge() == []


@pytest.mark.parametrize("ending", ["", "\n", "\n\n"])
def test_a_piece_comes_back_at_the_end_of_a_page(ending: str, root: Path, judge: Callable) -> None:
    spoil(root, CARE, "[Home](../index.md)\n", "{{ roles() }}\n", "en")
    spoil(root, CARE, "\n\n[Hjem](../index.md)\n", ending)
    fix(edition_of(root))
    assert text_of(root, CARE).endswith("er ét.\n\n{{ roles() }}\n") and judge() == []


def test_what_stands_twice_in_a_line_is_left_to_the_translator(root: Path, judge: Callable) -> None:
    spoil(root, HOME, "](what/educare.md#care)", "](how/leaders.md)")
    spoil(root, LEADERS, "* principals", '* {{ term("leader") }}, {{ term("educare") }}', "en")
    spoil(root, LEADERS, "* skoleledere", '* {{ term("leader") }}, {{ term("leader") }}')
    assert [message.split(": ")[0] for message in judge()] == [f"docs/da/{LEADERS}:17", "docs/da/index.md:12"]
    assert fix(edition_of(root)) == []


def test_a_link_to_a_file_elsewhere_is_not_followed(root: Path, tmp_path: Path) -> None:
    spoil(root, CARE, " { #care }", "")
    file = root / "docs/da" / CARE
    file.rename(tmp_path / "elsewhere.md")
    file.symlink_to(tmp_path / "elsewhere.md")
    assert fix(edition_of(root)) == []
    assert " { #care }" not in (tmp_path / "elsewhere.md").read_text(encoding="utf-8")


def test_of_two_strange_links_in_a_sentence_nobody_knows_which_is_which(
    root: Path, judge: Callable
) -> None:
    spoil(root, HOME, "](what/educare.md#care)", "](hvad/omsorg.md)")
    spoil(root, HOME, "[lederne](how/leaders.md)", "[lederne](hvordan/ledere.md)")
    choice = "`](how/leaders.md)` or `](what/educare.md#care)`, as in docs/en/index.md:12"
    strange = ("hvad/omsorg.md", "hvordan/ledere.md")
    assert judge() == [f"docs/da/index.md:12: `]({each})`; {choice}" for each in strange]
    assert fix(edition_of(root)) == []


def test_links_may_change_places_within_a_sentence_but_not_between_paragraphs(root: Path, judge: Callable) -> None:
    spoil(root, HOME, "[Næste: Ledere](how/leaders.md)", "[Næste: Ledere](what/educare.md)")
    spoil(root, HOME, "[Educare](what/educare.md){ .also }", "[Educare](how/leaders.md){ .also }")
    assert [message.split(": ")[0] for message in judge()] == ["docs/da/index.md:14", "docs/da/index.md:16"]


def test_a_paragraph_may_be_two(root: Path, judge: Callable) -> None:
    spoil(root, HOME, " og om [lederne]", ".\n\nLæs om [lederne]")
    assert judge() == []


def test_sections_in_another_order_are_named(root: Path, judge: Callable) -> None:
    text = DANISH[LEADERS]
    who, resources, time = (text.index(title) for title in ("## Hvem", "## Ress", "### Tid"))
    write(root, "da", LEADERS, text[:who] + text[resources:time] + text[who:resources] + text[time:])
    there = "the section `{ #resources }` in this place"
    assert judge() == [f"docs/da/{LEADERS}:13: {there}; the order of English: docs/en/{LEADERS}:25"]


def test_a_section_that_english_has_changed_and_moved_is_outdated_and_in_no_wrong_place(root: Path, judge: Callable) -> None:
    sync(edition_of(root), [LEADERS])
    text = (root / "docs/en" / LEADERS).read_text(encoding="utf-8")
    who, resources = text.index("## Who"), text.index("## Resources")
    moved = text[resources:].replace("### ", "Changed too.\n\n### ", 1).replace("never enough", "hardly enough").rstrip("\n") + "\n\n"
    write(root, "en", LEADERS, text[:who] + moved + text[who:resources])
    assert [message for message in judge() if "in this place" in message] == []


def test_lines_from_another_system_stay_as_they_are(root: Path, judge: Callable) -> None:
    file = root / "docs/da" / LEADERS
    file.write_bytes(DANISH[LEADERS].replace(" { #who }", "").replace("\n", "\r\n").encode())
    assert len(judge()) == 1 and len(fix(edition_of(root))) == 1
    assert file.read_bytes() == DANISH[LEADERS].replace("\n", "\r\n").encode()


def test_a_page_that_english_does_not_have_is_named(root: Path, judge: Callable) -> None:
    write(root, "da", "how/leader.md", "# Leder { #leader }\n")
    write(root, "da", "zzz.md", "# Andet { #zzz }\n")
    there = "a page that the English edition does not have"
    assert judge() == [
        f"docs/da/how/leader.md:1: {there}; `{LEADERS}`; where English calls it otherwise now, `roadmap move how/leader.md NEW`",
        f"docs/da/zzz.md:1: {there}; one of the pages of docs/en/; where English calls it otherwise now, `roadmap move zzz.md NEW`"]
    assert fix(edition_of(root)) == []


@pytest.mark.parametrize("text", ["", "\n", "---\n", "# \n", "{{", "{{ " + "(" * 2900, "* " * 30_000, "\ufeff# Educare"])
def test_any_page_is_judged_and_left_in_peace(text: str, root: Path, judge: Callable) -> None:
    write(root, "da", CARE, text)
    assert all(int(message.split(":")[1]) >= 1 for message in judge())
    fix(edition_of(root))
    assert text_of(root, CARE) == text


def test_a_page_without_end_is_left_to_safe(root: Path, judge: Callable) -> None:
    write(root, "da", CARE, DANISH[CARE].replace(" { #care }", "") + "\n" * page_limits.MOST_LINES)
    assert judge() == [] == fix(edition_of(root))
    assert check_safety(edition_of(root))


def test_a_page_that_is_missing_is_no_mistake(root: Path, judge: Callable, warn: Callable) -> None:
    (root / "docs/da" / LEADERS).unlink()
    assert judge() == [] == warn()


# English goes on


def test_what_english_changed_since_is_not_held_against_a_translation(root: Path, judge: Callable) -> None:
    sync(edition_of(root), list(DANISH))
    spoil(root, LEADERS, "* managers of a group\n", "* managers\n* mayors\n", "en")
    spoil(root, LEADERS, '{{ source_note("report 2.1.4") }}\n\n', "", "en")
    spoil(root, LEADERS, "### Time", "### Money { #money }\n\nThere is no [more](../index.md).\n\n### Time", "en")
    spoil(root, LEADERS, '"17-18"', '"17-19"', "en")
    assert judge() == []
    spoil(root, LEADERS, "](../index.md#roadmap)", "](../hjem.md)")
    assert len(judge()) == 1, "the other sections are judged as ever"


def test_without_a_true_state_everything_is_judged(root: Path, judge: Callable) -> None:
    sync(edition_of(root), list(DANISH))
    spoil(root, LEADERS, "* managers of a group\n", "", "en")
    assert judge() == []
    write(root, "da", "state.yml", "nothing\n")
    assert judge() == [f"docs/da/{LEADERS}:17: a list of 3 items; 2, as in docs/en/{LEADERS}:17"]


# Warnings


@pytest.mark.parametrize(("left", "said"), [(5, [5, 7, 9, 11, 13]), (6, [1])])
def test_a_page_half_of_which_is_left_is_named_as_a_whole(
    left: int, said: list[int], root: Path, warn: Callable
) -> None:
    catalogue.refresh(edition_of(root))
    fill(root, "da", "glossary/educare/term", "omsorgslæring")
    english = [f"This is the text of paragraph {'abcdefghijkl'[i]}." for i in range(12)]
    danish = ["Omsorgslæring er en tekst her." if left == 5 else "Her er en tekst uden ordet."] * 12
    for code, texts in (("en", english), ("da", english[:left] + danish[left:])):
        write(root, code, CARE, "\n\n".join(["# Educare { #educare }", "## Care { #care }", *texts]) + "\n")
    assert [int(message.split(":")[1]) for message in warn() if CARE in message] == said


LEFT = {
    "a paragraph left in English": (
        CARE, "Omsorg og læring er ét.", "Care and education are one.",
        "5: English: “Care and education are one.”; a translation, of docs/en/what/educare.md:5; "
        'names as `<span lang="en">`'),
    "an item left in English": (
        LEADERS, "* ledere af en gruppe", "* managers of a group",
        "18: English: “managers of a group”; a translation, of docs/en/how/leaders.md:18; "
        'names as `<span lang="en">`'),
    "a paragraph in other English": (
        CARE, "Omsorg og læring er ét.", "This is what they say when there is nothing that they could teach you.",
        "5: what reads like English: “This is what they say when there is not…”; a translation; "
        'names as `<span lang="en">`'),
    "straight quotation marks": (
        CARE, "er ét", 'er "ét"', "5: a straight `\"` (`g og læring er \"ét\".`); “…”"),
    "quotation marks of another language": (
        CARE, "er ét", "er «ét»", "5: `«` before words (`g og læring er «ét».`); “…”, ‘…’, »…«, ›…‹, ”…”, „…“"),
    "a description with straight quotation marks": (
        HOME, "Hvad dette websted er til for.", "'Et \"ord\".'", "2: a straight `\"` (`Et \"ord\".`); “…”"),
}


@pytest.mark.parametrize("name", LEFT)
def test_a_doubt_is_a_warning_with_its_line(name: str, root: Path, warn: Callable) -> None:
    path, old, new, message = LEFT[name]
    spoil(root, path, old, new)
    assert warn() == [f"docs/da/{path}:{message}"]


NOT_LEFT = {
    "words marked as English": (
        "Omsorg og læring er ét", '<span lang="en">Care and education are one, and that is what they are</span>'),
    "a word in both languages": ("er ét", "er i den for at de kan have en man i over under to"),
}


@pytest.mark.parametrize("name", NOT_LEFT)
def test_what_may_look_english_is_left_alone(name: str, root: Path, warn: Callable) -> None:
    spoil(root, CARE, *NOT_LEFT[name])
    assert warn() == []


@pytest.mark.parametrize("text", ["Care and education", "VALUE Roadmap, Erasmus University College, Antwerp."])
def test_what_is_short_or_a_name_may_be_as_in_english(text: str, root: Path, warn: Callable) -> None:
    spoil(root, CARE, "Care and education are one.", text, "en")
    spoil(root, CARE, "Omsorg og læring er ét.", text)
    assert warn() == []


def test_a_message_left_in_english_or_set_with_other_marks_is_a_warning(root: Path, warn: Callable) -> None:
    catalogue.refresh(edition_of(root))
    assert warn() == []
    question = "stages/initiating/Q1/Q1.1/text"
    fill(root, "da", "glossary/educare/definition", "Care and education as one.")
    fill(root, "da", question, "Hvem «beslutter»?")
    line = {m.context: m.lineno for m in edition_of(root).messages}
    assert sorted(warn()) == sorted([
        f"docs/da/messages.po:{line['glossary/educare/definition']}: English: “Care and education as one.”;"
        " a translation, or an empty `msgstr`",
        f"docs/da/messages.po:{line[question]}: `«` before words (`Hvem «beslutter»?`); “…”, ‘…’, »…«, ›…‹, ”…”, „…“"])


def test_a_message_of_two_words_is_english_unless_the_edition_has_them_too(root: Path, warn: Callable) -> None:
    catalogue.refresh(edition_of(root))
    fill(root, "da", GROUP, "Learning group")
    line = next(m.lineno for m in edition_of(root).messages if m.context == GROUP)
    left = f"docs/da/messages.po:{line}: a text in English: “Learning group”; a translation, unless your language says the same"
    assert left in warn()
    spoil(root, CARE, "Omsorg og læring er ét.", "Omsorg og learning er ét, også i en group.")
    assert left not in warn()


def test_a_link_left_in_english_is_named_also_within_a_translated_line(root: Path, warn: Callable) -> None:
    spoil(root, LEADERS, "* principals", "* [those at the top](../index.md) of it", "en")
    spoil(root, LEADERS, "* skoleledere", "* [those at the top](../index.md) for det hele")
    assert [each.split("; ")[0] for each in warn()] == [
        f"docs/da/{LEADERS}:17: the words of the link to `../index.md` in English: “those at the top”"]


# Terms of the glossary


TERM = '  - id: {id}\n    term: {term}\n    definition: So.\n    local:\n      - {{language: da, term: {local}}}\n'


@pytest.mark.parametrize(("term", "local", "english", "danish", "found"), [
    ("pathway", "forløb", "A pathway needs its leaders.", "Et kursus har brug for sine ledere.", True),
    ("pathway", "forløb", "A pathway needs its leaders.", "Forløbet har brug for sine ledere.", False),
    ("pathway", "forløb", "A path needs its leaders.", "Et kursus har brug for sine ledere.", False),
    ("pathway", "forløb", "Pathways need their leaders.", "Kurser har brug for deres ledere.", True),
    ("core practitioner", "pædagog / lærer", "Core practitioners lead.", "Kernelærere leder.", False),
    ("core practitioner", "pædagog (i børnehave)", "Core practitioners lead.", "I børnehaver leder de.", True),
    ("core practitioner (Denmark)", "pædagog", "Denmark leads.", "Danmark leder.", False),
    ("core practitioner (CP)", "pædagog", "A CP leads.", "Danmark leder.", True),
    ("core practitioner", "assisterende kollega", "Core practitioners lead.", "Assisterende kollegaer leder.", False),
    ("core practitioner", "assisterende kollega", "Core practitioners lead.", "De assisterende leder.", True),
    ("core practitioner", "leder af en gruppe", "Core practitioners lead.", "Ledere for grupper leder.", False),
    ("core practitioner", "pædagog, proposal: yes", "Core practitioners lead.", "Medarbejdere leder.", False),
])
def test_a_term_is_called_as_the_glossary_calls_it(
    term: str, local: str, english: str, danish: str, found: bool, root: Path, warn: Callable
) -> None:
    glossary = root / "content/glossary.yml"
    local = local if "proposal" in local else f'"{local}"'
    added = TERM.format(id="pathway", term=term, local=local)
    glossary.write_text(glossary.read_text(encoding="utf-8") + added, encoding="utf-8")
    write(root, "en", CARE, f"# Educare {{ #educare }}\n\n## Care {{ #care }}\n\n{english}\n\n[Home](../index.md)\n")
    write(root, "da", CARE, f"# Educare {{ #educare }}\n\n## Omsorg {{ #care }}\n\n{danish}\n\n[Hjem](../index.md)\n")
    said = [message for message in warn() if CARE in message]
    word = local.split('"')[1] if found else ""
    assert said == ([f"docs/da/{CARE}:3: a page without “{word}”, where English says “{term}”; "
                     "the word of the glossary, or another one there"] if found else [])


def test_what_the_messages_call_a_term_goes_before_the_facts(root: Path, warn: Callable) -> None:
    catalogue.refresh(edition_of(root))
    fill(root, "da", "glossary/educare/term", "omsorgslæring")
    spoil(root, LEADERS, 'term("educare", "educare")', 'term("educare", "omsorgslæringen")')
    assert {message.split(": ")[0] for message in warn()} == {"docs/da/index.md:6", f"docs/da/{CARE}:1"}
    spoil(root, LEADERS, 'term("educare", "omsorgslæringen")', 'term("educare")')
    assert {message.split(": ")[0] for message in warn()} == {"docs/da/index.md:6", f"docs/da/{CARE}:1"}
    spoil(root, LEADERS, 'term("educare")', 'term("educare", "plejen")')
    assert any(message.startswith(f"docs/da/{LEADERS}:9: a page without “omsorgslæring”") for message in warn())


# Markdown and its lines


def test_every_part_of_a_page_has_its_line(markdown: Markdown) -> None:
    text = (
        "# A { #a }\n\none\ntwo [x](y.md)\n\n1. three\n    * four\n\n        five\n\n2. six\n\n> seven\n\n"
        "!!! note\n\n    eight\n\na | b\n---|---\nc | d\n\n* * *\n\nnine {{ term(\"x\", \"ten\") }}\n"
    )
    parts = outline(Page("a.md", "a.md", text), markdown).sections[1].blocks
    assert [(part.line, part.kind, part.text) for part in parts if part.kind == "text"] == [
        (1, "text", "A"), (3, "text", "one two x"), (6, "text", "three"), (7, "text", "four"), (9, "text", "five"),
        (11, "text", "six"), (13, "text", "seven"), (17, "text", "Note"), (17, "text", "eight"),
        (19, "text", "a"), (19, "text", "b"), (21, "text", "c"), (21, "text", "d"), (25, "text", "nine ten")]
    assert [(part.line, part.kind, part.size) for part in parts if part.kind != "text"] == [
        (6, "list", 2), (7, "list", 1), (13, "quote", 0), (15, "callout", "note"), (19, "table", (2, 2))]
    assert [link.line for part in parts for link in part.links] == [4]
