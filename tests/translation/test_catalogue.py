"""The catalogue: what is in it, what a refresh keeps, what is never shown, and what is named as wrong."""

from __future__ import annotations

import difflib
import re
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from macros.facts.problem import Problems
from macros.language import messages
from macros.language.messages import forms
from macros.language.translator import Translator
from roadmap.check.messages import check_messages, long_messages, outdated_messages
from roadmap.project.project import Project
from roadmap.translation import catalogue, extract, merge
from tests.conftest import ROOT, SAMPLE, edition
from tests.facts.test_load import change

CASE, VOICES, STAGES = "content/cases/atlantis.yml", "content/voices.yml", "content/stages.yml"
KICK_OFF = 'msgid "Kick-off"\n'
HOURS = 'msgid "%(number)s hour"\nmsgid_plural "%(number)s hours"\n'
FILLED = re.compile(r"%\(\w+\)s|%s|\{\w+\}")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small project without editions but the English one."""
    root = Path(shutil.copytree(SAMPLE, tmp_path / "project"))
    shutil.copytree(ROOT / "overrides" / "partials", root / "overrides" / "partials")
    for code in ("da", "sl", "ar"):
        (root / "docs" / code).mkdir()
    return root


def made_up(text: str) -> str:
    """A translation that shows: the placeholders in brackets of their own, no English."""
    return f"⟦{' '.join(['ža', *FILLED.findall(text)])}⟧"


def translate(root: Path, code: str, leave: Callable[[messages.Message], bool] = lambda _: False) -> None:
    """A catalogue with a made-up translation of everything, but for what is to be left."""
    catalogue.refresh(edition(root, code))
    found = edition(root, code).messages
    for message in (m for m in found if not leave(m)):
        said = made_up(forms(message.id)[-1])
        message.string = (said,) * found.num_plurals if message.pluralizable else said
    edition(root, code).folder.joinpath(messages.FILE).write_text(merge.written(found, code), encoding="utf-8")


def put(root: Path, code: str, body: str, header: str = "") -> Path:
    """A messages.po that holds this."""
    plural = messages.Messages(code).plural_forms
    header = header or f'msgid ""\nmsgstr ""\n"Language: {code}\\n"\n"Plural-Forms: {plural}\\n"\n'
    path = edition(root, code).folder.joinpath(messages.FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{header}\n{body}", encoding="utf-8")
    return path


def message(root: Path, code: str, context: str | None, start: str = "") -> messages.Message:
    """The one message of this context and beginning."""
    found = [m for m in edition(root, code).messages if m.context == context and forms(m.id)[0].startswith(start)]
    assert len(found) == 1, found
    return found[0]


def fill(root: Path, code: str, context: str | None, said: str, start: str = "") -> None:
    """Translates one message of a catalogue."""
    found = edition(root, code).messages
    for each in found:
        if each.context == context and forms(each.id)[0].startswith(start):
            each.string = (said,) * found.num_plurals if each.pluralizable else said
    edition(root, code).folder.joinpath(messages.FILE).write_text(merge.written(found, code), encoding="utf-8")


# What is in it


def test_facts_code_templates_and_layout_are_in_it(small: Path) -> None:
    found = catalogue.template(Project(small))
    assert found.get("Who decides?", context="stages/initiating/Q1/Q1.1/text")
    assert found.get("Kick-off").locations == [
        ("macros/layout/timeline.py", 0), ("macros/templates/facts_table.html.j2", 0),
        ("macros/templates/pathway_timeline.html.j2", 0),
    ]
    assert found.get("%(number)s hour").id == ("%(number)s hour", "%(number)s hours")
    assert found.get("every week").id == ("every week", "every %(number)s weeks")
    assert found.get("Core practitioner").auto_comments[::2] == ["Below pictures and in tables.", "At most 64 characters."]
    assert found.get("Skip to the text", context="interface/skip").locations == [(extract.THEME, 0)]


def test_names_and_what_the_terminal_says_are_not_in_it(small: Path) -> None:
    texts = {text for m in catalogue.template(Project(small)) for text in forms(m.id)}
    assert texts.isdisjoint({"Experiences of one centre in Atlantis", "University of Atlantis", "Endline report"})
    assert not any(text.startswith(("Checking facts", "Built.", "\n")) for text in texts)


def test_every_place_of_a_sentence_is_named_and_every_name_is_used() -> None:
    files = {sentence.file for sentence in extract.of_code()}
    said = {extract.where_code(file) for file in files}
    assert said == set(extract.CODE_SHOWN.values())
    assert {extract.where_theme(key) for key in extract.theme(Project(ROOT))} == {words for _, words in extract.THEME_SHOWN}
    assert {place for place in extract.CODE_SHOWN if not place.endswith("/")} <= files
    assert {extract.where_fact(fact.context) for fact in extract.of_facts(Project(ROOT))} == {words for _, words in extract.FACTS_SHOWN}
    for unknown in (lambda: extract.where_code("roadmap/nowhere.py"), lambda: extract.where_fact("nowhere/x"), lambda: extract.where_theme("nowhere")):
        with pytest.raises(LookupError):
            unknown()


def test_a_translator_reads_where_it_appears_how_long_it_may_be_and_what_to_keep(small: Path) -> None:
    found = catalogue.template(Project(small))
    question = found.get("Who decides?", context="stages/initiating/Q1/Q1.1/text")
    assert question.auto_comments[::2] == ["A question of a checklist, on screen and on paper.", "At most 54 characters."]
    label = found.get("Learning group", context="setups/one-group/arrangement/groups/group/name")
    assert label.auto_comments[::2] == ["In the picture of a set-up, and in the table below it.", "At most 58 characters."]
    assert "%(number)s: filled in later, to be kept as it stands." in found.get("every week").auto_comments
    assert "translated as the name of the own edition" in found.get("English edition").auto_comments


def test_the_length_beside_a_text_is_the_one_that_is_judged(small: Path) -> None:
    """One character more is named, and is not shown; none of it stops a build."""
    catalogue.refresh(edition(small, "da"))
    found = edition(small, "da").messages
    beside = [(m, int(re.fullmatch(r"At most (\d+) characters\.", m.auto_comments[-1])[1])) for m in found]
    for more in (0, 1):
        for each, most in beside:
            said = "æ" * (most + more)
            each.string = (said,) * found.num_plurals if each.pluralizable else said
        text = merge.written(found, "da")
        edition(small, "da").folder.joinpath(messages.FILE).write_text(text, encoding="utf-8")
        named = [(p.found.split()[0], p.expected.split(";")[0]) for p in long_messages(edition(small, "da"))]
        assert sorted(named) == sorted((str(m + 1), f"at most {m}") for _, m in beside if more)
        assert not any("characters" in problem.found for problem in check_messages(edition(small, "da")))
    assert edition(small, "da").translator.gettext("Kick-off") == "Kick-off"


def test_every_sentence_has_one_plural() -> None:
    plurals: dict[str, set[str]] = {}
    for sentence in extract.of_code():
        if sentence.plural:
            plurals.setdefault(sentence.text, set()).add(sentence.plural)
    assert plurals and [text for text, many in plurals.items() if len(many) > 1] == []


def test_the_layout_takes_its_words_from_the_configuration(small: Path) -> None:
    environment = Environment()
    template = environment.from_string((small / extract.THEME).read_text(encoding="utf-8"))
    assert template.make_module({"config": {"extra": {}}}).words["skip"] == "Skip to the text"
    assert template.make_module({"config": {"extra": {"words": {"skip": "Hop"}}}}).words["skip"] == "Hop"


def test_words_of_the_layout_are_text_and_english_where_there_is_no_other(small: Path) -> None:
    catalogue.refresh(edition(small, "da"))
    fill(small, "da", "interface/skip", 'Til "teksten"')
    words = catalogue.theme_words(edition(small, "da"))
    assert words["skip"] == "Til &#34;teksten&#34;"
    assert words["about"] == "About this site" and words.keys() == extract.theme(Project(small)).keys()


# What a refresh keeps


def test_a_refresh_makes_a_catalogue_and_leaves_it_alone_when_nothing_changed(small: Path) -> None:
    path = catalogue.refresh(edition(small, "sl"))
    text = path.read_text(encoding="utf-8")
    assert '"Language: sl\\n"' in text and "nplurals=4;" in text and "POT-Creation-Date" not in text
    assert 'msgid_plural "every %(number)s weeks"\nmsgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""\nmsgstr[3] ""\n' in text
    assert catalogue.refresh(edition(small, "sl")).read_text(encoding="utf-8") == text
    assert check_messages(edition(small, "sl")) == [] and outdated_messages(edition(small, "sl")) == []


def test_other_programs_read_what_is_written(small: Path) -> None:
    translate(small, "sl")
    text = edition(small, "sl").folder.joinpath(messages.FILE).read_text(encoding="utf-8")
    theirs = read_po(StringIO(text), abort_invalid=True)
    assert theirs.num_plurals == 4 and not theirs.fuzzy
    assert {(m.context, m.id, m.string) for m in theirs if m.id} == {
        (m.context, m.id, m.string) for m in edition(small, "sl").messages
    }


def test_a_reworded_text_keeps_its_translation_as_fuzzy(small: Path) -> None:
    catalogue.refresh(edition(small, "da"))
    long = "Who has a say here, who has been asked so far, and who would like to be asked before it is settled?"
    fill(small, "da", "stages/initiating/Q1/Q1.1/text", "Hvem bestemmer?")
    change("Who decides?", long, STAGES)(small)
    catalogue.refresh(edition(small, "da"))
    now = message(small, "da", "stages/initiating/Q1/Q1.1/text")
    assert (now.id, now.string, now.fuzzy, now.previous_id) == (long, "Hvem bestemmer?", True, ["Who decides?"])
    assert edition(small, "da").translator.translations.pgettext(now.context, long) == long

    change(long, "What is completely new?", STAGES)(small)
    catalogue.refresh(edition(small, "da"))
    now = message(small, "da", "stages/initiating/Q1/Q1.1/text")
    assert (now.string, now.fuzzy, now.previous_id) == ("Hvem bestemmer?", True, ["Who decides?"])


def test_a_long_text_from_before_is_written_so_that_it_can_be_read(small: Path) -> None:
    long = "Somebody said a great deal about what it is like to be listened to, " * 4 + "and then said “no”."
    change("Somebody felt heard.", long, VOICES)(small)
    catalogue.refresh(edition(small, "da"))
    fill(small, "da", "voices/voice-1/text", "Nogen sagde noget.")
    change(long, "Nothing.", VOICES)(small)
    path = catalogue.refresh(edition(small, "da"))
    assert message(small, "da", "voices/voice-1/text").previous_id == [long]
    path.write_text(path.read_text().replace("#| msgid \"Somebody said", '#| msgid ""\n#| "Somebody "\n#| "said'))
    assert message(small, "da", "voices/voice-1/text").previous_id == [long], "as other programs write it"
    assert message(small, "da", "voices/voice-1/text").user_comments == []


def test_texts_that_only_moved_keep_their_translations(small: Path) -> None:
    lesson = "  - {text: Time to reflect helps., source: [report 1.1]}\n"
    change(lesson, lesson + "  - {text: Cake helps., source: [report 1.1]}\n", CASE)(small)
    catalogue.refresh(edition(small, "da"))
    fill(small, "da", "cases/atlantis/lessons/1/text", "Tid hjælper.")
    fill(small, "da", "cases/atlantis/lessons/2/text", "Kage hjælper.")
    change(lesson, "  - {text: Begin anew., source: [report 1.1]}\n" + lesson, CASE)(small)
    catalogue.refresh(edition(small, "da"))
    found = [message(small, "da", f"cases/atlantis/lessons/{n}/text") for n in (1, 2, 3)]
    assert [(m.string, m.fuzzy) for m in found] == [("", False), ("Tid hjælper.", False), ("Kage hjælper.", False)]


def test_a_text_that_moved_somewhere_else_is_to_be_looked_at(small: Path) -> None:
    catalogue.refresh(edition(small, "da"))
    fill(small, "da", "glossary/educare/definition", "Omsorg og læring.")
    change("id: educare", "id: care", "content/glossary.yml")(small)
    catalogue.refresh(edition(small, "da"))
    now = message(small, "da", "glossary/care/definition")
    assert (now.string, now.fuzzy, now.previous_id) == ("Omsorg og læring.", True, [])


def test_what_english_drops_is_kept_aside_and_comes_back(small: Path) -> None:
    catalogue.refresh(edition(small, "da"))
    fill(small, "da", "voices/voice-7/text", "Nogen talte.")
    voice = "  - id: voice-7\n    text: Somebody spoke of leaders.\n    page: 24\n"
    change(voice, "", VOICES)(small)
    path = catalogue.refresh(edition(small, "da"))
    assert '#~ msgctxt "voices/voice-7/text"' in path.read_text(encoding="utf-8")
    change("    page: 13\n", "    page: 13\n" + voice, VOICES)(small)
    path = catalogue.refresh(edition(small, "da"))
    assert message(small, "da", "voices/voice-7/text").string == "Nogen talte." and "#~" not in path.read_text()


def test_a_sentence_of_the_interface_is_found_by_its_likeness(small: Path) -> None:
    put(small, "da", 'msgid "Number not given here"\nmsgstr "antal ukendt"\n\nmsgid "Quite other"\nmsgstr "andet"\n')
    catalogue.refresh(edition(small, "da"))
    now = message(small, "da", None, "number not given")
    assert (now.string, now.fuzzy, now.previous_id) == ("antal ukendt", True, ["Number not given here"])


def test_however_many_sentences_wait_few_are_compared_letter_by_letter(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What took 8 seconds where a catalogue had lost its contexts."""
    compared = []
    closest = difflib.get_close_matches
    monkeypatch.setattr(difflib, "get_close_matches", lambda own, others, **how: compared.append(len(others)) or closest(own, others, **how))
    waiting = "".join(f'msgid "Number {number} of a centre, not given by its country"\nmsgstr "{number}"\n\n' for number in range(90))
    put(small, "da", waiting + 'msgid "Number not given here"\nmsgstr "antal ukendt"\n')
    catalogue.refresh(edition(small, "da"))
    assert message(small, "da", None, "number not given").string == "antal ukendt"
    assert 0 < max(compared) < 10


