"""Renders HTML as PDF with the styles of the worksheets and the bundled font, or finds it rendered.

Tagged (PDF/UA-1), and the same bytes from the same inputs. Knows no fact and no worksheet by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from macros.facts.problem import Problem, Problems
from macros.typesetting.fonts import BOLD, FAMILY, REGULAR, SCRIPTS, UPRIGHT, Script
from macros.typesetting.print_fonts import print_font
from roadmap.pdf import pdf_fixes, svg_styles
from roadmap.project.cache import ValueCache, code_of, packages

SIZES = (11, 10.5, 10, 9.5)  # points of the letters: the first that fits
LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
PAPER = ".sheet-paper"  # the rule of worksheets.css with the colours of paper


@dataclass(frozen=True)
class Job:
    """A PDF to be made: its file name, its HTML, its own styles, how many pages it may have.

    `instead` is made where this one would have more pages.
    """

    file: str
    html: str
    styles: str
    most_pages: int
    fillable: bool = False
    instead: Job | None = None


class TooLong(Exception):
    """A document does not fit its pages even in the smallest letters."""

    def __init__(self, pages: int):
        self.pages = pages
        super().__init__(f"{pages} pages")


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
        return self.pdfs.get(lambda: self._render_one_that_fits(job), *self._values(job))

    def _render_one_that_fits(self, job: Job) -> bytes:
        try:
            return self.render(job)
        except TooLong:
            if job.instead is None:
                raise
            return self.render(job.instead)

    def load(self) -> None:
        """Loads WeasyPrint, for all processes that begin later. Raises Problems, as `pdf`."""
        _ = self._weasyprint

    def render(self, job: Job) -> bytes:
        """The bytes of a PDF, rendered afresh."""
        weasyprint, fonts, style_sheets = self._weasyprint
        options = {"pdf_variant": "pdf/ua-1", "pdf_forms": job.fillable}
        pages = 0
        for size in SIZES:
            own = weasyprint.CSS(string=_own_styles(job, size), font_config=fonts)
            document = weasyprint.HTML(string=self._html(job)).render(
                stylesheets=[*style_sheets, own], font_config=fonts, **options
            )
            pages = len(document.pages)
            if pages <= job.most_pages:
                return pdf_fixes.repaired(document.write_pdf(**options))
        raise TooLong(pages)

    def tidy(self) -> None:
        """Removes the PDFs that were not asked for and, when fonts were cut, those cut before."""
        self.pdfs.tidy()
        if self.fonts.used:
            self.fonts.tidy()

    def _html(self, job: Job) -> str:
        """The document with the styles of its pictures inlined."""
        colours = svg_styles.colours(self.styles, PAPER)
        return svg_styles.inline_css(job.html, self.picture_styles, colours)

    def _values(self, job: Job) -> tuple[object, ...]:
        """All that a PDF is made from: what WeasyPrint is given, and what works on its answer."""
        return (
            self._html(job),
            [_own_styles(job, size) for size in SIZES],
            job.most_pages,
            job.fillable,
            self.shared_values,
            self._values(job.instead) if job.instead else (),
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


def _own_styles(job: Job, size: float) -> str:
    """The styles of one document, with its letters in a size in points."""
    return f"{job.styles} body {{ font-size: {size}pt }}"


def _font_face(family: str, path: Path, weight: int) -> str:
    """A `@font-face` rule of CSS."""
    source = f"url({path.as_uri()})"
    return f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: {source} }}\n'
