"""The build: what comes out, what a failing build leaves, and that the same inputs give the same bytes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import ClassVar

import lxml.html
import pytest

from macros.facts.load import load_as
from macros.facts.model import Case
from macros.facts.problem import Problem, Problems
from roadmap import build as building
from roadmap import cli
from roadmap.build import build
from roadmap.pdf import book
from roadmap.pdf.renderer import PdfRenderer
from roadmap.postprocess.built_edition import BuiltEdition, BuiltPage
from roadmap.postprocess.verify import verify
from roadmap.project import processes
from roadmap.project.project import Project
from roadmap.staging import web_fonts
from tests.conftest import FONTS, ROOT, closed_to_others, contents
from tests.facts.test_load import change
from tests.staging.test_editions import danish

PAGES = ["index", "where-to-start", "introduction/index", "introduction/about", "introduction/why", "introduction/who", "introduction/inspired", "introduction/how-to-use", "what/index", "what/professional-identity", "what/educare", "what/collaboration", "what/interplay", "how/index", "how/orientation/index", "how/orientation/participatory-approach", "how/orientation/reflection", "how/orientation/facilitator", "how/orientation/leaders", "how/stages/index", "how/stages/initiating/index", "how/stages/initiating/core-team", "how/stages/initiating/whole-centre", "how/stages/initiating/context-and-needs", "how/stages/initiating/mapping-out", "how/stages/initiating/set-ups", "how/stages/facilitating/index", "how/stages/facilitating/observing", "how/stages/facilitating/narratives", "how/stages/facilitating/theory", "how/stages/facilitating/learning-labs", "how/stages/facilitating/documenting-practice", "how/stages/facilitating/portfolios", "how/stages/evaluating/index", "how/stages/evaluating/evaluating", "how/stages/evaluating/sharing", "how/stages/evaluating/following-up", "lets-hit-the-road", "cases/index", "cases/belgium", "cases/denmark", "cases/portugal", "cases/slovenia", "cases/findings", "glossary", "sources", "about/index", "about/rights", "about/accessibility", "about/contribute"]


def tree(path: Path) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(path.read_bytes())


def wrong(folder: Path) -> list[Problem]:
    """What is wrong in a built edition."""
    return verify(BuiltEdition.read(folder))


def test_every_page_is_there(site: Path) -> None:
    assert [page for page in PAGES if not (site / "en" / f"{page}.html").is_file()] == []


def test_every_picture_is_in_its_page_and_a_file(site: Path) -> None:
    pictures = [
        (page, link) for page in site.rglob("*.html") for link in tree(page).xpath("//a[@data-picture]")
    ]
    assert len(pictures) > 25
    for page, link in pictures:
        file = (page.parent / link.get("href")).resolve()
        assert file.read_bytes().startswith(b"<?xml") and b"<title" in file.read_bytes()


def test_a_picture_file_stands_by_itself(site: Path) -> None:
    text = (site / "en/pictures/setup-diagram-randers.svg").read_text(encoding="utf-8")
    assert "viewBox=" in text and "@font-face" in text and ".mark" in text
    assert "http" not in text.replace("http://www.w3.org/", "")


def test_nothing_is_fetched_from_another_host(site: Path) -> None:
    assert [p for p in wrong(site / "en") if "another host" in str(p)] == []
    for script in site.rglob("*.js"):
        assert "unpkg.com" not in script.read_text(encoding="utf-8")


FAULTS = {
    "link": ('<a href="gone.html">x</a>', "a link to `gone.html`, which is not there"),
    "anchor": ('<a href="index.html#gone">x</a>', "where no such place is"),
    "picture": ('<img src="gone.png" alt="">', "which is not there"),
    "id": ('<p id="a"></p><p id="a"></p>', "the id `a` twice"),
    "script of another host": ('<script src="https://example.org/a.js"></script>', "a request to another host"),
    "style of another host": ('<link rel="stylesheet" href="//example.org/a.css">', "a request to another host"),
    "picture of another host": ('<img src="http://example.org/a.png" alt="">', "a request to another host"),
    "url() of another host": ('<p style="background:url(https://example.org/a.png)"></p>', "a request to another host"),
    "one of several pictures": ('<img srcset="//example.org/a.png 2x" alt="">', "a request to another host"),
    "preload": ('<link rel="preload" as="image" imagesrcset="https://example.org/a.png 2x">', "a request to another host"),
    "manifest": ('<link rel="manifest" href="https://example.org/a.webmanifest">', "a request to another host"),
    "another sheet": ('<link rel="alternate stylesheet" href="https://example.org/a.css">', "a request to another host"),
    "another page": ('<meta http-equiv="refresh" content="0; URL=https://example.org/">', "a request to another host"),
    "poster": ('<video poster="HTTPS://example.org/a.png"></video>', "a request to another host"),
    "report of a click": ('<a href="#a" id="a" ping="https://example.org/">x</a>', "a request to another host"),
    "picture in a picture": ('<svg><feImage xlink:href="https://example.org/a.svg"/></svg>', "a request to another host"),
    "paint of a picture": ('<svg><path fill="url(https://example.org/a.svg#b)"/></svg>', "a request to another host"),
    "image-set() in a page": ('<style>p{background:image-set("//example.org/a.png" 1x)}</style>', "a request to another host"),
    "macro": ("<p>{{ voice() }}</p>", "`{{` in the text"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(name: str, tmp_path: Path) -> None:
    markup, words = FAULTS[name]
    page = tmp_path / "en" / "index.html"
    page.parent.mkdir()
    page.write_text(f"<!doctype html><html><body>{markup}</body></html>", encoding="utf-8")
    found = [str(problem) for problem in wrong(page.parent)]
    assert len(found) == 1 and words in found[0] and found[0].startswith("site/en/index.html:1: "), found


def test_a_link_to_what_will_stand_beside_the_edition_is_whole(tmp_path: Path) -> None:
    (edition_of(tmp_path) / "index.html").write_text('<html><body><a href="../data/cases.json">x</a></body></html>', encoding="utf-8")
    edition = BuiltEdition.read(tmp_path / "en")
    assert verify(edition, beside=["data/cases.json"]) == []
    assert [p.found for p in verify(edition, beside=["data/setups.json"])] == ["a link to `../data/cases.json`, which is not there"]


@pytest.mark.parametrize(("base", "whole"), [("/", "/en/a.css"), ("/roadmap/", "/roadmap/en/a.css")])
def test_a_link_from_the_root_of_the_host_leads_into_the_site(base: str, whole: str, tmp_path: Path) -> None:
    folder = edition_of(tmp_path)
    (folder / "a.css").touch()
    links = "".join(f'<a href="{path}">x</a>' for path in ("/en/a.css", "/roadmap/en/a.css"))
    edition = BuiltEdition(folder, {"404.html": BuiltPage("404.html", f"<html><body>{links}</body></html>")}, base=base)
    assert [p.found for p in verify(edition)] == [f"a link to `{path}`, which is not there" for path in ("/en/a.css", "/roadmap/en/a.css") if path != whole]


def edition_of(site: Path) -> Path:
    """An edition without a page."""
    (site / "en").mkdir()
    return site / "en"


@pytest.mark.parametrize("rule", [
    "@import url(https://example.org/b.css);", '@import "//example.org/b.css" print;', "p{background:url( '//example.org/a.png')}",
    '@media print{p{background:image-set("a.png" 1x, "https://example.org/b.png" 2x)}}', r"p{background:url(\68ttps://example.org/a)}",
])
def test_a_style_sheet_that_fetches_is_found(rule: str, tmp_path: Path) -> None:
    (edition_of(tmp_path) / "a.css").write_text(f"p{{}}\n{rule}", encoding="utf-8")
    assert [(p.path, p.line) for p in wrong(tmp_path / "en")] == [("site/en/a.css", 2)]


@pytest.mark.parametrize("rule", ['p::after{content:"https://example.org"}', "p{background:url(data:image/png;base64,AAAA)}"])
def test_a_style_sheet_may_name_an_address(rule: str, tmp_path: Path) -> None:
    (edition_of(tmp_path) / "a.css").write_text(rule, encoding="utf-8")
    assert wrong(tmp_path / "en") == []


@pytest.mark.parametrize("inside", ['<image href="https://example.org/a.png"/>', "<style>@import '//example.org/a.css';</style>"])
def test_a_picture_file_that_fetches_is_found(inside: str, tmp_path: Path) -> None:
    (edition_of(tmp_path) / "a.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>', encoding="utf-8")
    assert [p.found for p in wrong(tmp_path / "en")] == [f"a request to another host: {inside.split(chr(34) if chr(34) in inside else chr(39))[1]}"]


def test_a_failing_build_leaves_the_old_site(project: Path, site: Path, capsys: pytest.CaptureFixture) -> None:
    old = Path(shutil.copytree(site, project / "site"))
    before = contents(old)
    change("value: 290", "value: many", "content/cases/denmark.yml")(project)
    with pytest.raises(Problems) as raised:
        build(project, say=lambda _: None, pdf=False)
    assert [str(p).split(":")[0] for p in raised.value.problems] == ["content/cases/denmark.yml"]
    assert contents(old) == before


def test_the_command_prints_every_problem_and_exits_with_1(project: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(project)
    change("value: 290", "value: many", "content/cases/denmark.yml")(project)
    change("country: PT", "country: Portugal", "content/cases/portugal.yml")(project)
    assert cli.main(["check"]) == 1
    said = capsys.readouterr().err
    assert "content/cases/denmark.yml:" in said and "content/cases/portugal.yml:" in said
    assert "Traceback" not in said and "2 errors." in said


@pytest.mark.audit
def test_the_same_inputs_give_the_same_bytes(site: Path, project: Path) -> None:
    """In another process, whose sets and dictionaries have another order, with every PDF. `make test` looks at pages in
    `test_incremental`, and at two sheets.
    """
    shutil.rmtree(project / FONTS)  # they are cut again, too
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1", "PYTHONHASHSEED": "1"}
    subprocess.run([sys.executable, "-m", "roadmap", "build"], cwd=project, env=environment, umask=0o077, capture_output=True, check=True)
    assert closed_to_others(project / "site") == []
    first, fresh = contents(site), contents(project / "site")
    kept = contents(build(project, say=lambda _: pytest.fail("a kept edition was made again")))
    for again in (fresh, kept):
        assert again.keys() == first.keys()
        assert [name for name in first if first[name] != again[name]] == []


def test_a_fifth_case_needs_a_file_and_a_page(project: Path) -> None:
    shutil.copy(project / "content/example-case.yml", project / "content/cases/example-case.yml")
    page = """# Example { #example }

