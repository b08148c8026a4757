"""The letter that is ready on the ticket is sent into the thread, once, where staff want that.

Staff move the ticket to Asked organisation. A mail cannot be called back, so there is an undo
window first, and where it is not certain whether the letter has gone, a person looks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from casework.call_attention import add_note
from casework.conversation_ports import Conversations, Direction, Message
from casework.follow_stages import GrantRules, read_credits
from casework.organisation_letter import write_letter
from casework.ports import Desk
from casework.records import Records, Store
from casework.request import LetterKey, references_in
from casework.stages import Stage
from casework.wording import Attention
from casework.work import Kind
from casework.worker import Leftovers, LookAgain, each_alone

WHAT = "letter"


class LetterPolicy(StrEnum):
    """``off``: staff send the letter. ``thread``: into the ticket's thread, where there is one."""

    OFF = "off"
    THREAD = "thread"


@dataclass(frozen=True)
class LetterSender:
    """``rules`` tell the undo window, and which numbers of credits can be asked for."""

    store: Store
    desk: Desk
    conversations: Conversations
    policy: LetterPolicy
    rules: GrantRules

    def send_letters(self, keys: Sequence[str], now: int) -> Leftovers:
        """Send the letters of these requests that are still to be sent."""
        if self.policy is LetterPolicy.OFF:
            return {}
        return each_alone(keys, lambda reference: self._send(reference, now))

    def _send(self, reference: str, now: int) -> LookAgain | None:
        request = self.store.read(lambda records: records.requests.find([reference]))[reference]
        if request.ticket_id is None or request.stage is not Stage.ASKED:
            return None
        due = request.stage_since + self.rules.delay
        if now < due:
            return LookAgain(due)
        ticket = self.desk.find_tickets([request.ticket_id]).get(request.ticket_id)
        if ticket is None or ticket.stage is not Stage.ASKED or not ticket.is_for(request):
            return None
        thread_id = self.conversations.find_thread_of(request.ticket_id)
        if thread_id is not None:
            credits_ = read_credits(ticket.credits_to_grant, self.rules.credits_max)
            key = replace(request.letter, credits=credits_)
            self._send_into(thread_id, reference, key, now)
        return None

    def _send_into(self, thread_id: str, reference: str, key: LetterKey, now: int) -> None:
        """What was begun and cannot be seen may have gone all the same: then a person looks."""
        if _has_letter(self.conversations.read_thread(thread_id), reference):
            self.store.write(partial(_done, reference=reference, now=now))
            return
        before = self.store.write(lambda records: records.sent.begin(reference, WHAT, now))
        if before == "sent":
            return
        if before == "begun":
            self.store.write(partial(_ask_a_person, reference=reference, now=now))
            return
        # Answers are read beside what was asked, which staff may have typed at the last moment.
        self.store.write(partial(_keep_letter, reference=reference, key=key, now=now))
        letter = write_letter(key.language, reference, key.credits)
        self.conversations.send(thread_id, letter.text, letter.subject)
        self.store.write(partial(_done, reference=reference, now=now))


def _keep_letter(records: Records, reference: str, key: LetterKey, now: int) -> None:
    if records.requests.find([reference])[reference].letter != key:
        records.requests.set_letter(reference, key)
        records.work.ask(Kind.WRITE_BACK, [reference], now)


def _has_letter(messages: Sequence[Message], reference: str) -> bool:
    """Whether somebody has written to the organisation about this reference already."""
    return any(
        message.direction is Direction.OUTGOING
        and reference in [*references_in(message.subject), *references_in(message.text)]
        for message in messages
    )


def _done(records: Records, reference: str, now: int) -> None:
    if records.sent.begin(reference, WHAT, now) != "sent":
        records.sent.done(reference, WHAT, now)
        records.journal.write("letter_sent", reference, now)


def _ask_a_person(records: Records, reference: str, now: int) -> None:
    if records.sent.begin(reference, f"{WHAT}/unsure", now) == "new":
        add_note(records, reference, Attention.LETTER_UNSURE, now)
