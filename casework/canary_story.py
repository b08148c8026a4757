"""How far the canary has come through the service, and how its request ends."""

from dataclasses import dataclass
from enum import StrEnum

from casework.errors import CreditsDeskError
from casework.organisations import plain_name
from casework.ports import Desk, Sealer
from casework.records import Records, Store
from casework.request import CreditRequest, Role
from casework.stages import Stage
from casework.take_in import client_digest
from casework.tickets import TicketChange
from casework.work import Kind

#: Writing anything new would be found by the next look, so these are not waited for.
_ONLY_LOOKED_AT = frozenset({Kind.CHECK_CONTACTS, Kind.FOLLOW_STAGES, Kind.WATCH_TICKETS})


class Awaited(StrEnum):
    """What has to happen, in this order."""

    TAKEN_IN = "taken_in"
    LISTED = "listed"
    TICKET = "ticket"
    SWEPT = "swept"
    SETTLED = "settled"


@dataclass(frozen=True)
class Reached:
    """``awaited`` is what has not happened yet, or nothing at the end."""

    awaited: Awaited | None
    request: CreditRequest | None = None


def how_far(records: Records, sealer: Sealer, client_email: str) -> Reached:
    """How far the request of this client has come; of several, the newest."""
    references = records.people.find_requests(Role.CLIENT, client_digest(sealer, client_email))
    if not references:
        return Reached(Awaited.TAKEN_IN)
    request = records.requests.find(references[-1:])[references[-1]]
    return Reached(_awaited_of(records, request), request)


def _awaited_of(records: Records, request: CreditRequest) -> Awaited | None:
    if not request.ticket_id:
        return Awaited.TICKET
    if not request.confirmed:
        return Awaited.LISTED
    events = [event for _, event, _ in records.journal.find_lines(request.reference)]
    if "residue_swept" not in events:
        return Awaited.SWEPT
    under_way = set(records.work.find_under_way(request.reference))
    return Awaited.SETTLED if under_way - _ONLY_LOOKED_AT else None


def check_organisation(records: Records, organisation: str) -> None:
    """Raise :class:`CreditsDeskError` for an organisation that pays without being asked.

    A canary there would be approved by the organisation's standing rule.
    """
    wanted = plain_name(organisation)
    ids = [each.id for each in records.companies.find_all() if plain_name(each.name) == wanted]
    if any(records.standing_rules.find(company_id) for company_id in ids):
        raise CreditsDeskError(
            "this organisation has a standing rule, by which the canary could get credits: name "
            "another"
        )


def withdraw(reference: str, now: int, *, store: Store, desk: Desk) -> bool:
    """Move the canary's ticket to Withdrawn, so that it never goes on.

    Returns whether there was a ticket. Raises :class:`CreditsDeskError`.
    """
    request = store.read(lambda records: records.requests.find([reference]))[reference]
    ticket_id = request.ticket_id
    if not ticket_id:
        return False
    errors = desk.change_tickets([TicketChange(ticket_id, move_to=Stage.WITHDRAWN)])
    if errors:
        raise next(iter(errors.values()))

    def follow(records: Records) -> None:
        records.journal.write("canary_withdrawn", reference, now)
        # No event tells the service: its own writes come back as echoes, which it does not hear.
        records.work.ask(Kind.FOLLOW_STAGES, [ticket_id], now)

    store.write(follow)
    return True


def is_withdrawn(records: Records, reference: str) -> bool:
    """Whether the service knows by now."""
    return records.requests.find([reference])[reference].stage is Stage.WITHDRAWN
