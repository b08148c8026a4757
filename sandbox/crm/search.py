"""Search with HubSpot's paging limits, and behind the times as HubSpot's is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.crm.account import Account
from sandbox.crm.filters import check_name, comparable, passes, read_groups
from sandbox.crm.object_types import ObjectType
from sandbox.crm.records import Record
from sandbox.crm.words import words_of
from sandbox.errors import ApiError

MAX_PAGE, MAX_DEPTH = 200, 10_000
DEFAULT_PAGE = 10


@dataclass(frozen=True)
class Hit:
    """A record with the values that search has of it, which may be old ones."""

    record: Record
    values: dict[str, str]


@dataclass(frozen=True)
class Page:
    """Some of the hits. ``after`` asks for the next page; empty when there is none."""

    hits: list[Hit]
    total: int
    after: str


def search_records(
    account: Account, kind: ObjectType, asked: dict[str, Any], as_of_ms: int
) -> Page:
    """One page of matches as of ``as_of_ms`` (Unix milliseconds).

    Raises:
        ApiError: 400 for a filter, sort or page that HubSpot does not allow.

    """
    groups = read_groups(account, kind, asked.get("filterGroups") or [])
    limit, after = _read_page(asked)
    query = words_of(str(asked.get("query") or ""))
    hits = [
        hit
        for hit in _known(account, kind, as_of_ms)
        if _mentions(hit, query) and _matches(account, hit, groups)
    ]
    hits = _sorted(account, kind, hits, asked.get("sorts") or [])
    more = str(after + limit) if after + limit < len(hits) else ""
    return Page(hits[after : after + limit], len(hits), more)


def _known(account: Account, kind: ObjectType, as_of_ms: int) -> list[Hit]:
    found = [(record, record.indexed(as_of_ms)) for record in account.live(kind)]
    return [Hit(record, values) for record, values in found if values is not None]


def _mentions(hit: Hit, query: set[str]) -> bool:
    """Whether all words are somewhere in the properties that a query looks at."""
    texts = [hit.values.get(name, "") for name in hit.record.kind.searchable]
    return query <= words_of(" ".join(texts))


def _matches(account: Account, hit: Hit, groups: list[list[dict[str, Any]]]) -> bool:
    return not groups or any(
        all(passes(account, hit.record, hit.values, one) for one in group) for group in groups
    )


def _read_page(asked: dict[str, Any]) -> tuple[int, int]:
    limit = int(asked.get("limit") or DEFAULT_PAGE)
    after = int(asked.get("after") or 0)
    if not 0 < limit <= MAX_PAGE:
        raise ApiError(400, f"limit must be between 1 and {MAX_PAGE}")
    if after + limit > MAX_DEPTH:
        raise ApiError(400, f"paging past {MAX_DEPTH} results is not supported")
    return limit, after


def _sorted(account: Account, kind: ObjectType, hits: list[Hit], sorts: list[Any]) -> list[Hit]:
    """Hits in the order asked for; those without the value come last."""
    name, descending = _read_sort(sorts)
    check_name(account, kind, name)
    filled = [hit for hit in hits if hit.values.get(name)]
    empty = [hit for hit in hits if not hit.values.get(name)]
    filled.sort(
        key=lambda hit: (comparable(account, kind, name, hit.values[name]), int(hit.record.id)),
        reverse=descending,
    )
    return filled + empty


def _read_sort(sorts: list[Any]) -> tuple[str, bool]:
    if len(sorts) > 1:
        raise ApiError(400, "at most one sort is allowed")
    asked = sorts[0] if sorts else "hs_object_id"
    if isinstance(asked, str):
        return asked.lstrip("-"), asked.startswith("-")
    descending = str(asked.get("direction", "")).upper().startswith("DESC")
    return str(asked.get("propertyName")), descending
