"""Writes the list of all pages for search engines, each with its other languages, and the file that
names the list.

No dates: the site does not know when a page last changed its meaning. Where nobody has said an
address, nothing is written.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from roadmap.project.addresses import HOME, Site
from roadmap.project.templates import fill

FILE = "sitemap.xml"


def write(folder: Path, site: Site) -> None:
    """Writes sitemap.xml; and robots.txt, which counts at the root of a host only."""
    if not site.root:
        return
    pages = {f"{site.root}index.html": site.alternates(HOME)} | {
        site.address(code, page): site.alternates(page)
        for code in site.offered
        for page in sorted(site.pages[code])
    }
    filled = fill("sitemap.xml.j2", root=site.root, pages=pages)
    (folder / FILE).write_text(filled, encoding="utf-8")
    if urlsplit(site.root).path == "/":
        robots = f"User-agent: *\nDisallow:\n\nSitemap: {site.root}{FILE}\n"
        (folder / "robots.txt").write_text(robots, encoding="utf-8")
