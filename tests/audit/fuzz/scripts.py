"""The parsers that readers have in their browsers: answers from a file or a storage, in Node; what is typed into search, in Chromium."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import yaml
from playwright.sync_api import Browser, CDPSession, Page

from tests.audit.fuzz.harness import SLOWEST, Figures, Parser, input_of, memory_of
from tests.audit.tools import NODE
from tests.conftest import ROOT
from tests.site.serving import Server

CHECKLIST = ROOT / "overrides" / "assets" / "scripts" / "checklist"
SCRIPTS = [CHECKLIST / f"{name}.js" for name in ("answers", "storage", "backups")]
KEPT = ROOT / "tests" / "site" / "kept"
QUERIES = ROOT / "docs" / "en" / "queries.yml"
SEARCH_PAGE = "en/glossary.html?q="
ASK = """async (text) => {
  const [field, list] = ["input", ".search-hits"].map((part) => document.querySelector(`dialog.search ${part}`));
  window.onunhandledrejection = ({ reason }) => { window.failed = String(reason?.stack ?? reason) };
  window.failed = "";
  field.value = text;
  field.dispatchEvent(new Event("input"));
  try { roadmap.search.mark(text.split(" ")) } catch (error) { window.failed = String(error) }
  const end = performance.now() + 20_000;
  while (list.ariaBusy !== "false" && !window.failed && performance.now() < end) await new Promise((go) => setTimeout(go));
  return { failed: window.failed, found: list.childElementCount };
}"""


def _nobody(_: str, __: bytes) -> None:
    """These are read by scripts."""


def answers() -> Parser:
    """Files of answers and what browsers have kept of them, as earlier versions wrote them."""
    return Parser("answers", [(path.relative_to(KEPT).as_posix(), path.read_bytes()) for path in sorted(KEPT.rglob("*.json"))], _nobody)


def queries() -> Parser:
    """What readers type into search, as the edition lists it."""
    typed = [each["query"].encode() for each in yaml.safe_load(QUERIES.read_text(encoding="utf-8"))]
    return Parser("search queries", [(query.decode(), query) for query in typed], _nobody)


def read_answers(parser: Parser, seed: int, indices: Sequence[int], folder: Path, scripts: Sequence[Path] = SCRIPTS) -> Figures:
    """Has the scripts of the checklist read these inputs, all in one process."""
    given = [input_of(parser, seed, index) for index in indices]
    file = folder / "inputs.txt"
    file.write_text("".join(f"={base64.b64encode(data).decode()}\n" for _, data in given), encoding="ascii")
    command = [NODE, "--expose-gc", Path(__file__).with_name("answers.js"), file, *scripts]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    figures = Figures(parser.name)
    for index, (name, _), line in zip(indices, given, said, strict=True):
        one = json.loads(line)
        what, _, rest = one["error"].partition("\n")
        figures.add((seed, index, name), one["seconds"], one["memory"], refused=one["refused"], fault=what, details=rest)
    return figures


def read_queries(parser: Parser, seed: int, indices: Sequence[int], browser: Browser, site: Path) -> Figures:
    """Has the search of a page answer these inputs, and mark them. What is found counts as accepted."""
    figures = Figures(parser.name)
    devtools = browser.new_browser_cdp_session()
    with Server(site) as server, browser.new_page() as page:
        _open_search(page, server)
        for index in indices:
            name, data = input_of(parser, seed, index)
            before = _renderers(devtools)
            said = page.evaluate(ASK, data.decode("utf-8", "replace"))
            after = _renderers(devtools)
            seconds, memory = (now - then for now, then in zip(after, before, strict=True))
            figures.add((seed, index, name), seconds, memory, refused=not said["found"], fault=said["failed"][:200])
            if said["failed"] or seconds > SLOWEST:
                _open_search(page, server)
    return figures


def _open_search(page: Page, server: Server) -> None:
    """A page whose search is ready."""
    page.goto(f"{server.url}/{SEARCH_PAGE}")
    page.locator(".search-hits[aria-busy=false]").wait_for(state="attached")


def _renderers(devtools: CDPSession) -> tuple[float, int]:
    """What the pages of the browser have worked, in seconds, and the memory that they take, in KiB."""
    processes = devtools.send("SystemInfo.getProcessInfo")["processInfo"]
    pages = [each for each in processes if each["type"] == "renderer"]
    return sum(each["cpuTime"] for each in pages), sum(memory_of(each["id"], "VmRSS") for each in pages)
