"""A pathway in time: kick-off, sessions, wrap-up, how far apart they are, and what happens
alongside.

Draws no date and no length to scale: the sources give numbers and rhythm only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from macros.facts.model import Alongside, Figure, Sessions
from macros.language.translator import Translator
from macros.layout.pen import LEFT, RIGHT, WIDE, Pen, head, in_middle
from macros.layout.picture import GAP, Frame, Line, Picture, Shape

MOST = 10  # stops in one row
CARD, TALL = 28, 34  # width and height of a session
EDGE = 26  # at both ends of a row, where the way comes from and leads to other rows
PILL = 10  # width of a mark of what happens alongside


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A session with its number, or a flag with its name. `x` is its middle."""

    x: float
    name: str
    session: bool

    @property
    def half(self) -> float:
        return CARD / 2 if self.session else 0


def place(sessions: Sessions, translator: Translator) -> Picture:
    """The pathway from left to right, in as many rows as it takes."""
    pen, rows = Pen(), _rows(sessions, translator)
    spans = list(_spans(sessions, rows, translator))
    pen.write(_number(sessions, translator), bold=True)
    if details := [*_details(sessions, translator), *(text for text, ends in spans if not ends)]:
        pen.write(" · ".join(details))
    for row, stops in enumerate(rows):
        pen.y += 3 * GAP if row else GAP
        for text, ends in spans:
            if row == 0 and ends:
                _bracket(pen, text, *ends)
        _track(pen, stops, first=row == 0, last=row == len(rows) - 1)
        for alongside in sessions.alongside:
            _lane(pen, alongside, _times(alongside, rows, row), translator)
    return pen.picture()


# Where everything stands


def _rows(sessions: Sessions, translator: Translator) -> list[list[Stop]]:
    """All stops, shared out evenly over rows."""
    stops = [
        (translator.number(number), True) for number in range(1, int(sessions.number.value) + 1)
    ]
    if sessions.kick_off:
        stops.insert(0, (translator.gettext("Kick-off"), False))
    if sessions.wrap_up:
        stops.append((translator.gettext("Wrap-up"), False))
    count = ceil(len(stops) / MOST)
    each = ceil(len(stops) / count)
    edge = CARD / 2 + (EDGE if count > 1 else 0)
    step = (WIDE - 2 * edge) / max(each - 1, 1)
    start = LEFT + edge if each > 1 else LEFT + WIDE / 2
    return [
        [
            Stop(x=start + i * step, name=name, session=met)
            for i, (name, met) in enumerate(stops[at : at + each])
        ]
        for at in range(0, len(stops), each)
    ]


def _spans(
    sessions: Sessions, rows: Sequence[Sequence[Stop]], translator: Translator
) -> Iterator[tuple[str, tuple[float, float] | None]]:
    """What is said of a length of time, from the longest to the shortest, and between which `x`;
    None: nowhere.
    """
    met = [stop.x for row in rows for stop in row if stop.session]
    one_row, several = len(rows) == 1, len(met) > 1
    if figure := sessions.months_total:
        whole = rows[0][0].x, rows[0][-1].x
        yield _months_total(figure, translator), whole if one_row and whole[0] < whole[1] else None
    if figure := sessions.months:
        yield _months(figure, translator), (met[0], met[-1]) if one_row and several else None
    if (figure := sessions.weeks_apart) and several:
        yield _weeks(figure, translator), (met[0], met[1])


def _times(alongside: Alongside, rows: Sequence[Sequence[Stop]], row: int) -> list[float] | None:
    """Where the marks of a row stand; None where it has none. Without a number, a few marks stand
    for many.
    """
    stops, last = rows[row], row == len(rows) - 1
    match alongside.when:
        case "between":
            gaps = [(a.x + b.x) / 2 for a, b in pairwise(stops) if a.session and b.session]
            goes_on = not last and stops[-1].session and rows[row + 1][0].session
            return gaps + [RIGHT - EDGE / 2] * bool(goes_on) or None
        case "start-and-end":
            return [stops[0].x] * (row == 0) + [stops[-1].x] * last or None
        case "twice":
            if len(rows) == 1:
                return [LEFT + WIDE / 3, RIGHT - WIDE / 3]
            return [LEFT + WIDE / 2] if row in {0, len(rows) - 1} else None
        case "quarterly":
            return [LEFT + WIDE * part / 6 for part in (1, 3, 5)]
        case _:
            return [LEFT + WIDE * part / 13 for part in (2, 5, 11)]


# Drawing


def _bracket(pen: Pen, text: str, start: float, end: float) -> None:
    pen.write_at(text, (start + end) / 2)
    pen.y += 3
    points = ((start, pen.y + 7), (start, pen.y), (end, pen.y), (end, pen.y + 7))
    pen.lines.append(Line(points=points, style="line bracket"))
    pen.y += 10


