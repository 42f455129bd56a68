"""Converts the finished pages of an edition into pages of the PDF book, without screen controls.

The pages come in the order of the navigation. Ids get the name of their page in front, so that they
are unique in the book; links between pages lead inside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html
from lxml.html import HtmlElement
from lxml.html.builder import CLASS, E

from roadmap.pdf.book_articles import convert, first_sentence
from roadmap.project.navigation import nav_paths

# Pages that the book does not hold: they make sense on a screen only, or are papers by themselves
LEFT_OUT = re.compile(r"^(worksheets/|take-along\.|about/(contribute|data|privacy|status)\.)")
# Attributes around an article that the section in the book keeps
SECTION_ATTRIBUTES = {"lang", "dir", "data-stage"}
# Links that show no page number
WITHOUT_PAGE = 'self::*[@data-book="no-page"] | ancestor::*[@data-book="inline"] | ancestor::table'


@dataclass(frozen=True)
class BookPage:
    """A page of the site in the book.

    `path` is below the edition and ends in .html; `level` 1 opens a chapter; `body` is what one
    reads there; `attributes` are stage, language and direction of its section.
    """

    path: str
    level: int
    title: str
    body: HtmlElement
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The id of the page in the book."""
        return _name(self.path)


def book_pages(
    site_pages: Mapping[str, str],
    nav: list[Any],
    inline_css: Callable[[str], str],
) -> list[BookPage]:
    """The pages that a navigation names, ready for the book.

    `site_pages` are the built pages: path below the edition → HTML; `inline_css` takes the HTML of
    a page and gives its pictures their colours.
    """
    pages = []
    for path, level in order(nav):
        html = inline_css(site_pages[path])
        pages.append(_book_page(path, level, html))
    _remove_repetitions(pages)
    _convert_links(pages)
    return pages


def order(nav: list[Any]) -> Iterator[tuple[str, int]]:
    """Every page of a navigation that the book holds, and its level.

    The first page of a section opens a chapter: level 1. The others are level 2.
    """
    for section in nav:
        level = 1
        for path in nav_paths(section):
            if LEFT_OUT.match(path):
                continue
            yield re.sub(r"\.md$", ".html", path), level
            level = 2


def _name(path: str) -> str:
    """The id of a page in the book: `how/stages/index.html` is `how-stages-index`."""
    return path.removesuffix(".html").replace("/", "-")


def _book_page(path: str, level: int, html: str) -> BookPage:
    """A built page as a page of the book, apart from what concerns other pages, such as links."""
    tree = lxml.html.fromstring(html)
    article = tree.find(".//article")
    attributes = _section_attributes(article)
    body = convert(article, _name(path), level)
    title = body.find(f".//h{level}")
    if article.get("lang"):
        _note_language(tree, title)
    return BookPage(
        path=path,
        level=level,
        title=title.text_content().strip(),
        body=body,
        attributes=attributes,
    )


def _section_attributes(article: HtmlElement) -> dict[str, str]:
    """Stage, language and direction of an article; those of an element around it count more."""
    attributes = {}
    for element in (article, *article.iterancestors("div")):
        for name, value in element.items():
            if name in SECTION_ATTRIBUTES:
                attributes[name] = value
    return attributes


def _note_language(tree: HtmlElement, title: HtmlElement) -> None:
    """Notes below the title of a page in another language than the book why it is so.

    The note is in the language of the book.
    """
    language = tree.get("lang")
    direction = tree.get("dir", "ltr")
    for note in tree.xpath('//aside[@data-book="sentence"]'):
        sentence = first_sentence(note)
        title.addnext(E.p(sentence, CLASS("retells"), lang=language, dir=direction))


# What a book says once


