"""Translator: paths of texts, translated facts, plurals and numbers, and that what a reader sees is in one language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from gettext import NullTranslations
from pathlib import Path
from types import SimpleNamespace

import lxml.html
import pytest

from macros.edition_pieces import pieces_of
from macros.facts import translatable
from macros.facts.load import Content, load
from macros.facts.model import Facts, Model, Role
from macros.language import messages
from macros.language.messages import key
from macros.language.translator import UNTRANSLATED, Translator
from macros.pieces import NAMES, Pieces
from macros.render import Renderer
from roadmap.pdf.worksheets import jobs_of
from roadmap.project.project import Project
from roadmap.translation import catalogue
from tests.conftest import ROOT, edition
from tests.facts.test_load import change
from tests.translation.test_catalogue import fill, put, small, translate

__all__ = ["small"]
CASE = "content/cases/atlantis.yml"
WORD = re.compile(r"[^\W\d_]{3}")


def paths(facts: Facts) -> dict[str, str]:
    return {text.path: text.text for text in translatable.texts(facts)}


# Paths


def test_every_text_has_a_path_of_its_own(published: Content) -> None:
    found = translatable.texts(published.facts)
    assert len(found) > 1000 and len({text.path for text in found}) == len(found)


def test_paths_are_made_of_the_file_and_ids(sample: Content) -> None:
    found = paths(sample.facts)
    assert found["cases/atlantis/pathways/tides/approach/text"] == "They met and reflected."
    assert found["stages/initiating/Q1/Q1.2a/text"] == "Who takes part?"
    assert found["stages/initiating/Q1/Q1.2a/hint"] == "Think of those who are seldom asked."
    assert found["glossary/educare/definition"] == "Care and education as one."
    assert found["setups/one-group/arrangement/groups/group/people/2/title"] == "principal"
    assert found["methods/guidance-continuum/ends/2"] == "most responsibility"
    assert found["worksheets/first-steps/blocks/6/columns/1"] == "Now"


def test_paths_hold_when_facts_change_places(small: Path) -> None:
    before = paths(load(small / "content").facts)
    new = "          - questions:\n              - {id: Q1.3, text: New}\n"
    change("          - questions:\n", new + "          - questions:\n", "content/stages.yml")(small)
    change("centres:\n", "centres:\n" + CENTRE, CASE)(small)
    after = paths(load(small / "content").facts)
    assert before.items() <= after.items() and len(after) > len(before)


CENTRE = """\
  - id: island
    name: Island centre
    name_source: [report 1.1]
    town: {text: Atlas, source: [report 1.1]}
    kind: {text: another centre, source: [report 1.1]}
    ages: {text: 3 to 6 years, source: [report 1.1]}
    children: {value: 30, source: [report 1.1]}
