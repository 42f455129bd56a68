"""The worksheets as PDFs, flat and fillable, and the sheets of a stage in one. Judges only their
length.

The same template and styles as on the page. What did not change since the last time comes from
`.cache/sheets`.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from macros import pieces_of
from macros.facts.load import load
from macros.facts.model import Stage, Worksheet
from macros.facts.problem import Problem, Problems
from macros.layout import qr
from macros.pieces import Pieces, find, speaker_of, worksheet_document
from macros.typesetting.fonts import FAMILY, SCRIPTS
from roadmap.pdf.renderer import Job, Press, TooLong
from roadmap.project import mkdocs_config

Say = Callable[[str], None]
LONGEST = 2  # pages of a sheet
FILES = re.compile(r"<(ul|li)\b[^>]*\bdata-pdf-links\b.*?</\1>", re.DOTALL)
FAMILIES = ", ".join(
    f'"{family}"' for family in (FAMILY, *(script.family for script in SCRIPTS.values()))
)
PAGE = f"""
@page {{{{
  size: A4; margin: 14mm 16mm 19mm; font: 8.5pt {FAMILIES}; color: #000;
  @bottom-{{left}} {{{{ width: 80%; text-align: start; vertical-align: top; padding-top: 3mm; white-space: pre-line }}}}
  @bottom-{{right}} {{{{ width: 20%; text-align: end; vertical-align: top; padding-top: 3mm }}}}
}}}}
"""


def make(root: Path, edition: Path, say: Say, pieces: Pieces | None = None) -> list[Path]:
    """Writes the PDFs of an edition into its folder `worksheets/`: the English edition, or that of
    `pieces`.

    Raises Problems when a sheet is too long or when WeasyPrint cannot load its libraries.
    """
    pieces = pieces or english(root)
    press, jobs = Press(root, pieces.translator.language), list(jobs_of(pieces))
    folder = edition / "worksheets"
    folder.mkdir(parents=True, exist_ok=True)
    for number, job in enumerate(jobs, start=1):
        if not press.has(job):
            say(f"Making PDF {number} of {len(jobs)}: {job.file} …")
        try:
            (folder / job.file).write_bytes(press.pdf(job))
        except TooLong as error:
            raise Problems([_too_long(root, job, error.pages)]) from None
    press.tidy(jobs)
    return [folder / job.file for job in jobs]


def leave_out(edition: Path) -> None:
    """Takes the links to the PDFs out of the pages of an edition that is built without them."""
    for page in sorted(edition.rglob("*.html")):
        page.write_text(FILES.sub("", page.read_text(encoding="utf-8")), encoding="utf-8")


def english(root: Path) -> Pieces:
    """The pieces of the English edition, with the address that mkdocs.yml names."""
    address = mkdocs_config.config(root / "mkdocs.yml")["site_url"] or ""
    return pieces_of(root, "en", address)("worksheets/index.md")


def _too_long(root: Path, job: Job, pages: int) -> Problem:
    content = load(root / "content")
    named = (i for i, sheet in enumerate(content.facts.worksheets) if job.file.startswith(sheet.id))
    at = ("worksheets", next(named, 0), "id")
    instead = f"at most {LONGEST} pages a sheet: fewer lines or blocks"
    return content.problem(at, f"{pages} pages in {job.file}", instead)


# What is to be made


def jobs_of(pieces: Pieces) -> Iterator[Job]:
    """Every PDF of an edition."""
    for sheet in pieces.facts.worksheets:
        yield _in_one_language(sheet_job, pieces, sheet)
        if pieces.fillable_fields_work:
            yield _in_one_language(partial(sheet_job, fillable=True), pieces, sheet)
    for stage in pieces.facts.stages:
        if any(sheet.stage == stage.id for sheet in pieces.facts.worksheets):
            yield _in_one_language(stage_bundle, pieces, stage)


def _in_one_language(make: Callable[..., Job], pieces: Pieces, subject: Worksheet | Stage) -> Job:
    """The job in the language of the edition, or in English with a note where a part of it is not
    translated.
    """
    job = make(pieces, subject)
    speaker = speaker_of(pieces, job.html + job.styles)
    if speaker is pieces:
        return job
    subjects = speaker.facts.stages if isinstance(subject, Stage) else speaker.facts.worksheets
    return make(speaker, find("sheet", subjects, subject.id))


def sheet_job(pieces: Pieces, sheet: Worksheet, *, fillable: bool = False) -> Job:
    """A sheet by itself."""
    file = f"{sheet.id}-fillable.pdf" if fillable else f"{sheet.id}.pdf"
    html = worksheet_document(pieces, [sheet], sheet.title, fillable=fillable)
    return Job(file, html, page_styles(pieces, [sheet]), LONGEST, fillable)


def stage_bundle(pieces: Pieces, stage: Stage) -> Job:
    """All sheets of a stage in one document, its pages counted through."""
    sheets = [sheet for sheet in pieces.facts.worksheets if sheet.stage == stage.id]
    title = pieces.translator.gettext("Worksheets: %(stage)s") % {"stage": stage.title}
    html = worksheet_document(pieces, sheets, title)
    return Job(f"all-{stage.id}.pdf", html, page_styles(pieces, sheets), LONGEST * len(sheets))


def page_styles(pieces: Pieces, sheets: list[Worksheet]) -> str:
    """Styles of the pages: at the foot what sheet this is, its address, page x of y; on top its QR
    code.
    """
    count = _quoted(pieces.translator.gettext("Page %(page)s of %(pages)s"))
    count = count.replace("%(page)s", '" counter(page) "').replace(
        "%(pages)s", '" counter(pages) "'
    )
    left, right = (
        ("right", "left") if pieces.translator.right_to_left else ("left", "right")
    )  # where a line begins and ends
    styles = [
        PAGE.format(left=left, right=right),
        f"@page {{ @bottom-{right} {{ content: {count} }} }}",
    ]
    for sheet in sheets:
        address = f"{pieces.imprint.address}worksheets/{sheet.id}.html"
        foot = " ".join((_quoted(" · ".join(_imprint(pieces, sheet))), r'"\a "', _quoted(address)))
        styles.append(
            f"@page {sheet.id} {{ @bottom-{left} {{ content: {foot} }} }} #{sheet.id} {{ page: {sheet.id} }}"
        )
        if pieces.imprint.address:
            styles.append(
                f"#{sheet.id} .sheet-code {{ background-image: url({_data(qr.place(address))}) }}"
            )
    return "\n".join(styles)


def _imprint(pieces: Pieces, sheet: Worksheet) -> Iterator[str]:
    imprint = pieces.imprint
    yield from (sheet.title, "VALUE Roadmap", imprint.name)
    yield pieces.translator.gettext("version %(version)s") % {"version": imprint.version}
    if imprint.review:
        yield imprint.review


def _quoted(text: str) -> str:
    """A CSS string."""
    return '"' + text.replace("\\", r"\\").replace('"', r"\"").replace("\n", " ") + '"'


def _data(code: qr.Code) -> str:
    size = code.size
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{code.path}"/></svg>'
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
