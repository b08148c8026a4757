"""What was under way when somebody asked to be forgotten is not taken in again.

A form's values come on two ways, and either may be late: so for a few days we know by its digest
who was forgotten.
"""

from dataclasses import replace

from casework.erasing import erase_client, erase_data
from casework.identifiers import Whose
from casework.records import Records
from casework.request import CreditRequest, Details, Role
from casework.request_records import NewRequest

#: For so long we know who was forgotten, in milliseconds: as long as a workflow may try again, and
#: rows have been seen to be late in the list. Counted to a reading of the list, however late.
REMEMBERED_FOR = 3 * 86_400_000
#: What was submitted so soon after its person was forgotten is still taken for what was under way,
#: in milliseconds: HubSpot's clock and ours may differ, by as much as its signatures allow.
FORGETTING_TAKES = 300_000


def is_forgotten(records: Records, new: NewRequest) -> bool:
    """Whether the client or the professional was forgotten a short while ago."""
    return bool(records.people.find_forgotten(_digests(new)))


def leave_out_client(records: Records, new: NewRequest, now: int) -> bool:
    """Keep only the submission's id, if its client was forgotten after it was submitted.

    So the list does not bring it when the client is no longer remembered either. Returns whether
    that was so.
    """
    if not _was_under_way(records, new, Role.CLIENT):
        return False
    records.requests.add(_without(new, Details("", "", "")), now, dormant=True)
    erase_data(records, new.reference, Role.CLIENT, now)
    records.people.mark_shown(new.reference, new.submission.conversion_id)
    records.journal.write("left_out", new.reference, now, role=Role.CLIENT)
    return True


def leave_out_of(records: Records, known: CreditRequest, new: NewRequest, now: int) -> bool:
    """Erase a request that turns out to be of a client who was forgotten.

    Returns whether nothing is left of it, now or since earlier.
    """
    if not known.erased:
        if not _was_under_way(records, new, Role.CLIENT):
            return False
        erase_client(records, known, now)
        records.journal.write("left_out", known.reference, now, role=Role.CLIENT)
    records.people.mark_shown(known.reference, new.submission.conversion_id)
    return True


def leave_out_professional(records: Records, new: NewRequest) -> NewRequest:
    """The request as it is; without its professional, if they were forgotten after submitting."""
    if not _was_under_way(records, new, Role.PROFESSIONAL):
        return new
    return _without(new, Details(new.submission.details.client_email, "", ""))


def _was_under_way(records: Records, new: NewRequest, role: Role) -> bool:
    forgotten_at = records.people.find_forgotten(_digests(new)).get(role)
    submitted_at = new.submission.submitted_at or 0
    return forgotten_at is not None and submitted_at <= forgotten_at + FORGETTING_TAKES


def _digests(new: NewRequest) -> dict[Role, str]:
    return {Role.CLIENT: new.client_digest, Role.PROFESSIONAL: new.professional_digest}


def _without(new: NewRequest, kept: Details) -> NewRequest:
    return replace(
        new,
        submission=replace(new.submission, details=kept),
        client_digest=new.client_digest if kept.client_email else "",
        professional_digest="",
        identifiers=[
            one
            for one in new.identifiers
            if kept.client_email and one.whose is not Whose.PROFESSIONAL
        ],
    )