{{ case_card("example-case") }}

{{ setup_diagram("%s") }}

{{ pathway_timeline("%s") }}

{{ children_chart("example-case") }}

{{ facts_table("example-case") }}
"""
    case = load_as(project / "content/cases/example-case.yml", Case, project)
    pathway = case.pathways[0].id
    (project / "docs/en/cases/example-case.md").write_text(page % (pathway, pathway), encoding="utf-8")
    change("cases/slovenia.md", "cases/slovenia.md\n      - cases/example-case.md", "mkdocs.yml")(project)
    site = build(project, say=lambda _: None, pdf=False)
    own = tree(site / "en/cases/example-case.html")
    assert len(own.xpath("//main//figure//*[local-name()='svg'][contains(@class, 'picture')]")) == 3
    assert own.xpath("//table") and case.centres[0].name in own.text_content()
    comparison = tree(site / "en/cases/index.html")
    assert comparison.xpath("//a[contains(@href, 'example-case.html')]")
    assert case.name in comparison.xpath("//*[contains(@class, 'case-comparison')]")[0].text_content()


# What a build opens


READ = ("content/", "docs/en/", "docs/da/", "overrides/")  # folders whose files decide whether the Danish edition is built again
READ_FILES = {"mkdocs.yml", "pyproject.toml"}
MADE = re.compile(r"(\.cache|site)/|mkdocs\.\w+\.yml$")


class Opened:
    """Notes every file that this process opens, for as long as it is used as a context."""

    active: ClassVar[set[Opened]] = set()
    is_hooked: ClassVar[bool] = False

    def __init__(self, root: Path):
        self.root = root.resolve()
        self.paths: list[Path] = []

    def __enter__(self) -> Opened:
        if not Opened.is_hooked:
            sys.addaudithook(Opened.note)  # for good: there is no way to remove one
            Opened.is_hooked = True
        Opened.active.add(self)
        return self

    def __exit__(self, *_: object) -> None:
        Opened.active.remove(self)

    @staticmethod
    def note(event: str, arguments: tuple) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes):
            for each in Opened.active:
                each.paths.append(Path(os.fsdecode(arguments[0])))

    @property
    def names(self) -> set[str]:
        """Files below the root."""
        return {path.relative_to(self.root).as_posix() for path in self.paths if path.is_relative_to(self.root)}


def unforeseen(names: set[str]) -> set[str]:
    """Files that no key of a finished edition is made from, though its build opened them."""
    return {name for name in names - READ_FILES if not name.startswith(READ) and not MADE.match(name)}


@pytest.mark.audit
def test_a_build_opens_only_what_decides_whether_it_is_made_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With PDFs, of which one worksheet and a book of one line are rendered, all in this process."""
    monkeypatch.setattr(processes, "_cores", 1)
    for code in ("da", "sl"):
        danish(project, code)
    web_fonts.provide(project / "overrides" / "assets" / "fonts")
    render, document = PdfRenderer.render, book.document
    monkeypatch.setattr(PdfRenderer, "render", lambda pdfs, job: render(pdfs, job) if job.file == "follow-up.pdf" else b"%PDF")
    monkeypatch.setattr(book, "document", lambda *given: document(*given) and '<html lang="en"><title>x</title><p>x')
    read = Project(project)
    job = building.Job(read, Project(project).edition_files(), read.root / "site", pdf=True, say=lambda _: None)
    with Opened(project) as opened:
        building.build_edition(job, read.edition("da"))
    assert unforeseen(opened.names) == set()
    for place in (*READ, *READ_FILES, ".cache/worksheets/da/", ".cache/book/da/"):
        assert any(name.startswith(place) for name in opened.names), place


def test_a_file_that_no_key_follows_is_seen(project: Path) -> None:
    danish(project, "sl")
    with Opened(project) as opened:
        (project / "docs" / "sl" / "edition.yml").read_bytes()
        (project / "mkdocs.yml").read_text(encoding="utf-8")
        (project / "macros" / "__init__.py").read_text(encoding="utf-8")
        (project / "mkdocs.da.yml").write_text("{}")
    (project / "pyproject.toml").read_bytes()
    assert opened.names == {"docs/sl/edition.yml", "mkdocs.yml", "macros/__init__.py", "mkdocs.da.yml"}
    assert unforeseen(opened.names) == {"docs/sl/edition.yml", "macros/__init__.py"}