"""


def test_names_and_references_are_no_texts(sample: Content) -> None:
    found = set(paths(sample.facts).values())
    assert found.isdisjoint({"University of Atlantis", "Endline report", "report 1.1", "one-group", "XX", "core"})
    assert "Harbour centre" not in {t for p, t in paths(sample.facts).items() if "/centres/" in p}


# Translating


def test_facts_are_translated_by_path_and_nothing_else_changes(small: Path) -> None:
    facts = load(small / "content").facts
    name = 'msgid "Learning group"\nmsgstr "læringsgruppe"\n'
    put(small, "da", 'msgctxt "setups/one-group/arrangement/groups/group/name"\n' + name)
    words = edition(small, "da").translator
    said = words.translate(facts)
    assert said.setups[0].arrangement.groups[0].name == "læringsgruppe"
    assert said.cases == facts.cases and said.voices == facts.voices and type(said.setups[0]) is type(facts.setups[0])
    assert Translator().translate(facts) == facts


def test_english_left_in_tracked_words_carries_a_mark(small: Path) -> None:
    put(small, "da", 'msgid "Kick-off"\nmsgstr "Start"\n')
    words = edition(small, "da").translator
    tracked = words.marking_untranslated()
    assert tracked.gettext("Kick-off") == "Start"
    english = {
        "Wrap-up": tracked.gettext("Wrap-up"),
        "%(number)s hours": tracked.ngettext("%(number)s hour", "%(number)s hours", 2),
        "Core practitioner": tracked.role(Role.CORE),
        "Somebody felt heard.": tracked.translate(load(small / "content").facts).voices[0].text,
    }
    for text, said in english.items():
        assert said.startswith(UNTRANSLATED) and tracked.has_untranslated(f"x{said}") and tracked.strip_marks(said) == text
    assert not tracked.has_untranslated("x") and tracked.strip_marks("x") == "x"
    assert words.gettext("Wrap-up") == "Wrap-up", "the words it was made from track nothing"
    assert Translator("en-GB").marking_untranslated().gettext("Wrap-up") == "Wrap-up"


def test_a_mark_leads_back_to_its_message() -> None:
    words = Translator("da").marking_untranslated()
    hours = words.ngettext("%(number)s hour", "%(number)s hours", 2) % {"number": 2}
    title = words.translations.pgettext("worksheets/x/title", "Hour")
    words.gettext("asked, and not shown")
    assert words.untranslated_in(f"<p>{title}, {hours}</p> {title}") == [("worksheets/x/title", "Hour"), (None, "%(number)s hour")]


PLURALS = {  # language → for each number the form that its rule takes
    "da": {0: 1, 1: 0, 2: 1, 21: 1, 101: 1},
    "sl": {1: 0, 2: 1, 3: 2, 4: 2, 5: 3, 11: 3, 101: 0, 102: 1},
    "ar": {0: 0, 1: 1, 2: 2, 3: 3, 10: 3, 11: 4 + 1, 100: 4, 102: 4, 103: 3},
}


@pytest.mark.parametrize("code", PLURALS)
def test_a_number_takes_the_form_of_its_language(code: str, small: Path) -> None:
    hours = 'msgid "%(number)s hour"\nmsgid_plural "%(number)s hours"\n'
    forms = messages.Messages(code).num_plurals
    put(small, code, hours + "".join(f'msgstr[{n}] "%(number)s f{n}"\n' for n in range(forms)))
    words = edition(small, code).translator.marking_untranslated()
    said = {n: words.ngettext("%(number)s hour", "%(number)s hours", n) for n in PLURALS[code]}
    assert said == {n: f"%(number)s f{form}" for n, form in PLURALS[code].items()}


def test_numbers_lists_and_countries_are_as_each_language_writes_them() -> None:
    written = {code: Translator(code).number(Decimal("1234.5")) for code in ("en", "da", "sl", "pt")}
    assert written == {"en": "1,234.5", "da": "1.234,5", "sl": "1.234,5", "pt": "1.234,5"}
    assert Translator("sl").country("PT") == "Portugalska" and Translator("da").language_name("nl") == "nederlandsk"
    assert Translator("ar").country("PT") == "البرتغال" and Translator("ar").right_to_left
    assert Translator("ar").format_list(["أ", "ب"]) == "أ، وب" or "أ" in Translator("ar").format_list(["أ", "ب"])


def test_a_country_that_a_language_has_no_name_for_is_english_and_marked(monkeypatch) -> None:
    words = Translator("da").marking_untranslated()
    monkeypatch.delitem(words.locale.territories, "PT")
    assert words.untranslated_in(words.country("PT")) == [(None, "Portugal")]


def test_what_a_translator_writes_is_text() -> None:
    class Sly(NullTranslations):
        def gettext(self, message: str) -> str:
            return '"><script>alert(1)</script>'

    data = {"base": "", "facts": SimpleNamespace(sources=()), "translator": Translator("da"), "references": ()}
    html = Renderer(Translator("da", Sly()))("source_note", **data)
    assert "<script" not in html and "&#34;&gt;&lt;script&gt;" in html


# In one language


def spoken(root: Path, code: str = "da", page: str = "index.md") -> Pieces:
    return pieces_of(root, code)(page)


def piece(html: str) -> lxml.html.HtmlElement:
    assert UNTRANSLATED not in html
    return lxml.html.fragment_fromstring(html)


def leave(*contexts: str) -> Callable[[messages.Message], bool]:
    return lambda message: message.context in contexts


GROUP = "cases/atlantis/pathways/tides/arrangement/groups/group/name"
HALF = {  # what is not translated → the pieces that show it
    GROUP: {"setup_diagram", "case_card", "case_comparison", "facts_table"},
    "cases/atlantis/pathways/tides/arrangement/groups/staff/people/1/title": {
        "setup_diagram", "case_card", "case_comparison", "facts_table",
    },
    "stages/initiating/Q1/Q1.2a/hint": {"checklist", "stage_checklist", "worksheet"},
    "voices/voice-1/text": {"voice"},
    "cases/atlantis/lessons/1/text": {"facts_table"},
}


@pytest.mark.parametrize("left", HALF)
def test_a_piece_that_is_translated_by_half_is_english_with_a_note(left: str, small: Path) -> None:
    translate(small, "da", leave(left))
    pieces, english = spoken(small), spoken(small, "en")
    for name, arguments in calls(pieces.facts, "tides", "first-steps", "voice-1"):
        made = piece(getattr(pieces, name)(*arguments))
        if name not in HALF[left]:
            assert made.get("class") != "in-english", name
            continue
        note, body = made
        assert (made.get("class"), note.get("lang"), note.get("dir")) == ("in-english", "da", "ltr"), name
        assert note.text.startswith("⟦"), "the note is in the language of the edition"
        assert (body.get("lang"), body.get("dir")) == ("en", "ltr")
        whole = lxml.html.fragment_fromstring(getattr(english, name)(*arguments))
        assert lxml.html.tostring(body[0]) == lxml.html.tostring(whole), "it is the English piece"


def calls(facts: Facts, *only: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every piece, with each of its arguments, or with those that are named."""
    pathways = [pathway.id for case in facts.cases for pathway in case.pathways]
    ids = {
        "setup_diagram": [*(setup.id for setup in facts.setups), *pathways],
        "pathway_timeline": pathways,
        "children_chart": [None, *(case.id for case in facts.cases)],
        "overlapping_stages": [None, *(stage.id for stage in facts.stages)],
        "checklist": [questions.id for stage in facts.stages for questions in stage.lists],
        "stage_checklist": [stage.id for stage in facts.stages],
        "worksheet": [sheet.id for sheet in facts.worksheets],
        "case_card": [case.id for case in facts.cases],
        "facts_table": [case.id for case in facts.cases],
        "voice": [voice.id for voice in facts.voices],
        "source_note": ["report 2.1.3"],
        "term": [term.id for term in facts.terms],
        "role": ["core", "leader"],
    }
    for name in NAMES:
        here = ids.get(name, [None])
        chosen = [id for id in here if id in only] or here if only else here
        yield from ((name, () if id is None else (id,)) for id in chosen)


