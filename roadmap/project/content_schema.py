"""The shape of the facts as JSON Schema, for editors that complete and check while one types."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from macros.facts import model
from macros.facts.load import LISTS
from macros.facts.problem import Problem
from roadmap.project.edition_file import EditionFile

SHAPES = {"case": model.Case, "edition": EditionFile, **LISTS}


def schemas() -> dict[str, str]:
    """JSON text of each schema, by name."""
    return {
        name: json.dumps(_as_written(shape), indent=1, sort_keys=True) + "\n"
        for name, shape in SHAPES.items()
    }


def _as_written(shape: Any) -> dict[str, Any]:
    """The schema of a file as people write it, `$schema` line in mind."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **shape.model_json_schema(mode="validation"),
    }


def export(root: Path) -> list[Path]:
    """Writes content/schema/. Returns the files."""
    folder = root / "content" / "schema"
    folder.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    return sorted(folder.glob("*.json"))


def outdated(root: Path) -> Iterator[Problem]:
    """Schemas that no longer say what the model says."""
    for name, text in schemas().items():
        path = root / "content" / "schema" / f"{name}.json"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield Problem(
                f"content/schema/{name}.json",
                1,
                "an outdated schema",
                "what `roadmap schema` writes",
            )
