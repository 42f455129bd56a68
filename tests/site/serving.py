"""A web server for the tests: files of a folder, compressed, on this machine only. It can be cut off like a network."""

from __future__ import annotations

import gzip
from contextlib import suppress
from functools import lru_cache
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from socket import SHUT_RDWR
from threading import Thread
from typing import Any, BinaryIO

COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".webmanifest"}
TYPES = {".js": "text/javascript", ".webmanifest": "application/manifest+json", ".woff2": "font/woff2"}


class Server:
    """Serves a folder at `url` until it is cut. `asked` holds every path that was asked for, in order.

    After `patience` answers it hangs up on everybody.
    """

    def __init__(self, folder: Path, port: int = 0, patience: int = 1_000_000):
        self.folder, self.patience, self.asked, self.talking = folder, patience, [], set()
        handler = type("Handler", (_Handler,), {"server_of": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self.port = self._http.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
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
        return Server(self.folder, self.port)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()


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
        self.server_of.asked.append(self.path)
        if len(self.server_of.asked) > self.server_of.patience:
            self.close_connection = True
            return None
        path = Path(self.translate_path(self.path))
        if path.is_dir() and not self.path.split("?")[0].endswith("/"):
            return super().send_head()  # a redirect, as servers do
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        pack = path.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", "")
        body = packed(path, path.stat().st_mtime_ns) if pack else path.read_bytes()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache")
        if pack:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        return BytesIO(body)

    def log_message(self, *_: object) -> None:
        pass


@lru_cache(maxsize=512)
def packed(path: Path, _changed: int) -> bytes:
    """A file as it travels. `_changed` tells an edited file from what it was."""
    return gzip.compress(path.read_bytes(), mtime=0)
