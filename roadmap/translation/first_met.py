"""Finds where readers meet each string first: renders the pieces of all English pages with a
number on each string, and reads them as they stand. Writes no catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from gettext import NullTranslations
from itertools import islice

from lxml import etree

from macros.edition_pieces import make_pieces
from macros.language.translator import FIRST_NUMBER, Translator
from roadmap.project.navigation import in_nav_order
from roadmap.project.once import once
from roadmap.project.pages import Page
from roadmap.project.piece_calls import Call, call_piece, calls
from roadmap.project.project import Project
from roadmap.translation import extract
from roadmap.translation.extract import Form

NUMBER = re.compile("[\U000f0000-\U000ffffd]")
ADDRESS = "https://value-roadmap.example/en/"  # of a site that is published: worksheets show it
MOST_BESIDE = 2  # strings before, and as many after
SAID = "what it says while one works with it"
ALOUD = "read aloud, not seen"
POINTED_AT = "shown when one points at it"
IN_A_SENTENCE = "the picture in a sentence, read aloud"
NAMED_ALOUD = "the name of the picture, read aloud"
UNSEEN = frozenset((ALOUD, POINTED_AT, IN_A_SENTENCE, NAMED_ALOUD))
PARTS = {  # element → what a string in it is
    "a": "a link",
    "button": "a button",
    "caption": "the title of a table",
    "desc": IN_A_SENTENCE,
    "dt": "a term of a list",
    "figcaption": "the title of a picture",
    "label": "the name of a field",
    "legend": "the title of some fields",
    "li": "an item of a list",
    "option": "one of a choice",
    "summary": "a line that unfolds more",
    "td": "a cell of a table",
    "template": SAID,
    "text": "a label in the picture",
    "th": "the heading of a column",
    "title": NAMED_ALOUD,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "a heading"),
}
ROW = "the heading of a row"
TEXT = "a line of text"  # in any other element
ATTRIBUTES = {  # attribute → what a string in it is; in any other, a script says it
    "alt": ALOUD,
    "aria-label": ALOUD,
    "placeholder": "in an empty field",
    "title": POINTED_AT,
}
GROUPS = frozenset(("dl", "ol", "select", "svg", "template", "tr", "ul"))  # of strings side by side


@dataclass(frozen=True)
class Place:
    """Where readers meet a string first: the title of the page, the piece, what it is in there, and
    the English texts around it.
    """

    page: str
    piece: str
    part: str
    beside: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Met:
    """A string in the markup of a piece. Those of one `group` stand side by side."""

    form: Form
    part: str
    group: Hashable


@once
def places(project: Project) -> dict[Form, Place]:
    """The place of each string that a page shows, in the order in which readers meet them: by page
    in the order of the navigation, then as the page has them. Raises Problems.
    """
    forms = list(dict.fromkeys(each.form for each in extract.sentences(project)))
    pieces = make_pieces(
        project.content.facts,
        Translator("en", _Numbered(forms)),
        version=project.version,
        address=ADDRESS,
        bytecode=project.bytecode,
    )
    found: dict[Form, Place] = {}
    pages = project.english.pages
    for path in in_nav_order(project.nav, pages):
        page = pages[path]
        for call in calls(page)[0]:
            markup, _ = call_piece(page, call, pieces(page.path))
            met = list(_met(markup, forms))
            for form in dict.fromkeys(each.form for each in met):
                if form not in found:
                    found[form] = _place(page, call, met, form)
    return found


class _Numbered(NullTranslations):
    """Translates into English, with a character in front that tells which string it is."""

    def __init__(self, forms: Sequence[Form]):
        super().__init__()
        self.numbers = {form: chr(FIRST_NUMBER + index) for index, form in enumerate(forms)}

    def gettext(self, message: str) -> str:
        return self.numbers.get((None, message), "") + message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.numbers.get((None, msgid1), "") + super().ngettext(msgid1, msgid2, n)

    def pgettext(self, context: str, message: str) -> str:
        return self.numbers.get((context, message), "") + message


# What stands where


def _met(markup: str, forms: Sequence[Form]) -> Iterator[_Met]:
    """The strings in the markup of a piece, in its order."""
    if not NUMBER.search(markup):
        return
    for event, element in etree.iterwalk(etree.HTML(markup), events=("start", "end")):
        if event == "end":
            yield from _met_in(element.tail, element.getparent(), forms)
            continue
        for name, value in element.attrib.items():
            yield from _met_in(value, element, forms, ATTRIBUTES.get(name, SAID))
        yield from _met_in(element.text, element, forms)


def _met_in(
    text: str | None, element: etree._Element, forms: Sequence[Form], part: str = ""
) -> Iterator[_Met]:
    """The strings in a text of an element; `part` is given where that is an attribute."""
    for number in NUMBER.findall(text or ""):
        own_part = part or _part(element)
        form = forms[ord(number) - FIRST_NUMBER]
        yield _Met(form, own_part, _group(element, own_part))


def _part(element: etree._Element) -> str:
    """What the text of an element is to a reader."""
    for each in (element, *element.iterancestors()):
        if each.tag == "th" and each.get("scope", "").startswith("row"):
            return ROW
        if each.tag in PARTS:
            return PARTS[each.tag]
    return TEXT


def _group(element: etree._Element, part: str) -> Hashable:
    """What holds the strings beside those of an element: a row, a list, a picture, else all.

    The headings of rows stand below each other.
    """
    if part == ROW:
        return next(element.iterancestors("table"), None), part
    for each in (element, *element.iterancestors()):
        if each.tag in GROUPS:
            return each
    return None


def _place(page: Page, call: Call, met: Sequence[_Met], form: Form) -> Place:
    """Where a string is in a piece: where it is seen first, else where it is read aloud."""
    own = [each for each in met if each.form == form]
    chosen = next((each for each in own if each.part not in UNSEEN), own[0])
    in_group = [each for each in met if each.group == chosen.group]
    beside = _beside(in_group, chosen) or _beside(met, chosen)
    title = page.headings[0].text if page.headings else page.path
    piece = " ".join((call.name.replace("_", " "), *call.arguments[:1]))
    return Place(title, piece, chosen.part, beside)


def _beside(met: Sequence[_Met], own: _Met) -> tuple[str, ...]:
    return around([each.form[1] for each in met], met.index(own))


def around(texts: Sequence[str], index: int) -> tuple[str, ...]:
    """The texts closest to one of them that are others: at most `MOST_BESIDE` on each side."""
    before = _others(reversed(texts[:index]), texts[index])
    after = _others(texts[index + 1 :], texts[index])
    return tuple(dict.fromkeys([*reversed(before), *after]))


def _others(texts: Iterable[str], own: str) -> list[str]:
    distinct = dict.fromkeys(text for text in texts if text != own)
    return list(islice(distinct, MOST_BESIDE))
