"""The preview: each answer is what the files say now, and what is wrong is said in its place."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import lxml.html
import pytest
from lxml import etree
from lxml.html import HtmlElement

from macros.facts.problem import Problem
from roadmap.build import offered_of
from roadmap.preview.server import PreviewServer
from tests.conftest import ROOT, copy_project, rest
from tests.facts.test_load import change
from tests.staging.test_editions import CORE_TEAM, danish

STAGE = "en/how/stages/initiating/index.html"
GLOSSARY = "docs/en/glossary.md"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def page(self) -> HtmlElement:
        return lxml.html.document_fromstring(self.content)

    @property
    def text(self) -> str:
        return " ".join(self.page.text_content().split())


@dataclass
class Preview:
    """A preview of a copy of the project, and what it has reported."""

    root: Path
    server: PreviewServer
    reported: list[list[Problem]] = field(default_factory=list)

    def get(self, path: str) -> Answer:
        """What is answered to a path as it is written: no client has tidied it."""
        connection = HTTPConnection(*self.server.server_address[:2], timeout=120)
        connection.putrequest("GET", f"/{path}", skip_accept_encoding=True)
        connection.endheaders()
        answer = connection.getresponse()
        found = Answer(answer.status, dict(answer.getheaders()), answer.read())
        connection.close()
        return found

    def page(self, path: str) -> HtmlElement:
        answer = self.get(path)
        assert answer.status == 200, answer.text
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        return answer.page

    def append(self, file: str, text: str) -> None:
        path = self.root / file
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with a Danish edition of one page, and the Arabic test edition."""
    root = copy_project(tmp_path_factory.mktemp("original") / "project")
    danish(root, "da")
    shutil.copytree(ROOT / "tests" / "editions" / "ar", root / "docs" / "ar")
    return root


def serve(root: Path, code: str = "en") -> Iterator[Preview]:
    """A preview that answers, and looks for problems only when it is asked to."""
    reported: list[list[Problem]] = []
    with PreviewServer(root, code, 0, offered_of, lambda found: reported.append([*found])) as server:
        thread = Thread(target=ThreadingHTTPServer.serve_forever, args=(server, 0.05))
        thread.start()
        try:
            yield Preview(root, server, reported)
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def preview(original: Path, tmp_path: Path) -> Iterator[Preview]:
    """A preview of a project to change."""
    yield from serve(Path(shutil.copytree(original, tmp_path / "project")))


@pytest.fixture(scope="module")
def still(original: Path) -> Iterator[Preview]:
    """A preview of a project that nobody changes."""
    yield from serve(original)


# Pages and their files


def test_the_first_page_is_where_the_address_leads(still: Preview) -> None:
    assert still.server.address == f"http://127.0.0.1:{still.server.server_address[1]}/en/"
    for path in ("", "en", "nowhere"):
        answer = still.get(path)
        assert (answer.status, answer.headers["Location"]) == (302, "/en/index.html")
    page = still.page("en/index.html")
    assert page.xpath("string(//article//h1)").strip() and "{{" not in page.text_content()
    for folder in ("en/", "en/how/"):
        assert still.page(folder).find("head/title").text == still.page(f"{folder}index.html").find("head/title").text


def test_a_page_has_its_pieces_and_its_checklist(still: Preview) -> None:
    page = still.page(STAGE)
    assert page.xpath("//*[@data-checklist]") and len(page.xpath("//*[@data-checklist]//input[@type='checkbox']")) > 10
    assert page.xpath("//article//figure//*[local-name()='svg']")
    assert "{{" not in page.text_content()
    scripts = [script.get("src") for script in page.iter("script") if script.get("src")]
    assert any("checklist" in script for script in scripts)


def test_every_file_that_a_page_asks_for_is_served(still: Preview) -> None:
    for code in ("en", "ar"):
        page = still.page(f"{code}/index.html")
        files = page.xpath("//script[@src]/@src | //link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href")
        own = [file for file in files if not file.startswith("/")]
        assert len(own) > 10
        for file in own:
            answer = still.get(f"{code}/{file}")
            assert answer.status == 200 and answer.content, file
            kind = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}[Path(file).suffix]
            assert answer.headers["Content-Type"] == kind, file


def test_nothing_is_kept_by_the_browser(still: Preview) -> None:
    for path in ("en/index.html", "en/assets/logo.svg", "en/search/search_index.js", "changes?known="):
        assert still.get(path).headers["Cache-Control"] == "no-store", path


