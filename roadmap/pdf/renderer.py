"""Renders sheets as PDF with the styles of the worksheets and the bundled font, or finds them.

Tagged (PDF/UA-1), and the same bytes from the same inputs. Knows no fact and no worksheet by name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from markupsafe import escape

from macros.facts.problem import Problem, Problems
from macros.language.locales import direction_of
from macros.typesetting.fonts import BOLD, FAMILY, REGULAR, SCRIPTS, UPRIGHT, Script
from macros.typesetting.print_fonts import print_font
from roadmap.pdf import pdf_fixes, svg_styles
from roadmap.project.cache import ValueCache, code_of, packages

MOST_PAGES = 2  # of a sheet
SIZES = (11, 10.5, 10, 9.5)  # points of the letters of a sheet: the first that fits
LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
PAPER = ".sheet-paper"  # the rule of worksheets.css with the colours of paper
DOCUMENT = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head><meta charset="utf-8"><meta name="author" content="VALUE Roadmap">
<title>{title}</title></head>
<body class="sheet-document{fillable}">
{sheets}
</body></html>
"""


@dataclass(frozen=True)
class Sheet:
    """A sheet of a document, on pages of its own: an `<article>` with this id, and its styles.

    `size` is that of its letters, as its place in `SIZES`. `instead` is rendered where this one
    would have too many pages in the smallest.
    """

    id: str
    language: str
    html: str
    styles: str
    size: int = 0
    instead: Sheet | None = None

    def shorter(self) -> Sheet | None:
        """What to render where this one is too long: in smaller letters, then the one instead."""
        if self.size + 1 < len(SIZES):
            return replace(self, size=self.size + 1)
        return self.instead


@dataclass(frozen=True)
class Job:
    """A PDF to be made: its file name, its sheets, its title in each language it may be in.

    It is in the first of these languages that one of its sheets is in.
    """

    file: str
    sheets: tuple[Sheet, ...]
    titles: Mapping[str, str]
    fillable: bool = False


class TooLong(Exception):
    """A sheet does not fit its pages even in the smallest letters."""

    def __init__(self, sheet: str, pages: int):
        self.sheet = sheet
        self.pages = pages
        super().__init__(sheet, pages)


def load_weasyprint() -> tuple[Any, Any]:
    """WeasyPrint, and a font configuration for one document.

    Raises Problems when it cannot load its libraries.
    """
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
    except OSError:
        found = "WeasyPrint, which cannot load its libraries"
        install = f"`sudo apt-get install --no-install-recommends {LIBRARIES}`"
        expected = f"{install}, or `roadmap build --no-pdf`"
        raise Problems([Problem("pyproject.toml", 1, found, expected)]) from None
    return weasyprint, FontConfiguration()


