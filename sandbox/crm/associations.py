"""Which record belongs to which."""

from __future__ import annotations

from typing import Any

from sandbox.crm.association_types import Labels, Link
from sandbox.crm.object_types import ObjectType
from sandbox.crm.records import Record


class Associations:
    """Links in both directions, each with its types."""

    def __init__(self) -> None:
        self.labels = Labels()
        self._links: dict[tuple[str, str], dict[str, set[Link]]] = {}

    def link(self, one: Record, other: Record, types: list[Link]) -> list[Link]:
        """Tie two records together; the types that were new, seen from ``one``."""
        known = self.types(one, other)
        new = [link for link in dict.fromkeys(types) if link not in known]
        back = {self.labels.inverse(one.kind, other.kind, link) for link in types}
        self._add(one, other, set(types))
        self._add(other, one, back)
        return new

    def _add(self, one: Record, other: Record, links: set[Link]) -> None:
        known = self._links.setdefault((one.id, other.kind.id), {})
        known.setdefault(other.id, set()).update(links)

    def unlink(self, one: Record, other: Record, types: list[Link] | None = None) -> list[Link]:
        """Untie two records, wholly or by some types; the types that went, seen from ``one``."""
        known = self.types(one, other)
        gone = [link for link in known if types is None or link in types]
        for link in gone:
            back = self.labels.inverse(one.kind, other.kind, link)
            self._links[one.id, other.kind.id][other.id].discard(link)
            self._links[other.id, one.kind.id][one.id].discard(back)
        if gone == known:
            self._links.get((one.id, other.kind.id), {}).pop(other.id, None)
            self._links.get((other.id, one.kind.id), {}).pop(one.id, None)
        return gone

    def types(self, one: Record, other: Record) -> list[Link]:
        """How two records are tied, seen from ``one``; nothing when they are not."""
        return sorted(self._links.get((one.id, other.kind.id), {}).get(other.id, ()))

    def ids(self, record: Record, kind: ObjectType) -> list[str]:
        """Ids of the records of that kind which belong to this one."""
        return list(self._links.get((record.id, kind.id), {}))

    def as_json(self, record: Record, kind: ObjectType) -> list[dict[str, Any]]:
        """Rows of the version 4 list."""
        return [
            {
                "toObjectId": int(other),
                "associationTypes": [
                    self.labels.shown(record.kind, kind, link) for link in sorted(links)
                ],
            }
            for other, links in self._links.get((record.id, kind.id), {}).items()
        ]

    def move(self, lost: Record, kept: Record, kind: ObjectType) -> None:
        """Give the links of a merged-away record to its survivor."""
        for other, links in self._links.pop((lost.id, kind.id), {}).items():
            known = self._links.setdefault((kept.id, kind.id), {})
            known.setdefault(other, set()).update(links)
            back = self._links.get((other, lost.kind.id), {})
            if lost.id in back:
                back[kept.id] = back.pop(lost.id)
