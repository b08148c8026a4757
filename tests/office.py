"""The operators' commands, with good settings and a store beside them."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import Result
from flask import Flask

from cli import desk
from storage.sealing import TinkSealer, write_new_keyset
from storage.sqlite import SqliteStore


@dataclass
class Office:
    """The commands, with good settings and a store beside them."""

    path: Path
    store: SqliteStore
    environment: dict[str, str]

    def run(self, *arguments: str) -> Result:
        app = Flask("office", static_folder=None)
        app.cli.add_command(desk)
        return app.test_cli_runner().invoke(args=["desk", *arguments], env=self.environment)

    def run_json(self, *arguments: str) -> Any:
        return json.loads(self.run(*arguments, "--json").stdout)

    def journal(self, event: str) -> list[tuple[str, dict[str, Any]]]:
        with closing(sqlite3.connect(self.path)) as connection:
            rows = connection.execute(
                "SELECT reference, facts FROM journal WHERE event = ? ORDER BY sequence", [event]
            ).fetchall()
        return [(reference, json.loads(facts)) for reference, facts in rows]


@contextmanager
def office_in(folder: Path, **settings: str) -> Iterator[Office]:
    """An office with a store of its own, and these settings besides."""
    keyset, path = folder / "keyset.json", folder / "desk.db"
    write_new_keyset(keyset)
    store = SqliteStore(path, TinkSealer(keyset.read_text()))
    environment = {
        "PUBLIC_BASE_URL": "https://credits.example.is",
        "DATABASE_URL": f"sqlite:///{path}",
        "SEALING_KEYSET_FILE": str(keyset),
        "HUBSPOT_ACCESS_TOKEN": "a-token",
        "HUBSPOT_CLIENT_SECRETS": "a-client-secret",
        "HUBSPOT_FORM_URL": "https://share.hsforms.com/2KTSxK6iFSt2OgoIai4M4jQ2uw42",
        "FORM_FIELDS": "client_email=client_email,organisation=hub,professional_email=email",
        **settings,
    }
    yield Office(path, store, environment)
    store.close()
