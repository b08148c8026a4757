"""An inbox in memory, with what staff and organisations do in it. It passes HubSpot's contract."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from casework.conversation_ports import (
    Direction,
    Message,
    MessagesFound,
    SendingAccount,
    id_in_thread,
    id_of_email,
)
from casework.errors import CreditsDeskError, NotSetUp, Refused
from casework.ports import EgressGate
from tests.fakes.open_gate import OpenGate

INBOX = "credits@hub.example"
COLLEAGUE = "sam@hub.example"


@dataclass
class FakeThread:
    """A thread. ``mails`` are oldest first; ``has_user``: a person is at work in it."""

    thread_id: str
    mails: list[Message] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    ticket_id: str | None = None
    has_user: bool = True


class FakeConversations:
    """Keeps threads and logged mails in dicts.

    ``fail_next`` is raised by the next call. ``contacts`` are contact ids by address. What is sent
    passes a gate, as everything does on its way to HubSpot. ``clock`` gives Unix milliseconds.
    """

    def __init__(self, gate: EgressGate | None = None, clock: Callable[[], int] = int) -> None:
        self.gate: EgressGate = gate or OpenGate()
        self.threads: dict[str, FakeThread] = {}
        self.emails: dict[str, Message] = {}
        self.contacts: dict[str, str] = {}
        self.fail_next: CreditsDeskError | None = None
        self.ties_threads = True
        self.threads_at_once = 100
        self.reads = 0
        self._clock, self._next_id = clock, 7000

    def read_message(self, thread_id: str, message_id: str) -> Message | None:
        self._enter()
        wanted = id_in_thread(thread_id, message_id)
        return next((one for one in self._mails(thread_id) if one.id == wanted), None)

    def read_thread(self, thread_id: str) -> Sequence[Message]:
        self._enter()
        return self._mails(thread_id)

    def read_emails(self, email_ids: Sequence[str]) -> Mapping[str, Message]:
        self._enter()
        return {one: self.emails[one] for one in email_ids if one in self.emails}

    def find_messages_since(self, since: int, threads_since: int) -> MessagesFound:
        self._enter()
        new = [one for one in self.threads.values() if _newest(one) >= threads_since]
        new.sort(key=_newest)
        page = new[: self.threads_at_once]
        ids = [mail.id for one in page for mail in one.mails if mail.sent_at >= since]
        return MessagesFound(ids, _newest(page[-1]) if len(new) > len(page) else None)

    def find_emails_of_tickets(self, ticket_ids: Sequence[str], since: int) -> Sequence[str]:
        self._enter()
        return [
            email_id
            for email_id, one in self.emails.items()
            if one.ticket_id in ticket_ids and one.sent_at >= since
        ]

    def find_thread_of(self, ticket_id: str) -> str | None:
        self._enter()
        tied = [one for one in self.threads.values() if one.ticket_id == ticket_id]
        return max(tied, key=_newest).thread_id if tied else None

    def tie_thread(self, ticket_id: str, thread_id: str) -> None:
        self._enter()
        if self.ties_threads:
            self._get(thread_id).ticket_id = ticket_id

    def send(self, thread_id: str, text: str, subject: str) -> str:
        thread = self._get(thread_id)
        to = _whom_to_answer(thread)
        self.gate.check("fake inbox: send a message", [[thread_id, text, subject, *to]])
        self._enter()
        if not to:
            raise Refused("fake inbox", "send a message", "NOBODY_TO_ANSWER")
        if not thread.has_user:
            raise NotSetUp("fake inbox", "send a message", "NO_SENDER")
        return self._add(thread, Direction.OUTGOING, text, subject, INBOX, to, own=True).id

    def comment(self, thread_id: str, text: str) -> None:
        self.gate.check("fake inbox: add a comment", [[thread_id, text]])
        self._enter()
        self._get(thread_id).comments.append(text)

    def find_sending_accounts(self) -> Sequence[SendingAccount]:
        self._enter()
        return [SendingAccount("902178", "Credits", "431219", INBOX)]

    def staff_send(
        self,
        text: str,
        *,
        subject: str = "Credits",
        to: Sequence[str] = ("hr@marel.example",),
        ticket_id: str | None = None,
        thread_id: str | None = None,
    ) -> Message:
        """Staff write from the shared inbox: into a thread, or into a new one."""
        thread = self.threads[thread_id] if thread_id else self._begin(ticket_id)
        thread.has_user = True
        return self._add(thread, Direction.OUTGOING, text, subject, INBOX, tuple(to))

    def reply(
        self,
        text: str,
        *,
        sender: str = "hr@marel.example",
        subject: str = "Re: Credits",
        thread_id: str | None = None,
        cc: Sequence[str] = (),
        attachments: bool = False,
        known: bool = True,
    ) -> Message:
        """An organisation writes: into a thread, or out of the blue. ``known``: is a contact."""
        thread = self.threads[thread_id] if thread_id else self._begin(None, has_user=False)
        to = (INBOX, *cc)
        if known:
            self.contacts.setdefault(sender, str(5001 + len(self.contacts)))
        made = self._add(thread, Direction.INCOMING, text, subject, sender, to)
        thread.mails[-1] = replace(made, has_attachments=attachments)
        return thread.mails[-1]

    def log_email(
        self,
        text: str,
        *,
        ticket_id: str | None = None,
        direction: Direction = Direction.OUTGOING,
        subject: str = "Credits",
        other: str = "hr@marel.example",
    ) -> Message:
        """A mail of somebody's own inbox is logged."""
        email_id = self._new_id()
        sender, to = (COLLEAGUE, other) if direction is Direction.OUTGOING else (other, COLLEAGUE)
        self.emails[email_id] = Message(
            id=id_of_email(email_id),
            thread_id=None,
            ticket_id=ticket_id,
            direction=direction,
            subject=subject,
            text=text,
            from_address=sender,
            from_contact_id=None,
            recipients=(to,),
            has_attachments=False,
            sent_at=self._clock(),
            own=False,
        )
        return self.emails[email_id]

    def _begin(self, ticket_id: str | None, *, has_user: bool = True) -> FakeThread:
        thread = FakeThread(self._new_id(), ticket_id=ticket_id, has_user=has_user)
        self.threads[thread.thread_id] = thread
        return thread

    def _add(
        self,
        thread: FakeThread,
        direction: Direction,
        text: str,
        subject: str,
        sender: str,
        to: tuple[str, ...],
        *,
        own: bool = False,
    ) -> Message:
        made = Message(
            id=id_in_thread(thread.thread_id, self._new_id()),
            thread_id=thread.thread_id,
            ticket_id=None,
            direction=direction,
            subject=subject,
            text=text,
            from_address=sender,
            from_contact_id=self.contacts.get(sender),
            recipients=to,
            has_attachments=False,
            sent_at=self._clock(),
            own=own,
        )
        thread.mails.append(made)
        return made

    def _mails(self, thread_id: str) -> list[Message]:
        thread = self.threads.get(thread_id)
        return [replace(one, ticket_id=thread.ticket_id) for one in thread.mails] if thread else []

    def _get(self, thread_id: str) -> FakeThread:
        if thread_id not in self.threads:
            raise Refused("fake inbox", "find a thread", "OBJECT_NOT_FOUND")
        return self.threads[thread_id]

    def _new_id(self) -> str:
        self._next_id += 1
        return str(self._next_id)

    def _enter(self) -> None:
        self.reads += 1
        fault, self.fail_next = self.fail_next, None
        if fault:
            raise fault


def _newest(thread: FakeThread) -> int:
    return max((mail.sent_at for mail in thread.mails), default=0)


def _whom_to_answer(thread: FakeThread) -> tuple[str, ...]:
    came_in = [one for one in thread.mails if one.direction is Direction.INCOMING]
    if came_in:
        return (came_in[-1].from_address,)
    return thread.mails[0].recipients if thread.mails else ()
