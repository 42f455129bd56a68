"""Serves editions to a browser, which loads a page anew when something changes. For this machine
only.
"""

from __future__ import annotations

import mimetypes
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from macros.facts.problem import Problem, Problems, shown
from roadmap.preview.editions import Editions, OfferedOf, PreviewEdition
from roadmap.project.templates import fill

HOST = "127.0.0.1"
HTML = "text/html; charset=utf-8"
CHANGES = "/changes"  # answers when something has changed
SCRIPT = "/preview.js"
LOOK_EVERY = 0.1  # seconds
LONGEST_WAIT = 20.0  # seconds until a browser is answered though nothing has changed
QUIET = 0.3  # seconds without a change before everything is checked

Report = Callable[[Iterable[Problem]], None]
Answer = tuple[HTTPStatus, str, bytes]  # status, kind of content, content


class PreviewServer(ThreadingHTTPServer):
    """Serves the editions of a checkout. `code` is that of the one whose problems are told."""

    daemon_threads = True

    def __init__(self, root: Path, code: str, port: int, offered_of: OfferedOf, report: Report):
        """`report` prints problems."""
        super().__init__((HOST, port), _Handler)
        self.code = code
        self.editions = Editions(root, offered_of)
        self.report = report
        self.problems: list[Problem] = []
        self.checked = 0  # the version that the problems are of

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.server_address[1]}/{self.code}/"

    def serve_forever(self, poll_interval: float = 0.5) -> None:
        threading.Thread(target=self._keep_checking, daemon=True).start()
        super().serve_forever(poll_interval)

    def _keep_checking(self) -> None:
        """Checks everything whenever something has changed, and tells what is wrong.

        Hints are left to `roadmap check`: here they would hide what stops a build.
        """
        while True:
            version = self.editions.refresh()
            if version == self.checked:
                time.sleep(LOOK_EVERY)
                continue
            time.sleep(QUIET)  # who waits for a page comes first
            if self.editions.refresh() != version:
                continue
            found = []
            for problem in self.editions.problems(self.code):
                if problem.severity == "error":
                    found.append(problem)
            if found != self.problems or not self.checked:
                self.report(found)
            self.problems = found
            self.checked = version

    def wait_for_news(self, known: str) -> str:
        """What is shown now, as soon as it is not what is known, or after a while."""
        deadline = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < deadline:
            news = self.state()
            if news != known:
                return news
            time.sleep(LOOK_EVERY)
        return known

    def state(self) -> str:
        """A word that changes with what is shown, and with the problems."""
        return f"{self.editions.refresh()}-{hash(tuple(self.problems)) & 0xFFFFFFFF:x}"


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        with suppress(BrokenPipeError, ConnectionResetError):  # the reader has gone on
            self._answer(unquote(parts.path), parse_qs(parts.query))

    def _answer(self, path: str, query: dict[str, list[str]]) -> None:
        if path == CHANGES:
            known = query.get("known", [""])[0]
            self._send(HTTPStatus.OK, "text/plain", self.server.wait_for_news(known).encode())
        elif path == SCRIPT:
            script = (files("roadmap") / "templates" / "preview.js").read_bytes()
            self._send(HTTPStatus.OK, "text/javascript", script)
        elif path.count("/") < 2:
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", f"/{self.server.code}/index.html")
            self.end_headers()
        else:
            self._answer_from_edition(path)

    def _answer_from_edition(self, path: str) -> None:
        """A page or a file of an edition; what is wrong with it, where it cannot be shown."""
        code, _, name = path.lstrip("/").partition("/")
        if not name or name.endswith("/"):
            name += "index.html"
        editions = self.server.editions
        with editions.lock:  # while an answer is made, not while it is sent
            editions.refresh()
            try:
                answer = self._from_edition(editions.edition(code), name)
            except Problems as problems:
                answer = self._problems(code, problems.problems)
            except Exception as error:  # the theme stumbled; the check knows over what
                unforeseen = _unforeseen(error, path, editions.root)
                answer = self._problems(code, [*editions.problems(code), unforeseen])
        self._send(*answer)

    def _from_edition(self, edition: PreviewEdition, name: str) -> Answer:
        """A page or a file of an edition. Raises Problems."""
        html = edition.page(name)
        if html is not None:
            return self._page(HTTPStatus.OK, html)
        content = edition.file(name)
        if content is not None:
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            return HTTPStatus.OK, kind, content
        return self._page(HTTPStatus.NOT_FOUND, edition.not_found())

    def _problems(self, code: str, problems: Iterable[Problem]) -> Answer:
        html = fill("problems.html.j2", problems=list(problems), language=code)
        return self._page(HTTPStatus.INTERNAL_SERVER_ERROR, html)

    def _page(self, status: HTTPStatus, html: str) -> Answer:
        """A page, with the script that loads it anew, and with what is wrong."""
        state = self.server.state()
        extra = fill("preview.html.j2", state=state, problems=self.server.problems, script=SCRIPT)
        before, body, after = html.rpartition("</body>")
        return status, HTML, f"{before}{extra}{body}{after}".encode()

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: the terminal is for problems."""


def _unforeseen(error: Exception, path: str, root: Path) -> Problem:
    """An error of the theme, at the line of its template where it names one, else at a path."""
    name = getattr(error, "filename", None)
    place = shown(Path(name), root) if name else path
    return Problem(place, getattr(error, "lineno", 1), f"{type(error).__name__}: {error}", "a page")
