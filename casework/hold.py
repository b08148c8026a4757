"""A request is kept whatever its age, because somebody has a reason for it: a dispute, an audit."""

from functools import partial

from casework.errors import CreditsDeskError
from casework.journal_words import NamesSomebody, check_words
from casework.records import Records, Store
from casework.retention_records import Thing


def set_hold(reference: str, *, on: bool, by: str, reason: str, now: int, store: Store) -> None:
    """Hold a request, or release it. The journal tells who did, and why.

    What staff were told of a held request counts no more: once released it is announced anew.
    Raises :class:`CreditsDeskError` where there is nothing to hold or release, and
    :class:`~casework.journal_words.NamesSomebody`, which leaves a line.
    """
    change = partial(_set_hold, reference=reference, on=on, by=by, reason=reason, now=now)
    try:
        store.write(change)
    except NamesSomebody:
        store.write(lambda records: records.journal.write("hold_refused", reference, now))
        raise


def _set_hold(
    records: Records, *, reference: str, on: bool, by: str, reason: str, now: int
) -> None:
    request = records.requests.find([reference]).get(reference)
    if request is None:
        raise CreditsDeskError("there is no request with this reference")
    if on and request.erased:
        raise CreditsDeskError(f"{reference} was erased: there is nothing to keep any more")
    if on is request.on_hold:
        raise CreditsDeskError(f"{reference} is {'on hold already' if on else 'not on hold'}")
    check_words([by, reason], records.requests.get_details(reference).called)
    records.retention.set_hold(reference, now if on else None)
    records.retention.drop(Thing.REQUEST, reference)
    records.journal.write("hold" if on else "hold_released", reference, now, by=by, reason=reason)