def _track(pen: Pen, stops: Sequence[Stop], *, first: bool, last: bool) -> None:
    """The way with its stops, and below them the names of those that have one."""
    pen.y += 3
    for stop in stops:
        (_card if stop.session else _flag)(pen, stop)
    halts = [(stop.x, stop.half) for stop in stops]
    start, end = stops[0].x if first else LEFT, stops[-1].x if last else RIGHT - 12
    middle = pen.y + TALL / 2
    pen.lines += _thread(halts, middle, start, end, "line track")
    if not last:
        pen.shapes.append(head((RIGHT, middle), (start, middle), length=16))
    pen.y += TALL + 3
    pen.write_beside((stop.name, stop.x) for stop in stops if not stop.session)


def _card(pen: Pen, stop: Stop) -> None:
    pen.frames.append(
        Frame(x=stop.x - CARD / 2, y=pen.y, width=CARD, height=TALL, style="session", round=6)
    )
    pen.text_blocks.append(in_middle(stop.name, (stop.x, pen.y + TALL / 2), CARD, bold=True))


def _flag(pen: Pen, stop: Stop) -> None:
    """A pole with a pennant that stays within the width of a session."""
    x, y = stop.x, pen.y
    pen.lines.append(Line(points=((x, y + TALL), (x, y)), style="line track"))
    pen.shapes.append(Shape(points=((x, y), (x + CARD / 2, y + 7), (x, y + 14)), style="flag"))


def _lane(
    pen: Pen, alongside: Alongside, times: list[float] | None, translator: Translator
) -> None:
    """A row of its own for what happens alongside. Pale marks: the sources give no number."""
    if times is None:
        return
    pen.y += 2 * GAP
    pen.write(alongside.label)
    pen.write(_when(alongside, translator), style="aside")
    pen.y += 4
    style = "beside ghost" if alongside.when in {"quarterly", "at-times"} else "beside"
    pen.frames += [
        Frame(x=x - PILL / 2, y=pen.y, width=PILL, height=18, style=style, round=PILL / 2)
        for x in times
    ]
    pen.lines += _thread([(x, PILL / 2) for x in times], pen.y + 9, LEFT, RIGHT, "line dashed lane")
    pen.y += 18


def _thread(
    halts: Sequence[tuple[float, float]], y: float, start: float, end: float, style: str
) -> Iterator[Line]:
    """A line from `start` to `end` that leaves out each halt: its middle and half its width."""
    lefts, rights = (
        [start] + [x + half for x, half in halts],
        [x - half for x, half in halts] + [end],
    )
    for a, b in zip(lefts, rights, strict=True):
        if b > a:
            yield Line(points=((a, y), (b, y)), style=style)


# Translator


def _number(sessions: Sessions, translator: Translator) -> str:
    number = sessions.number
    text = translator.ngettext(
        "%(session)s: once", "%(session)s: %(number)s times", _plural(number)
    )
    return _filled(text, number, translator, session=sessions.name)


def _details(sessions: Sessions, translator: Translator) -> Iterator[str]:
    if figure := sessions.hours:
        yield _filled(
            translator.ngettext("%(number)s hour each", "%(number)s hours each", _plural(figure)),
            figure,
            translator,
        )
    if figure := sessions.hours_total:
        text = translator.ngettext(
            "%(number)s hour in all", "%(number)s hours in all", _plural(figure)
        )
        yield _filled(text, figure, translator)
    if figure := sessions.phases:
        yield _filled(
            translator.ngettext("in %(number)s phase", "in %(number)s phases", _plural(figure)),
            figure,
            translator,
        )


def _months_total(figure: Figure, translator: Translator) -> str:
    text = translator.ngettext(
        "%(number)s month in total", "%(number)s months in total", _plural(figure)
    )
    return _filled(text, figure, translator)


def _months(figure: Figure, translator: Translator) -> str:
    return _filled(
        translator.ngettext("%(number)s month", "%(number)s months", _plural(figure)),
        figure,
        translator,
    )


def _weeks(figure: Figure, translator: Translator) -> str:
    return _filled(
        translator.ngettext("every week", "every %(number)s weeks", _plural(figure)),
        figure,
        translator,
    )


def _when(alongside: Alongside, translator: Translator) -> str:
    return {
        "between": translator.gettext("between the sessions"),
        "start-and-end": translator.gettext("at the start and at the end"),
        "quarterly": translator.gettext("every three months"),
        "twice": translator.gettext("twice"),
        "at-times": translator.gettext("at times"),
    }[alongside.when]


def _filled(text: str, figure: Figure, translator: Translator, **more: str) -> str:
    """The text with its number put in, as approximate as the figure is."""
    text = text % {"number": translator.number(figure.value), **more}
    return translator.gettext("about %(what)s") % {"what": text} if figure.approximate else text


def _plural(figure: Figure) -> int:
    """The number that chooses the plural form; a fraction counts as the next whole number."""
    return ceil(figure.value)
