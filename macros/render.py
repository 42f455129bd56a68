"""Template and data in, markup out: the one Jinja environment, escaping on. Computes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from markupsafe import escape

from macros.facts.references import cited_sources
from macros.language.figures import (
    amount_text,
    figure_text,
    other_values,
)
from macros.language.translator import Translator
from macros.layout.geometry import n
from macros.layout.picture import outline
from macros.typesetting.fonts import FAMILY

BETWEEN_TAGS = re.compile(r"\s*\n\s*")


class Renderer:
    """Renders the templates of one edition: those of the pieces, or of another package of ours.

    Templates have the filters `n` (a coordinate of SVG) and `number` (a number as the language
    writes it), and the functions that are registered as globals here.
    """

    def __init__(
        self,
        translator: Translator,
        package: str = "macros",
        bytecode: BytecodeCache | None = None,
    ):
        """`bytecode` keeps compiled templates, for other renderers and other runs."""
        self.environment = Environment(
            bytecode_cache=bytecode,
            loader=PackageLoader(package),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        translations = translator.translations
        self.environment.install_gettext_callables(  # type: ignore[attr-defined]  # by the extension
            _escaped(translations.gettext),
            _escaped(translations.ngettext),
            newstyle=True,
            pgettext=_escaped(translations.pgettext),
            npgettext=_escaped(translations.npgettext),
        )
        self.environment.filters.update(
            n=n,
            number=translator.number,
        )
        self.environment.globals.update(
            family=FAMILY,
            outline=outline,
            cited_sources=cited_sources,
            amount_text=amount_text,
            figure_text=figure_text,
            other_values=other_values,
        )

    def __call__(self, template: str, **data: object) -> str:
        """Markup of a template on one line, so that Markdown neither splits nor parses it.

        `template` is the name of its file without the ending. Raises UndefinedError where the
        template uses data that it is not given.
        """
        rendered = self.environment.get_template(f"{template}.html.j2").render(data)
        return BETWEEN_TAGS.sub(" ", rendered).strip()


def _escaped(translate: Callable[..., str]) -> Callable[..., str]:
    """Makes a function of the catalogue escape what it returns.

    What a translator wrote is text; Jinja would take it for markup.
    """

    def translate_and_escape(*arguments: str) -> str:
        return str(escape(translate(*arguments)))

    return translate_and_escape
