"""What staff type on a ticket is read back: names and addresses are put back as they were, whoever
is meant, and whoever works on the ticket is told.

Whether the client is meant decides nothing that staff can see, since guessing would find it out.
It decides whether there is an incident in the journal, which staff do not see: what was read by
others meanwhile cannot be unread. Only in the organisation's name, which may well be a person's,
does a name stay that is not the client's.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from casework.call_attention import add_note
from casework.egress import Gate, report
from casework.names_anybody import names_anybody
from casework.orphan_records import is_check
from casework.ports import Desk
from casework.records import Records, Store
from casework.request import CreditRequest
from casework.tell_reason import shown_reason
from casework.tickets import Ticket, TicketChange, TicketText, draft_for
from casework.wording import Attention
from casework.worker import Leftovers

WHERE = "typed on the ticket"
#: The same, where it stays because it looks like nobody's name.
STAYS = f"{WHERE} and still there"


@dataclass(frozen=True)
class Typed:
    """Words of somebody else in the place of ours. ``repr`` shows none.

    ``told``: the requests of which they tell who is meant. ``wrong``: they may not stay.
    """

    request: CreditRequest
    ticket_id: str
    text: TicketText
    ours: str
    told: Collection[str]
    wrong: bool
    fingerprint: str

    def __repr__(self) -> str:
        return f"Typed({self.request.reference}, {self.text})"


@dataclass(frozen=True)
class TextGuard:
    """Looks at tickets as they were just read."""

    store: Store
    desk: Desk
    gate: Gate

    def look_at(self, tickets: Mapping[str, Ticket], now: int) -> Leftovers:
        """Put back what must not stand there. Returns, by ticket id, what could not be."""
        found = self.store.read(lambda records: list(self._find(records, tickets)))
        if not found:
            return {}
        self.store.write(partial(_tell, found=found, now=now))
        put_back: dict[str, dict[TicketText, str]] = {}
        for one in found:
            if one.wrong:
                put_back.setdefault(one.ticket_id, {})[one.text] = one.ours
        changes = [TicketChange(id_, texts=texts) for id_, texts in put_back.items()]
        return self.desk.change_tickets(changes) if changes else {}

    def _find(self, records: Records, tickets: Mapping[str, Ticket]) -> Iterator[Typed]:
        for ticket_id, request in records.requests.find_by_tickets(list(tickets)).items():
            # A merged ticket's id stands for another request's: nothing there is ours.
            if tickets[ticket_id].is_for(request):
                yield from self._find_on(records, request, tickets[ticket_id])

    def _find_on(self, records: Records, request: CreditRequest, ticket: Ticket) -> Iterator[Typed]:
        """What is to be put back on one ticket, or to be told of."""
        ours = draft_for(request).texts
        for text, words in ticket.texts.items():
            if not words or _is_same(words, ours.get(text, "")):
                continue
            if text is TicketText.CHECK and is_check(words):
                continue  # ours from before its contents changed
            own = ours[text] if text in ours else shown_reason(records, request)
            if _is_same(words, own):
                continue
            told = self.gate.find_told(records, [[request.reference, words]])
            wrong = bool(told) if text is TicketText.ORGANISATION else _names(words, ours, own)
            if told or wrong:
                fingerprint = self.gate.fingerprint(f"{text}/{words}")
                yield Typed(request, request.ticket_id or "", text, own, told, wrong, fingerprint)


def _is_same(one: str, other: str) -> bool:
    """HubSpot trims what is written, and may end lines in its own way."""
    return one == other or one.split() == other.split()


def _names(words: str, ours: Mapping[TicketText, str], own: str) -> bool:
    """Our own words name nobody, nor does the organisation's name, which is among them."""
    return names_anybody(words, "\n".join([*ours.values(), own]))


def _tell(records: Records, found: Sequence[Typed], now: int) -> None:
    """Once for the same words, however often they have to be put back."""
    noted = set[str]()
    for one in found:
        reference = one.request.reference
        if records.sent.begin(reference, f"typed/{one.fingerprint}", now) != "new":
            continue
        report(records, f"{WHERE if one.wrong else STAYS}: {one.text}", one.told, now)
        if one.wrong and reference not in noted:
            add_note(records, reference, Attention.IDENTITY_TYPED, now)
            noted.add(reference)
