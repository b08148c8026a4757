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
from casework.ports import Order, Receipt, Sealer
from casework.reply_records import Reply
from casework.request import CreditRequest, LetterKey, Role, TicketState
from casework.request_records import NewRequest
from casework.residue_records import Leftover, Place
from casework.stages import Stage
from casework.standing_rules import StandingRule, Terms
from casework.work import Kind, WorkItem
from storage.engine import Connection, Row
from storage.tables import Tables
from tests.storage.made_up import NOW, new_request, order

REFERENCE = "CR-1"

#: These stay small however many requests there are.
SMALL = {"companies", "standing_rules", "marks", "forgotten", "key_check", "lanes"}

#: What reads everything, and why it may.
MAY_READ_ALL = {
    "journal.find_facts": "`desk verify` compares every grant with the journal",
    "requests.count": "`desk reconcile` tells how many there are",
    "requests.find_ungranted": "`desk reconcile` compares everything with the platform",
    "ledger.find_addressed": "`desk forget` has to open each address of the embedded ledger",
    "ledger.take_for_export": "it finds by NULL, but that is what nobody has exported yet",
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
    if get_origin(annotation) is Mapping:
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
}

#: Every method of every table.
NAMES = [name for name, _ in methods(Tables(None, None))]  # type: ignore[arg-type]
