"""The two doors over a real store, at a time of our choice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storage.sealing import TinkSealer, new_keyset
from storage.sqlite import SqliteStore
from tests.webhook.signed_by_hand import NOW, SECRET, URL
from webhook.door import make_door
from webhook.signatures import Verifier


@pytest.fixture(scope="session")
def sealer() -> TinkSealer:
    return TinkSealer(new_keyset())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def store(path: Path, sealer: TinkSealer) -> Iterator[SqliteStore]:
    store = SqliteStore(path, sealer)
    yield store
    store.close()


@pytest.fixture
def app(store: SqliteStore, sealer: TinkSealer) -> Flask:
    app = Flask("door", static_folder=None)
    app.register_blueprint(
        make_door(
            verifier=Verifier(lambda: [SECRET], frozenset({"v3", "v2"})),
            store=store,
            sealer=sealer,
            public_base_url=URL,
            clock=lambda: NOW,
        )
    )
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
