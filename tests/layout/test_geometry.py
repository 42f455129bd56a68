"""Points and arrow heads: one implementation for all pictures."""

from __future__ import annotations

from math import dist

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from macros.layout import pen
from macros.layout.geometry import arrow_head, n, svg_path, towards
from macros.layout.picture import HEAD, HEAD_SLOPE, Line

coordinates = st.integers(-400, 400).map(float)
points = st.tuples(coordinates, coordinates)
lengths = st.integers(1, 40).map(float)


@given(points, points, lengths)
def test_a_point_towards_another_lies_on_the_way_to_it(start, end, distance) -> None:
    assume(dist(start, end) >= distance)
    point = towards(start, end, distance)
    assert dist(start, point) == pytest.approx(distance)
    assert dist(start, point) + dist(point, end) == pytest.approx(dist(start, end))


def test_nothing_lies_between_a_point_and_itself() -> None:
    assert towards((3, 4), (3, 4), 10) == (3, 4)


@given(points, points, lengths, st.sampled_from([HEAD_SLOPE, pen.HEAD_SLOPE]))
def test_an_arrow_head_is_an_isosceles_triangle(tip, before, length, slope) -> None:
    assume(tip != before)
    top, left, right = arrow_head(tip, before, length=length, slope=slope)
    assert top == tip
    assert dist(tip, left) == pytest.approx(dist(tip, right))
    assert dist(left, right) == pytest.approx(2 * slope * length)
    middle = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2)
    assert middle == pytest.approx(towards(tip, before, length))


def test_both_kinds_of_arrows_share_one_head() -> None:
    line = Line(points=((0, 0), (100, 0)), head=True)
    assert line.heads == (svg_path(arrow_head((100, 0), (0, 0), length=HEAD, slope=HEAD_SLOPE), closed=True),)
    head = pen.head((100, 0), (0, 0))
    assert head.points == arrow_head((100, 0), (0, 0), length=pen.HEAD, slope=pen.HEAD_SLOPE)


def test_a_stroke_ends_within_its_heads() -> None:
    assert Line(points=((0, 0), (100, 0)), head=True, tail=True).path == "M4 0L96 0"


@pytest.mark.parametrize(("value", "text"), [(1.0, "1"), (-0.04, "0"), (2.25, "2.2"), (2.26, "2.3"), (-7.5, "-7.5")])
def test_a_coordinate_is_short(value: float, text: str) -> None:
    assert n(value) == text
