"""The statements behind every method of every table: it is called, and what it says is kept."""

import inspect
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin

import psycopg

from casework.delivery_records import Route
from casework.errors import CreditsDeskError
from casework.identifier_records import KeyedIdentifier
from casework.identifiers import Scope, Whose
from casework.organisations import Company
from casework.orphan_records import OrphanedTicket
from casework.ports import Order, Receipt, Sealer
from casework.reply_records import Reply
from casework.request import CreditRequest, LetterKey, Role, TicketState
from casework.request_records import NewRequest
from casework.residue_records import Leftover, Place
from casework.retention_records import Old, Thing
from casework.stages import Stage
from casework.standing_rules import StandingRule, Terms
from casework.work import Kind, WorkItem
from storage.engine import Connection, Row
from storage.sealed_columns import SEALED_COLUMNS, SealedColumn
from storage.tables import Tables
from tests.storage.made_up import MINUTE, NOW, new_request, order

REFERENCE = "CR-1"
_DAY = 24 * 60 * MINUTE

#: These do not grow with what was done, but with what is there or about to be done.
SMALL = {
    *("companies", "standing_rules", "marks", "forgotten", "key_check", "lanes"),
    *("announced", "orphaned_tickets"),
    # Stands in for a platform until there is one; what it does not export stays in it.
    "ledger",
}

#: These are partial, and yet hold most of what was done these years.
LARGE_PARTIAL = {"requests_kept"}

#: What reads everything, and why it may.
MAY_READ_ALL = {
    "journal.find_facts": "`desk verify` compares every grant with the journal",
    "journal.find_events": "`desk keys` looks for changes of keys, by hand",
    "requests.count": "`desk reconcile` tells how many there are",
    "requests.find_ungranted": "`desk reconcile` compares everything with the platform",
    "requests.distrust": "once, after a restore",
    "sealed.count_by_key": "`desk keys` seals everything anew, by hand",
    "retention.find_pending": "once a day, and only through the work there is",
}

#: What else a method may say than what it says when called with one of everything.
ALSO: dict[str, Sequence[dict[str, object]]] = {
    "people.find_requests": [{"role": Role.PROFESSIONAL}],
    "requests.find_claimable": [{"forgotten_since": None}],
    "residue.find": [{"references": []}],
}

Statement = tuple[str, dict[str, object]]


class Recording:
    """Implements :class:`storage.engine.Connection`, and keeps what was run."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection = connection
        self.tables = Tables(self, sealer)
        self.statements: list[Statement] = []

    def rows(self, sql: str, **parameters: object) -> Sequence[Row]:
        self.statements.append((sql, parameters))
        return self._connection.rows(sql, **parameters)

    def run(self, sql: str, **parameters: object) -> int:
        self.statements.append((sql, parameters))
        return self._connection.run(sql, **parameters)

    def run_many(self, sql: str, rows: Iterable[Row]) -> None:
        listed = list(rows)
        self.statements += [(sql, dict(row)) for row in listed]
        self._connection.run_many(sql, listed)


def methods(tables: Tables) -> Iterator[tuple[str, Callable[..., object]]]:
    """``table.method``, and the method, for all that anybody may call."""
    for name, table in vars(tables).items():
        for method, call in inspect.getmembers(table, inspect.ismethod):
            if not method.startswith("_"):
                yield f"{name}.{method}", call


def all_statements_of(recording: Recording, name: str) -> list[Statement]:
    """What a method says, called with one of everything it wants, and in other ways if need be."""
    fill(recording.tables)
    call = dict(methods(recording.tables))[name]
    recording.statements.clear()
    for given in ({}, *ALSO.get(name, ())):
        _call(call, given)
    return list(recording.statements)


def _call(call: Callable[..., object], given: Mapping[str, object]) -> None:
    parameters = inspect.signature(call, eval_str=True).parameters.values()
    named = {
        one.name: given.get(one.name, _sample(one.name, one.annotation))
        for one in parameters
        if one.kind is not one.VAR_KEYWORD
    }
    # There may be too little in the tables for it; it has said what it says all the same.
    with suppress(CreditsDeskError, sqlite3.IntegrityError, psycopg.Error):
        call(**named)


def fill(tables: Tables) -> None:
    """One of what most methods ask about."""
    tables.requests.add(new_request(REFERENCE, conversion_id="1"), NOW)
    tables.requests.set_ticket(REFERENCE, "1", Stage.NEW, "Hub")
    tables.grants.reserve(REFERENCE, 1, NOW, NOW)
    tables.work.ask(Kind.GRANT, [REFERENCE], NOW)
    tables.deliveries.keep(Route.FORM, "digest", b"sealed", NOW)


def _sample(name: str, annotation: Any) -> object:
    if name == "reference":
        return REFERENCE
    if "since" in name:
        return NOW - 30 * _DAY
    if name == "until":
        return NOW - 365 * _DAY
    if get_origin(annotation) is Mapping and annotation not in _SAMPLES:
        return {Role.CLIENT: "digest"}
    if get_origin(annotation) is UnionType:
        return _sample(name, get_args(annotation)[0])
    if get_origin(annotation) is Sequence:
        return [_sample(name, get_args(annotation)[0])]
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return next(iter(annotation))
    return _SAMPLES[annotation]


_SEEN = CreditRequest(
    reference=REFERENCE,
    organisation="Hub",
    stage=Stage.NEW,
    ticket_id="1",
    confirmed=True,
    opening=False,
    submitted_at=NOW,
    stage_since=NOW,
    writing=False,
    move_to=None,
    attention=None,
    status_line="Received.",
    shown_organisation=None,
    wishes=0,
    ticket_state=TicketState.THERE,
    matched=False,
    candidates="",
)
_SAMPLES: dict[Any, Any] = {
    str: "1",
    int: 1,
    bool: False,
    bytes: b"sealed",
    CreditRequest: _SEEN,
    NewRequest: new_request("CR-2", conversion_id="2"),
    KeyedIdentifier: KeyedIdentifier("digest", Scope.ANYWHERE, Whose.CLIENT),
    Company: Company("1", "Hub", frozenset(), 10, "", ""),
    WorkItem: WorkItem(Kind.GRANT, REFERENCE, 1, 0, None),
    Leftover: Leftover(REFERENCE, Place.HISTORY, "field", NOW),
    Reply: Reply(REFERENCE, "1", None, None, "", False, False, False),
    StandingRule: StandingRule("1", Terms(3, 2, 1), NOW, NOW, NOW),
    Receipt: Receipt("1", 1),
    Order: order(),
    LetterKey: LetterKey.parse("en/"),
    Old: Old(Thing.REQUEST, REFERENCE, NOW),
    OrphanedTicket: OrphanedTicket(REFERENCE, "1", "check", False, NOW),
    SealedColumn: SEALED_COLUMNS[0],
    Row: {"id": 1, "sealed": b"sealed"},
}

#: Every method of every table.
NAMES = [name for name, _ in methods(Tables(None, None))]  # type: ignore[arg-type]
