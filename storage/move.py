"""Copies all that is kept into an empty database of either engine, and proves that it is the same.

Both databases are ours alone meanwhile, and nothing of the one to copy from is changed. The other
bears a mark until it was read again from the beginning and found to hold the same: however this
ends, the service starts with a whole copy or not at all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from casework.errors import Inconsistent
from casework.ports import Sealer
from storage.engine import Connection, Row, value
from storage.every_table import TABLES, find_rows
from storage.fingerprints import Fingerprint, fingerprint_of
from storage.held_database import STEPS, HeldDatabase, Hold
from storage.journal import JournalTable
from storage.key_check import KeyCheck
from storage.unfinished import is_unfinished, mark_finished, mark_unfinished

#: What a database may have that was made, but never used.
_OF_A_FRESH_ONE = ("key_check", "lanes")

#: Told how many of all steps are done; each row is copied, and compared.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Moved:
    """What was copied, and found to be the same in both databases.

    ``head`` is the chain value of the journal's last line. ``keys_checked``: what is sealed there
    opens with our keys; not known without keys. ``replaced`` is how many texts held the character
    NUL, which PostgreSQL cannot keep: U+FFFD stands for it now.
    """

    tables: Mapping[str, Fingerprint]
    head: str
    keys_checked: bool
    replaced: int

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(table.rows for table in self.tables.values())


def move(hold_source: Hold, hold_target: Hold, sealer: Sealer | None, show: Progress) -> Moved:
    """Copy and check. Raises :class:`CreditsDeskError`, from whose message it is clear what to do.

    Without a ``sealer`` it is not checked whether anything opens.
    """
    with hold_source() as source:
        number, head = _look_at(source, sealer)
        with hold_target() as target:
            _refuse_used(target)
            with target.transaction():
                target.make_schema()
                mark_unfinished(target.connection)
            with target.transaction():
                moved = _Copying(source.connection, target, number, show).copy(head)
        with hold_target() as target, target.transaction():
            mark_finished(target.connection)
            _verify(target.connection, moved, sealer, show)
    return replace(moved, keys_checked=sealer is not None)


def _look_at(source: HeldDatabase, sealer: Sealer | None) -> tuple[int, str]:
    """How many rows there are, and the journal's head. Raises for what must not be copied."""
    _refuse_other_version(source.find_steps())
    if is_unfinished(source.connection):
        raise Inconsistent("the database to copy from is itself an unfinished copy")
    _verify_journal(source.connection, "the database to copy from")
    if sealer:
        KeyCheck(source.connection, sealer).check()
    number = sum(_count(source.connection, table) for table in TABLES)
    return number, JournalTable(source.connection).find_head()[1]


def _refuse_other_version(steps: frozenset[str] | None) -> None:
    if not steps:
        raise Inconsistent("the database to copy from is none of Credits Desk's")
    if steps - STEPS:
        raise Inconsistent(
            "the database to copy from was made by a newer version: copy it with that version"
        )
    if steps != STEPS:
        # It is the way back, so it stays as it is; and a start brings it up to date with care.
        raise Inconsistent(
            "the database to copy from is an older version's, and nothing of it is changed here: "
            "start the service with it once, stop it, and copy then"
        )


def _refuse_used(target: HeldDatabase) -> None:
    """Raise :class:`Inconsistent` unless nothing is there, or only what we left unfinished."""
    steps = target.find_steps()
    if steps is None:
        return
    if steps != STEPS:
        raise Inconsistent(
            "the database to copy to has tables of something else, or of another version: give an "
            "empty one. Nothing was changed"
        )
    if is_unfinished(target.connection):
        return
    counts = {table: _count(target.connection, table) for table in TABLES}
    used = [f"{table} {count}" for table, count in counts.items() if count]
    if any(counts[table] for table in TABLES if table not in _OF_A_FRESH_ONE):
        raise Inconsistent(
            f"the database to copy to holds data already ({', '.join(used)}): give an empty one. "
            "Nothing was changed"
        )


class _Copying:
    """The copying of one database's rows. Whoever asks for it has begun a transaction."""

    def __init__(
        self, source: Connection, target: HeldDatabase, number: int, show: Progress
    ) -> None:
        self._source, self._target = source, target
        self._number, self._show = number, show
        self._done = self._replaced = 0

    def copy(self, head: str) -> Moved:
        """Copy all rows, and keep the mark."""
        for table in reversed(list(TABLES)):  # a fresh database's own, or what was left unfinished
            self._target.connection.run(f"DELETE FROM {table}")  # noqa: S608 - our names
        tables = {table: self._copy_table(table) for table in TABLES}
        self._target.count_on()
        mark_unfinished(self._target.connection)
        return Moved(tables, head, keys_checked=False, replaced=self._replaced)

    def _copy_table(self, table: str) -> Fingerprint:
        copied = Fingerprint()
        for rows in find_rows(self._source, table):
            fitting = rows if self._target.keeps_nul else [self._without_nul(row) for row in rows]
            self._target.insert(table, fitting)
            copied = copied.then(fitting)
            self._done += len(rows)
            self._show(self._done, 2 * self._number)
        return copied

    def _without_nul(self, row: Row) -> Row:
        odd = {
            name: text.replace("\0", "\ufffd")
            for name, text in row.items()
            if isinstance(text, str) and "\0" in text
        }
        self._replaced += len(odd)
        return {**row, **odd} if odd else row


def _verify(target: Connection, moved: Moved, sealer: Sealer | None, show: Progress) -> None:
    """Read all that was copied. Raises :class:`Inconsistent` unless it is what it should be."""
    done, wrong = 0, []
    for table, copied in moved.tables.items():
        found = fingerprint_of(target, table)
        if found != copied:
            wrong.append(f"{table}: {copied.rows} rows were copied, {found.rows} are there")
        done += found.rows
        show(moved.rows + done, 2 * moved.rows)
    if wrong:
        raise Inconsistent(f"the copy is not what was copied, so it is not to be used: {wrong}")
    _verify_journal(target, "the copy")
    if JournalTable(target).find_head()[1] != moved.head:
        raise Inconsistent("the copy's journal ends otherwise, so it is not to be used")
    if sealer:
        KeyCheck(target, sealer).check()


def _verify_journal(connection: Connection, whose: str) -> None:
    broken = JournalTable(connection).find_break()
    if broken is not None:
        raise Inconsistent(
            f"the journal of {whose} breaks at line {broken}: it, or one before it, was changed. "
            "Find out how (`desk verify`) before anything is moved"
        )


def _count(connection: Connection, table: str) -> int:
    return int(value(connection, f"SELECT count(*) AS number FROM {table}"))  # noqa: S608 - our names
