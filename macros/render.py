"""Template and data in, markup out: the one Jinja environment, escaping on. Computes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import escape

from macros.language.translator import Translator
from macros.layout.picture import n, outline
from macros.typesetting.fonts import FAMILY

BETWEEN_TAGS = re.compile(r"\s*\n\s*")


class Renderer:
    """Fills the templates of one edition: those of the pieces, or of another room."""

    def __init__(self, translator: Translator, room: str = "macros"):
        self.environment = Environment(
            loader=PackageLoader(room),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        said = translator.translations
        self.environment.install_gettext_callables(  # type: ignore[attr-defined]
            _text(said.gettext),
            _text(said.ngettext),
            newstyle=True,
            pgettext=_text(said.pgettext),
            npgettext=_text(said.npgettext),
        )
        self.environment.filters.update(n=n, number=translator.number)
        self.environment.globals.update(family=FAMILY, outline=outline)

    def __call__(self, template: str, **data: object) -> str:
        """Markup on one line, so that Markdown neither tears it apart nor reads it."""
        filled = self.environment.get_template(f"{template}.html.j2").render(data)
        return BETWEEN_TAGS.sub(" ", filled).strip()


def _text(say: Callable[..., str]) -> Callable[..., str]:
    """What a translator wrote is text. Jinja would take it for markup."""
    return lambda *given: str(escape(say(*given)))
