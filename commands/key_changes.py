"""Changing the keys of a running service: add one, seal anew with it, drop the old one."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from casework.errors import CreditsDeskError
from commands.opening import show_progress
from config import Config
from steady import wall_clock
from storage.keyset_file import KeysetFile
from storage.keysets import UNKNOWN_KEY, Keyset
from storage.resealing import Resealed, reseal_all
from storage.sealing import TinkSealer
from storage.store import TableStore

#: After the last value was sealed anew a drop waits so long, in seconds: what was sealed a moment
#: before the change may still be on its way into the database.
SETTLED_AFTER = 15.0

#: SQLite's log can be emptied only in a moment in which nobody reads.
_PURGES = 5

Say = Callable[[str], None]


class CannotChangeKeys(CreditsDeskError):
    """The keys must not be changed like that. The message says what to do."""


@dataclass(frozen=True)
class KeyState:
    """One key: whether it seals, whether we have it, and how many values need it, by table."""

    id: int
    primary: bool
    in_file: bool
    needed_by: Mapping[str, int]

    @property
    def values(self) -> int:
        """How many values need it."""
        return sum(self.needed_by.values())


@dataclass(frozen=True)
class Rotated:
    """The key that everything is sealed with now, or was only added, and what was done for it."""

    key: int
    added: bool
    finished: bool
    resealed: int = 0
    unopened: int = 0
    purged: bool = True


class KeyChanges:
    """The keys in one file, and what they have sealed in one database."""

    def __init__(self, config: Config, store: TableStore, sealer: TinkSealer) -> None:
        """Raises :class:`CannotChangeKeys` where the keys are not in a file."""
        if config.keyset_file is None:
            raise CannotChangeKeys(
                "the keys are in SEALING_KEYSET, where no command can change them. Write its text "
                "into a file of its own, name that in SEALING_KEYSET_FILE instead, start the "
                "service again, and then run this"
            )
        self._file = KeysetFile(config.keyset_file)
        self._store, self._sealer = store, sealer

    def look(self) -> list[KeyState]:
        """All keys that are in the file, oldest first, and those that are needed beside them."""
        keyset, needs = self._file.read(), self._needs()
        missing = [key_id for key_id in needs if key_id not in keyset.key_ids]
        return [
            KeyState(
                id=key_id,
                primary=key_id == keyset.primary,
                in_file=key_id in keyset.key_ids,
                needed_by=needs.get(key_id, {}),
            )
            for key_id in (*keyset.key_ids, *missing)
        ]

    def rotate(self, *, only_add: bool, quiet: bool) -> Rotated:
        """Add a key and seal everything with it. What was begun before is finished instead."""
        with self._file.locked():
            keyset = self._file.read()
            self._refuse_old_copy(keyset)
            if only_add and self._is_under_way(keyset):
                raise CannotChangeKeys(
                    f"the change to key {keyset.primary} is not finished: run `desk keys rotate` "
                    "first"
                )
            keyset, added = self._with_next_key(keyset)
            key = keyset.key_ids[-1]
            if only_add:
                return Rotated(key, added, finished=False)
            if keyset.primary != key:
                self._file.write(keyset.with_primary(key))
            done = self._reseal(key, quiet=quiet)
        if done.unopened:
            return Rotated(key, added, False, done.changed, done.unopened, self._purge())
        self._note("keys_resealed", key, values=done.changed)
        return Rotated(key, added, True, done.changed, 0, self._purge())

    def drop(self, key: int, say: Say) -> bool:
        """Take a key out of the file, for ever. Returns whether old bytes left the log as well.

        Raises :class:`CannotChangeKeys` while it seals, or while anything needs it.
        """
        with self._file.locked():
            keyset = self._file.read()
            self._refuse_old_copy(keyset)
            self._refuse_in_use(keyset, key)
            if (wait := self._unsettled()) > 0:
                say(f"Waiting {wait:.0f} s for what may still be on its way …")
                time.sleep(wait)
                self._refuse_in_use(keyset, key)
            # First: were we killed in between, the key would be there still, and can be dropped.
            self._note("key_dropped", key)
            self._file.write(keyset.without(key))
        return self._purge()

    def _needs(self) -> Mapping[int, Mapping[str, int]]:
        return self._store.read(lambda tables: tables.sealed.count_by_key())

    def _with_next_key(self, keyset: Keyset) -> tuple[Keyset, bool]:
        """One that ends with the key to change to, and whether that was added just now."""
        waits = keyset.newer_than_primary or self._is_under_way(keyset)
        if not waits:
            keyset = keyset.with_new_key()
            self._file.write(keyset)
        if keyset.newer_than_primary and keyset.key_ids[-1] not in self._noted("key_added"):
            self._note("key_added", keyset.key_ids[-1])
        return keyset, not waits

    def _is_under_way(self, keyset: Keyset) -> bool:
        """Whether a change to the primary key was begun and not finished."""
        if keyset.newer_than_primary:
            return False
        begun = keyset.primary in self._noted("key_added")
        finished = keyset.primary in self._noted("keys_resealed")
        return (begun and not finished) or bool(set(self._needs()) - {keyset.primary, UNKNOWN_KEY})

    def _reseal(self, key: int, *, quiet: bool) -> Resealed:
        if self._sealer.primary != key:
            raise CannotChangeKeys(
                f"key {key} was made the one that seals, but this command does not read it yet. "
                "Run it again"
            )
        with show_progress("seal anew", hidden=quiet) as progress:
            return reseal_all(self._store, self._sealer, progress)

    def _refuse_old_copy(self, keyset: Keyset) -> None:
        """Raise :class:`CannotChangeKeys` where a key was added to another copy of the file."""
        live = self._noted("key_added") - self._noted("key_dropped")
        missing = sorted((live | set(self._needs())) - {*keyset.key_ids, UNKNOWN_KEY})
        if missing:
            raise CannotChangeKeys(
                f"the keyset file lacks the key {missing[0]}, which this database has seen: it is "
                "not the newest copy. Nothing was changed: copy the newest one here first"
            )

    def _refuse_in_use(self, keyset: Keyset, key: int) -> None:
        if key not in keyset.key_ids:
            raise CannotChangeKeys(f"there is no key {key} in the file: see `desk keys list`")
        if key == keyset.primary:
            raise CannotChangeKeys(
                f"key {key} is the one that seals: add another with `desk keys rotate` first"
            )
        if needed_by := self._needs().get(key):
            where = ", ".join(f"{number} in {table}" for table, number in needed_by.items())
            raise CannotChangeKeys(
                f"key {key} is still needed to open {where}. Nothing was changed: run `desk keys "
                "rotate`, which seals them anew"
            )

    def _unsettled(self) -> float:
        """For how many seconds a value may still come that was sealed before the change."""
        lines = self._store.read(lambda tables: tables.journal.find_events("keys_resealed"))
        since = (wall_clock() - lines[-1][0]) / 1000 if lines else SETTLED_AFTER
        return min(SETTLED_AFTER - since, SETTLED_AFTER)

    def _noted(self, event: str) -> set[int]:
        lines = self._store.read(lambda tables: tables.journal.find_facts(event))
        return {int(facts["key"]) for _, facts in lines}

    def _note(self, event: str, key: int, **facts: int) -> None:
        now = wall_clock()
        self._store.write(lambda tables: tables.journal.write(event, "", now, key=key, **facts))

    def _purge(self) -> bool:
        """Take what was sealed with older keys out of the database's log."""
        return any(self._store.purge_log() for _ in range(_PURGES))
