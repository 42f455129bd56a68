"""Whether the built site is still what a build would make: then nothing need be read.

It goes by names, sizes and times of files, as `make` and `git status` do.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from roadmap.project.cache import CODE, packages
from roadmap.project.file_state import State, state_below, state_of

FILE = "built.json"  # in .cache/: what the site was built from, and what it looks like
TICK = 20_000_000  # nanoseconds: two changes of a file within one may look alike


def state_for_build(root: Path, only: Collection[str], *, pdf: bool) -> str:
    """A fingerprint of all that a build of these editions, or of all, reads, from outside.

    Waits where a file was changed a moment ago: a further change might look the same. Empty where
    a file comes from the future.
    """
    inputs = _inputs(root)
    age = time.time_ns() - _newest(inputs)
    if 0 <= age < TICK:
        time.sleep((TICK - age) / 1e9)
        inputs = _inputs(root)
    if time.time_ns() - _newest(inputs) < TICK:
        return ""
    return _fingerprint(inputs, packages(), sorted(only), pdf)


def _inputs(root: Path) -> State:
    return state_of(root) + state_below(CODE / "macros") + state_below(CODE / "roadmap")


def _newest(inputs: State) -> int:
    return max((when for _, _, when in inputs), default=0)


def is_up_to_date(root: Path, only: Collection[str], *, pdf: bool) -> bool:
    """Whether the site is what was built last, from what is there now."""
    try:
        data = json.loads((root / ".cache" / FILE).read_bytes())
    except (OSError, ValueError):
        return False
    if not isinstance(data, dict) or data.get("site") != _site_state(root):
        return False
    return bool(data.get("inputs")) and data["inputs"] == state_for_build(root, only, pdf=pdf)


def remember(root: Path, inputs: str) -> None:
    """Notes what the site was built from: `inputs`, as `state_for_build` was at the start."""
    data = {"inputs": inputs, "site": _site_state(root)}
    (root / ".cache" / FILE).write_text(json.dumps(data), encoding="utf-8", newline="\n")


def _site_state(root: Path) -> str:
    site: State = state_below(root / "site")
    return _fingerprint(site)


def _fingerprint(*values: object) -> str:
    return sha256(repr(values).encode()).hexdigest()
