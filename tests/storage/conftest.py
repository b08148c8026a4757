"""A store in a real file, sealed with a real keyset."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.sealing import TinkSealer, new_keyset
from storage.sqlite import SqliteStore


@pytest.fixture(scope="session")
def keyset() -> str:
    return new_keyset()


@pytest.fixture(scope="session")
def sealer(keyset: str) -> TinkSealer:
    return TinkSealer(keyset)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "desk.db"


@pytest.fixture
def store(path: Path, sealer: TinkSealer) -> Iterator[SqliteStore]:
    store = SqliteStore(path, sealer)
    yield store
    store.close()