def test_a_sentence_that_gets_a_plural_keeps_its_translation_as_fuzzy(small: Path) -> None:
    put(small, "sl", 'msgid "every week"\nmsgstr "vsak teden"\n')
    catalogue.refresh(edition(small, "sl"))
    now = message(small, "sl", None, "every week")
    assert (now.string, now.fuzzy) == (("vsak teden", "", "", ""), True)


def test_who_translated_and_what_they_noted_stays(small: Path) -> None:
    header = '# By hand.\nmsgid ""\nmsgstr ""\n"Last-Translator: Ana\\n"\n"Language: xx\\n"\n"X-Generator: Poedit\\n"\n'
    gone = '#~ msgid "Gone"\n#~ msgstr "væk"\n'
    put(small, "da", f'# ask Bo\n#, fuzzy\n{KICK_OFF}msgstr "Start"\n\n#~| msgid "Away"\n{gone}', header)
    text = catalogue.refresh(edition(small, "da")).read_text(encoding="utf-8")
    assert text.startswith("# By hand.\n")
    assert '"Last-Translator: Ana\\n"' in text and '"X-Generator: Poedit\\n"' in text
    assert text.count('"Language: ') == 1 and '"Language: da\\n"' in text and "# ask Bo\n" in text
    assert message(small, "da", None, "Kick-off").fuzzy and gone in text


