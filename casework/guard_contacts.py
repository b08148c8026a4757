"""No contact stays on a ticket but somebody who is known to answer for the company.

A contact on a ticket is a thread to pull: the CRM would mail to it, and show it to everybody.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from casework.follow_stages import add_note
from casework.ports import Contacts
from casework.records import Records, Store
from casework.request import CreditRequest
from casework.wording import Attention
from casework.worker import Leftovers


def check_contacts(keys: Sequence[str], now: int, *, store: Store, contacts: Contacts) -> Leftovers:
    """Take off the contacts that have no business on these tickets. Keys are ticket ids."""
    requests = store.read(lambda records: records.requests.find_by_tickets(keys))
    tied = contacts.find_on_tickets(list(requests)) if requests else {}
    approvers = contacts.find_approvers([one for ids in tied.values() for one in ids])
    strangers = {
        ticket_id: [one for one in ids if not _may_stay(one, requests[ticket_id], approvers)]
        for ticket_id, ids in tied.items()
        if ticket_id in requests
    }
    taken_off = {ticket_id: ids for ticket_id, ids in strangers.items() if ids}
    if taken_off:
        contacts.take_off([(ticket, one) for ticket, ids in taken_off.items() for one in ids])
        references = [requests[ticket_id].reference for ticket_id in taken_off]
        store.write(partial(_tell, references=references, now=now))
    return {}


def _may_stay(
    contact_id: str, request: CreditRequest, approvers: Mapping[str, frozenset[str]]
) -> bool:
    company_id = request.company_id
    return company_id is not None and company_id in approvers.get(contact_id, frozenset())


def _tell(records: Records, references: Sequence[str], now: int) -> None:
    for reference in references:
        records.journal.write("contact_taken_off", reference, now)
        add_note(records, reference, Attention.CONTACT_TAKEN_OFF, now)
