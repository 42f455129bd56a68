"""The checklists as a reader works with them: with the keyboard alone and the network off, from a folder and served."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import lxml.html
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.conftest import ROOT
from tests.site.serving import Server

LIST = "en/how/stages/initiating/core-team.html"  # Q2: 11 questions
STAGE = "en/how/stages/initiating/index.html"  # Q1 to Q4: 33 questions
KEY = "value-roadmap:checklists"
NOTE = "Žana asks “why?” <b> & čšž åøã"
SCRIPTS = ROOT / "overrides" / "assets" / "scripts" / "checklist"
OTHER_PART = "Who belongs in it?"  # of the page, outside the checklist
NO_PRINTER = "window.print = () => { window.printed = document.documentElement.dataset.printing }"
REFUSED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })"
FULL = """localStorage.setItem('another site', 'x'); const put = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
        if (!window.room) throw new DOMException('', 'QuotaExceededError'); put.call(this, key, value) }"""

KEPT = ROOT / "tests" / "site" / "kept" / "1.0.0"  # what the scripts of that version wrote: a storage, and files
TOO_LARGE_FOR_TWO = '{"format": "value-road' + "x" * 3_000_000  # a browser keeps five million characters of a site

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def server() -> Iterator[Callable[[Path], str]]:
    """Serves a folder; gives its address."""
    with ExitStack() as servers:
        yield lambda folder: servers.enter_context(Server(folder)).url


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        context.add_init_script(NO_PRINTER)
        yield context


@pytest.fixture
def opened(context: BrowserContext, site: Path) -> Iterator[Open]:
    """Opens a page from the folder, with the network off. An error in a script of ours fails the test."""
    errors: list[str] = []

    def open_page(name: str = LIST, *scripts: str) -> Page:
        for script in scripts:
            context.add_init_script(script)
        context.set_offline(True)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(error.stack))
        page.goto((site / name).as_uri())
        return page

    yield open_page
    assert [error for error in errors if "/assets/" in error] == []


# What a reader does with the keyboard


BEFORE = "(s) => document.activeElement.compareDocumentPosition(document.querySelector(s)) === 2"


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab, or Shift and Tab, until something has the focus. Fails when the keyboard does not get there."""
    key = "Shift+Tab" if page.evaluate(BEFORE, selector) else "Tab"
    for _ in range(150):
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press(key)
    pytest.fail(f"the keyboard does not reach {selector}")


def press(page: Page, does: str) -> None:
    tab_to(page, f'[data-do="{does}"]')
    page.keyboard.press("Enter")


def give_name(page: Page, name: str) -> None:
    """Types a name for a work copy, as soon as the field for it is there."""
    expect(page.locator(".checklist-dialog input")).to_be_focused()
    page.keyboard.insert_text(name)
    page.keyboard.press("Enter")


def answer_dialog(page: Page, choice: str) -> None:
    """Presses the button with this value; Escape for none."""
    expect(page.locator(".checklist-dialog")).to_be_visible()
    if choice:
        tab_to(page, f'.checklist-dialog button[value="{choice}"]')
    page.keyboard.press("Enter" if choice else "Escape")
    expect(page.locator(".checklist-dialog")).to_have_count(0)


def reload(page: Page) -> None:
    """As a reader does, and again where this browser has nothing yet: a busy Chromium may give a page from a folder an empty
    storage for a moment, though the page before has kept something.
    """
    for _ in range(10):
        page.reload()
        if page.evaluate("localStorage.length"):
            return


def kept_before(text: str) -> str:
    """A script that keeps something before the first page opens."""
    return f"localStorage.length || localStorage.setItem('{KEY}', {json.dumps(text)})"


def tick(page: Page, key: str) -> None:
    tab_to(page, f"#tick-{key}")
    page.keyboard.press("Space")


def note(page: Page, key: str, text: str) -> None:
    tab_to(page, f'[data-question="{key.replace("-", ".")}"] summary')
    page.keyboard.press("Enter")
    tab_to(page, f"#note-{key}")
    page.keyboard.insert_text(text)


def save(page: Page, does: str = "save") -> Path:
    with page.expect_download() as download:
        press(page, does)
    return Path(shutil.copy(download.value.path(), f"{download.value.path()}-{download.value.suggested_filename}"))


def open_file(page: Page, path: Path) -> None:
    with page.expect_file_chooser() as chooser:
        press(page, "open")
    chooser.value.set_files(path)


