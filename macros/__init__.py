"""Lets a page call the pieces: loads the facts once and registers one macro per piece.

The only file that knows its host (mkdocs-macros, or a program that speaks like it). Uses
`env.macro` and `env.conf`. Imports nothing of ours before a host calls.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2.runtime import Context

    from macros.pieces import Pieces


def define_env(env: Any) -> None:
    """Called by the host, once per build."""
    from mkdocs.exceptions import PluginError

    from macros.edition_pieces import pieces_of
    from macros.facts.problem import Problems
    from macros.pieces import NAMES
    from macros.site_address import published

    try:
        root = Path(env.conf["config_file_path"]).parent
        address = published(env.conf["site_url"])
        pieces = pieces_of(root, env.conf["extra"]["edition"], address)
    except Problems as problems:
        raise PluginError(str(problems)) from None
    for name in NAMES:
        env.macro(_macro(pieces, name), name)


def _macro(pieces: Callable[[str], Pieces], name: str) -> Callable[..., str]:
    from jinja2 import pass_context

    @pass_context
    def macro(context: Context, *arguments: str) -> str:
        return getattr(pieces(context["page"].file.src_uri), name)(*arguments)

    return macro
