"""The audit on a few pages, and each of its columns on a page that has what the column is there to find."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.audit import markup, speed
from tests.audit.__main__ import judged
from tests.audit.finding import COUNTED, Finding, Row
from tests.audit.walk import visit
from tests.conftest import ROOT
from tests.site.serving import Server

# The site


@pytest.mark.parametrize(("name", "scheme"), [
    ("en/cases/denmark.html", "dark"), ("ar/how/stages/initiating/set-ups.html", "forced colours"),
])
def test_a_page_of_the_site_is_above_no_bar(name: str, scheme: str, browser: Browser, two_editions: Path) -> None:
    """A sample: `make audit` shows every page in every scheme."""
    with Server(two_editions) as server:
        row = visit(browser, server, name, (scheme,))
    assert [str(finding) for finding in row.all()] == []


def test_markup_of_the_site_is_valid(two_editions: Path) -> None:
    """Every style sheet, and one page and one picture of five: `make audit` looks at all of them."""
    files = [two_editions / "index.html", two_editions / "en" / "404.html", *two_editions.rglob("*.css")]
    for kind in ("*.html", "*.svg"):
        files += sorted(two_editions.rglob(kind))[::5]
    checked = [file for file in files if file.name != markup.FOR_PRINTING]
    assert len(checked) > 30 and [str(finding) for finding in markup.judge(two_editions, checked)] == []


# Planted faults

POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'"
HEAD = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>A page</title><meta name="viewport" content="width=device-width"><link rel="stylesheet" href="style.css"><script src="open.js" defer></script></head>
<body><header><details class="editions-menu"><summary>Languages</summary><p class="pale-inside">Danish</p></details>
<button class="search-open">Search</button><button class="drawer-open">Menu</button></header>
<dialog class="search" aria-label="Search"><input aria-label="Words"><p class="search-hits"><a class="pale-hit" href="#">Hit</a></p></dialog>
<nav class="drawer" hidden><a class="road-link" href="#">Road</a></nav>
<main><h1>A page</h1>"""
STYLE = """:is(a, button, summary) { display: inline-block; min-width: 24px; min-height: 24px } body { background: #fff; color: #000 } .pale { color: #bbb } .editions-menu .pale-inside { color: #000 }
a { color: #00e } .hit-pale .pale-hit, .road-pale .road-link, .open-pale .pale-inside { color: #bbb } @media (prefers-color-scheme: dark) { .pale-by-night { color: #bbb } }
@media (max-width: 400px) { .pale-on-phones { color: #bbb } } @media (forced-colors: active) { .pale-when-forced {
forced-color-adjust: none; background: #fff; color: #bbb } }"""
SCRIPT = """document.querySelector(".search-open").onclick = () => document.querySelector("dialog").showModal();
document.querySelector(".drawer-open").onclick = () => { document.querySelector(".drawer").hidden = false };
onkeydown = ({ key }) => { if (key === "Escape") document.querySelector(".drawer").hidden = true };"""
# Faults of one page that are found apart: they cost one visit together
PALE = HEAD.replace("<body>", '<body class="open-pale hit-pale road-pale">') + (
    "<p class=pale>Pale</p><p class=pale-by-night>Pale</p><p class=pale-when-forced>Pale</p>"
    "<p class=pale-on-phones>Pale</p><p><button></button></p><h3>Two ranks further down</h3>"
)
TORN = HEAD + '<p><div>Never closed</p><p colour="red">Made up</p><script>document.title = "x"</script>'
KEEPING = HEAD + '<script src="keep.js"></script><script src="cookie.js"></script><script src="heavy.js"></script><p><img src="heavy.png" alt="x"></p>'
PAGES = {
    "good": HEAD, "pale": PALE, "torn": TORN, "keeping": KEEPING,
    "no-policy": HEAD.replace("Content-Security-Policy", "X"),
    "unsafe": HEAD.replace("default-src", "script-src 'self' 'unsafe-inline'; default-src"),
    "late-policy": HEAD.replace('<meta charset="utf-8">', '<meta charset="utf-8"><script src="a.js"></script>'),
    "foreign": HEAD.replace("object-src", "img-src http:; object-src") + '<p><img src="http://elsewhere.invalid/x.png" alt="x"></p>',
}
FAULTS = [  # the page, the column that must count it, what the finding says of its rule, its element and how it was shown
    ("pale", "axe", "color-contrast", ".pale", "light 1280"), ("pale", "axe", "color-contrast", ".pale-by-night", "dark 1280"),
    ("pale", "axe", "color-contrast", ".pale-on-phones", "light 320"), ("pale", "axe", "color-contrast", ".pale-when-forced", "forced colours 1280"),
    ("pale", "axe", "color-contrast", ".pale-inside", "languages open"), ("pale", "axe", "color-contrast", ".pale-hit", "search open"),
    ("pale", "axe", "color-contrast", ".road-link", "menu open"), ("pale", "axe", "button-name", "", ""), ("pale", "axe", "heading-order", "", ""),
    ("torn", "vnu", "Unclosed", "", ""), ("torn", "vnu", "not allowed", "", ""), ("torn", "policy", "refuses", "", ""),
    ("no-policy", "policy", "needs a content security policy", "", ""), ("unsafe", "policy", "'unsafe-inline'", "", ""),
    ("late-policy", "policy", "before", "", ""), ("foreign", "requests", "elsewhere.invalid", "", ""),
    ("keeping", "requests", "localStorage: visits", "", ""), ("keeping", "requests", "cookie: visits", "", ""),
    ("keeping", "bytes", "first visit, raw", "", ""), ("keeping", "bytes", "first visit, packed", "", ""),
]


