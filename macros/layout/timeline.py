"""A pathway in time: kick-off, sessions, wrap-up, how far apart they are, and what happens
alongside.

Draws no date and no length to scale: the sources give numbers and rhythm only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from macros.facts.model import Alongside, Figure, Sessions, Sourced
from macros.language.figures import about, figure_text, plural_count, sign_legend, signed
from macros.language.translator import Translator
from macros.layout.pen import LEFT, RIGHT, WIDE, Pen, head, in_middle
from macros.layout.picture import GAP, Frame, Line, Picture

MOST = 10  # stops in one row
CARD = 28  # width of a session
TALL = 34  # height of a session
EDGE = 26  # at both ends of a row, where the way comes from and leads to other rows
PILL = 10  # width of a mark of what happens alongside
PILL_HIGH = 18  # height of the same
TIP = 12  # from the end of the track to the edge, where an arrow head stands
HEAD = 16  # length of that arrow head


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A session with its number, or a flag with its name.

    `x` is its middle, in units of the picture.
    """

    x: float
    name: str
    session: bool

    @property
    def half(self) -> float:
        """Half its width on the track."""
        return CARD / 2 if self.session else 0


@dataclass(frozen=True)
class Span:
    """What is said of a length of time; `ends` are the x it lies between, None: nowhere."""

    text: str
    ends: tuple[float, float] | None


def place(sessions: Sessions, translator: Translator) -> Picture:
    """The pathway from left to right, in as many rows as it takes.

    Above the track stand its lengths of time, below it a lane for each thing that happens
    alongside. The picture is 400 units wide and as high as it needs.
    """
    pen = Pen()
    rows = _rows(sessions, translator)
    spans = _spans(sessions, rows, translator)
    pen.write(_number(sessions, translator), bold=True)
    details = list(_details(sessions, translator))
    details += [span.text for span in spans if not span.ends]
    if details:
        pen.write(" · ".join(details))
    for index, stops in enumerate(rows):
        first = index == 0
        last = index == len(rows) - 1
        pen.y += GAP if first else 3 * GAP
        if first:
            _brackets(pen, spans)
        _track(pen, stops, first=first, last=last)
        for alongside in sessions.alongside:
            _lane(pen, alongside, _times(alongside, rows, index), translator)
    told = [value for _, value in sessions if isinstance(value, Sourced)]
    pen.write_asides(sign_legend([*told, *sessions.alongside], translator))
    return pen.picture()


# Where everything stands


def _rows(sessions: Sessions, translator: Translator) -> list[list[Stop]]:
    """All stops, shared out evenly over rows."""
    stops = _names(sessions, translator)
    count = ceil(len(stops) / MOST)
    per_row = ceil(len(stops) / count)
    edge = CARD / 2
    if count > 1:
        edge += EDGE
    step = (WIDE - 2 * edge) / max(per_row - 1, 1)
    start = LEFT + edge if per_row > 1 else LEFT + WIDE / 2
    rows: list[list[Stop]] = []
    for index, (name, is_session) in enumerate(stops):
        column = index % per_row
        if column == 0:
            rows.append([])
        rows[-1].append(
            Stop(
                x=start + column * step,
                name=name,
                session=is_session,
            )
        )
    return rows


def _names(sessions: Sessions, translator: Translator) -> list[tuple[str, bool]]:
    """The name of every stop, and whether it is a session."""
    names = []
    if sessions.kick_off:
        names.append((translator.gettext("Kick-off"), False))
    for number in range(1, int(sessions.number.value) + 1):
        names.append((translator.number(number), True))
    if sessions.wrap_up:
        names.append((translator.gettext("Wrap-up"), False))
    return names


