"""PUBLISHING.md holds: what it tells people to run, to open and to read is there, and it leads through each placeholder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from roadmap import cli
from roadmap.postprocess import bundle
from tests.check.test_publish import UNDECIDED
from tests.conftest import ROOT
from tests.site.test_hosts import HOSTS, YEAR

PAGE = (ROOT / "PUBLISHING.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE))
TEXT = re.sub(r"^```.*?^```", "", PAGE, flags=re.DOTALL | re.MULTILINE)
HEADINGS = re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
CODE = re.findall(r"`([^`\n]+)`", TEXT)
FILE = re.compile(r"\.github/[\w./-]+|\w[\w<>/-]*\.(?:cff|md|py|yml)")
COMMAND = re.compile(r"(?:\.venv/bin/roadmap|python -m roadmap\.bootstrap|make) (.+)")


def test_every_command_is_one() -> None:
    told = [found[1].split() for line in [*CODE, *BLOCKS["yaml"].splitlines()] if (found := COMMAND.fullmatch(line.strip(" -")))]
    assert ["check", "--publish"] in told and ["build"] in told
    for words in told:
        cli._parser().parse_args(words)


def test_every_file_is_there() -> None:
    paths = {code for code in CODE if FILE.fullmatch(code)}
    assert {"mkdocs.yml", ".github/workflows/publish.yml", "docs/<code>/edition.yml"} <= paths
    assert [path for path in sorted(paths) if not (ROOT / path.replace("<code>", "en")).exists()] == []


@pytest.mark.parametrize("name", UNDECIDED)
def test_a_placeholder_has_its_heading(name: str) -> None:
    path, _, found = UNDECIDED[name][1].split(":", 2)
    where = re.sub("^docs/da/", "docs/<code>/", path)
    setting = re.search(r"`(?:# )?(\w+)", found) if path == "mkdocs.yml" else None
    assert (f"`{setting[1]}` in `{where}`" if setting else f"`{where}`") in HEADINGS


def test_every_host_of_the_table_was_tried() -> None:
    table = [line.split("|")[1].strip() for line in PAGE.splitlines() if line.startswith("| ")][1:]
    kinds = [host for kind in HOSTS for host in kind.split(", ")]
    assert [host for host in table if host not in kinds] == ["a folder, a USB stick"] and set(kinds) <= set(table)


@pytest.mark.parametrize("server", ["nginx", "apache"])
def test_a_server_keeps_for_long_only_what_changes_its_name(server: str, tmp_path: Path) -> None:
    [kept] = re.findall(r"(site\\\..+?)\$", BLOCKS[server])
    (tmp_path / "assets").mkdir()
    names = [bundle._write_hashed(tmp_path, server, kind).removeprefix("assets/") for kind in ("css", "js")]
    assert all(re.fullmatch(kept, name) for name in names)
    assert not any(re.fullmatch(kept, name) for name in ("sw.js", "search.js", "index.html", "manifest.webmanifest"))
    assert {"no-cache", YEAR} == set(re.findall(r'Cache-Control "(.+?)"', BLOCKS[server]))
