"""Which record belongs to which, with HubSpot's association type ids."""

from __future__ import annotations

from typing import Any

from sandbox.crm.object_types import COMPANY, CONTACT, DEAL, NOTE, TICKET, ObjectType
from sandbox.crm.records import Record
from sandbox.errors import ApiError

# Reference: https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide
DEFAULT_TYPE_IDS = {
    (TICKET.id, CONTACT.id): 16,
    (CONTACT.id, TICKET.id): 15,
    (TICKET.id, COMPANY.id): 339,
    (COMPANY.id, TICKET.id): 340,
    (TICKET.id, DEAL.id): 28,
    (DEAL.id, TICKET.id): 27,
    (TICKET.id, TICKET.id): 452,
    (TICKET.id, NOTE.id): 227,
    (NOTE.id, TICKET.id): 228,
    (NOTE.id, CONTACT.id): 202,
    (CONTACT.id, NOTE.id): 201,
    (NOTE.id, COMPANY.id): 190,
    (COMPANY.id, NOTE.id): 189,
    (NOTE.id, DEAL.id): 214,
    (DEAL.id, NOTE.id): 213,
    (DEAL.id, CONTACT.id): 3,
    (CONTACT.id, DEAL.id): 4,
    (DEAL.id, COMPANY.id): 341,
    (COMPANY.id, DEAL.id): 342,
}
PRIMARY_TYPE_IDS = {
    (TICKET.id, COMPANY.id): 26,
    (COMPANY.id, TICKET.id): 25,
    (DEAL.id, COMPANY.id): 5,
    (COMPANY.id, DEAL.id): 6,
}
HUBSPOT_DEFINED = "HUBSPOT_DEFINED"
Link = tuple[str, int]
"""Category and type id."""


class Associations:
    """Links in both directions, each with its types."""

    def __init__(self) -> None:
        self._links: dict[tuple[str, str], dict[str, set[Link]]] = {}

    def link(self, one: Record, other: Record, types: list[Link]) -> None:
        """Tie two records together; doing it again changes nothing."""
        self._add(one, other, set(types))
        self._add(other, one, {_inverse(one.kind, other.kind, link) for link in types})

    def _add(self, one: Record, other: Record, links: set[Link]) -> None:
        known = self._links.setdefault((one.id, other.kind.id), {})
        known.setdefault(other.id, set()).update(links)

    def unlink(self, one: Record, other: Record) -> None:
        """Untie two records, whether they were tied or not."""
        self._links.get((one.id, other.kind.id), {}).pop(other.id, None)
        self._links.get((other.id, one.kind.id), {}).pop(one.id, None)

    def ids(self, record: Record, kind: ObjectType) -> list[str]:
        """Ids of the records of that kind which belong to this one."""
        return list(self._links.get((record.id, kind.id), {}))

    def as_json(self, record: Record, kind: ObjectType) -> list[dict[str, Any]]:
        """Rows of the version 4 list."""
        return [
            {"toObjectId": int(other), "associationTypes": [_shown(link) for link in sorted(links)]}
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


def default_link(one: ObjectType, other: ObjectType) -> Link:
    """The unlabelled type between two kinds. Raises ``ApiError`` 400 when there is none."""
    found = DEFAULT_TYPE_IDS.get((one.id, other.id))
    if found is None:
        raise ApiError(400, f"No default association between {one.id} and {other.id}")
    return (HUBSPOT_DEFINED, found)


def read_links(one: ObjectType, other: ObjectType, given: list[dict[str, Any]]) -> list[Link]:
    """Association types from a request. Raises ``ApiError`` 400 for one that does not fit."""
    links = [(str(row["associationCategory"]), int(row["associationTypeId"])) for row in given]
    allowed = {table.get((one.id, other.id)) for table in (DEFAULT_TYPE_IDS, PRIMARY_TYPE_IDS)}
    for category, type_id in links:
        if category == HUBSPOT_DEFINED and type_id not in allowed:
            raise ApiError(
                400,
                f"Association type {type_id} is not valid from {one.id} to {other.id}",
                errors=[{"message": "invalid association type", "code": "INVALID_ASSOCIATION"}],
            )
    return links


def _inverse(one: ObjectType, other: ObjectType, link: Link) -> Link:
    category, type_id = link
    if category != HUBSPOT_DEFINED:
        return link
    primary = type_id == PRIMARY_TYPE_IDS.get((one.id, other.id))
    table = PRIMARY_TYPE_IDS if primary else DEFAULT_TYPE_IDS
    return (category, table.get((other.id, one.id), type_id))


def _shown(link: Link) -> dict[str, Any]:
    return {"category": link[0], "typeId": link[1], "label": None}
