"""An organisation's reply is understood as far as that goes, and proposes. A person decides.

A reply that belongs to no request for certain is left to people, and so is everything that it
says: the ticket moves to Organisation replied, with a note, and no further.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from casework.conversation_ports import Conversations, Message
from casework.egress import Gate
from casework.errors import NotRedacted
from casework.ports import Contacts
from casework.records import Records, Store
from casework.redaction import Cut, redact
from casework.reply_records import Reply
from casework.reply_wording import REPLIED
from casework.request import CreditRequest, references_in
from casework.stages import WAITING_FOR_REPLY, Stage
from casework.understand_reply import Meaning, Understanding, understand
from casework.work import Kind

#: Nobody has answered yet.
_AUTOMATIC = frozenset({Meaning.OUT_OF_OFFICE, Meaning.BOUNCE})
#: What says how many credits it is about.
_AGREES = frozenset({Meaning.APPROVE, Meaning.OTHER_NUMBER})


class ReplyPolicy(StrEnum):
    """``propose``: say what a reply seems to mean. ``file``: say that it came. ``off``: nothing."""

    PROPOSE = "propose"
    FILE = "file"
    OFF = "off"


@dataclass(frozen=True)
class ReplyReader:
    """Takes the mails that came in; see :data:`casework.read_messages.OnReply`."""

    store: Store
    conversations: Conversations
    contacts: Contacts
    gate: Gate
    policy: ReplyPolicy

    def on_reply(self, message: Message, about: CreditRequest | None, now: int) -> None:
        """Tie the mail to its request, read it, and put what it proposes on the ticket."""
        if self.policy is ReplyPolicy.OFF:
            return
        companies = self._companies_of(message)
        request = about or self._only_one_asked(companies)
        if request is None or request.ticket_id is None:
            return
        if message.thread_id and message.ticket_id != request.ticket_id:
            self.conversations.tie_thread(request.ticket_id, message.thread_id)
        known = request.company_id is not None and request.company_id in companies
        reply = self._read(message, request, known=known)
        self.store.write(partial(_record, reply=reply, now=now))

    def _companies_of(self, message: Message) -> frozenset[str]:
        """The companies of whoever wrote. Somebody who must not be named is nobody's contact."""
        if self.gate.look([[message.from_address]]):
            return frozenset()
        return self.contacts.find_companies_of(message.from_contact_id, message.from_address)

    def _only_one_asked(self, companies: frozenset[str]) -> CreditRequest | None:
        found = self.store.read(lambda r: r.requests.find_asked(sorted(companies)))
        return found[0] if len(found) == 1 else None

    def _read(self, message: Message, request: CreditRequest, *, known: bool) -> Reply:
        read = None
        if self.policy is ReplyPolicy.PROPOSE:
            subject = _subject_for(message, request)
            read = understand(subject, message.text, request.letter.credits)
        sentence, named = self._quotable(read, request) if read else ("", False)
        return Reply(
            reference=request.reference,
            message_id=message.id,
            meaning=read.meaning if read else None,
            credits=read.credits if read and read.meaning in _AGREES else None,
            sentence=sentence,
            names=named,
            known=known,
            attachments=message.has_attachments,
        )

    def _quotable(self, read: Understanding, request: CreditRequest) -> tuple[str, bool]:
        """The sentence, and whether somebody is named or asked for.

        Where somebody is, nothing is quoted, so that a right guess and a wrong one look alike.
        """
        if read.names or read.meaning is Meaning.WHO_IS_IT:
            return "", True
        details = self.store.read(lambda r: r.requests.get_details(request.reference))
        try:
            redacted = redact(read.sentence, details.identity)
        except NotRedacted:
            return "", False
        return ("", True) if Cut.NAME in redacted.cuts else (redacted.text, False)


def _subject_for(message: Message, request: CreditRequest) -> str:
    """The subject; where the thread tells which request it is, with its reference."""
    tied = message.ticket_id == request.ticket_id and not references_in(message.subject)
    return f"{message.subject} {request.reference}" if tied else message.subject


def _record(records: Records, reply: Reply, now: int) -> None:
    reference = reply.reference
    if not records.replies.add(reply, now):
        return
    meaning = reply.meaning or "filed"
    records.journal.write("reply_read", reference, now, meaning=meaning, known=int(reply.known))
    records.work.ask(Kind.ADD_NOTE, [f"{reference}/reply/{reply.message_id}"], now)
    current = records.requests.find([reference])[reference]
    if not reply.known or reply.meaning in _AUTOMATIC or current.stage not in WAITING_FOR_REPLY:
        return
    if current.move_to is None:
        records.requests.wish(
            reference,
            move_to=Stage.REPLIED,
            attention=current.attention,
            status_line=REPLIED,
            credits_to_grant=reply.credits,
        )
        records.work.ask(Kind.WRITE_BACK, [reference], now)
