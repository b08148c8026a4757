"""HubSpot's association type ids, and the labels an account adds to them.

Reference: https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.crm.object_types import (
    COMPANY,
    CONTACT,
    CONVERSATION,
    DEAL,
    EMAIL,
    NOTE,
    TASK,
    TICKET,
    ObjectType,
)
from sandbox.errors import ApiError

HUBSPOT_DEFINED, USER_DEFINED = "HUBSPOT_DEFINED", "USER_DEFINED"
PRIMARY = "Primary"
Link = tuple[str, int]
"""Category and type id."""

_PAIRS = (
    # One kind, the other, the id from one to the other, and the id back.
    (TICKET, CONTACT, 16, 15),
    (TICKET, COMPANY, 339, 340),
    (TICKET, DEAL, 28, 27),
    (TICKET, TICKET, 452, 452),
    (TICKET, NOTE, 227, 228),
    (TICKET, EMAIL, 223, 224),
    (TICKET, TASK, 229, 230),
    # 32 is what worked for others; the way back is not written down anywhere.
    (TICKET, CONVERSATION, 32, 31),
    (DEAL, CONTACT, 3, 4),
    (DEAL, COMPANY, 341, 342),
    (CONTACT, COMPANY, 279, 280),
    (NOTE, CONTACT, 202, 201),
    (NOTE, COMPANY, 190, 189),
    (NOTE, DEAL, 214, 213),
    (EMAIL, CONTACT, 198, 197),
    (EMAIL, COMPANY, 186, 185),
    (EMAIL, DEAL, 210, 209),
    (TASK, CONTACT, 204, 203),
    (TASK, COMPANY, 192, 191),
    (TASK, DEAL, 216, 215),
)
_PRIMARY_PAIRS = ((TICKET, COMPANY, 26, 25), (DEAL, COMPANY, 5, 6), (CONTACT, COMPANY, 1, 2))
_Table = dict[tuple[str, str], int]


def _both_ways(pairs: tuple[tuple[ObjectType, ObjectType, int, int], ...]) -> _Table:
    there = {(one.id, other.id): type_id for one, other, type_id, _ in pairs}
    return there | {(other.id, one.id): type_id for one, other, _, type_id in pairs}


DEFAULT_TYPE_IDS = _both_ways(_PAIRS)
PRIMARY_TYPE_IDS = _both_ways(_PRIMARY_PAIRS)


@dataclass(frozen=True)
class Label:
    """A label of the account's own; it has an id in each direction."""

    name: str
    text: str
    there: int
    back: int


class Labels:
    """The labels between each two kinds."""

    def __init__(self) -> None:
        self._labels: dict[tuple[str, str], list[Label]] = {}
        self._next_id = 1

    def add(self, one: ObjectType, other: ObjectType, name: str, text: str, back: str) -> Label:
        """Make a label. ``back`` is its text the other way round, where that differs.

        Raises:
            ApiError: 400 when the name is taken or missing.

        """
        taken = {label.name for label in self.of(one, other)}
        if not name or not text or name in taken:
            raise ApiError(400, "A label needs a text, and a name that no other label has")
        there, self._next_id = self._next_id, self._next_id + 2
        made = Label(name, text, there, there + 1)
        self._labels.setdefault((one.id, other.id), []).append(made)
        inverse = Label(name, back or text, made.back, made.there)
        if one is not other:
            self._labels.setdefault((other.id, one.id), []).append(inverse)
        return made

    def of(self, one: ObjectType, other: ObjectType) -> list[Label]:
        """The account's own labels from one kind to another."""
        return self._labels.get((one.id, other.id), [])

    def as_json(self, one: ObjectType, other: ObjectType) -> list[dict[str, Any]]:
        """Every type between two kinds, HubSpot's own first."""
        tables = (DEFAULT_TYPE_IDS, PRIMARY_TYPE_IDS)
        own = [table[one.id, other.id] for table in tables if (one.id, other.id) in table]
        links = [(HUBSPOT_DEFINED, type_id) for type_id in own]
        links += [(USER_DEFINED, label.there) for label in self.of(one, other)]
        return [self.shown(one, other, link) for link in links]

    def shown(self, one: ObjectType, other: ObjectType, link: Link) -> dict[str, Any]:
        """One type in the shape of the version 4 list."""
        category, type_id = link
        return {"category": category, "typeId": type_id, "label": self._text(one, other, link)}

    def _text(self, one: ObjectType, other: ObjectType, link: Link) -> str | None:
        if is_primary(one, other, link):
            return PRIMARY
        own = {(USER_DEFINED, label.there): label.text for label in self.of(one, other)}
        return own.get(link)

    def read(self, one: ObjectType, other: ObjectType, given: list[dict[str, Any]]) -> list[Link]:
        """Association types from a request. Raises ``ApiError`` 400 for one that does not fit."""
        links = [_read(row) for row in given]
        known = {(row["category"], row["typeId"]) for row in self.as_json(one, other)}
        for category, type_id in links:
            if (category, type_id) not in known:
                told = f"Association type {type_id} is not valid from {one.id} to {other.id}"
                code = {"message": "invalid association type", "code": "INVALID_ASSOCIATION"}
                raise ApiError(400, told, errors=[code])
        return links

    def inverse(self, one: ObjectType, other: ObjectType, link: Link) -> Link:
        """The same type, seen from the other side."""
        category, type_id = link
        if category == USER_DEFINED:
            ids = {label.there: label.back for label in self.of(one, other)}
            return (category, ids.get(type_id, type_id))
        table = PRIMARY_TYPE_IDS if is_primary(one, other, link) else DEFAULT_TYPE_IDS
        return (category, table.get((other.id, one.id), type_id))


def _read(row: dict[str, Any]) -> Link:
    try:
        return str(row["associationCategory"]), int(row["associationTypeId"])
    except (KeyError, TypeError, ValueError):
        needed = "associationCategory and associationTypeId are required"
        raise ApiError(400, f"Invalid input JSON: {needed}") from None


def default_link(one: ObjectType, other: ObjectType) -> Link:
    """The unlabelled type between two kinds. Raises ``ApiError`` 400 when there is none."""
    found = DEFAULT_TYPE_IDS.get((one.id, other.id))
    if found is None:
        raise ApiError(400, f"No default association between {one.id} and {other.id}")
    return (HUBSPOT_DEFINED, found)


def is_primary(one: ObjectType, other: ObjectType, link: Link) -> bool:
    """Whether a type marks the one main record, such as a ticket's company."""
    return link == (HUBSPOT_DEFINED, PRIMARY_TYPE_IDS.get((one.id, other.id), -1))