def _spans(
    sessions: Sessions,
    rows: Sequence[Sequence[Stop]],
    translator: Translator,
) -> list[Span]:
    """Lengths of time, from the longest to the shortest.

    They lie on the track if it is one row; the first weeks always do.
    """
    spans = []
    session_xs = []
    for row in rows:
        for stop in row:
            if stop.session:
                session_xs.append(stop.x)
    one_row = len(rows) == 1
    several = len(session_xs) > 1
    if sessions.months_total:
        text = _months_total(sessions.months_total, translator)
        start = rows[0][0].x
        end = rows[0][-1].x
        on_track = one_row and start < end
        spans.append(Span(text, (start, end) if on_track else None))
    if sessions.months:
        text = signed(figure_text(sessions.months, translator, "months"), sessions.months)
        on_track = one_row and several
        spans.append(Span(text, (session_xs[0], session_xs[-1]) if on_track else None))
    if sessions.weeks_apart and several:
        text = _weeks(sessions.weeks_apart, translator)
        spans.append(Span(text, (session_xs[0], session_xs[1])))
    return spans


def _times(
    alongside: Alongside,
    rows: Sequence[Sequence[Stop]],
    index: int,
) -> Sequence[float] | None:
    """The x of the marks in a row; None where it has none. Without a number, a few marks stand for
    many; of what came twice nobody says when, so its marks stand on no line.
    """
    stops = rows[index]
    first = index == 0
    last = index == len(rows) - 1
    match alongside.when:
        case "between":
            return _between_sessions(stops, () if last else rows[index + 1]) or None
        case "start-and-end":
            start = [stops[0].x] if first else []
            end = [stops[-1].x] if last else []
            return start + end or None
        case "twice":
            return [LEFT + PILL, LEFT + 3 * PILL] if first else None
        case "quarterly":
            return [LEFT + WIDE * part / 6 for part in (1, 3, 5)]
        case _:
            return [LEFT + WIDE * part / 13 for part in (2, 5, 11)]


def _between_sessions(stops: Sequence[Stop], next_row: Sequence[Stop]) -> list[float]:
    """The middles between sessions of a row, and one at its end if the next begins with one."""
    middles = []
    for one, other in pairwise(stops):
        if one.session and other.session:
            middles.append((one.x + other.x) / 2)
    if next_row and stops[-1].session and next_row[0].session:
        middles.append(RIGHT - EDGE / 2)
    return middles


# Drawing


def _brackets(pen: Pen, spans: Sequence[Span]) -> None:
    """A bracket for each length of time that lies on the track."""
    for span in spans:
        if span.ends:
            start, end = span.ends
            _bracket(pen, span.text, start, end)


def _bracket(pen: Pen, text: str, start: float, end: float) -> None:
    """A text above a bracket from one x to another; moves below it."""
    pen.write_at(text, (start + end) / 2)
    pen.y += 3
    points = (
        (start, pen.y + 7),
        (start, pen.y),
        (end, pen.y),
        (end, pen.y + 7),
    )
    pen.line(points, "line bracket")
    pen.y += 10


def _track(pen: Pen, stops: Sequence[Stop], *, first: bool, last: bool) -> None:
    """The way with its stops, and below them the names of those that have one."""
    pen.y += 3
    halts = []
    flags = []
    for stop in stops:
        halts.append((stop.x, stop.half))
        if stop.session:
            _card(pen, stop)
        else:
            _flag(pen, stop)
            flags.append((stop.name, stop.x))
    start = stops[0].x if first else LEFT
    end = stops[-1].x if last else RIGHT - TIP
    middle = pen.y + TALL / 2
    pen.lines += _thread(halts, middle, start, end, "line track")
    if not last:
        pen.shapes.append(head((RIGHT, middle), (start, middle), length=HEAD))
    pen.y += TALL + 3
    pen.write_beside(flags)


def _card(pen: Pen, stop: Stop) -> None:
    """A session as a card with its number."""
    left = stop.x - CARD / 2
    frame = Frame(
        x=left,
        y=pen.y,
        width=CARD,
        height=TALL,
        style="session",
        round=6,
    )
    pen.frames.append(frame)
    middle = (stop.x, pen.y + TALL / 2)
    pen.text_blocks.append(in_middle(stop.name, middle, CARD, bold=True))