def test_the_search_index_is_served(still: Preview) -> None:
    answer = still.get("en/search/search_index.js")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/javascript")
    index = json.loads(answer.content.decode().removeprefix("var __index="))
    places = {doc["location"].partition("#")[0] for doc in index["docs"]}
    assert {"index.html", "glossary.html", CORE_TEAM.replace(".md", ".html")} <= places
    assert index["config"]["lang"] == ["en"]


def test_a_picture_is_served_as_one_downloads_it(still: Preview) -> None:
    [link, *_] = still.page(STAGE).xpath("//a[@data-picture]/@href")
    answer = still.get(f"en/how/stages/initiating/{link}".replace("how/stages/initiating/../../../", ""))
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/svg+xml")
    picture = etree.fromstring(answer.content)
    assert etree.QName(picture).localname == "svg" and "".join(picture.itertext()).strip()
    assert b"@font-face" in answer.content


@pytest.mark.parametrize("path", ["en/nowhere.html", "en/pictures/nothing.svg", "en/assets/none.css", "en/how/nowhere/"])
def test_what_is_not_there_is_said_in_the_words_of_the_site(path: str, still: Preview) -> None:
    answer = still.get(path)
    assert answer.status == 404 and answer.page.find_class("road")


@pytest.mark.parametrize("path", [
    "en/../../pyproject.toml", "en/../pyproject.toml", "en/%2e%2e/%2e%2e/pyproject.toml", "en/..%2f..%2fpyproject.toml",
    "en/%2e%2e%2fpyproject.toml", "en/assets/../../pyproject.toml", "en//etc/passwd", "en/%2fetc/passwd", "en/..%5c..%5cpyproject.toml",
    "../pyproject.toml", "%2e%2e/pyproject.toml", "../../pyproject.toml", "en/../docs/en/glossary.md", "en/../content/sources.yml",
    "en/index.html/../../../pyproject.toml", "en/%00", "en/linked/pyproject.toml", "en/linked.toml",
])
def test_no_file_outside_is_served(path: str, original: Path, still: Preview) -> None:
    folder, file = original / "overrides" / "linked", original / "overrides" / "linked.toml"
    folder.symlink_to(original)
    file.symlink_to(original / "pyproject.toml")
    try:
        answer = still.get(path)
    finally:
        folder.unlink()
        file.unlink()
    assert answer.status >= 300
    assert not any(words in answer.content for words in (b"[project]", b"root:", b"sources:", b"description:"))
    assert still.get("en/index.html").status == 200


def test_an_edition_that_is_not_there_is_named(still: Preview) -> None:
    answer = still.get("xx/index.html")
    assert answer.status == 500 and "docs/xx:1" in answer.text and "one of the editions: en, ar, da" in answer.text


# Editions


def test_the_danish_edition_shows_its_note_on_an_english_page(still: Preview) -> None:
    page = still.page("da/glossary.html")
    assert page.get("lang") == "da"
    [article] = page.iter("article")
    assert article.get("lang") == "en"
    [note] = page.find_class("edition-note")
    assert note.xpath(".//a[contains(@href, 'about/contribute.html')]")
    [own] = still.page(f"da/{CORE_TEAM.replace('.md', '.html')}").find_class("edition-note")
    assert not own.xpath(".//a[contains(@href, 'about/contribute.html')]")


def test_the_letters_of_an_edition_are_served(still: Preview) -> None:
    page = still.page("ar/index.html")
    assert page.get("dir") == "rtl"
    [sheet] = page.xpath("//link[@rel='stylesheet'][contains(@href, 'assets/styles/fonts/')]/@href")
    styles = still.get(f"ar/{sheet}").content.decode()
    fonts = re.findall(r'url\("../../fonts/([^"]+)"\)', styles)
    assert fonts and all(still.get(f"ar/assets/fonts/{font}").content.startswith(b"wOF2") for font in fonts)


# While somebody writes


def test_a_saved_page_is_in_the_next_answer(preview: Preview) -> None:
    assert "Something new." not in preview.get("en/glossary.html").text
    preview.append(GLOSSARY, "\nSomething new.\n")
    assert "Something new." in preview.get("en/glossary.html").text
    assert "Something new." in preview.get("da/glossary.html").text
    path = preview.root / GLOSSARY
    path.write_text(re.sub("^# .*$", "# Words { #glossary }", path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE), encoding="utf-8")
    [link] = preview.page("en/index.html").xpath("//nav[@class='road']//a[@href='glossary.html']")
    assert link.text_content().strip() == "Words"


