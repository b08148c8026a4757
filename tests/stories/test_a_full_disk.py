"""A full disk: what cannot be kept is refused with 503, comes again, and nothing is half-written.

The disk is made full by allowing SQLite no more pages. It stops at the same place as it does for
want of space, with the same error.
"""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from flask import Flask

from bootstrap import Service, make_app, make_service
from config import read_config
from integrations.hubspot.objects import TICKET
from integrations.hubspot.setup import set_up
from sandbox.server import Sandbox, start_sandbox
from storage.sealing import new_keyset
from storage.sqlite import SqliteStore
from tests.running import make_settings, until
from tests.stories.staff_and_professionals import state, submit

PORT = 8999
PATH = "/webhook/form"
MOST_PAGES = 1_073_741_823
SUBMISSIONS = 24


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with start_sandbox() as sandbox:
        sandbox.settings.service_url = f"http://127.0.0.1:{PORT}"
        yield sandbox


@pytest.fixture
def service(tmp_path: Path, sandbox: Sandbox) -> Iterator[Service]:
    environment = make_settings(tmp_path, PORT, sandbox)
    Path(environment["SEALING_KEYSET_FILE"]).write_text(new_keyset())
    service = make_service(read_config(environment), works=True)
    set_up(service.desk._client, TICKET)
    service.start()
    yield service
    service.stop()


def allow_pages(service: Service, more: int | None) -> None:
    """From now on the file may grow by so many pages; with nothing said by as many as it likes."""
    assert isinstance(service.store, SqliteStore)
    writer = service.store._writer

    def allow(_tables: object) -> None:
        (pages,) = writer.execute("PRAGMA page_count").fetchone()
        most = MOST_PAGES if more is None else pages + more
        writer.execute(f"PRAGMA max_page_count = {most}")

    service.store.write(allow)


def fill_in_forms(sandbox: Sandbox) -> list[tuple[bytes, dict[str, str]]]:
    """Fill in forms whose webhooks stay with us. Returns their bodies and headers."""
    sandbox.faults.add("webhook.drop", times=None, path=PATH)
    for number in range(SUBMISSIONS):
        submit(
            sandbox,
            client_email=f"client.{number}@heima.example.is",
            employer_or_wellbeing_hub=f"Vinna {number}",
            email=f"professional.{number}@clinic.example.is",
            additional_information="x" * 8_000,
        )
    bodies = [(one, one.write(0)) for one in sandbox.deliveries if one.path == PATH]
    return [(body, delivery.sign(body)) for delivery, body in bodies]


def post(app: Flask, webhook: tuple[bytes, dict[str, str]]) -> int:
    body, headers = webhook
    json = {"Content-Type": "application/json"}
    return app.test_client().post(PATH, data=body, headers=headers | json).status_code


def test_nothing_is_lost_and_nothing_half_written(
    tmp_path: Path, service: Service, sandbox: Sandbox
) -> None:
    app, webhooks = make_app(service), fill_in_forms(sandbox)
    allow_pages(service, 20)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(partial(post, app), webhooks))
    assert set(answers) == {204, 503}
    assert app.test_client().get("/health").status_code == 200

    with sqlite3.connect(tmp_path / "desk.db") as other:
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert not other.execute("PRAGMA foreign_key_check").fetchall()
        (kept,) = other.execute("SELECT COUNT(*) FROM deliveries").fetchone()
    assert kept == answers.count(204)

    allow_pages(service, None)
    refused = [one for one, answer in zip(webhooks, answers, strict=True) if answer == 503]
    assert {post(app, one) for one in refused} == {204}
    until(lambda: len(state(sandbox)["tickets"]) == SUBMISSIONS, 30)
    until(
        lambda: (
            service.store.read(lambda tables: tables.requests.count())["confirmed"] == SUBMISSIONS
        )
    )
    assert service.store.read(lambda tables: tables.requests.count())["all"] == SUBMISSIONS
    assert not service.store.read(lambda tables: tables.work.find_parked())
