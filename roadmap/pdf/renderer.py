"""Makes a PDF from a document, with the styles of the sheets and the bundled font, or finds it made
before.

Tagged (PDF/UA-1), and the same bytes from the same inputs. Knows no fact and no sheet by name.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from macros.facts.problem import Problem, Problems
from macros.typesetting import outlines, shaping, subset
from macros.typesetting.fonts import BOLD, FAMILY, REGULAR, SCRIPTS, UPRIGHT, Script, each
from roadmap.pdf import pdf_fixes, svg_styles

SIZES = (11, 10.5, 10, 9.5)  # points of the letters: the first that fits
MAKERS = (  # another version, other bytes
    "weasyprint",
    "pydyf",
    "pikepdf",
    "fonttools",
    "fontpkg-source-sans-3",
    "fontpkg-ibm-plex-sans-arabic",
    "uharfbuzz",
    "python-bidi",
)
LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
PAPER = ".sheet-paper"  # the rule of worksheets.css with the colours of paper


@dataclass(frozen=True)
class Job:
    """A PDF to be made: the name of its file, the document, its own styles, how many pages it may
    have.
    """

    file: str
    html: str
    styles: str
    longest: int
    fillable: bool = False


class TooLong(Exception):
    """A document does not fit its pages even in the smallest letters."""

    def __init__(self, pages: int):
        self.pages = pages
        super().__init__(f"{pages} pages")


def weasyprint_of() -> tuple[Any, Any]:
    """WeasyPrint, and a configuration of fonts for one document. Raises Problems when it cannot
    load its libraries.
    """
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
    except OSError:
        there = "WeasyPrint, which cannot load its libraries"
        instead = f"`sudo apt-get install --no-install-recommends {LIBRARIES}`, or `roadmap build --no-pdf`"
        raise Problems([Problem("pyproject.toml", 1, there, instead)]) from None
    return weasyprint, FontConfiguration()


class Press:
    """Makes the PDFs of an edition. Loads WeasyPrint when the first one has to be made."""

    def __init__(self, root: Path, code: str):
        self.folder, self.fonts = (
            root / ".cache" / "sheets" / code,
            root / ".cache" / "sheets" / "fonts",
        )
        for folder in (self.folder, self.fonts):
            folder.mkdir(parents=True, exist_ok=True)
        styles = root / "overrides" / "assets" / "styles"
        self.sheet_styles = (styles / "worksheets" / "worksheets.css").read_text(encoding="utf-8")
        self.picture_styles = (styles / "pieces" / "pictures.css").read_text(encoding="utf-8")

    def has(self, job: Job) -> bool:
        return self._path(job).exists()

    def pdf(self, job: Job) -> bytes:
        """The bytes of a PDF. Raises TooLong, and Problems where the libraries are missing."""
        path = self._path(job)
        if not path.exists():
            _write(path, self.made(job))
        return path.read_bytes()

    def made(self, job: Job) -> bytes:
        """The bytes of a PDF, made afresh."""
        weasyprint, config, styles = self._weasyprint
        html = svg_styles.paint(
            job.html, self.picture_styles, svg_styles.colours(self.sheet_styles, PAPER)
        )
        how = {"pdf_variant": "pdf/ua-1", "pdf_forms": job.fillable}
        for size in SIZES:
            own = weasyprint.CSS(
                string=f"{job.styles} body {{ font-size: {size}pt }}", font_config=config
            )
            document = weasyprint.HTML(string=html).render(
                stylesheets=[*styles, own], font_config=config, **how
            )
            if len(document.pages) <= job.longest:
                return pdf_fixes.repaired(document.write_pdf(**how))
        raise TooLong(len(document.pages))

    def tidy(self, jobs: Iterable[Job]) -> None:
        """Throws away what was made for other facts or styles."""
        wanted = {self._path(job) for job in jobs}
        for path in self.folder.glob("*.pdf"):
            if path not in wanted:
                path.unlink()

    def _path(self, job: Job) -> Path:
        return self.folder / f"{_hash((job, self._inputs))}.pdf"

    @cached_property
    def _inputs(self) -> str:
        """What goes into every PDF beside its job."""
        code = [
            Path(module.__file__).read_bytes()
            for module in (svg_styles, outlines, shaping, pdf_fixes)
        ]
        return _hash((self.sheet_styles, self.picture_styles, self._font_inputs, code))

    @cached_property
    def _font_inputs(self) -> str:
        code = [Path(file).read_bytes() for file in (__file__, subset.__file__)]
        return _hash((subset.LETTERS, code, [version(name) for name in MAKERS]))

    @cached_property
    def _weasyprint(self) -> tuple[Any, Any, list[Any]]:
        weasyprint, config = weasyprint_of()
        faces = "".join(
            _face(script.family if script else FAMILY, self._font(weight, script), weight)
            for script in (None, *SCRIPTS.values())
            for weight in (REGULAR, BOLD)
        )
        return (
            weasyprint,
            config,
            [weasyprint.CSS(string=s, font_config=config) for s in (faces, self.sheet_styles)],
        )

    def _font(self, weight: int, script: Script | None) -> Path:
        path = self.fonts / f"{script.name if script else 'latin'}-{weight}-{self._font_inputs}.ttf"
        if not path.exists():
            _write(path, _for_paper(script, weight))
        return path


def _for_paper(script: Script | None, weight: int) -> bytes:
    if script is None:
        return _without_ligatures(
            subset.cut(UPRIGHT, weight, subset.LETTERS, flavor=None), subset.LETTERS
        )
    letters = (
        *subset.SPACES,
        *each(script.ranges),
    )  # Pango takes the spaces between words from the font of the words
    return _without_ligatures(subset.own_cut(script, weight, letters, flavor=None), letters)


def _without_ligatures(font: bytes, letters: Iterable[int]) -> bytes:
    """The font with one shape for each letter: a field can type no other, and PDF/UA allows no
    other in its font.

    Letters that join keep the shapes that joining gives them.
    """
    cut = TTFont(BytesIO(font), recalcTimestamp=False)
    subsetter = Subsetter(
        Options(layout_features=["kern", "mark", "mkmk", *subset.JOINING], notdef_outline=True)
    )
    subsetter.populate(unicodes=letters)
    subsetter.subset(cut)
    out = BytesIO()
    cut.save(out)
    return out.getvalue()


def _face(family: str, path: Path, weight: int) -> str:
    return f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url({path.as_uri()}) }}\n'


def _hash(inputs: object) -> str:
    return hashlib.sha256(repr(inputs).encode()).hexdigest()[:32]


def _write(path: Path, data: bytes) -> None:
    """Another edition may be writing the same file."""
    own = path.with_suffix(f".{os.getpid()}")
    own.write_bytes(data)
    own.replace(path)
