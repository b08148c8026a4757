"""The proxy between the service and its database: what either side sees of a cut and a freeze."""

import socket
import threading
from collections.abc import Iterator

import psycopg
import pytest

from tests.cutting_proxy import CuttingProxy, cutting_proxy
from tests.ports import lasting_port
from tests.postgres_server import PostgresServer
from tests.running import until

MANY = 5_000_000


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server that says nothing by itself."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)
        yield listener


@pytest.fixture
def proxy(listener: socket.socket) -> Iterator[CuttingProxy]:
    with cutting_proxy(*listener.getsockname()) as proxy:
        yield proxy


@pytest.fixture
def pair(
    listener: socket.socket, proxy: CuttingProxy
) -> Iterator[tuple[socket.socket, socket.socket]]:
    """The two ends of one connection through the proxy: the client's and the server's."""
    with connect(proxy) as client, listener.accept()[0] as server:
        server.settimeout(5)
        yield client, server


def connect(proxy: CuttingProxy) -> socket.socket:
    return socket.create_connection(("127.0.0.1", proxy.port), timeout=5)


def says_nothing(end: socket.socket) -> bool:
    """Neither a byte nor an end of the connection, for a while."""
    end.settimeout(0.2)
    try:
        return end.recv(1) is None
    except TimeoutError:
        return True
    finally:
        end.settimeout(5)


def test_it_passes_everything_both_ways(pair: tuple[socket.socket, socket.socket]) -> None:
    for sender, receiver in (pair, pair[::-1]):
        sending = threading.Thread(target=sender.sendall, args=[b"x" * MANY])
        sending.start()
        seen = 0
        while seen < MANY:
            seen += len(receiver.recv(65536))
        sending.join()
        assert seen == MANY


def test_it_passes_the_end_of_a_connection(pair: tuple[socket.socket, socket.socket]) -> None:
    client, server = pair
    client.sendall(b"bye")
    client.close()
    assert until(lambda: server.recv(3)) == b"bye"
    assert server.recv(1) == b""


def test_a_server_that_is_not_there_resets_the_client() -> None:
    nowhere = cutting_proxy("127.0.0.1", lasting_port())
    with nowhere as proxy, pytest.raises(ConnectionResetError), connect(proxy) as client:
        client.recv(1)


def test_a_cut_resets_both_ends_and_refuses_until_it_is_mended(
    listener: socket.socket, proxy: CuttingProxy, pair: tuple[socket.socket, socket.socket]
) -> None:
    proxy.cut()
    for end in pair:
        with pytest.raises(ConnectionResetError):
            end.recv(1)
    with pytest.raises(ConnectionRefusedError):
        connect(proxy)
    proxy.mend()
    with connect(proxy) as client, listener.accept()[0] as server:
        client.sendall(b"x")
        assert server.recv(1) == b"x"


def test_a_freeze_passes_nothing_either_way(
    proxy: CuttingProxy, pair: tuple[socket.socket, socket.socket]
) -> None:
    client, server = pair
    proxy.freeze()
    for sender in pair:
        sending = threading.Thread(target=sender.sendall, args=[b"x" * MANY])
        sending.start()
        sending.join(5)
        assert not sending.is_alive()  # all of it was acknowledged
    assert says_nothing(client) and says_nothing(server)


def test_a_freeze_keeps_the_end_of_one_side_from_the_other(
    proxy: CuttingProxy, pair: tuple[socket.socket, socket.socket]
) -> None:
    client, server = pair
    proxy.freeze()
    client.close()
    assert says_nothing(server)


def test_a_freeze_takes_new_connections_of_which_the_server_sees_nothing(
    listener: socket.socket, proxy: CuttingProxy
) -> None:
    proxy.freeze()
    with connect(proxy) as client:
        client.sendall(b"x")
        assert says_nothing(client)
        listener.settimeout(0.2)
        with pytest.raises(TimeoutError):
            listener.accept()


def test_mending_resets_what_was_frozen_and_passes_what_is_new(
    listener: socket.socket, proxy: CuttingProxy, pair: tuple[socket.socket, socket.socket]
) -> None:
    proxy.freeze()
    with connect(proxy) as late:
        proxy.mend()
        for end in (*pair, late):
            with pytest.raises(ConnectionResetError):
                end.recv(1)
    with connect(proxy) as client, listener.accept()[0] as server:
        server.sendall(b"x")
        assert client.recv(1) == b"x"


def test_a_frozen_one_can_be_cut(
    proxy: CuttingProxy, pair: tuple[socket.socket, socket.socket]
) -> None:
    proxy.freeze()
    proxy.cut()
    for end in pair:
        with pytest.raises(ConnectionResetError):
            end.recv(1)


def test_a_database_is_reached_through_it(postgres: PostgresServer, postgres_url: str) -> None:
    with cutting_proxy(postgres.host, postgres.port) as proxy:
        url = proxy.url(postgres_url)
        with psycopg.connect(url, autocommit=True) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
            proxy.cut()
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")
        proxy.mend()
        psycopg.connect(url).close()


def test_a_statement_gets_no_answer_while_it_is_frozen(
    postgres: PostgresServer, postgres_url: str
) -> None:
    with (
        cutting_proxy(postgres.host, postgres.port) as proxy,
        psycopg.connect(proxy.url(postgres_url), autocommit=True) as connection,
    ):
        proxy.freeze()
        answers: list[str] = []
        asking = threading.Thread(target=lambda: answers.append(ask(connection)))
        asking.start()
        asking.join(0.5)
        assert asking.is_alive()
        proxy.mend()
        asking.join(5)
        assert answers == ["lost"]


def ask(connection: psycopg.Connection[tuple[object, ...]]) -> str:
    try:
        connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return "lost"
    return "answered"
