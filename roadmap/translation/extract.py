"""Extracts every sentence to translate: from the facts, our code and templates, the theme.

In code, sentences are literals in calls: `translator.gettext("…")`,
`translator.ngettext("…", "…", n)`, `N_("…")`; in templates `_("…")` and `ngettext("…", "…", n)`. A
comment at the end of the first line of a call in code is for translators.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from jinja2 import Environment, nodes

import macros
from macros.facts.model import Facts
from macros.facts.translatable import texts
from macros.language.messages import LAYOUT, PLACEHOLDER
from roadmap.project.cache import fingerprint
from roadmap.project.once import once
from roadmap.project.project import Project

Form = tuple[str | None, str]  # context and English text; of a plural, the text for one

CODE = Path(macros.__file__).parent.parent  # holds macros/ and roadmap/
THEME = "overrides/partials/words.html"
CALLS = {  # call → its arguments that are sentences (and `c`, the context)
    "_": None,
    "gettext": None,
    "N_": None,
    "translator.gettext": None,
    "ngettext": (1, 2),
    "translator.ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
TEMPLATES = {
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "silent": "false",
    "newstyle_gettext": "true",
}
REMARK = re.compile(r"  # (?!type:|noqa)(.+)$")  # for translators, behind a call
CATEGORIES = (
    "stages",
    "worksheets",
    "setups",
    "methods",
    "glossary",
    "voices",
    "cases",
    "sources",
)  # the order of the work
FACTS_SHOWN = (  # path of a text of the facts → where a reader meets it; the first that fits
    (r"stages/.*/hint", "Below a question of a checklist, on screen and on paper"),
    (r"stages/.*/Q[\d.]+[a-z]?/text", "A question of a checklist, on screen and on paper"),
    (r"stages/", "About a stage: in pictures, above checklists, on worksheets"),
    (r"worksheets/", "On a worksheet"),
    (r".*/arrangement/", "In the picture of a set-up, and in the table below it"),
    (r".*/sessions/", "In the timeline of a pathway, and in the table below it"),
    (r"setups/", "Where the set-ups are shown, also on a worksheet"),
    (r"methods/", "In a picture and in the list below it, and on worksheets"),
    (r"glossary/.*/term", "A term, as the glossary names it"),
    (r"glossary/", "In the glossary; also shown where a page links to a term"),
    (r"voices/", "What somebody of the pilots said, retold"),
    (r"cases/", "On the pages about the four countries"),
    (r"sources/", "In the list of sources"),
)
THEME_SHOWN = (  # key of a sentence of the layout → where a reader meets it; the first that fits
    (r"skip|open_navigation|to_", "At the top of every page"),
    (r"you_are_here|on_this_page|table|heading_link", "Read aloud or pointed at, on every page"),
    (r"open_search|search_", "In the search"),
    (r"retells_|where_from|page_foot|sign_", "Below the text of a page"),
    (r"edition|still_|help_|unofficial|draft|official", "About this and other translations"),
    (r"not_found_", "On the page for an address that is not there"),
    (r"social_picture", "The picture that other sites show beside a link, in words"),
    (r"offline_", "At the foot of every page, about saving the site for use without network"),
    (
        r"foot|about|sources|rights|accessibility|privacy|contribute|contact|repository|take_along"
        r"|book",
        "At the foot of every page",
    ),
)
ON_PAGES = "On pages, in or around what is made from the facts"
CHECKLISTS = "In checklists, and what they say when one works with them"
WORKSHEETS = "On worksheets and where they are listed"
# file with sentences, or its folder → where a reader meets them; the longest name that fits
CODE_SHOWN = {
    "macros/edition_pieces.py": ON_PAGES,
    "macros/language/figures.py": "A figure, on pages and in pictures: the shorter, the better",
    "macros/language/translator.py": "Below pictures and in tables",
    "macros/layout/": "In a picture: the shorter, the better",
    "macros/pieces.py": "Above what is not translated yet",
    "macros/templates/": ON_PAGES,
    "macros/templates/_checklist.html.j2": CHECKLISTS,
    "macros/templates/_sheet_blocks.html.j2": WORKSHEETS,
    "macros/templates/checklist.html.j2": CHECKLISTS,
    "macros/templates/edition_status.html.j2": "On the page about the progress of the edition",
    "macros/templates/take_along.html.j2": "Where one downloads the site to take along",
    "macros/templates/worksheet.html.j2": WORKSHEETS,
    "macros/templates/worksheet_article.html.j2": WORKSHEETS,
    "macros/templates/worksheet_index.html.j2": WORKSHEETS,
    "roadmap/pdf/book.py": "In the roadmap as a book",
    "roadmap/staging/structured_data.py": "What search engines show of a page",
    "roadmap/pdf/worksheets.py": "On printed worksheets",
    "roadmap/project/reviews.py": "Around every page, on worksheets and on the book",
    "roadmap/project/addresses.py": "In the picture beside a link to the site, and on the book",
    "roadmap/templates/start.html.j2": "On the first page of the folder that one takes along",
    "roadmap/staging/drift_notes.py": "Where English has gone on since a section was translated",
}


@dataclass(frozen=True)
class Sentence:
    """Something to translate."""

    text: str
    file: str
    comments: tuple[str, ...]
    plural: str | None = None
    context: str | None = None

    @property
    def id(self) -> str | tuple[str, str]:
        return (self.text, self.plural) if self.plural else self.text

    @property
    def form(self) -> Form:
        return self.context, self.text

    @property
    def category(self) -> str:
        """What it belongs to: `interface`, or a file of the facts."""
        return self.context.split("/")[0] if self.context else "interface"


@once
def sentences(project: Project) -> tuple[Sentence, ...]:
    """Every sentence, in the order in which one would translate them. Raises Problems."""
    memo = project.memo("sentences")
    in_code = []
    for text, file, comments, *others in memo.get(lambda: list(map(astuple, of_code())), "code"):
        in_code.append(Sentence(text, file, tuple(comments), *others))
    return (*of_theme(project), *in_code, *of_facts(project))


@once
def sentences_key(project: Project) -> str:
    """A fingerprint of all sentences. Raises Problems."""

    def key() -> str:
        return fingerprint(*map(astuple, sentences(project)))

    return project.memo("sentences").get(
        key,
        project.content_key,
        project.files_key(project.root / THEME),
    )


# Facts


@once
def of_facts(project: Project) -> tuple[Sentence, ...]:
    """The texts of the facts. Raises Problems."""
    return texts_of(project.content.facts)


def texts_of(facts: Facts) -> tuple[Sentence, ...]:
    """The texts of some facts, in the order of the work."""
    found = []
    for text in texts(facts):
        found.append(_fact(text.path, text.text))
    return tuple(sorted(found, key=lambda fact: CATEGORIES.index(fact.category)))


def _fact(path: str, text: str) -> Sentence:
    steps = path.split("/")
    file = "/".join(steps[:2]) if steps[0] == "cases" else steps[0]
    comments = (f"{where_fact(path)}.",)
    return Sentence(text, f"content/{file}.yml", comments, context=path)


def where_fact(path: str) -> str:
    """Where a reader meets a text of the facts. Raises LookupError when nothing says so."""
    return _first_fitting(FACTS_SHOWN, path)


def where_theme(key: str) -> str:
    """Where a reader meets a sentence of the layout. Raises LookupError when nothing says so."""
    return _first_fitting(THEME_SHOWN, key)


def _first_fitting(table: Iterable[tuple[str, str]], name: str) -> str:
    for pattern, words in table:
        if re.match(pattern, name):
            return words
    raise LookupError(f"no entry of FACTS_SHOWN or THEME_SHOWN fits `{name}`")


def where_code(file: str) -> str:
    """Where a reader meets the sentences of a file. Raises LookupError when nothing says so."""
    fitting = []
    for place in CODE_SHOWN:
        in_folder = place.endswith("/") and file.startswith(place)
        if file == place or in_folder:
            fitting.append(place)
    if not fitting:
        raise LookupError(f"no entry of CODE_SHOWN fits the file `{file}`")
    return CODE_SHOWN[max(fitting, key=len)]


# The theme


def of_theme(project: Project) -> tuple[Sentence, ...]:
    """The sentences of the layout; none where there is no such file."""
    return _of_table(theme(project))


def _of_table(table: Mapping[str, str]) -> tuple[Sentence, ...]:
    found = []
    for key, text in table.items():
        found.append(_interface(text, THEME, where_theme(key), context=LAYOUT + key))
    return tuple(found)


@once
def theme(project: Project) -> dict[str, str]:
    """The table of the layout's sentences, from its template: key → English."""
    path = project.root / THEME
    return _table(project.read_text(path)) if path.exists() else {}


