"""Figures of the facts in words: with their unit, "about" where they are approximate, and what
other sources say. Renders no markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from math import ceil
from typing import Literal

from macros.facts.model import Figure, Part, Sourced
from macros.language.translator import Translator

OURS = "*"  # the sign of what is our reading or advice
DIFFER = "≠"  # the sign of sources that differ
Unit = Literal["hours", "weeks", "months", "children", ""]


def figure_text(figure: Figure | Part, translator: Translator, unit: Unit = "") -> str:
    """The number of a figure with its unit, as approximate as the figure is.

    `about 1.5 hours`, `60`; in English, or as the language writes it.
    """
    amount = amount_text(figure.value, translator, unit)
    return about(amount, figure, translator)


def about(text: str, figure: Figure | Part, translator: Translator) -> str:
    """A text that holds the number of a figure; `about …` where the figure is approximate."""
    if not figure.approximate:
        return text
    return translator.gettext("about %(what)s") % {"what": text}


def amount_text(value: Decimal | int, translator: Translator, unit: Unit = "") -> str:
    """A number with its unit: `1 hour`, `1.5 hours`; the number alone where it has none.

    The number has the separators of the language, the unit its plural form.
    """
    number = translator.number(value)
    count = plural_count(value)
    match unit:
        case "hours":
            text = translator.ngettext("%(number)s hour", "%(number)s hours", count)
        case "weeks":
            text = translator.ngettext("%(number)s week", "%(number)s weeks", count)
        case "months":
            text = translator.ngettext("%(number)s month", "%(number)s months", count)
        case "children":
            text = translator.ngettext("%(number)s child", "%(number)s children", count)
        case _:
            return number
    return text % {"number": number}


def plural_count(value: Decimal | int) -> int:
    """The number that chooses the plural form; a fraction counts as the next whole number."""
    return ceil(value)


def other_values(fact: Sourced, translator: Translator) -> str:
    """The values that other sources give: `66, 70`. Empty where none gives another one."""
    values = [other.value for other in fact.alternates if other.value is not None]
    return ", ".join(map(translator.number, values))


# Signs, the same in pictures and on pages


def signed(text: str, fact: Sourced) -> str:
    """A text that tells a fact, with the signs of the fact: `2.5 hours*`, `60 ≠`."""
    if fact.inferred:
        text += OURS
    if fact.alternates:
        text += f" {DIFFER}"
    return text


def sign_legend(facts: Iterable[Sourced | None], translator: Translator) -> Iterator[str]:
    """What the signs of these facts mean, for a picture that shows them."""
    shown = [fact for fact in facts if fact]
    if any(fact.inferred for fact in shown):
        yield f"{OURS} {translator.gettext('our reading of the sources')}"
    if any(fact.alternates for fact in shown):
        yield f"{DIFFER} {translator.gettext('sources differ')}"
