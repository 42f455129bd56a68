"""Converts the article of a built page into a section of the PDF book, without screen controls."""

from __future__ import annotations

from lxml.html import HtmlElement
from lxml.html.builder import CLASS, E

from roadmap.project import class_names

# What a template says of an element in `data-book`:
#   omit      not in the book             show      in the book, though a screen does not show it
#   unwrap    what is in it stays         sentence  its first sentence stays
#   inline    a list that runs on         no-page   a link without the number of its page
#   shape     of a role, drawn by styles  in-words  what a picture shows, once in the book
#   facts     a table with what the pictures of its page show

# Elements that one presses, or that only a screen shows
SCREEN_ONLY = (
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
ON_SCREEN = " | ".join(f".//{path}" for path in SCREEN_ONLY)
# Attributes that only a browser or a screen reader in it uses
BROWSER_ATTRIBUTES = (
    "role",
    "tabindex",
    "title",
    "for",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "aria-describedby",
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5")
# How the parts of a definition list become parts of a list: path, new tag, class
DEFINITION_PARTS = (
    ("div/dt", "p", "named"),
    ("div/dd", "div", "meant"),
    ("div", "li", ""),
)


def convert(article: HtmlElement, name: str, level: int) -> HtmlElement:
    """Turns an article into a section of the book. `name` goes in front of its ids."""
    for element in article.xpath(ON_SCREEN):
        element.drop_tree()
    for frame in article.xpath('.//*[@data-book="unwrap"]'):  # in which a screen moves a table
        frame.drop_tag()
    _keep_sentence_of_footer(article)
    _unfold(article)
    _convert_definition_lists(article)
    _tidy_lists(article)
    _convert_checkboxes(article)
    _convert_role_shapes(article)
    _merge_descriptions(article)
    _convert_inline_lists(article)
    for element in article.iter():
        if isinstance(element.tag, str):  # no comment
            _strip_browser_attributes(element)
            _prefix_id(element, name)
    for heading in article.xpath(".//h1 | .//h2 | .//h3 | .//h4"):
        own_level = HEADINGS.index(heading.tag)
        heading.tag = HEADINGS[own_level + level - 1]
    return article


def _keep_sentence_of_footer(article: HtmlElement) -> None:
    """Keeps of the footer the sentence that names the page of the original."""
    for footer in article.xpath('.//footer[@data-book="sentence"]'):
        sentence = E.p(first_sentence(footer), CLASS("retells"))
        footer.getparent().replace(footer, sentence)


def _unfold(article: HtmlElement) -> None:
    """Opens what is folded on a screen; its summary becomes a label."""
    for unseen in article.xpath('.//*[@data-book="show"]'):
        unseen.attrib.pop("class", None)
    for summary in article.xpath(".//details/summary"):
        summary.tag = "p"
        summary.set("class", "label")
    for details in article.xpath(".//details"):
        details.tag = "div"


def _convert_definition_lists(article: HtmlElement) -> None:
    """Turns `<dl>` with each pair in a `<div>` into `<ul>`: a PDF knows no other form of it."""
    for pairs in article.xpath(".//dl[div]"):
        pairs.tag = "ul"
        _put_class_first(pairs, "pairs")
        for path, tag, name in DEFINITION_PARTS:
            for element in pairs.xpath(path):
                element.tag = tag
                _put_class_first(element, name)


def _put_class_first(element: HtmlElement, name: str) -> None:
    """Adds a class before the other classes of an element."""
    others = element.get("class", "")
    classes = f"{name} {others}"
    element.set("class", classes.strip())


def _tidy_lists(article: HtmlElement) -> None:
    """Removes the spaces between items, and marks items of more than a line as `long`.

    The bullet of a long item is drawn otherwise.
    """
    for list_element in article.xpath(".//ul | .//ol"):
        if _is_blank(list_element.text):
            list_element.text = None
        for item in list_element:
            if _is_blank(item.tail):
                item.tail = None
    for item in article.xpath(".//li[p or div or table]"):
        _put_class_first(item, "long")


def _is_blank(text: str | None) -> bool:
    """Whether lxml has no text in a place, or spaces only."""
    return not (text or "").strip()


def _convert_checkboxes(article: HtmlElement) -> None:
    """Turns checkboxes into boxes that are drawn, and their labels into paragraphs."""
    for box in article.xpath('.//input[@type="checkbox"]'):
        box.tag = "span"
        box.attrib.clear()
        box.set("class", "box")
    for label in article.xpath(".//label"):
        label.tag = "div"
        label.set("class", "asked")


def _convert_role_shapes(article: HtmlElement) -> None:
    """Leaves the small shapes of the roles, decoration beside a word, to the style sheet."""
    for svg in article.xpath('.//svg[@data-book="shape"]'):
        shape = E.span(CLASS(svg.get("class")))
        shape.tail = svg.tail
        svg.getparent().replace(svg, shape)


def _merge_descriptions(article: HtmlElement) -> None:
    """Moves the description of each picture into its title: a PDF takes over the title only."""
    for svg in article.xpath(".//svg[@data-picture-svg]"):
        title = svg.find("title")
        description = svg.find("desc")
        sentence = title.text.strip()
        if sentence[-1:] not in ".!?":
            sentence += "."
        title.text = f"{sentence} {description.text.strip()}"
        description.drop_tree()


def _convert_inline_lists(article: HtmlElement) -> None:
    """Runs short lists on in one line.

    A source in them is named by its id, which the list of sources explains.
    """
    for list_element in article.xpath('.//ul[@data-book="inline"]'):
        list_element.tag = "span"
        for item in list_element.findall("li"):
            item.tag = "span"
        for link in list_element.xpath('.//a[contains(@href, "#source-")]'):
            link.text = link.get("href").rpartition("#source-")[2]
            del link[:]


def _strip_browser_attributes(element: HtmlElement) -> None:
    """Removes from an element what means nothing on paper."""
    for attribute in BROWSER_ATTRIBUTES:
        element.attrib.pop(attribute, None)


def _prefix_id(element: HtmlElement, name: str) -> None:
    """Puts the name of the page before an id, so that it is unique in the book."""
    own_id = element.get("id")
    if own_id:
        element.set("id", f"{name}--{own_id}")


def first_sentence(element: HtmlElement) -> str:
    """The text before the first element in the first paragraph of an element."""
    return "".join(element.xpath("(p/text())[1]")).strip()
