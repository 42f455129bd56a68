"""The sheets as PDFs: valid, complete, legible, the same bytes; and that each of these checks catches its fault."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import lxml.html
import page as validator
import pikepdf
import pypdfium2
import pytest
import segno
from PIL import Image

from macros import worksheet_blocks
from macros.edition_pieces import pieces_of
from macros.facts.load import load
from macros.facts.model import (
    DiagramBlock,
    Imprint,
    Question,
    QuestionList,
    QuestionsBlock,
    Worksheet,
)
from macros.facts.problem import Problems
from macros.language.translator import Translator
from macros.pieces import Pieces
from macros.site_address import published
from roadmap import bootstrap
from roadmap.pdf import svg_styles, worksheets
from roadmap.pdf.long_worksheets import long_worksheets
from roadmap.pdf.renderer import Job, PdfRenderer, Sheet, TooLong
from roadmap.postprocess.run import processed
from roadmap.project import processes
from tests import conftest
from tests.conftest import ROOT, copy_project, edition, rest
from tests.facts.test_load import change
from tests.translation.test_catalogue import translate

ADDRESS = f"{conftest.ADDRESS}en/"
SHEETS = [sheet.id for sheet in load(ROOT / "content").facts.worksheets]
STAGES = [stage.id for stage in load(ROOT / "content").facts.stages]
PLAIN = [f"{id}.pdf" for id in SHEETS]
FILLABLE = [f"{id}-fillable.pdf" for id in SHEETS]
BUNDLES = [f"all-{id}.pdf" for id in STAGES]
TYPED = "č š ž å ø ã"
A4 = (595, 842)  # points


@cache
def pieces() -> Pieces:
    return pieces_of(ROOT, "en", ADDRESS)("worksheets/index.md")


@cache
def renderer() -> PdfRenderer:
    return PdfRenderer(ROOT, "test")


@cache
def jobs() -> dict[str, worksheets.Job]:
    return {job.file: job for job in worksheets.jobs_of(pieces())}


@cache
def rendered(file: str) -> bytes:
    """The bytes of a PDF of the project, made afresh."""
    return renderer().render(jobs()[file])


BUILT: list[Path] = []  # the folder of the PDFs that the build made


@pytest.fixture(scope="module", autouse=True)
def built(site: Path) -> Iterator[None]:
    BUILT.append(site / "en" / "worksheets")
    yield
    renderer().pdfs.tidy()


def made(file: str) -> bytes:
    """The bytes of a PDF of the project, as the build made it."""
    return (BUILT[0] / file).read_bytes()


def opened(file: str) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(made(file)))


def sheet_of(file: str) -> Worksheet:
    return next(s for s in pieces().facts.worksheets if s.id == file.removesuffix(".pdf").removesuffix("-fillable"))


def dictionaries(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Dictionary]:
    """Elements of the structure: `/Figure`, `/H1` …"""
    return [o for o in dictionaries(pdf) if o.get("/S") == kind]


def text_of(data: bytes, *options: str) -> str:
    """What poppler reads in a PDF, on one line."""
    read = subprocess.run(["pdftotext", *options, "-", "-"], input=data, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


def failed(data: bytes) -> list[str]:
    return [failure.rule_id for failure in validator.validate_pdf_bytes(data, profile="ua1").failures]


# For those who listen


@pytest.mark.parametrize("file", [*PLAIN, *FILLABLE, *BUNDLES])
def test_every_pdf_is_valid(file: str) -> None:
    assert failed(made(file)) == []


def _without(key: str, where: Callable[[pikepdf.Pdf], list[pikepdf.Object]]) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        holders = [holder for holder in where(pdf) if key in holder]
        assert holders
        for holder in holders:
            del holder[key]
    return spoil


def _called(old: str, new: str) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        assert elements(pdf, old)
        for element in elements(pdf, old):
            element.S = pikepdf.Name(new)
    return spoil


def _untagged(pdf: pikepdf.Pdf) -> None:
    contents = pdf.pages[0].obj.Contents
    contents.write(re.sub(rb"/Span\s*<</MCID 0>>\s*BDC", b"/Span BMC", contents.read_bytes()))


FAULTS = {
    "picture without words": _without("/Alt", lambda pdf: elements(pdf, "/Figure")),
    "no language": _without("/Lang", lambda pdf: [pdf.Root]),
    "not marked as tagged": _without("/MarkInfo", lambda pdf: [pdf.Root]),
    "no structure": _without("/StructTreeRoot", lambda pdf: [pdf.Root]),
    "title not shown": _without("/ViewerPreferences", lambda pdf: [pdf.Root]),
    "no metadata": _without("/Metadata", lambda pdf: [pdf.Root]),
    "a rank left out": _called("/H1", "/H3"),
    "unknown element": _called("/LI", "/Thing"),
    "letters that cannot be read": _without("/ToUnicode", dictionaries),
    "font not embedded": _without("/FontFile2", dictionaries),
    "field without a name": _without("/TU", lambda pdf: list(pdf.Root.AcroForm.Fields)),
    "field outside the structure": _without("/StructParent", lambda pdf: list(pdf.Root.AcroForm.Fields)),
    "words outside the structure": _untagged,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(fault: str) -> None:
    pdf = opened("learning-lab-fillable.pdf")
    FAULTS[fault](pdf)
    out = BytesIO()
    pdf.save(out)
    assert failed(out.getvalue()) != []


@pytest.mark.parametrize("file", [*PLAIN, *FILLABLE])
def test_language_and_title_are_told(file: str) -> None:
    pdf = opened(file)
    assert str(pdf.Root.Lang) == "en" and str(pdf.docinfo["/Title"]) == sheet_of(file).title
    assert [str(o.S) for o in elements(pdf, "/H1")] == ["/H1"]


@pytest.mark.parametrize("file", [*PLAIN, *FILLABLE])
def test_every_diagram_is_a_figure_with_its_words(file: str) -> None:
    pdf = opened(file)
    figures = elements(pdf, "/Figure")
    assert len(figures) == sum(isinstance(block, DiagramBlock) for block in sheet_of(file).blocks)
    assert all(len(str(figure.Alt)) > 30 for figure in figures)


@pytest.mark.parametrize("file", FILLABLE)
def test_every_field_has_a_name_of_its_own(file: str) -> None:
    pdf = opened(file)
    fields = list(pdf.Root.AcroForm.Fields)
    names = [str(field.T) for field in fields]
    assert len(set(names)) == len(names) > 4
    assert all(re.fullmatch(r"[\w-]+", name) for name in names)
    assert all(len(str(field.TU)) > 2 and str(field.TU) != str(field.T) for field in fields)


def test_the_edges_of_a_page_are_not_read_out() -> None:
    """Nothing is marked as text that does not hang in the structure, as WeasyPrint leaves it."""
    pdf = opened("portfolio.pdf")
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    marked = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in pdf.pages:
        content = page.obj.Contents.read_bytes()
        told = [element for element in marked[page.obj.StructParents] if element is not None]
        assert content.count(b"/Pagination") == 3 and content.count(b"/MCID") == len(told)


# For those who read


def asked(sheet: Worksheet) -> list[str]:
    """The questions of a sheet as they stand in the data."""
    return [question.text for question in worksheet_blocks.asked(sheet, pieces().facts)]


@pytest.mark.parametrize("id", SHEETS)
def test_page_and_pdfs_ask_the_questions_of_the_data(id: str) -> None:
    sheet = sheet_of(id)
    on_page = lxml.html.fromstring(pieces().worksheet(id)).xpath("//*[contains(@class, 'sheet-asked')]")
    assert [element.text_content() for element in on_page] == asked(sheet)
    every = {q.text for s in pieces().facts.stages for ql in s.lists for item in ql.items for q in item.questions}
    for file in (f"{id}.pdf", f"{id}-fillable.pdf"):
        text = text_of(made(file), "-raw")
        assert sorted(q for q in every if q in text) == sorted(asked(sheet)), file
        assert sorted(asked(sheet), key=text.index) == asked(sheet), file


@pytest.mark.parametrize("file", [*PLAIN, *FILLABLE])
def test_a_sheet_says_what_it_is_on_every_page(file: str) -> None:
    sheet, pages = sheet_of(file), len(opened(file).pages)
    for number in range(1, pages + 1):
        text = text_of(made(file), "-f", str(number), "-l", str(number))
        assert f"{ADDRESS}worksheets/{sheet.id}.html" in text and f"Page {number} of {pages}" in text
        assert f"{sheet.title} · VALUE Roadmap · English edition · version" in text
    first = text_of(made(file), "-l", "1")
    assert all(words in first for words in (sheet.purpose, sheet.who, sheet.time, "Centre", "Date", "Who was there"))


@pytest.mark.parametrize("stage", STAGES)
def test_the_bundle_holds_every_sheet_of_its_stage(stage: str) -> None:
    own = [sheet for sheet in pieces().facts.worksheets if sheet.stage == stage]
    pdf, text = opened(f"all-{stage}.pdf"), text_of(made(f"all-{stage}.pdf"))
    assert all(f"{ADDRESS}worksheets/{sheet.id}.html" in text and sheet.purpose in text for sheet in own)
    assert len(elements(pdf, "/H1")) == len(own) and f"Page 1 of {len(pdf.pages)}" in text
    assert len(pdf.pages) == sum(len(opened(f"{sheet.id}.pdf").pages) for sheet in own)


@pytest.mark.parametrize("file", [*PLAIN, *FILLABLE])
def test_a_sheet_is_two_pages_of_a4_at_most_and_small(file: str) -> None:
    pdf = opened(file)
    assert len(pdf.pages) <= 2
    assert {(round(float(page.mediabox[2])), round(float(page.mediabox[3]))) for page in pdf.pages} == {A4}
    assert len(made(file)) <= (130 if file in FILLABLE else 40) * 1024


@pytest.mark.parametrize("file", [*PLAIN, *FILLABLE, *BUNDLES])
def test_only_the_bundled_font_is_in_it(file: str) -> None:
    pdf = opened(file)
    fonts = [o for o in dictionaries(pdf) if o.get("/Type") == "/FontDescriptor"]
    assert fonts and all("/FontFile2" in font for font in fonts)
    assert all(str(font.FontName).split("+")[-1].startswith("Source-Sans-3") for font in fonts)


def test_lines_to_write_on_are_far_enough_apart() -> None:
    image = drawn(made("portfolio.pdf"), scale=4).convert("L")
    across = [image.width * part // 100 for part in range(30, 90, 4)]
    rows = [y for y in range(image.height) if all(image.getpixel((x, y)) < 200 for x in across)]
    lines = [y for before, y in pairwise([-9, *rows]) if y - before > 3]
    gaps = [(b - a) / 4 / 72 * 25.4 for a, b in pairwise(lines)]
    assert len(gaps) >= 20 and min(gaps) >= 7.5


def test_the_code_on_paper_is_that_of_the_address() -> None:
    image = drawn(made("follow-up.pdf"), scale=6).convert("1").crop((452 * 6, 20 * 6, 560 * 6, 130 * 6))
    box = Image.eval(image.convert("L"), lambda v: 255 - v).getbbox()
    code = segno.make(f"{ADDRESS}worksheets/follow-up.html", error="m", boost_error=False, micro=False)
    size = len(code.matrix)
    step = (box[2] - box[0]) / size
    read = [
        [image.getpixel((int(box[0] + (x + 0.5) * step), int(box[1] + (y + 0.5) * step))) == 0 for x in range(size)]
        for y in range(size)
    ]
    assert read == [[bool(module) for module in row] for row in code.matrix]


def test_a_sheet_names_no_address_while_that_is_a_placeholder() -> None:
    """Neither address nor code, in the PDF and on the page in the browser; what a sheet is, all the same."""
    homeless = pieces_of(ROOT, "en", published("https://value-roadmap.example/en/"))("worksheets/index.md")
    job = worksheets.sheet_job(homeless, sheet_of("portfolio"))
    text = text_of(renderer().render(job))
    assert "Portfolio index · VALUE Roadmap · English edition · version" in text and "Page 1 of" in text
    for said in (text, job.sheets[0].html + job.sheets[0].styles, homeless.worksheet("portfolio")):
        assert not any(part in said for part in ("http", ".example", "portfolio.html", "sheet-code"))


# For those who write


def drawn(data: bytes, number: int = 0, scale: float = 1) -> Image.Image:
    """A page as Chrome and Edge draw it."""
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    return document[number].render(scale=scale, may_draw_forms=True).to_pil()


def drawn_by_poppler(data: bytes, number: int = 0, scale: float = 1) -> Image.Image:
    """A page as the viewers of Linux draw it."""
    page, dots = str(number + 1), str(round(72 * scale))
    command = ["pdftoppm", "-r", dots, "-f", page, "-l", page, "-png", "-"]
    return Image.open(BytesIO(subprocess.run(command, input=data, capture_output=True, check=True).stdout))


def filled(file: str) -> tuple[bytes, list[tuple[int, str, list[float]]]]:
    """A sheet with every field filled, and where the fields are: page, kind, rectangle in points."""
    pdf = opened(file)
    places = []
    for number, page in enumerate(pdf.pages):
        for field in page.get("/Annots", []):
            places.append((number, str(field.FT), [float(x) for x in field.Rect]))
            if field.FT == "/Tx":
                field.V = pikepdf.String(TYPED)
            else:
                field.V = field.AS = pikepdf.Name.on
    out = BytesIO()
    pdf.save(out)
    return out.getvalue(), places


def ink_in(image: Image.Image, rectangle: list[float], scale: float) -> int:
    """Dark dots inside a rectangle."""
    left, bottom, right, top = min(rectangle[::2]), min(rectangle[1::2]), max(rectangle[::2]), max(rectangle[1::2])
    high = image.height / scale
    box = tuple(round(v * scale) for v in (left + 1, high - top + 1, right - 1, high - bottom - 1))
    return sum(image.convert("L").crop(box).histogram()[:128])


@pytest.mark.parametrize("draw", [drawn, drawn_by_poppler])
@pytest.mark.parametrize("file", ["initiating-checklist-fillable.pdf", "guidance-continuum-fillable.pdf"])
def test_ticks_and_typed_letters_are_seen(file: str, draw: Callable[..., Image.Image]) -> None:
    after, places = filled(file)
    for number in {place[0] for place in places}:
        empty, full = draw(made(file), number, 2), draw(after, number, 2)
        for page, kind, rectangle in places:
            if page == number:
                more = ink_in(full, rectangle, 2) - ink_in(empty, rectangle, 2)
                assert more > (60 if kind == "/Tx" else 40), (kind, rectangle)


@pytest.mark.parametrize("draw", [drawn, drawn_by_poppler])
def test_each_typed_letter_has_its_own_shape(draw: Callable[..., Image.Image]) -> None:
    """A letter that the font lacks would come out as an empty box or as its plain sister."""
    shapes = [_typed(letter, draw) for letter in "čcšsžzåaøoã"]
    assert len(set(shapes)) == len(shapes)


def _typed(letter: str, draw: Callable[..., Image.Image]) -> bytes:
    pdf = opened("portfolio-fillable.pdf")
    field = pdf.Root.AcroForm.Fields[0]
    field.V = pikepdf.String(letter)
    out = BytesIO()
    pdf.save(out)
    x, y = float(min(field.Rect[0], field.Rect[2])), A4[1] - float(max(field.Rect[1], field.Rect[3]))
    image = draw(out.getvalue(), 0, 3).convert("1")
    return image.crop((int(x * 3), int(y * 3) + 4, int(x * 3) + 60, int(y * 3) + 54)).tobytes()


def test_viewers_need_not_draw_the_fields_themselves() -> None:
    pdf = opened("initiating-checklist-fillable.pdf")
    form = pdf.Root.AcroForm
    assert "/NeedAppearances" not in form
    ticks = [field for field in form.Fields if field.FT == "/Btn"]
    assert len(ticks) > 30 and all({"/on", "/Off"} <= set(field.AP.N.keys()) for field in ticks)


# Again, and otherwise


@pytest.mark.parametrize("file", ["session-plan-fillable.pdf", *rest("session-plan.pdf")])
def test_a_sheet_made_in_another_process_is_the_same(file: str) -> None:
    """`make audit` compares them all."""
    code = f"import sys; from tests.pdf.test_worksheets import rendered; sys.stdout.buffer.write(rendered({file!r}))"
    again = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": "1"}, capture_output=True, check=True)
    assert again.stdout == made(file)


def test_an_unchanged_sheet_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PdfRenderer, "render", lambda self, job: job.file.encode())
    monkeypatch.setattr(processes, "_cores", 1)  # what is said is noted in this process
    root, said = copy_project(tmp_path / "project"), []
    worksheets.write_worksheets(edition(root, "en"), tmp_path / "en", said.append)
    assert len(said) == len([*PLAIN, *FILLABLE, *BUNDLES])
    assert said[0] == f"Making PDF 1 of {len(said)}: initiating-checklist.pdf …"
    said.clear()
    worksheets.write_worksheets(edition(root, "en"), tmp_path / "en", said.append)
    assert said == []
    change("Put the plan of your pathway on one sheet", "Put the plan on one sheet", "content/worksheets.yml")(root)
    worksheets.write_worksheets(edition(root, "en"), tmp_path / "en", said.append)
    assert [line.split(": ")[1] for line in said] == [
        "pathway-map.pdf …", "pathway-map-fillable.pdf …", "all-initiating.pdf …",
    ]
    assert len(list((root / ".cache/worksheets/en").glob("*.pdf"))) == len([*PLAIN, *FILLABLE, *BUNDLES])


def test_sheets_are_made_side_by_side_and_each_that_is_too_long_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def render(self: PdfRenderer, job: Job) -> bytes:
        if job.file in too_long:
            raise TooLong(job.sheets[0].id, 3)
        return f"{job.file} {os.getpid()}".encode()

    monkeypatch.setattr(PdfRenderer, "render", render)
    monkeypatch.setattr(processes, "_cores", 2)
    root = copy_project(tmp_path / "project")
    too_long = {"pathway-map.pdf", "session-plan.pdf"}
    with pytest.raises(Problems) as refusal:
        worksheets.write_worksheets(edition(root, "en"), tmp_path / "en", lambda _: None)
    assert {problem.found for problem in refusal.value.problems} == {f"3 pages in {file}" for file in too_long}
    too_long.clear()
    paths = worksheets.write_worksheets(edition(root, "en"), tmp_path / "en", lambda _: None)
    made = [path.read_text(encoding="utf-8").split() for path in paths]
    assert [file for file, _ in made] == [path.name for path in paths] and len(paths) == len([*PLAIN, *FILLABLE, *BUNDLES])
    assert str(os.getpid()) not in {process for _, process in made}


def test_without_pdfs_no_page_links_to_one(tmp_path: Path) -> None:
    (tmp_path / "worksheets").mkdir()
    page = tmp_path / "worksheets" / "index.html"
    page.write_text(pieces().worksheet_index() + pieces().worksheet("portfolio"), encoding="utf-8")
    assert page.read_text().count(".pdf") == 2 * len(SHEETS) + len(BUNDLES) + 2
    for has_pdfs in (True, False):
        html = processed(page.read_text(), has_pdfs=has_pdfs)
        assert (".pdf" in html) is has_pdfs
    assert ".pdf" not in html and "portfolio.html" in html


BROKEN = {
    "question": ("ask: [Q3.1]", "ask: [Q3.9]", "the unknown question or list `Q3.9`"),
    "list": ("ask: [Q6, Q7, Q8]", "ask: [Q6, Q7, Q9]", "the unknown question or list `Q9`"),
    "stage": ("stage: evaluating", "stage: ending", "the unknown stage `ending`"),
    "diagram": ("picture: reflection-cycle", "picture: reflexion-cycle", "the unknown picture `reflexion-cycle`"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_sheet_that_names_what_is_not_there_stops_with_its_line(name: str, tmp_path: Path) -> None:
    old, new, words = BROKEN[name]
    root = copy_project(tmp_path / "project")
    change(old, new, "content/worksheets.yml")(root)
    line = (root / "content/worksheets.yml").read_text().split(new)[0].count("\n") + 1
    with pytest.raises(Problems) as raised:
        worksheets.write_worksheets(edition(root, "en"), tmp_path / "en", lambda _: None)
    assert [str(problem).startswith(f"content/worksheets.yml:{line}: {words}; one of ") for problem in
            raised.value.problems] == [True]


def test_a_sheet_that_is_too_long_stops_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(self: PdfRenderer, job: Job) -> bytes:
        raise TooLong(job.sheets[0].id, 3)

    monkeypatch.setattr(PdfRenderer, "render", never)
    root = copy_project(tmp_path / "project")
    line = (root / "content/worksheets.yml").read_text().split("- id: initiating-checklist")[0].count("\n") + 1
    with pytest.raises(Problems, match=f"content/worksheets.yml:{line}: 3 pages in initiating-checklist.pdf; at most"):
        worksheets.write_worksheets(edition(root, "en"), tmp_path / "en", lambda _: None)


def no_libraries(*_: object) -> None:
    raise Problems([])


def test_in_a_translation_a_sheet_that_is_too_long_comes_in_english_and_is_named_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    too_long = {("learning-lab", "da")}

    def lay_out(self: PdfRenderer, job: Job, sheets: list[Sheet]) -> SimpleNamespace:
        pages = [{sheet.id: ()} for sheet in sheets for _ in range(3 if (sheet.id, sheet.language) in too_long else 2)]
        return SimpleNamespace(pages=[SimpleNamespace(anchors=anchors) for anchors in pages])

    def written(self: PdfRenderer, document: object, job: Job, sheets: list[Sheet]) -> bytes:
        pdf = pikepdf.new()
        html = lxml.html.document_fromstring(self._html(job, sheets))
        pdf.Root.Lang = pikepdf.String(html.get("lang"))
        noted = html.xpath("//article[@lang='en' and p[@class='fact-note'][@lang='da']]")
        pdf.Root.Noted = pikepdf.String(" ".join(article.get("id") for article in noted))
        assert len(noted) == len(html.xpath("//article[@lang='en']")) == len(html.find_class("fact-note"))
        written = BytesIO()
        pdf.save(written)
        return written.getvalue()

    monkeypatch.setattr(PdfRenderer, "_lay_out", lay_out)
    monkeypatch.setattr(PdfRenderer, "_written", written)
    root = copy_project(tmp_path / "project")
    (root / "docs/da").mkdir()
    translate(root, "da")
    text = (root / "docs/da/messages.po").read_text(encoding="utf-8")
    longest = 'msgctxt "worksheets/learning-lab/title"\nmsgid "Learning lab"\nmsgstr "'
    (root / "docs/da/messages.po").write_text(text.replace(longest, longest + "langt " * 8), encoding="utf-8")

    paths = worksheets.write_worksheets(edition(root, "da"), tmp_path / "da", lambda _: None)
    opened_pdfs = {path.stem: pikepdf.open(path) for path in paths}
    in_english = {name for name, pdf in opened_pdfs.items() if str(pdf.Root.Lang) == "en"}
    assert in_english == {"learning-lab", "learning-lab-fillable"}
    with_note = {name for name, pdf in opened_pdfs.items() if str(pdf.Root.Noted) == "learning-lab"}
    assert with_note == {*in_english, "all-facilitating"} and not str(opened_pdfs["portfolio"].Root.Noted)
    line = text[: text.index('msgctxt "worksheets/learning-lab/title"')].count("\n") + 2
    with monkeypatch.context() as patch:
        patch.setattr(PdfRenderer, "load", no_libraries)
        assert long_worksheets(edition(root, "da")) == []
    [named] = long_worksheets(edition(root, "da"))
    with monkeypatch.context() as patch:
        patch.setattr(PdfRenderer, "pdf", lambda *_: pytest.fail("what has not changed is measured again"))
        assert long_worksheets(edition(root, "da")) == [named]
    assert (named.path, named.line, named.severity) == ("docs/da/messages.po", line, "hint")
    assert "`learning-lab`" in named.found and f"line {line} (52 characters, at most 54)" in named.expected
    too_long.add(("learning-lab", "en"))
    shutil.rmtree(root / ".cache")
    assert long_worksheets(edition(root, "da")) == [named], "that English is too long the build of English says"


def test_in_a_bundle_only_the_sheet_that_is_too_long_comes_in_english() -> None:
    english = pieces()
    sheets = {sheet.id: sheet.model_copy(update={"title": f"På dansk: {sheet.id}"}) for sheet in english.facts.worksheets}
    endless = QuestionsBlock(kind="questions", ask=("Q4",), lines=9)
    sheets["narratives"] = sheets["narratives"].model_copy(update={"blocks": (endless,)})
    chosen = ("observation", "narratives", "portfolio")
    facts = english.facts.model_copy(update={"worksheets": tuple(sheets[id] for id in chosen)})
    danish = replace(english, facts=facts, translator=Translator("da"), english=english, imprint=Imprint(name="Dansk udgave"))
    data = renderer().render(worksheets.stage_bundle(danish, next(stage for stage in facts.stages if stage.id == "facilitating")))
    with pikepdf.open(BytesIO(data)) as pdf:
        [document] = pdf.Root.StructTreeRoot.K
        spoken = [str(article.get("/Lang", pdf.Root.Lang)) for article in document.K]
    texts = [text_of(data, "-f", str(page), "-l", str(page)) for page in range(1, len(spoken) + 1)]
    titles = ["På dansk: observation", sheet_of("narratives.pdf").title, "På dansk: portfolio"]
    first = [next(page for page, text in enumerate(texts) if text.startswith(title)) for title in titles]
    assert first == sorted(first) and failed(data) == []
    assert spoken == ["da"] * first[1] + ["en"] * (first[2] - first[1]) + ["da"] * (len(texts) - first[2])
    assert "too long to print" in texts[first[1]] and sum("too long to print" in text for text in texts) == 1
    assert all(f"Page {page} of {len(texts)}" in text for page, text in enumerate(texts, start=1))
    editions = ["Dansk udgave" if language == "da" else "English edition" for language in spoken]
    assert all(name in text for name, text in zip(editions, texts, strict=True))


LONG = "Pædagogmedhjælperuddannelsesforberedelseskursus samenwerkingsovereenkomst"
HARD = {  # a made-up sheet → its blocks
    "17 people": [{"kind": "diagram", "picture": "lisbon"}, {"kind": "questions", "ask": ["Q8"]}],
    "the largest set-up": [{"kind": "diagram", "picture": "grosuplje", "size": "large"}],
    "12 questions": [{"kind": "questions", "ask": ["Q7", "Q8"], "lines": 2}],
    "long words": [
        {"kind": "table", "columns": [LONG, LONG, LONG], "rows": [LONG, LONG]},
        {"kind": "fields", "fields": [LONG[:60], LONG[-26:]]},
        {"kind": "choice", "options": [LONG, LONG]},
    ],
}


def words_of(data: bytes) -> list[str]:
    """The pages and words of a PDF, each with its place."""
    read = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=data, capture_output=True, check=True)
    return re.findall(r"<(?:page|word) .*", read.stdout.decode())


@pytest.mark.parametrize("id", SHEETS)
def test_with_fields_to_fill_in_every_word_stands_where_it_does_without(id: str) -> None:
    """So neither can be too long where the other is not, and the check measures one of them."""
    assert words_of(made(f"{id}-fillable.pdf")) == words_of(made(f"{id}.pdf"))


@pytest.mark.parametrize("name", HARD)
def test_a_hard_sheet_stays_valid_and_short(name: str) -> None:
    sheet = Worksheet.model_validate(
        {"id": "hard", "title": LONG[:60], "purpose": LONG, "who": LONG, "time": LONG, "page": 20, "blocks": HARD[name]}
    )
    plain, fillable = (renderer().render(worksheets.sheet_job(pieces(), sheet, fillable=each)) for each in (False, True))
    assert words_of(fillable) == words_of(plain)
    margin = round(16 / 25.4 * 72) - 2  # points that stay white
    for data in (plain, fillable):
        assert failed(data) == [] and len(pikepdf.open(BytesIO(data)).pages) <= 2
        image = drawn(data).convert("L")
        edges = (image.crop((0, 0, margin, image.height)), image.crop((image.width - margin, 0, image.width, image.height)))
        assert [edge.getextrema()[0] for edge in edges] == [255, 255]


def test_smaller_letters_where_a_translation_is_longer() -> None:
    sheet = sheet_of("initiating-checklist")
    facts = pieces().facts
    longer = [s.model_copy(update={"lists": tuple(map(_longer, s.lists))}) for s in facts.stages]
    translated = Pieces(facts.model_copy(update={"stages": tuple(longer)}), pieces().translator, pieces().render)
    data = renderer().render(worksheets.sheet_job(translated, sheet))
    assert len(pikepdf.open(BytesIO(data)).pages) == 2
    endless = sheet.model_copy(update={"blocks": (QuestionsBlock(kind="questions", ask=("Q4",), lines=9),)})
    with pytest.raises(TooLong):
        renderer().render(worksheets.sheet_job(pieces(), endless))


def _longer(asked: QuestionList) -> QuestionList:
    """A list whose questions are half as long again."""
    def stretched(question: Question) -> Question:
        words = question.text.removesuffix("?").split()
        return question.model_copy(update={"text": " ".join([*words, *words[: len(words) // 2]]) + "?"})

    items = [item.model_copy(update={"questions": tuple(map(stretched, item.questions))}) for item in asked.items]
    return asked.model_copy(update={"items": tuple(items)})


# The parts


def test_a_shape_gets_what_the_style_sheet_says() -> None:
    styles = ".picture .a { fill: var(--one, red); stroke: var(--two, blue) } .picture .b { --one: green }"
    html = '<p>x</p><svg class="picture" data-picture-svg="" xmlns="http://www.w3.org/2000/svg"><path class="a b"/><path class="a"/></svg>'
    svg = lxml.html.fragment_fromstring(svg_styles.inline_css(html, styles, {"--two": "#000"}), create_parent=True)
    assert [(p.get("fill"), p.get("stroke")) for p in svg.iter("path")] == [("green", "#000"), ("red", "#000")]


def test_the_sheets_are_black_on_white() -> None:
    image = drawn(made("facilitating-checklist.pdf"))
    assert all(max(colour) - min(colour) < 8 for _, colour in image.convert("RGB").getcolors(1 << 16))


def test_missing_libraries_are_named_with_the_command(monkeypatch, capsys) -> None:
    monkeypatch.setattr(bootstrap, "PDF_LIBRARIES", {"libnowhere.so.7": "libnowhere7"})
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _: None)
    monkeypatch.setattr(bootstrap, "install", lambda _: None)
    assert bootstrap.main(["build"]) == 1
    assert "sudo apt-get install --no-install-recommends libnowhere7" in capsys.readouterr().err
    assert bootstrap.install_packages(["build", "--no-pdf"]) == [] == bootstrap.install_packages(["check"])
