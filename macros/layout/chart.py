"""Children per centre as horizontal bars. Only children of early-childhood age are drawn; nothing
is summed up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from macros.facts.model import Case, Centre, Figure, Part
from macros.language.translator import Translator
from macros.layout.pen import LEFT, RIGHT, Pen
from macros.layout.picture import GAP, SIZE, Frame, Line, Picture
from macros.layout.picture import TextBlock as Label
from macros.typesetting import metrics

HIGH = 24  # of a bar


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One centre, or one of several that a case counts together. `value` is in children."""

    case: str
    label: str
    value: Decimal
    number: str  # the value as it is written
    asides: tuple[str, ...] = ()  # what stands below the bar


def bars(cases: Sequence[Case], translator: Translator) -> tuple[Bar, ...]:
    """The bars of all cases, in the order of the facts."""
    return tuple(
        bar for case in cases for centre in case.centres for bar in _of(case, centre, translator)
    )


def place(bars: Sequence[Bar], translator: Translator) -> Picture:
    """A bar below each label, its number at its end; all bars on one scale."""
    pen = Pen()
    widest = max(metrics.width(bar.number, SIZE, bold=True) for bar in bars)
    unit = (RIGHT - LEFT - GAP - widest) / max(1, *(float(bar.value) for bar in bars))
    countries = [(name, list(group)) for name, group in groupby(bars, key=lambda bar: bar.case)]
    for country, group in countries:
        if len(countries) > 1:
            _heading(pen, country)
        for bar in group:
            _draw(pen, bar, unit)
    return pen.picture()


def _of(case: Case, centre: Centre, translator: Translator) -> Iterator[Bar]:
    """One bar, or one for each part; what is said of the whole centre stands below the last."""
    parts = [part for part in centre.children_parts if part.by == "centre"]
    asides = tuple(_asides(centre, bool(parts), translator))
    for part in parts:
        yield _bar(
            case,
            part.name,
            part,
            _differ(part, translator) + asides * (part is parts[-1]),
            translator,
        )
    if not parts:
        yield _bar(case, _place(case, centre), centre.children, asides, translator)


def _bar(
    case: Case, label: str, figure: Figure | Part, asides: tuple[str, ...], translator: Translator
) -> Bar:
    number = _number(figure, translator)
    return Bar(
        case=case.name, label=label, value=Decimal(figure.value), number=number, asides=asides
    )


def _place(case: Case, centre: Centre) -> str:
    """The short name of a pathway that this centre has for itself, else its town."""
    names = (pathway.name for pathway in case.pathways if pathway.centres == (centre.id,))
    return next(names, centre.town.text)


def _asides(centre: Centre, parted: bool, translator: Translator) -> Iterator[str]:
    if parted:
        yield translator.gettext("together: %(number)s") % {
            "number": _number(centre.children, translator)
        }
    if school := centre.whole_school:
        yield translator.gettext("whole school: %(number)s") % {
            "number": _number(school, translator)
        }
    yield from _differ(centre.children, translator)


def _differ(figure: Figure | Part, translator: Translator) -> tuple[str, ...]:
    return (translator.gettext("sources differ"),) if figure.alternates else ()


def _number(figure: Figure | Part, translator: Translator) -> str:
    number = translator.number(figure.value)
    return translator.gettext("about %(what)s") % {"what": number} if figure.approximate else number


def _heading(pen: Pen, country: str) -> None:
    pen.y += 2 * GAP
    pen.write(country, bold=True)
    pen.y += 2
    pen.lines.append(Line(points=((LEFT, pen.y), (RIGHT, pen.y)), style="line"))
    pen.y += 2


def _draw(pen: Pen, bar: Bar, unit: float) -> None:
    pen.y += GAP
    pen.write(bar.label)
    pen.y += 2
    long = float(bar.value) * unit
    pen.frames.append(Frame(x=LEFT, y=pen.y, width=long, height=HIGH, style="bar", round=2))
    wide = metrics.width(bar.number, SIZE, bold=True)
    middle = LEFT + long + GAP + wide / 2
    pen.text_blocks.append(Label(lines=(bar.number,), x=middle, y=pen.y + 1, bold=True))
    pen.y += HIGH + 2
    for aside in bar.asides:
        pen.write(aside, style="aside")
