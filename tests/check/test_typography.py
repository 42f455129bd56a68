"""How languages set quotation marks, spaces, dots and ranges: what is wrong is named, what is right is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.check.language.typography import QUOTES, faults

RIGHT = [
    ("da", "Hun sagde “hej”, »goddag«, ”farvel” og ‘tak’. Det er børnenes’ 2–3 timer … og så videre."),
    ("da", "Børn på 0–6 år, 0–6-årige, 2018-01-20, +45 12-34-56, en A-B-test, 3 - to og 1 .. 2."),
    ("da", "I (»parentes«) – »citat« – og »citat«!"),
    ("nl", "’s Avonds zei ze ‘dag’, “hallo” en „tot morgen”. Foto’s."),
    ("pt", "Disse «olá» e “adeus”."),
    ("pt-PT", "Disse «olá» e “adeus”."),
    ("pt-BR", "Disse “olá”."),
    ("sl", "Rekla je »dober dan«, „nasvidenje“ in ‚hvala‘."),
    ("fr", "Elle a dit\u00a0: «\u00a0bonjour\u00a0»\u202f; et puis\u202f? Rien\u202f!? Il est 10:30…"),
    ("fr", "«\u202fUn mot\u202f»."),
    ("fr-CA", "Vraiment? Oui\u00a0: «\u00a0un mot\u00a0»."),
    ("de", "Sie sagte „guten Tag“, ‚danke‘ und »bitte«."),
    ("ar", "قالت ”مرحبا“ و«شكرا»."),
    ("tlh", "“Any” marks «of» any „language“ pass where none are known."),
    ("en", "The children’s “own” words, ‘as they are’, 2–3 hours."),
]
WRONG = [
    ("da", 'Hun sagde "hej".', "a straight `\"` (`Hun sagde \"hej\".`)", "“…”"),
    ("sl", 'Rekla je "da".', "a straight `\"` (`Rekla je \"da\".`)", "„…“"),
    ("fr", 'Un "mot".', "a straight `\"` (`Un \"mot\".`)", "«…»"),
    ("tlh", 'nuqneH "Qo’".', "a straight `\"` (`nuqneH \"Qo’\".`)", "the quotation marks of this language"),
    ("da", "Lederens' tid", "a straight `'` (`Lederens' tid`)", "’"),
    ("sl", "Rekla je “da”.", "`“` before words (`Rekla je “da”.`)", "„…“, ‚…‘, »…«, ›…‹, ‘…’"),
    ("sl", "Rekla je »da».", "`»` after words (`Rekla je »da».`)", "„…“, ‚…‘, »…«, ›…‹, ‘…’"),
    ("da", "Et «ord» her", "`«` before words (`Et «ord» her`)", "“…”, ‘…’, »…«, ›…‹, ”…”, „…“"),
    ("nl", "Een »woord« hier", "`»` before words (`Een »woord« hier`)", "‘…’, “…”, „…”"),
    ("pt-BR", "Uma „palavra“ aqui", "`„` before words (`Uma „palavra“ aqui`)", "“…”, ‘…’, «…»"),
    ("da", "To  ord", "two spaces (`To  ord`)", "one space"),
    ("da", "To \u00a0ord", None, "one space"),
    ("da", "Og så ... ja", "three dots (`Og så ... ja`)", "…"),
    ("da", "I 2-3 timer", "`2-3`", "`2–3`, with an en dash"),
    ("da", "Børn på 2,5 - 6 år", "`2,5 - 6`", "`2,5–6`, with an en dash"),
    ("da", "0-6-årige", "`0-6`", "`0–6`, with an en dash"),
    ("fr", "Vraiment?", "no space that keeps sign and word together in `Vraiment?`", None),
    ("fr", "Vraiment ?", "no space that keeps sign and word together in `Vraiment ?`", None),
    ("fr", "Ceci : cela", "no space that keeps sign and word together in `Ceci : cela`", None),
    ("fr", "Un «mot»", "no space that keeps sign and word together in `Un «mot»`", None),
    ("fr", "Un « mot »", "no space that keeps sign and word together in `Un « mot »`", None),
    ("fr-CA", "Ceci: cela", "no space that keeps sign and word together in `Ceci: cela`", None),
]


@pytest.mark.parametrize(("code", "text"), RIGHT)
def test_what_is_right_is_left_alone(code: str, text: str) -> None:
    assert list(faults(text, code)) == []


@pytest.mark.parametrize(("code", "text", "there", "instead"), WRONG)
def test_what_is_wrong_is_named(code: str, text: str, there: str | None, instead: str | None) -> None:
    (fault,) = faults(text, code)
    assert fault[0] == (there or fault[0]) and fault[1] == (instead or fault[1])


def test_each_kind_of_fault_is_named_once() -> None:
    assert [there[:10] for there, _ in faults("\"a\" \"b\" ... ... 1-2 3-4 x  y  z 'c' «d» «e»", "da")] == [
        "a straight", "a straight", "`«` before", "two spaces", "three dots", "`1-2`"]


@pytest.mark.parametrize("code", QUOTES)
def test_the_marks_of_a_language_are_right_in_it(code: str) -> None:
    space = "\u00a0" if code == "fr" else ""
    for pair in QUOTES[code]:
        inside = space if pair == "«»" else ""
        said = f"{pair[0]}{inside}yy{inside}{pair[1]}"
        assert list(faults(f"xx ({said}), {said}.", code)) == []


@given(st.text(alphabet="ab “”„‘’‚«»‹›\"'.-–… \u00a0\u202f12:;!?()"), st.sampled_from([*QUOTES, "xx"]))
def test_any_text_is_judged(text: str, code: str) -> None:
    assert all(there and instead for there, instead in faults(text, code))
