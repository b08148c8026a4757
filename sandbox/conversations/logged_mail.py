"""Mail of somebody's own inbox: it makes no thread, but is logged on the record."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from sandbox.conversations.people import read_address
from sandbox.conversations.quoting import as_html
from sandbox.conversations.state import Conversations
from sandbox.crm.checks import checked_properties
from sandbox.crm.object_types import CONTACT, EMAIL
from sandbox.crm.records import Record, Source
from sandbox.crm.ties import tie_records
from sandbox.crm.writes import create_record
from sandbox.times import now_ms

SENT, RECEIVED = "EMAIL", "INCOMING_EMAIL"
LOGGING = Source("EMAIL_INTEGRATION", "")
"""How a record is marked that a connected personal inbox logged."""


@dataclass(frozen=True)
class LoggedMail:
    """A mail between somebody of the staff and the organisation. ``direction`` is HubSpot's word:
    EMAIL went out, INCOMING_EMAIL came in.
    """

    sender: str
    to: list[str]
    subject: str
    text: str
    cc: list[str] = field(default_factory=list)
    direction: str = RECEIVED
    html: str = ""


def exchange_of(record: Record) -> str:
    """The name of a record's exchange of letters outside the shared inbox."""
    return f"{record.kind.plural}-{record.id}"


def log_mail(conversations: Conversations, record: Record, mail: LoggedMail) -> Record:
    """Log a mail on a ticket or deal, and on the contacts who wrote it or got it.

    Raises:
        ApiError: 400 for a direction that HubSpot does not know.

    """
    account = conversations.account
    values = checked_properties(account, EMAIL, _properties(mail), None)
    made = create_record(account, EMAIL, values, LOGGING)
    tie_records(account, made, record, LOGGING)
    for address in dict.fromkeys([mail.sender, *mail.to, *mail.cc]):
        contact = account.find_by_value(CONTACT, "email", read_address(address)[1])
        if contact is not None:
            tie_records(account, made, contact, LOGGING)
    _keep_letter(conversations, exchange_of(record), mail)
    return made


def _properties(mail: LoggedMail) -> dict[str, str]:
    return {
        "hs_timestamp": str(now_ms()),
        "hs_email_direction": mail.direction,
        "hs_email_status": "SENT",
        "hs_email_subject": mail.subject,
        "hs_email_text": mail.text,
        "hs_email_html": mail.html or as_html(mail.text),
        "hs_email_headers": json.dumps(_headers(mail), ensure_ascii=False),
    }


def _headers(mail: LoggedMail) -> dict[str, Any]:
    return {
        "from": _person(mail.sender),
        "to": [_person(one) for one in mail.to],
        "cc": [_person(one) for one in mail.cc],
        "bcc": [],
        "messageId": f"<{uuid.uuid4().hex}@mail.example>",
    }


def _person(given: str) -> dict[str, str]:
    name, address = read_address(given)
    first, _, last = name.partition(" ")
    named = {"firstName": first, "lastName": last}
    return {"email": address} | {key: value for key, value in named.items() if value}


def _keep_letter(conversations: Conversations, exchange: str, mail: LoggedMail) -> None:
    conversations.letters.add(
        exchange=exchange,
        at_ms=now_ms(),
        sender=read_address(mail.sender)[1],
        to=tuple(read_address(one)[1] for one in mail.to),
        cc=tuple(read_address(one)[1] for one in mail.cc),
        subject=mail.subject,
        text=mail.text,
        is_ours=mail.direction == RECEIVED,
    )
