"""The cache of finished editions. Makes none itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from roadmap.project.cache import code_version, fingerprint, hashes
from roadmap.project.edition_file import ENGLISH, EditionFile
from roadmap.project.project import Project


class EditionCache:
    """The finished editions of a project, with PDFs or without.

    One folder holds what an edition adds to the site. Its name tells all that a build reads: the
    files of the checkout, our code, the installed packages, and the menu of editions.
    """

    def __init__(self, project: Project, offered: Mapping[str, EditionFile], pdf: bool):
        self.project = project
        self.folder = project.root / ".cache" / "editions"
        self.shared = fingerprint(
            _shared_files(project),
            code_version(),
            menu(project, offered),
            pdf,
        )

    def path(self, code: str) -> Path:
        """Where a finished edition is, or is to be."""
        edition = self.project.edition(code)
        paths = [edition.folder, *edition.folder.rglob("*")]
        files = hashes(self.project.root, paths, self.project.read_bytes)
        return self.folder / f"{code}-{fingerprint(self.shared, files)[:16]}"

    def store(self, code: str, finished: Path) -> None:
        """Keeps a finished edition. What it was before is moved to where that was finished.

        Removed in its place, it would be half an edition where a build is killed.
        """
        for old in self.folder.glob(f"{code}-*"):
            old.rename(finished.with_name(old.name))
        self.folder.mkdir(parents=True, exist_ok=True)
        finished.rename(self.path(code))


def _shared_files(project: Project) -> list[tuple[str, str]]:
    """What every edition is made from: all of the checkout that is neither made nor a translation.

    `tests/test_build.py` watches what a build opens: nothing else of the checkout.
    """
    root = project.root
    folders = (root / "content", root / "docs" / ENGLISH, root / "overrides")
    files = [root / "mkdocs.yml", root / "pyproject.toml"]
    for folder in folders:
        files += folder.rglob("*")
    return hashes(root, files, project.read_bytes)


def menu(project: Project, offered: Mapping[str, EditionFile]) -> str:
    """What pages say of other editions."""
    entries = []
    for code, file in offered.items():
        pages = sorted(project.edition(code).own_pages)
        entries.append([code, file.name, file.direction, file.title, pages])
    return json.dumps(entries)
