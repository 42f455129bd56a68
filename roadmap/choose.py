"""The first page of the site: choose an edition. It remembers the choice and works without script."""

from __future__ import annotations

import shutil
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from roadmap.editions import ENGLISH, EditionFile

TEMPLATES = Environment(loader=PackageLoader("roadmap"), autoescape=True, undefined=StrictUndefined)
FILES = ("styles/theme.css", "styles/choose.css", "scripts/choose.js", "logo.svg", "fonts")


def write(root: Path, site: Path, offered: dict[str, EditionFile]) -> None:
    """Writes index.html and what it shows. Each edition is named in its own language."""
    assets = site / "assets"
    shutil.rmtree(assets, ignore_errors=True)
    for name in FILES:
        source, target = root / "overrides" / "assets" / name, assets / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copyfile(source, target)
    filled = TEMPLATES.get_template("choose.html.j2").render(editions=offered, main=ENGLISH)
    (site / "index.html").write_text(filled, encoding="utf-8")
