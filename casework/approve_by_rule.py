"""A request that an organisation's standing rule covers is approved without asking anybody.

From there the usual way holds: the ticket is followed, the grant reserved, and the undo window
waited for, in which staff can drag the ticket away.
"""

from casework import wording
from casework.records import Records
from casework.request import CreditRequest, TicketState
from casework.stages import Stage
from casework.standing_rules import automatic_credits
from casework.work import Kind


def approve_by_rule(
    records: Records, reference: str, company_id: str, credits_max: int, now: int
) -> bool:
    """Have the ticket moved to Approved, if the company's rule covers the request.

    What is decided and what is used are one change of the store, so that no two requests get the
    same credits. Returns whether it is covered; why it is not shows nowhere, since a share that is
    used up would tell of an earlier request.
    """
    request = records.requests.find([reference])[reference]
    credits_ = _covered_credits(records, request, company_id, credits_max, now)
    if credits_ < 1 or not records.standing_rules.use(reference, company_id, credits_, now):
        return False
    records.requests.wish(
        reference,
        move_to=Stage.APPROVED,
        status_line=wording.APPROVED_BY_RULE,
        credits_to_grant=credits_,
    )
    records.journal.write("approved_by_rule", reference, now, company=company_id, credits=credits_)
    records.work.ask(Kind.WRITE_BACK, [reference], now)
    return True


def _covered_credits(
    records: Records, request: CreditRequest, company_id: str, credits_max: int, now: int
) -> int:
    """How many credits the company's rule gives; nought where a person has to look."""
    rule = records.standing_rules.find(company_id)
    if rule is None or not _is_untouched(records, request):
        return 0
    if not rule.holds_for(request.submitted_at, now):
        return 0
    since = rule.year_begin(now)
    used = records.standing_rules.find_used(company_id, request.reference, since)
    return automatic_credits(rule.terms, used, credits_max) if used else 0


def _is_untouched(records: Records, request: CreditRequest) -> bool:
    """Whether it is a proved, new request of which nothing is doubtful and nobody has decided."""
    return (
        request.confirmed
        and request.stage is Stage.NEW
        and request.move_to is None
        and request.attention is None
        and request.ticket_id is not None
        and request.ticket_state is TicketState.THERE
        and not records.grants.find([request.reference])
    )
