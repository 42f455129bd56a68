"""Work side by side: in order, within the cores there are, and one inside another."""

from __future__ import annotations

import os

import pytest

from roadmap.project import processes
from roadmap.project.processes import side_by_side


def inner(name: str) -> tuple[str, int]:
    return f"inner {name}", os.getpid()


def outer(name: str) -> tuple[list[tuple[str, int]], int]:
    return list(side_by_side(inner, [f"{name}1", f"{name}2"])), os.getpid()


@pytest.mark.parametrize(("cores", "inner_processes"), [(1, 0), (2, 0), (6, 2)])  # three editions on two cores leave none free
def test_each_piece_of_work_has_its_share_of_the_cores(cores: int, inner_processes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_cores", cores)
    found = list(side_by_side(outer, ["a", "b", "c"]))
    assert [[name for name, _ in each] for each, _ in found] == [["inner a1", "inner a2"], ["inner b1", "inner b2"], ["inner c1", "inner c2"]]
    for each, process in found:
        assert (process == os.getpid()) == (cores == 1)
        assert len({pid for _, pid in each} - {process}) <= inner_processes
        assert bool(inner_processes) == (process not in {pid for _, pid in each})
    assert processes._work is None  # work inside other work leaves that as it was