def _flag(pen: Pen, stop: Stop) -> None:
    """A pole with a pennant that stays within the width of a session."""
    x = stop.x
    y = pen.y
    pennant = (
        (x, y),
        (x + CARD / 2, y + 7),
        (x, y + 14),
    )
    pen.line(((x, y + TALL), (x, y)), "line track")
    pen.shape(pennant, "flag")


def _lane(
    pen: Pen,
    alongside: Alongside,
    times: Sequence[float] | None,
    translator: Translator,
) -> None:
    """A row of its own for what happens alongside. Pale marks: the sources give no number."""
    if times is None:
        return
    pen.y += 2 * GAP
    pen.write(signed(alongside.label, alongside))
    pen.write(_when(alongside, translator), style="aside")
    pen.y += 4
    style = "beside ghost" if alongside.when in {"quarterly", "at-times"} else "beside"
    halts = []
    for x in times:
        halts.append((x, PILL / 2))
        pen.frames.append(_pill(x, pen.y, style))
    middle = pen.y + PILL_HIGH / 2
    if alongside.when != "twice":
        pen.lines += _thread(halts, middle, LEFT, RIGHT, "line dashed lane")
    pen.y += PILL_HIGH


def _pill(x: float, y: float, style: str) -> Frame:
    """A mark of what happens alongside; `x` is its middle, `y` its top."""
    half = PILL / 2
    return Frame(
        x=x - half,
        y=y,
        width=PILL,
        height=PILL_HIGH,
        style=style,
        round=half,
    )


def _thread(
    halts: Sequence[tuple[float, float]],
    y: float,
    start: float,
    end: float,
    style: str,
) -> Iterator[Line]:
    """The parts of a line from `start` to `end` that leaves out each halt.

    A halt is the x of its middle and half its width; they are in order.
    """
    x = start
    for middle, half in [*halts, (end, 0)]:
        if middle - half > x:
            yield Line(points=((x, y), (middle - half, y)), style=style)
        x = middle + half


# Sentences


def _number(sessions: Sessions, translator: Translator) -> str:
    """How often the group met."""
    number = sessions.number
    count = plural_count(number.value)
    text = translator.ngettext("%(session)s: once", "%(session)s: %(number)s times", count)
    return _filled(text, number, translator, session=sessions.name)


def _details(sessions: Sessions, translator: Translator) -> Iterator[str]:
    """How long the sessions were, and in how many phases they came."""
    if sessions.hours:
        count = plural_count(sessions.hours.value)
        text = translator.ngettext("%(number)s hour each", "%(number)s hours each", count)
        yield _filled(text, sessions.hours, translator)
    if sessions.hours_total:
        count = plural_count(sessions.hours_total.value)
        text = translator.ngettext("%(number)s hour in all", "%(number)s hours in all", count)
        yield _filled(text, sessions.hours_total, translator)
    if sessions.phases:
        count = plural_count(sessions.phases.value)
        text = translator.ngettext("in %(number)s phase", "in %(number)s phases", count)
        yield _filled(text, sessions.phases, translator)


def _months_total(figure: Figure, translator: Translator) -> str:
    """The length of the pathway with kick-off and wrap-up."""
    count = plural_count(figure.value)
    text = translator.ngettext("%(number)s month in total", "%(number)s months in total", count)
    return _filled(text, figure, translator)


def _weeks(figure: Figure, translator: Translator) -> str:
    """How often a session came."""
    count = plural_count(figure.value)
    text = translator.ngettext("every week", "every %(number)s weeks", count)
    return _filled(text, figure, translator)


def _when(alongside: Alongside, translator: Translator) -> str:
    """When something happens alongside, in words."""
    match alongside.when:
        case "between":
            return translator.gettext("between the sessions")
        case "start-and-end":
            return translator.gettext("at the start and at the end")
        case "quarterly":
            return translator.gettext("every three months")
        case "twice":
            return translator.gettext("twice")
        case "at-times":
            return translator.gettext("at times")


def _filled(text: str, figure: Figure, translator: Translator, **more: str) -> str:
    """The text with its number put in, as approximate as the figure is."""
    number = translator.number(figure.value)
    return signed(about(text % {"number": number, **more}, figure, translator), figure)
