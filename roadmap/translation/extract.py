"""Finds every sentence that an edition translates: in the facts, the code, the templates, the
theme. Keeps none.

Sentences of the code stand in calls: `translator.gettext("…")`, `translator.ngettext("…", "…", n)`,
`N_("…")`; in templates `_("…")` and `ngettext("…", "…", n)`. A comment at the end of the line of a
call in the code is for the translator.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from jinja2 import Environment, nodes

import macros
from macros.facts.load import load
from macros.facts.translatable import texts
from macros.language.messages import LAYOUT, PLACEHOLDER

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
REMARK = re.compile(r"  # (?!type:|noqa)(.+)$")
LONGER = 1.5  # a translation may have so many times the characters that English may have
ROOMS = (
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
# file with sentences, or its folder → where a reader meets them; the longest name that fits
CODE_SHOWN = {
    "macros/__init__.py": "On pages, in or around what is made from the facts",
    "macros/language/figures.py": "A figure, on pages and in pictures: the shorter, the better",
    "macros/language/translator.py": "Below pictures and in tables",
    "macros/layout/": "In a picture: the shorter, the better",
    "macros/pieces.py": "Above what is not translated yet",
    "macros/templates/": "On pages, in or around what is made from the facts",
    "macros/templates/_checklist.html.j2": "In checklists, and what they say when one works with them",
    "macros/templates/_sheet_blocks.html.j2": "On worksheets and where they are listed",
    "macros/templates/checklist.html.j2": "In checklists, and what they say when one works with them",
    "macros/templates/edition_status.html.j2": "On the page that says how far this edition is",
    "macros/templates/take_along.html.j2": "Where one downloads the site to take along",
    "macros/templates/worksheet.html.j2": "On worksheets and where they are listed",
    "macros/templates/worksheet_document.html.j2": "On worksheets and where they are listed",
    "macros/templates/worksheet_index.html.j2": "On worksheets and where they are listed",
    "overrides/": "Around every page",
    "roadmap/pdf/book.py": "In the roadmap as a book",
    "roadmap/staging/structured_data.py": "What search engines show of a page",
    "roadmap/pdf/worksheets.py": "On the edges of printed worksheets",
    "roadmap/publish/social_card.py": "In the picture that other sites show beside a link",
    "roadmap/staging/stage.py": "Around every page",
    "roadmap/templates/start.html.j2": "On the first page of the folder that one takes along",
    "roadmap/translation/drift.py": "Where English has gone on since a section was translated",
}


@dataclass(frozen=True)
class Sentence:
    """Something to translate. `limit`: most characters of a translation, where there is a limit."""

    text: str
    file: str
    comments: tuple[str, ...]
    plural: str | None = None
    context: str | None = None
    limit: int | None = None

    @property
    def id(self) -> str | tuple[str, str]:
        return (self.text, self.plural) if self.plural else self.text

    @property
    def room(self) -> str:
        """What it belongs to: `interface`, or a file of the facts."""
        return self.context.split("/")[0] if self.context else "interface"


def sentences(root: Path) -> tuple[Sentence, ...]:
    """Every sentence, in the order in which one would translate them. Raises Problems."""
    return (*of_theme(root), *of_code(), *of_facts(root))


# Facts


def of_facts(root: Path) -> tuple[Sentence, ...]:
    """The texts of the facts. Raises Problems."""
    found = (
        _fact(text.path, text.text, int(text.limit * LONGER))
        for text in texts(load(root / "content").facts)
    )
    return tuple(sorted(found, key=lambda fact: ROOMS.index(fact.room)))


def _fact(path: str, text: str, limit: int) -> Sentence:
    file = "/".join(path.split("/")[: 2 if path.startswith("cases/") else 1])
    comments = (f"{where_fact(path)}. At most {limit} characters.",)
    return Sentence(text, f"content/{file}.yml", comments, context=path, limit=limit)


def where_fact(path: str) -> str:
    """Where a reader meets a text of the facts. Raises LookupError where FACTS_SHOWN does not
    say.
    """
    for pattern, words in FACTS_SHOWN:
        if re.match(pattern, path):
            return words
    raise LookupError(f"no entry of FACTS_SHOWN fits the path `{path}`")


def where_code(file: str) -> str:
    """Where a reader meets the sentences of a file. Raises LookupError where CODE_SHOWN does not
    say.
    """
    fitting = [
        place
        for place in CODE_SHOWN
        if file == place or (place.endswith("/") and file.startswith(place))
    ]
    if not fitting:
        raise LookupError(f"no entry of CODE_SHOWN fits the file `{file}`")
    return CODE_SHOWN[max(fitting, key=len)]


# The theme


def of_theme(root: Path) -> tuple[Sentence, ...]:
    """The sentences of the layout, from the table in its template; none where there is no such
    file.
    """
    return tuple(_interface(text, THEME, context=LAYOUT + key) for key, text in theme(root).items())


def theme(root: Path) -> dict[str, str]:
    """The table of the layout's sentences: key → English."""
    path = root / THEME
    tree = Environment().parse(path.read_text(encoding="utf-8") if path.exists() else "")
    pairs = (pair for table in tree.find_all(nodes.Dict) for pair in table.items)
    return {pair.key.as_const(): pair.value.as_const() for pair in pairs}


# Code and templates


@cache
def of_code() -> tuple[Sentence, ...]:
    """The sentences of our own code and templates."""
    return tuple(sentence for path in _files() for sentence in _in_file(path))


def _files() -> list[Path]:
    rooms = (CODE / "macros", CODE / "roadmap")
    return sorted(path for room in rooms for kind in ("*.py", "*.j2") for path in room.rglob(kind))


def _in_file(path: Path) -> Iterator[Sentence]:
    file, code = path.relative_to(CODE).as_posix(), path.read_bytes()
    method = "jinja2.ext:babel_extract" if path.suffix == ".j2" else _calls
    for _, message, remarks, context in extract(method, BytesIO(code), CALLS, options=TEMPLATES):
        text, plural = message if isinstance(message, tuple) else (message, None)
        yield _interface(text, file, plural, context, tuple(remarks))


def _calls(code, keywords, comment_tags, options):  # the shape of an extractor of Babel
    """Our calls in Python code. Babel's own extractor would take any `count()` and `say()` for one
    of them.
    """
    source = code.read().decode("utf-8")
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        if _name(call.func) in keywords:
            remark = REMARK.search(source.splitlines()[call.lineno - 1])
            yield (
                call.lineno,
                _name(call.func),
                [_literal(each) for each in call.args],
                [remark[1]] if remark else [],
            )


def _literal(argument: ast.expr) -> str | None:
    return (
        argument.value
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        else None
    )


def _name(function: ast.expr) -> str:
    """`translator.gettext` for `pieces.translator.gettext` and `self.translator.gettext`; `N_` for
    itself.
    """
    return ".".join(ast.unparse(function).split(".")[-2:])


def _interface(
    text: str,
    file: str,
    plural: str | None = None,
    context: str | None = None,
    remarks: tuple[str, ...] = (),
) -> Sentence:
    filled = sorted(set(PLACEHOLDER.findall(f"{text} {plural or ''}")))
    keep = [f"{', '.join(filled)}: filled in later, to be kept as it stands."] if filled else []
    return Sentence(text, file, (*remarks, f"{where_code(file)}.", *keep), plural, context)