def _table(template: str) -> dict[str, str]:
    tree = Environment().parse(template)
    found = {}
    for table in tree.find_all(nodes.Dict):
        for pair in table.items:
            found[pair.key.as_const()] = pair.value.as_const()
    return found


# Code and templates


@cache
def of_code() -> tuple[Sentence, ...]:
    """The sentences of our own code and templates."""
    found: list[Sentence] = []
    for path in _files():
        found += in_text(path.relative_to(CODE).as_posix(), path.read_text(encoding="utf-8"))
    return tuple(found)


def in_text(file: str, text: str) -> Iterable[Sentence]:
    """The sentences of a file of ours that reads like this: code, a template, or the layout."""
    return _of_table(_table(text)) if file == THEME else _in_code(file, text)


def _files() -> list[Path]:
    found: list[Path] = []
    for package in ("macros", "roadmap"):
        found += (CODE / package).rglob("*.py")
        found += (CODE / package).rglob("*.j2")
    return sorted(found)


def _in_code(file: str, text: str) -> Iterator[Sentence]:
    from babel.messages.extract import extract  # here: a build of English alone does without

    method: Any = "jinja2.ext:babel_extract" if file.endswith(".j2") else _calls
    source = BytesIO(text.encode())
    for _, message, remarks, context in extract(method, source, CALLS, options=TEMPLATES):
        text, plural = message if isinstance(message, tuple) else (message, None)
        yield _interface(text, file, where_code(file), plural, context, tuple(remarks))


