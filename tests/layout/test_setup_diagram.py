"""The set-up diagram: nothing overlaps, nothing is cut, nobody is missing, and no arrow meets words or people."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.facts.model import Arrangement, Role
from macros.language.translator import Translator
from macros.layout.picture import WIDTH, Box, Frame, Line, Picture
from macros.layout.setup_diagram import diagram

WORDS = Translator("en")
VOCABULARY = (
    "staff", "of", "the", "nursery", "children", "preschool teachers", "Krkine lučke", "vzgojiteljice", "pædagoger",
    "pædagogmedhjælperuddannelsen", "specialpædagogikuddannelsesinstitutionsledernes", "kinderbegeleiders",
    "core/assisting practitioners", "às quintas-feiras", "×", "I",
)

labels = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=7).map(lambda words: " ".join(words)[:90].strip())
roles = st.sampled_from([role for role in Role if role is not Role.FACILITATOR])


@st.composite
def people(draw: st.DrawFn, most: int, titles: st.SearchStrategy[str]) -> dict:
    number = draw(st.sampled_from([None, 1, 2, 3, 5, 8, 11, 17, 60, 200]))
    number = number and min(number, most)
    return {
        "role": draw(roles), "title": draw(titles), "number": number, "source": ["report"],
        "completed": draw(st.sampled_from([None, 0, number])) if number else None,
        "presence": draw(st.sampled_from(["regular", "regular", "at-times"])),
    }


@st.composite
def groups(draw: st.DrawFn, id: str, most: int, said: st.SearchStrategy[str]) -> dict:
    members = [draw(people(most // 3, said)) for _ in range(draw(st.integers(0, 3)))] if most > 2 else []
    return {"id": id, "name": draw(said), "times": draw(st.sampled_from([1, 1, 2, 3, 11, 20])), "people": members}


@st.composite
def arrangements(draw: st.DrawFn) -> Arrangement:
    """1 to 12 groups, up to 200 people, with any links and any support; or groups much alike, below one that links."""
    many, alike = draw(st.integers(1, 12)), draw(st.booleans())
    ids = [f"group-{at}" for at in range(many)]
    if alike:
        one = draw(groups("", 200 // many if draw(st.booleans()) else 9, st.just("staff")))
        members = [{**one, "id": id} for id in ids]
    else:
        most = iter([draw(st.sampled_from([200 // many, 200 - 3 * many])), *[3] * many])
        members = [draw(groups(id, next(most), labels)) for id in ids]
    pairs = [*combinations(ids, 2)]
    if alike and many > 1:
        links = [{"between": (ids[0], id), "label": "ideas"} for id in draw(st.sampled_from([ids[1:], ids[2:], []]))]
    else:
        between = draw(st.lists(st.sampled_from(pairs), max_size=10)) if pairs else []
        links = [{"between": pair, "label": draw(st.just("ideas") | labels)} for pair in between]
    supports = draw(st.sampled_from([ids, ids[:1], []]) | st.lists(st.sampled_from(ids), unique=True))
    facilitators = {
        "number": draw(st.sampled_from([1, 2, 3, 12])), "kind": draw(st.sampled_from(["external", "internal"])),
        "title": draw(labels), "source": ["report"], "supports": supports,
    }
    return Arrangement.model_validate({"groups": members, "links": links, "facilitators": facilitators})


quick = settings(max_examples=60, deadline=None)


def drawn(arrangement: Arrangement) -> Picture:
    return diagram.place(arrangement, WORDS)


def fronts(picture: Picture) -> list[Frame]:
    """The frames of the groups, in their order."""
    return [frame for frame in picture.frames if frame.style in ("frame", "frame whole")]


def wholes(picture: Picture) -> list[Box]:
    """The groups with the outlines behind them, in their order."""
    found, behind = [], []
    for frame in picture.frames:
        if frame.style == "frame behind":
            behind.append(frame)
        elif frame.style == "frame":
            right, bottom = (max(getattr(f, side) for f in (frame, *behind)) for side in ("right", "bottom"))
            found.append(Box(x=frame.x, y=frame.y, width=right - frame.x, height=bottom - frame.y))
            behind = []
    return found


def ways(line: Line) -> list[Box]:
    """The straight parts of a line, as boxes as thick as its stroke."""
    return [
        Box(x=min(a, c) - 1, y=min(b, d) - 1, width=abs(a - c) + 2, height=abs(b - d) + 2)
        for (a, b), (c, d) in pairwise(line.points)
    ]


def within(box: Box, by: float) -> Box:
    return Box(x=box.x + by, y=box.y + by, width=box.width - 2 * by, height=box.height - 2 * by)


def letters(text: str) -> str:
    return "".join(text.split()).replace("-", "")


def expected(people: list) -> Counter:
    """Marks by role and ghost, as the facts want them."""
    count: Counter = Counter()
    for one in people:
        if one.presence == "at-times":
            count[one.role, True] += one.number or 3
        elif one.number is None:
            count[one.role, True] += 3
        else:
            stayed = one.number if one.completed is None else one.completed
            count += Counter({(one.role, False): stayed, (one.role, True): one.number - stayed})
    return +count


@given(arrangements())
@quick
def test_everybody_is_in_the_frame_of_their_group(arrangement):
    picture = drawn(arrangement)
    for group, frame in zip(arrangement.groups, fronts(picture), strict=True):
        inside = [mark for mark in picture.marks if within(frame, 4).holds(mark.box)]
        assert Counter((mark.role, mark.ghost) for mark in inside) == expected(group.people)


@given(arrangements())
@quick
def test_nobody_else_is_drawn(arrangement):
    picture = drawn(arrangement)
    present = {one.role for group in arrangement.groups for one in group.people} | {Role.FACILITATOR}
    wanted = sum((expected(group.people) for group in arrangement.groups), Counter())
    wanted += Counter({(Role.FACILITATOR, False): arrangement.facilitators.number})
    wanted += Counter({(role, False): 1 for role in present})  # the legend
    assert Counter((mark.role, mark.ghost) for mark in picture.marks) == wanted


@given(arrangements())
@quick
def test_frames_are_apart_and_in_the_order_of_the_groups(arrangement):
    picture = drawn(arrangement)
    groups = wholes(picture)
    assert all(one.apart(other) for one, other in combinations(groups, 2))
    assert all(one.y <= other.y for one, other in pairwise(groups))
    outer = [frame for frame in picture.frames if frame.style == "frame-outer"]
    assert len(outer) == (arrangement.facilitators.kind == "internal")
    assert all(within(frame, 4).holds(group) for frame in outer for group in groups)


@given(arrangements())
@quick
def test_marks_and_words_are_apart_from_each_other(arrangement):
    picture = drawn(arrangement)
    boxes = [each.box for each in (*picture.marks, *picture.text_blocks)]
    boxes.sort(key=lambda box: box.y)
    for at, box in enumerate(boxes):
        for other in boxes[at + 1 :]:
            if other.y >= box.bottom:
                break
            assert box.apart(other)


@given(arrangements())
@quick
def test_nothing_leaves_the_picture_or_lies_on_the_edge_of_a_frame(arrangement):
    picture = drawn(arrangement)
    assert picture.width == WIDTH
    for each in (*picture.marks, *picture.text_blocks):
        assert picture.box.holds(each.box)
        for frame, whole in zip(fronts(picture), wholes(picture), strict=True):
            assert within(frame, 4).holds(each.box) or whole.apart(each.box)
    for box in [*wholes(picture), *(way for line in picture.lines for way in ways(line))]:
        assert within(picture.box, 1).holds(box)


@given(arrangements())
@quick
def test_every_word_of_every_label_is_there(arrangement):
    picture = drawn(arrangement)
    written = Counter(letters("".join(words.lines)) for words in picture.text_blocks)
    said = [WORDS.role(role) for role in {mark.role for mark in picture.marks}]
    said += [f"{group.times} × {group.name}" if group.times > 1 else group.name for group in arrangement.groups]
    for one in (arrangement.facilitators, *(one for group in arrangement.groups for one in group.people)):
        said.append(f"{one.number} {one.title}" if one.number else one.title)
    assert not Counter(map(letters, said)) - written
    assert {letters(link.label) for link in arrangement.links} <= set(written)


@given(arrangements())
@quick
def test_arrows_meet_neither_words_nor_people_nor_frames(arrangement):
    picture = drawn(arrangement)
    solid = [each.box for each in (*picture.marks, *picture.text_blocks)] + [within(each, 2) for each in wholes(picture)]
    for line in picture.lines:
        for way in ways(line):
            assert all(way.apart(box) for box in solid)


@given(arrangements())
@quick
def test_arrows_reach_the_groups_they_are_meant_for(arrangement):
    picture = drawn(arrangement)
    order = [group.id for group in arrangement.groups]
    groups = dict(zip(order, wholes(picture), strict=True))

    def reached(lines: list[Line]) -> set[str]:
        tips = [line.points[-1] for line in lines if line.head] + [line.points[0] for line in lines if line.tail]
        hit = {tip: {id for id, box in groups.items() if touches(box, tip)} for tip in tips}
        assert all(hit.values())
        return set().union(*hit.values())

    support = [line for line in picture.lines if "support" in line.style]
    assert reached(support) == set(arrangement.facilitators.supports)
    links = [line for line in picture.lines if "support" not in line.style]
    assert reached(links) == {id for link in arrangement.links for id in link.between}


@given(arrangements())
@quick
def test_arrows_of_different_links_never_run_on_each_other(arrangement):
    lines = drawn(arrangement).lines
    for one, other in combinations(lines, 2):
        if "support" not in one.style or "support" not in other.style:
            assert not any(on_each_other(a, b) for a in ways(one) for b in ways(other))


def on_each_other(one: Box, other: Box) -> bool:
    """Whether two straight parts share more than a crossing or an end: each is 2 units thick."""
    wide = min(one.right, other.right) - max(one.x, other.x)
    high = min(one.bottom, other.bottom) - max(one.y, other.y)
    return min(wide, high) > 0 and max(wide, high) > 2.1


def touches(box: Box, point: tuple[float, float]) -> bool:
    tip = Box(x=point[0], y=point[1], width=0, height=0)
    return within(box, -0.1).holds(tip) and not within(box, 0.1).holds(tip)


# By example


def member(role: str, number: int | None, title: str, **more: object) -> dict:
    return {"role": role, "number": number, "title": title, "source": ["report"], **more}


def arranged(groups: list[dict], links: list[tuple[str, str, str]] = (), kind: str = "external") -> Arrangement:
    facilitators = {"number": 2, "kind": kind, "title": "Facilitators", "source": ["report"], "supports": ["a"]}
    return Arrangement.model_validate({
        "groups": groups, "facilitators": facilitators,
        "links": [{"between": (one, other), "label": label} for one, other, label in links],
    })


def four() -> list[dict]:
    return [{"id": id, "name": id.upper(), "people": [member("core", 3, "Teachers")]} for id in "abcd"]


def lines_of(picture: Picture) -> list[str]:
    return [" ".join(words.lines) for words in picture.text_blocks]


@pytest.mark.parametrize(("times", "outlines"), [(1, 0), (2, 1), (3, 2), (11, 2)])
def test_several_groups_of_a_kind_are_outlines_behind_each_other(times, outlines):
    picture = drawn(arranged([{"id": "a", "name": "Community", "times": times}]))
    assert [frame.style for frame in picture.frames].count("frame behind") == outlines
    assert ("Community" if times == 1 else f"{times} × Community") in lines_of(picture)


def test_a_picture_says_where_a_number_is_not_given_and_who_is_there_at_times():
    people = [member("core", None, "Teachers"), member("leader", 1, "Principal", presence="at-times")]
    written = lines_of(drawn(arranged([{"id": "a", "name": "Group", "people": people}])))
    assert written[2:6] == ["Teachers", "number not given", "1 Principal", "at times"]


def test_a_picture_says_who_stayed_to_the_end():
    people = [member("assisting", 11, "Assistants", completed=6)]
    picture = drawn(arranged([{"id": "a", "name": "Group", "people": people}]))
    assert lines_of(picture)[2:4] == ["11 Assistants", "6 stayed to the end"]
    assert [mark.ghost for mark in picture.marks if mark.role == "assisting"][:11] == [False] * 6 + [True] * 5


def test_a_group_that_includes_another_does_not_look_like_one_more():
    joint = {"id": "a", "name": "Joint lab", "people": [member("core", 3, "Teachers")]}
    staff = {"id": "b", "name": "All staff", "includes": "with the three", "people": [member("either", 63, "Employees")]}
    picture = drawn(arranged([joint, staff]))
    assert [frame.style for frame in fronts(picture)] == ["frame", "frame whole"]
    assert "with the three" in lines_of(picture)


def test_what_is_our_reading_has_a_sign_that_the_picture_explains():
    people = [member("core", 3, "Teachers", inferred=True), member("leader", 1, "Principal")]
    written = lines_of(drawn(arranged([{"id": "a", "name": "Group", "people": people}])))
    assert "3 Teachers*" in written and "1 Principal" in written and written[-1] == "* our reading of the sources"


def test_external_facilitators_stand_above_all_frames_and_internal_ones_within_the_centre():
    outside, inside = (drawn(arranged(four(), kind=kind)) for kind in ("external", "internal"))
    assert outside.marks[0].box.bottom < min(frame.y for frame in outside.frames)
    assert inside.frames[0].holds(inside.marks[0].box)


def test_groups_of_a_kind_stand_side_by_side():
    groups = four()
    groups[1]["people"] = [member("core", 3, "Teachers of the nursery")]
    a, b, c, d = fronts(drawn(arranged(groups)))
    assert (a.y, c.y, a.x, b.x) == (b.y, d.y, c.x, d.x)
    assert a.right < b.x and a.bottom == b.bottom < c.y


def test_a_group_is_high_enough_for_all_its_arrows():
    ids = "abcdef"
    links = [(one, other, f"{one} and {other}") for one, other in combinations(ids, 2)]
    picture = drawn(arranged([{"id": id, "name": "Group"} for id in ids], links))
    for line in picture.lines:
        assert all(any(touches(group, tip) for group in wholes(picture)) for tip in (line.points[-1],) * line.head)


def test_groups_with_the_same_link_to_the_one_above_stand_below_it_in_pairs():
    wide = {"id": "h", "name": "Joint lab", "people": [member("core", 4, "Teachers")]}
    a, b, c, d = four()
    picture = drawn(arranged([wide, a, b, c, d], [("h", id, "ideas") for id in "abcd"]))
    hub, first, second, *_ = fronts(picture)
    assert hub.width > first.width and first.y == second.y
    assert lines_of(picture).count("ideas") == 1


def test_links_that_differ_each_say_their_words():
    links = [("a", "b", "ideas"), ("a", "c", "questions"), ("a", "d", "plans"), ("b", "c", "visits")]
    picture = drawn(arranged(four(), links))
    assert {"ideas", "questions", "plans", "visits"} <= set(lines_of(picture))


def test_many_people_stand_in_rows_of_ten():
    picture = drawn(arranged([{"id": "a", "name": "All staff", "people": [member("either", 63, "Employees")]}]))
    rows = Counter(mark.y for mark in picture.marks if mark.role is Role.EITHER and fronts(picture)[0].holds(mark.box))
    assert list(rows.values()) == [10] * 6 + [3]


@given(arrangements())
@quick
def test_the_mirrored_picture_holds_everything_too(arrangement):
    picture = drawn(arrangement).mirrored()
    assert all(picture.box.holds(each.box) for each in (*picture.marks, *picture.text_blocks))
    boxes = [mark.box for mark in picture.marks]
    assert all(words.box.apart(box) for words in picture.text_blocks for box in boxes)
