"""The house: which room may import which, and that no room grows without end."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

ARROWS = {  # package or module → the other packages and modules of ours that it may import; the closest name counts
    "macros.facts": set(),
    "macros.language": {"macros.facts"},
    "macros.typesetting": set(),
    "macros.layout": {"macros.facts", "macros.language", "macros.typesetting"},
    "macros": {"macros"},
    "roadmap": {"roadmap", "macros"},
    "roadmap.bootstrap": set(),
}
LONGEST_FILE, LONGEST_FUNCTION = 400, 50
ALLOWED_LONGER = {  # file or function → why
    "roadmap.cli:_parser": "for now",
    "macros.facts.model": "the dictionary of all facts; one look shows how they hang together",
}


def modules() -> list[Path]:
    return [p for folder in ("macros", "roadmap") for p in sorted((ROOT / folder).rglob("*.py"))]


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree: ast.AST) -> set[str]:
    """Names of our modules that a module imports."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {n for n in names if n.split(".")[0] in {"macros", "roadmap"}}


def room_of(name: str) -> str:
    return max((room for room in ARROWS if name == room or name.startswith(room + ".")), key=len)


def stray(name: str, imports: set[str]) -> set[str]:
    """Imports that the table does not allow."""
    ours = {name_of(path) for path in modules()} - {"macros"}
    allowed = ARROWS[room_of(name)] | {room_of(name)}
    return {i for i in imports & ours if not any(i == a or i.startswith(f"{a}.") for a in allowed)}


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_arrows_run_one_way(path: Path) -> None:
    name = name_of(path)
    assert stray(name, imported(ast.parse(path.read_text(encoding="utf-8")))) == set()


def test_a_stray_arrow_is_caught() -> None:
    tree = ast.parse("from macros.pieces import Pieces\nimport roadmap.build\nfrom macros.facts import load, model\n")
    assert stray("macros.typesetting.fonts", imported(tree)) == {
        "macros.pieces", "roadmap.build", "macros.facts", "macros.facts.load", "macros.facts.model",
    }


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_files_and_functions_stay_short(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    long = {
        f"{name_of(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
        if node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    lines = path.read_text(encoding="utf-8").count("\n")
    if lines > LONGEST_FILE:
        long[name_of(path)] = lines
    assert set(long) == {name for name in ALLOWED_LONGER if name.split(":")[0] == name_of(path)}, long


def test_only_load_opens_yaml() -> None:
    openers = [name_of(p) for p in modules() if "yaml" in {
        alias.name for node in ast.walk(ast.parse(p.read_text(encoding="utf-8"))) if isinstance(node, ast.Import) for alias in node.names
    }]
    assert openers == ["macros.facts.load"]


def test_the_code_is_plain() -> None:
    """What ruff says with the settings of pyproject.toml."""
    said = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--quiet", "."], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout
