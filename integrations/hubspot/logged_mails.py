"""Mails of somebody's own inbox, which HubSpot logs on records as objects of their own (0-49).

Source: https://developers.hubspot.com/docs/api-reference/crm-emails-v3/guide
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from casework.conversation_ports import Direction, Message, id_of_email
from integrations.hubspot.associations import find_associated
from integrations.hubspot.batches import LARGEST, Record, property_of, read
from integrations.hubspot.calls import READ_EMAILS
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.messages import read_time, text_of

_EMAILS = "emails"
_DIRECTIONS = {"EMAIL": Direction.OUTGOING, "INCOMING_EMAIL": Direction.INCOMING}
_LISTS = ("to", "cc", "bcc")
_CREATED = "hs_createdate"
_PROPERTIES = [
    *("hs_timestamp", "hs_email_direction", "hs_email_subject", "hs_email_text", "hs_email_html"),
    *("hs_email_headers", "hs_email_from_email", "hs_attachment_ids"),
    *(f"hs_email_{name}_email" for name in _LISTS),
]


class LoggedMails:
    """Reads them. ``objects`` are tickets, or deals."""

    def __init__(self, client: HubSpotClient, objects: str) -> None:
        self._client, self._objects = client, objects

    def read(self, email_ids: Sequence[str]) -> Mapping[str, Message]:
        """Those that there are, by id."""
        records = [record for record in self._read(email_ids, _PROPERTIES) if _is_mail(record)]
        ids = [str(record["id"]) for record in records]
        tied = find_associated(self._client, _EMAILS, self._objects, ids)
        return {
            one: _message_of(record, tied.get(one, ()))
            for one, record in zip(ids, records, strict=True)
        }

    def find_of(self, record_ids: Sequence[str], since: int) -> Sequence[str]:
        """The ids of those on one of the records that were logged since then."""
        tied = find_associated(self._client, self._objects, _EMAILS, record_ids)
        ids = list(dict.fromkeys(one for emails in tied.values() for one in emails))
        return [
            str(record["id"]) for record in self._read(ids, [_CREATED]) if _is_new(record, since)
        ]

    def _read(self, ids: Sequence[str], properties: Sequence[str]) -> Iterator[Record]:
        distinct = list(dict.fromkeys(ids))
        for start in range(0, len(distinct), LARGEST):
            inputs = [{"id": one} for one in distinct[start : start + LARGEST]]
            body = {"properties": list(properties), "inputs": inputs}
            yield from read(self._client, READ_EMAILS, _EMAILS, body)


def _is_mail(record: Record) -> bool:
    return property_of(record, "hs_email_direction") in _DIRECTIONS


def _is_new(record: Record, since: int) -> bool:
    """When it was logged counts, not when it was sent; what tells no time may be new."""
    logged_at = read_time(record.get("createdAt")) or read_time(property_of(record, _CREATED))
    return logged_at is None or logged_at >= since


def _message_of(record: Record, tied: Sequence[str]) -> Message:
    headers = _headers_of(record)
    content = {
        "text": property_of(record, "hs_email_text"),
        "richText": property_of(record, "hs_email_html"),
    }
    return Message(
        id=id_of_email(str(record["id"])),
        thread_id=None,
        ticket_id=tied[0] if tied else None,
        direction=_DIRECTIONS[property_of(record, "hs_email_direction")],
        subject=property_of(record, "hs_email_subject"),
        text=text_of(content),
        from_address=property_of(record, "hs_email_from_email")
        or next(_addresses_in(headers.get("from")), ""),
        from_contact_id=None,
        recipients=_recipients_of(record, headers),
        has_attachments=property_of(record, "hs_attachment_ids").strip() != "",
        sent_at=read_time(property_of(record, "hs_timestamp")) or 0,
        own=False,
    )


def _recipients_of(record: Record, headers: Mapping[str, object]) -> tuple[str, ...]:
    """From the properties that HubSpot fills, and from the headers where it did not."""
    found: list[str] = []
    for name in _LISTS:
        told = property_of(record, f"hs_email_{name}_email").split(";")
        listed = [one.strip() for one in told if one.strip()]
        found += listed or _addresses_in(headers.get(name))
    return tuple(dict.fromkeys(found))


def _headers_of(record: Record) -> Mapping[str, object]:
    try:
        found = json.loads(property_of(record, "hs_email_headers") or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _addresses_in(people: object) -> Iterator[str]:
    for one in people if isinstance(people, list) else [people]:
        if isinstance(one, dict) and isinstance(one.get("email"), str) and one["email"]:
            yield one["email"]
