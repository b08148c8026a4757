"""Incidents: each time somebody could have been recognised, and until when to tell an authority.

Article 33 of the GDPR gives 72 hours from when one is aware of a breach. Whether an incident was
one is for a person to judge; until somebody has looked, the hours are counted from the moment at
which the service noticed, which is the careful reading.
Source: https://eur-lex.europa.eu/eli/reg/2016/679/oj (article 33)
"""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.guard_texts import STAYS
from casework.guard_texts import WHERE as TYPED
from casework.records import Records

#: In milliseconds.
TELL_WITHIN = 72 * 3_600_000
_LOG = "log:"

_STOPPED = (
    "Nothing was sent. Find out why the words were there, mend that, and run `desk retry all`."
)
_IN_THE_LOG = (
    "The line was written without what was filled in, so nothing got out. Mend what wrote it."
)
_TYPED = (
    "Somebody typed it on the ticket. It was put back, but the property's history keeps it, and "
    "whoever had the ticket open may have read it: ask who did, and whether it was mailed to "
    "anybody. If the organisation can have seen it, it is a breach: tell the authority, and the "
    "client through the professional."
)
_STAYS = (
    "Somebody typed it on the ticket, where it still stands: it looks like nobody's name, and "
    "taking it off by itself would have told that it is right. Have it replaced together with "
    "other words, and ask who may have read it: the property's history keeps it. If the "
    "organisation can have seen it, it is a breach: tell the authority, and the client through "
    "the professional."
)
_ELSEWHERE = (
    "Look at the place by hand, find out who can have read it, and decide whether it is a breach."
)


@dataclass(frozen=True)
class Incident:
    """Somebody could have been recognised. ``where`` names a place and never what was there.

    ``tell_by`` is until when a supervisory authority has to be told, if it was a breach. Both times
    are Unix milliseconds UTC.
    """

    at: int
    where: str
    reference: str
    tell_by: int
    what_to_do: str


def find_incidents(records: Records) -> Sequence[Incident]:
    """All of them, oldest first."""
    return [
        Incident(at, where, reference, at + TELL_WITHIN, what_to_do(where))
        for at, reference, facts in records.journal.find_incidents()
        if (where := str(facts.get("where", "")))
    ]


def what_to_do(where: str) -> str:
    """In plain words, for the operator who looks."""
    if where.startswith(_LOG):
        return _IN_THE_LOG
    if where.startswith(STAYS):
        return _STAYS
    if where.startswith(TYPED):
        return _TYPED
    return _STOPPED if ": " in where else _ELSEWHERE
