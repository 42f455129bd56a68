"""All other hosts: a proxy that answers for every name there is and writes down what a browser asked of whom."""

from __future__ import annotations

from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Condition, Thread
from urllib.parse import urlsplit

from tests.conftest import PATIENCE

SCRIPT = b"(window.ran ??= []).push('script of another host')"
HEADERS = "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n"


class Elsewhere:
    """`asked` holds the names of hosts in order; this machine's own address does not go through the proxy."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._news = Condition()
        handler = type("Handler", (_Handler,), {"note": staticmethod(self._note)})
        self._tcp = _Tcp(("127.0.0.1", 0), handler)
        self._tcp.daemon_threads = True
        self.port = self._tcp.server_address[1]
        Thread(target=self._tcp.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def for_chromium(self) -> dict[str, str]:
        return {"server": f"http://127.0.0.1:{self.port}", "bypass": "127.0.0.1"}

    @property
    def for_firefox(self) -> dict[str, object]:
        kinds = {f"network__proxy__{kind}": "127.0.0.1" for kind in ("http", "ssl")}
        ports = {f"network__proxy__{kind}_port": self.port for kind in ("http", "ssl")}
        return {"network__proxy__type": 1} | kinds | ports

    def _note(self, host: str) -> None:
        with self._news:
            self.asked.append(host)
            self._news.notify_all()

    def wait_for(self, hosts: set[str], seconds: float = PATIENCE) -> set[str]:
        """Waits until each of the hosts was asked. Returns those that were not."""
        with self._news:
            self._news.wait_for(lambda: hosts <= set(self.asked), seconds)
            return hosts - set(self.asked)

    def __enter__(self) -> Elsewhere:
        return self

    def __exit__(self, *_: object) -> None:
        self._tcp.shutdown()
        self._tcp.server_close()


class _Tcp(ThreadingTCPServer):
    request_queue_size = 128


class _Handler(StreamRequestHandler):
    def handle(self) -> None:
        method, address, *_ = [*self.rfile.readline().decode("latin-1").split(), "", ""]
        while self.rfile.readline().strip():
            pass
        self.note(urlsplit(address if "//" in address else f"//{address}").hostname or "")
        if method == "CONNECT":
            return  # the name is known; there is nobody to talk to
        kind = "text/javascript" if address.endswith(".js") else "text/html"
        self.wfile.write(HEADERS.format(kind).encode() + (SCRIPT if address.endswith(".js") else b"hello"))
