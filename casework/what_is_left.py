"""What submissions have left in the CRM, in plain words: where it is, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework import wording
from casework.errors import CreditsDeskError
from casework.records import Records
from casework.request import CreditRequest
from casework.residue_records import Leftover, Place


@dataclass(frozen=True)
class Left:
    """One thing that is left of a request. Times are Unix milliseconds UTC."""

    reference: str
    place: Place
    field: str
    seen_at: int
    submitted_at: int
    conversion_id: str
    what_to_do: str


def find_left(records: Records, reference: str = "", most: int | None = None) -> Sequence[Left]:
    """What is left of this request, or of all: what was seen first, no more than ``most``.

    Raises :class:`CreditsDeskError` where there is no such request.
    """
    if reference and not records.requests.find([reference]):
        raise CreditsDeskError("there is no request with this reference")
    leftovers = records.residue.find([reference] if reference else [], most)
    requests = records.requests.find(sorted({one.reference for one in leftovers}))
    return [_tell(one, requests[one.reference]) for one in leftovers if one.reference in requests]


def _tell(one: Leftover, request: CreditRequest) -> Left:
    conversion_id = request.conversion_id or ""
    told = _WHAT_TO_DO[one.place].format(
        field=one.field,
        day=wording.day(request.submitted_at),
        id=f", conversion id {conversion_id}" if conversion_id else "",
    )
    return Left(
        one.reference,
        one.place,
        one.field,
        one.seen_at,
        request.submitted_at,
        conversion_id,
        told,
    )


_WHAT_TO_DO = {
    Place.SUBMISSION: (
        "The submission of {day}{id} is in the form's list: delete it under Forms → the form → "
        "Submissions. No API deletes it; where the page offers no way either, ask HubSpot's "
        "support."
    ),
    Place.HISTORY: (
        "The history of “{field}” on the professional's contact keeps what was typed. Entries of a "
        "history cannot be deleted one by one: limit who may see this property and its history, or "
        "delete the contact permanently, which takes its whole history along."
    ),
    Place.PROPERTY: (
        "“{field}” on the professional's contact held a value that was not this submission's when "
        "it was looked at. Look whether a newer submission wrote it, which is swept in its own "
        "turn; if not, clear it by hand."
    ),
}
