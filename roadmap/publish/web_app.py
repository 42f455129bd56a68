"""The web app manifest of an edition and its icons, so that a browser can install it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from roadmap.project.edition_file import EditionFile
from roadmap.project.project import Edition
from roadmap.publish.raster import png

# The folder of the icons, below the edition
ICONS = "assets/icons"
# Units of the logo: its width, and the room around it in an icon that systems cut to a circle
LOGO_WIDTH = 48
PADDING = 16
# Pixels of the icon that Apple's systems look for
APPLE_SIZE = 180
# The colour of the page in the light scheme
PAPER = re.compile(r"--paper: (#[0-9a-f]{6});")


def write_manifest(edition: Edition, folder: Path) -> None:
    """Writes the manifest and the icons of a built edition into its folder.

    Raises Problems where edition.yml cannot be read.
    """
    root = edition.project.root
    assets = root / "overrides" / "assets"
    logo = (assets / "logo.svg").read_text(encoding="utf-8")
    paper = _paper(assets / "styles" / "frame" / "theme.css")
    maskable = _on_paper(logo, paper)
    (folder / ICONS).mkdir(parents=True, exist_ok=True)
    icons = [
        _write_icon(folder, "icon", logo, 192, root),
        _write_icon(folder, "icon", logo, 512, root),
        _write_icon(folder, "maskable", maskable, 512, root),
    ]
    apple_icon = folder / ICONS / "apple-touch-icon.png"
    apple_icon.write_bytes(png(maskable, APPLE_SIZE, root))
    data = manifest(edition.code, edition.file, paper, icons)
    text = json.dumps(data, ensure_ascii=False, indent=1)
    file = folder / "manifest.webmanifest"
    file.write_text(text + "\n", encoding="utf-8", newline="\n")


def manifest(
    code: str, file: EditionFile, paper: str, icons: list[dict[str, str]]
) -> dict[str, object]:
    """What a browser must know of an edition to install it, as the manifest has it.

    `paper` is the colour of the page, `#rrggbb`; `icons` are the entries of the PNG icons.
    """
    logo = {"src": "assets/logo.svg", "sizes": "any", "type": "image/svg+xml"}
    return {
        "name": file.title,
        "short_name": file.title,
        "lang": code,
        "dir": file.direction,
        "start_url": "index.html",
        "scope": "./",
        "display": "standalone",
        "display_override": ["minimal-ui"],  # with a way back
        "background_color": paper,
        "theme_color": paper,
        "icons": [logo, *icons],
    }


def _write_icon(folder: Path, purpose: str, svg: str, size: int, root: Path) -> dict[str, str]:
    """Writes an icon of some pixels; returns its entry in the manifest."""
    path = f"{ICONS}/{purpose}-{size}.png"
    (folder / path).write_bytes(png(svg, size, root))
    entry = {
        "src": path,
        "sizes": f"{size}x{size}",
        "type": "image/png",
    }
    if purpose == "maskable":
        entry["purpose"] = purpose
    return entry


def _on_paper(logo: str, paper: str) -> str:
    """The logo as SVG on a square in the colour of the page, with padding."""
    place = f'x="{PADDING}" y="{PADDING}" width="{LOGO_WIDTH}" height="{LOGO_WIDTH}"'
    inside = logo.replace("<svg ", f"<svg {place} ", 1)
    size = LOGO_WIDTH + 2 * PADDING
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<rect width="{size}" height="{size}" fill="{paper}"/>{inside}</svg>'
    )


def _paper(theme: Path) -> str:
    """The colour of the page that theme.css sets, `#rrggbb`."""
    colours = PAPER.findall(theme.read_text(encoding="utf-8"))
    return colours[0]