Found = tuple[int, str, list[str | None], list[str]]  # line, call, arguments, comments


def _calls(
    code: BinaryIO, keywords: Mapping[str, Any], comment_tags: object, options: object
) -> Iterator[Found]:
    """An extractor for Babel: the calls in Python code whose name is a keyword.

    Babel's own extractor looks at the last part of a name only: it would take every `count()` for
    a call of ours.
    """
    source = code.read().decode("utf-8")
    if not any(f"{keyword}(" in source for keyword in keywords):
        return
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = _name(node.func)
        if name in keywords:
            remark = REMARK.search(lines[node.lineno - 1])
            remarks = [remark[1]] if remark else []
            yield node.lineno, name, [_literal(argument) for argument in node.args], remarks


def _literal(argument: ast.expr) -> str | None:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    return None


def _name(function: ast.expr) -> str:
    """The last two parts: `translator.gettext` of `self.translator.gettext`, `N_` of `N_`."""
    if isinstance(function, ast.Name):
        return function.id
    if not isinstance(function, ast.Attribute):
        return ""
    owner = getattr(function.value, "attr", getattr(function.value, "id", ""))
    return f"{owner}.{function.attr}"


def _interface(
    text: str,
    file: str,
    where: str,
    plural: str | None = None,
    context: str | None = None,
    remarks: tuple[str, ...] = (),
) -> Sentence:
    comments = [*remarks, f"{where}."]
    placeholders = sorted(set(PLACEHOLDER.findall(f"{text} {plural or ''}")))
    if placeholders:
        names = ", ".join(placeholders)
        comments.append(f"{names}: filled in later, to be kept as it stands.")
    return Sentence(text, file, tuple(comments), plural, context)
