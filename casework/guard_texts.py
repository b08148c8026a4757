"""What staff type on a ticket is read back: where somebody could be recognised by it, it is put
back, and whoever works on the ticket is told. What was read by others meanwhile cannot be unread,
so it is an incident all the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from casework.egress import Gate, report
from casework.follow_stages import add_note
from casework.ports import Desk
from casework.records import Records, Store
from casework.tickets import Ticket, TicketChange, draft_for
from casework.wording import Attention
from casework.work import Kind

WHERE = "typed on the ticket"


@dataclass(frozen=True)
class TextGuard:
    """Looks at tickets as they were just read."""

    store: Store
    desk: Desk
    gate: Gate

    def look_at(self, tickets: Mapping[str, Ticket], now: int) -> None:
        """Put back what must not stand there."""
        changes = self.store.read(partial(self._find_changes, tickets=tickets))
        if not changes:
            return
        self.store.write(partial(_tell, changes=changes, now=now))
        self.desk.change_tickets(list(changes.values()))

    def _find_changes(
        self, records: Records, tickets: Mapping[str, Ticket]
    ) -> Mapping[str, TicketChange]:
        """By the reference of the request on whose ticket it stands."""
        changes: dict[str, TicketChange] = {}
        for ticket_id, request in records.requests.find_by_tickets(list(tickets)).items():
            ours = draft_for(request).texts
            typed = {
                text: words
                for text, words in tickets[ticket_id].texts.items()
                if words and words != ours.get(text)
            }
            wrong = [
                text
                for text, words in typed.items()
                if self.gate.find_told(records, [[request.reference, words]])
            ]
            if wrong:
                put_back = {text: ours.get(text, "") for text in wrong}
                changes[request.reference] = TicketChange(ticket_id, texts=put_back)
        return changes


def _tell(records: Records, changes: Mapping[str, TicketChange], now: int) -> None:
    for reference, change in changes.items():
        texts = ", ".join(sorted(change.texts))
        report(records, f"{WHERE}: {texts}", [reference], now)
        add_note(records, reference, Attention.IDENTITY_TYPED, now)
        # Should putting it back fail, this is looked at again.
        records.work.ask(Kind.FOLLOW_STAGES, [change.ticket_id], now)
