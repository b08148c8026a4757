"""Which records belong to which.

Source: https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide
"""

from collections.abc import Iterator, Mapping, Sequence

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
    for error in dicts_in(document, "errors"):
        # HubSpot calls it an error that there are none.
        if (fault := fault_of_row(READ_ASSOCIATED.operation, error)).code != NOT_FOUND:
            raise fault
    if not isinstance(document.get("results"), list):
        raise Unavailable(SERVICE, READ_ASSOCIATED.operation, "UNREADABLE_ANSWER")
    for row in dicts_in(document, "results"):
        tied = [str(other["toObjectId"]) for other in dicts_in(row, "to")]
        yield str((row.get("from") or {}).get("id")), tied
