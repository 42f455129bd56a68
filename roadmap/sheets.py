"""Makes the worksheets as PDFs, flat and fillable, and the sheets of a stage in one. Judges only their length.

The same template and styles as on the page. Tagged (PDF/UA-1), the same bytes from the same inputs; what did not
change since the last time comes from `.cache/sheets`.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

import pikepdf
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from macros import pieces_of
from macros.fonts import BOLD, FAMILY, REGULAR, UPRIGHT
from macros.layout import qr
from macros.load import load
from macros.model import Stage, Worksheet
from macros.pieces import Pieces, worksheet_document
from macros.problem import Problem, Problems
from roadmap import fonts, ink

Say = Callable[[str], None]
LONGEST = 2  # pages of a sheet
SIZES = (10.5, 10, 9.5)  # points of its letters: the first that fits
MAKERS = ("weasyprint", "pydyf", "pikepdf", "fonttools")  # another version may give other bytes
LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
PAGE = f"""
@page {{
  size: A4; margin: 14mm 16mm 19mm; font: 8.5pt "{FAMILY}"; color: #000;
  @bottom-left {{ width: 80%; text-align: start; vertical-align: top; padding-top: 3mm; white-space: pre-line }}
  @bottom-right {{ width: 20%; text-align: end; vertical-align: top; padding-top: 3mm }}
}}
"""


def make(root: Path, edition: Path, say: Say, *, code: str = "en", address: str = "") -> list[Path]:
    """Writes every PDF of an edition into its folder `worksheets/`. Raises Problems."""
    pieces = pieces_of(root, code, address)("worksheets/index.md")
    press = Press(root)
    (edition / "worksheets").mkdir(parents=True, exist_ok=True)
    made = []
    jobs = list(jobs_of(pieces))
    for number, job in enumerate(jobs, start=1):
        if not press.has(job):
            say(f"Making sheet {number} of {len(jobs)}: {job.file} …")
        made.append(edition / "worksheets" / job.file)
        made[-1].write_bytes(press.pdf(job))
    press.tidy(jobs)
    return made


@dataclass(frozen=True)
class Job:
    """One PDF to be made: its file, what is in it and on the edges of its pages."""

    file: str
    sheets: tuple[str, ...]
    html: str
    edges: str  # styles
    fillable: bool = False


def jobs_of(pieces: Pieces) -> Iterator[Job]:
    """Every PDF of an edition."""
    for sheet in pieces.facts.worksheets:
        yield job(pieces, sheet)
        yield job(pieces, sheet, fillable=True)
    for stage in pieces.facts.stages:
        yield stage_bundle(pieces, stage)


def job(pieces: Pieces, sheet: Worksheet, *, fillable: bool = False) -> Job:
    """A sheet by itself."""
    file = f"{sheet.id}-fillable.pdf" if fillable else f"{sheet.id}.pdf"
    html = worksheet_document(pieces, [sheet], sheet.title, fillable=fillable)
    return Job(file, (sheet.id,), html, edges(pieces, [sheet]), fillable)


def stage_bundle(pieces: Pieces, stage: Stage) -> Job:
    """All sheets of a stage in one document, its pages counted through."""
    sheets = [sheet for sheet in pieces.facts.worksheets if sheet.stage == stage.id]
    title = pieces.words.say("Worksheets: %(stage)s") % {"stage": stage.title}
    html = worksheet_document(pieces, sheets, title)
    return Job(f"all-{stage.id}.pdf", tuple(sheet.id for sheet in sheets), html, edges(pieces, sheets))


def edges(pieces: Pieces, sheets: list[Worksheet]) -> str:
    """Styles of the page edges: what sheet this is, its address, page x of y; and its address as a QR code."""
    say, edition = pieces.words.say, pieces.edition
    of_pages = say("Page %(page)s of %(pages)s") % {"page": '" counter(page) "', "pages": '" counter(pages) "'}
    styles = [f'@page {{ @bottom-right {{ content: "{of_pages}" }} }}']
    for sheet in sheets:
        about = [sheet.title, "VALUE Roadmap", edition.name, say("version %(version)s") % {"version": edition.version}]
        path = f"{edition.address}worksheets/{sheet.id}.html"
        foot = _quoted(" · ".join([*about, edition.review] if edition.review else about)) + r' "\a " ' + _quoted(path)
        styles.append(f"@page {sheet.id} {{ @bottom-left {{ content: {foot} }} }} #{sheet.id} {{ page: {sheet.id} }}")
        if edition.address:
            styles.append(f"#{sheet.id} .sheet-code {{ background-image: url({_data(qr.place(path))}) }}")
    return "\n".join(styles)


def _quoted(text: str) -> str:
    """A CSS string."""
    return '"' + text.replace("\\", r"\\").replace('"', r"\"").replace("\n", " ") + '"'


def _data(code: qr.Code) -> str:
    size = code.size
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{code.path}"/></svg>'
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


class Press:
    """Makes PDFs, or finds them made before. Loads WeasyPrint when the first one has to be made."""

    def __init__(self, root: Path):
        self.root = root
        self.folder = root / ".cache" / "sheets"
        styles = root / "overrides" / "assets" / "styles"
        self.sheet_styles = (styles / "sheets.css").read_text(encoding="utf-8")
        self.picture_styles = (styles / "pictures.css").read_text(encoding="utf-8")
        (self.folder / "fonts").mkdir(parents=True, exist_ok=True)

    def has(self, job: Job) -> bool:
        return self._path(job).exists()

    def pdf(self, job: Job) -> bytes:
        """The bytes of a PDF. Raises Problems when a sheet is too long or the libraries are missing."""
        path = self._path(job)
        if not path.exists():
            data = self.made(job)
            path.write_bytes(data)
        return path.read_bytes()

    def made(self, job: Job) -> bytes:
        """The bytes of a PDF, made afresh."""
        weasyprint, config, styles = self._weasyprint
        html = ink.paint(job.html, self.picture_styles, ink.colours(self.sheet_styles, ".sheet"))
        how = {"pdf_variant": "pdf/ua-1", "pdf_forms": job.fillable}
        for size in SIZES:
            own = weasyprint.CSS(string=f"{job.edges} body {{ font-size: {size}pt }}", font_config=config)
            document = weasyprint.HTML(string=html).render(stylesheets=[*styles, own], font_config=config, **how)
            if len(document.pages) <= LONGEST * len(job.sheets):
                return mended(document.write_pdf(**how))
        raise Problems([self._too_long(job, len(document.pages))])

    def tidy(self, jobs: list[Job]) -> None:
        """Throws away what no sheet needs any more."""
        wanted = {self._path(job) for job in jobs}
        for path in self.folder.glob("*.pdf"):
            if path not in wanted:
                path.unlink()

    def _path(self, job: Job) -> Path:
        inputs = (job.html, job.edges, str(job.fillable), self._inputs)
        return self.folder / f"{hashlib.sha256(repr(inputs).encode()).hexdigest()[:32]}.pdf"

    @cached_property
    def _inputs(self) -> str:
        """All that goes into every sheet."""
        ours = [Path(module.__file__ or "").read_bytes() for module in (ink, fonts)] + [Path(__file__).read_bytes()]
        made_by = [f"{name} {version(name)}" for name in MAKERS]
        return repr((self.sheet_styles, self.picture_styles, PAGE, made_by, UPRIGHT.stat().st_size, ours))

    @cached_property
    def _weasyprint(self) -> tuple:
        try:
            import weasyprint
            from weasyprint.text.fonts import FontConfiguration
        except OSError:
            there = "WeasyPrint, which cannot load Pango"
            instead = f"`sudo apt-get install --no-install-recommends {LIBRARIES}`, or `roadmap build --no-pdf`"
            raise Problems([Problem("pyproject.toml", 1, there, instead)]) from None
        config = FontConfiguration()
        faces = "".join(_face(self._font(weight), weight) for weight in (REGULAR, BOLD))
        styles = [weasyprint.CSS(string=text, font_config=config) for text in (faces, PAGE, self.sheet_styles)]
        return weasyprint, config, styles

    def _font(self, weight: int) -> Path:
        path = self.folder / "fonts" / f"{weight}.ttf"
        path.write_bytes(_without_ligatures(fonts.cut(UPRIGHT, weight, fonts.LETTERS, flavor=None)))
        return path

    def _too_long(self, job: Job, pages: int) -> Problem:
        content = load(self.root / "content")
        at = next(i for i, sheet in enumerate(content.facts.worksheets) if sheet.id in job.sheets)
        instead = f"at most {LONGEST} pages a sheet: fewer lines or blocks"
        return content.problem(("worksheets", at, "id"), f"{pages} pages in {job.file}", instead)


def _without_ligatures(font: bytes) -> bytes:
    """The font with one shape for each letter: a field can type no other, and PDF/UA allows no other in its font."""
    cut = TTFont(BytesIO(font), recalcTimestamp=False)
    subsetter = Subsetter(Options(layout_features=["kern", "mark", "mkmk"], notdef_outline=True))
    subsetter.populate(unicodes=fonts.LETTERS)
    subsetter.subset(cut)
    out = BytesIO()
    cut.save(out)
    return out.getvalue()


def _face(path: Path, weight: int) -> str:
    return f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; src: url({path.as_uri()}) }}\n'


# Repairs that WeasyPrint leaves to us


def mended(data: bytes) -> bytes:
    """The PDF with fields that every viewer shows, and an identity that depends on its content only."""
    with pikepdf.open(BytesIO(data)) as pdf:
        if "/AcroForm" in pdf.Root:
            _mend_form(pdf)
        out = BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _mend_form(pdf: pikepdf.Pdf) -> None:
    """Viewers show the ticks as they are drawn here, not as they would draw them."""
    form = pdf.Root.AcroForm
    del form["/NeedAppearances"]
    for field in form.Fields:
        if field.FT == "/Btn":
            _mend_tick(pdf, field)


def _mend_tick(pdf: pikepdf.Pdf, field: pikepdf.Object) -> None:
    """A bold cross where ticked, nothing where not."""
    on = field.AP.N["/on"]
    width = float(on.BBox[2])
    near, far = 0.2 * width, 0.8 * width
    cross = f"q 0 G {0.13 * width:.2f} w 1 J {near:.2f} {near:.2f} m {far:.2f} {far:.2f} l S "
    on.write(f"{cross}{near:.2f} {far:.2f} m {far:.2f} {near:.2f} l S Q".encode())
    field.AP.N["/Off"] = pdf.make_stream(
        b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=on.BBox,
    )
