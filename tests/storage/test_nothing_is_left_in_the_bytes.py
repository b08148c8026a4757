"""What was erased by age is in no byte of the database's files: looked for in the raw bytes."""

import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from casework.delivery_records import Route
from casework.forget_old import RetentionRules, forget_old
from casework.identifier_records import KeyedIdentifier
from casework.identifiers import Scope, Whose
from casework.ports import Order
from casework.reply_records import Reply
from casework.request import Details, ReasonState, Submission
from casework.request_records import NewRequest
from casework.retention import DAY, NOTICE
from casework.stages import Stage
from casework.understand_reply import Meaning
from casework.worker import WHOLE
from storage.sealing import TinkSealer
from storage.sqlite import SqliteStore
from storage.tables import Tables
from tests.storage.made_up import NOW, look


@pytest.fixture
def store(sqlite_store: SqliteStore) -> SqliteStore:
    """This is about SQLite's files."""
    return sqlite_store


OLD = NOW - 400 * DAY


@dataclass(frozen=True)
class Columns:
    """Everything that must go with a request, by the SQL that finds it."""

    sql: str
    of: str


GO = (
    Columns("SELECT sealed_value FROM sealed_fields WHERE reference = ?", "sealed fields"),
    Columns("SELECT digest FROM identifiers WHERE reference = ?", "identifiers"),
    Columns("SELECT client_digest FROM requests WHERE reference = ?", "client"),
    Columns("SELECT professional_digest FROM requests WHERE reference = ?", "professional"),
    Columns("SELECT fields_digest FROM requests WHERE reference = ?", "fields"),
    Columns("SELECT sealed_sentence FROM replies WHERE reference = ?", "sentences"),
    Columns("SELECT sealed_client_email FROM ledger WHERE reference = ?", "ledger"),
    Columns("SELECT fingerprint FROM ledger WHERE reference = ?", "orders"),
)


