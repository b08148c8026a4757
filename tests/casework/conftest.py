"""A fresh world for each test: on SQLite, or with ``RULES_ENGINE=postgres`` on PostgreSQL."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world import World

ON_POSTGRES = os.environ.get("RULES_ENGINE") == "postgres"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what has to do with a database is of interest."""
    if ON_POSTGRES:
        without = [item for item in items if "world" not in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if item not in without]


@pytest.fixture
def world(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    world = World(tmp_path, request.getfixturevalue("postgres_url") if ON_POSTGRES else "")
    yield world
    world.store.close()
