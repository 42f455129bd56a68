"""Figures in words: units, "about", the signs of what is ours and of sources that differ; each sentence stands in one place."""

from __future__ import annotations

from decimal import Decimal

import pytest

from macros.facts.model import Alternate, Figure
from macros.language.figures import amount_text, figure_text, other_values, sign_legend, signed
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
    assert other_values(several, ENGLISH) == "66, 1,200"
    assert other_values(figure("60", others=(other(text="some"),)), ENGLISH) == other_values(figure("60"), ENGLISH) == ""


def test_what_is_ours_and_where_sources_differ_is_shown_by_a_sign_and_said_once() -> None:
    plain, ours, both = figure("60"), figure("60").model_copy(update={"inferred": True}), figure("60", others=(other("66"),))
    both = both.model_copy(update={"inferred": True})
    assert [signed("60 hours", fact) for fact in (plain, ours, both)] == ["60 hours", "60 hours*", "60 hours* ≠"]
    assert list(sign_legend([plain, None], ENGLISH)) == []
    assert list(sign_legend([plain, both, ours], ENGLISH)) == ["* our reading of the sources", "≠ sources differ"]


@pytest.mark.parametrize("start", ["about %(", "our reading of"])
def test_one_implementation_serves_pictures_and_tables(start: str) -> None:
    files = {sentence.file for sentence in extract.of_code() if sentence.text.startswith(start)}
    assert files == {"macros/language/figures.py"}
