"""Threads of the shared inbox, as passages of text.

Source: https://developers.hubspot.com/docs/api-reference/conversations-conversations-v3/guide
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from casework.canary_looking import Passage
from integrations.hubspot.batches import dicts_in, next_page_in
from integrations.hubspot.calls import LIST_MESSAGES, LIST_THREADS, READ_ORIGINAL, Call
from integrations.hubspot.client import HubSpotClient

_PAGE = ("limit", "100")
_WHOLE = (None, "", "NOT_TRUNCATED")
Query = Sequence[tuple[str, str]]


def read_threads(client: HubSpotClient, ticket_id: str, since: int) -> Iterator[Passage]:
    """The threads of the ticket, and all in which there was mail since then, in Unix ms.

    A thread that holds comments only, and belongs to another ticket, is in neither list.
    """
    after = datetime.fromtimestamp(since / 1000, UTC).isoformat().replace("+00:00", "Z")
    lately = [("latestMessageTimestampAfter", after), ("sort", "latestMessageTimestamp")]
    found: dict[str, Mapping[str, Any]] = {}
    for query in (lately, [("associatedTicketId", ticket_id)]):
        found |= {str(one.get("id")): one for one in _all(client, LIST_THREADS, query)}
    for thread_id, thread in found.items():
        yield Passage(f"threads {thread_id}", _texts_of(thread))
        yield from _messages(client, thread_id)


def _messages(client: HubSpotClient, thread_id: str) -> Iterator[Passage]:
    for message in _all(client, LIST_MESSAGES, [], thread_id):
        message_id = str(message.get("id"))
        text = _texts_of(message)
        if message.get("truncationStatus") not in _WHOLE:
            whole = client.call(READ_ORIGINAL, thread=thread_id, message=message_id)
            text += "\n" + _texts_of(whole)
        yield Passage(f"threads {thread_id}: message {message_id}", text)


def _all(
    client: HubSpotClient, call: Call, query: Query, thread_id: str = ""
) -> Iterator[dict[str, Any]]:
    """What a list holds, page by page."""
    page: str | None = ""
    while page is not None:
        asked = [*query, _PAGE, *([("after", page)] if page else [])]
        document = client.call(call, query=asked, thread=thread_id)
        yield from dicts_in(document, "results")
        page = next_page_in(document)


def _texts_of(value: Any) -> str:
    """All texts in it, one a line."""
    if isinstance(value, Mapping):
        return "\n".join(filter(None, map(_texts_of, value.values())))
    if isinstance(value, list):
        return "\n".join(filter(None, map(_texts_of, value)))
    return value if isinstance(value, str) else ""
