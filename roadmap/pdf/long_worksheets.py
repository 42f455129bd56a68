"""Names the worksheets of an edition that are too long to print, and the texts that make them so.

A hint: a build prints those in English. What is rendered here, a build finds in the cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from babel.messages.catalog import Message
from markupsafe import escape

from macros.facts.problem import Problem, Problems
from macros.language import messages
from macros.language.messages import forms, most_characters
from roadmap.pdf.renderer import MOST_PAGES, Job, PdfRenderer, Sheet, TooLong
from roadmap.pdf.worksheets import sheet_job
from roadmap.project.processes import side_by_side
from roadmap.project.project import Edition
from roadmap.project.remembered import remembered

MOST_NAMED = 3  # texts of one worksheet


class NoLibraries(Exception):
    """WeasyPrint cannot load its libraries, so nothing is known."""


def long_worksheets(edition: Edition) -> list[Problem]:
    """A hint for each translated worksheet with too many pages, at the longest of its texts.

    No hint where WeasyPrint cannot load its libraries. Raises Problems where the facts or the
    messages cannot be read.
    """
    if edition.is_english:
        return []
    renderer = PdfRenderer(edition.project.root, edition.code)
    memo = edition.project.memo("long worksheets", edition.code)
    values = (edition.pieces_key, renderer.picture_styles, renderer.shared_values)
    try:
        found = remembered(memo, _measure, edition, renderer, values=values)
    except NoLibraries:
        return []
    memo.save()
    return found


def _measure(edition: Edition, renderer: PdfRenderer) -> list[Problem]:
    """The plain PDFs are measured: a fillable one, and it in the bundle of its stage, has as many
    pages. Raises NoLibraries.
    """
    jobs = {job.file: job for job in _translated_sheets(edition)}
    if not jobs:
        return []
    try:
        renderer.load()
    except Problems:
        raise NoLibraries from None

    def is_too_long(file: str) -> bool:
        try:
            data = renderer.pdf(jobs[file])
        except TooLong:
            return True  # in English, too
        with pikepdf.open(BytesIO(data)) as pdf:
            return str(pdf.Root.Lang) != edition.code

    found = []
    for job, too_long in zip(jobs.values(), side_by_side(is_too_long, list(jobs)), strict=True):
        if too_long:
            found.append(_hint(edition, job))
    return found


def _translated_sheets(edition: Edition) -> Iterator[Job]:
    """The jobs of worksheets that would come in the language of the edition if they fit."""
    pieces = edition.pieces("worksheets/index.md")
    for worksheet in pieces.facts.worksheets:
        job = sheet_job(pieces, worksheet)
        if job.sheets[0].instead:
            yield job


def _hint(edition: Edition, job: Job) -> Problem:
    [sheet] = job.sheets
    longest = _longest_texts(edition, sheet)
    places = []
    for message in longest:
        length = max(map(len, forms(message.string)))
        most = most_characters(message.id)
        places.append(f"line {message.lineno} ({length} characters, at most {most})")
    found = f"the worksheet `{sheet.id}`, too long to print: it comes in English"
    expected = (
        f"texts that fit on {MOST_PAGES} pages; the longest beside English: {', '.join(places)}"
    )
    line = longest[0].lineno or 1 if longest else 1
    return Problem(edition.file_name(messages.FILE), line, found, expected, "hint")


def _longest_texts(edition: Edition, sheet: Sheet) -> list[Message]:
    """The texts of a worksheet that are longest, compared with English."""
    own = []
    for message in edition.messages:
        if messages.is_shown(message) and str(escape(forms(message.string)[0])) in sheet.html:
            own.append(message)
    return sorted(own, key=_excess, reverse=True)[:MOST_NAMED]


def _excess(message: Message) -> int:
    """How many characters more than English a translation has."""
    return len(forms(message.string)[0]) - len(forms(message.id)[0])
