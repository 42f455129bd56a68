"""The progress of an edition as a block of HTML for a page of it."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from babel.numbers import format_percent
from jinja2 import BytecodeCache

from macros.language.translator import Translator
from macros.render import Renderer
from roadmap.translation.progress import STEPS, EditionStatus, Share


def render_status(
    status: EditionStatus,
    translator: Translator,
    to_edition_root: str,
    bytecode: BytecodeCache | None = None,
) -> str:
    """The status in the language of `translator`.

    `to_edition_root` leads from the page to the root of its edition: `../`. `bytecode`: see
    `Renderer`.
    """
    locale = translator.locale

    def percent(share: Share) -> str:
        return format_percent(share.percent / 100, locale=locale)

    def day(on: date) -> str:
        return format_date(on, "medium", locale=locale)

    html = Renderer(translator, bytecode=bytecode)(
        "edition_status",
        status=status,
        language=translator.language,
        direction="rtl" if translator.right_to_left else "ltr",
        steps=STEPS,
        base=to_edition_root,
        percent=percent,
        day=day,
    )
    return html.replace("{", "&#123;").replace("}", "&#125;")
