"""Sealed: each page runs and loads what belongs to the site, asks no other host and keeps only what the reader wrote."""

from __future__ import annotations

import re
import shutil
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import lxml.html
import pytest
from lxml import etree
from playwright.sync_api import Browser, Page, expect

from macros.facts.problem import Problems
from roadmap.postprocess import content_security_policy, picture_files, theme_fixes
from roadmap.postprocess.built_edition import BuiltEdition, BuiltPage
from roadmap.postprocess.bundle import Bundles
from roadmap.postprocess.run import finish
from roadmap.project.cache import Memo
from tests.conftest import ROOT
from tests.site.elsewhere import Elsewhere
from tests.site.serving import Server
from tests.site.ways import Hand, chromium_hand, firefox_hand

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
HEAD = '<!doctype html>\n<html lang="en"><head>\n<meta charset="utf-8">\n'


def page_with(body: str, head: str = "") -> str:
    return f"{HEAD}{head}<title>x</title></head>\n<body>\n{body}\n</body></html>"


def policy_of(html: str) -> dict[str, list[str]]:
    """What each directive allows."""
    [policy] = META.findall(html)
    return {words[0]: words[1:] for words in (part.split() for part in policy.split("; "))}


def hash_of(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def running(html: str) -> set[str]:
    """The hashes of scripts that stand in a page and run."""
    written = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", html, re.DOTALL)
    return {hash_of(text) for attributes, text in written if "json" not in attributes}


# The policy of the built pages


def test_every_page_is_sealed_and_nothing_unsafe_is_allowed(two_editions: Path) -> None:
    pages = sorted(two_editions.rglob("*.html"))
    assert {"index.html", "en/404.html", "ar/404.html"} <= {p.relative_to(two_editions).as_posix() for p in pages}
    for path in pages:
        policy = policy_of(path.read_text(encoding="utf-8"))
        hashes = policy["script-src"][1:]
        assert all(one.startswith("'sha256-") for one in hashes), path
        assert policy == {
            "default-src": ["'self'"], "script-src": ["'self'", *hashes], "img-src": ["'self'", "data:"],
            "frame-src": ["'none'"], "object-src": ["'none'"], "base-uri": ["'none'"], "form-action": ["'none'"],
        }, path


def test_a_policy_names_the_scripts_of_its_page_and_no_other(two_editions: Path) -> None:
    for path in two_editions.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert set(policy_of(html)["script-src"][1:]) == running(html), path


def test_the_policy_comes_before_whatever_it_rules(two_editions: Path) -> None:
    for path in two_editions.rglob("*.html"):
        before = path.read_text(encoding="utf-8").partition("<meta http-equiv")[0]
        assert re.findall(r"<(\w+)", before.partition("<head>")[2]) == ["meta"], path


@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_copy_to_take_along_is_sealed_as_well(code: str, two_editions: Path) -> None:
    with ZipFile(two_editions / "downloads" / f"roadmap-{code}.zip") as copy:
        pages = [copy.read(name).decode() for name in copy.namelist() if name.endswith(".html")]
    assert len(pages) > 60
    for html in pages:
        assert set(policy_of(html)["script-src"][1:]) == running(html)


# What any page gets


@pytest.mark.parametrize(("head", "scripts"), [
    ("", []),
    ("<script>one()</script>", ["one()"]),
    ("<script>\n“two”\n</script><script type=module>3</script><script>one()</script>", ["\n“two”\n", "3", "one()"]),
    ("<script>one()</script><script>one()</script>", ["one()"]),
    ("<script>if (a < b && '<!-- </b>') c()</script>", ["if (a < b && '<!-- </b>') c()"]),
    ('<script src="a.js" defer>two()</script>', []),
    ('<script type="application/json">{"a": 1}</script><script type="application/ld+json">{}</script>', []),
])
def test_scripts_that_run_are_allowed_by_their_hash(head: str, scripts: list[str]) -> None:
    assert policy_of(content_security_policy.with_csp(page_with("", head), "x.html"))["script-src"] == ["'self'", *map(hash_of, scripts)]


FAULTS = {  # what stands on line 6 → what is said to be there
    "handler": ('<p onclick="a()">x</p>', "the handler `onclick=`"),
    "handler of a picture": ('<svg onload="a()"></svg>', "the handler `onload=`"),
    "style of an element": ('<p style="color:red">x</p>', '`style="color:red"`'),
    "styles": ("<style>p{}</style>", "a `<style>`"),
    "script as a link": ('<a href="javascript:a()">x</a>', '`href="javascript:a()"`'),
    "script as a link, hidden": ('<a href=" java&#10;Script:a()">x</a>', "`href="),
    "script as a link of a picture": ('<svg><a xlink:href="javascript:a()"></a></svg>', '`xlink:href="javascript:a()"`'),
    "frame": ('<iframe src="a.html"></iframe>', "an `<iframe>`"),
    "object": ('<object data="a.pdf"></object>', "an `<object>`"),
    "embedded": ('<embed src="a.pdf">', "an `<embed>`"),
    "form": ('<form action="a.html"></form>', '`action="a.html"`'),
    "button of a form": ('<button formaction="a.html">x</button>', '`formaction="a.html"`'),
    "base": ('<base href="/">', "a `<base>`"),
    "inside a template": ('<template><p style="x">x</p></template>', '`style="x"`'),
}


NO_BUNDLES = Bundles("assets/site.css", "assets/site.js", (), {})


@pytest.mark.parametrize("name", FAULTS)
def test_what_the_policy_would_block_is_refused(name: str, tmp_path: Path) -> None:
    markup, there = FAULTS[name]
    path = tmp_path / "en" / "how" / "a.html"
    path.parent.mkdir(parents=True)
    path.write_text(before := page_with(markup), encoding="utf-8")
    edition = BuiltEdition.read(tmp_path / "en")
    with pytest.raises(Problems) as raised:
        finish(edition, NO_BUNDLES, Memo())
    [problem] = raised.value.problems
    assert str(problem).startswith(f"site/en/how/a.html:6: {there}") and problem.expected
    assert edition.pages["how/a.html"].html == path.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("html", [
    page_with("").replace('<meta charset="utf-8">', ""),
    page_with("").replace("<head>", "<head><script>early()</script>"),
    page_with("").replace("utf-8", "latin-1"),
])
def test_a_policy_that_would_come_late_is_refused(html: str) -> None:
    with pytest.raises(Problems, match="a head that begins otherwise"):
        content_security_policy.with_csp(html, "x.html")


def test_all_problems_of_all_pages_are_told_at_once(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.html").write_text(page_with('<p style="x" onclick="y">x</p>'), encoding="utf-8")
    (tmp_path / "c.html").write_text(page_with("<p>x</p>"), encoding="utf-8")
    with pytest.raises(Problems) as raised:
        finish(BuiltEdition.read(tmp_path), NO_BUNDLES, Memo())
    assert len(raised.value.problems) == 4
    assert not META.search((tmp_path / "c.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("sign", "cell"), [("left", "at-start"), ("center", "at-centre"), ("right", "at-end")])
def test_an_aligned_column_of_a_page_keeps_its_side(sign: str, cell: str) -> None:
    html = theme_fixes.fixed(page_with(f'<table><tr><td style="text-align: {sign};">1</td></tr></table>'))
    tree = lxml.html.document_fromstring(html)
    assert tree.xpath("//td/@class") == [cell] and content_security_policy.blocked_in(BuiltPage("x.html", html)) == []


# Picture files are documents of their own, under no policy


def runs(picture: etree._Element) -> list[str]:
    """What in a picture could run or lead elsewhere."""
    tags = [element.tag for element in picture.iter() if etree.QName(element).localname in {"script", "foreignObject", "a", "set"}]
    return tags + [
        name for element in picture.iter(etree.Element) for name in element.attrib
        if re.split("[:}]", name)[-1] == "href" or name.startswith("on")
    ]


def test_no_picture_file_can_run_anything(two_editions: Path) -> None:
    pictures = [etree.parse(path).getroot() for path in two_editions.rglob("*.svg")]
    assert len(pictures) > 60 and [found for picture in pictures for found in runs(picture)] == []


def test_what_is_written_into_a_picture_stays_text() -> None:
    label = "&lt;script&gt;a()&lt;/script&gt;&lt;/svg&gt;"
    figure = f'<figure id="x"><svg viewbox="0 0 9 9"><text>{label}</text></svg><a href="x.svg" data-picture="x">x</a></figure>'
    [(_, markup, direction)] = picture_files.pictures_of(BuiltPage("a.html", figure))
    picture = etree.fromstring(picture_files.standalone(markup, "", direction))
    assert runs(picture) == [] and "<script>a()</script></svg>" in "".join(picture.itertext())


@pytest.mark.parametrize("inside", ["<script>a()</script>", '<g onclick="a()"/>', '<a href="javascript:a()"/>'])
def test_a_picture_that_could_run_something_is_seen(inside: str) -> None:
    assert runs(etree.fromstring(f"<svg>{inside}</svg>"))


# A stranger's code in a page, in two browsers, from a folder and served; without the policy it gets through

PLANTED = """<script src="probe.js"></script>
<script>did("script")</script>
<img src="gone.png" alt="" onerror="did('handler')">
<a id="probe-link" href="javascript:void did('link')">x</a>
<p id="probe-styled" style="display:grid">x</p>
<style>#probe-plain { display: grid }</style><p id="probe-plain">x</p>
<iframe srcdoc="&lt;script>parent.ran.push('script of a frame')&lt;/script>"></iframe>
<iframe src="http://frame.elsewhere.test/" name="probe-frame"></iframe>
<script src="http://script.elsewhere.test/a.js"></script>
<link rel="stylesheet" href="http://sheet.elsewhere.test/">
<object data="http://object.elsewhere.test/"></object>
<form id="probe-form" action="http://form.elsewhere.test/" target="probe-frame"></form>
"""
RAN = {
    "script", "handler", "link", "style of an element", "styles", "script of a frame", "eval", "script of another host",
    "worker", "base",
}
REACHED = {
    f"{name}.elsewhere.test" for name in (
        "frame", "script", "sheet", "object", "form", "fetch", "beacon", "socket", "events", "picture", "font", "module",
    )
}
VIOLATED = {
    "script-src", "script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr", "img-src", "font-src", "connect-src",
    "frame-src", "object-src", "form-action", "base-uri",
}


class Tried(NamedTuple):
    ran: set[str]
    reached: set[str]
    violated: set[str]


@pytest.fixture(scope="module")
def probes(two_editions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition with a page that a stranger wrote into, as `sealed.html` and without its policy as `open.html`."""
    folder = tmp_path_factory.mktemp("probes")
    shutil.copytree(two_editions / "en", folder / "en")
    shutil.copy(ROOT / "tests" / "site" / "probe.js", folder / "en")
    page = (folder / "en" / "glossary.html").read_text(encoding="utf-8")
    written = page.replace("</article>", f"{PLANTED}</article>", 1)
    (folder / "en" / "sealed.html").write_text(written, encoding="utf-8")
    (folder / "en" / "open.html").write_text(META.sub("", written), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Elsewhere]:
    with Elsewhere() as elsewhere:
        yield elsewhere


@pytest.fixture(scope="module", params=["Chromium", "Firefox"])
def hand(request: pytest.FixtureRequest, browser: Browser, elsewhere: Elsewhere, tmp_path_factory) -> Iterator[Hand]:
    downloads = tmp_path_factory.mktemp("downloads")
    with ExitStack() as stack:
        chromium = request.param == "Chromium"
        yield stack.enter_context(
            chromium_hand(browser, downloads, elsewhere) if chromium
            else firefox_hand(downloads, elsewhere, security__warn_submit_secure_to_insecure=False)
        )


@pytest.fixture(params=["file", "http"])
def address(request: pytest.FixtureRequest, probes: Path) -> Iterator[str]:
    with Server(probes) as server:
        yield f"{probes.as_uri() if request.param == 'file' else server.url}/en"


def tried(hand: Hand, elsewhere: Elsewhere, address: str, much: str) -> Tried:
    """What came of a page, once `much` has happened."""
    elsewhere.asked.clear()
    hand.visit(address)
    hand.until(f"window.probed && {much}")
    return Tried(set(hand.ask("window.ran")), set(elsewhere.asked), set(hand.ask("window.violated")))


def test_a_strangers_code_is_stopped(hand: Hand, elsewhere: Elsewhere, address: str) -> None:
    found = tried(hand, elsewhere, f"{address}/sealed.html", f"new Set(window.violated).size >= {len(VIOLATED)}")
    assert found.ran == set() and found.violated >= VIOLATED
    assert {name for name in found.reached if name.endswith(".elsewhere.test")} == set()


def test_without_the_policy_it_would_get_through(hand: Hand, elsewhere: Elsewhere, address: str) -> None:
    found = tried(hand, elsewhere, f"{address}/open.html", f"new Set(window.ran).size >= {len(RAN)}")
    assert found.ran == RAN and found.violated == set()
    assert elsewhere.wait_for(REACHED) == set()


# What the site itself asks for and keeps


BROWSER_ITSELF = {"content-autofill.googleapis.com"}  # how to fill in forms, asked by this Chromium for any site that has one


@pytest.fixture
def abroad() -> Iterator[Elsewhere]:
    """All other hosts, for one browser: what another one asks of its maker meanwhile is not the site's."""
    with Elsewhere() as elsewhere:
        yield elsewhere


@pytest.fixture
def visitor(browser: Browser, abroad: Elsewhere) -> Iterator[Page]:
    """A new browser. It notes what it asks for (`asked`) and what a policy stopped (`stopped`)."""
    with browser.new_context(proxy=abroad.for_chromium) as context:
        page = context.new_page()
        page.asked, page.stopped = [], []
        context.on("request", lambda request: page.asked.append(request.url))
        page.expose_function("stopped", lambda what: page.stopped.append(what))
        page.add_init_script("document.addEventListener('securitypolicyviolation', (e) => stopped(`${location} ${e.blockedURI}`))")
        yield page


def keys(page: Page) -> set[str]:
    """The names of all that this browser keeps of the site, but the copy for offline use."""
    return set(page.evaluate(
        "async () => [...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await indexedDB.databases()).map(d => d.name)]"
    ))


VISITED = (  # a page of each kind; `make audit` visits every page
    "index.html", "en/index.html", "en/404.html", "en/where-to-start.html", "en/what/educare.html", "en/glossary.html",
    "en/how/stages/initiating/index.html", "en/how/stages/initiating/set-ups.html", "en/how/stages/facilitating/portfolios.html",
    "en/cases/index.html", "en/cases/denmark.html", "en/worksheets/index.html", "en/worksheets/session-plan.html",
    "en/take-along.html", "en/about/privacy.html", "en/about/data.html",
)


def test_no_page_asks_another_host_or_breaks_its_own_policy(site: Path, visitor: Page, abroad: Elsewhere) -> None:
    with Server(site) as server:
        for name in VISITED:
            visitor.goto(f"{server.url}/{name}")
        assert {url for url in visitor.asked if not url.startswith((server.url, "data:", "blob:"))} == set()
        assert visitor.stopped == [] and set(abroad.asked) <= BROWSER_ITSELF
        assert visitor.context.cookies() == [] and keys(visitor) == set()


def test_a_request_and_a_breach_would_be_noted(probes: Path, visitor: Page, abroad: Elsewhere) -> None:
    with Server(probes) as server:
        visitor.goto(f"{server.url}/en/sealed.html")
        visitor.wait_for_function("window.probed")
        assert len(visitor.stopped) > 10
        visitor.goto(f"{server.url}/en/open.html")
        assert abroad.wait_for({"picture.elsewhere.test"}) == set()
        assert any("picture.elsewhere.test" in url for url in visitor.asked)


def test_a_browser_keeps_what_the_reader_did_and_nothing_else(two_editions: Path, visitor: Page, abroad: Elsewhere) -> None:
    with Server(two_editions) as server:
        visitor.goto(f"{server.url}/en/how/stages/initiating/core-team.html")
        visitor.locator(".search-open").click()
        visitor.locator("dialog.search input").fill("narratives")
        visitor.locator(".search-hits a").first.wait_for()
        visitor.keyboard.press("Escape")
        assert keys(visitor) == set()
        steps = [  # where → what is kept then
            ('button[data-scheme="slate"]', {"value-roadmap:scheme"}),
            ("#tick-Q2-1", {"value-roadmap:checklists", "value-roadmap:checklists:here"}),
            (".editions-menu summary", set()),
            ('.editions-menu a[hreflang="ar"]', {"value-roadmap:edition"}),
        ]
        kept: set[str] = set()
        for selector, more in steps:
            visitor.locator(selector).click()
            kept |= more
            expect(visitor.locator("article")).to_be_visible()
            assert keys(visitor) == kept, selector
        assert visitor.context.cookies() == [] and visitor.stopped == [] and set(abroad.asked) <= BROWSER_ITSELF
