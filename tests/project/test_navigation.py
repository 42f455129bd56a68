"""The walk through the navigation."""

from __future__ import annotations

import pytest

from roadmap.project.navigation import nav_paths


@pytest.mark.parametrize(("entry", "paths"), [
    ("index.md", ["index.md"]),
    ({"Home": "index.md"}, ["index.md"]),
    ({"How": ["how/index.md", {"Stages": ["how/a.md", "how/b.md"]}]}, ["how/index.md", "how/a.md", "how/b.md"]),
    (["b.md", {"A": "a.md"}, "b.md"], ["b.md", "a.md", "b.md"]),
    ([], []),
    ({"Empty": None}, []),
])
def test_every_page_comes_in_order(entry: object, paths: list[str]) -> None:
    assert list(nav_paths(entry)) == paths
