"""Everything is read once: each file of facts, each page, each catalogue, in one check and in one build of two editions.

What is read is parsed once as well, in each of the processes that build editions.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import ROOT, copy_project, edition, rest
from tests.staging.test_editions import danish

COUNTING = """
import os, sys
from pathlib import Path

root, log = Path(sys.argv[1]).resolve(), os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_APPEND)

def note(words):
    os.write(log, f"{words}\\n".encode())  # at once, and from forked processes too

def heard(event, arguments):
    if event != "open" or not isinstance(arguments[0], (str, os.PathLike)) or not set(arguments[1] or "r").isdisjoint("wax"):
        return
    path = Path(os.path.realpath(arguments[0]))
    if path.is_relative_to(root / "content") or path.is_relative_to(root / "docs"):
        note(path.relative_to(root).as_posix())

def counted(owner, name, words):
    plain = getattr(owner, name)
    def counting(*given, **named):
        note(f"{words} in {os.getpid()}")
        return plain(*given, **named)
    setattr(owner, name, counting)

import mkdocs.config
from babel.messages.pofile import PoFileParser
counted(mkdocs.config, "load_config", "a configuration")
counted(PoFileParser, "parse", "a catalogue parsed")

import yaml
counted(yaml.composer.Composer, "get_single_node", "YAML parsed")
counted(yaml.CSafeLoader, "get_single_node", "front matter parsed")
sys.addaudithook(heard)

from roadmap import build, cli
os.chdir(root)
build.offered_of = lambda project: project.edition_files()
sys.exit(cli.main(sys.argv[3:]))
"""


def noted(root: Path, log: Path, *command: str) -> Counter[str]:
    """What a command opens and parses, each with how often."""
    done = subprocess.run(
        [sys.executable, "-c", COUNTING, str(root), str(log), *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Counter(log.read_text(encoding="utf-8").splitlines())


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_project(tmp_path_factory.mktemp("reads") / "project")
    danish(root, "da")
    return root


@pytest.mark.parametrize(("command", "configurations"), [(["build", "--no-pdf"], 3), *rest((["check"], 1))])
def test_each_file_is_read_and_parsed_once(command: list[str], configurations: int, two: Path, tmp_path: Path) -> None:
    """The configurations are the one that all editions share and, in a build, one for each edition."""
    shutil.rmtree(two / ".cache", ignore_errors=True)
    found = noted(two, tmp_path / "log", *command)
    parsed: dict[str, list[int]] = {}  # what → how often, in each process
    for name in [name for name in found if " in " in name]:
        parsed.setdefault(name.partition(" in ")[0], []).append(found.pop(name))
    assert [name for name, times in found.items() if times > 1] == []
    yaml_files = [name for name in found if name.endswith(".yml")]
    pages = [name for name in found if name.endswith(".md")]
    assert len([name for name in pages if name.startswith("docs/en/")]) == len(edition(two, "en").page_paths)
    assert sum(parsed["a configuration"]) == configurations
    assert parsed["a catalogue parsed"] == [1]
    assert len(yaml_files) >= 15
    assert sum(parsed["YAML parsed"]) <= len(yaml_files) + 2 * configurations  # MkDocs reads its own as well
    assert max(parsed.get("front matter parsed", [0])) <= len(pages)


def test_a_file_that_is_read_twice_is_noticed(two: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    code = COUNTING.replace("sys.exit(cli.main", "Path('content/stages.yml').read_bytes()\nPath('content/stages.yml').read_bytes()\nsys.exit(cli.main")
    subprocess.run([sys.executable, "-c", code, str(two), str(log), "status"], cwd=ROOT, check=True, capture_output=True)
    assert Counter(log.read_text(encoding="utf-8").splitlines())["content/stages.yml"] > 1
