"""A sample of `python -m tests.audit.fuzz`, and parsers with planted faults, which it must name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from macros.facts.problem import Problem, Problems
from tests.audit.fuzz import contributions, harness, scripts
from tests.audit.fuzz.harness import Figures, Parser, input_of, run

SEED, SAMPLE = 11, range(12)
FILES = [("a.txt", b"one: 1\ntwo: 2\n"), ("b.txt", b"three\n")]


def raises(_: str, data: bytes) -> None:
    raise KeyError(len(data))


def hangs(_: str, __: bytes) -> None:
    while True:
        try:
            sum(range(10_000))
        except Exception:
            continue


def hoards(_: str, __: bytes) -> None:
    b"x" * 64 * 1024 * 1024


def refuses(name: str, _: bytes) -> None:
    raise Problems([Problem(name, 1, "this", "that")])


def readings(read: Callable[[str, bytes], object], indices: range = range(1)) -> Figures:
    return run(Parser("planted", FILES, read), SEED, indices)


@pytest.mark.parametrize("read, what", [(raises, "KeyError"), (hangs, "still reading after 1 s"), (hoards, "MiB of memory")])
def test_a_planted_fault_is_named(read: Callable, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness, "LARGEST", 32 * 1024)  # as much as is named in tests takes more than a second on some machines
    figures = readings(read)
    (fault,) = figures.faults
    assert str(fault).startswith(f"planted, seed {SEED}, index 0 (")
    assert what in fault.what
    assert (figures.inputs, figures.refused, figures.accepted) == (1, 0, 0)


def test_a_refusal_is_no_fault() -> None:
    figures = readings(refuses, range(5))
    assert (figures.inputs, figures.refused, figures.accepted, figures.faults) == (5, 5, 0, [])


def test_seed_and_index_give_the_same_input_again() -> None:
    parser = Parser("planted", FILES, refuses)
    first = [input_of(parser, SEED, index) for index in range(20)]
    assert [input_of(parser, SEED, index) for index in range(20)] == first
    assert len(set(first)) > 15
    assert [input_of(parser, SEED + 1, index) for index in range(20)] != first


@pytest.mark.parametrize("name", ["translated pages", "YAML of an edition", "reworded strings", "content"])
def test_a_sample_of_what_people_contribute(name: str, tmp_path: Path) -> None:
    figures = run(contributions.PARSERS[name](tmp_path), SEED, SAMPLE)
    assert figures.faults == []
    assert figures.refused and figures.inputs == len(SAMPLE)


def test_a_sample_of_answers(tmp_path: Path) -> None:
    figures = scripts.read_answers(scripts.answers(), SEED, range(100), tmp_path)
    assert figures.faults == []
    assert figures.refused and figures.accepted


def test_a_script_that_throws_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.js"
    broken.write_text("window.roadmap.answers.read = () => { throw new TypeError('planted') };\n", encoding="utf-8")
    figures = scripts.read_answers(scripts.answers(), SEED, range(1), tmp_path, [*scripts.SCRIPTS, broken])
    (fault,) = figures.faults
    assert "TypeError: planted" in fault.what
