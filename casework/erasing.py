"""What is kept of a person is erased; what is left of the request is a tombstone.

Reference, organisation, dates, stage, ticket, grant and journal stay: they name nobody.
"""

import secrets

from casework.call_attention import call_for_attention
from casework.grant_records import GrantState
from casework.records import Records
from casework.request import CreditRequest, ReasonState, Role, TicketState
from casework.stages import OPEN_STAGES
from casework.wording import Attention
from casework.work import Kind


def new_stand_in() -> str:
    """What stands for a forgotten client: random, so nobody can tell or try who it was."""
    return f"forgotten-{secrets.token_hex(16)}"


def erase_data(
    records: Records, reference: str, role: Role, now: int, stand_in: str | None = None
) -> None:
    """Erase what is kept of a request's client, or of its professional, and the reason's copy.

    What the ticket shows of the reason is taken off as soon as the CRM answers, and so is its check
    value, which was made of what the form said. ``stand_in`` is
    shared by the requests of one client; without it they get one of their own.
    """
    records.people.erase(reference, role, now, stand_in or new_stand_in())
    records.work.ask(Kind.TELL_REASON, [reference], now)
    request = records.requests.find([reference])[reference]
    if request.shown_check and request.ticket_state is TicketState.THERE:
        records.work.ask(Kind.WRITE_BACK, [reference], now)


def erase_client(
    records: Records, request: CreditRequest, now: int, stand_in: str | None = None
) -> None:
    """Erase all that is sealed of a request, and see to it that nothing is granted for it.

    Staff are told, unless the request is closed or its credits were added.
    """
    reference = request.reference
    erase_data(records, reference, Role.CLIENT, now, stand_in)
    if records.grants.void(reference, Attention.FORGOTTEN):
        records.journal.write("grant_void", reference, now, why=Attention.FORGOTTEN)
    grant = records.grants.find([reference]).get(reference)
    posted = grant is not None and grant.state is GrantState.POSTED
    if request.stage in OPEN_STAGES and not posted:
        call_for_attention(records, reference, Attention.FORGOTTEN, now)


def erase_old(records: Records, request: CreditRequest, now: int) -> None:
    """Erase all that is sealed of a request that was kept for long enough.

    The caller has made sure that nothing is pending. The list of submissions knows it by its id
    from now on.
    """
    records.people.erase(request.reference, Role.CLIENT, now, new_stand_in())
    records.people.forget_fields(request.reference)
    if request.ticket_id and request.reason is not ReasonState.NONE:
        records.work.ask(Kind.TELL_REASON, [request.reference], now)
