"""The Nu Html Checker (vnu), started once for the whole site: pages, style sheets and pictures."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.audit.finding import Finding
from tests.audit.tools import TOOLS

JAR = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
CHECKED = {".html", ".css", ".svg"}
WRONG = {  # what vnu says without being right → why
    r"CSS: “(container|field-sizing)”: Property": "CSS Containment 3 and Basic User Interface 4 have them, browsers too",
    r"CSS: Unrecognized at-rule “@container”": "CSS Containment 3 has it, browsers too",
    r"Attribute “(textlength|lengthadjust)” not allowed on element “tspan”": "SVG 1.1 and SVG 2 allow both",
}
FOR_PRINTING = "book.css"  # read by WeasyPrint, by no browser


def judge(site: Path, files: Iterable[Path] = ()) -> list[Finding]:
    """Errors of a site, or of some files in it. What it merely warns of, like a role that Safari needs, is left out."""
    chosen = list(files) or sorted(p for p in site.rglob("*") if p.suffix in CHECKED and p.name != FOR_PRINTING)
    command = ["java", "-jar", JAR, "--format", "json", "--also-check-css", "--also-check-svg", "--exit-zero-always"]
    said = subprocess.run([*command, "--errors-only", *chosen], capture_output=True, text=True, check=True)
    return [
        Finding(_page(message, site), "vnu", f"vnu, line {message.get('lastLine', 1)}", _element(message), text)
        for message in json.loads(said.stderr)["messages"]
        if (text := message["message"]) and not any(re.match(wrong, text) for wrong in WRONG)
    ]


def _page(message: dict, site: Path) -> str:
    return Path(unquote(urlsplit(message["url"]).path)).relative_to(site.resolve()).as_posix()


def _element(message: dict) -> str:
    return " ".join(message.get("extract", "").split())[:80]
