"""Builds the site beside the old one and swaps it in at the end. A build that fails leaves what was there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from macros.problem import Problems
from roadmap import finish, fonts, host, inspect
from roadmap.check import check

Say = Callable[[str], None]


def build(root: Path, say: Say) -> Path:
    """The site, built. Raises Problems; then the old site is untouched."""
    say("Checking facts and pages …")
    if problems := check(root):
        raise Problems(problems)
    say("Cutting the font …")
    fonts.provide(root / "overrides" / "assets" / "fonts")
    with tempfile.TemporaryDirectory(dir=_cache(root), prefix="site-") as temporary:
        fresh = Path(temporary) / "site"
        say("Building the English edition …")
        host.build(root / "mkdocs.yml", fresh / "en")
        say("Finishing the pages …")
        finish.finish(fresh / "en")
        say("Reading every page …")
        if problems := inspect.inspect(fresh, shown_as="site"):
            raise Problems(problems)
        return _swap(fresh, root / "site")


def _cache(root: Path) -> Path:
    folder = root / ".cache"
    folder.mkdir(exist_ok=True)
    return folder


def _swap(fresh: Path, site: Path) -> Path:
    """Puts the fresh site in the place of the old one."""
    old = fresh.with_name("old")
    if site.exists():
        site.rename(old)
    fresh.rename(site)
    shutil.rmtree(old, ignore_errors=True)
    return site
