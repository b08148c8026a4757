"""The file that holds the keys: changed by one command at a time, and never half."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from casework.errors import CreditsDeskError, Inconsistent, NotKept, Unreadable
from storage.keysets import Keyset, read_keyset

#: Never for everybody, whatever the file was.
_OWNER_AND_GROUP = 0o660


class KeysetFile:
    """A keyset in a file."""

    def __init__(self, path: Path) -> None:
        """``path`` may be a symbolic link: what it points to is changed."""
        self.path = path.resolve()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other commands away for as long as the ``with`` lasts.

        Raises :class:`CreditsDeskError` where another one is at it. A lock dies with its owner.
        """
        try:
            folder = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise _not_read(self.path, error) from None
        try:
            self._lock(folder)
            yield
        finally:
            os.close(folder)

    def _lock(self, folder: int) -> None:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CreditsDeskError(
                f"another command is just changing {self.path}: nothing was changed. Wait until it "
                "has ended"
            ) from None

    def read(self) -> Keyset:
        """What it says. Raises :class:`CreditsDeskError`."""
        try:
            return read_keyset(self.path.read_text(encoding="utf-8"))
        except OSError as error:
            raise _not_read(self.path, error) from None
        except UnicodeDecodeError:
            raise Unreadable("the keyset file is not text") from None

    def write(self, keyset: Keyset) -> None:
        """Put this keyset in its place, for its owner as before. All of it, or nothing.

        It is on the disk when this returns. Only within :meth:`locked`. Raises :class:`NotKept`.
        """
        text = keyset.to_text()
        if read_keyset(text).key_ids != keyset.key_ids:
            raise Inconsistent("the keyset would not be read as it was written")
        beside = self.path.with_name(f"{self.path.name}.new")
        try:
            before = self.path.stat()
            # What a command that was killed has left there may hold keys, and goes with this.
            beside.unlink(missing_ok=True)
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                if (before.st_uid, before.st_gid) != (os.geteuid(), os.getegid()):
                    os.fchown(descriptor, before.st_uid, before.st_gid)
                os.fchmod(descriptor, before.st_mode & _OWNER_AND_GROUP)
                _write_through(file.fileno(), text)
            beside.replace(self.path)
            _sync_folder(self.path.parent)
        except OSError as error:
            raise NotKept(
                f"{self.path} cannot be changed ({error.strerror}), and is as it was. Run this as "
                "the user whom the file belongs to, where the folder can be written to"
            ) from None


def write_new_file(path: Path, text: str) -> None:
    """Write a new file for its owner only. Never overwrites: raises FileExistsError, or OSError."""
    if not path.parent.exists():
        path.parent.mkdir(parents=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        _write_through(descriptor, text)
    except BaseException:  # half of a keyset is none
        path.unlink()
        raise
    finally:
        os.close(descriptor)
    _sync_folder(path.parent)


def _write_through(descriptor: int, text: str) -> None:
    rest = text.encode("ascii")
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    """A file's name is on the disk once its folder is."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _not_read(path: Path, error: OSError) -> Unreadable:
    return Unreadable(f"the keyset file {path} cannot be read ({error.strerror})")
