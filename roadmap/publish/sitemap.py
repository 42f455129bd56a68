"""Writes the XML sitemap for search engines, each page with its other languages, and robots.txt.

No dates: the site does not know when a page last changed its meaning. Where nobody has said an
address, nothing is written.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from roadmap.project.addresses import HOME, Site
from roadmap.project.templates import fill

FILE = "sitemap.xml"


def write_sitemap(folder: Path, site: Site) -> None:
    """Writes sitemap.xml into the folder of the site.

    And robots.txt, which names it: at the root of a host only, where alone it counts.
    """
    if not site.url:
        return
    sitemap = fill(
        "sitemap.xml.j2",
        root=site.url,
        pages=_alternates_by_address(site),
    )
    (folder / FILE).write_text(sitemap, encoding="utf-8", newline="\n")
    if urlsplit(site.url).path == "/":
        robots = f"User-agent: *\nDisallow:\n\nSitemap: {site.url}{FILE}\n"
        (folder / "robots.txt").write_text(robots, encoding="utf-8", newline="\n")


def _alternates_by_address(site: Site) -> dict[str, dict[str, str]]:
    """The address of each page → its address in each language. The landing page comes first."""
    found = {f"{site.url}index.html": site.alternates(HOME)}
    for code in site.offered:
        for page in sorted(site.pages[code]):
            address = site.address(code, page)
            found[address] = site.alternates(page)
    return found
