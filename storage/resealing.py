"""Sealing everything anew with the primary key, in small steps, while the service runs.

Nothing is remembered between the steps: what a key other than the primary has sealed is what is
left to do. So it may be killed anywhere and begun again, and several may run at once.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from casework.errors import CreditsDeskError, Unreadable
from storage.engine import Row
from storage.sealed_columns import SEALED_COLUMNS, SealedColumn
from storage.sealing import TinkSealer
from storage.store import TableStore
from storage.tables import Tables

#: Rows to a write. Others who write wait for it, so it is over within milliseconds.
_BATCH = 200

#: How often the end is looked for again while somebody still seals with an older key, and the
#: pause before that, in seconds.
_PASSES = 12
_PAUSE = 0.5

Progress = Callable[[int, int], None]


class StillSealing(CreditsDeskError):
    """Somebody goes on sealing with an older key."""


@dataclass
class Resealed:
    """How many values were sealed anew, and how many did not open and stay as they are."""

    changed: int = 0
    unopened: int = 0


def reseal_all(store: TableStore, sealer: TinkSealer, progress: Progress) -> Resealed:
    """Seal anew until nothing is left that needs another key than the primary one.

    Raises :class:`StillSealing` where that does not come to an end, and what the store raises.
    """
    primary, done = sealer.primary, Resealed()
    for number in range(_PASSES):
        left = count_others(store, primary)
        if left <= done.unopened:
            return done
        if number:
            time.sleep(_PAUSE)
        done.unopened = 0
        for column, batch in _batches(store, primary, left):
            _reseal(store, sealer, column, batch, done)
            progress(done.changed, max(left, done.changed))
    if count_others(store, primary) > done.unopened:
        raise StillSealing(
            "something still seals with an older key: a service that does not read this keyset "
            "file. Give every machine this file, and run this again; nothing is lost"
        )
    return done


def count_others(store: TableStore, primary: int) -> int:
    """How many values need another key than this one."""
    found = store.read(lambda tables: tables.sealed.count_by_key())
    return sum(sum(tables.values()) for key_id, tables in found.items() if key_id != primary)


def _batches(
    store: TableStore, primary: int, most: int
) -> Iterator[tuple[SealedColumn, Sequence[Row]]]:
    """What is left to do, some rows at a time: each row once, and about so many in all.

    Without an end, somebody who adds rows as fast as we go would keep us for ever.
    """
    for column in SEALED_COLUMNS:
        last: Row | None = None
        while most > 0:
            rows = store.read(partial(_find_others, column=column, primary=primary, after=last))
            if not rows:
                break
            yield column, rows
            most, last = most - len(rows), rows[-1]


def _find_others(
    tables: Tables, column: SealedColumn, primary: int, after: Row | None
) -> Sequence[Row]:
    return tables.sealed.find_others(column, primary, after, _BATCH)


def _reseal(
    store: TableStore, sealer: TinkSealer, column: SealedColumn, rows: Sequence[Row], done: Resealed
) -> None:
    fresh = []
    for row in rows:
        place = column.place(row)
        try:
            fresh.append((row, sealer.seal(sealer.unseal(bytes(row["sealed"]), place), place)))
        except Unreadable:
            done.unopened += 1
    done.changed += store.write(partial(_replace, column=column, fresh=fresh))


def _replace(tables: Tables, column: SealedColumn, fresh: Sequence[tuple[Row, bytes]]) -> int:
    return sum(tables.sealed.replace(column, row, sealed) for row, sealed in fresh)