def test_a_sentence_of_the_interface_counts_too(small: Path) -> None:
    translate(small, "da", lambda message: message.id == "number not given")
    pieces = spoken(small)
    assert piece(pieces.setup_diagram("one-group")).get("class") == "in-english"
    assert piece(pieces.pathway_timeline("tides")).get("class") == "figure"


def test_a_whole_piece_is_translated_and_not_marked(small: Path) -> None:
    translate(small, "da")
    pieces = spoken(small)
    for name, arguments in calls(pieces.facts):
        made = piece(getattr(pieces, name)(*arguments))
        assert made.get("class") != "in-english" and not made.xpath("//*[@lang='en']"), name
    assert "⟦" in piece(pieces.voice("voice-1")).text_content()


def test_names_that_are_never_translated_do_not_count(small: Path) -> None:
    translate(small, "da")
    made = piece(spoken(small).facts_table("atlantis"))
    assert made.get("class") == "facts-table" and "University of Atlantis" in made.text_content()


def test_an_edition_without_messages_is_english_throughout_and_says_so(small: Path) -> None:
    pieces = spoken(small, page="how/stages/index.md")
    for name, arguments in calls(pieces.facts):
        made = piece(getattr(pieces, name)(*arguments))
        assert name in {"term", "ours", "edition_status", "data_example"} or made.get("class") == "in-english", name
    note = piece(pieces.voice("voice-1"))[0]
    assert (note.get("lang"), note.get("dir")) == ("en", "ltr"), "the note itself has no translation"
    assert "../../pictures/" in pieces.setup_diagram("tides"), "links lead to the root of the edition"


def test_an_english_picture_is_not_turned_where_one_writes_from_right_to_left(small: Path) -> None:
    translate(small, "ar", leave(GROUP))
    pieces, english = spoken(small, "ar"), spoken(small, "en")
    made = piece(pieces.setup_diagram("tides"))
    assert (made[0].get("lang"), made[0].get("dir")) == ("ar", "rtl")
    own = lxml.html.fragment_fromstring(english.setup_diagram("tides"))
    assert lxml.html.tostring(made[1][0]) == lxml.html.tostring(own)


