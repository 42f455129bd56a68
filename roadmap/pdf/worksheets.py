"""Renders the worksheets as PDFs, flat and fillable, and those of each stage as one bundle.

The same template and styles as on the page. A PDF whose inputs did not change since the last time
comes from `.cache/worksheets`. Judges only the length of a worksheet.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from macros.facts.load import Content
from macros.facts.model import Stage, Worksheet
from macros.facts.problem import Problem, Problems
from macros.language.locales import direction_of
from macros.layout import qr
from macros.pieces import Pieces, find, in_english, speaker_of, worksheet_article
from macros.typesetting.fonts import FAMILY, SCRIPTS
from macros.worksheet_blocks import review_of
from roadmap.pdf.renderer import MOST_PAGES, Job, PdfRenderer, Sheet, TooLong
from roadmap.project.once import once
from roadmap.project.processes import side_by_side
from roadmap.project.project import Edition

Say = Callable[[str], None]
Subject = TypeVar("Subject", bound=Worksheet | Stage)

# Font families as CSS has them: that of Latin letters, then that of each script
_SCRIPT_FAMILIES = [script.family for script in SCRIPTS.values()]
FAMILIES = ", ".join(f'"{family}"' for family in (FAMILY, *_SCRIPT_FAMILIES))
# The pages of a worksheet. `left` and `right` are the corners where a line begins and ends
PAGE = f"""
@page {{name}} {{{{
  size: A4; margin: 14mm 16mm 19mm; font: 8.5pt {FAMILIES}; color: #000; direction: {{direction}};
  @bottom-{{left}} {{{{ content: {{footer}}; width: 80%; text-align: start; vertical-align: top; \
padding-top: 3mm; white-space: pre-line }}}}
  @bottom-{{right}} {{{{ content: {{counter}}; width: 20%; text-align: end; vertical-align: top; \
padding-top: 3mm }}}}
}}}}
"""


def write_worksheets(edition: Edition, folder: Path, say: Say) -> list[Path]:
    """Writes the PDFs of an edition into `worksheets/` below a folder; returns their paths.

    Raises Problems when a worksheet is too long or when WeasyPrint cannot load its libraries.
    """
    renderer = PdfRenderer(edition.project.root, edition.code)
    cached = _cached_paths(edition, renderer)
    _render_missing(edition, renderer, cached, say)
    target = folder / "worksheets"
    target.mkdir(parents=True, exist_ok=True)
    paths = []
    for file, pdf in cached.items():
        path = target / file
        path.write_bytes(renderer.pdfs.at(pdf, _never))
        paths.append(path)
    renderer.tidy()
    return paths


def _never() -> bytes:
    raise AssertionError("all PDFs have been rendered")


def _cached_paths(edition: Edition, renderer: PdfRenderer) -> dict[str, Path]:
    """Where the cache has the PDF of each file, or is to have it."""

    def names() -> dict[str, str]:
        return {file: renderer.path(job).name for file, job in _jobs_by_file(edition).items()}

    memo = edition.project.memo("worksheets", edition.code)
    values = (edition.pieces_key, renderer.picture_styles, renderer.shared_values)
    found = memo.get(names, *values)
    memo.save()  # this may be a process of its own, and nobody else asks for them
    return {file: renderer.pdfs.folder / name for file, name in found.items()}


@once
def _jobs_by_file(edition: Edition) -> dict[str, Job]:
    return {job.file: job for job in jobs_of(edition.pieces("worksheets/index.md"))}


def _render_missing(
    edition: Edition, renderer: PdfRenderer, cached: Mapping[str, Path], say: Say
) -> None:
    """Renders the PDFs that the cache does not have, side by side. Raises Problems."""
    missing = [file for file, path in cached.items() if not path.exists()]
    if not missing:
        return
    jobs = _jobs_by_file(edition)
    renderer.load()
    files = list(cached)

    def render(file: str) -> list[Problem]:
        say(f"Making PDF {files.index(file) + 1} of {len(files)}: {file} …")
        try:
            renderer.pdf(jobs[file])
        except TooLong as error:
            return [_too_long(edition.project.content, jobs[file], error)]
        return []

    problems = [problem for found in side_by_side(render, missing) for problem in found]
    if problems:
        raise Problems(problems)


def _too_long(content: Content, job: Job, error: TooLong) -> Problem:
    """Points to the worksheet that does not fit its pages in a PDF."""
    ids = [worksheet.id for worksheet in content.facts.worksheets]
    return content.problem(
        ("worksheets", ids.index(error.sheet), "id"),
        f"{error.pages} pages in {job.file}",
        f"at most {MOST_PAGES} pages a sheet: fewer lines or blocks",
    )


# Jobs


def jobs_of(pieces: Pieces) -> Iterator[Job]:
    """A job for every PDF of an edition.

    Each worksheet, each with fields to fill in where they work in its language, and a bundle for
    each stage that has worksheets.
    """
    for worksheet in pieces.facts.worksheets:
        yield sheet_job(pieces, worksheet)
        if pieces.fillable_fields_work:
            yield sheet_job(pieces, worksheet, fillable=True)
    for stage in pieces.facts.stages:
        if _worksheets_of(pieces, stage):
            yield stage_bundle(pieces, stage)


def sheet_job(pieces: Pieces, worksheet: Worksheet, *, fillable: bool = False) -> Job:
    """A worksheet by itself, `<id>.pdf`; with fields to fill in, `<id>-fillable.pdf`."""
    name = worksheet.id
    if fillable:
        name = f"{worksheet.id}-fillable"
    return Job(
        file=f"{name}.pdf",
        sheets=(_in_one_language(pieces, worksheet, fillable=fillable),),
        titles=_titles(pieces, worksheet),
        fillable=fillable,
    )


def stage_bundle(pieces: Pieces, stage: Stage) -> Job:
    """All worksheets of a stage in one document, `all-<stage>.pdf`, its pages counted through."""
    worksheets = _worksheets_of(pieces, stage)
    return Job(
        file=f"all-{stage.id}.pdf",
        sheets=tuple(_in_one_language(pieces, worksheet) for worksheet in worksheets),
        titles=_titles(pieces, stage),
    )


def _worksheets_of(pieces: Pieces, stage: Stage) -> list[Worksheet]:
    """The worksheets of a stage, in their order."""
    worksheets = pieces.facts.worksheets
    return [worksheet for worksheet in worksheets if worksheet.stage == stage.id]


def _titles(pieces: Pieces, subject: Worksheet | Stage) -> dict[str, str]:
    """The title of a PDF in the language of the edition, or else in English; then in English."""
    language = pieces.translator.language
    own = _title(pieces, subject)
    english = _english_beside(pieces)
    if english is None:
        return {language: own}
    english_title = _title(english, _of_speaker(english, subject))
    if pieces.translator.has_untranslated(own):
        own = english_title
    return {language: own, english.translator.language: english_title}


def _title(speaker: Pieces, subject: Worksheet | Stage) -> str:
    """The title of the PDF of a worksheet or of a stage."""
    if isinstance(subject, Worksheet):
        return subject.title
    return speaker.translator.gettext("Worksheets: %(stage)s") % {"stage": subject.title}


def _in_one_language(pieces: Pieces, worksheet: Worksheet, *, fillable: bool = False) -> Sheet:
    """A worksheet in the language of the edition where all of it is translated and fits.

    Otherwise in English, with a note that says why.
    """
    sheet = _sheet(pieces, worksheet, fillable)
    speaker = speaker_of(pieces, sheet.html + sheet.styles)
    if speaker is not pieces:
        return _sheet(speaker, _of_speaker(speaker, worksheet), fillable)
    if _english_beside(pieces) is None:
        return sheet
    note = pieces.translator.gettext("In this language it is too long to print. You see English.")
    speaker = in_english(pieces, note)
    return replace(sheet, instead=_sheet(speaker, _of_speaker(speaker, worksheet), fillable))


def _sheet(speaker: Pieces, worksheet: Worksheet, fillable: bool) -> Sheet:
    """A worksheet in the language of these pieces."""
    return Sheet(
        id=worksheet.id,
        language=speaker.translator.language,
        html=worksheet_article(speaker, worksheet, fillable=fillable),
        styles="\n".join(_page_styles(speaker, worksheet)),
    )


def _english_beside(pieces: Pieces) -> Pieces | None:
    """The English pieces of an edition that is not English."""
    english = pieces.english
    if english is None or english.translator.language == pieces.translator.language:
        return None
    return english


def _of_speaker(speaker: Pieces, subject: Subject) -> Subject:
    """The worksheet or stage as these pieces tell it."""
    subjects: Sequence[Any] = speaker.facts.worksheets
    if isinstance(subject, Stage):
        subjects = speaker.facts.stages
    return find("sheet", subjects, subject.id)


# Styles of the pages


def _page_styles(pieces: Pieces, worksheet: Worksheet) -> Iterator[str]:
    """CSS of the pages of a worksheet: the footer, and its QR code where the site has a URL.

    The footer holds what worksheet this is, its address, and page x of y. CSS counts the pages: in
    a bundle, through all of its worksheets.
    """
    name = worksheet.id
    site = pieces.imprint.address
    address = f"{site}worksheets/{name}.html" if site else ""
    left, right = _corners(pieces)
    yield PAGE.format(
        name=name,
        left=left,
        right=right,
        direction=direction_of(pieces.translator.language),
        footer=_footer(pieces, worksheet, address),
        counter=_page_counter(pieces),
    )
    yield f"#{name} {{ page: {name} }}"
    if address:
        url = _svg_url(qr.place(address))
        yield f"#{name} .sheet-code {{ background-image: url({url}) }}"


def _corners(pieces: Pieces) -> tuple[str, str]:
    """The corners of a page where a line begins and where it ends.

    The margin boxes of CSS know left and right only, whatever the direction of the language.
    """
    if pieces.translator.right_to_left:
        return "right", "left"
    return "left", "right"


def _page_counter(pieces: Pieces) -> str:
    """`Page x of y` as a CSS value."""
    text = pieces.translator.gettext("Page %(page)s of %(pages)s")
    value = _css_string(text)
    value = value.replace("%(page)s", '" counter(page) "')
    return value.replace("%(pages)s", '" counter(pages) "')


def _footer(pieces: Pieces, worksheet: Worksheet, address: str) -> str:
    """Title and imprint, then the address, if any, on a line of its own, as a CSS value."""
    imprint = pieces.imprint
    version = pieces.translator.gettext("version %(version)s") % {"version": imprint.version}
    parts = [worksheet.title, "VALUE Roadmap", imprint.name, version]
    if review := review_of(worksheet, imprint):
        parts.append(review)
    first_line = _css_string(" · ".join(parts))
    if not address:
        return first_line
    line_break = r'"\a "'
    second_line = _css_string(address)
    return f"{first_line} {line_break} {second_line}"


def _css_string(text: str) -> str:
    """A text in quotation marks, on one line."""
    escaped = text.replace("\\", r"\\")
    escaped = escaped.replace('"', r"\"")
    escaped = escaped.replace("\n", " ")
    return f'"{escaped}"'


def _svg_url(code: qr.Code) -> str:
    """A QR code as a `data:` URL of SVG."""
    size = code.size
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path d="{code.path}"/></svg>'
    )
    encoded = b64encode(svg.encode()).decode()
    return f"data:image/svg+xml;base64,{encoded}"
