"""Publishes the facts as open data: JSON with JSON Schemas, figures as CSV, texts by language.

The facts are in English, each once; what an edition has translated stands in a file of its own,
under the paths of `macros/facts/translatable.py`. Nothing here is drawn or judged.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from macros.facts import model
from macros.facts.model import Alternate, Facts, Model, Name, Sourced
from macros.facts.translatable import texts
from macros.language.translator import Translator
from roadmap.project import addresses
from roadmap.project.edition_file import ENGLISH
from roadmap.project.project import Edition, Project

# The folder of all data files, below the site
FOLDER = "data"
# The version of JSON Schema
DIALECT = "https://json-schema.org/draft/2020-12/schema"
# By this a spreadsheet knows that a CSV file is UTF-8
BYTE_ORDER_MARK = "\ufeff"
# Columns of the table of figures
COLUMNS = (
    "case",
    "fact",
    "role",
    "name",
    "value",
    "approximate",
    "inferred",
    "differs",
    "source",
    "note",
)


class Published(Model):
    """What every file says of itself.

    `schema_` leads to its schema; `version` is that of the site; `language` is that of the texts,
    BCP 47.
    """

    schema_: str = Field(alias="$schema")
    version: Name
    language: str


def _file(name: str, **content: Any) -> type[Published]:
    """The model of a file: key → type of what stands under it."""
    fields: dict[str, Any] = {}
    for key, kind in content.items():
        fields[key] = (kind, ...)  # `...`: required
    return create_model(name, __base__=Published, **fields)


# The model of each file, by its name
SHAPES = {
    "cases": _file("Cases", cases=tuple[model.Case, ...]),
    "case": _file("OneCase", case=model.Case),
    "stages": _file("Stages", stages=tuple[model.Stage, ...]),
    "setups": _file("Setups", setups=tuple[model.Setup, ...]),
    "methods": _file("Methods", methods=tuple[model.Method, ...]),
    "glossary": _file("Glossary", terms=tuple[model.Term, ...]),
    "sources": _file("Sources", sources=tuple[model.Source, ...]),
    "texts": _file("Texts", texts=dict[str, str]),
}
# The lists of facts that are published, by their names in `Facts`
LISTS = ("cases", "stages", "setups", "methods", "terms", "sources")


def shared_files(project: Project) -> dict[str, str]:
    """The data files that all editions share: path below the site → text.

    The facts and their schemas, and the English texts, which tell what the paths in others are.
    Raises Problems where the facts cannot be read.
    """
    return project.memo("site").get(
        lambda: _shared_files(project), "data", project.content_key, project.config_key
    )


def _shared_files(project: Project) -> dict[str, str]:
    facts = project.content.facts
    found = _fact_files(project, facts)
    path = texts_file(ENGLISH)
    found[path] = _texts(project, Translator())
    found.update(_schema_files(project))
    found[f"{FOLDER}/figures.csv"] = _table(facts)
    return found


def files_of(edition: Edition) -> dict[str, str]:
    """The data files of an edition itself: its texts. Raises Problems."""
    if edition.is_english:
        return {}
    project = edition.project
    text = project.memo("edition", edition.code).get(
        lambda: _texts(project, edition.translator), "texts", edition.pieces_key
    )
    return {texts_file(edition.code): text}


def _texts(project: Project, translator: Translator) -> str:
    """The texts of the facts that an edition has in its language, as JSON."""
    content = {"texts": translated(project.content.facts, translator)}
    language = translator.language
    return _published(project, texts_file(language), "texts", language, content)


def texts_file(code: str) -> str:
    """Path of the file with the texts of an edition, below the site."""
    return f"{FOLDER}/texts/{code}.json"


def write_files(site: Path, found: Mapping[str, str]) -> None:
    """Writes data files below the site: path → text."""
    for path, text in found.items():
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")


# JSON


def _fact_files(project: Project, facts: Facts) -> dict[str, str]:
    """A file for each list of facts, and one for each case: path → JSON."""
    found = {}
    for name in LISTS:
        shape = name
        if name == "terms":
            shape = "glossary"
        path = f"{FOLDER}/{shape}.json"
        content = {name: _as_json_value(getattr(facts, name))}
        found[path] = _published(project, path, shape, ENGLISH, content)
    for case in facts.cases:
        path = f"{FOLDER}/cases/{case.id}.json"
        content = {"case": _as_json_value(case)}
        found[path] = _published(project, path, "case", ENGLISH, content)
    return found


def _schema_files(project: Project) -> dict[str, str]:
    """The JSON Schema of each kind of file: path → JSON."""
    site_url = addresses.site_url(project.config["site_url"])
    found = {}
    for name, shape in SHAPES.items():
        schema = schema_of(name, shape, site_url)
        found[f"{FOLDER}/schema/{name}.json"] = _json(schema)
    return found


def _published(
    project: Project,
    path: str,
    shape: str,
    language: str,
    content: dict[str, Any],
) -> str:
    """A file as JSON, which names its schema, the version of the site and its language.

    `path` is below the site; `shape` is the name of its model.
    """
    to_data = "../" * (path.count("/") - 1)
    data = {
        "$schema": f"{to_data}schema/{shape}.json",
        "version": project.version,
        "language": language,
        **content,
    }
    return _json(data)


def translated(facts: Facts, translator: Translator) -> dict[str, str]:
    """The texts of the facts that an edition has in its language, by their paths."""
    translations = translator.marking_untranslated().translations
    found = {}
    for english in texts(facts):
        text = translations.pgettext(english.path, english.text)
        if not translator.has_untranslated(text):
            found[english.path] = text
    return found


def schema_of(name: str, shape: type[BaseModel], site_url: str) -> dict[str, Any]:
    """The JSON Schema of a file, with its address as `$id` where the site has one.

    `site_url` ends in a slash, or is empty.
    """
    schema: dict[str, Any] = {"$schema": DIALECT}
    if site_url:
        schema["$id"] = f"{site_url}{FOLDER}/schema/{name}.json"
    schema.update(shape.model_json_schema(schema_generator=_DecimalsAsNumbers))
    return schema


class _DecimalsAsNumbers(GenerateJsonSchema):
    """Figures are published as numbers, though people may write them as text in `content/`."""

    def decimal_schema(self, schema: Any) -> JsonSchemaValue:
        return {"type": "number"}


def _as_json_value(value: Any) -> Any:
    """A fact as JSON has it, its keys in the order of the model; what is empty is left out."""
    if isinstance(value, Model):
        found = {}
        for key, part in value:
            if part is not None and part != ():
                found[key] = _as_json_value(part)
        return found
    if isinstance(value, tuple):
        return [_as_json_value(item) for item in value]
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return int(value)
        return float(value)
    return value


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


# The table of figures


def _table(facts: Facts) -> str:
    """All figures as CSV: a row for each, and for each other value that a source gives for it."""
    out = StringIO(BYTE_ORDER_MARK)
    out.seek(len(BYTE_ORDER_MARK))
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for case in facts.cases:
        for path, fact in figures(case):
            table.writerows(_rows(case, path, fact))
    return out.getvalue()


def _rows(case: model.Case, path: str, fact: Sourced) -> Iterator[list[Any]]:
    """The rows of a figure: its own, then that of each source that differs."""
    subject = [
        case.id,
        path,
        getattr(fact, "role", ""),
        _name(fact),
    ]
    value = [
        _number(fact),
        _yes(getattr(fact, "approximate", False)),
        _yes(fact.inferred),
        _yes(False),
    ]
    yield [*subject, *value, *_references(fact)]
    for other in fact.alternates:
        if other.value is None:
            continue
        value = [
            _as_json_value(other.value),
            _yes(False),
            _yes(False),
            _yes(True),
        ]
        yield [*subject, *value, *_references(other)]


def figures(value: Any, path: str = "") -> Iterator[tuple[str, Sourced]]:
    """Every fact with a number below a value, by its path: `centres/anderlecht/children`."""
    if isinstance(value, Sourced) and _number(value) is not None:
        yield path, value
    for name, part in _parts(value):
        part_path = f"{path}/{name}"
        yield from figures(part, part_path.lstrip("/"))


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    """The fields of a model, or the items of a tuple by their id, else by their place from 1."""
    if isinstance(value, Model):
        yield from value
    elif isinstance(value, tuple):
        for place, item in enumerate(value, start=1):
            yield str(getattr(item, "id", place)), item


def _number(fact: Sourced) -> Any:
    """The number in a fact; None where it has none."""
    number = getattr(fact, "number", None)
    return _as_json_value(getattr(fact, "value", number))


def _name(fact: Sourced) -> str:
    """Who or what is counted, where the path does not say it."""
    name = getattr(fact, "name", "")
    return getattr(fact, "title", name)


def _references(fact: Sourced | Alternate) -> list[str]:
    """The columns `source` and `note`."""
    return ["; ".join(fact.source), fact.note or ""]


def _yes(is_so: bool) -> str:
    """A truth value as a cell of the table."""
    if is_so:
        return "yes"
    return ""