def test_a_term_in_a_sentence_is_never_half_english(small: Path) -> None:
    translate(small, "da", leave("glossary/educare/definition"))
    link = piece(spoken(small).term("educare", "omsorg"))
    assert (link.text, link.get("title"), link.get("lang")) == ("omsorg", None, None)
    translate(small, "da", leave("glossary/educare/term", "glossary/educare/definition"))
    fill(small, "da", "glossary/educare/term", "")
    link = piece(spoken(small).term("educare"))
    assert (link.text, link.get("title"), link.get("lang"), link.get("dir")) == ("educare", None, "en", "ltr")


def test_a_printed_sheet_is_in_one_language(small: Path) -> None:
    translate(small, "da", leave("stages/initiating/Q1/Q1.2a/hint"))
    sheets = {job.file: job.sheets for job in jobs_of(spoken(small))}
    english = {job.file: job.sheets for job in jobs_of(spoken(small, "en"))}
    for file in ("first-steps.pdf", "first-steps-fillable.pdf", "all-initiating.pdf"):
        [sheet], [own] = sheets[file], english[file]
        note = lxml.html.fromstring(sheet.html).xpath("//p[@class='fact-note']")[0]
        assert note.get("lang") == "da" and note.text.startswith("⟦")
        without = sheet.html.replace(lxml.html.tostring(note, encoding="unicode", with_tail=False), "")
        assert " ".join(without.split()) == " ".join(own.html.split())
        assert (sheet.language, sheet.styles) == ("en", own.styles)
    [whole] = sheets["on-the-way.pdf"]
    assert whole.language == "da" and not lxml.html.fromstring(whole.html).xpath("//p[@class='fact-note']")
    assert not any(UNTRANSLATED in sheet.html + sheet.styles for job in sheets.values() for sheet in job)


# Nothing goes round the catalogue


class Heard(NullTranslations):
    """Remembers what it is asked for, and says it so that one sees that it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[tuple[str | None, str]] = set()

    def _say(self, context: str | None, message: str, said: str = "") -> str:
        self.asked.add((context, message))
        return "⟦" + re.sub(r"(%\(\w+\)s)|[^\W\d_]", lambda m: m[1] or "ø", said or message) + "⟧"

    def gettext(self, message: str) -> str:
        return self._say(None, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._say(None, msgid1, msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self._say(context, message)


def untranslated(facts: Model | tuple | object) -> Iterator[str]:
    """Names, references and ids: every text of the facts that stays as it is."""
    said = Translator("da", Heard()).translate(facts) if isinstance(facts, Facts) else facts
    inner = [part for _, part in said] if isinstance(said, Model) else said if isinstance(said, tuple) else ()
    if isinstance(said, str) and "⟦" not in said:
        yield said
    for part in inner:
        yield from untranslated(part)


def english(text: str) -> set[str]:
    """The parts of a text that nobody was asked for."""
    while (rest := re.sub("⟦[^⟦⟧]*⟧", "|", text)) != text:
        text = rest
    return {part.strip(" ).") for part in re.split(r"[|(,:·]", text) if WORD.search(part)}


def test_everything_that_a_reader_reads_is_in_the_catalogue(published: Content) -> None:
    heard = Heard()
    words = Translator("sl", heard)
    pieces = Pieces(words.translate(published.facts), words, Renderer(words))
    names = {*words.locale.territories.values(), *words.locale.languages.values(), "VALUE Roadmap"}
    stays = {part for text in (*untranslated(published.facts), *names) for part in english(text)}
    for name, arguments in calls(published.facts):
        for line in lines(lxml.html.fragment_fromstring(getattr(pieces, name)(*arguments))):
            assert english(line) <= stays, (name, line)
    sentences = {(m.context, key(m)[1][0] if m.pluralizable else m.id) for m in catalogue.template(Project(ROOT)) if m.id}
    assert heard.asked - sentences == set()


def lines(tree: lxml.html.HtmlElement) -> Iterator[str]:
    """Every text that somebody sees or hears, but no code. Letters of a picture in several lines are one text."""
    for element in tree.iter():
        if element.tag.rpartition("}")[2] == "text":
            yield "".join(element.itertext())
        elif element.tag.rpartition("}")[2] != "tspan":
            told = (element.text if element.tag != "code" else "", element.tail)
            yield from (line for line in told if line and line.strip())
        yield from (element.get(name) for name in ("title", "aria-label", "alt", "placeholder") if element.get(name))
