"""A sealed field is opened for one named person, with a reason, and never without a trace."""

from enum import StrEnum
from functools import partial

from casework.errors import CreditsDeskError
from casework.journal_words import NamesSomebody, check_words
from casework.records import Records, Store
from casework.request import CreditRequest


class SealedField(StrEnum):
    """What may be revealed."""

    CLIENT_EMAIL = "client_email"
    PROFESSIONAL_EMAIL = "professional_email"
    REASON = "reason"
    CLIENT_NAME = "client_name"


def reveal(
    reference: str, field: SealedField, *, by: str, reason: str, now: int, store: Store
) -> str:
    """Open a field, and write down who opened it and why, all in one.

    When this returns the journal's line is on the disk. Raises :class:`CreditsDeskError` where
    there is nothing to open, and :class:`~casework.journal_words.NamesSomebody`, which leaves a
    line too: whoever tries words would learn which of them stand in an address.
    """
    look = partial(_reveal, reference=reference, field=field, by=by, reason=reason, now=now)
    try:
        return store.write(look)
    except NamesSomebody:
        store.write(lambda r: r.journal.write("reveal_refused", reference, now, field=field))
        raise


def _reveal(
    records: Records, *, reference: str, field: SealedField, by: str, reason: str, now: int
) -> str:
    request = records.requests.find([reference]).get(reference)
    if request is None:
        raise CreditsDeskError("there is no request with this reference")
    if _is_erased(request, field):
        raise CreditsDeskError(f"{field} of {reference} was erased")
    details = records.requests.get_details(reference)
    check_words([by, reason], details.called)
    records.journal.write("revealed", reference, now, by=by, reason=reason, field=field)
    found: str = vars(details)[field]
    return found


def _is_erased(request: CreditRequest, field: SealedField) -> bool:
    of_professional = field in (SealedField.PROFESSIONAL_EMAIL, SealedField.REASON)
    return request.erased or (of_professional and request.professional_erased)
