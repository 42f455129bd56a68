"""Caches what is worked out from one object for as long as that object lives."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from macros.facts.problem import Problems

Owner = TypeVar("Owner")
Result = TypeVar("Result")


def once(compute: Callable[[Owner], Result]) -> Callable[[Owner], Result]:
    """Decorates a function of one object: it is run once, and its result kept on the object.

    Problems that it raises are kept too, so that what cannot be read is not read again.
    """
    key = f"{compute.__module__}.{compute.__qualname__}"

    @wraps(compute)
    def kept(owner: Owner) -> Result:
        outcomes: dict[str, Any] = owner.__dict__.setdefault("_outcomes", {})
        return outcome_of(outcomes, key, lambda: compute(owner))

    return kept


def outcome_of(outcomes: dict[str, Any], key: str, compute: Callable[[], Result]) -> Result:
    """What is kept under a key, else what `compute` answers, which is kept: a result or Problems.

    Raises Problems where those are what it answered.
    """
    if key not in outcomes:
        try:
            outcomes[key] = compute()
        except Problems as refusal:
            outcomes[key] = refusal
    outcome = outcomes[key]
    if isinstance(outcome, Problems):
        raise Problems(outcome.problems)
    return outcome
