"""Files that bear their name only once they are whole and on the disk."""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from casework.errors import Inconsistent, NotKept

#: What SQLite keeps beside a database while it is at work.
SIDE_FILES = ("-wal", "-shm", "-journal")

#: File systems without hard links say this, such as those of USB sticks and some network shares.
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS})


@contextmanager
def whole_file(target: Path, unfinished: Path, *, replace: bool = False) -> Iterator[Path]:
    """Yield an empty ``unfinished``, for its owner only, that becomes ``target`` at the end.

    An existing ``target`` is replaced only where that is asked for. If anything goes wrong nothing
    is left; after a power cut ``unfinished`` may be, and the next one to want it begins it anew.
    Raises :class:`Inconsistent` and :class:`NotKept`.
    """
    try:
        if not replace and target.exists():
            raise _exists(target)
        lock = _begin(unfinished)
        try:
            yield unfinished
            _write_to_disk(unfinished)
            _name(unfinished, target, replace=replace)
        except BaseException:
            for file in (unfinished, *beside(unfinished)):
                file.unlink(missing_ok=True)
            raise
        finally:
            os.close(lock)
    except OSError as error:
        raise NotKept(f"{target} cannot be written: {error.strerror}. Nothing is left of it") from (
            None
        )


def beside(database: Path) -> list[Path]:
    """What may lie beside a database and be part of it, whether it is there or not."""
    return [database.with_name(database.name + suffix) for suffix in SIDE_FILES]


def _begin(unfinished: Path) -> int:
    """Make the file empty and ours. Returns what holds the lock on it."""
    descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        _lock(descriptor, unfinished)
        os.fchmod(descriptor, 0o600)
        os.ftruncate(descriptor, 0)
        for file in beside(unfinished):
            file.unlink(missing_ok=True)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _lock(descriptor: int, unfinished: Path) -> None:
    """Make sure that nobody else has it. Whoever had it may just have given it its name."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        ours = os.fstat(descriptor).st_ino == unfinished.stat().st_ino
    except (BlockingIOError, FileNotFoundError):
        ours = False
    if not ours:
        raise NotKept(f"somebody else is writing {unfinished} just now: try again after that")


def _write_to_disk(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _name(unfinished: Path, target: Path, *, replace: bool) -> None:
    if replace:
        os.replace(unfinished, target)
    else:
        _link(unfinished, target)
        unfinished.unlink(missing_ok=True)
    _write_to_disk(target.parent)


def _link(unfinished: Path, target: Path) -> None:
    """Give the file its name, if nobody has it: a rename would overwrite."""
    try:
        os.link(unfinished, target)
    except FileExistsError:
        raise _exists(target) from None
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if target.exists():
            raise _exists(target) from None
        os.replace(unfinished, target)


def _exists(target: Path) -> Inconsistent:
    return Inconsistent(f"{target} exists and stays as it is: choose another name")
