"""What HubSpot tells of a mail, and what it is in our words.

==========================================  ====================================================
theirs                                      ours
==========================================  ====================================================
``type`` MESSAGE, with a ``direction``      a :class:`~casework.conversation_ports.Message`
any other ``type``, such as COMMENT         no mail
``senders[0].deliveryIdentifier.value``     ``from_address``
``senders[0].actorId`` ``V-<digits>``       ``from_contact_id``; other visitors are no contacts
``recipients[].deliveryIdentifier.value``   ``recipients``
``text``; where it is empty ``richText``    ``text``
``truncationStatus`` TRUNCATED…             the original content in place of these two
``client`` INTEGRATION with our app's id    ``own``
==========================================  ====================================================

Source: https://developers.hubspot.com/docs/api-reference/conversations-conversations-v3/guide
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from casework.conversation_ports import Direction, Message, id_in_thread
from integrations.hubspot.batches import dicts_in
from integrations.hubspot.plain_text import plain_text

Json = Mapping[str, Any]

ADDRESS = "HS_EMAIL_ADDRESS"
_CONTACT = re.compile(r"V-([0-9]{1,20})")
_DIRECTIONS = {"INCOMING": Direction.INCOMING, "OUTGOING": Direction.OUTGOING}


def is_mail(row: Json) -> bool:
    """Whether an entry of a thread is a mail. Types that come to be later are none."""
    return row.get("type") == "MESSAGE" and row.get("direction") in _DIRECTIONS


def is_truncated(row: Json) -> bool:
    """Whether HubSpot shows only a part of the text."""
    return str(row.get("truncationStatus") or "").startswith("TRUNCATED")


def message_of(row: Json, thread_id: str, ticket_id: str | None, text: str, app_id: str) -> Message:
    """A mail in a thread, with the ``text`` that was found for it."""
    sender = next(dicts_in(row, "senders"), {})
    contact = _CONTACT.fullmatch(str(sender.get("actorId") or ""))
    return Message(
        id=id_in_thread(thread_id, str(row["id"])),
        thread_id=thread_id,
        ticket_id=ticket_id,
        direction=_DIRECTIONS[row["direction"]],
        subject=str(row.get("subject") or ""),
        text=text,
        from_address=next((value for _, value in identifiers_of(sender)), ""),
        from_contact_id=contact[1] if contact else None,
        recipients=tuple(
            value for one in dicts_in(row, "recipients") for _, value in identifiers_of(one)
        ),
        has_attachments=next(dicts_in(row, "attachments"), None) is not None,
        sent_at=time_of(row) or 0,
        own=_is_own(row, app_id),
    )


def text_of(content: Json) -> str:
    """The plain text of a message, or of its original content."""
    shown = str(content.get("text") or "")
    return shown if shown.strip() else plain_text(str(content.get("richText") or ""))


def identifiers_of(party: Json) -> Iterator[tuple[str, str]]:
    """Kind and value of what a sender or recipient is reached by.

    What is read has ``deliveryIdentifier``, what is sent ``deliveryIdentifiers``.
    """
    alone = party.get("deliveryIdentifier")
    for found in [alone] if isinstance(alone, dict) else dicts_in(party, "deliveryIdentifiers"):
        if found.get("value"):
            yield str(found.get("type") or ADDRESS), str(found["value"])


def time_of(row: Json, name: str = "createdAt") -> int | None:
    """One of the row's times."""
    return read_time(row.get(name))


def read_time(given: object) -> int | None:
    """Unix milliseconds of a time that HubSpot tells: ISO 8601, or milliseconds as a number."""
    text = str(given or "").strip()
    if text.isascii() and text.isdigit() and len(text) <= 15:
        return int(text)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return round(aware.timestamp() * 1000)


def write_time(at: int) -> str:
    """Unix milliseconds as HubSpot takes them in a query."""
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def _is_own(row: Json, app_id: str) -> bool:
    client = row.get("client")
    told = client if isinstance(client, dict) else {}
    # The id is declared a number, and has been seen as text.
    return (
        app_id != ""
        and told.get("clientType") == "INTEGRATION"
        and str(told.get("integrationAppId")) == app_id
    )
