"""References: parsed into places of documents, grouped by document."""

from __future__ import annotations

import pytest

from macros.facts.load import Content
from macros.facts.model import Source
from macros.facts.references import Place, cited_sources, parse_place
from macros.facts.rules import walk
from tests.conftest import ROOT

REPORT, SLIDES = (Source(id=id, title=id.title(), kind="other") for id in ("report", "slides"))
PLACES = {
    ("report", "p.5"): Place("page", "5"),
    ("report", "p.5-7"): Place("pages", "5–7"),
    ("report", "p.5-7, 9-10"): Place("pages", "5–7, 9–10"),
    ("report", "fn.3"): Place("footnote", "3"),
    ("report", "colophon"): Place("colophon", "colophon"),
    ("report", "2.1.3"): Place("section", "2.1.3"),
    ("report", "annex A"): Place("text", "annex A"),
    ("slides", "12"): Place("slide", "12"),
    ("slides", "p.12"): Place("page", "12"),
}


@pytest.mark.parametrize("reference", PLACES, ids=" ".join)
def test_a_place_is_parsed(reference: tuple[str, str]) -> None:
    assert parse_place(*reference) == PLACES[reference]


def test_each_source_comes_once_in_the_order_in_which_it_is_named() -> None:
    first, second = cited_sources(("slides 3", "report", "slides 4", "report fn.1"), (REPORT, SLIDES))
    assert (first.source, first.places) == (SLIDES, [Place("slide", "3"), Place("slide", "4")])
    assert (second.source, second.places) == (REPORT, [Place("footnote", "1")])


def test_a_source_cited_as_a_whole_has_no_place() -> None:
    (cited,) = cited_sources(("report",), (REPORT,))
    assert cited.places == []
    assert cited_sources((), (REPORT,)) == ()


def test_an_unknown_source_is_an_error() -> None:
    with pytest.raises(LookupError):
        cited_sources(("gazette 3",), (REPORT,))


def test_no_published_reference_is_lost(published: Content) -> None:
    for path, references in walk(published.facts):
        if path and path[-1] == "source":
            cited = cited_sources(references, published.facts.sources)
            named = [each.split()[0] for each in references]
            assert [each.source.id for each in cited] == list(dict.fromkeys(named))
            assert sum(len(each.places) for each in cited) == sum(" " in each for each in references)


def test_templates_hold_no_program_logic_for_references() -> None:
    template = (ROOT / "macros/templates/_facts.html.j2").read_text(encoding="utf-8")
    assert not [sign for sign in (".append(", ".split(", "startswith(", "namespace(") if sign in template]
