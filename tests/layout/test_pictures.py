"""The pictures without people: what stands in them, in which order, and that nothing covers anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import combinations, pairwise
from math import atan2, pi

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import html

from macros.facts.load import Content
from macros.facts.model import Alongside, Figure, Method, Sessions, Stage, Statement, Step
from macros.language.translator import Translator
from macros.layout import chart, continuum, cycle, phases, road, stages, timeline, triad
from macros.layout.picture import SIZE, Box, Frame, Picture, Shape
from macros.layout.picture import TextBlock as Label
from macros.pieces import SHAPES, Pieces
from macros.render import Renderer

WORDS = Translator("en")
often = settings(max_examples=50, deadline=None, database=None)

# Made-up facts

letters = some.text("abcdefghinorstuvwzčšžøåćđæéÅČŠŽØ’-", min_size=1, max_size=40)
labels = some.lists(letters, min_size=1, max_size=9).map(lambda words: " ".join(words)[:90].strip())


def figures(largest: int) -> some.SearchStrategy[Figure]:
    numbers = some.decimals(min_value=1, max_value=largest, places=1)
    return some.builds(Figure, value=numbers, approximate=some.booleans(), source=some.just(("report",)))


statements = some.builds(Statement, text=some.just("Everyone met."), source=some.just(("report",)))
happenings = some.builds(
    Alongside, text=some.just("They met."), label=labels, source=some.just(("report",)),
    when=some.sampled_from(["between", "start-and-end", "quarterly", "twice", "at-times"]),
)
meetings = some.builds(
    Sessions, name=labels,
    number=some.integers(1, 30).map(lambda number: Figure(value=Decimal(number), source=("report",))),
    hours=some.none() | figures(8), hours_total=some.none() | figures(90), weeks_apart=some.none() | figures(12),
    months=some.none() | figures(24), months_total=some.none() | figures(30), phases=some.none() | figures(9),
    kick_off=some.none() | statements, wrap_up=some.none() | statements,
    alongside=some.lists(happenings, max_size=4).map(tuple),
)
steps = some.builds(Step, id=some.just("step"), name=labels)


def methods(fewest: int, most: int) -> some.SearchStrategy[Method]:
    return some.builds(
        Method, id=some.just("way"), title=labels, kind=some.just("cycle"), page=some.just(20), summary=labels,
        ends=some.tuples(labels, labels), between=some.lists(steps, max_size=3).map(tuple),
        steps=some.lists(steps, min_size=fewest, max_size=most).map(tuple),
    )


def _stage(number: int, short: str) -> Stage:
    questions = {"id": f"Q{number}.1", "text": "Who takes part?"}
    lists = {"id": f"Q{number}", "title": "A", "intro": "B.", "page": 27, "items": [{"questions": [questions]}]}
    return Stage.model_validate(
        {"id": f"stage-{number}", "title": short, "short": short, "summary": "C.", "page": 27, "lists": [lists]}
    )


roads = some.lists(labels, min_size=2, max_size=4).map(lambda names: [_stage(i + 1, n) for i, n in enumerate(names)])
bars = some.builds(
    chart.Bar, case=some.sampled_from(["Belgium", "Slovenia"]), label=labels,
    value=some.integers(0, 9_999).map(Decimal), number=some.just(""), asides=some.lists(labels, max_size=2).map(tuple),
)
charts = some.lists(bars, min_size=1, max_size=8).map(
    lambda drawn: tuple(
        chart.Bar(case=bar.case, label=bar.label, value=bar.value, number=f"about {bar.value}", asides=bar.asides)
        for bar in drawn
    )
)

# What holds for every picture


def outline(shape: Shape) -> Box:
    xs, ys = zip(*shape.points, strict=True)
    return Box(x=min(xs), y=min(ys), width=max(xs) - min(xs), height=max(ys) - min(ys))


def corners(label: Label) -> Iterator[tuple[float, float]]:
    """The corners of each line of a label."""
    for at, (x, *_, line) in enumerate(label.placed):
        alone = Label(lines=(line,), x=x, y=label.y + at * label.box.height / len(label.lines), size=label.size,
                      bold=label.bold).box
        yield from ((x, y) for x in (alone.x, alone.right) for y in (alone.y, alone.bottom))


def within(point: tuple[float, float], shape: Shape) -> bool:
    """Whether a point lies inside a shape that bulges outwards everywhere."""
    (x, y), points = point, shape.points
    sides = [
        (b - a) * (y - d) - (e - d) * (x - a) for (a, d), (b, e) in zip(points, points[1:] + points[:1], strict=True)
    ]
    return all(side >= -0.01 for side in sides) or all(side <= 0.01 for side in sides)


def inside(label: Label, shape: Shape) -> bool:
    return all(within(point, shape) for point in corners(label))


def apart(label: Label, shape: Shape) -> bool:
    return label.box.apart(outline(shape))


def crossed(box: Box, line: Iterable[tuple[float, float]]) -> bool:
    """Whether a line runs through a box; looked at every few units."""
    for (a, b), (c, d) in pairwise(line):
        pieces = max(2, int((abs(c - a) + abs(d - b)) / 3))
        spots = ((a + (c - a) * i / pieces, b + (d - b) * i / pieces) for i in range(pieces + 1))
        if any(box.x < x < box.right and box.y < y < box.bottom for x, y in spots):
            return True
    return False


def assert_in_the_picture(picture: Picture) -> None:
    boxes = [*picture.text_blocks, *picture.marks]
    ends = [Box(x=x, y=y, width=0, height=0) for line in picture.lines for x, y in line.points]
    assert all(picture.box.holds(thing.box) for thing in boxes)
    assert all(picture.box.holds(box) for box in [*picture.frames, *map(outline, picture.shapes), *ends])


def assert_words_free(picture: Picture) -> None:
    """No label covers another, is cut by a frame, a mark or a line, or lies half on a shape."""
    assert all(one.box.apart(other.box) for one, other in combinations(picture.text_blocks, 2))
    solid = [shape for shape in picture.shapes if shape.style not in ("cycle-track", "surface")]
    for label in picture.text_blocks:
        assert label.size >= SIZE
        assert all(frame.holds(label.box) or frame.apart(label.box) for frame in picture.frames)
        assert all(mark.box.apart(label.box) for mark in picture.marks)
        assert not any(crossed(label.box, line.points) for line in picture.lines)
        assert all(inside(label, shape) or apart(label, shape) for shape in solid)


def assert_says(picture: Picture, texts: Iterable[str]) -> None:
    """Each text stands whole in one label, however its lines were broken."""
    said = [bare("".join(label.lines)) for label in picture.text_blocks]
    assert all(any(bare(text) in one for one in said) for text in texts)


def bare(text: str) -> str:
    return "".join(text.split()).replace("-", "")


def assert_good(picture: Picture, texts: Iterable[str]) -> None:
    assert_says(picture, texts)
    for seen in (picture, picture.mirrored()):
        assert_in_the_picture(seen)
        assert_words_free(seen)


def framed(picture: Picture, style: str) -> list[Frame]:
    return [frame for frame in picture.frames if frame.style == style]


def shaped(picture: Picture, style: str) -> list[Shape]:
    return [shape for shape in picture.shapes if style in shape.style.split()]


def said_in(picture: Picture, box: Box) -> list[str]:
    return ["".join(label.lines) for label in picture.text_blocks if box.holds(label.box)]


def height_of(picture: Picture, text: str) -> float:
    """Where a text begins; the lowest, where it stands more than once."""
    return max(label.y for label in picture.text_blocks if bare("".join(label.lines)) == bare(text))


# Timeline


@often
@given(meetings)
def test_a_timeline_says_all_and_covers_nothing(sessions: Sessions) -> None:
    once = sessions.number.value == 1  # nothing lies between one session
    names = [happening.label for happening in sessions.alongside if not (once and happening.when == "between")]
    flags = ["Kick-off"] * bool(sessions.kick_off) + ["Wrap-up"] * bool(sessions.wrap_up)
    assert_good(timeline.place(sessions, WORDS), [sessions.name, *names, *flags])


@often
@given(meetings)
def test_a_timeline_counts_its_sessions_in_reading_order(sessions: Sessions) -> None:
    picture = timeline.place(sessions, WORDS)
    cards = sorted(framed(picture, "session"), key=lambda card: (card.y, card.x))
    assert [said_in(picture, card) for card in cards] == [[str(i + 1)] for i in range(int(sessions.number.value))]
    assert len(shaped(picture, "flag")) == bool(sessions.kick_off) + bool(sessions.wrap_up)


@often
@given(meetings)
def test_a_timeline_tells_every_length_of_time(sessions: Sessions) -> None:
    said = " ".join(" ".join(label.lines) for label in timeline.place(sessions, WORDS).text_blocks)
    lengths = [sessions.hours, sessions.hours_total, sessions.months, sessions.months_total, sessions.phases]
    assert all(WORDS.number(figure.value) in said for figure in lengths if figure)
    if sessions.number.value > 1 and sessions.weeks_apart and sessions.weeks_apart.value > 1:
        assert f"every {WORDS.number(sessions.weeks_apart.value)} weeks" in said


@often
@given(some.integers(2, 30), some.sampled_from(["between", "start-and-end", "twice"]), some.booleans())
def test_what_happens_alongside_is_marked_as_often_as_it_happens(number: int, when: str, opened: bool) -> None:
    happening = Alongside(text="They met.", label="Local lab", when=when, source=("report",))
    kick_off = Statement(text="All came.", source=("report",)) if opened else None
    of = Figure(value=Decimal(number), source=("report",))
    picture = timeline.place(Sessions(name="Lab", number=of, kick_off=kick_off, alongside=(happening,)), WORDS)
    assert len(framed(picture, "beside")) == (number - 1 if when == "between" else 2)


@given(some.sampled_from(["quarterly", "at-times"]))
@settings(deadline=None, database=None)
def test_marks_are_pale_where_nobody_says_how_often(when: str) -> None:
    happening = Alongside(text="They met.", label="Local lab", when=when, source=("report",))
    of = Figure(value=Decimal(6), source=("report",))
    picture = timeline.place(Sessions(name="Lab", number=of, alongside=(happening,)), WORDS)
    assert framed(picture, "beside ghost")
    assert not framed(picture, "beside")


def test_what_happens_between_sessions_stands_between_them(published: Content) -> None:
    randers = next(p for case in published.facts.cases for p in case.pathways if p.id == "randers")
    picture = timeline.place(randers.sessions, WORDS)
    middles = sorted(card.middle[0] for card in framed(picture, "session"))
    marks = {mark.middle[0] for mark in framed(picture, "beside")}
    assert sorted(marks) == pytest.approx([(a + b) / 2 for a, b in pairwise(middles)])


# Chart


@often
@given(charts)
def test_a_chart_says_all_and_covers_nothing(drawn: tuple[chart.Bar, ...]) -> None:
    texts = [text for bar in drawn for text in (bar.label, bar.number, *bar.asides)]
    assert_good(chart.place(drawn, WORDS), texts)


@often
@given(charts)
def test_bars_are_as_long_as_their_numbers(drawn: tuple[chart.Bar, ...]) -> None:
    lengths = [frame.width for frame in framed(chart.place(drawn, WORDS), "bar")]
    assert len(lengths) == len(drawn)
    longest, most = max(lengths), max(float(bar.value) for bar in drawn) or 1
    assert longest > 200 or most == 1
    for length, bar in zip(lengths, drawn, strict=True):
        assert length == pytest.approx(longest * float(bar.value) / most)


@often
@given(charts)
def test_each_number_stands_at_the_end_of_its_bar(drawn: tuple[chart.Bar, ...]) -> None:
    picture = chart.place(drawn, WORDS)
    for bar, frame in zip(drawn, framed(picture, "bar"), strict=True):
        label = next(w for w in picture.text_blocks if abs(w.box.middle[1] - frame.middle[1]) < 6)
        assert label.lines == (bar.number,)
        assert 0 < label.box.x - frame.right < 12


def test_every_centre_or_part_of_one_has_a_bar(published: Content) -> None:
    drawn = chart.bars(published.facts.cases, WORDS)
    assert [bar.value for bar in drawn if bar.case == "Denmark"] == [57, 98, 135]
    assert {bar.label for bar in drawn} >= {"Anderlecht", "Santarém", "Vavta vas"}
    assert next(bar.number for bar in drawn if bar.label == "Grosuplje").endswith(" ≠")
    assert next(bar.asides for bar in drawn if bar.label == "Lisbon") == ("whole school: 443",)


# Continuum


@often
@given(methods(2, 9))
def test_a_continuum_says_all_and_covers_nothing(method: Method) -> None:
    picture = continuum.place(method, WORDS)
    ends = method.ends or ()
    assert_good(picture, [*ends, *(step.name for step in method.steps)])


@often
@given(methods(7, 7))
def test_the_factors_of_a_continuum_stand_in_order(method: Method) -> None:
    picture = continuum.place(method, WORDS)
    numbers = [label for label in picture.text_blocks if label.style == "number"]
    assert [label.lines for label in numbers] == [(str(i + 1),) for i in range(7)]
    assert all(one.y < other.y for one, other in pairwise(numbers))
    for number, step in zip(numbers, method.steps, strict=True):
        beside = [w for w in picture.text_blocks if w.y == number.y and w is not number]
        assert [bare("".join(w.lines)) for w in beside] == [bare(step.name)]


def test_guidance_shrinks_where_responsibility_grows(published: Content) -> None:
    method = next(m for m in published.facts.methods if m.id == "guidance-continuum")
    picture = continuum.place(method, WORDS)
    guidance, both = shaped(picture, "guidance")[0], shaped(picture, "wedge")
    responsibility = next(shape for shape in both if shape is not guidance)
    assert thickness(guidance, 40) > 2 * thickness(guidance, 300) > 0
    assert thickness(responsibility, 360) > 2 * thickness(responsibility, 100) > 0


def thickness(shape: Shape, x: float) -> int:
    """How much of a vertical line at `x` a shape covers."""
    return sum(within((x, y), shape) for y in range(600))


# Cycle


@often
@given(methods(2, 9))
def test_a_cycle_says_all_and_covers_nothing(method: Method) -> None:
    assert_good(cycle.place(method, WORDS), [step.name for step in method.steps])


@often
@given(methods(3, 9))
def test_the_steps_of_a_cycle_go_round_clockwise(method: Method) -> None:
    picture = cycle.place(method, WORDS)
    boxes = framed(picture, "step")
    box_of = {int(texts[0]): box for box in boxes for texts in [said_in(picture, box)]}
    assert sorted(box_of) == list(range(1, len(method.steps) + 1))
    for number, step in enumerate(method.steps, 1):
        assert [bare(text) for text in said_in(picture, box_of[number])] == [str(number), bare(step.name)]
    middle = outline(shaped(picture, "cycle-track")[0]).middle
    turns = [turn(middle, box_of[number].middle) for number in sorted(box_of)]
    assert turns == sorted(turns)
    assert all(one.apart(other) for one, other in combinations(boxes, 2))


def turn(middle: tuple[float, float], point: tuple[float, float]) -> float:
    """How far round from the top, clockwise."""
    return atan2(point[0] - middle[0], middle[1] - point[1]) % (2 * pi)


@often
@given(methods(2, 9))
def test_a_cycle_has_an_arrow_to_every_step(method: Method) -> None:
    picture = cycle.place(method, WORDS)
    heads = shaped(picture, "cycle-head")
    assert len(heads) == len(method.steps)
    assert all(box.apart(outline(tip)) for box in framed(picture, "step") for tip in heads)


# Phases


@often
@given(methods(2, 9))
def test_phases_say_all_and_cover_nothing(method: Method) -> None:
    texts = [step.name for step in (*method.steps, *method.between)]
    assert_good(phases.place(method, WORDS), [*texts, "Lab", "Lab", "Lab", "Between two labs"])


@often
@given(methods(2, 9))
def test_phases_lead_down_to_the_last_and_not_back(method: Method) -> None:
    picture = phases.place(method, WORDS)
    boxes = framed(picture, "step")
    assert [[bare(text) for text in said_in(picture, box)] for box in boxes] == [
        [str(number), bare(step.name)] for number, step in enumerate(method.steps, 1)
    ]
    tips = [outline(tip).middle[1] for tip in shaped(picture, "cycle-head")]
    assert len(tips) == len(boxes) - 1
    for tip, (above, below) in zip(tips, pairwise(boxes), strict=True):
        assert above.bottom < tip < below.y


@often
@given(methods(2, 9))
def test_homework_lies_between_labs_and_no_phase_belongs_to_a_lab(method: Method) -> None:
    picture = phases.place(method, WORDS)
    labs, steps = framed(picture, "frame"), framed(picture, "step")
    assert len(labs) != len(method.steps) or len({lab.y for lab in labs}) == 1
    assert all(lab.bottom < step.y for lab in labs for step in steps)
    *marks, _legend = framed(picture, "between")
    middles = [(one.right + other.x) / 2 for one, other in pairwise(labs)]
    assert [mark.middle[0] for mark in marks] == pytest.approx(middles)


# Triad


@often
@given(methods(3, 3))
def test_a_triad_says_all_and_covers_nothing(method: Method) -> None:
    assert_good(triad.place(method, WORDS), [step.name for step in method.steps])


@often
@given(methods(3, 3))
def test_three_equal_concepts_hold_their_names(method: Method) -> None:
    picture = triad.place(method, WORDS)
    drawn = shaped(picture, "concept")
    assert len({(round(outline(s).width, 6), round(outline(s).height, 6)) for s in drawn}) == 1
    assert all(outline(one).apart(outline(other)) for one, other in combinations(drawn, 2))
    for shape, label, step in zip(drawn, picture.text_blocks, method.steps, strict=True):
        assert inside(label, shape)
        assert bare("".join(label.lines)) == bare(step.name)


@often
@given(methods(3, 3))
def test_each_pair_of_concepts_is_bound_in_both_directions(method: Method) -> None:
    picture = triad.place(method, WORDS)
    concepts = [outline(shape) for shape in shaped(picture, "concept")]
    pairs = {tuple(sorted(nearest(concepts, end) for end in (b.points[0], b.points[-1]))) for b in picture.lines}
    assert pairs == {(0, 1), (0, 2), (1, 2)}
    heads = shaped(picture, "head")
    assert len(heads) == 6
    assert not any(within(end, shape) for head in heads for end in head.points for shape in shaped(picture, "concept"))


def nearest(boxes: list[Box], point: tuple[float, float]) -> int:
    def far(box: Box) -> float:
        (x, y), (a, b) = box.middle, point
        return ((x - a) / box.width) ** 2 + ((y - b) / box.height) ** 2

    return min(range(len(boxes)), key=lambda i: far(boxes[i]))


# Stages


@often
@given(roads, some.booleans())
def test_stages_say_all_and_cover_nothing(road: list[Stage], here: bool) -> None:
    texts = [stage.short for stage in road] + ["You are here"] * here
    assert_good(stages.place(road, road[-1] if here else None, WORDS), texts)


@often
@given(roads)
def test_each_stage_begins_before_the_one_before_has_ended(road: list[Stage]) -> None:
    picture = stages.place(road, None, WORDS)
    bands = [outline(shape) for shape in shaped(picture, "stage")]
    assert len(bands) == len(road)
    for before, after in pairwise(bands):
        assert before.x < after.x < before.right < after.right
        assert before.bottom <= after.y
    for shape, stage in zip(shaped(picture, "stage"), road, strict=True):
        assert shaped(picture, f"stage-{stage.id}") == [shape]
        assert any(inside(w, shape) and bare("".join(w.lines)) == bare(stage.short) for w in picture.text_blocks)


@often
@given(roads, some.data())
def test_only_the_marked_stage_says_that_you_are_here(road: list[Stage], data: some.DataObject) -> None:
    marked = data.draw(some.sampled_from(road))
    picture = stages.place(road, marked, WORDS)
    here = next(label for label in picture.text_blocks if label.lines == ("You are here",))
    assert [shape.style.split()[1] for shape in shaped(picture, "marked")] == [f"stage-{marked.id}"]
    assert [inside(here, shape) for shape in shaped(picture, "stage")] == [stage is marked for stage in road]


@often
@given(roads)
def test_an_arrow_leads_from_the_last_stage_back_to_the_first(road: list[Stage]) -> None:
    picture = stages.place(road, None, WORDS)
    first, *_, last = (outline(shape) for shape in shaped(picture, "stage"))
    (back,), (tip,) = picture.lines, shaped(picture, "head")
    (x, y), (end, top) = back.points[0], tip.points[0]
    assert last.x < x < last.right
    assert 0 < y - last.bottom < 8
    assert first.x < end < first.right
    assert 0 < top - first.bottom < 8


# Road

OF_ROAD = [road.place_wide, road.place_upright]


def on(point: tuple[float, float], surface: Shape) -> bool:
    """Whether a point lies inside a shape of any form: a line to its right leaves it an odd number of times."""
    (x, y), points = point, surface.points
    sides = zip(points, points[1:] + points[:1], strict=True)
    return sum((b > y) != (d > y) and x < a + (c - a) * (y - b) / (d - b) for (a, b), (c, d) in sides) % 2 == 1


@often
@given(roads, some.sampled_from(OF_ROAD))
def test_a_road_says_all_and_covers_nothing(stages_of_road: list[Stage], place: Callable) -> None:
    numbers = [str(number) for number in range(1, len(stages_of_road) + 1)]
    texts = [*(stage.short for stage in stages_of_road), *numbers, "You may go back to an earlier stage"]
    assert_good(place(stages_of_road, SHAPES, WORDS), texts)


@pytest.mark.parametrize("place", OF_ROAD)
def test_the_four_roles_set_out_together_before_the_first_stage(published: Content, place: Callable) -> None:
    picture = place(published.facts.stages, SHAPES, WORDS)
    along = 0 if picture.width > picture.height else 1
    stations = [frame for frame in picture.frames if "station" in frame.style]
    assert [frame.style for frame in stations] == [f"station stage-{stage.id}" for stage in published.facts.stages]
    places = [mark.box.middle[along] for mark in picture.marks] + [frame.middle[along] for frame in stations]
    assert [mark.role for mark in picture.marks] == list(SHAPES) and places == sorted(places)
    (surface,) = shaped(picture, "surface")
    assert all(on(each.middle, surface) for each in [*stations, *(mark.box for mark in picture.marks)])


@pytest.mark.parametrize("place", OF_ROAD)
def test_a_dashed_way_leads_from_the_last_station_to_the_first_beside_the_road(published: Content, place: Callable) -> None:
    picture = place(published.facts.stages, SHAPES, WORDS)
    first, *_, last = (frame for frame in picture.frames if "station" in frame.style)
    (back,), (surface,) = [line for line in picture.lines if "back" in line.style], shaped(picture, "surface")
    assert not any(on(point, surface) for point in back.points)
    for end, station in ((back.points[0], last), (back.points[-1], first)):
        assert max(abs(a - b) for a, b in zip(end, station.middle, strict=True)) < 50


# In words


@pytest.fixture(scope="module")
def pieces(published: Content) -> Pieces:
    return Pieces(published.facts, WORDS, Renderer(WORDS))


def in_words(figure: str) -> str:
    """The text version of a figure."""
    (version,) = html.fromstring(figure).find_class("text-version")
    return " ".join(version.text_content().split())


@pytest.mark.parametrize(
    ("piece", "id"),
    [("guidance_continuum", "guidance-continuum"), ("learning_lab_phases", "learning-lab"),
     ("reflection_cycle", "reflection-cycle"), ("core_concept_triad", "core-concepts")],
)
def test_a_method_is_told_in_words(pieces: Pieces, piece: str, id: str) -> None:
    method = next(m for m in pieces.facts.methods if m.id == id)
    said = in_words(getattr(pieces, piece)())
    texts = [text for step in (*method.steps, *method.between) for text in (step.name, step.text) if text]
    assert [text for text in (method.summary, *(method.ends or ()), *texts) if text not in said] == []


@pytest.mark.parametrize("id", ["randers", "lisbon", "antwerp"])
def test_a_timeline_is_told_in_words(pieces: Pieces, id: str) -> None:
    pathway = next(p for case in pieces.facts.cases for p in case.pathways if p.id == id)
    said, sessions = in_words(pieces.pathway_timeline(id)), pathway.sessions
    told = [fact for fact in (sessions.kick_off, sessions.wrap_up, sessions.time_of_day, *sessions.alongside) if fact]
    assert [fact.text for fact in told if fact.text not in said] == []
    assert [other.label for other in sessions.alongside if other.label not in said] == []


def test_a_chart_is_told_in_words(pieces: Pieces) -> None:
    said = in_words(pieces.children_chart())
    centres = [centre for case in pieces.facts.cases for centre in case.centres]
    numbers = [WORDS.number(number.value) for centre in centres for number in (centre.children, centre.whole_school)
               if number]
    others = [WORDS.number(o.value) for centre in centres for o in centre.children.alternates if o.value is not None]
    names = [centre.name for centre in centres]
    assert [text for text in (*names, *numbers, *others) if text not in said] == []


def test_the_stages_are_told_in_words(pieces: Pieces) -> None:
    said = in_words(pieces.overlapping_stages("facilitating"))
    assert [stage.title for stage in pieces.facts.stages if stage.title not in said] == []
    assert said.count("You are here") == 1
    assert "You are here" not in in_words(pieces.overlapping_stages())


@pytest.mark.parametrize("call", [
    ("pathway_timeline", "randers"), ("children_chart",), ("children_chart", "belgium"), ("guidance_continuum",),
    ("learning_lab_phases",), ("reflection_cycle",), ("core_concept_triad",), ("overlapping_stages", "evaluating"),
])
def test_a_figure_is_one_block_with_a_name(pieces: Pieces, call: tuple[str, ...]) -> None:
    markup = getattr(pieces, call[0])(*call[1:])
    figure = html.fragment_fromstring(markup)
    (drawing,), ids = figure.xpath(".//svg[@role='img']"), figure.xpath("descendant-or-self::*/@id")
    assert markup.startswith("<figure")
    assert "\n" not in markup
    assert len(ids) == len(set(ids))
    assert drawing.xpath("string(title)") == figure.xpath("string(figcaption)")
    assert drawing.xpath("string(desc)")
    assert all(cell.get("scope") for cell in figure.iter("th"))
