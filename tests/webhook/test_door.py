"""What the doors answer, and what is on the disk when they do."""

import io
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from casework.delivery_records import Route
from casework.work import Kind
from storage.sealing import TinkSealer
from storage.sqlite import SqliteStore
from tests.webhook.signed_by_hand import NOW, URL, sign_v2, sign_v3
from webhook.door import LARGEST_BODY

DOORS = {"/webhook/form": Route.FORM, "/webhook/crm": Route.CRM}
BODY = '{"client_email": "jona@example.is", "reason": "Þarf sex tíma."}'.encode()


def rows(path: Path, sql: str = "SELECT route, times_arrived FROM deliveries") -> list[Any]:
    """What another program sees in the file right now."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize("door", DOORS)
def test_a_genuine_delivery_is_on_the_disk_when_it_is_answered(
    client: FlaskClient, path: Path, door: str
) -> None:
    answer = client.post(door, data=BODY, headers=sign_v3(BODY, door))

    assert (answer.status_code, answer.data) == (204, b"")
    assert rows(path) == [(DOORS[door].value, 1)]
    assert rows(path, "SELECT kind, due_at FROM work") == [(Kind.RECEIVE.value, NOW)]


def test_its_body_is_sealed_and_opens_again(
    client: FlaskClient, path: Path, store: SqliteStore, sealer: TinkSealer
) -> None:
    client.post("/webhook/form", data=BODY, headers=sign_v3(BODY, "/webhook/form"))

    (delivery,) = store.read(lambda tables: tables.deliveries.find([1]))
    assert sealer.unseal(delivery.sealed_body, f"delivery:form:{delivery.digest}") == BODY
    files = [file for file in path.parent.iterdir() if file.name.startswith(path.name)]
    assert any(file.name.endswith("-wal") and file.stat().st_size for file in files)
    for file in files:
        assert not any(part in file.read_bytes() for part in (b"jona", b"sex t", BODY[:20]))


@pytest.mark.parametrize("door", DOORS)
def test_ten_times_at_once_is_one_row(app: Flask, path: Path, door: str) -> None:
    def post(_number: int) -> int:
        return app.test_client().post(door, data=BODY, headers=sign_v3(BODY, door)).status_code

    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(post, range(10)))

    assert answers == [204] * 10
    assert rows(path) == [(DOORS[door].value, 10)]
    assert rows(path, "SELECT count(*) FROM work") == [(1,)]


def test_signed_anew_it_is_the_same_delivery(client: FlaskClient, path: Path) -> None:
    for at in (NOW - 60_000, NOW):
        client.post("/webhook/crm", data=BODY, headers=sign_v3(BODY, "/webhook/crm", at=at))
    client.post("/webhook/crm", data=BODY, headers=sign_v2(BODY, "/webhook/crm"))

    assert rows(path) == [("crm", 3)]


def test_the_same_body_at_the_other_door_is_another_delivery(
    client: FlaskClient, path: Path
) -> None:
    for door in DOORS:
        client.post(door, data=BODY, headers=sign_v3(BODY, door))

    assert rows(path) == [("form", 1), ("crm", 1)]


@pytest.mark.parametrize(
    "body", [b"", b"no JSON", b"{", b"\xff\xfe\x00", b"[" * 100_000, b"[]", b"null"]
)
def test_nothing_is_parsed_at_the_door(client: FlaskClient, path: Path, body: bytes) -> None:
    answer = client.post(
        "/webhook/form",
        data=body,
        headers=sign_v3(body, "/webhook/form"),
        content_type="application/json",
    )

    assert answer.status_code == 204
    assert rows(path) == [("form", 1)]


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_body_that_looks_like_a_form_is_kept_as_it_came(
    client: FlaskClient, store: SqliteStore, sealer: TinkSealer, kind: str
) -> None:
    body = b"a=1&b=%20"
    headers = sign_v3(body, "/webhook/form")
    answer = client.post("/webhook/form", data=body, headers=headers, content_type=kind)

    assert answer.status_code == 204
    (delivery,) = store.read(lambda tables: tables.deliveries.find([1]))
    assert sealer.unseal(delivery.sealed_body, f"delivery:form:{delivery.digest}") == body


@pytest.mark.parametrize("query", ["?portalId=1&x=a%20b", "?b=2&a=1", "?a=%40", "?"])
def test_the_query_is_part_of_what_was_signed(client: FlaskClient, query: str) -> None:
    signed = "" if query == "?" else query.replace("%40", "@")
    answer = client.post(
        f"/webhook/crm{query}", data=BODY, headers=sign_v3(BODY, f"/webhook/crm{signed}")
    )

    assert answer.status_code == 204


def test_the_address_behind_a_proxy_does_not_matter(client: FlaskClient) -> None:
    answer = client.post(
        "/webhook/crm",
        data=BODY,
        base_url="http://10.0.0.7:8000",
        headers={**sign_v3(BODY, "/webhook/crm"), "X-Forwarded-Host": "evil.example"},
    )

    assert answer.status_code == 204


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-HubSpot-Signature-v3": "x", "X-HubSpot-Request-Timestamp": "x"},
        sign_v3(BODY, "/webhook/other"),
        sign_v3(BODY, "/webhook/form", url="http://10.0.0.7:8000"),
        sign_v3(BODY, "/webhook/form", at=NOW - 300_001),
    ],
)
def test_what_is_not_genuine_is_refused_without_a_word_and_not_kept(
    client: FlaskClient,
    path: Path,
    caplog: pytest.LogCaptureFixture,
    door: str,
    headers: dict[str, str],
) -> None:
    answer = client.post(door, data=BODY, headers=headers)

    assert (answer.status_code, answer.data) == (401, b"")
    assert rows(path) == []
    assert "refused" in caplog.text
    assert "jona" not in caplog.text


def test_one_byte_changed_on_the_way_is_refused(client: FlaskClient) -> None:
    headers = sign_v3(BODY, "/webhook/form")

    assert client.post("/webhook/form", data=BODY + b" ", headers=headers).status_code == 401


LARGEST = b"x" * LARGEST_BODY


def test_one_mebibyte_is_not_too_large(client: FlaskClient) -> None:
    assert LARGEST_BODY == 1_048_576
    headers = sign_v3(LARGEST, "/webhook/crm")

    assert client.post("/webhook/crm", data=LARGEST, headers=headers).status_code == 204


@pytest.mark.parametrize("signed", [True, False])
def test_a_byte_more_is_too_large_whoever_sent_it(
    client: FlaskClient, path: Path, signed: bool
) -> None:
    body = LARGEST + b"x"
    headers = sign_v3(body, "/webhook/crm") if signed else {}
    answer = client.post("/webhook/crm", data=body, headers=headers)

    assert (answer.status_code, answer.data) == (413, b"")
    assert rows(path) == []


class Endless(io.RawIOBase):
    """A body that never ends. Reading far beyond the limit is the fault to find."""

    given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.given += len(buffer)
        assert self.given < 3 * LARGEST_BODY
        buffer[:] = b"x" * len(buffer)
        return len(buffer)


def without_a_length(body: io.IOBase) -> dict[str, Any]:
    """What a server tells of a chunked body."""
    return {"wsgi.input": body, "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}


def test_a_body_without_a_length_is_read_to_the_limit_only(client: FlaskClient) -> None:
    answer = client.post("/webhook/crm", environ_overrides=without_a_length(Endless()))

    assert (answer.status_code, answer.data) == (413, b"")


def test_a_body_without_a_length_is_accepted(client: FlaskClient, path: Path) -> None:
    answer = client.post(
        "/webhook/crm",
        headers=sign_v3(BODY, "/webhook/crm"),
        environ_overrides=without_a_length(io.BytesIO(BODY)),
    )

    assert answer.status_code == 204
    assert rows(path) == [("crm", 1)]


def test_a_body_cut_off_on_the_way_is_not_kept(client: FlaskClient, path: Path) -> None:
    answer = client.post(
        "/webhook/crm",
        headers=sign_v3(BODY[:20], "/webhook/crm"),
        environ_overrides={"wsgi.input": io.BytesIO(BODY[:20]), "CONTENT_LENGTH": str(len(BODY))},
    )

    assert answer.status_code == 400
    assert rows(path) == []


def comes_again_later(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    for door in DOORS:
        # No compression, so that it really needs the room.
        body = b"jona@example.is" * 2000
        answer = client.post(door, data=body, headers=sign_v3(body, door))
        assert (answer.status_code, answer.data) == (503, b"")
        assert int(answer.headers["Retry-After"]) > 0
    assert "could not keep" in caplog.text
    assert "jona" not in caplog.text


def test_a_closed_store_is_no_reason_to_lose_anything(
    client: FlaskClient, store: SqliteStore, caplog: pytest.LogCaptureFixture
) -> None:
    store.close()

    comes_again_later(client, caplog)


def test_neither_is_a_full_disk(
    client: FlaskClient, store: SqliteStore, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store._writer.execute("PRAGMA max_page_count = 1")

    comes_again_later(client, caplog)
    assert rows(path) == []

    store._writer.execute("PRAGMA max_page_count = 100000")
    answer = client.post("/webhook/crm", data=BODY, headers=sign_v3(BODY, "/webhook/crm"))
    assert answer.status_code == 204


@pytest.fixture
def quick_to_give_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.sqlite._BUSY_SECONDS", 0.05)


def test_neither_is_a_file_locked_by_somebody_else(
    quick_to_give_up: None,
    client: FlaskClient,
    path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as backup:
        backup.execute("BEGIN IMMEDIATE")
        comes_again_later(client, caplog)
    answer = client.post("/webhook/crm", data=BODY, headers=sign_v3(BODY, "/webhook/crm"))
    assert answer.status_code == 204


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE"])
def test_doors_take_nothing_but_post(
    client: FlaskClient, path: Path, door: str, method: str
) -> None:
    headers = sign_v3(BODY, door, method=method)
    answer = client.open(door, method=method, data=BODY, headers=headers)

    assert answer.status_code == 405
    assert rows(path) == []


@pytest.mark.parametrize("other", ["/", "/webhook", "/webhook/form/", "/webhook/other"])
def test_there_are_no_other_doors(client: FlaskClient, other: str) -> None:
    answer = client.post(other, data=BODY, headers=sign_v3(BODY, other))

    assert answer.status_code == 404


def test_health(client: FlaskClient) -> None:
    assert client.get("/health").status_code == 200
    assert client.get("/health", base_url=URL).text == "ok\n"
