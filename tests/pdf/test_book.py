"""The book: valid, complete, its numbers true, its links alive; and that each of these checks catches its fault."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import lxml.html
import page as validator
import pikepdf
import pypdfium2
import pytest
from lxml.html import HtmlElement

from macros.facts.load import load
from macros.facts.model import Imprint
from macros.language.translator import Translator
from roadmap.pdf import book
from roadmap.postprocess.built_edition import BuiltEdition
from roadmap.project.project import Project
from tests.conftest import ADDRESS, ROOT, edition

IMPRINT = Imprint(name="English edition", version="1.0.0")
SMALL = ["index.md", {"How": ["how/stages/initiating/index.md", "how/stages/initiating/core-team.md"]}]
LINE = re.compile(r"^(?P<title>.+?) ?[. ]{3,}(?P<page>\d+)$", re.MULTILINE)  # of the contents
FOOT = 62  # points: the edge at the foot of a page
TWO_LINES = 30
Places = dict[str, tuple[int, float]]  # name → page, height
Leaves = list[tuple[str, str]]  # name, title


@cache
def nav() -> list:
    return Project(ROOT).nav


@pytest.fixture(scope="module")
def data(site: Path) -> bytes:
    """The book that the build made."""
    return (site / "downloads" / "roadmap-en.pdf").read_bytes()


@pytest.fixture(scope="module")
def pdf(data: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(data)) as opened:
        yield opened


@pytest.fixture(scope="module")
def texts(data: bytes) -> list[str]:
    """What stands on each page."""
    return [one.get_textpage().get_text_range().replace("\r\n", "\n") for one in pypdfium2.PdfDocument(data)]


@pytest.fixture(scope="module")
def html(site: Path) -> HtmlElement:
    """The book before it is laid out."""
    return lxml.html.fromstring(book.document(site_pages(site / "en"), Translator("en"), IMPRINT, nav(), styles(site)))


@pytest.fixture(scope="module")
def small(site: Path) -> bytes:
    """A book of a few pages."""
    return book.render(book.document(site_pages(site / "en"), Translator("en"), IMPRINT, SMALL, styles(site)), styles(site))


def site_pages(folder: Path) -> dict[str, str]:
    """The pages of a built edition, by their paths."""
    return {path: page.html for path, page in BuiltEdition.read(folder).pages.items()}


def styles(site: Path) -> Path:
    """Those of the project that was built."""
    return site.parent / book.STYLES


def places(pdf: pikepdf.Pdf) -> Places:
    """Every place that a link may lead to: its page, from 1, and how high it stands there, in points."""
    names = list(pdf.Root.Names.Dests.Names)
    numbers = {one.obj.objgen: n for n, one in enumerate(pdf.pages, start=1)}
    return {str(k): (numbers[v[0].objgen], float(v[3])) for k, v in zip(names[::2], names[1::2], strict=True)}


def links(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for one in pdf.pages:
        yield from (a for a in one.get("/Annots", ()) if a.Subtype == "/Link")


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every element of the structure, in reading order."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if "/S" in element:
            yield element
        kids = element.get("/K", [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        waiting += [kid for kid in reversed(kids) if isinstance(kid, pikepdf.Dictionary)]


def figures(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [element for element in elements(pdf) if element.S == "/Figure"]


# Valid


def test_the_book_breaks_no_rule_of_pdf_ua(data: bytes) -> None:
    report = validator.validate_pdf_bytes(data, profile="ua1")
    assert report.is_compliant, {failure.rule_id: failure.message for failure in report.failures}


def without_alternatives(pdf: pikepdf.Pdf) -> None:
    for figure in figures(pdf):
        del figure["/Alt"]


def without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Lang"]


def with_a_skipped_heading(pdf: pikepdf.Pdf) -> None:
    next(e for e in elements(pdf) if e.S == "/H2").S = pikepdf.Name.H4


def with_a_loose_list_item(pdf: pikepdf.Pdf) -> None:
    next(e for e in elements(pdf) if e.S == "/L").S = pikepdf.Name.Div


def without_title(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def with_a_link_that_is_no_link(pdf: pikepdf.Pdf) -> None:
    for element in elements(pdf):
        if element.S == "/Link":
            element.S = pikepdf.Name.Span


def without_marks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/MarkInfo"]


@pytest.mark.parametrize("spoil", [
    without_alternatives, without_language, with_a_skipped_heading, with_a_loose_list_item, without_title,
    with_a_link_that_is_no_link, without_marks,
], ids=lambda spoil: spoil.__name__)
def test_a_planted_fault_is_found(spoil: Callable[[pikepdf.Pdf], None], small: bytes) -> None:
    assert validator.validate_pdf_bytes(small, profile="ua1").is_compliant
    with pikepdf.open(BytesIO(small)) as pdf:
        spoil(pdf)
        out = BytesIO()
        pdf.save(out)
    assert not validator.validate_pdf_bytes(out.getvalue(), profile="ua1").is_compliant


def test_the_book_names_its_language_and_title(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.Lang == "en"
    assert pdf.open_metadata()["dc:title"] == "VALUE Roadmap"


def test_every_picture_is_a_figure_that_says_what_it_shows(pdf: pikepdf.Pdf, html: HtmlElement) -> None:
    titles = [" ".join(title.split()) for title in html.xpath("//svg[@class='picture']/title/text()")]
    assert len(titles) > 30 and all(len(title) > 20 for title in titles)
    assert [str(figure.Alt) for figure in figures(pdf)] == titles


def fonts(pdf: pikepdf.Pdf) -> set[str]:
    return {str(f.BaseFont)[8:] for f in pdf.objects if isinstance(f, pikepdf.Dictionary) and f.get("/Type") == "/Font"}


def test_only_the_bundled_font_is_in_it(pdf: pikepdf.Pdf) -> None:
    assert fonts(pdf) and all(name.startswith("Source-Sans-3") for name in fonts(pdf))


def test_a_letter_that_the_bundled_font_does_not_have_is_found(site: Path) -> None:
    data = book.render('<html lang="ru"><title>Ж</title><p>Ж</p></html>', styles(site))
    with pikepdf.open(BytesIO(data)) as pdf:
        assert not all(name.startswith("Source-Sans-3") for name in fonts(pdf))


# Complete


def paths(nav: object) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    for part in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from paths(part)


def article_of(site: Path, path: str) -> HtmlElement:
    return lxml.html.parse(str(site / "en" / path.replace(".md", ".html"))).find(".//article")


def wanted() -> list[str]:
    """The pages that belong into the book: all but the sheets and what one does on a screen."""
    screen_only = ("worksheets/", "take-along", *(f"about/{name}" for name in ("contribute", "data", "privacy", "status")))
    return [p for p in paths(nav()) if not p.startswith(screen_only)]


def test_every_page_of_the_navigation_is_in_it(site: Path, html: HtmlElement) -> None:
    leaves = html.xpath("//section[contains(@class, 'leaf')]")
    first = [leaf.xpath("(.//h1 | .//h2)[1]")[0] for leaf in leaves]
    opening = {next(paths(entry)) for entry in nav()}
    assert [heading.tag for heading in first] == ["h1" if path in opening else "h2" for path in wanted()]
    titles = [article_of(site, path).findtext(".//h1") for path in wanted()]
    assert [" ".join(heading.text_content().split()) for heading in first] == titles
    assert [leaf.get("id") for leaf in leaves] == [path.removesuffix(".md").replace("/", "-") for path in wanted()]
    assert len(leaves) > 40


SCREEN = """self::noscript or self::template or self::textarea or self::button or contains(@class, "screen-only")
    or @class="headerlink" or @class="next-step" or @class="also" or @class="page-foot" or @class="references" or @class="source"
    or @class="lists" or @class="figure-file" or @class="to-facts" or @class="note" or @class="unseen" or @class="which"
    or contains(@class, "sheet-files") or @class="signs" """


def told(article: HtmlElement) -> set[str]:
    """What one reads of a page, piece by piece."""
    if article.find_class("facts-table"):  # which holds the same figures
        for table in article.xpath(".//details[@class='text-version']//table"):
            table.drop_tree()
    found = article.xpath(f".//text()[not(ancestor::*[{SCREEN}])]")
    return {text for text in (" ".join(one.split()) for one in found) if len(text) > 3}


def test_everything_that_one_reads_on_a_page_is_in_it(site: Path, html: HtmlElement) -> None:
    there = " ".join(html.text_content().split())
    for path in wanted():
        said = told(article_of(site, path))
        assert len(said) > 10, path
        assert {text for text in said if text not in there} == set(), path
    assert "Two signs" in there, "what `*` and `≠` mean is said once"


def test_a_question_list_is_printed_once_and_found_from_its_page(html: HtmlElement) -> None:
    asked = html.xpath("//section[@class='checklist']")
    assert len({one.get("data-list") for one in asked}) == len(asked) == 8
    led = html.xpath("//p[@class='see-list']/a/@href")
    assert led[0] == "#how-stages-initiating-index--checklist-Q2" and len(led) == 5
    assert len(html.xpath("//span[@class='box']")) == len(html.xpath("//div[@class='question']")) + len(led)


def test_nothing_to_press_is_in_it(html: HtmlElement) -> None:
    for tag in ("input", "textarea", "button", "select", "details", "summary", "label", "noscript", "template", "nav"):
        assert html.findall(f".//{tag}") == [], tag
    assert not html.xpath("//*[@class='headerlink' or @class='next-step' or @hidden or @tabindex]")


def test_ids_are_given_once(html: HtmlElement) -> None:
    ids = html.xpath("//@id")
    assert len(ids) == len(set(ids)) > 500


# Contents, bookmarks, links


def printed(texts: list[str], first: int, last: int) -> dict[str, int]:
    """Title and number of each line of the contents, which stand on these pages."""
    lines = (found for text in texts[first - 1 : last] for found in LINE.finditer(text))
    return {found["title"].strip(): int(found["page"]) for found in lines}


def wrong_numbers(lines: dict[str, int], leaves: Leaves, where: Places) -> list[str]:
    """Titles in the contents whose number is not that of their page."""
    return [title for name, title in leaves if lines.get(title) != where[name][0]]


def leaves_of(html: HtmlElement) -> Leaves:
    """Name and title of each page in the book."""
    return [(a.get("href")[1:], a.text) for a in html.xpath("//section[@class='contents']//a")]


def test_the_contents_give_the_numbers_of_the_pages(pdf: pikepdf.Pdf, texts: list[str], html: HtmlElement) -> None:
    where, leaves = places(pdf), leaves_of(html)
    lines = printed(texts, 2, where[leaves[0][0]][0] - 1)
    assert wrong_numbers(lines, leaves, where) == []
    assert len(lines) == len(leaves) > 40
    for name, title in leaves:
        assert title.split()[-1] in texts[where[name][0] - 1]
    shifted = {title: number + 1 for title, number in lines.items()}
    assert len(wrong_numbers(shifted, leaves, where)) == len(leaves)


def test_each_page_carries_its_number(texts: list[str]) -> None:
    for number, text in enumerate(texts[1:], start=2):
        lines = text.split("\n")
        assert str(number) in {line.strip() for line in lines}, number


def bookmarks(pdf: pikepdf.Pdf) -> list[tuple[int, str]]:
    """Level and title of each bookmark, in order."""
    def below(item, level: int) -> Iterator[tuple[int, str]]:
        for child in item:
            yield level, " ".join(str(child.title).split())
            yield from below(child.children, level + 1)
    with pdf.open_outline(max_depth=8) as outline:
        return list(below(outline.root, 1))


def test_every_heading_is_a_bookmark(pdf: pikepdf.Pdf, html: HtmlElement) -> None:
    headings = html.xpath("//section[contains(@class, 'leaf')]//*[self::h1 or self::h2 or self::h3 or self::h4]")
    assert len(headings) > 250
    assert bookmarks(pdf) == [(int(h.tag[1]), " ".join(h.text_content().split())) for h in headings]


def test_every_link_inside_the_book_leads_somewhere(pdf: pikepdf.Pdf) -> None:
    where = places(pdf)
    inside = [str(link.Dest) for link in links(pdf) if "/Dest" in link]
    assert len(inside) > 800
    assert [name for name in inside if name not in where] == []


def test_the_contents_lead_to_every_page(pdf: pikepdf.Pdf, html: HtmlElement) -> None:
    leaves = leaves_of(html)
    first = places(pdf)[leaves[0][0]][0]
    led = [str(a.Dest) for one in list(pdf.pages)[1 : first - 1] for a in one.Annots]
    assert list(dict.fromkeys(led)) == [name for name, _ in leaves]


def test_links_out_of_the_book_lead_to_documents_of_the_sources_only(pdf: pikepdf.Pdf) -> None:
    known = {urlsplit(source.url).hostname for source in load(ROOT / "content").facts.sources if source.url}
    out = {str(link.A.URI) for link in links(pdf) if "/A" in link}
    assert len(out) > 50
    assert {urlsplit(address).hostname for address in out} <= known


def test_a_link_to_what_is_not_in_the_book_becomes_plain_words(html: HtmlElement) -> None:
    assert not [href for href in html.xpath("//a/@href") if not href.startswith(("#", "http"))]


# Laid out


def test_no_heading_stands_alone_at_the_foot_of_a_page(pdf: pikepdf.Pdf, html: HtmlElement) -> None:
    where = places(pdf)
    headings = html.xpath("//section[contains(@class, 'leaf')]//*[self::h2 or self::h3 or self::h4]/@id")
    assert len(headings) > 200
    assert [name for name in headings if where[name][1] < FOOT + TWO_LINES] == []


def test_a_picture_stands_on_the_page_of_its_title(pdf: pikepdf.Pdf, html: HtmlElement) -> None:
    where, numbers = places(pdf), {one.obj.objgen: n for n, one in enumerate(pdf.pages, start=1)}
    pictures = html.xpath("//svg[@class='picture']")
    for svg, figure in zip(pictures, figures(pdf), strict=True):
        if svg.getparent().tag == "figure":
            assert numbers[figure.Pg.objgen] == where[svg.getparent().get("id")][0], svg.findtext("title")


# Made again


def test_a_book_is_made_again_only_when_something_changed(site: Path, tmp_path: Path, monkeypatch) -> None:
    made = []
    monkeypatch.setattr(book, "render", lambda html, styles: made.append(html) or b"%PDF")
    pages = {path: html for path, html in site_pages(site / "en").items() if path in {"index.html", "where-to-start.html"}}
    assets = shutil.copytree(styles(site).parents[2], (tmp_path / book.STYLES).parents[2])
    shutil.copytree(ROOT / "content", tmp_path / "content")
    (tmp_path / "docs" / "en").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nnav: [index.md, where-to-start.md]\ndocs_dir: docs/en\n")
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.0.0"\n')

    def make(said: list[str]) -> bool:
        book.write_book(edition(tmp_path, "en"), pages, tmp_path / "out.pdf", said.append)
        return bool(said)

    assert make([]) and not make([])
    pages["where-to-start.html"] = pages["where-to-start.html"].replace("Where to start", "Begin")
    assert make([]) and not make([])
    for path in ("styles/book/book.css", "styles/pieces/pictures.css", "fonts/source-sans-3-bold.woff2"):
        with (assets / path).open("ab") as file:
            file.write(b"\n.picture { fill: teal }\n")
        assert make([]) and not make([]), path
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.0.1"\n')
    assert make([]) and not make([])
    assert len(made) == 6
    assert len(list((tmp_path / ".cache" / "book" / "en").iterdir())) == 1
    assert (tmp_path / "out.pdf").read_bytes() == b"%PDF"


def test_the_cover_says_what_this_is(texts: list[str]) -> None:
    for said in (f"{ADDRESS}en/", "VALUE Roadmap", "English edition", "version", "Retold from the VALUE Roadmap (2020)", "Facilitator"):
        assert said in " ".join(texts[0].split())


def test_the_cover_leaves_no_line_for_an_address_that_is_not_there() -> None:
    lines = [book.cover("Title", Translator("en"), IMPRINT.model_copy(update={"address": address})).xpath("p/text()") for address in ("", ADDRESS)]
    assert lines[1] == [*lines[0], ADDRESS] and len(book.cover("Title", Translator("en"), IMPRINT).findall("p")) == 4
