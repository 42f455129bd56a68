"""What programs that judge pages do not see: zoom, spacing, targets, pictures in words, motion, keyboard, forced colours."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.conftest import ROOT, look, rest

MEASURE = (ROOT / "tests" / "audit" / "measure.js").read_text(encoding="utf-8").split("\n", 1)[1]
SPACED = """const sheet = new CSSStyleSheet();
sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-block-end: 2em !important }`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]"""
SAMPLE = (
    "en/index", "en/how/stages/initiating/index", "en/how/stages/initiating/set-ups", "en/cases/denmark",
    "en/cases/index", "en/worksheets/learning-lab", "en/worksheets/index", "ar/index", "ar/where-to-start",
)
OTHERWISE = {  # word of a label → how the words beside the picture say it
    "every": "From one session to the next", "each": "One session", "times": "Sessions", "time": "Sessions", "in": "All sessions",
    "all": "All sessions", "total": "With kick-off and wrap-up", "together": "the row of the centre", "evaluating": "Supporting evaluation",
    "both": "in both directions", "ways": "in both directions",
    "البدء": "بدء المسار",
}


# Every page at 320 px, which is 1280 px at 400 %


@pytest.fixture(scope="module", params=[3, *rest(1)], ids=["one page of three", "every page"])
def seen(request: pytest.FixtureRequest, window: Page, two_editions: Path) -> dict[str, dict[str, Any]]:
    """Pages of both editions, measured on the narrowest screen. 404.html works on a server only; the audit opens it."""
    measured = {}
    for path in sorted(two_editions.rglob("*.html"))[:: request.param]:
        if path.name != "404.html":
            page = look(window, path, 320, reduced_motion="reduce")
            measured[path.relative_to(two_editions).as_posix()] = page.evaluate(MEASURE)
    assert len(measured) > 100 / request.param
    return measured


def missing_words(picture: dict[str, Any]) -> set[str]:
    """Words of the labels that the words beside a picture do not hold. Marks numbered up to a number in them are told."""
    words = set(re.findall(r"\w+", picture["words"].casefold()))
    marks = {label for label in picture["labels"] if label.isdecimal()}
    most = str(max(map(int, marks), default=0))
    numbered = marks == {str(n) for n in range(1, int(most) + 1)} and most in words
    labels = (label for label in picture["labels"] if not (numbered and label.isdecimal()) and label[0] not in "*≠")  # they explain signs
    return {w for label in labels for w in re.findall(r"\w+", label.casefold())} - words - set(OTHERWISE)


FAULTS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "scrolls sideways": lambda m: max(0, m["wide"]),
    "reaches outside": lambda m: m["outside"],
    "cuts text off": lambda m: m["cut"],
    "target below 24 px": lambda m: m["small"],
    "picture without a name": lambda m: [p["labels"][:2] for p in m["pictures"] if not p["name"]],
    "picture without words": lambda m: [p["name"] for p in m["pictures"] if not p["words"]],
    "label that the words leave out": lambda m: [(p["name"], w) for p in m["pictures"] if p["words"] and p["same"] and (w := missing_words(p))],
    "label below 12 px": lambda m: [(p["name"], p["smallest"]) for p in m["pictures"] if p["smallest"] and p["smallest"] < 12],
    "label outside its picture": lambda m: [p["out"] for p in m["pictures"] if p["out"]],
    "headings out of order": lambda m: m["headings"] if jumps(m["headings"]) else [],
    "moves": lambda m: m["moving"],
    "words without their language": lambda m: m["foreign"],
}


def jumps(levels: list[int]) -> bool:
    """Whether a rank is left out, or there is not exactly one title, first of all."""
    return levels.count(1) != 1 or levels[0] != 1 or any(b > a + 1 for a, b in pairwise(levels))


@pytest.mark.parametrize("fault", FAULTS)
def test_no_page_has_this_fault_on_the_narrowest_screen(fault: str, seen: dict[str, dict[str, Any]]) -> None:
    assert {name: found for name, measured in seen.items() if (found := FAULTS[fault](measured))} == {}


BAD = """<!doctype html><html lang="ar"><title>Bad</title><style>
.far { position: absolute; left: 400px } .cut { width: 5em; overflow: hidden; white-space: nowrap }
a, button { transition: color 1s }</style>
<body><article><h1>Bad</h1><h3>Out of order, said in English words</h3><p class="far">far</p><p class="cut">words that are cut off</p>
<p><button style="padding:0;width:9px;height:9px"></button><button style="padding:0;width:9px;height:9px"></button></p>
<figure><svg class="picture" role="img" viewBox="0 0 400 100" width="200"><text x="380" y="20" font-size="14"><tspan x="380">Teachers</tspan></text></svg></figure>
<figure><svg class="picture" role="img" aria-labelledby="t" viewBox="0 0 400 100"><title id="t">Name</title><text y="20">Leaders</text></svg>
<details class="text-version"><p>Teachers</p></details></figure></article>"""


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_seen_where_it_is_planted(fault: str, window: Page, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text(BAD, encoding="utf-8")
    page = look(window, tmp_path / "bad.html", 320)
    assert FAULTS[fault](page.evaluate(MEASURE))


# Text spacing (WCAG 1.4.12)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", SAMPLE)
def test_wider_spacing_cuts_nothing_off(name: str, width: int, window: Page, two_editions: Path) -> None:
    page = look(window, two_editions / f"{name}.html", width)
    page.evaluate(SPACED)
    measured = page.evaluate(MEASURE)
    rules = ("scrolls sideways", "reaches outside", "cuts text off", "label outside its picture")
    assert {rule: found for rule in rules if (found := FAULTS[rule](measured))} == {}


def test_a_button_too_narrow_for_wider_spacing_is_seen(window: Page, tmp_path: Path) -> None:
    text = '<!doctype html><title>x</title><button style="width:9em;height:3em;padding:0;overflow:hidden;font:16px sans-serif;white-space:nowrap">Print an empty</button>'
    (tmp_path / "bad.html").write_text(text, encoding="utf-8")
    page = look(window, tmp_path / "bad.html", 320)
    assert not page.evaluate(MEASURE)["cut"]
    page.evaluate(SPACED)
    assert page.evaluate(MEASURE)["cut"]
