"""The build: what comes out, what a failing build leaves, and that the same inputs give the same bytes."""

from __future__ import annotations

import shutil
from pathlib import Path

import lxml.html
import pytest

from macros.facts.load import load_as
from macros.facts.model import Case
from macros.facts.problem import Problems
from roadmap import cli
from roadmap.build import build
from roadmap.postprocess.verify import inspect
from tests.facts.test_load import change

PAGES = ["index", "where-to-start", "introduction/index", "introduction/about", "introduction/why", "introduction/who", "introduction/inspired", "introduction/how-to-use", "what/index", "what/professional-identity", "what/educare", "what/collaboration", "what/interplay", "how/index", "how/orientation/index", "how/orientation/participatory-approach", "how/orientation/reflection", "how/orientation/facilitator", "how/orientation/leaders", "how/stages/index", "how/stages/initiating/index", "how/stages/initiating/core-team", "how/stages/initiating/whole-centre", "how/stages/initiating/context-and-needs", "how/stages/initiating/mapping-out", "how/stages/initiating/set-ups", "how/stages/facilitating/index", "how/stages/facilitating/observing", "how/stages/facilitating/narratives", "how/stages/facilitating/theory", "how/stages/facilitating/learning-labs", "how/stages/facilitating/documenting-practice", "how/stages/facilitating/portfolios", "how/stages/evaluating/index", "how/stages/evaluating/evaluating", "how/stages/evaluating/sharing", "how/stages/evaluating/following-up", "lets-hit-the-road", "cases/index", "cases/belgium", "cases/denmark", "cases/portugal", "cases/slovenia", "cases/findings", "glossary", "sources", "about/index", "about/rights", "about/accessibility", "about/contribute"]


def tree(path: Path) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(path.read_bytes())


def contents(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


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
    assert [p for p in inspect(site, "en", "site") if "another host" in str(p)] == []
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
    found = [str(problem) for problem in inspect(tmp_path, "en", "site")]
    assert len(found) == 1 and words in found[0] and found[0].startswith("site/en/index.html:1: "), found


@pytest.mark.parametrize("rule", [
    "@import url(https://example.org/b.css);", '@import "//example.org/b.css" print;', "p{background:url( '//example.org/a.png')}",
    '@media print{p{background:image-set("a.png" 1x, "https://example.org/b.png" 2x)}}', r"p{background:url(\68ttps://example.org/a)}",
])
def test_a_style_sheet_that_fetches_is_found(rule: str, tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text(f"p{{}}\n{rule}", encoding="utf-8")
    assert [p.line for p in inspect(tmp_path, "en", "site")] == [2]


@pytest.mark.parametrize("rule", ['p::after{content:"https://example.org"}', "p{background:url(data:image/png;base64,AAAA)}"])
def test_a_style_sheet_may_name_an_address(rule: str, tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text(rule, encoding="utf-8")
    assert inspect(tmp_path, "en", "site") == []


@pytest.mark.parametrize("inside", ['<image href="https://example.org/a.png"/>', "<style>@import '//example.org/a.css';</style>"])
def test_a_picture_file_that_fetches_is_found(inside: str, tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>', encoding="utf-8")
    assert [p.found for p in inspect(tmp_path, "en", "site")] == [f"a request to another host: {inside.split(chr(34) if chr(34) in inside else chr(39))[1]}"]


def test_a_failing_build_leaves_the_old_site(project: Path, site: Path, capsys: pytest.CaptureFixture) -> None:
    old = Path(shutil.copytree(site, project / "site"))
    before = contents(old)
    change("value: 290", "value: many", "content/cases/denmark.yml")(project)
    with pytest.raises(Problems) as raised:
        build(project, say=lambda _: None, pdf=False)
    assert [str(p).split(":")[0] for p in raised.value.problems] == ["content/cases/denmark.yml"]
    assert contents(old) == before


def test_the_command_prints_every_problem_and_exits_with_1(project: Path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(cli, "ROOT", project)
    change("value: 290", "value: many", "content/cases/denmark.yml")(project)
    change("country: PT", "country: Portugal", "content/cases/portugal.yml")(project)
    assert cli.main(["check"]) == 1
    said = capsys.readouterr().err
    assert "content/cases/denmark.yml:" in said and "content/cases/portugal.yml:" in said
    assert "Traceback" not in said and "2 problems." in said


def test_the_same_inputs_give_the_same_bytes(site: Path, project: Path) -> None:
    first, fresh = contents(site), contents(build(project, say=lambda _: None))
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
