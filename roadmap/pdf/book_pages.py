"""Reads the finished pages of an edition as leaves of a book: in their order, without what one
presses on a screen.

Ids get the name of their page in front, so that they are unique in the book; links between pages
lead inside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html
from lxml.html import HtmlElement
from lxml.html.builder import CLASS, E

from roadmap.project import class_names

# What a template says of an element in `data-book`:
#   omit      not in the book             show      in the book, though a screen does not show it
#   unwrap    what is in it stays         sentence  its first sentence stays
#   inline    a list that runs on         no-page   a link without the number of its page
#   shape     of a role, drawn by styles  in-words  what a picture shows, once in the book
#   facts     a table with what the pictures of its page show
LEFT_OUT = re.compile(
    r"^(worksheets/|take-along\.|about/(contribute|data|privacy|status)\.)"
)  # screen only, or papers
ON_SCREEN = " | ".join(
    f".//{path}"
    for path in (  # what one presses, or what only a screen shows
        '*[@data-book="omit"]',
        f"a[{class_names.xpath(class_names.HEADING_LINK)}]",
        f"p[a[{class_names.xpath(*class_names.LINKS)}]]",
        "*[@hidden]",
        "button",
        "textarea",
        "noscript",
        "script",
        "template",
    )
)
READ_ALOUD = (
    "role",
    "tabindex",
    "title",
    "for",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "aria-describedby",
)
WITHOUT_PAGE = 'self::*[@data-book="no-page"] | ancestor::*[@data-book="inline"] | ancestor::table'
HEADINGS = ("h1", "h2", "h3", "h4", "h5")


@dataclass(frozen=True)
class Leaf:
    """A page of the site in the book. `level` 1 opens a chapter; `body` is what one reads there."""

    path: str  # below the edition, ends in .html
    level: int
    title: str
    body: HtmlElement
    attributes: Mapping[str, str] = field(default_factory=dict)  # stage, language, direction

    @property
    def name(self) -> str:
        return _name(self.path)


def leaves(edition: Path, nav: list[Any], paint: Callable[[str], str]) -> list[Leaf]:
    """The pages that a navigation names, ready for the book. `paint` gives the pictures of a page
    their colours.
    """
    found = [_leaf(edition, path, level, paint) for path, level in order(nav)]
    _once(found)
    _link(found)
    return found


def order(nav: list[Any]) -> Iterator[tuple[str, int]]:
    """Every page of a navigation that the book holds, and its level: the first of a section opens a
    chapter.
    """
    for entry in nav:
        pages = [path for path in _paths(entry) if not LEFT_OUT.match(path)]
        for place, path in enumerate(pages):
            yield re.sub(r"\.md$", ".html", path), 2 if place else 1


def _paths(entry: Any) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    for part in (
        entry.values() if isinstance(entry, dict) else entry if isinstance(entry, list) else ()
    ):
        yield from _paths(part)


def _name(path: str) -> str:
    return path.removesuffix(".html").replace("/", "-")


def _leaf(edition: Path, path: str, level: int, paint: Callable[[str], str]) -> Leaf:
    tree = lxml.html.fromstring(paint((edition / path).read_text(encoding="utf-8")))
    article = tree.find(".//article")
    around = [article, *article.iterancestors("div")]
    kept = {n: v for e in around for n, v in e.items() if n in {"lang", "dir", "data-stage"}}
    body = _read(article, _name(path), level)
    title = body.find(f".//h{level}")
    if article.get("lang"):
        _tell(tree, title)
    return Leaf(path, level, title.text_content().strip(), body, kept)


def _tell(tree: HtmlElement, title: HtmlElement) -> None:
    """A page in another language than the book says why, in the language of the book."""
    for note in tree.xpath('//aside[@data-book="sentence"]'):
        said = "".join(note.xpath("(p/text())[1]")).strip()
        title.addnext(
            E.p(said, CLASS("retells"), lang=tree.get("lang"), dir=tree.get("dir", "ltr"))
        )


# What one reads of a page


def _read(article: HtmlElement, name: str, level: int) -> HtmlElement:
    """The article as a section of the book."""
    for element in article.xpath(ON_SCREEN):
        element.drop_tree()
    for frame in article.xpath('.//*[@data-book="unwrap"]'):  # in which a screen moves a table
        frame.drop_tag()
    _foot(article)
    for change in (_unfold, _listed, _tidy_lists, _tick_boxes, _shapes, _alternatives, _run_on):
        change(article)
    for element in article.iter():
        if isinstance(element.tag, str):
            _bare(element, name)
    for heading in article.xpath(".//h1 | .//h2 | .//h3 | .//h4"):
        heading.tag = HEADINGS[HEADINGS.index(heading.tag) + level - 1]
    return article


def _foot(article: HtmlElement) -> None:
    """Of the foot of the page stays the sentence that names the page of the original."""
    for foot in article.xpath('.//footer[@data-book="sentence"]'):
        said = "".join(foot.xpath("(p/text())[1]")).strip()
        foot.getparent().replace(foot, E.p(said, CLASS("retells")))


def _unfold(article: HtmlElement) -> None:
    """What is folded on a screen lies open; its summary becomes a label."""
    for unseen in article.xpath('.//*[@data-book="show"]'):
        unseen.attrib.pop("class", None)
    for summary in article.xpath(".//details/summary"):
        summary.tag = "p"
        summary.set("class", "label")
    for details in article.xpath(".//details"):
        details.tag = "div"


def _listed(article: HtmlElement) -> None:
    """Names with what they stand for, each pair in a group: a list, the only form of it that a PDF
    knows.
    """
    for pairs in article.xpath(".//dl[div]"):
        pairs.tag = "ul"
        pairs.set("class", f"pairs {pairs.get('class', '')}".strip())
        for part, tag, name in (
            ("div/dt", "p", "named"),
            ("div/dd", "div", "meant"),
            ("div", "li", ""),
        ):
            for element in pairs.xpath(part):
                element.tag = tag
                element.set("class", f"{name} {element.get('class', '')}".strip())


def _tidy_lists(article: HtmlElement) -> None:
    """No spaces between the items; items of more than a line are marked, since their bullet is
    drawn otherwise.
    """
    for listed in article.xpath(".//ul | .//ol"):
        for text in (listed, *listed):
            spaces = "text" if text is listed else "tail"
            if not (getattr(text, spaces) or "").strip():
                setattr(text, spaces, None)
    for item in article.xpath(".//li[p or div or table]"):
        item.set("class", f"long {item.get('class', '')}".strip())


def _tick_boxes(article: HtmlElement) -> None:
    for box in article.xpath('.//input[@type="checkbox"]'):
        box.tag = "span"
        box.attrib.clear()
        box.set("class", "box")
    for label in article.xpath(".//label"):
        label.tag = "div"
        label.set("class", "asked")


def _shapes(article: HtmlElement) -> None:
    """The small shapes of the roles are decoration beside a word: the style sheet draws them."""
    for svg in article.xpath('.//svg[@data-book="shape"]'):
        shape = E.span(CLASS(svg.get("class")))
        shape.tail = svg.tail
        svg.getparent().replace(svg, shape)


def _alternatives(article: HtmlElement) -> None:
    """The title of a picture is all that a PDF tells of it: it takes in the description."""
    for svg in article.xpath(".//svg[@data-picture-svg]"):
        title, description = svg.find("title"), svg.find("desc")
        said = title.text.strip()
        title.text = f"{said if said[-1:] in '.!?' else said + '.'} {description.text.strip()}"
        description.drop_tree()


def _run_on(article: HtmlElement) -> None:
    """Short lists run on in one line. A source is named by its id, which the list of sources
    explains.
    """
    for listed in article.xpath('.//ul[@data-book="inline"]'):
        for element in (listed, *listed.findall("li")):
            element.tag = "span"
        for link in listed.xpath('.//a[contains(@href, "#source-")]'):
            link.text = link.get("href").rpartition("#source-")[2]
            del link[:]


def _bare(element: HtmlElement, name: str) -> None:
    """Without what only a browser uses; its id with the name of the page in front."""
    for attribute in READ_ALOUD:
        element.attrib.pop(attribute, None)
    if element.get("id"):
        element.set("id", f"{name}--{element.get('id')}")


# What a book says once


def _once(found: list[Leaf]) -> None:
    """A question list stands in full where it comes first; later its title leads there. Words of a
    picture too.
    """
    lists: dict[str, HtmlElement] = {}
    words: set[str] = set()
    for leaf in found:
        for asked in leaf.body.xpath(".//section[@data-list]"):
            first = lists.setdefault(asked.get("data-list"), asked)
            if first is not asked:
                _lead(asked, first)
        if leaf.body.xpath('.//*[@data-book="facts"]'):  # which holds the figures of the pictures
            for table in leaf.body.xpath('.//*[@data-book="in-words"]/table'):
                table.drop_tree()
        for version in leaf.body.xpath('.//*[@data-book="in-words"]'):
            said = " ".join(version.text_content().split())
            if said in words or len(version) == 1:
                version.drop_tree()
            words.add(said)


def _lead(again: HtmlElement, first: HtmlElement) -> None:
    title = again.get_element_by_id(f"{again.get('id')}-title").text_content()
    link = E.a(title, {"href": f"#{first.get('id')}", "data-book": "no-page"})
    pointer = E.p(CLASS("see-list"), E.span(CLASS("box")), link, id=again.get("id"))
    pointer.tail = again.tail
    again.getparent().replace(again, pointer)


# Links


def _link(found: list[Leaf]) -> None:
    """Links to pages of the book lead inside it; links to what it does not hold become plain
    words.
    """
    pages = {leaf.path: leaf for leaf in found}
    ids = {id for leaf in found for id in leaf.body.xpath(".//@id")}
    for leaf in found:
        for link in leaf.body.xpath(".//a[@href]"):
            _only_text(link)
            address = link.get("href")
            if urlsplit(address).scheme:
                _say_where(link, E.span(f" ({address})", CLASS("address")))
            elif target := _target(leaf, address, pages, ids):
                link.set("href", target)
                if not link.xpath(WITHOUT_PAGE):
                    _say_where(link, E.span(CLASS("on-page"), href=target))
            else:
                link.drop_tag()


def _only_text(link: HtmlElement) -> None:
    """A link that holds an element is two links in a PDF. One around all of it moves out, others
    go.
    """
    if len(link) == 1 and not (link.text or link[0].tail):
        around = E(link[0].tag, **dict(link[0].attrib))
        link.addprevious(around)
        around.tail, link.tail = link.tail, None
        around.append(link)
    for element in list(link):
        element.drop_tag()


def _say_where(link: HtmlElement, where: HtmlElement) -> None:
    """On paper a link shows where it leads; the style sheet writes the number of the page."""
    where.tail, link.tail = link.tail, None
    link.addnext(where)


def _target(leaf: Leaf, href: str, pages: Mapping[str, Leaf], ids: set[str]) -> str | None:
    parts = urlsplit(href)
    if parts.fragment in ids:  # set here, not written on the page
        return href
    path = normpath(join(dirname(leaf.path), unquote(parts.path))) if parts.path else leaf.path
    if path not in pages:
        return None
    place = f"{pages[path].name}--{unquote(parts.fragment)}"
    return f"#{place if place in ids else pages[path].name}"