def test_a_saved_fact_is_in_the_next_answer(preview: Preview) -> None:
    assert "The Danish case" not in preview.get("en/cases/index.html").text
    change("name: Denmark", "name: The Danish case", "content/cases/denmark.yml")(preview.root)
    assert "The Danish case" in preview.get("en/cases/index.html").text


@pytest.mark.parametrize(("file", "text", "path"), [
    ("overrides/assets/styles/frame/theme.css", "\n/* Something new. */\n", "en/assets/styles/frame/theme.css"),
    ("docs/en/new.md", "# Something new. { #new }\n", "en/new.html"),
    *rest(
        ("overrides/partials/footer.html", "<p>Something new.</p>", "en/index.html"),
        (f"docs/da/{CORE_TEAM}", "\nSomething new.\n", f"da/{CORE_TEAM.replace('.md', '.html')}"),
    ),
])
def test_any_other_saved_file_is_in_the_next_answer(file: str, text: str, path: str, preview: Preview) -> None:
    assert preview.get("en/index.html").status == 200
    assert b"Something new." not in preview.get(path).content
    (preview.root / file).touch()
    preview.append(file, text)
    assert b"Something new." in preview.get(path).content


def spoil_call(root: Path) -> None:
    with (root / GLOSSARY).open("a", encoding="utf-8") as page:
        page.write('\n{{ voice("nobody") }}\n')


def spoil_name(root: Path) -> None:
    with (root / GLOSSARY).open("a", encoding="utf-8") as page:
        page.write('\n{{ nothing("x") }}\n')


@pytest.mark.parametrize(("spoil", "words"), [
    (spoil_call, ["nobody", "voice-1"]), (spoil_name, ["the unknown piece `nothing`", "voice"]),
])
def test_an_unknown_piece_is_named_and_the_preview_goes_on(spoil: Callable[[Path], None], words: list[str], preview: Preview) -> None:
    before = (preview.root / GLOSSARY).read_text(encoding="utf-8")
    spoil(preview.root)
    answer = preview.get("en/glossary.html")
    line = before.count("\n") + 2
    assert answer.status == 500 and answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.page.get("lang") == "en" and f"{GLOSSARY}:{line}" in answer.text
    assert all(each in answer.text for each in words)
    assert answer.page.xpath("//script[@data-state]"), "it is loaded anew when it is mended"
    (preview.root / GLOSSARY).write_text(before, encoding="utf-8")
    assert preview.get("en/glossary.html").status == 200


@pytest.mark.parametrize("spoil", [spoil_call, spoil_name])
def test_a_page_that_is_right_is_shown_beside_one_that_is_wrong(spoil: Callable[[Path], None], preview: Preview) -> None:
    spoil(preview.root)
    assert preview.get("en/glossary.html").status == 500
    assert preview.page(STAGE).xpath("//*[@data-checklist]")


def test_what_is_not_safe_is_named_and_never_shown(preview: Preview) -> None:
    script = "<script>alert(1)</script>"
    (preview.root / "docs/da/glossary.md").write_text(f"# Ord {script} {{ #glossary }}\n\n{script}\n", encoding="utf-8")
    answer = preview.get("da/glossary.html")
    assert answer.status == 500 and "docs/da/glossary.md:3" in answer.text and script.encode() not in answer.content
    assert script.encode() not in preview.get("da/index.html").content
    assert preview.get("en/glossary.html").status == 200
    preview.append("docs/da/edition.yml", f"official_title: {script}\n")
    answer = preview.get("da/index.html")
    assert answer.status == 500 and "docs/da/edition.yml:" in answer.text and script.encode() not in answer.content


