"""An HTTP/1.1 server that keeps connections open and can lose an answer on purpose.

Werkzeug's own handler closes every connection after one answer, so a client's pool would never
be put to the test.
"""

from __future__ import annotations

import io
import socket
import threading
from typing import TYPE_CHECKING, Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler
from werkzeug.test import run_wsgi_app

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

LOSE_ANSWER = "sandbox.lose_answer"
"""In the WSGI environment: call it, and the connection is closed instead of answered."""


class KeepAliveHandler(WSGIRequestHandler):
    """Answers one request after another on the same connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 120

    def setup(self) -> None:
        """Remember the connection, so that stopping the server can close it."""
        super().setup()
        self._open().add(self.connection)

    def finish(self) -> None:
        """Forget the connection."""
        self._open().discard(self.connection)
        super().finish()

    def _open(self) -> set[socket.socket]:
        opened: set[socket.socket] = vars(self.server).setdefault("open_connections", set())
        return opened

    def run_wsgi(self) -> None:
        """Run the application on a body that was read whole, and send its answer whole."""
        environ = self.make_environ()
        environ["wsgi.input"] = io.BytesIO(self._read_body(environ))
        lost = threading.Event()
        environ[LOSE_ANSWER] = lost.set
        chunks, status, headers = run_wsgi_app(self.server.app, environ, buffered=True)
        body = b"".join(chunks)
        if lost.is_set():
            self.close_connection = True
            return
        code, _, reason = status.partition(" ")
        self.send_response_only(int(code), reason)
        for name, value in headers.items():
            if name.lower() != "content-length":
                self.send_header(name, value)
        if int(code) not in {204, 304}:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _read_body(self, environ: dict[str, Any]) -> bytes:
        stream = environ["wsgi.input"]
        if environ.get("wsgi.input_terminated"):
            return bytes(stream.read())
        return bytes(stream.read(int(environ.get("CONTENT_LENGTH") or 0)))

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Keep quiet; requests are kept for inspection instead."""


class KeepAliveServer(ThreadedWSGIServer):
    """A thread a connection; none of them holds up the end of the process."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, host: str, port: int, app: WSGIApplication) -> None:
        super().__init__(host, port, app, KeepAliveHandler)

    def close_connections(self) -> None:
        """Hang up on everybody."""
        for connection in list(vars(self).get("open_connections", ())):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
