"""Writes the facts for others: JSON with a schema for each file, all figures as a table, and texts
by language.

The facts are in English, each once; what an edition has translated stands in a file of its own,
under the paths of `macros/texts.py`. Nothing here is drawn, judged or said anew.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
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
from roadmap.project.edition_file import ENGLISH

FOLDER = "data"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
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
    """What every file says of itself."""

    schema_: str = Field(alias="$schema")
    version: Name  # of the site
    language: str  # of the texts, BCP 47


def _file(name: str, **content: Any) -> type[Published]:
    return create_model(
        name, __base__=Published, **{key: (kind, ...) for key, kind in content.items()}
    )


SHAPES = {  # file → what it holds
    "cases": _file("Cases", cases=tuple[model.Case, ...]),
    "case": _file("OneCase", case=model.Case),
    "stages": _file("Stages", stages=tuple[model.Stage, ...]),
    "setups": _file("Setups", setups=tuple[model.Setup, ...]),
    "methods": _file("Methods", methods=tuple[model.Method, ...]),
    "glossary": _file("Glossary", terms=tuple[model.Term, ...]),
    "sources": _file("Sources", sources=tuple[model.Source, ...]),
    "texts": _file("Texts", texts=dict[str, str]),
}
LISTS = ("cases", "stages", "setups", "methods", "terms", "sources")  # of the facts


def write(folder: Path, facts: Facts, translator: Translator, version: str, root: str) -> None:
    """The data of an edition below a folder: the facts, which all editions share, and its texts
    beside the English.

    `facts` are English; `root` is the address of the site, or empty.
    """
    files = dict(_files(facts, translator))
    for path, (shape, language, content) in files.items():
        schema = "../" * path.count("/") + f"schema/{shape}.json"
        told = {"$schema": schema, "version": version, "language": language, **content}
        _write(folder / path, _json(told))
    for name, shape in SHAPES.items():
        _write(folder / "schema" / f"{name}.json", _json(schema_of(name, shape, root)))
    _write(folder / "figures.csv", _table(facts))


def _files(
    facts: Facts, translator: Translator
) -> Iterator[tuple[str, tuple[str, str, dict[str, Any]]]]:
    """Path → its shape, its language, what it holds."""
    for name in LISTS:
        file = "glossary" if name == "terms" else name
        yield f"{file}.json", (file, ENGLISH, {name: _plain(getattr(facts, name))})
    for case in facts.cases:
        yield f"cases/{case.id}.json", ("case", ENGLISH, {"case": _plain(case)})
    for each in (Translator(), translator):  # English ones, too: they tell what the paths are
        yield (
            f"texts/{each.language}.json",
            ("texts", each.language, {"texts": translated(facts, each)}),
        )


def translated(facts: Facts, translator: Translator) -> dict[str, str]:
    """The texts of the facts that an edition has in its language, by their paths."""
    tracked = translator.marking_untranslated()
    said = {each.path: tracked.translations.pgettext(each.path, each.text) for each in texts(facts)}
    return {path: text for path, text in said.items() if not translator.has_untranslated(text)}


def schema_of(name: str, shape: type[BaseModel], root: str) -> dict[str, Any]:
    """The JSON Schema of a file, under its address where the site has one."""
    where = {"$id": f"{root}{FOLDER}/schema/{name}.json"} if root else {}
    return {"$schema": DIALECT, **where, **shape.model_json_schema(schema_generator=_Numbers)}


class _Numbers(GenerateJsonSchema):
    """Figures are published as numbers; people may write them as text."""

    def decimal_schema(self, schema: Any) -> JsonSchemaValue:
        return {"type": "number"}


def _plain(value: Any) -> Any:
    """A fact as JSON has it, its keys in the order of the model; what is empty is left out."""
    if isinstance(value, Model):
        return {key: _plain(part) for key, part in value if part not in (None, ())}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


# All figures as a table


def _table(facts: Facts) -> str:
    """One line for each figure of the cases and each other value that a source gives for it."""
    out = StringIO("\ufeff")  # by this mark a spreadsheet knows that the text is UTF-8
    out.seek(1)
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for case in facts.cases:
        for path, fact in figures(case):
            about = (case.id, path, getattr(fact, "role", ""), _name(fact))
            told = (
                _number(fact),
                _yes(getattr(fact, "approximate", False)),
                _yes(fact.inferred),
                "",
            )
            table.writerow([*about, *told, *_from(fact)])
            for other in fact.alternates:
                if other.value is not None:
                    table.writerow([*about, _plain(other.value), "", "", "yes", *_from(other)])
    return out.getvalue()


def figures(value: Any, path: str = "") -> Iterator[tuple[str, Sourced]]:
    """Every fact with a number below a value, by its path: `centres/anderlecht/children`."""
    if isinstance(value, Sourced) and _number(value) is not None:
        yield path, value
    parts = value if isinstance(value, Model) else ()
    if isinstance(value, tuple):
        parts = (
            (str(getattr(item, "id", place)), item) for place, item in enumerate(value, start=1)
        )
    for name, part in parts:
        yield from figures(part, f"{path}/{name}".lstrip("/"))


def _number(fact: Sourced) -> Any:
    return _plain(getattr(fact, "value", getattr(fact, "number", None)))


def _name(fact: Sourced) -> str:
    """Who or what is counted, where the path does not say it."""
    return getattr(fact, "title", getattr(fact, "name", ""))


def _from(fact: Sourced | Alternate) -> tuple[str, str]:
    return "; ".join(fact.source), fact.note or ""


def _yes(is_so: bool) -> str:
    return "yes" if is_so else ""
