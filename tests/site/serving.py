"""A web server for the tests: files of a folder, compressed, on this machine only. It can be cut off like a network."""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from socket import SHUT_RDWR
from threading import Event, Thread
from typing import Any, BinaryIO, Literal

from tests.site.faults import LOG_IN, Fault

COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".webmanifest"}
BELOW = range(20_000, 32_000)  # the ports that the system hands out by itself: nobody takes one while its server is cut off
PORTS = islice(cycle(BELOW), os.getpid() * 997 % len(BELOW), None)  # each is another site to a browser, so none comes again soon
TYPES = {".js": "text/javascript", ".webmanifest": "application/manifest+json", ".woff2": "font/woff2"}


@dataclass(frozen=True)
class Host:
    """What hosts do in different ways.

    With `clean` addresses it leads from `x.html` and `x/` to `x` and from `x/index.html` to `x/`; `bare` ones answer `x` as
    `x.html`, too. The site stands below `base`. For what is not there it shows 404.html of the `root` of the site, or the
    `nearest` one, or a page of its own. `cache`: pattern of a path → its Cache-Control; the first that fits holds.
    """

    clean: bool = False
    bare: bool = False
    base: str = ""
    lost: Literal["own", "root", "nearest"] = "own"
    cache: Mapping[str, str] = field(default_factory=lambda: {"*": "no-cache"})


class Server:
    """Serves a folder at `url` until it is cut. `asked` holds every path that was asked for, in order.

    After `patience` answers it hangs up on everybody. `headers` go with every answer; `host` says what else it does.
    """

    def __init__(self, folder: Path, port: int = 0, patience: int = 1_000_000, *, clean: bool = False, headers: Mapping[str, str] | None = None, host: Host | None = None):
        self.folder, self.patience, self.headers = folder, patience, headers or {}
        self.host = host or Host(clean=clean)
        self.asked, self.talking = [], set()
        self._fault, self._faulty, self._over = Fault(), "", Event()
        handler = type("Handler", (_Handler,), {"server_of": self})
        self._http = _listening(handler, [port] if port else PORTS)
        self.port = self._http.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}{self.host.base}"
        Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()

    def cut(self) -> None:
        """From now on nobody answers at this address."""
        self._http.shutdown()
        self._http.server_close()
        for connection in list(self.talking):
            with suppress(OSError):
                connection.shutdown(SHUT_RDWR)

    def again(self) -> Server:
        """The same folder at the same address, after a cut."""
        return Server(self.folder, self.port, headers=self.headers, host=self.host)

    @contextmanager
    def struck(self, fault: Fault, faulty: str = "*") -> Iterator[None]:
        """Meanwhile something goes wrong with every answer whose path fits the pattern."""
        self._fault, self._faulty, self._over = fault, faulty, Event()
        try:
            yield
        finally:
            self._faulty = ""
            self._over.set()

    def fault_at(self, path: str) -> Fault:
        """What goes wrong with the answer to this path. One that is held back waits here until it is over."""
        if not fnmatch(path.split("?")[0], self._faulty):
            return Fault()
        if self._fault.held:
            self._over.wait()
        return self._fault

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()


def _listening(handler: type[SimpleHTTPRequestHandler], ports: Iterable[int]) -> _Http:
    """A server at the first of these ports that is free."""
    for port in ports:
        with suppress(OSError):
            return _Http(("127.0.0.1", port), handler)
    raise OSError(f"none of {ports} is free")


class _Http(ThreadingHTTPServer):
    request_queue_size = 128  # of 5, one more that a busy machine lets wait is lost, and asked for again a second later


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | TYPES
    server_of: Server

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments, directory=str(self.server_of.folder))

    def setup(self) -> None:
        super().setup()
        self.server_of.talking.add(self.connection)

    def handle(self) -> None:
        with suppress(OSError):  # a browser may go in the middle of an answer
            super().handle()

    def finish(self) -> None:
        self.server_of.talking.discard(self.connection)
        with suppress(OSError):
            super().finish()

    def send_head(self) -> BinaryIO | None:
        host = self.server_of.host
        self.directory = str(self.server_of.folder)
        self.server_of.asked.append(self.path)
        if len(self.server_of.asked) > self.server_of.patience:
            self.close_connection = True
            return None
        fault = self.server_of.fault_at(self.path)
        if self.path == LOG_IN:
            return self._sent(HTTPStatus.OK, Path("log-in.html"), b"Log in to this network", Fault())
        if fault.redirects:
            return self._redirected(HTTPStatus.FOUND, LOG_IN)
        if fault.status != HTTPStatus.OK or not self.path.startswith(f"{host.base}/"):
            self.send_error(HTTPStatus.NOT_FOUND if fault.status == HTTPStatus.OK else fault.status)
            return None
        if host.clean and (cleaner := self._cleaner()):
            return self._redirected(HTTPStatus.PERMANENT_REDIRECT, cleaner)
        path = Path(self.translate_path(self.path))
        if (host.clean or host.bare) and not path.exists():
            path = path.with_name(f"{path.name}.html")
        if path.is_dir() and not self.path.split("?")[0].endswith("/"):
            return super().send_head()  # a redirect, as servers do
        path = path / "index.html" if path.is_dir() else path
        status = HTTPStatus.OK
        if not path.is_file() and (lost := self._lost(path)):
            path, status = lost, HTTPStatus.NOT_FOUND
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return self._sent(status, path, path.read_bytes(), fault)

    def _redirected(self, status: HTTPStatus, address: str) -> None:
        self.send_response(status)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _sent(self, status: HTTPStatus, path: Path, content: bytes, fault: Fault) -> BinaryIO | None:
        """The head of an answer, and the body that is to follow. A browser that has it already is told so."""
        tag = f'"{sha256(content).hexdigest()}"'
        if fault == Fault() and status == HTTPStatus.OK and self.headers.get("If-None-Match") == tag:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.send_header("ETag", tag)
            self.end_headers()
            return None
        pack = path.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", "")
        body = packed(fault.change(content)) if pack else fault.change(content)
        self.send_response(status)
        self.send_header("Content-Type", fault.type or self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", self._cache_control())
        self.send_header("ETag", tag)
        for name, value in self.server_of.headers.items():
            self.send_header(name, value)
        if pack:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if fault.cut:
            self.close_connection = True
            return BytesIO(body[: len(body) // 2])
        return BytesIO(body)

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(self.server_of.host.base))

    def _lost(self, path: Path) -> Path | None:
        """The page of the site for what is not there; none where the host shows its own."""
        root, lost = self.server_of.folder, self.server_of.host.lost
        folders = {"own": [], "root": [root], "nearest": [each for each in path.parents if each.is_relative_to(root)]}[lost]
        return next((each / "404.html" for each in folders if (each / "404.html").is_file()), None)

    def _cache_control(self) -> str:
        return next(value for pattern, value in self.server_of.host.cache.items() if fnmatch(self.path, pattern))

    def _cleaner(self) -> str:
        """The clean form of an address that has another; else nothing."""
        plain, sign, query = self.path.partition("?")
        clean = re.sub(r"(?<=/)index\.html$|\.html$", "", plain)
        path = Path(self.translate_path(plain))
        if plain.endswith("/") and not path.is_dir():
            clean = plain.rstrip("/")
        return "" if clean == plain else clean + sign + query

    def log_message(self, *_: object) -> None:
        pass


@lru_cache(maxsize=512)
def packed(content: bytes) -> bytes:
    """A file as it travels. Many tests serve copies of the same files."""
    return gzip.compress(content, mtime=0)