def expect_progress(page: Page, words: str) -> None:
    expect(page.locator("[data-checklist] .count").first).to_have_text(words)


def expect_said(page: Page, words: str) -> None:
    expect(page.locator(".said").first).to_contain_text(words)


def stored(page: Page) -> dict:
    return json.loads(page.evaluate("key => localStorage.getItem(key)", KEY) or "{}")


def text_of(pdf: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout


def on_paper(page: Page, does: str, target: Path) -> str:
    """The text of what the button prints."""
    press(page, does)
    assert page.evaluate("window.printed")
    page.pdf(path=target, format="A4")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    return text_of(target)


@pytest.mark.parametrize("world", ["folder", "server"])
def test_a_day_with_a_checklist(world: str, context: BrowserContext, site: Path, server, tmp_path: Path) -> None:
    address = site.as_uri() if world == "folder" else server(site)
    page = context.new_page()
    page.goto(f"{address}/{LIST}")
    context.set_offline(True)

    tick(page, "Q2-1")
    note(page, "Q2-1", NOTE)
    expect_progress(page, "1 of 11 ticked")

    tab_to(page, ".copies summary")
    page.keyboard.press("Enter")
    press(page, "create")
    give_name(page, "Second centre")
    expect_said(page, "“Second centre” is ready")
    expect_progress(page, "0 of 11 ticked")
    tick(page, "Q2-2")
    note(page, "Q2-2", "In May")

    file = save(page)
    assert re.search(r"value-roadmap-second-centre-\d{4}-\d\d-\d\d\.json$", file.name)
    assert [copy["name"] for copy in json.loads(file.read_text(encoding="utf-8"))["copies"]] == ["Second centre"]

    press(page, "clear")
    answer_dialog(page, "")
    expect_progress(page, "1 of 11 ticked")
    press(page, "clear")
    answer_dialog(page, "yes")
    expect_progress(page, "0 of 11 ticked")

    open_file(page, file)
    expect_said(page, "Opened: Second centre")
    expect_progress(page, "1 of 11 ticked")

    tick(page, "Q2-3")
    open_file(page, file)
    answer_dialog(page, "")
    expect_said(page, "nothing changed")
    expect_progress(page, "2 of 11 ticked")
    open_file(page, file)
    answer_dialog(page, "both")
    expect_said(page, "Opened: Second centre (2)")
    expect_progress(page, "1 of 11 ticked")

    filled = on_paper(page, "printAnswers", tmp_path / "filled.pdf")
    assert "In May" in filled and "Work copy: Second centre (2)" in filled and "Who belongs in it?" not in filled
    empty = on_paper(page, "printEmpty", tmp_path / "empty.pdf")
    assert "In May" not in empty and "Second centre" not in empty and empty.count("?") == 11

    context.set_offline(world == "folder")
    reload(page)
    expect_progress(page, "1 of 11 ticked")
    expect(page.locator("#note-Q2-2")).to_have_value("In May")
    assert "In May" in on_paper(page, "printAnswers", tmp_path / "again.pdf")
    tab_to(page, ".copies summary")
    page.keyboard.press("Enter")
    tab_to(page, "select")
    page.keyboard.press("Home")
    expect(page.locator("#note-Q2-1")).to_have_value(NOTE)
    press(page, "remove")
    answer_dialog(page, "yes")
    expect(page.locator("option")).to_have_text(["Second centre", "Second centre (2)"])


def test_a_sheet_has_room_to_write_and_its_ticks_need_no_background(opened: Open) -> None:
    page = opened()
    tick(page, "Q2-1")
    page.emulate_media(media="print")
    line = page.locator(".lines span").first.bounding_box()
    assert line["height"] >= 7.5 / 25.4 * 96
    drawn = "(e) => { const s = getComputedStyle(e, '::before'); return s.content !== 'none' && s.borderBottomWidth }"
    assert page.locator("#tick-Q2-1").evaluate(drawn) not in {False, "0px"}
    assert page.locator("#tick-Q2-2").evaluate(drawn) in {False, "0px"}
    assert page.locator("#tick-Q2-1").evaluate("(box) => getComputedStyle(box).backgroundImage") == "none"
    page.emulate_media(media="screen")
    press(page, "printEmpty")
    page.emulate_media(media="print")
    assert page.locator("#tick-Q2-1").evaluate(drawn) in {False, "0px"}


def test_a_stage_and_its_lists_share_their_answers(opened: Open) -> None:
    page = opened()
    tick(page, "Q2-1")
    stage = opened(STAGE)
    expect_progress(stage, "1 of 33 ticked")
    expect(stage.locator('[data-done="checklist-Q2"] .count')).to_have_text("1 of 11 ticked")
    expect(stage.locator('[data-done="checklist-Q1"] .count')).to_have_text("0 of 6 ticked")
    assert stage.locator('[data-done="checklist-Q2"] progress').evaluate("p => [p.value, p.max]") == [1, 11]


def test_all_work_copies_go_into_one_file_and_come_back(opened: Open) -> None:
    page = opened()
    tick(page, "Q2-1")
    page.locator(".copies summary").click()
    press(page, "rename")
    give_name(page, "First")
    expect(page.locator(".checklist-dialog")).to_have_count(0)
    press(page, "create")
    give_name(page, "First")
    name = page.locator(".checklist-dialog input")
    assert name.evaluate("field => field.validationMessage") == "Another work copy has this name."
    name.fill("Second")
    page.keyboard.press("Enter")
    expect_said(page, "“Second” is ready")
    tick(page, "Q2-2")
    file = save(page, "saveAll")
    page.evaluate("localStorage.clear(); sessionStorage.clear()")
    page.reload()
    expect_progress(page, "0 of 11 ticked")
    page.locator(".copies summary").click()
    open_file(page, file)
    expect_said(page, "Opened: First and Second")
    expect(page.locator("option")).to_have_text(["First", "Second"])
    tick(page, "Q2-3")
    open_file(page, file)
    answer_dialog(page, "replace")
    expect_progress(page, "1 of 11 ticked")
    assert [list(copy["answers"]) for copy in stored(page)["copies"]] == [["Q2.1"], ["Q2.2"]]


def test_a_phone_makes_the_page_for_the_printer_after_it_has_said_that_it_is_printed(opened: Open, tmp_path: Path) -> None:
    page = opened()
    tick(page, "Q2-1")
    for number in range(2):  # twice in a row: of the first, nothing is left
        press(page, "printAnswers")
        page.evaluate("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'))")
        page.pdf(path=tmp_path / "list.pdf", format="A4")
        alone = text_of(tmp_path / "list.pdf")
        assert OTHER_PART not in alone and page.evaluate("document.documentElement.dataset.printing") == "answers", number
    page.keyboard.press("Shift")  # back on the page
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    assert OTHER_PART in text_of(tmp_path / "page.pdf") and page.locator(".printed, .printed-way").count() == 0


# Files that are not taken


def book(answers: object, **more: object) -> dict:
    copies = [{"id": "0123456789abcdef", "name": "Theirs", "answers": answers}]
    return {"format": "value-roadmap-checklists", "version": 1, "copies": copies} | more


ANSWER = {"ticked": True, "note": "", "asked": "Who?"}
NOT_TAKEN = {  # file → words that say why
    json.dumps({"format": "another"}): "not saved by this site",
    json.dumps([1, 2]): "not saved by this site",
    json.dumps(book({"Q2.1": ANSWER}))[:-9]: "damaged",
    "": "damaged",
    json.dumps(book({"Q2.1": ANSWER}, version=2)): "newer edition",
    json.dumps(book({"Q2.1": ANSWER}, version="1")): "damaged",
    json.dumps(book({"Q2.1": ANSWER}, copies={})): "damaged",
    json.dumps(book({"Q2.1": ANSWER}, copies=[])): "damaged",
    json.dumps(book([ANSWER])): "damaged",
    json.dumps(book({"Q2.1": ANSWER | {"ticked": "yes"}})): "damaged",
    json.dumps(book({"Q2.1": ANSWER | {"note": 5}})): "damaged",
    json.dumps(book({"Q2.1": ANSWER | {"note": "x" * 4001}})): "damaged",
    json.dumps(book({"Q2.1": ANSWER | {"__proto__": {"ticked": True}}})): "damaged",
    json.dumps(book({"__proto__": ANSWER})): "damaged",
    json.dumps(book({"constructor": ANSWER})): "damaged",
    json.dumps(book({"Q2.1": ANSWER}, __proto__={"polluted": True})): "damaged",
}


def test_a_file_that_is_not_ours_is_refused_in_words_and_changes_nothing(opened: Open, tmp_path: Path) -> None:
    page = opened(LIST, "const text = Blob.prototype.text; Blob.prototype.text = function () {"
                        " window.reads = (window.reads ?? 0) + 1; return text.call(this) }")
    tick(page, "Q2-1")
    before = stored(page)
    page.locator(".copies summary").click()
    file = tmp_path / "file.json"
    for content, words in NOT_TAKEN.items():
        file.write_text(content, encoding="utf-8")
        page.evaluate("document.querySelector('.said').textContent = ''")
        open_file(page, file)
        expect_said(page, words)
        assert stored(page) == before, content
    reads = page.evaluate("window.reads")
    with file.open("wb") as large:
        large.truncate(50_000_000)
    open_file(page, file)
    expect_said(page, "too large")
    assert page.evaluate("window.reads") == reads == len(NOT_TAKEN)
    assert stored(page) == before and page.evaluate("({}).polluted ?? null") is None
    expect_progress(page, "1 of 11 ticked")


# What a browser keeps, and what it does not


@pytest.mark.parametrize(("trouble", "words"), [(REFUSED, "does not let the page keep"), (FULL, "no room left")])
def test_what_cannot_be_kept_stays_on_the_screen_and_is_said(trouble: str, words: str, opened: Open) -> None:
    page = opened(LIST, trouble)
    tick(page, "Q2-1")
    note(page, "Q2-1", NOTE)
    expect(page.locator(".kept")).to_contain_text(words)
    expect_progress(page, "1 of 11 ticked")
    expect(page.locator("#note-Q2-1")).to_have_value(NOTE)
    (copy,) = json.loads(save(page).read_text(encoding="utf-8"))["copies"]
    assert copy["answers"]["Q2.1"]["note"] == NOTE
    expect(page.locator(".backup")).to_have_text(re.compile("^Last saved to a file on .*\\d{4}\\.$"))
    if trouble is FULL:
        page.evaluate("window.room = true")
        tick(page, "Q2-2")
        expect(page.locator(".kept")).not_to_contain_text(words)
        assert list(stored(page)["copies"][0]["answers"]) == ["Q2.1", "Q2.2"]


@pytest.mark.parametrize(("kept", "place"), [
    (json.dumps(book({"Q2.1": ANSWER}, version=2)), KEY), (TOO_LARGE_FOR_TWO, f"{KEY}:unreadable-1"),
], ids=["newer", "damaged"])
def test_answers_that_cannot_be_read_are_never_overwritten(kept: str, place: str, opened: Open) -> None:
    page = opened(LIST, kept_before(kept))
    tick(page, "Q2-2")
    expect_progress(page, "1 of 11 ticked")
    expect(page.locator(".kept.trouble")).to_be_visible()
    assert page.evaluate("place => localStorage.getItem(place)", place) == kept


def test_what_could_not_be_read_is_offered_as_a_file_until_it_is_deleted(context: BrowserContext, site: Path, server) -> None:
    damaged = json.dumps(book({"Q2.1": ANSWER | {"note": NOTE}}))[:-9]
    context.add_init_script(kept_before(damaged))
    page = context.new_page()
    page.goto(f"{server(site)}/{LIST}")
    expect(page.locator(".kept")).to_contain_text("put aside")
    assert save(page, "saveAside").read_text(encoding="utf-8") == damaged
    tick(page, "Q2-2")
    reload(page)
    expect(page.locator(".kept")).to_contain_text("put aside")
    press(page, "removeAside")
    answer_dialog(page, "yes")
    expect_said(page, "is deleted")
    expect(page.locator('[data-do="saveAside"]')).to_be_hidden()
    expect(page.locator(".kept")).not_to_contain_text("put aside")
    expect_progress(page, "1 of 11 ticked")


def test_what_1_0_0_kept_opens_and_nothing_of_it_is_lost(opened: Open) -> None:
    kept = (KEPT / "storage.json").read_text(encoding="utf-8")
    page = opened(STAGE, kept_before(kept))
    expect(page.locator("option")).to_have_text(["Rožna dolina – blue group", "Second centre"])
    expect_progress(page, "1 of 33 ticked")
    expect(page.locator("#note-Q2-2")).to_have_value("In May\nwith everybody")
    tick(page, "Q2-3")
    before, after = json.loads(kept), stored(page)
    del after["copies"][1]["answers"]["Q2.3"]
    assert after == before


def test_files_that_1_0_0_saved_open_and_say_when_that_was(opened: Open) -> None:
    page = opened()
    page.locator(".copies summary").click()
    for name, words in {"one": "Second centre", "all": "blue group and Second centre", "unnamed": "My work copy"}.items():
        open_file(page, KEPT / f"{name}.json")
        expect_said(page, words)
        expect(page.locator(".backup")).to_have_text("Last saved to a file on November 29, 2026.")
    files = [json.loads((KEPT / f"{name}.json").read_text(encoding="utf-8"))["copies"] for name in ("all", "unnamed")]
    assert sorted(map(json.dumps, stored(page)["copies"])) == sorted(json.dumps(copy) for copies in files for copy in copies)


def test_the_page_says_when_it_was_last_saved_to_a_file_and_whether_there_is_something_new(opened: Open, context: BrowserContext) -> None:
    context.clock.set_fixed_time("2026-03-05T12:00:00")
    page = opened()
    line = page.locator(".backup")
    expect(line).to_be_hidden()
    tick(page, "Q2-1")
    expect(line).to_have_text("Not saved to a file yet.")
    save(page)
    saved = "Last saved to a file on March 5, 2026."
    expect(line).to_have_text(saved)
    note(page, "Q2-1", NOTE)
    expect(line).to_have_text(f"{saved} There is something new since then.")
    reload(page)
    expect(line).to_have_text(f"{saved} There is something new since then.")
    page.locator("#note-Q2-1").fill("")
    expect(line).to_have_text(saved)
    page.locator(".copies summary").click()
    press(page, "clear")
    answer_dialog(page, "yes")
    expect_progress(page, "0 of 11 ticked")
    expect(line).to_have_text(saved)
    press(page, "create")
    give_name(page, "Second centre")
    expect(line).to_be_hidden()


def test_a_browser_is_asked_once_and_silently_to_keep_what_was_answered(opened: Open) -> None:
    page = opened(LIST, """window.asked = 0; StorageManager.prototype.persist = () => {
        window.asked += 1; return Promise.reject(new TypeError("no")) }""")
    assert page.evaluate("asked") == 0
    tick(page, "Q2-1")
    note(page, "Q2-1", NOTE)
    assert page.evaluate("asked") == 1


def test_a_page_from_a_folder_says_that_the_file_is_the_memory(opened: Open, context, server, site) -> None:
    expect(opened().locator(".kept")).to_contain_text("the file is your memory")
    context.set_offline(False)
    served = context.new_page()
    served.goto(f"{server(site)}/{LIST}")
    expect(served.locator(".kept")).to_contain_text("stay in this browser")


def test_answers_to_a_question_that_is_gone_are_shown_as_such(opened: Open) -> None:
    gone = {"ticked": True, "note": "Still true", "asked": "Who knows?"}
    kept = json.dumps(book({"Q2.1": ANSWER, "Q2.99": gone, "Q3.99": gone | {"note": "Elsewhere"}}))
    page = opened(LIST, kept_before(kept))
    part = page.locator(".unasked")
    expect(part).to_contain_text("no longer asked")
    expect(part.locator("li")).to_have_text([re.compile("Who knows.*You had ticked it.*Still true", re.DOTALL)])
    expect_progress(page, "1 of 11 ticked")
    tick(page, "Q2-2")
    page.locator(".copies summary").click()
    press(page, "clear")
    answer_dialog(page, "yes")
    assert list(stored(page)["copies"][0]["answers"]) == ["Q2.99", "Q3.99"]
    press(page, "clearUnasked")
    answer_dialog(page, "yes")
    expect(part).to_be_hidden()
    assert list(stored(page)["copies"][0]["answers"]) == ["Q3.99"]


def test_two_tabs_add_to_each_other(opened: Open) -> None:
    one = opened()
    other = opened(STAGE, "addEventListener('storage', (event) => window.deaf && event.stopImmediatePropagation())")
    tick(one, "Q2-1")
    expect(other.locator("#tick-Q2-1")).to_be_checked()
    note(other, "Q2-1", "From the other tab")
    expect(one.locator("#note-Q2-1")).to_have_value("From the other tab")
    expect(one.locator("#tick-Q2-1")).to_be_checked()
    other.evaluate("window.deaf = true")
    other.locator(".copies summary").click()
    press(other, "create")
    give_name(other, "Only there")
    expect_progress(other, "0 of 33 ticked")
    tick(one, "Q2-2")
    tick(other, "Q1-1")
    expect_progress(one, "2 of 11 ticked")
    there = "key => JSON.parse(localStorage.getItem(key)).copies.some((copy) => copy.answers['Q1.1'])"
    one.wait_for_function(there, arg=KEY)  # what one window keeps reaches another a moment later
    assert [list(copy["answers"]) for copy in stored(one)["copies"]] == [["Q2.1", "Q2.2"], ["Q1.1"]]


def test_answers_survive_a_change_of_language(context: BrowserContext, site: Path, server, tmp_path: Path) -> None:
    html = (site / LIST).read_text(encoding="utf-8").replace('lang="en"', 'lang="sl"', 1)
    other = tmp_path / LIST.replace("en/", "sl/", 1)
    other.parent.mkdir(parents=True)
    other.write_text(re.sub(r'(<span class="text">)[^<]+', r"\1Zakaj?", html), encoding="utf-8")
    (tmp_path / "sl/assets").symlink_to(site / "en/assets")
    (tmp_path / "en").symlink_to(site / "en")
    address = server(tmp_path)
    page = context.new_page()
    page.goto(f"{address}/{LIST}")
    tick(page, "Q2-1")
    page.goto(f"{address}/{LIST.replace('en/', 'sl/', 1)}")
    expect(page.locator("#tick-Q2-1")).to_be_checked()
    expect(page.locator(".question .text").first).to_have_text("Zakaj?")


# For everybody


def test_without_script_a_checklist_reads_and_prints(browser: Browser, site: Path, tmp_path: Path) -> None:
    with browser.new_context(java_script_enabled=False, offline=True) as context:
        page = context.new_page()
        page.goto((site / LIST).as_uri())
        page.locator("#tick-Q2-1").check()
        page.locator(".question summary").first.click()
        page.locator("#note-Q2-1").fill(NOTE)
        expect(page.locator("noscript .care")).to_be_visible()
        expect(page.locator("noscript .kept")).to_be_visible()
        assert [part for part in page.locator("[data-checklist] button, .done").all() if part.is_visible()] == []
        page.pdf(path=tmp_path / "page.pdf", format="A4")
        paper = text_of(tmp_path / "page.pdf")
        assert NOTE in paper and "Print blank" not in paper and "forgets it all" not in paper


def test_everything_that_one_presses_is_named_and_large_enough(opened: Open) -> None:
    page = opened(STAGE)
    page.locator(".copies summary").click()
    fields = page.locator("[data-checklist] :is(button, select, summary, input, .lists a)").filter(visible=True)
    assert fields.count() > 70
    for field in fields.all():
        box = field.bounding_box()
        assert min(box["width"], box["height"]) >= 24, field.evaluate("e => e.outerHTML")
    notes = page.locator("[data-checklist] textarea").evaluate_all("all => all.map(e => e.getAttribute('aria-label'))")
    assert len(set(notes)) == len(notes) == 33
    ticks = page.locator("[data-checklist] .question input").evaluate_all("all => all.map(e => e.labels[0].innerText)")
    assert all(re.match(r"\d+[a-z]?\s+\w.+\?", words) for words in ticks)
    assert page.locator(".done[aria-live], .done [aria-live], .done[role=status]").count() == 0


def test_scripts_and_template_share_their_words(site: Path) -> None:
    template = lxml.html.parse(str(site / LIST)).getroot().find_class("words")[0]
    given = set(template.xpath(".//@data-word"))
    files = [SCRIPTS / f"{name}.js" for name in ("checklist", "actions", "storage")]
    code = "\n".join(file.read_text(encoding="utf-8") for file in files)
    literals = set(re.findall(r'"([\w.]+)"', code))
    said = set(re.findall(r'\b(?:say|speak|askName|sure)\((?:piece, )?"(\w+)"', code))
    assert {word for word in given if word not in literals and not word.startswith("file.")} == set()
    assert said - given == set()


def test_numbers_take_the_plural_of_the_language(opened: Open) -> None:
    forms = opened().evaluate("""() => {
        const template = document.createElement("template");
        for (const form of ["one", "two", "few", "other"])
            template.content.append(roadmap.element("p", { textContent: `{number} ${form}` }));
        [...template.content.children].forEach((p) => {
            Object.assign(p.dataset, { word: "ticked", form: p.textContent.split(" ")[1] }) });
        const say = roadmap.speaker(template, "sl");
        return [1, 2, 3, 5, 101, 102].map((number) => say("ticked", { number }));
    }""")
    assert forms == ["1 one", "2 two", "3 few", "5 other", "101 one", "102 two"]
