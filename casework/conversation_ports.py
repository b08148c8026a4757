"""Mail between staff and organisations, as the CRM has it: the port, and what it speaks of.

A mail that goes through a shared inbox is a message in a thread. A mail of somebody's own inbox
is only logged on a record, and belongs to no thread.

Times are Unix milliseconds UTC. Every method may raise :class:`casework.errors.CreditsDeskError`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Direction(StrEnum):
    """Which way a mail went, seen from the staff."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


def id_of_thread(thread_id: str) -> str:
    """What stands for all messages of a thread."""
    return f"thread/{thread_id}"


def id_in_thread(thread_id: str, message_id: str) -> str:
    """The :attr:`Message.id` of a message in a thread."""
    return f"thread/{thread_id}/{message_id}"


def id_of_email(email_id: str) -> str:
    """The :attr:`Message.id` of a logged mail."""
    return f"email/{email_id}"


@dataclass(frozen=True)
class Message:
    """One mail. ``repr`` shows nothing that was written, and no address.

    ``id`` is ``thread/<thread>/<message>`` or ``email/<id>``, and the same each time it is read.
    ``text`` is plain text, and all of it: where the CRM hides what was quoted, that as well.
    ``ticket_id`` is the ticket's (or deal's) that the CRM ties it to; of several, one.
    ``recipients`` are addresses, open and blind copies too. ``from_contact_id`` is only known in
    threads. ``own``: this service has sent it.
    """

    id: str
    thread_id: str | None
    ticket_id: str | None
    direction: Direction
    subject: str
    text: str
    from_address: str
    from_contact_id: str | None
    recipients: tuple[str, ...]
    has_attachments: bool
    sent_at: int
    own: bool

    def __repr__(self) -> str:
        return f"Message(id={self.id!r}, ticket_id={self.ticket_id!r}, {self.direction})"


@dataclass(frozen=True)
class MessagesFound:
    """The ids of messages. ``until``: there are more, in threads whose newest is from then on."""

    ids: Sequence[str]
    until: int | None


@dataclass(frozen=True)
class SendingAccount:
    """A shared address from which mail can be sent."""

    id: str
    name: str
    inbox_id: str
    address: str


class Conversations(Protocol):
    """Mail between staff and organisations."""

    def read_message(self, thread_id: str, message_id: str) -> Message | None:
        """A message; nothing for what is no mail (a comment, a notice), or is gone."""

    def read_thread(self, thread_id: str) -> Sequence[Message]:
        """The mails of a thread, oldest first; none where it is gone."""

    def read_emails(self, email_ids: Sequence[str]) -> Mapping[str, Message]:
        """The logged mails that there are, by the CRM's id; up to 100 at once."""

    def find_messages_since(self, since: int, threads_since: int) -> MessagesFound:
        """The mails in threads that came or went since then, some threads at a time.

        ``threads_since``: to look only at threads whose newest mail is from then on.
        """

    def find_emails_of_tickets(self, ticket_ids: Sequence[str], since: int) -> Sequence[str]:
        """The ids of the mails that were logged since then and are tied to one of the tickets."""

    def find_thread_of(self, ticket_id: str) -> str | None:
        """The thread that is tied to the ticket; of several, the one with the newest mail."""

    def tie_thread(self, ticket_id: str, thread_id: str) -> None:
        """Tie a thread to a ticket. Asking again changes nothing.

        Where requests are deals nothing is done: threads belong to tickets only.
        """

    def send(self, thread_id: str, text: str, subject: str) -> str:
        """Answer in a thread whoever wrote last, or whom it began with. Asking twice sends two.

        Nobody else gets a copy. Returns the :attr:`Message.id`. Raises
        :class:`~casework.errors.NotSetUp` where there is nobody in whose name to send.
        """

    def comment(self, thread_id: str, text: str) -> None:
        """Put a remark in a thread that only staff see. Asking twice makes two."""

    def find_sending_accounts(self) -> Sequence[SendingAccount]:
        """The shared addresses that are able to send mail now."""
