"""Mails that left through the CRM are read afterwards, since nothing there asks us first.

Where one of them tells who a client is, it cannot be called back. What can be done is to say so at
once: an incident in the journal, and a note on the ticket that quotes nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from casework.call_attention import add_note
from casework.conversation_ports import Conversations, Direction, Message
from casework.egress import Gate, report
from casework.errors import CreditsDeskError
from casework.records import Records, Store
from casework.request import CreditRequest, references_in
from casework.wording import Attention
from casework.worker import Leftovers

WHERE = "message sent from HubSpot"

#: Takes a mail that came in, and the request it is about, where that is known. The third is the
#: time. The same mail may come several times, under the same :attr:`Message.id`.
OnReply = Callable[[Message, CreditRequest | None, int], None]


def let_be(_message: Message, _request: CreditRequest | None, _now: int) -> None:
    """Do nothing about what came in."""


def read_messages(
    keys: Sequence[str],
    now: int,
    *,
    store: Store,
    conversations: Conversations,
    gate: Gate,
    on_reply: OnReply = let_be,
) -> Leftovers:
    """Look at mails. Keys are a :attr:`Message.id`, or ``thread/<thread>`` for a whole thread."""
    reader, look = _Reader(conversations, keys), _Look(store, gate, on_reply)
    leftovers: dict[str, CreditsDeskError] = {}
    for key in keys:
        try:
            for message in reader.read(key):
                look.at(message, now)
        except CreditsDeskError as error:
            leftovers[key] = error
    return leftovers


class _Reader:
    """Reads mails one by one, those that are only logged all at once."""

    def __init__(self, conversations: Conversations, keys: Sequence[str]) -> None:
        self._conversations = conversations
        self._email_ids = [key.partition("/")[2] for key in keys if key.startswith("email/")]
        self._emails: Mapping[str, Message] | None = None

    def read(self, key: str) -> Sequence[Message]:
        """The mails that a key stands for, without those that are gone."""
        kind, _, rest = key.partition("/")
        if kind == "email":
            if self._emails is None:
                self._emails = self._conversations.read_emails(self._email_ids)
            return [self._emails[rest]] if rest in self._emails else []
        thread_id, _, message_id = rest.partition("/")
        if not message_id:
            return self._conversations.read_thread(thread_id)
        message = self._conversations.read_message(thread_id, message_id)
        return [message] if message else []


@dataclass(frozen=True)
class _Look:
    store: Store
    gate: Gate
    on_reply: OnReply

    def at(self, message: Message, now: int) -> None:
        """Act on one mail. Without a request it may be about anything, and is nobody's concern."""
        about = self.store.read(partial(find_requests, message=message))
        if message.direction is Direction.INCOMING:
            self.on_reply(message, about[0] if about else None, now)
        elif about and (told := self._find_told(message)):
            self.store.write(partial(_tell, message=message, about=about[0], told=told, now=now))

    def _find_told(self, message: Message) -> frozenset[str]:
        unit = [message.ticket_id or "", message.subject, message.text, *message.recipients]
        return self.gate.look([unit])


def find_requests(records: Records, message: Message) -> Sequence[CreditRequest]:
    """The requests that a mail is about: its ticket's first, then those whose reference it has."""
    found: dict[str, CreditRequest] = {}
    if message.ticket_id:
        for request in records.requests.find_by_tickets([message.ticket_id]).values():
            found[request.reference] = request
    references = [*references_in(message.subject), *references_in(message.text)]
    named = records.requests.find(references) if references else {}
    for reference in references:
        if reference in named:
            found.setdefault(reference, named[reference])
    return list(found.values())


def _tell(
    records: Records, message: Message, about: CreditRequest, told: frozenset[str], now: int
) -> None:
    """Say so on the ticket that the mail is about, and on those of whom it tells: once a mail."""
    news = [
        reference
        for reference in sorted({about.reference, *told})
        if records.sent.begin(reference, f"told/{message.id}", now) == "new"
    ]
    report(records, WHERE, told.intersection(news), now, message=message.id)
    for reference in news:
        add_note(records, reference, Attention.IDENTITY_SENT, now)
