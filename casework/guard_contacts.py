"""No contact stays on a ticket but somebody who is known to answer for the company.

A contact on a ticket is a thread to pull: the CRM would mail to it, and show it to everybody. Which
company it is, we found out, or staff chose by tying one to the ticket; that is adopted here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from casework.call_attention import add_note
from casework.errors import CreditsDeskError
from casework.ports import Contacts, Desk
from casework.records import Records, Store
from casework.request import CreditRequest, TicketState
from casework.stages import OPEN_STAGES
from casework.sweep_tickets import WATCH_CLOSED
from casework.wording import Attention
from casework.worker import WHOLE, Leftovers

#: The CRM reads what is tied to so many tickets in one call.
AT_ONCE = 1_000


class Adopt(Protocol):
    """Takes the company that staff chose for a request as the one it is."""

    def __call__(self, records: Records, reference: str, company_id: str, now: int) -> None:
        """Unless it is not to be taken so. Times are Unix milliseconds."""


@dataclass(frozen=True)
class ContactGuard:
    """Looks at what is tied to tickets. ``adopt`` is told of a company that staff have chosen."""

    store: Store
    desk: Desk
    contacts: Contacts
    adopt: Adopt

    def check_contacts(self, keys: Sequence[str], now: int) -> Leftovers:
        """Take off the contacts that have no business on these tickets.

        Keys are ticket ids, or :data:`~casework.worker.WHOLE` for all that are watched.
        """
        if WHOLE not in keys:
            self._check(keys, now)
            return {}
        since = now - WATCH_CLOSED
        watched = self.store.read(lambda records: records.requests.find_tickets_to_watch(since))
        return self._check_all(list(dict.fromkeys([*watched, *keys])), now)

    def _check_all(self, ticket_ids: Sequence[str], now: int) -> Leftovers:
        """What goes wrong with some does not keep the others."""
        wrong: CreditsDeskError | None = None
        for start in range(0, len(ticket_ids), AT_ONCE):
            try:
                self._check(ticket_ids[start : start + AT_ONCE], now)
            except CreditsDeskError as error:
                wrong = error
        return {WHOLE: wrong} if wrong else {}

    def _check(self, ticket_ids: Sequence[str], now: int) -> None:
        found = self.store.read(lambda records: records.requests.find_by_tickets(ticket_ids))
        # A merged ticket's id stands for another request's, which has its own contacts.
        requests = {
            id_: one for id_, one in found.items() if one.ticket_state is not TicketState.MERGED
        }
        chosen = self._find_chosen(requests)
        self._adopt(requests, chosen, now)
        self._take_off(requests, chosen, now)

    def _find_chosen(self, requests: Mapping[str, CreditRequest]) -> Mapping[str, str]:
        """The company that staff chose, by ticket id, where exactly one is tied."""
        undecided = [id_ for id_, request in requests.items() if _is_undecided(request)]
        tied = self.desk.find_companies(undecided) if undecided else {}
        return {id_: ids[0] for id_, ids in tied.items() if len(set(ids)) == 1}

    def _adopt(
        self, requests: Mapping[str, CreditRequest], chosen: Mapping[str, str], now: int
    ) -> None:
        if not chosen:
            return

        def adopt(records: Records) -> None:
            for ticket_id, company_id in chosen.items():
                self.adopt(records, requests[ticket_id].reference, company_id, now)

        self.store.write(adopt)

    def _take_off(
        self, requests: Mapping[str, CreditRequest], chosen: Mapping[str, str], now: int
    ) -> None:
        tied = self.contacts.find_on_tickets(list(requests)) if requests else {}
        approvers = self.contacts.find_approvers([one for ids in tied.values() for one in ids])
        off = [
            (ticket_id, contact_id)
            for ticket_id, ids in tied.items()
            if (request := requests.get(ticket_id))
            for contact_id in ids
            if (request.company_id or chosen.get(ticket_id))
            not in approvers.get(contact_id, frozenset())
        ]
        if off:
            self.contacts.take_off(off)
            references = dict.fromkeys(requests[ticket_id].reference for ticket_id, _ in off)
            self.store.write(partial(_tell, references=list(references), now=now))


def _is_undecided(request: CreditRequest) -> bool:
    """Whether we looked and found no company, and staff may choose one."""
    return (
        request.company_id is None
        and request.matched
        and not request.erased
        and request.stage in OPEN_STAGES
        and request.ticket_state is TicketState.THERE
    )


def _tell(records: Records, references: Sequence[str], now: int) -> None:
    for reference in references:
        records.journal.write("contact_taken_off", reference, now)
        add_note(records, reference, Attention.CONTACT_TAKEN_OFF, now)
