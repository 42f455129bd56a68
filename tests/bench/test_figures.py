"""The arithmetic of the benchmark: medians, ratios, bars, growth. Nothing here looks at a clock."""

from __future__ import annotations

import json

import pytest
from rich.console import Console

from bench.figures import Figure, Pair, Remark, clock, growth, processor, seconds
from bench.process import Usage
from bench.report import as_json, heading, remarks, table

BARE = Usage(clock=2.0, processor=1.0, peak=40)


def pairs(*costs: float) -> list[Pair]:
    """Pairs of a bare build and a run that takes so many seconds, both ways."""
    return [Pair(BARE, Usage(clock=cost, processor=cost, peak=cost)) for cost in costs]


def test_a_figure_is_the_median_of_the_ratios() -> None:
    figure = processor("five cold", pairs(30, 10, 20), editions=5)
    assert (figure.samples, figure.value, figure.ratio, figure.peak) == ((30, 10, 20), 20, 4, 30)
    assert clock("five cold", pairs(30, 10, 20)).value == 10


def test_each_run_is_compared_with_the_bare_build_before_it() -> None:
    slow = Pair(Usage(clock=4, processor=2, peak=40), Usage(clock=8, processor=20, peak=40))
    figure = processor("one cold", [*pairs(10), slow])
    assert figure.samples == (10, 10)


def test_the_largest_process_of_two_commands_is_the_largest_of_either() -> None:
    assert BARE + Usage(clock=1, processor=2, peak=30) == Usage(clock=3, processor=3, peak=40)


@pytest.mark.parametrize(("bar", "verdict"), [(None, ""), (1.9, "missed"), (2, "met"), (3, "met")])
def test_a_bar_is_the_most_that_a_figure_may_be(bar: float | None, verdict: str) -> None:
    assert seconds("saved", [1, 2, 9], bar=bar).verdict == verdict


def test_a_figure_without_bare_pages_has_no_ratio() -> None:
    assert seconds("34 sheets", [7]).ratio is None


def test_growth_is_one_where_it_is_linear() -> None:
    assert growth((4, 40, 200), (10, 46, 206)) == 1
    assert growth((4, 40, 200), (10, 46, 366)) == 2


def drawn(*figures: Figure) -> str:
    """The table as text without colours."""
    console = Console(width=100, color_system=None)
    with console.capture() as text:
        console.print(table({"row": figures}))
    return text.get()


def test_the_table_says_in_words_whether_a_bar_is_met() -> None:
    met, missed = drawn(seconds("a page", [0.4], bar=0.5, bare=2), seconds("a fact", [1], bar=0.5)).splitlines()[-3:-1]
    assert met.split() == ["a", "page", "0.40", "s", "≤", "0.5", "s", "met", "2.00", "s", "0.20", "1"]
    assert missed.split() == ["a", "fact", "1.00", "s", "≤", "0.5", "s", "missed", "1"]


def test_what_could_not_be_had_stands_below_with_its_reason() -> None:
    assert remarks({"peers": [Remark("hugo", "not there"), seconds("x", [1])]}) == ["hugo: not there"]


def test_the_heading_says_what_the_unit_is() -> None:
    assert "1.00 s of the processor, 2.00 s by the clock, 40 MiB (median of 3)" in heading([BARE] * 3)
    assert "bare" not in heading([])


def test_the_json_holds_every_sample() -> None:
    data = json.loads(as_json({"one": processed(), "peers": [Remark("hugo", "not there")]}, [BARE]))
    figure = data["rows"]["one"][0]
    assert (figure["samples"], figure["value"], figure["bar"], figure["verdict"]) == ([4, 6], 5, 3, "missed")
    assert data["rows"]["peers"] == [{"name": "hugo", "reason": "not there"}]
    assert data["bare"]["runs"] == 1


def processed() -> list[Figure]:
    return [processor("one cold", pairs(4, 6), bar=3)]
