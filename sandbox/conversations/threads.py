"""Threads and messages, in HubSpot's shapes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.conversations.channels import ChannelAccount
from sandbox.crm.records import Record
from sandbox.times import iso

OPEN, CLOSED = "OPEN", "CLOSED"
MESSAGE, COMMENT = "MESSAGE", "COMMENT"
ANNOUNCED = (MESSAGE, COMMENT, "WELCOME_MESSAGE")
"""The kinds of message that make an event; a change of status, for one, makes none."""
INCOMING, OUTGOING = "INCOMING", "OUTGOING"
Json = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """One entry of a thread. ``fields`` are those of its kind; ``whole`` is all of its text."""

    id: str
    thread_id: str
    kind: str
    at_ms: int
    created_by: str
    client: Json
    senders: list[Json]
    recipients: list[Json]
    fields: Json
    whole: str = ""
    whole_html: str = ""

    @property
    def direction(self) -> str:
        """INCOMING or OUTGOING; empty for what is no mail."""
        return str(self.fields.get("direction", "")) if self.kind == MESSAGE else ""

    def as_json(self) -> Json:
        """The message in HubSpot's shape."""
        return {
            "type": self.kind,
            "id": self.id,
            "conversationsThreadId": self.thread_id,
            "createdAt": iso(self.at_ms),
            "createdBy": self.created_by,
            "client": self.client,
            "senders": self.senders,
            "recipients": self.recipients,
            "archived": False,
        } | self.fields


@dataclass
class Thread:
    """A conversation with somebody. Its status is a property of its record in the CRM."""

    record: Record
    account: ChannelAccount
    contact_id: str
    subject: str
    closed_ms: int = 0
    assigned_to: str = ""
    messages: list[Message] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The thread's id."""
        return self.record.id

    @property
    def status(self) -> str:
        """OPEN or CLOSED."""
        return self.record.properties["status"]

    def mails(self, direction: str = "") -> list[Message]:
        """The mails of the thread, oldest first."""
        mails = [one for one in self.messages if one.kind == MESSAGE]
        return [one for one in mails if direction in {"", one.direction}]

    def latest_ms(self, direction: str = "") -> int:
        """When the newest mail came or went; 0 when there is none."""
        return max((one.at_ms for one in self.mails(direction)), default=0)

    def as_json(self, ticket_id: str = "") -> Json:
        """The thread in HubSpot's shape; its ticket only where it is given."""
        stamps = {
            "latestMessageTimestamp": self.latest_ms(),
            "latestMessageSentTimestamp": self.latest_ms(OUTGOING),
            "latestMessageReceivedTimestamp": self.latest_ms(INCOMING),
            "closedAt": self.closed_ms,
        }
        shown: Json = {
            "id": self.id,
            "createdAt": iso(self.record.created_ms),
            "status": self.status,
            "originalChannelId": self.account.channel_id,
            "originalChannelAccountId": self.account.id,
            "spam": False,
            "inboxId": self.account.inbox_id,
            "archived": self.record.archived,
            "associatedContactId": self.contact_id,
        } | {name: iso(at_ms) for name, at_ms in stamps.items() if at_ms}
        if self.assigned_to:
            shown["assignedTo"] = self.assigned_to
        if ticket_id:
            shown["threadAssociations"] = {"associatedTicketId": ticket_id}
        return shown