@pytest.mark.parametrize(("file", "old", "new", "place"), [
    ("content/cases/denmark.yml", "name: Denmark", "name: [Denmark", "content/cases/denmark.yml:"),
    ("docs/da/edition.yml", "name: Dansk", "nom: Dansk", "docs/da/edition.yml:"),
    (GLOSSARY, "description: ", "description: [", f"{GLOSSARY}:"),
    ("mkdocs.yml", "  - glossary.md\n", "  - nowhere.md\n", "mkdocs.yml:"),
    *rest(
        ("overrides/partials/nav.html", "{% for item in nav %}", "{% for item in %}", "overrides/partials/nav.html:19 "),
        ("content/cases/denmark.yml", "name: Denmark", "nam: Denmark", "content/cases/denmark.yml:"),
        ("mkdocs.yml", "site_name: ", "site_nom: ", "mkdocs.yml:"),
        ("overrides/partials/nav.html", "{% for item in nav %}", "{% for item in nav.nowhere.there %}", "nowhere"),
    ),
])
def test_any_other_mistake_is_named_and_the_preview_goes_on(file: str, old: str, new: str, place: str, preview: Preview) -> None:
    path = preview.root / file
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")
    answers = (preview.get(f"{code}/{name}") for code in ("en", "da") for name in ("cases/denmark.html", "glossary.html"))
    assert any(answer.status == 500 and place in answer.text for answer in answers)
    path.write_text(before, encoding="utf-8")
    assert [preview.get(f"{code}/glossary.html").status for code in ("en", "da")] == [200, 200]


# News


def test_a_page_brings_the_script_that_loads_it_anew(still: Preview) -> None:
    for path in ("en/index.html", "en/nowhere.html", "xx/index.html"):
        [script] = still.get(path).page.xpath("//script[@data-state]")
        assert script.get("src") == "/preview.js"
    assert b"/changes?known=" in still.get("preview.js").content
    assert still.get("preview.js").headers["Content-Type"] == "text/javascript"


def test_who_knows_another_state_is_told_at_once(still: Preview) -> None:
    [state] = still.page("en/index.html").xpath("//script/@data-state")
    assert still.get("changes?known=other").content.decode() == state == still.get("changes").content.decode()


def test_who_waits_is_told_when_a_file_is_saved(preview: Preview) -> None:
    [state] = preview.page("en/index.html").xpath("//script/@data-state")
    told: list[str] = []
    waiting = Thread(target=lambda: told.append(preview.get(f"changes?known={state}").content.decode()))
    waiting.start()
    preview.append(GLOSSARY, "\nSomething new.\n")
    waiting.join()
    assert told != [state]
    assert preview.page("en/index.html").xpath("//script/@data-state") == told


# Problems


class Enough(Exception):
    """Ends the thread that looks for problems, which would go on for ever."""


def look_for_problems(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    """One look for what is wrong."""
    refresh, checked = preview.server.editions.refresh, preview.server.checked

    def until_checked() -> int:
        if preview.server.checked != checked:
            raise Enough
        return refresh()

    with monkeypatch.context() as patch, pytest.raises(Enough):
        patch.setattr(preview.server.editions, "refresh", until_checked)
        preview.server._keep_checking()


def test_what_is_wrong_is_reported_once_and_stands_on_every_page(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    look_for_problems(preview, monkeypatch)
    first = preview.reported.pop()
    assert not [problem for problem in first if problem.path == GLOSSARY]
    [state] = preview.page("en/index.html").xpath("//script/@data-state")
    preview.append(GLOSSARY, "\n[Nowhere](nowhere.md)\n")
    look_for_problems(preview, monkeypatch)
    [found] = preview.reported
    line = (preview.root / GLOSSARY).read_text(encoding="utf-8").count("\n")
    assert [(problem.path, problem.line) for problem in found if problem not in first] == [(GLOSSARY, line)]
    page = preview.page("en/index.html")
    assert f"{GLOSSARY}:{line}" in page.text_content() and page.xpath("//script/@data-state") != [state]
    preview.append("docs/en/index.md", "\nSomething new.\n")
    look_for_problems(preview, monkeypatch)
    assert len(preview.reported) == 1, "the same problems are not reported again"


def test_problems_are_those_of_english_and_of_the_edition(original: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(original, tmp_path / "project"))
    (root / "docs" / "da" / CORE_TEAM).write_text("# x\n", encoding="utf-8")
    for preview in serve(root, "da"):
        assert preview.get("").headers["Location"] == "/da/index.html"
        found = preview.server.editions.problems("da")
    errors = {problem.path for problem in found if problem.severity == "error"}
    assert f"docs/da/{CORE_TEAM}" in errors and all(path.startswith("docs/da/") for path in errors)
