"""JSON Schemas of the files in content/, for editors that complete and check while one types."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from macros.facts import model
from macros.facts.load import LISTS
from macros.facts.problem import Problem
from roadmap.project.edition_file import EditionFile
from roadmap.project.project import Project

# The version of JSON Schema
DIALECT = "https://json-schema.org/draft/2020-12/schema"
# The model of each kind of file, by the name of its schema
SHAPES = {"case": model.Case, "edition": EditionFile, **LISTS}


def schemas() -> dict[str, str]:
    """JSON text of each schema, by its name: that of the file, without suffix."""
    found = {}
    for name, shape in SHAPES.items():
        text = json.dumps(_schema(shape), indent=1, sort_keys=True)
        found[name] = text + "\n"
    return found


def _schema(shape: Any) -> dict[str, Any]:
    """The schema of what people may write, which is more than what the model holds at last."""
    return {
        "$schema": DIALECT,
        **shape.model_json_schema(mode="validation"),
    }


def export(root: Path) -> list[Path]:
    """Writes content/schema/ below the root of a project; returns the files."""
    folder = root / "content" / "schema"
    folder.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (folder / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
    return sorted(folder.glob("*.json"))


def outdated(project: Project) -> Iterator[Problem]:
    """Schemas that are missing or no longer say what the model says."""
    for name, text in schemas().items():
        path = project.root / "content" / "schema" / f"{name}.json"
        if not path.exists() or project.read_bytes(path) != text.encode():
            file = project.name_of(path)
            yield Problem(file, 1, "an outdated schema", "what `roadmap schema` writes")
