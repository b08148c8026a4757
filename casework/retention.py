"""What is old enough to be erased, and what holds it back.

=======================================  ===================================================
what                                     its age counts from
=======================================  ===================================================
a closed request                         when it was closed
one whose ticket was deleted or merged   when it came to the stage where it stood
one that is only known of a backlog      when it was submitted
a delivery that was never read           when it arrived
an entry of the embedded ledger          when it was exported, to be entered by hand
an open request, an entry not exported   never erased: somebody has to close or export it first
=======================================  ===================================================
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from casework.grant_records import Grant, GrantState
from casework.records import Records
from casework.request import CreditRequest
from casework.retention_records import Old, Pending, Thing

DAY = 86_400_000
#: So long staff have to object, from when the mail server took the mail that tells them.
NOTICE = 7 * DAY
#: So much is looked at in one go.
MOST = 20_000
CHUNK = 500


class Why(StrEnum):
    """Why something old is not erased."""

    HOLD = "hold"
    OPEN = "open"
    GRANT = "grant"
    REVERSAL = "reversal"
    PARKED = "parked"
    UNREAD = "unread"
    WORK = "work"
    UNEXPORTED = "unexported"

    @property
    def needs_a_person(self) -> bool:
        """Whether staff are to be told; of a hold somebody knows, and work goes on by itself."""
        return self not in (Why.HOLD, Why.WORK)


#: What has to be done first. Each is a sentence for operators and staff.
WHAT_TO_DO: Mapping[Why, str] = {
    Why.HOLD: "on hold: run `desk hold --release` when it need not be kept any more",
    Why.OPEN: "still open: close its ticket",
    Why.GRANT: "credits are about to be added: look at its ticket",
    Why.REVERSAL: "credits are perhaps to be taken back: run `desk settle-reversal`",
    Why.PARKED: "something about it could not be done: run `desk parked`",
    Why.UNREAD: "a mail about it could not be read yet: run `desk parked`",
    Why.WORK: "something about it is being done",
    Why.UNEXPORTED: "its credits are not entered yet: run `desk ledger export`",
}


@dataclass(frozen=True)
class Kept:
    """Something old as it stands. ``erase_from``: not erased before then; nothing: not at all yet.

    ``stage`` is nothing where it is no request. Times are Unix milliseconds UTC.
    """

    thing: Thing
    key: str
    since: int
    stage: str
    erase_from: int | None
    why: Why | None


def old_until(now: int, days: int) -> int:
    """Whatever counts from then, or from earlier, is old. ``days`` is the setting."""
    return now - days * DAY


def find_why_kept(
    records: Records, requests: Mapping[str, CreditRequest], until: int
) -> Mapping[str, Why]:
    """What holds these requests back. Those that nothing does are left out."""
    references = list(requests)
    grants = records.grants.find(references)
    reversals = {one.reference for one in records.reversals.find_open()}
    pending = records.retention.find_pending(references)
    unread = records.retention.find_unread(references)
    return {
        reference: why
        for reference, request in requests.items()
        if (
            why := _why(
                (request.on_hold, Why.HOLD),
                (_is_pending(grants.get(reference)), Why.GRANT),
                (reference in reversals, Why.REVERSAL),
                (reference in unread, Why.UNREAD),
                (_waits_for_somebody(pending.get(reference, ()), until), Why.PARKED),
                (_goes_on(pending.get(reference, ())), Why.WORK),
            )
        )
    }


def _why(*reasons: tuple[bool, Why]) -> Why | None:
    return next((why for holds, why in reasons if holds), None)


def _is_pending(grant: Grant | None) -> bool:
    return grant is not None and grant.state in (GrantState.RESERVED, GrantState.SENDING)


def _waits_for_somebody(pending: Sequence[Pending], until: int) -> bool:
    """What nobody has retried for as long as things are kept, nobody will."""
    return any(one.parked_at is not None and one.parked_at > until for one in pending)


def _goes_on(pending: Sequence[Pending]) -> bool:
    return any(one.parked_at is None for one in pending)


def look_at_old(records: Records, what: Sequence[Old], until: int) -> list[Kept]:
    """How each of these stands, in their order."""
    found: list[Kept] = []
    for start in range(0, len(what), CHUNK):
        some = what[start : start + CHUNK]
        references = [old.key for old in some if old.thing in (Thing.REQUEST, Thing.WAITS)]
        requests = records.requests.find(references)
        why = find_why_kept(records, requests, until)
        found += [_kept(old, requests.get(old.key), why.get(old.key)) for old in some]
    return found


def _kept(old: Old, request: CreditRequest | None, why: Why | None) -> Kept:
    if old.thing is Thing.UNEXPORTED:
        why = Why.UNEXPORTED
    if old.thing is Thing.WAITS and why in (None, Why.WORK):
        why = Why.OPEN
    told = None if old.announced_at is None else old.announced_at + NOTICE
    return Kept(
        thing=old.thing,
        key=old.key,
        since=old.since,
        stage=str(request.stage) if request else "",
        erase_from=None if why else told,
        why=why,
    )


def find_all_kept(records: Records, now: int, days: int) -> Sequence[Kept]:
    """All that is old, and how it stands; and all requests on hold, old or not."""
    until = old_until(now, days)
    retention = records.retention
    old = [
        *retention.find_ripe(now, until, MOST),
        *retention.find_due(until, MOST),
        *retention.find_waiting(until, MOST),
    ]
    found = look_at_old(records, old, until)
    known = {one.key for one in found}
    held = [
        Old(Thing.REQUEST, reference, since)
        for reference, since in retention.find_on_hold()
        if reference not in known
    ]
    return found + look_at_old(records, held, until)
