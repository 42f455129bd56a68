"""MkDocs on mkdocs.yml alone, with the macros plugin: the English edition, built and served without the `roadmap` command."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import lxml.html

from tests.conftest import PATIENCE
from tests.site.serving import Server

CASE = "cases/belgium.html"
QUIET = os.environ | {"NO_MKDOCS_2_WARNING": "1"}


def has_its_pieces(html: bytes) -> bool:
    page = lxml.html.fromstring(html)
    return bool(page.xpath("//article//figure//*[local-name()='svg']")) and "{{" not in page.find(".//article").text_content()


def test_mkdocs_builds_english(project: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", "alone"]
    done = subprocess.run(command, cwd=project, env=QUIET, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert has_its_pieces((project / "alone" / CASE).read_bytes())


def test_mkdocs_says_what_is_wrong_with_the_facts(project: Path) -> None:
    case = project / "content/cases/denmark.yml"
    case.write_text(case.read_text(encoding="utf-8").replace("value: 290", "value: many"), encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build"], cwd=project, env=QUIET, capture_output=True, text=True, check=False)
    assert done.returncode != 0 and "content/cases/denmark.yml:" in done.stderr and "a number" in done.stderr


def test_mkdocs_serves_english(project: Path) -> None:
    with Server(project) as there:  # a port that nobody takes in the moment before it is used again
        address = f"127.0.0.1:{there.port}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--no-livereload", "--dev-addr", address]
    with subprocess.Popen(command, cwd=project, env=QUIET, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            assert has_its_pieces(fetched(f"http://{address}/en/{CASE}", server))
        finally:
            server.terminate()


def fetched(address: str, server: subprocess.Popen) -> bytes:
    """What is served at an address, as soon as the server answers."""
    for _ in range(2 * PATIENCE):
        assert server.poll() is None, "the server has stopped"
        try:
            with urlopen(address, timeout=PATIENCE) as answer:
                return answer.read()
        except URLError:
            time.sleep(0.5)
    raise AssertionError("no answer")
