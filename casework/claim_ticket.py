"""After a restore a submission that we have forgotten takes up the ticket again that it has.

Its reference comes back with the ticket, and with the reference the permanent key under which its
credits were or will be added: so nothing is granted twice, and no approval goes unheard.
"""

from dataclasses import replace

from casework import wording
from casework.erasing import erase_data
from casework.orphan_records import OrphanedTicket
from casework.records import Records
from casework.relink import RESTORED_MARK
from casework.request import Role
from casework.request_records import NewRequest
from casework.stages import Stage
from casework.typed_organisation import ORGANISATION_WITHHELD, WITHHELD
from casework.wording import Attention
from casework.work import Kind

#: HubSpot's clock and the new machine's may differ by so much, in milliseconds: better a person
#: looks once more than that a ticket is taken for another's.
CLOCKS_DIFFER = 2 * 3_600_000
#: For so long after a restore a webhook is left to the list of submissions, in milliseconds: as
#: long as a workflow tries again to tell of what was submitted before.
HINTS_WAIT = 3 * 86_400_000


def claim_ticket(records: Records, new: NewRequest, now: int) -> bool:
    """Write a submission down as its own orphaned ticket's request. Returns whether it has one.

    The ticket stays as it is. What staff have done to it meanwhile is read, and the credits
    platform is asked what it has under the reference's key. The professional got the mail that says
    that it was received when the ticket was opened, and gets no other.
    """
    orphan = records.orphans.take(new.fields_digest) if _is_from_before(records, new) else None
    if orphan is None:
        return False
    _add_with(records, orphan, new, now)
    reference = orphan.reference
    records.journal.write("relinked", reference, now, ticket=orphan.ticket_id)
    records.work.ask(Kind.COMPARE_RESTORED, [reference], now)
    records.work.ask(Kind.FOLLOW_STAGES, [orphan.ticket_id], now)
    records.work.ask(Kind.IDENTIFY, [reference], now)
    records.work.ask(Kind.SWEEP_RESIDUE, [reference], now)
    return True


def _add_with(records: Records, orphan: OrphanedTicket, new: NewRequest, now: int) -> None:
    """The same fields make the same texts, so the ticket shows what we would write."""
    organisation = WITHHELD if orphan.withheld else new.organisation
    known = replace(new, reference=orphan.reference, organisation=organisation)
    records.requests.add(known, now)
    records.requests.set_ticket(
        orphan.reference,
        orphan.ticket_id,
        Stage.NEEDS_ATTENTION if new.attention else Stage.NEW,
        organisation,
        orphan.check,
    )
    if orphan.withheld:
        records.journal.write(ORGANISATION_WITHHELD, orphan.reference, now)
    if not new.professional_digest:
        erase_data(records, orphan.reference, Role.PROFESSIONAL, now)


def with_doubt(records: Records, new: NewRequest) -> NewRequest:
    """A new request as it is; to be looked at, if one of the orphaned tickets may be its own.

    So where staff or a forgotten person changed the ticket, or it has no check value yet.
    """
    doubtful = _is_from_before(records, new) and not records.orphans.is_empty()
    if not doubtful or new.attention == Attention.INCOMPLETE:
        return new
    status_line = wording.status_for(Attention.RESTORED)
    return replace(new, attention=Attention.RESTORED, status_line=status_line)


def is_left_to_list(records: Records, now: int) -> bool:
    """Whether a webhook may tell of what has an orphaned ticket, which only the list can prove."""
    restored_at = records.marks.find(RESTORED_MARK)
    lately = restored_at is not None and now - restored_at < HINTS_WAIT
    return lately and not records.orphans.is_empty()


def _is_from_before(records: Records, new: NewRequest) -> bool:
    """Whether it was submitted before the last restore: what came later can have no older ticket.

    Only the list of submissions tells when that was.
    """
    restored_at = records.marks.find(RESTORED_MARK)
    submitted_at = new.submission.submitted_at
    if restored_at is None or submitted_at is None:
        return False
    return submitted_at <= restored_at + CLOCKS_DIFFER
