"""A book in the database in which every write writes down who made it, in the order of commits.

Writers take turns until they have committed, so the order of the lines is the order of the commits.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg

from casework.worker import LANES
from storage.postgres_connection import LOCKS, WORKING
from tests.running import until

#: What lanes write to. (Deliveries are kept by the door as well, which takes no turn.)
TABLES = (
    *("requests", "sealed_fields", "identifiers", "grants", "work", "journal", "sent", "marks"),
    *("residue", "lanes"),
)

_BOOK = """
CREATE TABLE book (
    line BIGSERIAL PRIMARY KEY, at DOUBLE PRECISION NOT NULL, writer TEXT NOT NULL,
    target TEXT NOT NULL, lane TEXT NOT NULL, term BIGINT NOT NULL, begins BOOLEAN NOT NULL
);
CREATE FUNCTION note_writer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mark TEXT := coalesce(current_setting('book.mark', true), '');
BEGIN
    IF mark <> '' THEN
        INSERT INTO book (at, writer, target, lane, term, begins) VALUES (
            extract(epoch FROM clock_timestamp()), current_setting('application_name'),
            TG_TABLE_NAME, split_part(mark, ' ', 1), split_part(mark, ' ', 2)::BIGINT, false);
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION note_term() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO book (at, writer, target, lane, term, begins) VALUES (
        extract(epoch FROM clock_timestamp()), current_setting('application_name'),
        TG_TABLE_NAME, NEW.lane, NEW.term, true);
    RETURN NULL;
END $$;
CREATE TRIGGER note_term AFTER INSERT OR UPDATE ON lanes
    FOR EACH ROW EXECUTE FUNCTION note_term();
"""
_TRIGGER = """
CREATE TRIGGER note_writer AFTER INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION note_writer();
"""


@dataclass(frozen=True)
class Takeover:
    """How long it took another to do something in place of who was lost, in seconds."""

    fault: str
    #: Until the first write of the work of some lane.
    first_work: float
    #: Until every lane had an owner again.
    all_lanes: float


class WritersBook:
    """The book of one database. ``url`` must lead there whatever becomes of the others' way."""

    def __init__(self, url: str) -> None:
        self._url = url

    def open(self) -> None:
        """Begin the book; the tables are there already."""
        with psycopg.connect(self._url) as connection:
            connection.execute(_BOOK)
            for table in TABLES:
                if table != "lanes":
                    connection.execute(_TRIGGER.format(table=table).encode())

    def rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """What is in the database."""
        with psycopg.connect(self._url, connect_timeout=5) as connection:
            return connection.execute(sql.encode(), parameters).fetchall()

    def find_owner(self) -> str:
        """Who has the lock right now, or nobody."""
        found = self.rows(
            """
            SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE locktype = 'advisory' AND granted AND classid::bigint = %s AND objid::bigint = %s
            """,
            LOCKS,
            WORKING,
        )
        return str(found[0][0]) if found else ""

    def wait_for_takeover(
        self, fault: str, since: float, lost: str = "", down: float | None = None
    ) -> Takeover:
        """Wait until all lanes belong to somebody but ``lost``, and one of them has done work.

        ``since`` is Unix seconds. Nobody could do any before ``down``, where that is given; it may
        have been done between the two.
        """

        def look() -> Takeover | None:
            lanes = self.rows(
                "SELECT min(at) FROM book WHERE begins AND at > %s AND writer <> %s GROUP BY lane",
                *(down or since, lost),
            )
            ((work,),) = self.rows(
                "SELECT min(at) FROM book WHERE NOT begins AND at > %s AND writer <> %s",
                *(down or since, lost),
            )
            if len(lanes) < len(LANES) or work is None:
                return None
            last = max(at for (at,) in lanes)
            return Takeover(fault, max(0.0, work - since), max(0.0, last - since))

        taken = until(lambda: _unless_away(look), 30)
        assert taken is not None
        return taken

    def wrong(self) -> list[str]:
        """Where a lane had two owners: two writers in a term, or a write after a later term."""
        wrong, latest, owners = [], dict[str, int](), dict[tuple[str, int], str]()
        for line, writer, lane, term, begins in self.rows(
            "SELECT line, writer, lane, term, begins FROM book ORDER BY line"
        ):
            if begins:
                owners[lane, term] = writer
            if term < latest.get(lane, 0):
                wrong.append(f"line {line}: {writer} wrote in term {term} of lane {lane}, over")
            if owners.get((lane, term)) != writer:
                wrong.append(f"line {line}: {writer} wrote in another's term of lane {lane}")
            latest[lane] = max(term, latest.get(lane, 0))
        return wrong


def _unless_away(look: Callable[[], Takeover | None]) -> Takeover | None:
    try:
        return look()
    except psycopg.OperationalError:
        return None
