"""The filters of a search: which records pass."""

from __future__ import annotations

from typing import Any

from sandbox.crm.account import Account
from sandbox.crm.object_types import ObjectType, read_object_type
from sandbox.crm.records import Record
from sandbox.crm.words import contains
from sandbox.errors import ApiError, property_error
from sandbox.times import read_time

MAX_GROUPS, MAX_FILTERS, MAX_ALL_FILTERS = 5, 6, 18
STAGE_STAMPS = ("hs_v2_date_entered_", "hs_v2_date_exited_")
OPERATORS = [
    "EQ",
    "NEQ",
    "LT",
    "LTE",
    "GT",
    "GTE",
    "BETWEEN",
    "IN",
    "NOT_IN",
    "HAS_PROPERTY",
    "NOT_HAS_PROPERTY",
    "CONTAINS_TOKEN",
    "NOT_CONTAINS_TOKEN",
]
OPPOSITES = {
    "NEQ": "EQ",
    "NOT_IN": "IN",
    "NOT_HAS_PROPERTY": "HAS_PROPERTY",
    "NOT_CONTAINS_TOKEN": "CONTAINS_TOKEN",
}
Comparable = tuple[float, str]
"""A number with no text, or a text with no number: both sort."""
Filter = dict[str, Any]


def read_groups(account: Account, kind: ObjectType, given: list[Any]) -> list[list[Filter]]:
    """The filter groups of a search.

    Raises:
        ApiError: 400 when there are too many, or one has an unknown operator or property.

    """
    groups = [list(group.get("filters") or []) for group in given]
    if len(groups) > MAX_GROUPS or any(len(group) > MAX_FILTERS for group in groups):
        raise ApiError(400, f"at most {MAX_GROUPS} filter groups of {MAX_FILTERS} filters")
    if sum(map(len, groups)) > MAX_ALL_FILTERS:
        raise ApiError(400, f"at most {MAX_ALL_FILTERS} filters in all")
    for one in (one for group in groups for one in group):
        if one.get("operator") not in OPERATORS:
            raise ApiError(400, f"operator {one.get('operator')} is not known")
        check_name(account, kind, str(one.get("propertyName")))
    return groups


def check_name(account: Account, kind: ObjectType, name: str) -> None:
    """Raises ``ApiError`` 400 for a property that search does not know."""
    known = account.schema.find(kind, name) or name.startswith(("associations.", *STAGE_STAMPS))
    if not known:
        told = f'Property "{name}" does not exist'
        raise ApiError(400, told, errors=[property_error(name, "PROPERTY_DOESNT_EXIST", told)])


def passes(account: Account, record: Record, values: dict[str, str], one: Filter) -> bool:
    """Whether a record with these values passes one filter."""
    name, operator = str(one["propertyName"]), str(one["operator"])
    if operator in OPPOSITES:
        return not passes(account, record, values, one | {"operator": OPPOSITES[operator]})
    if name.startswith("associations."):
        kind = read_object_type(name.removeprefix("associations."))
        return str(one.get("value")) in account.associations.ids(record, kind)
    held = values.get(name, "")
    if not held or operator == "HAS_PROPERTY":
        return bool(held)
    if operator == "CONTAINS_TOKEN":
        return contains(held, str(one.get("value")))
    return _compares(account, record.kind, name, held, one)


def _compares(account: Account, kind: ObjectType, name: str, held: str, one: Filter) -> bool:
    mine = comparable(account, kind, name, held)
    operator = one["operator"]
    if operator == "IN":
        return mine in [comparable(account, kind, name, str(each)) for each in one["values"]]
    other = comparable(account, kind, name, str(one.get("value")))
    if operator == "BETWEEN":
        return other <= mine <= comparable(account, kind, name, str(one.get("highValue")))
    verdicts = {
        "EQ": mine == other,
        "LT": mine < other,
        "LTE": mine <= other,
        "GT": mine > other,
        "GTE": mine >= other,
    }
    return verdicts[operator]


def comparable(account: Account, kind: ObjectType, name: str, text: str) -> Comparable:
    """A value that sorts as its property's type does. Raises ``ApiError`` 400 when it is no
    such value.
    """
    definition = account.schema.find(kind, name)
    sort = definition.type if definition else "datetime"
    try:
        if sort == "number":
            return (float(text), "")
        if sort in {"date", "datetime"}:
            return (float(read_time(text)), "")
    except ValueError:
        raise ApiError(400, f"{name} cannot be compared with the given value") from None
    return (0.0, text if sort == "enumeration" else text.casefold())
