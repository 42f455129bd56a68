"""What Python looks for in a page stands in `data-` attributes that templates write for it, never in CSS class names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest

from tests.conftest import ROOT

Marker = tuple[str, str]  # an attribute, and its value where Python asks for one

LISTED = "class_names"  # the module with the classes that Markdown writes: those may be looked for
ALLOWED = {  # module → why it looks at class names all the same
    "roadmap/project/class_names.py": "it lists those that Markdown writes",
    "roadmap/postprocess/unused_css.py": "which classes a page has decides which styles are needed",
}
OWN = {"data-md-toggle": "the theme does"}  # attribute → why no template of ours writes it
TEMPLATES = ("macros/templates", "overrides", "roadmap/templates")

XPATH = re.compile(r"@class\b")
MARKUP = re.compile(r"\bclass\b\\?\s*=")
SELECTOR = re.compile(r"(?:^|[\s>+~,(])[a-z]*\.[a-z]|\[class")
SCRIPT = re.compile(r"""querySelector(?:All)?\((["'])(?:(?!\1).)*?\.[a-z]|classList|className""")
SEARCHING = {"startswith", "endswith", "index", "find", "rfind", "split", "partition", "rpartition", "replace", "count"}
SELECTING = {"locator", "query_selector", "query_selector_all", "wait_for_selector", "click", "cssselect"}


def modules() -> list[Path]:
    return sorted((ROOT / "roadmap").rglob("*.py"))


def nodes(source: str) -> Iterator[ast.AST]:
    """Everything in some code but its documentation and the parts of formatted strings."""
    tree = ast.parse(source)
    left_out = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    left_out |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    return (node for node in ast.walk(tree) if id(node) not in left_out)


def text_of(node: ast.AST) -> str:
    """What is written in a string, formatted or not; `{}` for each value in it."""
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


# Class names


def is_get_class(node: ast.AST) -> bool:
    """`element.get("class")` or `element.attrib["class"]`."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and node.func.attr == "get" and [*map(text_of, node.args)][:1] == ["class"]
    return isinstance(node, ast.Subscript) and text_of(node.slice) == "class"


def looks_for_a_class(node: ast.AST) -> bool:
    if XPATH.search(text_of(node)) or SCRIPT.search(text_of(node)):
        return True
    if isinstance(node, ast.Compare):
        sides = (node.left, *node.comparators)
        return any(is_get_class(part) for side in sides for part in ast.walk(side)) or bool(MARKUP.search(text_of(node.left)))
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    name, first = node.func.attr, text_of(node.args[0]) if node.args else ""
    if name == "find_class" or any(isinstance(part, ast.Attribute) and part.attr == "classes" for part in (node.func.value, *node.args)):
        return True
    if is_get_class(node.func.value) and name in SEARCHING:
        return True
    of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
    return bool(MARKUP.search(first) if of_re or name in SEARCHING else name in SELECTING and SELECTOR.search(first))


def class_look_ups(source: str) -> list[str]:
    """The code that looks for a class by a name of its own, as it is written."""
    return [
        ast.unparse(node)
        for node in nodes(source)
        if looks_for_a_class(node)
        and not any(isinstance(part, ast.Name) and part.id == LISTED for part in ast.walk(node))
    ]


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_looks_for_a_class(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    assert bool(class_look_ups(path.read_text(encoding="utf-8"))) == (name in ALLOWED)


PLANTED = {
    "a path": """article.xpath('.//p[@class="to-facts"]')""",
    "a path in pieces": """f'//{tag}[contains(@class, "screen-only")]'""",
    "an expression": """re.compile(r'<ul class="sheet-files.*?</ul>')""",
    "an expression without quotes": """re.sub(r"<details class=.?editions-menu", "", html)""",
    "a method": """article.find_class("wide")""",
    "the classes": """element.classes.intersection(LEFT_OUT)""",
    "the classes, the other way round": """LEFT_OUT.intersection(element.classes)""",
    "a comparison": """link.get("class") != "term\"""",
    "a comparison with several": """link.get("class") in {"term", "also"}""",
    "a comparison of an attribute": """link.attrib["class"] == "term\"""",
    "the beginning of a class": """svg.get("class").startswith("shape")""",
    "a text": """'<section class="edition-status">' in html""",
    "a replacement": """html.replace('<p class="a">', "<p>")""",
    "a selector": """page.locator(".search-open").click()""",
    "a selector of an element": """page.locator("ul > li.first")""",
    "a script": """SCRIPT = '() => document.querySelector("ol.hits")'""",
}


@pytest.mark.parametrize("code", PLANTED.values(), ids=PLANTED)
def test_a_planted_look_up_is_caught(code: str) -> None:
    assert class_look_ups(code)


WRITTEN = {
    "a class for styles": """E.p(CLASS("see-list"), E.span(**{"class": "box"}))""",
    "one class more": """item.set("class", f"long {item.get('class', '')}")""",
    "a class in the place of a style": """ALIGNED.sub(lambda cell: f'{cell[1]} class="at-{cell[2]}"', html)""",
    "what Markdown writes": """link.get("class") != class_names.HEADING_LINK""",
    "what authors write": """element.classes.isdisjoint(class_names.LINKS)""",
    "an attribute": """page.locator("[data-search=open]").click()""",
    "documentation": '''"""Says `class="x"` and @class."""''',
}


@pytest.mark.parametrize("code", WRITTEN.values(), ids=WRITTEN)
def test_what_looks_for_nothing_is_no_look_up(code: str) -> None:
    assert class_look_ups(code) == []


# Attributes


MARKER = re.compile(r"""(data-[a-z]+(?:-[a-z]+)*)(?:=(?:"([a-z-]+)"|([a-z-]+)\]))?""")


def markers_in(source: str) -> Iterator[Marker]:
    """The attributes that code names, with the value it asks for."""
    for node in nodes(source):
        for name, quoted, bare in MARKER.findall(text_of(node)):
            yield name, quoted or bare


def markers() -> set[Marker]:
    return {marker for path in modules() for marker in markers_in(path.read_text(encoding="utf-8"))}


def written(marker: Marker, templates: str) -> bool:
    name, value = marker
    return bool(re.search(rf'[\s"]{name}="{value}"' if value else rf"[\s\"]{name}(?![\w-])", templates))


def test_every_attribute_that_is_looked_for_is_written_by_a_template() -> None:
    files = (path for folder in TEMPLATES for path in (ROOT / folder).rglob("*") if path.suffix in {".html", ".j2"})
    templates = "\n".join(path.read_text(encoding="utf-8") for path in files)
    found = markers()
    assert {marker for marker in found if not written(marker, templates)} == {m for m in found if m[0] in OWN}
    assert {name for name, _ in found} >= OWN.keys()
    assert len(found) > 20
    assert not written(("data-book", "gone"), templates) and not written(("data-gone", ""), templates)


ELSEWHERE = {  # looked for, but not on these pages → where it is tested
    "data-copy": "where there are several editions: tests/publish/test_zip_copy.py",
    "data-md-toggle": "its value `search` is of what is taken away",
    "data-page": "roadmap/pdf/book.py writes it in the book, for its styles",
}


@pytest.mark.xdist_group("site")
def test_every_attribute_that_is_looked_for_stands_on_a_page(site: Path) -> None:
    there = {
        marker
        for page in site.rglob("*.html")
        for element in lxml.html.parse(str(page)).iter("*")
        for name, value in element.attrib.items()
        for marker in ((name, ""), (name, value))
    }
    assert {name for name, value in markers() - there} == ELSEWHERE.keys()
