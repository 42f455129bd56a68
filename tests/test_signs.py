"""What is our reading, and where sources differ, has the same sign wherever it is shown."""

from __future__ import annotations

import pytest
from lxml import html

from macros.facts.load import Content
from macros.facts.model import Figure, Pathway
from macros.language.translator import Translator
from macros.layout import timeline
from macros.pieces import Pieces
from macros.render import Renderer

ENGLISH = Translator("en")


@pytest.fixture(scope="module")
def pieces(published: Content) -> Pieces:
    return Pieces(published.facts, ENGLISH, Renderer(ENGLISH))


def pathways(content: Content) -> list[tuple[str, Pathway]]:
    return [(case.id, pathway) for case in content.facts.cases for pathway in case.pathways]


def signs_of(fact: Figure) -> str:
    return "*" * fact.inferred + "≠" * bool(fact.alternates)


def shown_signs(element: html.HtmlElement) -> str:
    return "".join(sign.text for sign in element.find_class("sign"))


def test_the_rhythm_of_every_pathway_is_signed_on_cards_and_in_comparisons(pieces: Pieces, published: Content) -> None:
    comparison = html.fromstring(pieces.case_comparison()).find_class("rhythm")
    cards = [each for case in published.facts.cases for each in html.fromstring(pieces.case_card(case.id)).find_class("rhythm")]
    seen = set()
    for shown in (cards, comparison):
        for (_, pathway), rhythm in zip(pathways(published), shown, strict=True):
            sessions = pathway.sessions
            facts = [sessions.number, sessions.hours or sessions.hours_total, sessions.weeks_apart, sessions.months, sessions.months_total]
            told = [signs_of(fact) for fact in facts if fact]
            assert [shown_signs(line) for line in rhythm] == told, pathway.id
            seen.update(told)
    assert {"", "*"} <= seen


def test_a_timeline_signs_what_is_ours_and_says_what_the_sign_means(published: Content) -> None:
    for _, pathway in pathways(published):
        sessions = pathway.sessions
        texts = ["".join(block.lines) for block in timeline.place(sessions, ENGLISH).text_blocks]
        told = [sessions.hours, sessions.hours_total, sessions.weeks_apart, sessions.months, sessions.months_total, *sessions.alongside]
        ours = any(fact and fact.inferred for fact in told)
        assert any("*" in text for text in texts) == ours, pathway.id
        assert any(text.startswith("* our") for text in texts) == ours


def test_in_a_table_each_fact_of_ours_has_its_sign(pieces: Pieces, published: Content) -> None:
    for case_id, pathway in pathways(published):
        table = html.fromstring(pieces.facts_table(case_id))
        row = next(row for row in table.iter("tr") if pathway.approach.text in row.text_content())
        assert shown_signs(row) == "*" * pathway.approach.inferred


def test_a_sign_is_explained_to_eyes_and_ears_and_not_found_by_the_search(pieces: Pieces) -> None:
    (sign,) = html.fromstring(f"<p>{pieces.ours()}</p>").find_class("sign")
    assert sign.get("title") == "Our reading or our advice, not the words of a source"
    assert sign.text_content() == "* (ours)" and sign.get("data-search-exclude") is not None


def test_a_sign_that_is_not_translated_makes_nothing_else_english(published: Content) -> None:
    danish = Translator("da").marking_untranslated()
    english = Pieces(published.facts, ENGLISH, Renderer(ENGLISH))
    (sign,) = html.fromstring(f"<p>{Pieces(published.facts, danish, Renderer(danish), english=english).ours()}</p>").find_class("sign")
    (word,) = sign.find_class("unseen")
    assert sign.get("title") is None and (word.get("lang"), word.text_content()) == ("en", " (ours)")


def test_as_many_shapes_as_people(pieces: Pieces, published: Content) -> None:
    cards = [each for case in published.facts.cases for each in html.fromstring(pieces.case_card(case.id)).find_class("people")]
    people = []
    for _, pathway in pathways(published):
        people += [group.people for group in pathway.arrangement.groups if group.people]
        people.append(None)  # the facilitators
    for shown, wanted in zip(cards, people, strict=True):
        for one, line in zip(wanted or (), shown, strict=False):
            shapes = line.find_class("shape")
            pale = line.find_class("ghost")
            assert len(shapes) == (one.number or 3)
            stayed = 0 if one.presence == "at-times" or not one.number else one.number if one.completed is None else one.completed
            assert len(shapes) - len(pale) == stayed
