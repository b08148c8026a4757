"""Which records belong to which.

Source: https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from casework.errors import Unavailable
from integrations.hubspot.batches import dicts_in
from integrations.hubspot.calls import READ_ASSOCIATED
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.faults import NOT_FOUND, SERVICE, fault_of_row

#: HubSpot reads the associations of so many records in one call.
_MOST_AT_ONCE = 1_000


def find_associated(
    client: HubSpotClient, objects: str, others: str, ids: Sequence[str]
) -> Mapping[str, Sequence[str]]:
    """The ids of the others that belong to each, of those to which any does."""
    distinct = list(dict.fromkeys(ids))
    pieces = range(0, len(distinct), _MOST_AT_ONCE)
    return {
        one: tied
        for start in pieces
        for one, tied in _read(client, objects, others, distinct[start : start + _MOST_AT_ONCE])
    }


def _read(
    client: HubSpotClient, objects: str, others: str, ids: Sequence[str]
) -> Iterator[tuple[str, Sequence[str]]]:
    body = {"inputs": [{"id": one} for one in ids]}
    document = client.call(READ_ASSOCIATED, body, objects=objects, others=others)
    raise_faults(READ_ASSOCIATED.operation, document)
    # HubSpot calls it an error that there are none, so errors may be all that it answers.
    listed = document.get("results", [] if document.get("errors") else None)
    done = document.get("status") in (None, "COMPLETE") and (
        document.get("errors") or not document.get("numErrors")
    )
    if not done or not isinstance(listed, list):
        raise _unreadable()
    for row in listed:
        yield _tied_in(row)


def _tied_in(row: object) -> tuple[str, Sequence[str]]:
    """Whoever belongs to the first, all of them. Raises :class:`Unavailable` for anything else."""
    if isinstance(row, dict) and not (row.get("paging") or {}).get("next"):
        one, others = row.get("from"), row.get("to")
        if isinstance(one, dict) and one.get("id") and isinstance(others, list):
            tied = [other.get("toObjectId") for other in others if isinstance(other, dict)]
            if len(tied) == len(others) and all(tied):
                return str(one["id"]), [str(contact) for contact in tied]
    raise _unreadable()


def _unreadable() -> Unavailable:
    return Unavailable(SERVICE, READ_ASSOCIATED.operation, "UNREADABLE_ANSWER")


def raise_faults(operation: str, document: Mapping[str, Any]) -> None:
    """Raise the first fault but that something is not there."""
    for error in dicts_in(document, "errors"):
        if (fault := fault_of_row(operation, error)).code != NOT_FOUND:
            raise fault
