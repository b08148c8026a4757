"""Sealing everything anew: all of it, once, whatever else happens meanwhile."""

import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from casework.delivery_records import Route
from casework.errors import Unreadable
from casework.receive import keep_delivery
from casework.request import Details
from storage.keyset_file import KeysetFile
from storage.postgres import PostgresStore
from storage.postgres_keys import find_key_check
from storage.resealing import Resealed, StillSealing, count_others, reseal_all
from storage.sealed_columns import SEALED_COLUMNS
from storage.sealing import TinkSealer, write_new_keyset
from storage.sqlite import SqliteStore
from storage.tables import Tables
from tests.storage.everything_sealed import fill, read_all
from tests.storage.made_up import NOW, Database, look, meddle, new_request, open_again
from tests.storage.test_sqlite_file import another_process, hear, say


class Desk:
    """A store, sealed with the keys in a file."""

    def __init__(self, folder: Path, url: str = "") -> None:
        self.path, self.file = folder / "desk.db", KeysetFile(folder / "keys" / "keyset.json")
        write_new_keyset(self.file.path)
        self.sealer = TinkSealer(self.file.path.read_text)
        self.database: Database = url or self.path
        self.store = open_again(self.database, self.sealer)

    def change_key(self) -> tuple[int, int]:
        """Make a new key the primary one. Returns the old one's id and the new one's."""
        before = self.file.read()
        after = before.with_new_key()
        with self.file.locked():
            self.file.write(after.with_primary(after.key_ids[-1]))
        return before.primary, after.key_ids[-1]

    def drop(self, key: int) -> None:
        with self.file.locked():
            self.file.write(self.file.read().without(key))

    def reseal(self) -> Resealed:
        return reseal_all(self.store, self.sealer, lambda _done, _all: None)

    def keys_needed(self) -> set[int]:
        return set(self.store.read(lambda tables: tables.sealed.count_by_key()))

    def values(self) -> int:
        return count_others(self.store, -1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.store.close()


@pytest.fixture(params=["sqlite", "postgres"])
def either(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """On each engine."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    desk = Desk(tmp_path, url)
    yield desk
    desk.store.close()


def test_every_sealed_column_of_the_schema_is_in_the_list(desk: Desk) -> None:
    tables = [
        name for (name,) in look(desk.path, "SELECT name FROM sqlite_master WHERE type='table'")
    ]
    found = {
        (table, column): primary
        for table in tables
        for _, column, _, _, _, primary in look(desk.path, f"PRAGMA table_info({table})")
    }
    sealed = {(table, column) for table, column in found if column.startswith("sealed_")}

    assert sealed == {(each.table, each.column) for each in SEALED_COLUMNS}
    assert len(SEALED_COLUMNS) == len(sealed) > 4
    for each in SEALED_COLUMNS:
        keys = {name for (table, name), primary in found.items() if table == each.table and primary}
        assert set(each.keys) == keys


def test_everything_is_sealed_anew_and_reads_as_before(either: Desk) -> None:
    fill(either.store, either.sealer)
    before, values = read_all(either.store, either.sealer), either.values()
    assert all(before.values())
    old, new = either.change_key()
    assert read_all(either.store, either.sealer) == before

    assert either.reseal() == Resealed(changed=values)
    assert values == 3 * (5 + 1 + 1 + 1) + 1
    assert either.keys_needed() == {new}
    assert read_all(either.store, either.sealer) == before
    either.drop(old)
    assert read_all(either.store, either.sealer) == before
    either.store.check_keys()
    assert either.reseal() == Resealed()


def test_an_old_backup_does_not_open_once_its_key_was_dropped(desk: Desk, tmp_path: Path) -> None:
    fill(desk.store, desk.sealer)
    backup, keys_of_then = tmp_path / "backup.db", desk.file.path.read_text()
    with closing(sqlite3.connect(desk.path)) as source, closing(sqlite3.connect(backup)) as target:
        source.backup(target)
    old, _ = desk.change_key()
    desk.reseal()
    desk.drop(old)

    keys_of_now = desk.file.path.read_text()
    bytes_of_it = backup.read_bytes()
    with pytest.raises(Unreadable, match=f"its key {old} "):
        SqliteStore(backup, TinkSealer(keys_of_now))
    assert backup.read_bytes() == bytes_of_it
    opened = opened_values(backup, TinkSealer(keys_of_now))
    assert opened == [None] * len(opened)
    # It is a good backup: with the keys of then it opens.
    assert None not in opened_values(backup, TinkSealer(keys_of_then))
    assert None not in opened_values(desk.path, TinkSealer(keys_of_now))
    assert len(opened) == desk.values()


def opened_values(path: Path, sealer: TinkSealer) -> list[bytes | None]:
    """Every sealed value of a file; nothing for those that do not open."""
    found: list[bytes | None] = []
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        for each in SEALED_COLUMNS:
            for row in database.execute(f"SELECT * FROM {each.table}").fetchall():
                try:
                    found.append(sealer.unseal(row[each.column], each.place(dict(row))))
                except Unreadable:
                    found.append(None)
    return found


def test_old_ciphertext_is_in_none_of_the_files_afterwards(desk: Desk) -> None:
    fill(desk.store, desk.sealer)
    old = sealed_values(desk.path)
    desk.change_key()
    desk.reseal()

    assert desk.store.purge_log()
    for file in desk.path.parent.glob("desk.db*"):
        content = file.read_bytes()
        assert [value for value in old if value in content] == [], file.name
    fresh = sealed_values(desk.path)
    assert all(value in desk.path.read_bytes() for value in fresh)


def sealed_values(path: Path) -> list[bytes]:
    return [
        value
        for each in SEALED_COLUMNS
        for (value,) in look(path, f"SELECT {each.column} FROM {each.table}")
    ]


def test_what_changes_meanwhile_is_never_overwritten(
    either: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(either.store, either.sealer)
    either.change_key()
    told = Details("new@example.is", "siggi@example.is", "Another reason.")
    unseal = either.sealer.unseal
    done: list[str] = []

    def somebody_writes_first(sealed: bytes, bound_to: str) -> bytes:
        if bound_to == "request:CR-1:reason" and not done:
            done.append(bound_to)
            either.store.write(
                lambda tables: tables.requests.replace_contents(
                    "CR-1", new_request("CR-1", fields="CR-1", details=told)
                )
            )
        return unseal(sealed, bound_to)

    monkeypatch.setattr(either.sealer, "unseal", somebody_writes_first)
    either.reseal()

    assert done
    details = either.store.read(lambda tables: tables.requests.get_details("CR-1"))
    assert (details.client_email, details.reason) == (told.client_email, told.reason)
    assert len(either.keys_needed()) == 1


def test_what_is_still_sealed_with_the_old_key_meanwhile_is_found(
    either: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.resealing._PAUSE", 0)
    fill(either.store, either.sealer)
    behind = TinkSealer(either.file.path.read_text())
    either.change_key()
    left = [3]

    def progress(_done: int, _all: int) -> None:
        if left[0]:
            left[0] -= 1
            keep_delivery(either.store, behind, Route.CRM, f"late {left[0]}".encode(), NOW)

    reseal_all(either.store, either.sealer, progress)
    assert either.keys_needed() == {either.sealer.primary}

    def for_ever(done: int, _all: int) -> None:
        keep_delivery(either.store, behind, Route.CRM, f"for ever {done}".encode(), NOW)

    either.change_key()
    with pytest.raises(StillSealing, match="keyset file"):
        reseal_all(either.store, either.sealer, for_ever)


def test_what_does_not_open_stays_and_is_told(desk: Desk) -> None:
    fill(desk.store, desk.sealer)
    values = desk.values()
    damage(desk.path, "CR-1", "reason")
    old, new = desk.change_key()

    assert desk.reseal() == Resealed(changed=values - 1, unopened=1)
    needs = desk.store.read(lambda tables: tables.sealed.count_by_key())
    assert needs[old] == {"sealed_fields": 1}
    assert sum(needs[new].values()) == values - 1


def damage(path: Path, reference: str, field: str) -> None:
    """Change the last byte of a sealed field."""
    where = "WHERE reference = ? AND field = ?"
    with closing(sqlite3.connect(path)) as database, database:
        ((sealed,),) = database.execute(
            f"SELECT sealed_value FROM sealed_fields {where}", [reference, field]
        )
        damaged = sealed[:-1] + bytes([sealed[-1] ^ 1])
        database.execute(
            f"UPDATE sealed_fields SET sealed_value = ? {where}", [damaged, reference, field]
        )


def test_emptied_values_need_no_key(either: Desk) -> None:
    fill(either.store, either.sealer)
    for id_ in (1, 2, 3):
        either.store.write(partial(_empty, id_=id_))
    either.store.write(lambda tables: tables.ledger.blank("credit-request-CR-1"))
    _, new = either.change_key()
    either.reseal()

    needs = either.store.read(lambda tables: tables.sealed.count_by_key())
    assert set(needs) == {new}
    assert needs[new] == {"sealed_fields": 15, "replies": 3, "ledger": 2, "key_check": 1}


def _empty(tables: Tables, id_: int) -> None:
    tables.deliveries.set_outcome(id_, "read")


def test_more_rows_than_one_batch(either: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.resealing._BATCH", 2)
    fill(either.store, either.sealer, requests=5)
    before, seen = read_all(either.store, either.sealer), []
    either.change_key()
    reseal_all(either.store, either.sealer, lambda done, all_: seen.append((done, all_)))

    assert read_all(either.store, either.sealer) == before
    assert seen[-1] == (5 * 8 + 1, 5 * 8 + 1)
    assert seen == sorted(seen)
    assert len(seen) > 20


@pytest.mark.parametrize("batches", [0, 1, 3, 7])
def test_it_goes_on_where_it_was_killed(desk: Desk, batches: int) -> None:
    fill(desk.store, desk.sealer, requests=6)
    before, values = read_all(desk.store, desk.sealer), desk.values()
    _, new = desk.change_key()
    does = (
        "import storage.resealing as resealing\n"
        "resealing._BATCH = 3\n"
        "store = SqliteStore(path, sealer)\n"
        f"left = [{batches}]\n"
        "def kill(done, all_):\n"
        "    left[0] -= 1\n"
        "    if left[0] < 0:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "resealing.reseal_all(store, sealer, kill)\n"
    )
    with another_process(desk.path, desk.file.path.read_text(), does) as process:
        hear(process)
        say(process)
        assert process.wait(20) == -signal.SIGKILL

    done_so_far = values - count_others(desk.store, new)
    assert done_so_far == 3 * (batches + 1)
    assert read_all(desk.store, desk.sealer) == before
    assert desk.reseal() == Resealed(changed=values - done_so_far)
    assert read_all(desk.store, desk.sealer) == before


def test_other_keys_change_not_a_byte_even_after_a_kill(tmp_path: Path, keyset: str) -> None:
    path = tmp_path / "desk.db"
    does = (
        "store = SqliteStore(path, sealer)\n"
        "store.check_keys()\n"
        "store.write(lambda tables: tables.marks.set('kept', 1))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    with another_process(path, keyset, does) as process:
        hear(process)
        say(process)
        process.wait(20)
    files = {name: (tmp_path / name).read_bytes() for name in ("desk.db", "desk.db-wal")}
    assert len(files["desk.db-wal"]) > 0
    write_new_keyset(tmp_path / "other.json")

    with pytest.raises(Unreadable, match="not the keyset"):
        SqliteStore(path, TinkSealer((tmp_path / "other.json").read_text()))
    assert {name: (tmp_path / name).read_bytes() for name in files} == files
    store = SqliteStore(path, TinkSealer(keyset))
    store.check_keys()
    store.close()


def test_other_keys_migrate_nothing_in_postgresql_either(tmp_path: Path, postgres_url: str) -> None:
    desk = Desk(tmp_path, postgres_url)
    fill(desk.store, desk.sealer)
    desk.store.close()
    meddle(postgres_url, "DELETE FROM migrations WHERE name = '0009_replies'")
    meddle(postgres_url, "DROP TABLE replies")
    write_new_keyset(tmp_path / "other.json")

    assert find_key_check(postgres_url)
    with pytest.raises(Unreadable, match="not the keyset"):
        PostgresStore(postgres_url, TinkSealer((tmp_path / "other.json").read_text()))
    assert look(postgres_url, "SELECT 1 FROM migrations WHERE name = '0009_replies'") == []
    assert look(postgres_url, "SELECT to_regclass('replies')") == [(None,)]


def test_other_keys_migrate_nothing(desk: Desk, tmp_path: Path) -> None:
    fill(desk.store, desk.sealer)
    desk.store.close()
    older = tmp_path / "older.db"
    shutil.copy(desk.path, older)
    with closing(sqlite3.connect(older)) as database, database:
        database.execute("DELETE FROM _sqlite_migrations WHERE name = '0009_replies'")
        database.execute("DROP TABLE replies")
    content = older.read_bytes()
    write_new_keyset(tmp_path / "other.json")

    with pytest.raises(Unreadable):
        SqliteStore(older, TinkSealer((tmp_path / "other.json").read_text()))
    assert older.read_bytes() == content