def add(tables: Tables, sealer: TinkSealer, number: int, at: int, chance: random.Random) -> str:
    """A request with all that can be kept of one."""
    reference = f"CR-{number:06}"
    words = " ".join(f"{chance.getrandbits(40):x}" for _ in range(chance.choice([3, 30, 450])))
    client, professional = f"c{number}@client.example", f"p{number}@pro.example"
    details = Details(client, professional, words, f"Name {number}")
    new = NewRequest(
        reference,
        Submission(details, "Marel", f"s-{number}" if number % 3 else None, at, listed=True),
        "Marel",
        sealer.digest(f"fields:{number}"),
        sealer.digest(f"client:{number}"),
        sealer.digest(f"professional:{number}"),
        None,
        "Received.",
        [
            KeyedIdentifier(sealer.digest(f"{number}:{word}"), Scope.ANYWHERE, Whose.CLIENT)
            for word in range(12)
        ],
    )
    tables.requests.add(new, at)
    tables.requests.set_ticket(reference, str(number), Stage.CREDITED, None)
    tables.requests.set_reason(reference, ReasonState.NONE, words[: len(words) // 2])
    sentence = "Yes. " * chance.choice([1, 40])
    reply = Reply(reference, f"email/{number}", Meaning.APPROVE, 4, sentence, False, True, False)
    tables.replies.add(reply, at)
    order = Order(f"credit-request-{reference}", details.client_email, 4, "Marel", reference)
    tables.ledger.add(order, at)
    tables.ledger.take_for_export(at)
    return reference


def change(tables: Tables, reference: str, chance: random.Random) -> None:
    """Values grow and shrink, so that rows move between pages."""
    tables.requests.set_client_name(reference, "Name " * chance.choice([1, 20, 300]))
    tables.requests.set_reason(
        reference, ReasonState.NONE, "word " * chance.choice([1, 60, 500, 1100])
    )


def what_goes(path: Path, references: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The beginning and the end of each value, as it stands in the database."""
    for columns in GO:
        for reference in references:
            for (kept,) in look(path, columns.sql, reference):
                raw = kept if isinstance(kept, bytes) else kept.encode()
                assert len(raw) >= 32, columns.of
                yield columns.of, raw[5:29]
                yield columns.of, raw[-24:]


def all_bytes(path: Path) -> bytes:
    """The database, its log, and the log's index."""
    files = [path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))]
    return b"".join(file.read_bytes() for file in files if file.exists())


@pytest.fixture
def lived_in(store: SqliteStore, sealer: TinkSealer) -> list[str]:
    """A database in which much has come, moved and gone. Returns what is old."""
    chance, old = random.Random(5), []
    for number in range(240):
        at = OLD if number % 2 == 0 else NOW

        def live(tables: Tables, number: int = number, at: int = at) -> str:
            reference = add(tables, sealer, number, at, chance)
            change(tables, f"CR-{chance.randrange(number + 1):06}", chance)
            if number % 40 == 39:
                body = chance.randbytes(9_000)
                tables.deliveries.keep(Route.FORM, f"d{number}", body, OLD)
            return reference

        reference = store.write(live)
        old += [reference] if at == OLD else []
    return old


def retain(store: SqliteStore, now: int) -> None:
    rules = RetentionRules(365, [])
    forget_old([WHOLE], now, store=store, mailer=None, rules=rules, clock=lambda: now)


def test_nothing_of_what_was_erased_is_in_any_byte(
    store: SqliteStore, path: Path, lived_in: list[str]
) -> None:
    bodies = [("bodies", row[0][:24]) for row in look(path, "SELECT sealed_body FROM deliveries")]
    gone = [*what_goes(path, lived_in), *bodies]
    others = [f"CR-{number:06}" for number in range(1, 240, 2)]
    stay = list(what_goes(path, others))
    assert {of for of, _ in gone} == {columns.of for columns in GO} | {"bodies"}
    before = all_bytes(path)
    assert all(raw in before for _, raw in gone + stay), "else this would find nothing anywhere"

    retain(store, NOW)
    retain(store, NOW + NOTICE + 1)

    after = all_bytes(path)
    assert [of for of, raw in gone if raw in after] == []
    assert all(raw in after for _, raw in stay)
    assert all(reference.encode() in after for reference in lived_in), "tombstones"
    store.close()
    closed = all_bytes(path)
    assert [of for of, raw in gone if raw in closed] == []


def test_deleting_alone_leaves_copies_behind_and_so_the_file_is_written_anew(
    store: SqliteStore, path: Path, sealer: TinkSealer
) -> None:
    """Why a checkpoint is not enough, whatever `secure_delete` says."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("CREATE TABLE moved (a TEXT, b TEXT, PRIMARY KEY (a, b))")
        connection.execute("CREATE INDEX moved_b ON moved (b)")
        left = [found for seed in range(12) if (found := _left_behind(connection, path, seed))]
        assert left, "SQLite has become better: is the VACUUM still needed?"
        connection.execute("DROP TABLE moved")
    assert store.purge_log()
    data = all_bytes(path)
    assert not any(raw in data for some in left for raw in some)


def _left_behind(connection: sqlite3.Connection, path: Path, seed: int) -> list[bytes]:
    """Digests that are still in the file after their rows were deleted."""
    chance = random.Random(seed)
    connection.execute("BEGIN")
    connection.execute("DELETE FROM moved")
    people = [f"{chance.getrandbits(40):010x}" for _ in range(400)]
    digests: dict[str, list[str]] = {}
    for person in people:
        digests[person] = [f"{chance.getrandbits(128):032x}" for _ in range(8)]
        connection.executemany(
            "INSERT INTO moved VALUES (?, ?)", [(person, one) for one in digests[person]]
        )
    connection.execute("COMMIT")
    connection.execute("BEGIN")
    gone = chance.sample(people, 200)
    for person in gone:
        connection.execute("DELETE FROM moved WHERE a = ?", (person,))
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = all_bytes(path)
    return [raw for person in gone for one in digests[person] if (raw := one.encode()) in data]


def test_while_somebody_reads_what_was_there_it_is_not_purged(
    store: SqliteStore, path: Path
) -> None:
    store.write(lambda tables: tables.marks.set("x", 1))
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM marks").fetchone()
        store.write(lambda tables: tables.marks.set("x", 2))
        assert not store.purge_log()
        reader.execute("COMMIT")
    assert store.purge_log()
