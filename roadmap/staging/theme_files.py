"""Copies the files that pages of the theme ask for: those of Material, and ours over them."""

from __future__ import annotations

import shutil
from pathlib import Path

from roadmap.project.mkdocs_config import THEME

ASSETS = "assets"
WORKER = "sw.js"  # the one that unregisters itself
# Files of Material that a page loads, and those that its search loads for a language
OF_MATERIAL = ("stylesheets/*.css", "javascripts/workers/*.js")
STEMMERS = "javascripts/lunr/min"
# Files of ours that no page of an edition loads
NOT_OF_PAGES = shutil.ignore_patterns("made-from.txt", "landing-page", "zip-copy", "book")


def copy_theme_files(overrides: Path, folder: Path, stemmer: str) -> None:
    """Puts the files of the theme into the folder of a built edition.

    `stemmer` is the language of the stop words that search uses; it has the English ones built in.
    """
    files: list[Path] = []
    for pattern in OF_MATERIAL:
        files += (THEME / ASSETS).glob(pattern)
    if stemmer != "en":
        for name in ("lunr.stemmer.support", f"lunr.{stemmer}"):
            files.append(THEME / ASSETS / STEMMERS / f"{name}.min.js")
    for file in files:
        target = folder / file.relative_to(THEME)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    shutil.copytree(
        overrides / ASSETS,
        folder / ASSETS,
        ignore=NOT_OF_PAGES,
        dirs_exist_ok=True,
        copy_function=shutil.copyfile,
    )
    shutil.copyfile(overrides / WORKER, folder / WORKER)
