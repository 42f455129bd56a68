"""Makes an edition something a browser can install: a manifest, and the mark of the site in the
sizes that asks for.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import resvg_py

from roadmap.project.edition_file import EditionFile

ICONS = "assets/icons"
ROOM = 16  # around the mark, which is 48 wide: systems cut icons to a circle


def write(root: Path, edition: Path, code: str, says: EditionFile) -> None:
    """Writes the manifest and the icons of a built edition."""
    mark = (root / "overrides/assets/logo.svg").read_text(encoding="utf-8")
    paper = _paper(root / "overrides/assets/styles/frame/theme.css")
    on_paper = _on_paper(mark, paper)
    drawn = {"icon-192": (mark, 192), "icon-512": (mark, 512), "maskable-512": (on_paper, 512)}
    folder = edition / ICONS
    folder.mkdir(parents=True, exist_ok=True)
    for name, (svg, size) in {**drawn, "apple-touch-icon": (on_paper, 180)}.items():
        (folder / f"{name}.png").write_bytes(png(svg, size))
    icons = [
        _icon(f"{ICONS}/{name}.png", size, name.split("-")[0]) for name, (_, size) in drawn.items()
    ]
    text = json.dumps(manifest(code, says, paper, icons), ensure_ascii=False, indent=1)
    (edition / "manifest.webmanifest").write_text(text + "\n", encoding="utf-8")


def manifest(
    code: str, says: EditionFile, paper: str, icons: list[dict[str, str]]
) -> dict[str, object]:
    """What a browser must know of an edition to install it."""
    return {
        "name": says.title,
        "short_name": says.title,
        "lang": code,
        "dir": says.direction,
        "start_url": "index.html",
        "scope": "./",
        "display": "standalone",
        "display_override": ["minimal-ui"],  # with a way back
        "background_color": paper,
        "theme_color": paper,
        "icons": [{"src": "assets/logo.svg", "sizes": "any", "type": "image/svg+xml"}, *icons],
    }


def png(svg: str, width: int) -> bytes:
    """A drawing as PNG. The same drawing gives the same bytes; letters of this machine are not
    used.
    """
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True))


def _icon(path: str, size: int, purpose: str) -> dict[str, str]:
    known = {"purpose": "maskable"} if purpose == "maskable" else {}
    return {"src": path, "sizes": f"{size}x{size}", "type": "image/png", **known}


def _on_paper(mark: str, paper: str) -> str:
    inside = mark.replace("<svg ", f'<svg x="{ROOM}" y="{ROOM}" width="48" height="48" ', 1)
    size = 48 + 2 * ROOM
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<rect width="{size}" height="{size}" fill="{paper}"/>{inside}</svg>'
    )


def _paper(theme: Path) -> str:
    """The colour of the page in the light scheme."""
    return re.search(r"--paper: (#[0-9a-f]{6});", theme.read_text(encoding="utf-8"))[1]
