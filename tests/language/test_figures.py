"""Figures in words: units, "about", and that other sources differ; each sentence stands in one place."""

from __future__ import annotations

from decimal import Decimal

import pytest

from macros.facts.model import Alternate, Figure
from macros.language.figures import amount_text, differing_values, figure_text, sources_differ
from macros.language.translator import Translator
from roadmap.translation import extract

ENGLISH = Translator()


def figure(value: str, approximate: bool = False, others: tuple[Alternate, ...] = ()) -> Figure:
    return Figure(value=Decimal(value), approximate=approximate, alternates=others, source=("report",))


def other(value: str | None = None, text: str | None = None) -> Alternate:
    return Alternate(value=value and Decimal(value), text=text, source=("report",))


@pytest.mark.parametrize(("value", "unit", "text"), [
    ("1", "hours", "1 hour"), ("1.5", "hours", "1.5 hours"), ("0.5", "weeks", "0.5 week"),
    ("3", "months", "3 months"), ("1200", "children", "1,200 children"), ("7", "", "7"),
])
def test_an_amount_has_its_unit(value: str, unit: str, text: str) -> None:
    assert amount_text(Decimal(value), ENGLISH, unit) == text


def test_an_approximate_figure_says_so() -> None:
    assert figure_text(figure("20"), ENGLISH, "hours") == "20 hours"
    assert figure_text(figure("20", approximate=True), ENGLISH, "hours") == "about 20 hours"
    assert figure_text(figure("20", approximate=True), ENGLISH) == "about 20"


def test_other_sources_are_named_with_their_values() -> None:
    several = figure("60", others=(other("66"), other(text="some"), other("1200")))
    assert differing_values(several, ENGLISH) == "sources differ: 66, 1,200"
    assert sources_differ(several, ENGLISH) == "sources differ"
    assert differing_values(figure("60", others=(other(text="some"),)), ENGLISH) == ""
    assert differing_values(figure("60"), ENGLISH) == sources_differ(figure("60"), ENGLISH) == ""


@pytest.mark.parametrize("start", ["about %(", "sources differ"])
def test_one_implementation_serves_pictures_and_tables(start: str) -> None:
    files = {sentence.file for sentence in extract.of_code() if sentence.text.startswith(start)}
    assert files == {"macros/language/figures.py"}
