"""One HubSpot account: everything it holds, behind one lock."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.crm.associations import Associations
from sandbox.crm.object_types import COMPANY, OBJECT_TYPES, ObjectType
from sandbox.crm.pipelines import Pipelines
from sandbox.crm.properties import Schema
from sandbox.crm.records import Record, Source
from sandbox.errors import ApiError, not_found
from sandbox.times import iso, now_ms

FIRST_ID = 30_100_000_001
#: By name, with the domain of each.
COMPANIES = {
    "Northwind Care": "northwind-care.example",
    "Harbour Wellbeing Hub": "harbour.example",
    "Acme Logistics": "acme.example",
    "Riverside School": "riverside.example",
}


@dataclass(frozen=True)
class Tie:
    """The other end of an association, and what became of it."""

    other: Record
    removed: bool
    primary: bool
    category: str
    type_id: int


@dataclass(frozen=True)
class Change:
    """Something that happened to a record, before it becomes an event.

    ``what`` is the second word of HubSpot's event, such as propertyChange or newMessage.
    """

    what: str
    record: Record
    source: Source
    at_ms: int
    property_name: str = ""
    value: str = ""
    merged_ids: tuple[str, ...] = ()
    tie: Tie | None = None
    message_id: str = ""
    message_type: str = ""


class Account:
    """The state of the account. Hold ``lock`` while reading or changing it."""

    def __init__(self, seed: int = 1) -> None:
        self.lock = threading.RLock()
        self.listeners: list[Callable[[Change], None]] = []
        self._seed = seed
        self.reset()

    def reset(self) -> None:
        """Go back to an account as it comes, with a few companies."""
        with self.lock:
            self.schema = Schema()
            self.pipelines = Pipelines(self._seed)
            self.associations = Associations()
            self.records: dict[str, dict[str, Record]] = {kind.id: {} for kind in OBJECT_TYPES}
            self.merged: dict[str, str] = {}
            self._blocked: set[str] = set()
            self._next_id = FIRST_ID
            for name, domain in COMPANIES.items():
                company = self.new_record(COMPANY, Source("CRM_UI", ""))
                company.put("name", name, Source("CRM_UI", ""), company.created_ms)
                company.put("domain", domain, Source("CRM_UI", ""), company.created_ms)
                company.index(0)

    def new_record(self, kind: ObjectType, source: Source) -> Record:
        """An empty record with the next id."""
        at_ms = now_ms()
        record = Record(str(self._next_id), kind, at_ms, at_ms)
        self._next_id += 1
        record.put("hs_object_id", record.id, source, at_ms)
        for name in (kind.created_property, kind.modified_property):
            record.put(name, iso(at_ms), source, at_ms)
        self.records[kind.id][record.id] = record
        return record

    def live(self, kind: ObjectType) -> list[Record]:
        """Every record of a kind that is not in the recycle bin."""
        return [record for record in self.records[kind.id].values() if not record.archived]

    def find(
        self, kind: ObjectType, record_id: str, id_property: str = "", archived: bool = False
    ) -> Record | None:
        """A record by id or by a unique property; a merged-away id finds the survivor."""
        if id_property and id_property != "hs_object_id":
            self.check_unique(kind, id_property)
            return self.find_by_value(kind, id_property, record_id)
        while record_id in self.merged:
            record_id = self.merged[record_id]
        record = self.records[kind.id].get(record_id)
        return record if record is not None and record.archived == archived else None

    def find_by_value(self, kind: ObjectType, name: str, value: str) -> Record | None:
        """The live record whose property has that value; letter case does not count."""
        sought = value.strip().casefold()
        for record in self.records[kind.id].values():
            if not record.archived and record.properties.get(name, "").casefold() == sought:
                return record
        return None

    def get(
        self, kind: ObjectType, record_id: str, id_property: str = "", archived: bool = False
    ) -> Record:
        """Like ``find``. Raises ``ApiError`` 404 when there is none."""
        found = self.find(kind, record_id, id_property, archived)
        if found is None:
            raise not_found(f"No {kind.name} with ID {record_id} exists", ids=[record_id])
        return found

    def check_unique(self, kind: ObjectType, name: str) -> None:
        """Raises ``ApiError`` 400 unless the property holds unique values."""
        found = self.schema.find(kind, name)
        if found is None or not found.unique:
            raise ApiError(400, f"Property '{name}' is not a unique identifier property")

    def block(self, email: str) -> None:
        """Let nobody add this address by hand again."""
        if email:
            self._blocked.add(email.strip().casefold())

    def is_blocked(self, email: str) -> bool:
        """Whether a contact with this address was deleted for good."""
        return email.strip().casefold() in self._blocked

    def tell(self, change: Change) -> None:
        """Hand a change to everybody who listens."""
        for listener in self.listeners:
            listener(change)
