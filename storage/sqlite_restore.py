"""A database takes its place from a file: nothing is overwritten, and nobody is at work there."""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from casework.errors import Inconsistent, NotKept, Unreadable
from storage.sqlite_backup import Progress, holds_anything, make_one_file
from storage.whole_files import beside, whole_file

#: What a start makes by itself, so that it need not be kept.
_MADE_AT_A_START = frozenset({"key_check", "marks", "work", "companies"})

_PIECE = 1 << 20


@contextmanager
def taking_its_place(
    file: Path, database: Path, lanes: Iterable[str], show: Progress
) -> Iterator[Path]:
    """Yield a copy of ``file``, beside ``database``, that takes its place at the end.

    The file is not touched. What lies beside it and belongs to it (a log that was not yet taken
    in) is copied as well. Raises :class:`Inconsistent` where the place is not free,
    :class:`Unreadable` where the file cannot be read, and :class:`NotKept`.
    """
    if not file.is_file():
        raise Unreadable(f"{file} is not there, or is no file")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotKept(f"{database.parent} cannot be made: {error.strerror}") from None
    with _nobody_at_work(database, lanes):
        _make_sure_it_is_free(database)
        unfinished = database.with_name(f"{database.name}.restoring")
        with whole_file(database, unfinished, replace=True):
            try:
                _copy(file, unfinished, show)
                yield unfinished
            finally:
                unfinished.with_name(f"{unfinished.name}.migrating").unlink(missing_ok=True)


@contextmanager
def _nobody_at_work(database: Path, lanes: Iterable[str]) -> Iterator[None]:
    """Hold what a service holds: its lanes, and what a start waits for before it opens the file."""
    with ExitStack() as held:
        for suffix in ("migrating", *(f"lane-{lane}" for lane in lanes)):
            _hold(database, suffix, held)
        yield


def _hold(database: Path, suffix: str, held: ExitStack) -> None:
    name = database.with_name(f"{database.name}.{suffix}")
    try:
        descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        held.callback(os.close, descriptor)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Inconsistent(
            f"a service is running on {database}: stop it first. Nothing was changed"
        ) from None
    except OSError as error:
        raise NotKept(f"{name} cannot be made: {error.strerror}") from None


def _make_sure_it_is_free(database: Path) -> None:
    if database.exists() and database.stat().st_size and holds_anything(database, _MADE_AT_A_START):
        raise Inconsistent(
            f"{database} holds data, which is never overwritten. Move it away, together with "
            f"{database.name}-wal and {database.name}-shm if they are there, or let DATABASE_URL "
            "name another file. Nothing was changed"
        )
    left = [side.name for side in beside(database) if side.exists()]
    if left:
        # SQLite would take a log that belongs to another database for one of this.
        raise Inconsistent(
            f"beside {database} lies {', '.join(left)}, which is part of another database, or in "
            "use. Stop whatever uses it, and move it away. Nothing was changed"
        )


def _copy(file: Path, unfinished: Path, show: Progress) -> None:
    """Copy what belongs together, and make one file of it."""
    pairs = [
        (one, copy)
        for one, copy in zip([file, *beside(file)], [unfinished, *beside(unfinished)], strict=True)
        if one.exists() and not one.name.endswith("-shm")
    ]
    size, done = sum(one.stat().st_size for one, _ in pairs), 0
    for one, copy in pairs:
        with _open_to_read(one) as source, open(copy, "wb", opener=_for_its_owner) as target:
            while piece := source.read(_PIECE):
                done += target.write(piece)
                show(done, size)
    make_one_file(unfinished)


def _open_to_read(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as error:
        raise Unreadable(f"{file} cannot be read: {error.strerror}") from None


def _for_its_owner(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