def test_a_percent_sign_in_the_facts_is_no_placeholder(small: Path) -> None:
    change("Somebody felt heard.", "About 3% of them felt heard.", VOICES)(small)
    path = catalogue.refresh(edition(small, "da"))
    before = path.read_text(encoding="utf-8").split('msgctxt "voices/voice-1/text"')[0].rpartition("\n\n")[2]
    assert "python-format" not in before
    fill(small, "da", "voices/voice-1/text", "Omkring 3 % følte sig hørt.")
    assert check_messages(edition(small, "da")) == []


def test_a_catalogue_that_cannot_be_read_is_left_as_it_is(small: Path) -> None:
    path = put(small, "da", KICK_OFF + 'msgstr "Start\n')
    before = path.read_bytes()
    with pytest.raises(Problems):
        catalogue.refresh(edition(small, "da"))
    assert path.read_bytes() == before


# What is never shown

UNFIT = {
    "fuzzy": '#, fuzzy\nmsgid "Kick-off"\nmsgstr "Start"\n',
    "obsolete": '#~ msgid "Kick-off"\n#~ msgstr "Start"\n',
    "empty": KICK_OFF + 'msgstr ""\n',
    "markup": KICK_OFF + 'msgstr "<b>Start</b>"\n',
    "a single percent sign": KICK_OFF + 'msgstr "Start 100 %"\n',
    "a placeholder of one's own": KICK_OFF + 'msgstr "%(number)s start"\n',
    "a lost placeholder": HOURS + 'msgstr[0] "time"\nmsgstr[1] "%(number)s timer"\n',
    "one form of two": HOURS + 'msgstr[0] "%(number)s time"\nmsgstr[1] ""\n',
}