def _remove_repetitions(pages: list[BookPage]) -> None:
    """Keeps a question list, and what a picture shows in words, where each comes first.

    Where a question list comes again, its title leads to the first.
    """
    first_lists: dict[str, HtmlElement] = {}
    texts: set[str] = set()
    for page in pages:
        for questions in page.body.xpath(".//section[@data-list]"):
            first = first_lists.setdefault(questions.get("data-list"), questions)
            if first is not questions:
                _replace_by_link(questions, first)
        _remove_repeated_texts(page.body, texts)


def _remove_repeated_texts(body: HtmlElement, texts: set[str]) -> None:
    """Removes what pictures show in words where `texts` holds it; adds to them what stays."""
    if body.xpath('.//*[@data-book="facts"]'):  # which holds the figures of the pictures
        for table in body.xpath('.//*[@data-book="in-words"]/table'):
            table.drop_tree()
    for in_words in body.xpath('.//*[@data-book="in-words"]'):
        text = " ".join(in_words.text_content().split())
        holds_label_only = len(in_words) == 1
        if text in texts or holds_label_only:
            in_words.drop_tree()
        texts.add(text)


def _replace_by_link(questions: HtmlElement, first: HtmlElement) -> None:
    """Replaces a question list by its title, as a link to where the list stands in full."""
    own_id = questions.get("id")
    title = questions.get_element_by_id(f"{own_id}-title")
    link_attributes = {
        "href": f"#{first.get('id')}",
        "data-book": "no-page",
    }
    pointer = E.p(
        CLASS("see-list"),
        E.span(CLASS("box")),
        E.a(title.text_content(), link_attributes),
        id=own_id,
    )
    pointer.tail = questions.tail
    questions.getparent().replace(questions, pointer)


# Links


def _convert_links(pages: list[BookPage]) -> None:
    """Leads links to pages of the book inside it; drops links to what it does not hold.

    Of a link that is dropped its words stay.
    """
    pages_by_path = {page.path: page for page in pages}
    ids: set[str] = set()
    for page in pages:
        ids.update(page.body.xpath(".//@id"))
    for page in pages:
        for link in page.body.xpath(".//a[@href]"):
            _drop_elements_in(link)
            target = _target(page, link.get("href"), pages_by_path, ids)
            _convert_link(link, target)


def _convert_link(link: HtmlElement, target: str | None) -> None:
    """Shows behind a link where it leads; drops the link where it leads nowhere."""
    address = link.get("href")
    if urlsplit(address).scheme:
        _put_behind(link, E.span(f" ({address})", CLASS("address")))
    elif not target:
        link.drop_tag()
    else:
        link.set("href", target)
        if not link.xpath(WITHOUT_PAGE):  # else the style sheet writes the number of the page
            _put_behind(link, E.span(CLASS("on-page"), href=target))


def _drop_elements_in(link: HtmlElement) -> None:
    """Leaves text only in a link: one that holds an element is two links in a PDF.

    An element around all of its text moves outside, others are dropped.
    """
    if len(link) == 1 and not link.text and not link[0].tail:
        around = E(link[0].tag, **dict(link[0].attrib))
        around.tail = link.tail
        link.tail = None
        link.addprevious(around)
        around.append(link)
    for element in list(link):
        element.drop_tag()


def _put_behind(link: HtmlElement, element: HtmlElement) -> None:
    """Puts an element between a link and the text that follows it."""
    element.tail = link.tail
    link.tail = None
    link.addnext(element)


def _target(
    page: BookPage,
    href: str,
    pages: Mapping[str, BookPage],
    ids: set[str],
) -> str | None:
    """The anchor in the book that a link on a page leads to; None where the book has none."""
    parts = urlsplit(href)
    if parts.scheme:
        return None
    if parts.fragment in ids:  # set here, not written on the page
        return href
    path = page.path
    if parts.path:
        path = normpath(join(dirname(page.path), unquote(parts.path)))
    if path not in pages:
        return None
    name = pages[path].name
    anchor = f"{name}--{unquote(parts.fragment)}"
    if anchor in ids:
        return f"#{anchor}"
    return f"#{name}"
