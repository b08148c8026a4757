"""A wire before a server that can be cut, and can go dead without anybody being told."""

import selectors
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit, urlunsplit

from tests.ports import lasting_port

# On closing, send a reset, and none of what is still to be sent.
_RESET = struct.pack("ii", 1, 0)
_CHUNK = 65_536
_MOST_UNSENT = 4 * _CHUNK


@dataclass(eq=False)
class _End:
    """One of the two connections that make one: a client's with us, or ours with the server."""

    connection: socket.socket
    other: "_End | None" = None
    connected: bool = True
    ended: bool = False  # it will send nothing more
    unsent: bytes = b""


class CuttingProxy:
    """Passes bytes between whoever connects to ``port`` and a server, until it is told otherwise.

    Every method returns when what it says has happened.
    """

    def __init__(self, host: str, port: int) -> None:
        self._server = (host, port)
        self.port = lasting_port()
        self._frozen = self._closed = False
        self._ends: set[_End] = set()
        self._listener: socket.socket | None = None
        self._lock = threading.Lock()
        self._selector = selectors.DefaultSelector()
        self._bell, self._button = socket.socketpair()
        self._selector.register(self._bell, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def url(self, of: str) -> str:
        """The same URL, by way of this proxy."""
        parts = urlsplit(of)
        credentials, at, _ = parts.netloc.rpartition("@")
        return urlunsplit(parts._replace(netloc=f"{credentials}{at}127.0.0.1:{self.port}"))

    def cut(self) -> None:
        """Reset every connection at both ends, and refuse new ones, until :meth:`mend`."""
        with self._lock:
            if self._listener:
                self._selector.unregister(self._listener)
                self._listener.close()
                self._listener = None
            self._reset(*self._ends)
            self._frozen = False

    def freeze(self) -> None:
        """Pass no byte and no end of a connection, either way, until :meth:`mend`.

        Nobody is told: what is sent is acknowledged, and lost. New connections are taken, and get
        no answer; the server sees nothing of them.
        """
        with self._lock:
            self._frozen = True
            for end in self._ends:
                self._watch(end)

    def mend(self) -> None:
        """Pass everything again. What was connected while it was frozen is reset."""
        with self._lock:
            if self._frozen:
                self._take_all()
                self._reset(*self._ends)
                self._frozen = False
            if self._listener is None:
                self._listener = socket.create_server(("127.0.0.1", self.port), backlog=128)
                self._listener.setblocking(False)
                self._selector.register(self._listener, selectors.EVENT_READ, self._take_all)

    def close(self) -> None:
        """Cut it for good."""
        self.cut()
        self._closed = True
        self._button.send(b"x")
        self._thread.join()
        self._selector.close()
        self._bell.close()
        self._button.close()

    def _run(self) -> None:
        while not self._closed:
            ready = self._selector.select()
            with self._lock:
                for key, _ in ready:
                    if key.data:
                        key.data()

    def _take_all(self) -> None:
        while self._listener:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            client = self._new_end(connection)
            if not self._frozen:
                self._dial(client)
            self._watch(client)

    def _dial(self, client: _End) -> None:
        server = self._new_end(socket.socket())
        server.connected = False
        server.connection.connect_ex(self._server)
        client.other, server.other = server, client
        self._watch(server)

    def _new_end(self, connection: socket.socket) -> _End:
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        end = _End(connection)
        self._ends.add(end)
        return end

    def _watch(self, end: _End) -> None:
        """Have it served when there is something to be done for it, and only then."""
        other, events = end.other, 0
        flows = other and other.connected and len(other.unsent) < _MOST_UNSENT
        if not end.ended and (self._frozen or flows):
            events |= selectors.EVENT_READ
        if not self._frozen and (end.unsent or not end.connected):
            events |= selectors.EVENT_WRITE
        if end.connection in self._selector.get_map():
            self._selector.unregister(end.connection)
        if events:
            self._selector.register(end.connection, events, partial(self._serve, end))

    def _serve(self, end: _End) -> None:
        if end not in self._ends:
            return  # whatever was served just before has closed it
        if self._frozen:
            self._swallow(end)
            return
        other = end.other
        assert other
        try:
            self._send(end)
            self._receive(end, other)
        except OSError:
            self._reset(end, other)
            return
        over = (end.ended and not other.unsent) or (other.ended and not end.unsent)
        for one in (end, other):
            if over:
                self._forget(one)
            else:
                self._watch(one)

    def _send(self, end: _End) -> None:
        if fault := end.connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            raise OSError(fault, "not connected")
        end.connected = True
        if end.unsent:
            try:
                end.unsent = end.unsent[end.connection.send(end.unsent) :]
            except BlockingIOError:
                return

    def _receive(self, end: _End, other: _End) -> None:
        if len(other.unsent) >= _MOST_UNSENT or not other.connected:
            return
        try:
            received = end.connection.recv(_CHUNK)
        except BlockingIOError:
            return
        end.ended = not received
        other.unsent += received

    def _swallow(self, end: _End) -> None:
        try:
            end.ended = not end.connection.recv(_CHUNK)
        except BlockingIOError:
            return
        except OSError:
            end.ended = True
        self._watch(end)

    def _reset(self, *ends: _End) -> None:
        for end in ends:
            end.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            self._forget(end)

    def _forget(self, end: _End) -> None:
        if end.connection in self._selector.get_map():
            self._selector.unregister(end.connection)
        end.connection.close()
        self._ends.discard(end)


@contextmanager
def cutting_proxy(host: str, port: int) -> Iterator[CuttingProxy]:
    """A proxy before this server, passing everything at first."""
    proxy = CuttingProxy(host, port)
    try:
        proxy.mend()
        yield proxy
    finally:
        proxy.close()
