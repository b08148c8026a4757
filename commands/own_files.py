"""Our own files as places in which somebody could look: the database, its neighbours, and logs."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from casework.canary_looking import Looked, Sighting
from casework.disguises import Needles
from storage.engine import Row
from storage.store import TableStore
from storage.tables import Tables

_PIECE = 1 << 20
#: What SQLite keeps beside a database.
_DATABASE_FILES = ("", "-wal", "-journal")


def look_in_store(file: Path | None, store: TableStore, needles: Needles) -> Looked:
    """Whatever of the database can be looked at from here: its files, or else all of its rows."""
    return look_in_database(file, needles) if file else look_in_rows(store, needles)


def look_in_rows(store: TableStore, needles: Needles) -> Looked:
    """Every value of every row, where the files are a database server's."""

    def look(tables: Tables) -> Looked:
        looked = Looked()
        for table, rows in tables.find_all_rows():
            if written := needles.find_in(_bytes_of(rows)):
                looked = looked.then(Looked([Sighting(f"table {table}", written[0])]))
        return looked

    return store.read(look)


def _bytes_of(rows: Sequence[Row]) -> Iterator[bytes]:
    for row in rows:
        for value in row.values():
            yield value if isinstance(value, bytes) else str(value).encode()
            yield b"\0"


def look_in_database(database: Path, needles: Needles) -> Looked:
    """The bytes of the database and of its log, and the names of the files beside it."""
    looked = Looked()
    for suffix in _DATABASE_FILES:
        file = database.with_name(database.name + suffix)
        if file.exists():
            looked = looked.then(_look_in(f"database{suffix}", _pieces_of_database(file), needles))
    for number, file in enumerate(sorted(database.parent.iterdir()), 1):
        if written := needles.find_in_text(file.name):
            # The name itself would tell.
            where = f"file names beside the database: number {number} in the alphabet"
            looked = looked.then(Looked([Sighting(where, written[0])]))
    return looked


def look_in_logs(logs: Sequence[Path], needles: Needles) -> Looked:
    """The bytes of log files."""
    looked = Looked()
    for number, file in enumerate(logs, 1):
        looked = looked.then(_look_in(f"log file {number}", _pieces(file), needles))
    return looked


def _look_in(place: str, pieces: Iterator[bytes], needles: Needles) -> Looked:
    try:
        written = needles.find_in(pieces)
    except OSError as error:
        return Looked(unseen={place: f"it cannot be read: {error.strerror}"})
    return Looked([Sighting(place, one) for one in written[:1]])


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as source:
        while piece := source.read(_PIECE):
            yield piece


def _pieces_of_database(file: Path) -> Iterator[bytes]:
    """As :func:`_pieces`, of a file that is open in this process as a database as well.

    It is left open until the command ends: to close it would let go of the locks by which SQLite
    knows that this process is using it (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    while piece := os.read(descriptor, _PIECE):
        yield piece