class PdfRenderer:
    """Renders the PDFs of an edition. Loads WeasyPrint when the first one has to be rendered.

    What was rendered before from the same values comes from `.cache/worksheets`.
    """

    def __init__(self, root: Path, code: str):
        folder = root / ".cache" / "worksheets"
        self.pdfs = ValueCache(folder / code, ".pdf")
        self.fonts = ValueCache(folder / "fonts", ".ttf")
        styles = root / "overrides" / "assets" / "styles"
        self.styles = (styles / "worksheets" / "worksheets.css").read_text(encoding="utf-8")
        self.picture_styles = (styles / "pieces" / "pictures.css").read_text(encoding="utf-8")

    def path(self, job: Job) -> Path:
        """Where the PDF of a job is, or is to be."""
        return self.pdfs.path(*self._values(job))

    def pdf(self, job: Job) -> bytes:
        """The bytes of a PDF. Raises TooLong, and Problems where the libraries are missing."""
        return self.pdfs.get(lambda: self.render(job), *self._values(job))

    def load(self) -> None:
        """Loads WeasyPrint, for all processes that begin later. Raises Problems, as `pdf`."""
        _ = self._weasyprint

    def render(self, job: Job) -> bytes:
        """The bytes of a PDF, rendered afresh."""
        sheets = list(job.sheets)
        while True:
            document = self._lay_out(job, sheets)
            too_long = _too_long(document, sheets)
            if not too_long:
                return self._written(document, job, sheets)
            for place, pages in too_long.items():
                shorter = sheets[place].shorter()
                if shorter is None:
                    raise TooLong(sheets[place].id, pages)
                sheets[place] = shorter

    def _lay_out(self, job: Job, sheets: Sequence[Sheet]) -> Any:
        """The document of WeasyPrint, made of these sheets."""
        weasyprint, fonts, style_sheets = self._weasyprint
        own = weasyprint.CSS(string="\n".join(map(_own_styles, sheets)), font_config=fonts)
        return weasyprint.HTML(string=self._html(job, sheets)).render(
            stylesheets=[*style_sheets, own], font_config=fonts, **_options(job)
        )

    def _written(self, document: Any, job: Job, sheets: Sequence[Sheet]) -> bytes:
        """The bytes of a document made of these sheets."""
        languages = {sheet.id: sheet.language for sheet in sheets}
        of_pages = []
        for page in document.pages:
            of_pages += [languages[id] for id in page.anchors if id in languages]
        return pdf_fixes.repaired(document.write_pdf(**_options(job)), of_pages)

    def tidy(self) -> None:
        """Removes the PDFs that were not asked for and, when fonts were cut, those cut before."""
        self.pdfs.tidy()
        if self.fonts.used:
            self.fonts.tidy()

    def _html(self, job: Job, sheets: Sequence[Sheet]) -> str:
        """The document, made of these sheets, with the styles of its pictures inlined."""
        colours = svg_styles.colours(self.styles, PAPER)
        html = _document(job, sheets)
        return svg_styles.inline_css(html, self.picture_styles, colours)

    def _values(self, job: Job) -> tuple[object, ...]:
        """All that a PDF is made from: what WeasyPrint is given, and what works on its answer."""
        sheets = job.sheets
        instead = [sheet.instead or sheet for sheet in sheets]
        return (
            [self._html(job, sheets), self._html(job, instead)],
            [_own_styles(sheet) for sheet in (*sheets, *instead)],
            job.fillable,
            self.shared_values,
        )

    @cached_property
    def shared_values(self) -> tuple[object, ...]:
        """What all PDFs are made from."""
        return (self.styles, font_values(), packages(), code_of("roadmap/pdf"))

    @cached_property
    def _weasyprint(self) -> tuple[Any, Any, list[Any]]:
        """WeasyPrint, its font configuration, and the style sheets of every document."""
        weasyprint, fonts = load_weasyprint()
        texts = ["".join(self._font_faces()), self.styles]
        style_sheets = [weasyprint.CSS(string=text, font_config=fonts) for text in texts]
        return weasyprint, fonts, style_sheets

    def _font_faces(self) -> list[str]:
        """A `@font-face` rule for each weight of the bundled font and of each script."""
        faces = []
        for script in (None, *SCRIPTS.values()):
            for weight in (REGULAR, BOLD):
                family = script.family if script else FAMILY
                faces.append(_font_face(family, self._font(script, weight), weight))
        return faces

    def _font(self, script: Script | None, weight: int) -> Path:
        """The file of a font, from the cache. Without a script, the bundled one."""
        values = (script.code if script else "", weight, font_values())
        self.fonts.get(lambda: print_font(script, weight), *values)
        return self.fonts.path(*values)


def font_values() -> tuple[object, ...]:
    """All that decides how fonts are cut: the fonts, the library, our code."""
    files = [UPRIGHT]
    for script in SCRIPTS.values():
        files += [script.upright, script.bold]
    digests = [sha256(file.read_bytes()).hexdigest() for file in files]
    return (digests, packages(), code_of("macros/typesetting"))


def _document(job: Job, sheets: Sequence[Sheet]) -> str:
    """An HTML document of these sheets."""
    spoken = {sheet.language for sheet in sheets}
    language = next(language for language in job.titles if language in spoken)
    return DOCUMENT.format(
        language=language,
        direction=direction_of(language),
        title=escape(job.titles[language]),
        fillable=" fillable" if job.fillable else "",
        sheets="\n".join(sheet.html for sheet in sheets),
    )


def _options(job: Job) -> dict[str, object]:
    """What WeasyPrint is told of a PDF."""
    return {"pdf_variant": "pdf/ua-1", "pdf_forms": job.fillable}


def _own_styles(sheet: Sheet) -> str:
    """The styles of one sheet, with its letters in its size."""
    return f"{sheet.styles} #{sheet.id} {{ font-size: {SIZES[sheet.size]}pt }}"


def _too_long(document: Any, sheets: Sequence[Sheet]) -> dict[int, int]:
    """The places of the sheets that have too many pages in a document, and how many."""
    found = {}
    for place, sheet in enumerate(sheets):
        pages = sum(sheet.id in page.anchors for page in document.pages)
        if pages > MOST_PAGES:
            found[place] = pages
    return found


def _font_face(family: str, path: Path, weight: int) -> str:
    """A `@font-face` rule of CSS."""
    source = f"url({path.as_uri()})"
    return f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: {source} }}\n'
