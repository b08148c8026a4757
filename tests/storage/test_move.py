"""A whole store moves from one engine to the other and back, and is the same in all its rows."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from casework.delivery_records import Route
from casework.errors import Inconsistent, NotKept, Unreadable
from casework.receive import keep_delivery
from casework.stages import Stage
from casework.worker import LANES
from storage.every_table import TABLES
from storage.held_database import Hold
from storage.move import Moved, move
from storage.postgres import PostgresStore
from storage.postgres_held import hold_postgres_to_fill, hold_postgres_to_read
from storage.sealing import TinkSealer, new_keyset
from storage.sqlite import SqliteStore
from storage.sqlite_held import hold_sqlite_to_fill, hold_sqlite_to_read
from storage.unfinished import refuse_unfinished
from tests.ports import lasting_port
from tests.storage.made_up import MINUTE, NOW, Database, look, meddle, open_again
from tests.world import JONA, RULES, SIGGI, World


def ignore(_done: int, _all: int) -> None:
    """Nobody watches."""


def reading(database: Database) -> Hold:
    if isinstance(database, Path):
        return partial(hold_sqlite_to_read, database)
    return partial(hold_postgres_to_read, database)


def filling(database: Database) -> Hold:
    if isinstance(database, Path):
        return partial(hold_sqlite_to_fill, database)
    return partial(hold_postgres_to_fill, database)


def move_all(source: Database, target: Database, sealer: TinkSealer | None = None) -> Moved:
    return move(reading(source), filling(target), sealer, ignore)


def contents(database: Database) -> dict[str, list[Any]]:
    """Every row of every table, in an order that is no engine's."""
    return {
        table: sorted(map(tuple, look(database, f"SELECT * FROM {table}")), key=repr)
        for table in TABLES
    }


def head(database: Database) -> Any:
    return look(database, "SELECT sequence, chain FROM journal ORDER BY sequence DESC LIMIT 1")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """In the midst of things: one request approved, its credits due; another one just begun."""
    world = World(tmp_path / "world")
    world.store.check_keys()
    world.webhook(**JONA)
    world.submit("s1", **JONA)
    world.run()
    world.staff_move(world.ticket(), Stage.APPROVED, "4")
    world.webhook(**SIGGI)
    yield world
    world.store.close()


@pytest.fixture
def full(world: World, tmp_path: Path) -> Path:
    """The same, while the service is stopped."""
    world.store.close()
    return tmp_path / "world" / "desk.db"


@pytest.fixture
def target(request: pytest.FixtureRequest, postgres_url: str, tmp_path: Path) -> Database:
    return postgres_url if request.param == "postgres" else tmp_path / "new" / "desk.db"


both = pytest.mark.parametrize("target", ["sqlite", "postgres"], indirect=True)


def test_there_and_back_everything_is_the_same(
    full: Path, world: World, postgres_url: str, tmp_path: Path
) -> None:
    before = contents(full)
    back = tmp_path / "back" / "desk.db"

    there = move_all(full, postgres_url, world.sealer)
    again = move_all(postgres_url, back, world.sealer)

    assert before == contents(postgres_url) == contents(back) == contents(full)
    assert there == again
    assert there.keys_checked
    assert {name: table.rows for name, table in there.tables.items()} == {
        name: len(rows) for name, rows in before.items()
    }
    filled = {name for name, rows in before.items() if rows}
    assert filled >= {"requests", "deliveries", "sealed_fields", "identifiers", "grants", "work"}
    assert filled >= {"journal", "marks", "sent", "key_check"}
    assert (there.tables["journal"].rows, there.head) == head(full)[0] == head(back)[0]


def test_what_a_full_store_of_random_rows_holds_is_moved_too(
    sqlite_store: SqliteStore, path: Path, postgres_url: str, tmp_path: Path
) -> None:
    # More than one piece, and what a text or a number may be.
    odd = ["", "\ufeffx", "'; DROP", "a\tb\nc\\N\\.", "Þórður", "\U0001f600", "%s :name"]
    rows = [
        {"id": f"{number:05}-{odd[number % len(odd)]}", "members": (None, 2**62, -1)[number % 3]}
        for number in range(2_500)
    ]

    def fill(tables: Any) -> None:
        tables.connection.run_many(
            "INSERT INTO companies (id, name, domains, seen_at, members) "
            "VALUES (:id, :id, '', 5, :members)",
            rows,
        )

    sqlite_store.write(fill)
    sqlite_store.close()
    back = tmp_path / "back.db"
    move_all(path, postgres_url)
    move_all(postgres_url, back)
    assert contents(path) == contents(back)
    assert len(contents(back)["companies"]) == 2_500


