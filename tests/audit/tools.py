"""Where the programs are that `roadmap/bootstrap.py` installs, and how their browser is started."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright

VENV = Path(sys.prefix)
TOOLS = VENV / "tools" / "node_modules"
CHROMIUM = Path(__file__).with_name("chromium.sh")
NODE = VENV / "bin" / "node"
ONLY_HERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"  # whatever else a page asks for is not there
SETTINGS = ["--no-sandbox", ONLY_HERE]


def chromium(playwright: Playwright) -> Browser:
    """Debian's Chromium, on this machine only."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=SETTINGS)
