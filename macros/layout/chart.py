"""Children per centre as horizontal bars. Only children of early-childhood age are drawn; nothing
is summed up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from macros.facts.model import Case, Centre, Figure, Part, Sourced
from macros.language.figures import figure_text, sign_legend, signed
from macros.language.translator import Translator
from macros.layout.pen import LEFT, RIGHT, Pen
from macros.layout.picture import GAP, SIZE, Frame, Picture, TextBlock
from macros.typesetting import metrics

HIGH = 24  # of a bar


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One centre, or one of several that a case counts together.

    `value` is in children of early-childhood age; the length of the bar follows it.
    """

    case: str
    label: str
    value: Decimal
    number: str  # the value as it is written
    facts: tuple[Sourced | None, ...] = ()  # what is told of it
    asides: tuple[str, ...] = ()  # what stands below the bar


def bars(cases: Sequence[Case], translator: Translator) -> tuple[Bar, ...]:
    """The bars of all cases, in the order of the facts.

    A bar is for the `children` of a centre; where a centre of the facts is several centres
    together, there is one for each of its `children_parts` by centre.
    """
    found: list[Bar] = []
    for case in cases:
        for centre in case.centres:
            found += _bars_of(case, centre, translator)
    return tuple(found)


def place(bars: Sequence[Bar], translator: Translator) -> Picture:
    """A bar below each label, its number at its end; all bars on one scale.

    Bars of several countries stand below the names of these. The picture is 400 units wide and
    as high as it needs.
    """
    pen = Pen()
    scale = _scale(bars)
    several_countries = len({bar.case for bar in bars}) > 1
    for country, bars_of_country in groupby(bars, key=lambda bar: bar.case):
        if several_countries:
            _heading(pen, country)
        for bar in bars_of_country:
            _draw(pen, bar, scale)
    pen.write_asides(sign_legend([fact for bar in bars for fact in bar.facts], translator))
    return pen.picture()


# Bars


def _bars_of(case: Case, centre: Centre, translator: Translator) -> Iterator[Bar]:
    """One bar, or one for each part; what is said of the whole centre stands below the last."""
    parts = [part for part in centre.children_parts if part.by == "centre"]
    asides: list[str] = []
    if parts:
        together = signed(figure_text(centre.children, translator), centre.children)
        asides.append(translator.gettext("together: %(number)s") % {"number": together})
    asides += _asides(centre, translator)
    for part in parts:
        below = asides if part is parts[-1] else []
        yield _bar(case, centre, part.name, part, below, translator)
    if not parts:
        yield _bar(case, centre, _short_name(case, centre), centre.children, asides, translator)


def _bar(
    case: Case,
    centre: Centre,
    label: str,
    figure: Figure | Part,
    asides: Sequence[str],
    translator: Translator,
) -> Bar:
    """A bar for a number of children, its number as approximate as the figure is."""
    return Bar(
        case=case.name,
        label=label,
        value=Decimal(figure.value),
        number=signed(figure_text(figure, translator), figure),
        facts=(figure, centre.children, centre.whole_school),
        asides=tuple(asides),
    )


def _short_name(case: Case, centre: Centre) -> str:
    """The short name of a pathway that this centre has for itself, else its town."""
    for pathway in case.pathways:
        if pathway.centres == (centre.id,):
            return pathway.name
    return centre.town.text


def _asides(centre: Centre, translator: Translator) -> list[str]:
    """What is said below the bar of a centre: how many children the whole school has."""
    if not centre.whole_school:
        return []
    number = signed(figure_text(centre.whole_school, translator), centre.whole_school)
    return [translator.gettext("whole school: %(number)s") % {"number": number}]


# Drawing


def _scale(bars: Sequence[Bar]) -> float:
    """Units of the picture for one child, so that the longest bar leaves room for its number."""
    widest_number = max(_number_width(bar) for bar in bars)
    most = max(1, *(float(bar.value) for bar in bars))
    return (RIGHT - LEFT - GAP - widest_number) / most


def _number_width(bar: Bar) -> float:
    """Width of the number at the end of a bar, in units of the picture."""
    return metrics.width(bar.number, SIZE, bold=True)


def _heading(pen: Pen, country: str) -> None:
    """The name of a country, with a line below it."""
    pen.y += 2 * GAP
    pen.write(country, bold=True)
    pen.y += 2
    pen.line(((LEFT, pen.y), (RIGHT, pen.y)), "line")
    pen.y += 2


def _draw(pen: Pen, bar: Bar, scale: float) -> None:
    """A bar with its label, its number and its asides; moves below them."""
    pen.y += GAP
    pen.write(bar.label)
    pen.y += 2
    length = float(bar.value) * scale
    pen.frames.append(
        Frame(
            x=LEFT,
            y=pen.y,
            width=length,
            height=HIGH,
            style="bar",
            round=2,
        )
    )
    middle = LEFT + length + GAP + _number_width(bar) / 2
    pen.text_blocks.append(
        TextBlock(
            lines=(bar.number,),
            x=middle,
            y=pen.y + 1,
            bold=True,
        )
    )
    pen.y += HIGH + 2
    for aside in bar.asides:
        pen.write(aside, style="aside")