@both
def test_the_service_goes_on_with_the_copy(full: Path, world: World, target: Database) -> None:
    move_all(full, target, world.sealer)
    (last,) = look(full, "SELECT max(id) FROM deliveries")[0]
    url = "" if isinstance(target, Path) else target
    world = World(full.parents[1] / "new", url, before=world)
    world.store.check_keys()

    world.later(RULES.delay)
    world.later(60 * MINUTE)
    assert world.account.balance("jona@example.is") == 4
    assert world.account.calls.count("grant") == 1
    assert len(world.desk.tickets) == 2
    assert world.mails_sent().count("granted") == 1

    keep_delivery(world.store, world.sealer, Route.FORM, b'{"client": "new"}', world.now)
    ids = [id_ for (id_,) in look(target, "SELECT id FROM deliveries ORDER BY id")]
    assert ids == sorted(set(ids))
    assert ids[-1] > last
    assert world.store.read(lambda tables: tables.journal.find_break()) is None
    world.store.close()


def test_new_rows_are_numbered_behind_the_copied_ones(full: Path, postgres_url: str) -> None:
    move_all(full, postgres_url)
    (last,) = look(full, "SELECT max(id) FROM deliveries")[0]
    sql = (
        "INSERT INTO deliveries (digest, route, sealed_body, arrived_at, last_arrived_at) "
        "VALUES ('new', 'form', ''::bytea, 1, 1)"
    )
    meddle(postgres_url, sql)
    assert look(postgres_url, "SELECT id FROM deliveries WHERE digest = 'new'") == [(last + 1,)]


@both
def test_an_empty_store_is_moved_as_well(
    sqlite_store: SqliteStore, path: Path, target: Database, sealer: TinkSealer
) -> None:
    sqlite_store.close()
    assert move_all(path, target, sealer).rows == 0
    open_again(target, sealer).close()


@both
def test_a_target_that_was_made_but_never_used_is_filled(
    full: Path, world: World, target: Database
) -> None:
    fresh = open_again(target, TinkSealer(new_keyset()))
    fresh.check_keys()
    fresh.write(lambda tables: tables.lanes.begin_term("crm"))
    fresh.close()
    move_all(full, target, world.sealer)
    assert contents(full) == contents(target)


@both
def test_a_target_with_one_row_is_refused_and_stays_as_it_is(
    full: Path, target: Database, sealer: TinkSealer
) -> None:
    store = open_again(target, sealer)
    store.write(lambda tables: tables.marks.set("something", NOW))
    store.close()
    before = contents(target)
    with pytest.raises(Inconsistent, match=r"holds data already \(marks 1\)"):
        move_all(full, target)
    assert contents(target) == before


@both
def test_a_target_of_something_else_is_refused(full: Path, target: Database) -> None:
    if isinstance(target, Path):
        target.parent.mkdir()
    meddle(target, "CREATE TABLE recipes (id INTEGER)")
    with pytest.raises(Inconsistent, match="tables of something else"):
        move_all(full, target)
    with pytest.raises(Inconsistent, match="none of Credits Desk's"):
        move_all(target, full)
    with pytest.raises(Exception, match="requests"):
        look(target, "SELECT * FROM requests")


def test_a_missing_source_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(NotKept, match="there is no database"):
        move_all(tmp_path / "missing" / "desk.db", tmp_path / "new.db")
    assert list(tmp_path.iterdir()) == []


def test_a_source_that_is_no_database_is_told(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear all, this is certainly no database. " * 50)
    with pytest.raises(NotKept, match="is not an SQLite database"):
        move_all(file, tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()


def test_a_server_that_is_away_is_told_without_its_password(full: Path) -> None:
    url = f"postgresql://desk:geheim@127.0.0.1:{lasting_port()}/desk"
    with pytest.raises(NotKept, match="to copy to cannot be written") as refused:
        move_all(full, url)
    assert "geheim" not in str(refused.value)


@both
@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("DELETE FROM {} WHERE name = '0011_lanes'", "older version"),
        ("UPDATE {} SET name = '9999_to_come' WHERE name = '0011_lanes'", "newer version"),
    ],
)
def test_a_source_of_another_version_is_refused(
    full: Path, target: Database, tmp_path: Path, change: str, what: str
) -> None:
    move_all(full, target)
    steps = "_sqlite_migrations" if isinstance(target, Path) else "migrations"
    meddle(target, change.format(steps))
    with pytest.raises(Inconsistent, match=what):
        move_all(target, tmp_path / "other.db")
    assert not (tmp_path / "other.db").exists()


