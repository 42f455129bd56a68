"""The house: which room may import which, and that no room grows without end."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

MACROS = {"macros", "macros.facts", "macros.language", "macros.typesetting", "macros.layout"}
ARROWS = {  # package → what else of ours its files may import; in CONTRIBUTING.md drawn as a picture
    "macros.facts": set(),
    "macros.language": {"macros.facts"},
    "macros.typesetting": set(),
    "macros.layout": {"macros.facts", "macros.language", "macros.typesetting"},
    "macros": MACROS,
    "roadmap.project": MACROS,
    "roadmap.translation": MACROS | {"roadmap.project"},
    "roadmap.check": MACROS | {"roadmap.project", "roadmap.translation"},
    "roadmap.staging": MACROS | {"roadmap.project", "roadmap.translation"},
    "roadmap.postprocess": MACROS | {"roadmap.project"},
    "roadmap.pdf": MACROS | {"roadmap.project"},
    "roadmap.publish": MACROS | {"roadmap.project", "roadmap.postprocess"},
    "roadmap.preview": MACROS | {f"roadmap.{name}" for name in ("project", "translation", "check", "staging", "postprocess")},
    "roadmap": set(),  # the doors, build and cli, may import everything: see `stray`
    "roadmap.bootstrap": set(),  # runs before anything is installed
}
LONGEST_FILE, LONGEST_FUNCTION = 400, 50
ALLOWED_LONGER = {  # file or function → why
    "macros.facts.model": "the dictionary of all facts; one look shows how they hang together",
}


def modules() -> list[Path]:
    return [p for folder in ("macros", "roadmap") for p in sorted((ROOT / folder).rglob("*.py"))]


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


OURS = {name_of(path) for path in modules()}


def imported(tree: ast.AST) -> set[str]:
    """Names of our modules that a module imports."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            named = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= named if named <= OURS else {node.module} | named
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {n for n in names if n.split(".")[0] in {"macros", "roadmap"}}


def package_of(name: str) -> str:
    """The closest entry of the table."""
    return max((package for package in ARROWS if name == package or name.startswith(f"{package}.")), key=len)


def stray(name: str, imports: set[str]) -> set[str]:
    """Imports that the table does not allow."""
    own = package_of(name)
    if own == "roadmap":
        return set()
    return {i for i in imports & OURS if package_of(i) != own and package_of(i) not in ARROWS[own]}


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_arrows_run_one_way(path: Path) -> None:
    name = name_of(path)
    assert stray(name, imported(ast.parse(path.read_text(encoding="utf-8")))) == set()


def test_a_stray_arrow_is_caught() -> None:
    tree = ast.parse("from macros.pieces import Pieces\nimport roadmap.build\nfrom macros.facts import load, model\n")
    strays = {"macros.pieces", "roadmap.build", "macros.facts.load", "macros.facts.model"}
    assert stray("macros.typesetting.fonts", imported(tree)) == strays
    assert stray("roadmap.project.pages", imported(tree)) == {"roadmap.build"}


def rings(arrows: dict[str, set[str]]) -> list[str]:
    """A ring of files that import each other; empty where there is none."""
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def file_arrows() -> dict[str, set[str]]:
    """Each file → the files of ours that it imports. A package stands for its own `__init__.py` only."""
    return {name_of(path): (imported(ast.parse(path.read_text(encoding="utf-8"))) & OURS) - {name_of(path)} for path in modules()}


def test_no_file_reaches_itself() -> None:
    assert rings(file_arrows()) == []


def test_a_ring_of_files_is_caught() -> None:
    arrows = file_arrows()
    arrows["macros.facts.problem"] = {"roadmap.cli"}
    assert rings(arrows) != []


def test_packages_have_an_order() -> None:
    """No package reaches itself through others: the table has floors."""
    assert rings({package: targets - {package} for package, targets in ARROWS.items() if package != "roadmap"}) == []


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


def test_the_code_is_laid_out() -> None:
    """As `ruff format` lays it out."""
    said = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--check", "--quiet", "macros", "roadmap", "bench"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )
    assert said.returncode == 0, said.stdout


def types_are_wrong(*files: str) -> str:
    """What mypy says with the settings of pyproject.toml; empty where all is well."""
    said = subprocess.run([sys.executable, "-m", "mypy", *files], cwd=ROOT, capture_output=True, text=True, check=False)
    return said.stdout if said.returncode else ""


def test_types_are_right() -> None:
    assert types_are_wrong() == ""


def test_a_wrong_type_is_caught(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text("from macros.facts.problem import brief\n\n\nlength: int = brief('x')\n", encoding="utf-8")
    assert "Incompatible types" in types_are_wrong(str(wrong))


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_what_is_written_has_the_same_line_ends_on_every_machine(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    written = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "write_text"]
    assert [node.lineno for node in written if "newline" not in {keyword.arg for keyword in node.keywords}] == []


def test_every_checkout_has_the_same_line_ends() -> None:
    said = subprocess.run(["git", "ls-files", "--eol"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    kinds = {tuple(line.split()[:3]) for line in said.splitlines()}
    assert {index for index, _, _ in kinds} <= {"i/lf", "i/none", "i/-text"}
    assert all(attribute in {"attr/text=auto", "attr/-text"} for _, _, attribute in kinds), kinds


@pytest.mark.parametrize("path", sorted((ROOT / ".github" / "workflows").glob("*.yml")), ids=lambda path: path.stem)
def test_a_workflow_runs_what_was_read_and_may_write_nothing_by_default(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    used = re.findall(r"uses: (.+)", text)
    assert used and all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v[\d.]+", each) for each in used), used
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"} and "concurrency" in workflow


def test_what_is_published_was_checked_and_only_the_job_that_runs_no_code_of_ours_may_publish() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8"))
    build, deploy = workflow["jobs"]["build"], workflow["jobs"]["deploy"]
    commands = [step["run"] for step in build["steps"] if "run" in step]
    assert [command.split("bootstrap ")[1].split()[:2] for command in commands if "bootstrap" in command] == [["check", "--publish"], ["build"]]
    assert "permissions" not in build and deploy["needs"] == "build"
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"} and not any("run" in step for step in deploy["steps"])


def test_a_pull_request_has_a_preview_whatever_the_check_says() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/pull-request.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["check"]["steps"]
    always = [step.get("uses", step.get("run")).split("@")[0] for step in steps if step.get("if") == "${{ !cancelled() }}"]
    assert always == ["python -m roadmap.bootstrap build", "actions/upload-artifact"]


def test_what_looks_ahead_holds_nobody_up() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "foundations.yml").read_text(encoding="utf-8"))
    assert workflow[True].keys() == {"schedule", "workflow_dispatch"}  # YAML reads `on` as yes
    assert all(job["continue-on-error"] and "permissions" not in job for job in workflow["jobs"].values())


def test_whoever_sends_a_change_or_asks_for_an_edition_meets_a_form_of_ours() -> None:
    github = ROOT / ".github"
    assert (github / "pull_request_template.md").is_file() and not (github / "PULL_REQUEST_TEMPLATE").exists()  # hosts show only the first
    form = yaml.safe_load((github / "ISSUE_TEMPLATE" / "new-edition.yml").read_text(encoding="utf-8"))
    assert form.keys() == {"name", "description", "title", "body"}
    asked = [field for field in form["body"] if field["type"] != "markdown"]
    assert len({field["id"] for field in asked}) == len(asked) and all(field["attributes"]["label"] for field in asked)
    assert f"*{form['name']}*" in (ROOT / "TRANSLATING.md").read_text(encoding="utf-8")
