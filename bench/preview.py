"""Starts a preview, and waits until a page is served as it should be."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from bench.process import ENVIRONMENT, Failed, python

LONGEST = 120  # seconds until a preview counts as stuck
PAUSE = 0.02  # seconds between two questions
SETTLED = 0.5  # seconds between a page that was served and the next change


class Preview:
    """A preview that runs until the `with` block ends."""

    def __init__(self, folder: Path, module: str, port_option: str, home: str):
        """`port_option` begins the option that takes the port; `home` is where pages stand."""
        self.port = _free_port()
        self.home = home
        self.start = time.perf_counter()
        self.process = subprocess.Popen(
            python(module, "serve", f"{port_option}{self.port}"),
            cwd=folder,
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def __enter__(self) -> Preview:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait()

    def first_page(self) -> float:
        """Seconds from the start until the first page is served. Raises Failed."""
        return self._wait("index.html", "</html>") - self.start

    def saved_to_served(self, save: Callable[[], None], page: str, text: str) -> float:
        """Seconds from saving a change until the page has the text. Raises Failed."""
        time.sleep(SETTLED)
        if text in self._page(page):
            raise Failed(f"{page} had `{text}` before the change")
        save()
        saved = time.perf_counter()
        return self._wait(page, text) - saved

    def _wait(self, page: str, text: str) -> float:
        """The time at which a page with the text is served. Raises Failed."""
        end = time.perf_counter() + LONGEST
        while time.perf_counter() < end:
            if self.process.poll() is not None:
                raise Failed("the preview stopped")
            if text in self._page(page):
                return time.perf_counter()
            time.sleep(PAUSE)
        raise Failed(f"{page} without `{text}` after {LONGEST} s")

    def _page(self, page: str) -> str:
        """What is served for a page; nothing while there is no answer."""
        address = f"http://127.0.0.1:{self.port}{self.home}{page}"
        try:
            with urlopen(address, timeout=LONGEST) as answer:
                return answer.read().decode()
        except (URLError, OSError):
            return ""


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