@both
def test_a_source_in_use_is_refused(
    full: Path, world: World, target: Database, tmp_path: Path
) -> None:
    move_all(full, target)
    web_process = open_again(target, world.sealer)  # works for no lane
    with pytest.raises(NotKept, match="in use"):
        move_all(target, tmp_path / "other.db")
    assert not (tmp_path / "other.db").exists()
    web_process.close()
    move_all(target, tmp_path / "other.db")


@both
def test_a_target_in_use_is_refused(full: Path, target: Database, sealer: TinkSealer) -> None:
    web_process = open_again(target, sealer)
    with pytest.raises(NotKept, match="in use"):
        move_all(full, target)
    assert web_process.read(lambda tables: tables.requests.count())["all"] == 0
    web_process.close()


def test_a_lane_that_somebody_owns_is_noticed(
    postgres_store: PostgresStore, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where its connection is another user's, and so is not counted."""
    monkeypatch.setattr("storage.postgres_held._count_others", lambda _connection: 0)
    lane = next(iter(LANES))
    with postgres_store.own_lane(lane) as ours:
        assert ours()
        with pytest.raises(NotKept, match="owns its lanes"):
            move_all(url, tmp_path / "new.db")


def write_late(database: Database, sealer: TinkSealer) -> None:
    store = open_again(database, sealer)
    try:
        store.write(lambda tables: tables.marks.set("late", NOW))
    finally:
        store.close()


@both
def test_nobody_can_write_to_the_source_meanwhile(
    full: Path, world: World, target: Database
) -> None:
    move_all(full, target)
    with reading(target)(), pytest.raises(NotKept):
        write_late(target, world.sealer)
    assert look(target, "SELECT * FROM marks WHERE name = 'late'") == []


@pytest.mark.parametrize("lost", ["from", "to"])
def test_a_connection_that_breaks_is_told_and_a_second_try_helps(
    full: Path, world: World, url: str, postgres_url: str, lost: str
) -> None:
    move_all(full, url)
    broken = url if lost == "from" else postgres_url

    def break_it(_done: int, _all: int) -> None:
        meddle(
            broken,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )

    with pytest.raises(NotKept, match=f"the database to copy {lost} cannot be"):
        move(reading(url), filling(postgres_url), None, break_it)
    refuses_to_start(postgres_url, world)
    move_all(url, postgres_url, world.sealer)
    assert contents(full) == contents(postgres_url)


@both
def test_one_database_twice_is_refused(full: Path, target: Database) -> None:
    move_all(full, target)
    before = contents(target)
    with pytest.raises(NotKept, match="in use"):
        move_all(target, target)
    assert contents(target) == before


def test_other_keys_are_noticed_before_anything_is_made(
    full: Path, sealer: TinkSealer, tmp_path: Path
) -> None:
    with pytest.raises(Unreadable, match="SEALING_KEYSET is not the keyset"):
        move_all(full, tmp_path / "new.db", sealer)
    assert not (tmp_path / "new.db").exists()


def test_a_broken_journal_is_not_moved(full: Path, tmp_path: Path) -> None:
    meddle(full, "UPDATE journal SET facts = '{}' WHERE sequence = 2")
    with pytest.raises(Inconsistent, match="breaks at line 2"):
        move_all(full, tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()


def test_what_postgresql_cannot_keep_is_replaced_and_told(full: Path, postgres_url: str) -> None:
    meddle(full, "UPDATE requests SET organisation = 'Marel' || char(0) || ' hf.'")
    assert move_all(full, postgres_url).replaced == 1
    assert look(postgres_url, "SELECT organisation FROM requests") == [("Marel\ufffd hf.",)]


@both
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE grants SET credits = credits + 1",
        "DELETE FROM sealed_fields WHERE field = 'reason'",
        "UPDATE marks SET value = value - 1 WHERE name <> 'unfinished_move'",
    ],
)
def test_any_change_on_the_way_is_found(
    full: Path, world: World, target: Database, change: str
) -> None:
    """Also by whoever comes between the copying and the reading again."""
    fill = filling(target)
    taken = 0

    def changed() -> Any:
        nonlocal taken
        taken += 1
        if taken == 2:  # it was copied, and is about to be read again
            meddle(target, change)
        return fill()

    with pytest.raises(Inconsistent, match="the copy is not what was copied"):
        move(reading(full), changed, world.sealer, ignore)
    refuses_to_start(target, world)
    move_all(full, target, world.sealer)
    assert contents(full) == contents(target)


def refuses_to_start(database: Database, world: World) -> None:
    store = open_again(database, world.sealer)
    with pytest.raises(Inconsistent, match="did not finish"):
        store.read(lambda tables: refuse_unfinished(tables.marks))
    store.close()
