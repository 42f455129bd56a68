"""Lets a page call the pieces: loads the facts once and registers one macro per piece.

The only file that knows its host (mkdocs-macros, or a program that speaks like it). Uses
`env.macro` and `env.conf`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from macros.facts import rules
from macros.facts.load import load
from macros.facts.model import Imprint
from macros.facts.problem import Problems
from macros.language import messages
from macros.language.translator import N_, Translator
from macros.pieces import NAMES, Pieces
from macros.render import Renderer

EDITION = N_("English edition")  # translated as the name of the own edition


def define_env(env: Any) -> None:
    """Called by the host, once per build."""
    from mkdocs.exceptions import PluginError

    try:
        root, address = Path(env.conf["config_file_path"]).parent, env.conf["site_url"] or ""
        pieces = pieces_of(root, env.conf["extra"]["edition"], address)
    except Problems as problems:
        raise PluginError(str(problems)) from None
    for name in NAMES:
        env.macro(_macro(pieces, name), name)


def pieces_of(
    root: Path,
    code: str,
    address: str = "",
    *,
    edition: str = "",
    fillable_fields_work: bool | None = None,
) -> Callable[[str], Pieces]:
    """The pieces in a language, for any page: give the page's path below the edition. Raises
    Problems.

    `edition` has the page, if not the edition of that language; `address` is where it is published:
    sheets print it. `fillable_fields_work`: see `Translator`; of the language, else as given.
    """
    content = load(root / "content")
    if broken := rules.broken(content):
        raise Problems(broken)
    imprint = Imprint(name=EDITION, version=_version(root), address=address)
    fillable_fields_work = (
        Translator(code).fillable_fields_work
        if fillable_fields_work is None
        else fillable_fields_work
    )
    whose = {"edition": edition or code, "fillable_fields_work": fillable_fields_work}
    english = Pieces(content.facts, Translator(), Renderer(Translator()), imprint=imprint, **whose)
    translator = Translator(code, messages.read(root, code)).marking_untranslated()
    facts, render = translator.translate(content.facts), Renderer(translator)
    imprint = imprint.model_copy(update={"name": translator.gettext(EDITION)})
    return lambda page: Pieces(
        facts,
        translator,
        render,
        base="../" * page.count("/"),
        imprint=imprint,
        english=english,
        **whose,
    )


def _version(root: Path) -> str:
    """The version of the site, from pyproject.toml; empty where there is none."""
    project = root / "pyproject.toml"
    return (
        tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"]
        if project.exists()
        else ""
    )


def _macro(pieces: Callable[[str], Pieces], name: str) -> Callable[..., str]:
    @pass_context
    def macro(context: Context, *arguments: str) -> str:
        return getattr(pieces(context["page"].file.src_uri), name)(*arguments)

    return macro
