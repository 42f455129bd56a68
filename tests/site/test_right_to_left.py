"""Right to left: the test edition in Arabic, built once in a copy of the project, as a reader and a printer meet it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from gettext import NullTranslations
from pathlib import Path

import lxml.html
import page as validator
import pikepdf
import pytest
from lxml import etree
from playwright.sync_api import Page

from macros.facts.load import load
from macros.facts.model import Imprint
from macros.language.translator import Translator
from macros.pieces import Pieces
from macros.render import Renderer
from macros.typesetting import metrics, outlines
from macros.typesetting.fonts import ARABIC, FAMILY, script_of
from roadmap import build
from roadmap.check.messages import check_messages
from roadmap.pdf import worksheets
from roadmap.pdf.renderer import Job, PdfRenderer
from roadmap.project.edition_file import EditionFile
from roadmap.project.project import Project
from roadmap.staging import stage
from roadmap.translation import extract, sync
from tests.conftest import ADDRESS, ROOT, copy_project, look
from tests.conftest import edition as edition_of

OWN = (
    "index", "where-to-start", "how/stages/initiating/set-ups", "how/stages/initiating/core-team", "worksheets/follow-up",
    "take-along", "about/privacy",
)
SETUPS = "how/stages/initiating/set-ups"
FALLBACK = "how/stages/facilitating/learning-labs"
ALLOWED = {FAMILY.replace(" ", "-"), ARABIC.family.replace(" ", "-")}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_project(tmp_path_factory.mktemp("rtl") / "project")
    shutil.copytree(ROOT / "tests" / "editions" / "ar", root / "docs" / "ar")
    return root


@pytest.fixture(scope="module")
def edition(project: Path) -> Path:
    """The pages and the sheets of the edition, built. Of the sheets only the one that a test opens is rendered."""
    read, render = Project(project), PdfRenderer.render
    job = build.Job(read, offered(read), project / "site", pdf=True, say=lambda _: None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PdfRenderer, "render", lambda pdfs, job: render(pdfs, job) if job.file == "follow-up.pdf" else b"%PDF")
        build.build_edition(job, read.edition("ar"))
    return project / "site" / "ar" / "ar"


def offered(project: Project) -> dict[str, EditionFile]:
    """The editions that may be offered, whole or not."""
    return {code: file for code, file in project.edition_files().items() if file.offered}


def tree(edition: Path, name: str) -> lxml.html.HtmlElement:
    return lxml.html.parse(str(edition / f"{name}.html")).getroot()


def fonts_of(data: Path) -> set[str]:
    with pikepdf.open(data) as pdf:
        named = [str(o.BaseFont) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o]
    return {re.sub(r"^/(\w{6}\+)?|[-,](Bold|Oblique)|,$", "", name) for name in named}


def test_the_test_edition_is_well_formed_and_pinned(project: Path) -> None:
    assert check_messages(edition_of(project, "ar")) == []
    sync.sync(edition_of(project, "ar"), [f"{name}.md" for name in OWN])  # raises Problems where a page has not the sections


@pytest.mark.parametrize("name", OWN)
def test_a_page_runs_from_right_to_left(name: str, edition: Path) -> None:
    root = tree(edition, name)
    assert (root.get("dir"), root.get("lang")) == ("rtl", "ar")


def test_an_english_page_inside_says_so(edition: Path) -> None:
    root = tree(edition, FALLBACK)
    article = root.find(".//article")
    assert (article.get("lang"), article.get("dir")) == ("en", "ltr")
    note = root.find_class("edition-note")[0]
    assert any(script_of(c) for c in note.text_content()) and note.xpath("ancestor-or-self::*[@dir][1]/@dir") == ["rtl"]


def test_pictures_are_mirrored_with_their_marks_on_the_right(edition: Path) -> None:
    figure = tree(edition, SETUPS).get_element_by_id("setup-diagram-mixed-group")
    svg = figure.find(".//svg")
    assert any(script_of(c) for c in svg.text_content())
    core = next(p for p in svg.iter("path") if "core" in p.get("class", "") and "ghost" not in p.get("class"))
    assert float(re.match(r"M([\d.]+)", core.get("d"))[1]) > 200


def test_there_is_no_sheet_to_fill_in_and_the_page_says_why(edition: Path) -> None:
    assert not list((edition / "worksheets").glob("*-fillable.pdf"))
    for page in (edition / "worksheets").glob("*.html"):
        assert "fillable" not in page.read_text(encoding="utf-8")
    assert tree(edition, "worksheets/follow-up").xpath("//*[@class='fact-note']")


def test_the_english_edition_neither_offers_it_nor_fetches_its_font(project: Path, tmp_path: Path) -> None:
    read = Project(project)
    staged = stage.StagedEdition(read.english, offered(read))
    config = json.dumps(staged.settings)
    assert '"code": "ar"' not in config and ARABIC.name not in config
    staged.write_files(tmp_path)
    assert list(tmp_path.rglob("*.css")) and not list(tmp_path.rglob("*arabic*"))


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", [*OWN, FALLBACK])
def test_pages_fit_the_screen_and_words_fit_their_pictures(name: str, width: int, window: Page, edition: Path) -> None:
    page = look(window, edition / f"{name}.html", width)
    outside = page.evaluate(
        """[...document.querySelectorAll('svg.picture text tspan')].filter(t => {
             const words = t.getBoundingClientRect(), picture = t.closest('svg').getBoundingClientRect();
             return words.left < picture.left - 1 || words.right > picture.right + 1;
           }).map(t => t.textContent)"""
    )
    loaded = page.evaluate("[...document.fonts].some(f => f.status === 'loaded' && f.unicodeRange.startsWith('U+6'))")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert outside == [] and wide <= width and loaded


def test_the_sheet_is_valid_in_the_bundled_fonts_and_can_be_read(edition: Path) -> None:
    path = edition / "worksheets" / "follow-up.pdf"
    assert validator.validate_pdf_bytes(path.read_bytes(), profile="ua1").is_compliant
    assert fonts_of(path) <= ALLOWED
    said = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    said = re.sub(r"[\u202a-\u202e]", "", said)
    for word in ("المتابعة", "قرروا", "التاريخ", "حددوا"):
        assert word in said


class Filled(NullTranslations):
    """Says everything in Arabic words of much the same length. Keeps what is filled in."""

    WORDS = ("في", "عمل", "مركز", "تعلّم", "مجموعة", "معلّمات", "التربويون", "مسؤولياتهم", "الاستقصائية")

    def gettext(self, message: str) -> str:
        parts = re.split(r"(%\(\w+\)s|\{\w+\}|%s)", message)
        return "".join(part if i % 2 else re.sub(r"[^\W\d_]+", self._word, part) for i, part in enumerate(parts))

    def _word(self, found: re.Match[str]) -> str:
        return min(self.WORDS, key=lambda word: abs(len(word) - len(found.group())))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self.ngettext(msgid1, msgid2, n)


def filled() -> Pieces:
    words = Translator("ar", Filled())
    facts = words.translate(load(ROOT / "content").facts)
    imprint = Imprint(name="الطبعة العربية", version="1", address=f"{ADDRESS}ar/")
    return Pieces(facts, words, Renderer(words), imprint=imprint, fillable_fields_work=words.fillable_fields_work)


@pytest.mark.parametrize(("file", "figures"), [("learning-lab.pdf", 1), ("follow-up.pdf", 0)])
def test_pictures_on_paper_are_outlined_and_keep_their_names(file: str, figures: int, tmp_path: Path) -> None:
    pieces = filled()
    job = next(job for job in worksheets.jobs_of(pieces) if job.file == file)
    (tmp_path / "overrides").symlink_to(ROOT / "overrides")
    (tmp_path / file).write_bytes(PdfRenderer(tmp_path, "ar").render(job))
    assert validator.validate_pdf_bytes((tmp_path / file).read_bytes(), profile="ua1").is_compliant
    assert fonts_of(tmp_path / file) <= ALLOWED
    with pikepdf.open(tmp_path / file) as pdf:
        drawn = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
        assert len(drawn) == figures and all(any(map(script_of, str(o.Alt))) for o in drawn)


def test_an_english_sheet_in_an_arabic_bundle_has_its_footer_where_english_has_it(tmp_path: Path) -> None:
    arabic, english = filled(), Pieces(load(ROOT / "content").facts, Translator(), Renderer(Translator()))
    sheets = []
    for pieces, id in ((english, "portfolio"), (arabic, "follow-up")):
        sheet = next(sheet for sheet in pieces.facts.worksheets if sheet.id == id)
        sheets += worksheets.sheet_job(pieces, sheet).sheets
    (tmp_path / "overrides").symlink_to(ROOT / "overrides")
    (tmp_path / "all.pdf").write_bytes(PdfRenderer(tmp_path, "ar").render(Job("all.pdf", tuple(sheets), {"ar": "عمل", "en": "Work"})))
    read = subprocess.run(["pdftotext", "-bbox", "-l", "1", tmp_path / "all.pdf", "-"], capture_output=True, text=True, check=True)
    foot = {word: float(x) for x, y, word in re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)".*>(.*)</word>', read.stdout) if float(y) > 780}
    assert foot["Portfolio"] < 50 and foot["Page"] > 500
    with pikepdf.open(tmp_path / "all.pdf") as pdf:
        assert str(pdf.Root.Lang) == "ar"


def test_an_outlined_text_stands_where_it_was_measured() -> None:
    line = etree.fromstring('<text x="200" y="20" font-size="17" text-anchor="middle">3 معلّمات</text>')
    assert outlines.joins(line)
    wide = metrics.width(line.text, 17)
    outlines.outline(line)
    xs = [float(x) for x in re.findall(r"[ML](-?[\d.]+)[ ,]", line.get("d"))]
    assert line.tag == "path" and line.text is None
    assert 200 - wide / 2 - 2 <= min(xs) and max(xs) <= 200 + wide / 2 + 2
    assert max(xs) - min(xs) > wide * 0.7


def test_letters_that_join_are_measured_together() -> None:
    assert metrics.measured("مجموعة") and metrics.width("مجموعة", 17) < sum(metrics.width(c, 17) for c in "مجموعة")


@pytest.mark.parametrize(("code", "typed"), [("da", True), ("pt-BR", True), ("ar", False), ("fa", False), ("el", False)])
def test_only_latin_letters_can_be_typed_into_a_pdf(code: str, typed: bool) -> None:
    assert Translator(code).fillable_fields_work is typed


# What is still English


def test_a_sentence_of_the_layout_that_is_still_english_is_marked_as_such(two_editions: Path) -> None:
    english, unmarked = set(extract.theme(Project(ROOT)).values()), "not(ancestor::*[@lang='en'] or ancestor::template)"
    page = lxml.html.parse(str(two_editions / "ar" / "404.html"))
    said = [text.strip() for text in page.xpath("//body//text()")]
    assert "This page is not here" in said and "القائمة" in said
    for path in (two_editions / "ar").rglob("*.html"):
        texts = lxml.html.parse(str(path)).xpath(f"//body//text()[{unmarked}]")
        assert english.isdisjoint(text.strip() for text in texts), path


def test_links_to_headings_are_named_in_the_language_of_the_page(two_editions: Path) -> None:
    names = {
        name: set(lxml.html.parse(str(two_editions / "ar" / f"{name}.html")).xpath("//a[@class='headerlink']/@title"))
        for name in ("take-along", "what/educare")
    }
    assert names == {"take-along": {"رابط إلى هذا العنوان"}, "what/educare": {"Link to this heading"}}
