"""What goes wrong on the way from a host to a reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

LOG_IN = "/log-in"  # where networks lead who is not known to them


def _as_it_is(content: bytes) -> bytes:
    return content


@dataclass(frozen=True)
class Fault:
    """What becomes of an answer.

    It is `held` back until the fault is over, has another status, `redirects` to a log-in or has another `type`. `change` gives
    the bytes that arrive instead, as though they were right; one that is `cut` ends in the middle, and the connection with it.
    """

    held: bool = False
    status: HTTPStatus = HTTPStatus.OK
    redirects: bool = False
    type: str = ""
    change: Callable[[bytes], bytes] = _as_it_is
    cut: bool = False


def _without_end(content: bytes) -> bytes:
    """All but the last paragraph: of a script, what is left may be a script as well."""
    return content[: content.rindex(b"\n\n")] if b"\n\n" in content else content[: len(content) // 2]


FAULTS = {
    "slow": Fault(held=True),
    "cut": Fault(cut=True),
    "404": Fault(status=HTTPStatus.NOT_FOUND),
    "500": Fault(status=HTTPStatus.INTERNAL_SERVER_ERROR),
    "redirect": Fault(redirects=True),
    "wrong type": Fault(type="application/octet-stream"),
    "truncated": Fault(change=_without_end),
    "edited": Fault(change=lambda content: content + b"\n<!-- seen by a filter -->"),
}
