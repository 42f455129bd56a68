"""What is worked out once: the function runs once for each object, and what it refused is kept too."""

from __future__ import annotations

import pytest

from macros.facts.problem import Problem, Problems
from roadmap.project.once import once


class Owner:
    """Counts how often each of its functions runs."""

    def __init__(self, name: str):
        self.name = name
        self.runs: list[str] = []

    @property
    @once
    def value(self) -> list[str]:
        self.runs.append("value")
        return [self.name]

    @property
    @once
    def nothing(self) -> None:
        self.runs.append("nothing")

    @property
    @once
    def refused(self) -> str:
        self.runs.append("refused")
        raise Problems([Problem(self.name, 7, "a tab", "spaces")])

    @once
    def broken(self) -> str:
        self.runs.append("broken")
        raise OSError(self.name)


class Other(Owner):
    """Has a property of the same name, worked out from the first."""

    @property
    @once
    def value(self) -> list[str]:
        return [*super().value, "other"]


@once
def value(owner: Owner) -> str:
    owner.runs.append("value of a module")
    return owner.name.upper()


def test_a_function_runs_once_for_each_object() -> None:
    owner = Owner("a")
    assert owner.runs == [], "nothing runs before it is asked for"
    assert owner.value is owner.value and owner.value == ["a"]
    assert owner.runs == ["value"]
    assert owner.nothing is owner.nothing is None
    assert owner.runs == ["value", "nothing"], "None is kept like any other answer"


def test_two_objects_do_not_share() -> None:
    one, two = Owner("a"), Owner("b")
    assert (one.value, two.value, value(one), value(two)) == (["a"], ["b"], "A", "B")
    assert one.runs == two.runs == ["value", "value of a module"]
    for owner in (one, two):
        with pytest.raises(Problems, match=rf"^{owner.name}:7: a tab; spaces$"):
            _ = owner.refused


def test_functions_of_the_same_name_do_not_share() -> None:
    owner = Other("a")
    assert (owner.value, value(owner), owner.value) == (["a", "other"], "A", ["a", "other"])
    assert owner.runs == ["value", "value of a module"]


def test_problems_are_kept_and_raised_each_time_as_new() -> None:
    owner, raised = Owner("a"), []
    for _ in range(2):
        with pytest.raises(Problems) as refusal:
            _ = owner.refused
        raised.append(refusal.value)
    assert owner.runs == ["refused"]
    assert raised[0].problems == raised[1].problems == (Problem("a", 7, "a tab", "spaces"),)
    assert raised[0] is not raised[1], "an exception that is raised twice would collect the traces of both"


def test_any_other_error_is_not_kept() -> None:
    owner = Owner("a")
    for _ in range(2):
        with pytest.raises(OSError, match="a"):
            owner.broken()
    assert owner.runs == ["broken", "broken"]


def test_the_name_and_docstring_of_a_function_stay() -> None:
    assert (value.__name__, value.__module__) == ("value", __name__)
