"""Records with their history, and what search can see of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.crm.object_types import CONTACT, ObjectType
from sandbox.times import iso


@dataclass(frozen=True)
class Source:
    """Who changed something, in HubSpot's words."""

    name: str
    id: str


STAFF = Source("CRM_UI", "userId:9")
"""A person at the board."""
# Reference: https://knowledge.hubspot.com/records/view-record-property-history
MAX_VERSIONS = {CONTACT.id: 45}
DEFAULT_MAX_VERSIONS = 20


@dataclass(frozen=True)
class Version:
    """One value a property has had."""

    value: str
    at_ms: int
    source: Source

    def as_json(self) -> dict[str, Any]:
        """The version in the shape of ``propertiesWithHistory``."""
        return {
            "value": self.value,
            "timestamp": iso(self.at_ms),
            "sourceType": self.source.name,
            "sourceId": self.source.id,
        }


@dataclass
class Record:
    """One record of the CRM. Times are Unix milliseconds."""

    id: str
    kind: ObjectType
    created_ms: int
    updated_ms: int
    properties: dict[str, str] = field(default_factory=dict)
    history: dict[str, list[Version]] = field(default_factory=dict)
    archived: bool = False
    archived_ms: int = 0
    _indexed: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    def put(self, name: str, value: str, source: Source, at_ms: int) -> None:
        """Give a property its next value."""
        self.properties[name] = value
        versions = self.history.setdefault(name, [])
        versions.insert(0, Version(value, at_ms, source))
        del versions[MAX_VERSIONS.get(self.kind.id, DEFAULT_MAX_VERSIONS) :]

    def index(self, at_ms: int) -> None:
        """Hand the present values to search, which shows them later."""
        self._indexed.append((at_ms, dict(self.properties)))

    def indexed(self, as_of_ms: int) -> dict[str, str] | None:
        """What search knew at that moment, or nothing when it had not heard of the record."""
        known = [at for at, (when, _) in enumerate(self._indexed) if when <= as_of_ms]
        if not known:
            return None
        del self._indexed[: known[-1]]
        return self._indexed[0][1]

    def as_json(
        self,
        names: list[str],
        with_history: list[str] | None = None,
        values: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        """The record in HubSpot's shape, with the properties that were asked for.

        ``values`` stand in for the present ones, where search has older ones.
        """
        known = self.properties if values is None else values
        shown = {name: known.get(name) for name in self._shown(names)}
        body: dict[str, Any] = {
            "id": self.id,
            "properties": shown,
            "createdAt": iso(self.created_ms),
            "updatedAt": iso(self.updated_ms),
            "archived": self.archived,
        }
        if self.archived:
            body["archivedAt"] = iso(self.archived_ms)
        if with_history:
            body["propertiesWithHistory"] = {
                name: [one.as_json() for one in self.history.get(name, [])] for name in with_history
            }
        return body

    def _shown(self, names: list[str]) -> list[str]:
        always = ["hs_object_id", self.kind.created_property, self.kind.modified_property]
        return sorted({*always, *(names or self.kind.default_properties)})
