"""Debian's Firefox, as readers have it: a new profile, no setting changed but to keep it quiet, and quick."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from marionette_driver.marionette import Marionette

from tests.conftest import PATIENCE

QUIET = {
    "remote.prefs.recommended": False,  # these would loosen the rules for pages from a folder
    "dom.input_events.security.minNumTicks": 0,  # else it drops what is pressed in the first moments of a page,
    "dom.input_events.security.minTimeElapsedInMS": 0,  # lest a reader be tricked into it; no reader is that quick
    "marionette.port": 0,  # any that is free
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}


@contextmanager
def firefox(width: int = 1280, height: int = 800, **settings: object) -> Iterator[Marionette]:
    """A running Firefox. `settings` are preferences, with `__` for a dot."""
    with tempfile.TemporaryDirectory(prefix="firefox-") as profile:
        wanted = QUIET | {k.replace("__", "."): v for k, v in settings.items()}
        lines = [f'user_pref("{name}", {_written(value)});' for name, value in wanted.items()]
        Path(profile, "user.js").write_text("\n".join(lines), encoding="utf-8")
        command = [shutil.which("firefox-esr"), "--headless", "--marionette", "--no-remote", "--profile", profile]
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            driver = Marionette(host="127.0.0.1", port=_port(Path(profile), running), startup_timeout=PATIENCE)
            driver.start_session()
            driver.timeout.page_load, driver.timeout.script = PATIENCE, PATIENCE
            driver.set_window_rect(width=width, height=height)
            yield driver
        finally:
            running.terminate()
            with suppress(subprocess.TimeoutExpired):
                running.wait(20)
            running.kill()


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool | int) else f'"{value}"'


def _port(profile: Path, running: subprocess.Popen) -> int:
    """Where it listens, which it writes into its profile as soon as it does."""
    written = profile / "MarionetteActivePort"
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and running.poll() is None:
        if written.exists() and (port := written.read_text(encoding="utf-8")):
            return int(port)
        time.sleep(0.1)
    raise TimeoutError("Firefox did not start")
