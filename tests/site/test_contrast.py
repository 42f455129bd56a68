"""What axe leaves to the eye: labels over the shapes of pictures, and shapes and icons where a reader chooses the colours.
Judged by the pixels that are drawn."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from itertools import cycle, product
from math import ceil, floor
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.conftest import look, rest

SCHEMES = {"light": {"color_scheme": "light"}, "dark": {"color_scheme": "dark"}, "forced": {"forced_colors": "active"}}
PICTURES = (
    "en/index", "en/cases/belgium", "en/cases/denmark", "en/cases/index", "en/how/orientation/facilitator",
    "en/how/orientation/reflection", "en/how/stages/index", "en/how/stages/facilitating/index",
    "en/how/stages/facilitating/learning-labs", "en/how/stages/initiating/set-ups", "en/worksheets/facilitating-checklist",
    "en/worksheets/pathway-map", "en/what/index", "ar/how/stages/initiating/set-ups",
)
SAMPLE = list(zip(PICTURES, cycle(SCHEMES), strict=False))  # each picture in one scheme
LABELS = """() => [...document.querySelectorAll("svg.picture text tspan")].filter((e) => e.checkVisibility()).map((line) => {
  const box = line.getBoundingClientRect();
  return { text: line.textContent, fill: getComputedStyle(line).fill, box: [box.x, box.y + scrollY, box.right, box.bottom + scrollY] };
})"""
WITHOUT_LABELS = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("svg.picture text { visibility: hidden !important }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
SIGNS = """() => [...document.querySelectorAll(".shape, .picture .mark, .md-header svg, .logo")]
  .filter((e) => e.checkVisibility() && e.getBoundingClientRect().width > 4 && e.getBoundingClientRect().left >= 0 && e.getBoundingClientRect().right <= innerWidth)
  .map((e) => { const b = e.getBoundingClientRect(); return { what: `${e.localName}.${e.getAttribute("class")}`, box: [b.x - 3, b.y + scrollY - 3, b.right + 3, b.bottom + scrollY + 3] }; })"""
RGB = tuple[int, int, int]


def light(colour: RGB) -> float:
    """Relative luminance (WCAG)."""
    parts = [value / 255 for value in colour]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: RGB, other: RGB) -> float:
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def part(picture: Image.Image, box: list[float]) -> list[RGB]:
    """The pixels of a box."""
    left, top, right, bottom = map(round, box)
    return list(picture.crop((max(0, left), top, max(1, right), max(1, bottom))).convert("RGB").get_flattened_data())


def opened(window: Page, path: Path, scheme: str, width: int = 1280) -> Page:
    return look(window, path, width, reduced_motion="reduce", **SCHEMES[scheme])


def drawn(page: Page, boxes: list[list[float]]) -> Image.Image:
    """The part of the page that holds these boxes, in its place on a page that is white otherwise."""
    left, top = (max(0, floor(min(box[side] for box in boxes)) - 1) for side in (0, 1))
    right, bottom = (ceil(max(box[side] for box in boxes)) + 1 for side in (2, 3))
    clip = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    shot = Image.open(BytesIO(page.screenshot(full_page=True, clip=clip))).convert("RGB")
    whole = Image.new("RGB", (right, bottom), "white")
    whole.paste(shot, (left, top))
    return whole


def pale_labels(page: Page) -> list[str]:
    """Labels of pictures of which more than a little stands out less than 4.5 to 1 from what lies below it."""
    labels = page.evaluate(LABELS)
    boxes = [label["box"] for label in labels]
    drawn_with = drawn(page, boxes)
    page.evaluate(WITHOUT_LABELS)
    drawn_without = drawn(page, boxes)
    pale = []
    for label in labels:
        pixels = zip(part(drawn_with, label["box"]), part(drawn_without, label["box"]), strict=True)
        grounds = Counter(below for shown, below in pixels if shown != below)
        faint = sum(n for ground, n in grounds.items() if contrast(rgb(label["fill"]), ground) < 4.5)
        if not grounds or faint > 0.05 * grounds.total():
            pale.append(label["text"])
    return pale


def rgb(written: str) -> RGB:
    red, green, blue = (round(float(part)) for part in written[written.index("(") + 1 : -1].replace(",", " ").split()[:3])
    return red, green, blue


def lost_signs(page: Page) -> list[str]:
    """Shapes and icons in which nothing stands out 3 to 1 from the rest."""
    signs = page.evaluate(SIGNS)
    picture = drawn(page, [sign["box"] for sign in signs])
    return [sign["what"] for sign in signs if reach(part(picture, sign["box"])) < 3]


def reach(pixels: list[RGB]) -> float:
    """Contrast of the lightest pixel to the darkest."""
    colours = set(pixels)
    return contrast(max(colours, key=light), min(colours, key=light))


@pytest.mark.parametrize(("name", "scheme"), [*SAMPLE, *rest(*(way for way in product(PICTURES, SCHEMES) if way not in SAMPLE))])
def test_labels_stand_out_from_their_pictures(name: str, scheme: str, window: Page, two_editions: Path) -> None:
    for width in (1280, 390) if name == "en/index" else (1280,):  # a phone has the road upright
        page = opened(window, two_editions / f"{name}.html", scheme, width)
        assert pale_labels(page) == [], width


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["en/index", "en/where-to-start", "en/how/stages/initiating/set-ups", "ar/where-to-start"])
def test_shapes_and_icons_are_there_in_forced_colours(name: str, width: int, window: Page, two_editions: Path) -> None:
    page = opened(window, two_editions / f"{name}.html", "forced", width)
    assert lost_signs(page) == []


def test_a_pale_label_and_a_lost_shape_are_seen(window: Page, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text(
        """<!doctype html><title>x</title><style>.mark { fill: Canvas; forced-color-adjust: none }</style>
        <svg class="picture" viewBox="0 0 200 50" width="200" forced-color-adjust="none"><rect width="200" height="50" fill="#777"/>
        <path class="mark" d="M100 10h20v20h-20z" style="fill:#777"/><text y="20" fill="#999"><tspan>Pale label</tspan></text></svg>""", encoding="utf-8",
    )
    page = opened(window, tmp_path / "bad.html", "light")
    assert lost_signs(page) == ["path.mark"]
    assert pale_labels(page) == ["Pale label"]
