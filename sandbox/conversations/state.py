"""All threads of the account, and how one comes to be, grows and goes."""

from __future__ import annotations

import uuid
from typing import Any

from sandbox.conversations.channels import ChannelAccount
from sandbox.conversations.letters import Letters
from sandbox.conversations.threads import ANNOUNCED, CLOSED, OPEN, Message, Thread
from sandbox.crm.account import Account, Change
from sandbox.crm.object_types import CONVERSATION, TICKET
from sandbox.crm.records import Record, Source
from sandbox.crm.writes import create_record, update_record
from sandbox.errors import not_found
from sandbox.times import now_ms

BY_HUBSPOT: dict[str, Any] = {"clientType": "HUBSPOT"}
SYSTEM = "S-hubspot"


class Conversations:
    """The threads, and the organisations' mailbox. Hold the account's lock."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.letters = Letters()
        self._threads: dict[str, Thread] = {}

    def reset(self) -> None:
        """Forget every thread and letter."""
        self.letters.reset()
        self._threads.clear()

    def all(self, archived: bool = False) -> list[Thread]:
        """Every thread, or every one that was deleted and can be restored; oldest first."""
        return [one for one in self._threads.values() if one.record.archived == archived]

    def get(self, thread_id: str, archived: bool = False) -> Thread:
        """A thread. Raises ``ApiError`` 404 when there is none."""
        found = self._threads.get(thread_id)
        if found is None or found.record.archived != archived:
            raise not_found(f"No thread {thread_id}", ids=[thread_id])
        return found

    def open(
        self, account: ChannelAccount, contact_id: str, subject: str, source: Source
    ) -> Thread:
        """A new thread with somebody."""
        record = create_record(self.account, CONVERSATION, {"status": OPEN}, source)
        self._threads[record.id] = Thread(record, account, contact_id, subject)
        return self._threads[record.id]

    def add(self, thread: Thread, kind: str, source: Source, **what: Any) -> Message:
        """Put a message into a thread; see ``Message`` for what may be said."""
        by_hubspot = {"created_by": SYSTEM, "client": BY_HUBSPOT, "senders": [], "recipients": []}
        said = by_hubspot | {"fields": {}} | what
        message = Message(uuid.uuid4().hex, thread.id, kind, now_ms(), **said)
        thread.messages.append(message)
        if kind in ANNOUNCED:
            self._tell(thread, message, source)
        return message

    def _tell(self, thread: Thread, message: Message, source: Source) -> None:
        told = Change(
            "newMessage",
            thread.record,
            source,
            message.at_ms,
            message_id=message.id,
            message_type=message.kind,
        )
        self.account.tell(told)

    def set_status(self, thread: Thread, status: str, source: Source, who: str = SYSTEM) -> None:
        """Open or close a thread; doing it again changes nothing."""
        if thread.status == status:
            return
        update_record(self.account, thread.record, {"status": status}, source)
        thread.closed_ms = now_ms() if status == CLOSED else 0
        change = {"newStatus": status}
        self.add(thread, "THREAD_STATUS_CHANGE", source, created_by=who, fields=change)

    def assign(self, thread: Thread, actor_id: str, source: Source, who: str = SYSTEM) -> None:
        """Give a thread to a person, or to nobody."""
        moved = {"assignedFrom": thread.assigned_to, "assignedTo": actor_id}
        thread.assigned_to = actor_id
        update_record(self.account, thread.record, {"assignedTo": actor_id}, source)
        fields = {name: value for name, value in moved.items() if value}
        self.add(thread, "ASSIGNMENT", source, created_by=who, fields=fields)

    def ticket_id(self, thread: Thread) -> str:
        """The ticket that a thread belongs to; empty when there is none."""
        return next(iter(self.account.associations.ids(thread.record, TICKET)), "")

    def forget(self, contact: Record, source: Source) -> None:
        """Delete a person's threads for good."""
        gone = [one for one in self._threads.values() if one.contact_id == contact.id]
        for thread in gone:
            for ticket_id in self.account.associations.ids(thread.record, TICKET):
                ticket = self.account.records[TICKET.id][ticket_id]
                self.account.associations.unlink(thread.record, ticket)
            del self._threads[thread.id], self.account.records[CONVERSATION.id][thread.id]
            self.account.tell(Change("privacyDeletion", thread.record, source, now_ms()))