@pytest.mark.parametrize("name", UNFIT)
def test_what_is_unfit_stays_english(name: str, small: Path) -> None:
    put(small, "da", UNFIT[name])
    words = edition(small, "da").translator
    assert words.gettext("Kick-off") == "Kick-off"
    assert words.ngettext("%(number)s hour", "%(number)s hours", 1) == "%(number)s hour"


def test_the_language_decides_the_plural_forms_whatever_the_header_says(small: Path) -> None:
    lines = '"Content-Type: text/plain; charset=utf-7\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n'
    body = HOURS + 'msgstr[0] "%(number)s time"\nmsgstr[1] "%(number)s timer ø"\n'
    put(small, "da", body, f'msgid ""\nmsgstr ""\n{lines}')
    words = edition(small, "da").translator
    assert words.ngettext("%(number)s hour", "%(number)s hours", 4) == "%(number)s timer ø"


def test_an_edition_without_messages_says_everything_in_english(small: Path) -> None:
    assert edition(small, "da").translator.gettext("Kick-off") == "Kick-off"
    assert check_messages(edition(small, "da")) == []


# What is named as wrong

WRONG = {
    "an open string": ('msgid "Kick-off"\nmsgstr "Start\n', 7, '`msgstr "Start`; a line such as'),
    "a quotation mark within": ('msgid "Kick-off"\nmsgstr "S"tart"\n', 7, "no straight quotation mark within it"),
    "a NUL": ('msgid "Kick\0off\0"\nmsgid_plural "x"\nmsgstr[0] "Start"\n', 6, "`msgid"),
    "two plurals": (HOURS + 'msgstr[0] "%(number)s"\nmsgid_plural "x"\nmsgstr[1] "%(number)s"\n', 6, "several lines `msgid_plural`; one"),
    "an unknown keyword": ('msgid "Kick-off"\nmessage "Start"\n', 7, '`message "Start"`'),
    "no translation": ('msgid "Kick-off"\n\nmsgid "Wrap-up"\nmsgstr ""\n', 6, "missing msgstr"),
    "too many forms": (HOURS + "".join(f'msgstr[{n}] "%(number)s"\n' for n in range(3)), 6, "more translations"),
    "two translations": (KICK_OFF + 'msgstr "Start"\nmsgstr "Begin"\n', 8, "a line that is no PO"),
    "twice": (KICK_OFF + 'msgstr "Start"\n' + KICK_OFF + 'msgstr "Begin"\n', 8, "`Kick-off` a second time"),
    "a lost placeholder": (HOURS + 'msgstr[0] "time"\nmsgstr[1] "%(number)s timer"\n', 6, "“time” without `%("),
    "an unknown placeholder": (HOURS + 'msgstr[0] "%(numer)s"\nmsgstr[1] "%(number)s"\n', 6, "`%(numer)s`, which"),
    "a broken placeholder": (HOURS + 'msgstr[0] "%(number) t"\nmsgstr[1] "%(number)s"\n', 6, "a single `%`"),
    "markup": (KICK_OFF + 'msgstr "<b>Start"\n', 6, "`<` in “<b>Start”; plain text"),
    "a link": (KICK_OFF + 'msgstr "[Start](x)"\n', 6, "`](` in"),
    "a space at the end": (KICK_OFF + 'msgstr "Start "\n', 6, "a space at the beginning or end of “Start”"),
    "a line break": (KICK_OFF + 'msgstr "St\\nart"\n', 6, "an unseen character (U+000A)"),
    "a mark of ours": (KICK_OFF + 'msgstr "\ufdd0Start"\n', 6, "an unseen character (U+FDD0)"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named_with_its_line(name: str, small: Path) -> None:
    body, line, words = WRONG[name]
    put(small, "da", body)
    found = [str(problem) for problem in check_messages(edition(small, "da"))]
    assert any(p.startswith(f"docs/da/messages.po:{line}: ") and words in p for p in found), found


DANISH, RULE = '"Language: da\\n"\n', '"Plural-Forms: nplurals={}; plural={};\\n"\n'
HEADERS = {
    "another language": ('"Language: nl\\n"\n' + RULE.format(2, "n != 1"), "3: `Language: nl`; `Language: da`"),
    "forms of another": (DANISH + RULE.format(3, "n > 2 ? 2 : n != 1"), "; `Plural-Forms: nplurals=2;"),
    "a formula that divides by nothing": (DANISH + RULE.format(2, "n/0"), "4: `Plural-Forms: nplurals=2; plural=n/0;`"),
    "code": (DANISH + RULE.format(2, "__import__(0)"), "4: `Plural-Forms: nplurals=2; plural=__import__(0);`"),
    "none": (DANISH, "1: no `Plural-Forms` in the header"),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_wrong_header_is_named(name: str, small: Path) -> None:
    lines, words = HEADERS[name]
    put(small, "da", "", f'msgid ""\nmsgstr ""\n{lines}')
    assert [words in str(p) for p in check_messages(edition(small, "da"))] == [True], check_messages(edition(small, "da"))


def test_the_same_plural_rule_in_other_words_is_right(small: Path) -> None:
    put(small, "da", "", 'msgid ""\nmsgstr ""\n' + DANISH + RULE.format(2, "n==1 ? 0 : 1"))
    assert check_messages(edition(small, "da")) == []


def test_the_form_for_one_may_do_without_the_number_where_english_does(small: Path) -> None:
    one = 'msgid "every week"\nmsgid_plural "every %(number)s weeks"\n'
    put(small, "ar", one + "".join(f'msgstr[{n}] "{"واحد" if n == 1 else "%(number)s"}"\n' for n in range(6)))
    assert check_messages(edition(small, "ar")) == []
    put(small, "ar", one + "".join(f'msgstr[{n}] "{"واحد" if n == 2 else "%(number)s"}"\n' for n in range(6)))
    assert [p.found for p in check_messages(edition(small, "ar"))] == ["“واحد” without `%(number)s`"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=st.lists(st.sampled_from([
    'msgid "a"', 'msgid ""', 'msgstr "b"', 'msgstr[1] "c"', 'msgstr[9] "c"', 'msgid_plural "d"', 'msgctxt "e"', '"f"',
    "", "#, fuzzy", "#| g", '#~ msgid "h"', '#~ msgstr "i"', '#~| msgid "j"', "#: \u2068k", "# l", "#~", "x",
])).map("\n".join) | st.text(max_size=60))
def test_no_file_breaks_the_reader(text: str, tmp_path: Path) -> None:
    path = tmp_path / "docs" / "da" / "messages.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="", errors="replace")
    try:
        Translator("da", edition(tmp_path, "da").translations)
    except Problems as problems:
        assert all(p.line >= 1 for p in problems.problems)


def test_what_english_has_left_behind_is_named_apart(small: Path) -> None:
    catalogue.refresh(edition(small, "da"))
    text = edition(small, "da").folder.joinpath(messages.FILE).read_text(encoding="utf-8")
    change("Who decides?", "Who has a say?", STAGES)(small)
    change("id: voice-7", "id: voice-8", VOICES)(small)
    question, voice = "stages/initiating/Q1/Q1.1/text", "voices/voice-7/text"
    asked, said = (text[: text.index(f'msgctxt "{each}"')].count("\n") + 2 for each in (question, voice))
    instead = "what `roadmap refresh da` writes"
    assert [str(p) for p in outdated_messages(edition(small, "da"))] == [
        f"docs/da/messages.po:1: messages that are not there: 2; {instead}",
        f"docs/da/messages.po:{asked}: `{question}`, whose English text is another one now; {instead}; `roadmap same-meaning` where it means the same",
        f"docs/da/messages.po:{said}: `{voice}`, which is not in English; {instead}",
    ]
    catalogue.refresh(edition(small, "da"))
    assert outdated_messages(edition(small, "da")) == []


# How far it is


def test_what_is_missing_is_counted_by_room(small: Path) -> None:
    catalogue.refresh(edition(small, "da"))
    empty = catalogue.tallies(edition(small, "da"))
    assert empty["voices"] == catalogue.Tally(messages=3, words=8)
    fill(small, "da", "voices/voice-1/text", "Nogen følte sig hørt.")
    fill(small, "da", "voices/voice-7/text", "<b>")
    assert catalogue.tallies(edition(small, "da"))["voices"] == catalogue.Tally(messages=3, shown=1, words=8, words_shown=3)
    change("Somebody felt heard.", "Somebody was heard.", VOICES)(small)
    assert catalogue.tallies(edition(small, "da"))["voices"].shown == 0
    catalogue.refresh(edition(small, "da"))
    voices = catalogue.tallies(edition(small, "da"))["voices"]
    assert (voices.fuzzy, voices.empty) == (1, 2)


def test_nothing_is_missing_where_everything_is_translated(small: Path) -> None:
    translate(small, "ar")
    assert check_messages(edition(small, "ar")) == [] and outdated_messages(edition(small, "ar")) == []
    tallies = catalogue.tallies(edition(small, "ar"))
    assert all(t.shown == t.messages and t.words_shown == t.words for t in tallies.values())
    whole, core = sum(tallies.values(), catalogue.Tally()), catalogue.core(tallies)
    assert whole.messages > core.messages > 250