IN_EVERY_SCHEME = ("good", "pale")


@pytest.fixture(scope="module")
def rows(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Row]:
    """A site of faults, judged as `make audit` judges the real one; pages whose fault shows in any scheme in light only."""
    site = tmp_path_factory.mktemp("faults")
    (site / "style.css").write_text(STYLE, encoding="utf-8")
    (site / "open.js").write_text(SCRIPT, encoding="utf-8")
    (site / "a.js").write_text("", encoding="utf-8")
    (site / "keep.js").write_text("localStorage.visits = 1", encoding="utf-8")
    (site / "cookie.js").write_text("document.cookie = 'visits=1'", encoding="utf-8")
    (site / "heavy.js").write_text("//" + "x" * 300_000, encoding="utf-8")
    (site / "heavy.png").write_bytes(os.urandom(100_000))
    for name, html in PAGES.items():
        (site / f"{name}.html").write_text(html + "</main></body></html>", encoding="utf-8")
    rows = judged(site, [f"{name}.html" for name in IN_EVERY_SCHEME], lambda _: None)
    found = {row.page: row for row in rows}
    with Server(site) as server:
        for name in sorted(set(PAGES) - set(IN_EVERY_SCHEME)):
            row = visit(browser, server, f"{name}.html", ("light",))
            of_markup = found.get(row.page, Row(row.page)).findings
            found[row.page] = replace(row, findings=[*row.findings, *of_markup])
    return {page.removesuffix(".html"): row for page, row in found.items()}


def test_a_good_page_is_blamed_for_nothing(rows: dict[str, Row]) -> None:
    assert rows["good"].all() == [] and rows["good"].raw > 0 and rows["good"].packed > 0


@pytest.mark.parametrize("fault", FAULTS, ids=" ".join)
def test_a_planted_fault_is_counted_in_its_column(fault: tuple[str, str, str, str, str], rows: dict[str, Row]) -> None:
    page, column, words, element, shown = fault
    of_column = [finding for finding in rows[page].all() if finding.column == column]
    found = [one for one in of_column if words in str(one) and one.element.endswith(element) and shown in ", ".join(one.states)]
    assert len(found) == 1, [str(finding) for finding in rows[page].all()]
    assert column not in COUNTED or rows[page].count(column) == len(of_column)


def test_a_finding_names_page_rule_element_and_what_to_do() -> None:
    finding = Finding("en/index.html", "axe", "button-name", "p > button", "Give it a name", ("dark 320",))
    assert str(finding) == "site/en/index.html: button-name: p > button: Give it a name [dark 320]"


@pytest.mark.audit
def test_lighthouse_marks_down_a_page_without_name_and_title(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text("<!doctype html><p>Some words<p><button></button>", encoding="utf-8")
    with Server(tmp_path) as server:
        marks, costs = speed.run(f"{server.url}/bad.html")
    assert marks["accessibility"] < speed.BAR and marks["seo"] < speed.BAR
    assert any("button" in cost.lower() for cost in costs)


def test_the_accessibility_page_names_the_versions_that_run() -> None:
    versions = json.loads((ROOT / "tests" / "tools" / "package.json").read_text(encoding="utf-8"))["dependencies"].values()
    for page in (ROOT / "docs" / "en", ROOT / "tests" / "editions" / "ar"):
        said = (page / "about" / "accessibility.md").read_text(encoding="utf-8")
        assert [version for version in versions if version not in said] == []
