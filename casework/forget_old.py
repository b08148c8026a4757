"""What was kept for long enough is erased, after staff were told and had time to object.

Once a day: first what was announced long enough ago is erased, then what has become due is
announced. Nothing is erased that was not announced, nor while anything about it is pending.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from casework.erasing import erase_old
from casework.errors import CreditsDeskError, Leak, Refused, Unavailable
from casework.ports import Digest, Mailer, OldRequest
from casework.records import Records, Store
from casework.retention import (
    CHUNK,
    DAY,
    MOST,
    NOTICE,
    WHAT_TO_DO,
    Kept,
    Why,
    look_at_old,
    old_until,
)
from casework.retention_records import Old, Thing
from casework.stages import MEANINGS, Stage
from casework.work import Kind
from casework.worker import WHOLE, Leftovers, LookAgain

log = logging.getLogger(__name__)

#: In the journal: who erased it.
BY = "retention"
#: So many references stand in a digest.
MOST_NAMED = 100
#: So much is erased before others in the lane have their turn.
_MOST_AT_ONCE = 2_000
#: While somebody reads what was there before, when to try to purge it again, in milliseconds.
PURGE_AGAIN = 600_000
#: A mail that was refused for good is tried again after so long, in milliseconds: not each minute.
_REFUSED_AGAIN = 6 * 3_600_000

_DIGEST_MARK = "retention_announced_at"
#: Since when something erased may still be in the store's files; 0 for nothing.
_PURGE_MARK = "retention_to_purge"


@dataclass(frozen=True)
class RetentionRules:
    """``days``: how long things are kept. ``staff``: the addresses of who is told."""

    days: int
    staff: Sequence[str]


def forget_old(
    _keys: Sequence[str],
    now: int,
    *,
    store: Store,
    mailer: Mailer | None,
    rules: RetentionRules,
    clock: Callable[[], int],
) -> Leftovers:
    """Erase what was announced, and announce what is due. Raises what the mail server says.

    ``clock`` tells when it took the mail, in Unix milliseconds.
    """
    until = old_until(now, rules.days)
    store.write(lambda records: records.retention.drop_stale())
    if _erase_announced(store, now, rules):
        return {WHOLE: LookAgain(now)}
    while store.write(lambda records: records.deliveries.drop_read(until, CHUNK)) == CHUNK:
        pass
    purged = _purge(store)
    _announce(store, mailer, rules, now, clock)
    return {WHOLE: LookAgain(now + (DAY if purged else PURGE_AGAIN))}


def _erase_announced(store: Store, now: int, rules: RetentionRules) -> bool:
    """Returns whether there may be more that can be erased now."""
    until = old_until(now, rules.days)
    ripe = store.read(lambda r: r.retention.find_ripe(now - NOTICE, until, MOST))
    erased = 0
    for start in range(0, len(ripe), CHUNK):
        if erased >= _MOST_AT_ONCE:
            return True
        some = ripe[start : start + CHUNK]
        erased += store.write(partial(_erase, what=some, now=now, rules=rules))
    return False


def _erase(records: Records, what: Sequence[Old], now: int, rules: RetentionRules) -> int:
    """Erase those of which nothing is pending at this very moment. Returns how many."""
    free = [kept for kept in look_at_old(records, what, old_until(now, rules.days)) if not kept.why]
    for kept in free:
        reference = _erase_one(records, kept, now)
        records.retention.drop(kept.thing, kept.key)
        records.journal.write(
            "forgotten",
            reference,
            now,
            by=BY,
            reason=f"kept for {rules.days} days",
            role=_ROLE[kept.thing],
        )
    if free:
        records.marks.set(_PURGE_MARK, now)
    return len(free)


#: As the journal tells it when somebody asks to be forgotten.
_ROLE = {Thing.REQUEST: "client", Thing.ENTRY: "client", Thing.DELIVERY: "form"}


def _erase_one(records: Records, kept: Kept, now: int) -> str:
    """Returns the reference, where it is known."""
    if kept.thing is Thing.REQUEST:
        erase_old(records, records.requests.find([kept.key])[kept.key], now)
        return kept.key
    if kept.thing is Thing.ENTRY:
        return records.ledger.blank(kept.key)
    records.deliveries.set_outcome(int(kept.key), "erased")
    records.work.ask(Kind.RECEIVE, [kept.key], now)
    return ""


def _purge(store: Store) -> bool:
    """See to it that nothing erased is left in the files. Returns whether all is done for that."""
    if not store.read(lambda records: records.marks.find(_PURGE_MARK)):
        return True
    if not store.purge_log() and not store.clears_itself:
        return False
    store.write(lambda records: records.marks.set(_PURGE_MARK, 0))
    return True


def _announce(
    store: Store,
    mailer: Mailer | None,
    rules: RetentionRules,
    now: int,
    clock: Callable[[], int],
) -> None:
    """Tell staff of what is new, once a day at most.

    What was planned is kept before the mail goes out, so after a crash the same mail goes again.
    """
    last = store.read(lambda records: records.marks.find(_DIGEST_MARK))
    if last is not None and now - last < DAY:
        return
    if store.read(lambda records: records.retention.find_planned()) is None:
        new = store.read(lambda records: _find_new(records, now, rules))
        store.write(lambda records: records.retention.plan(new, now))
    digest = store.read(lambda records: _compose(records, now, rules))
    if digest is None:
        return
    told = _tell(digest, mailer, rules.staff)
    store.write(partial(_record, digest=digest, told=told, now=clock()))


def _find_new(records: Records, now: int, rules: RetentionRules) -> Sequence[Old]:
    """What is due and free; and what needs a person first, of which nobody was told yet."""
    until = old_until(now, rules.days)
    due = look_at_old(records, records.retention.find_due(until, MOST), until)
    free = [Old(kept.thing, kept.key, kept.since) for kept in due if not kept.why]
    waiting = [Old(_as_waiting(kept), kept.key, kept.since) for kept in _waiting(records, until)]
    told = records.retention.find_told(waiting)
    return free + [old for old in waiting if (old.thing, old.key) not in told]


def _as_waiting(kept: Kept) -> Thing:
    return Thing.WAITS if kept.thing is Thing.REQUEST else kept.thing


def _waiting(records: Records, until: int) -> Sequence[Kept]:
    """All that needs a person first, oldest first."""
    old = [
        *records.retention.find_due(until, MOST),
        *records.retention.find_waiting(until, MOST),
    ]
    found = look_at_old(records, sorted(old, key=lambda one: (one.since, one.key)), until)
    return [kept for kept in found if kept.why and kept.why.needs_a_person]


def _compose(records: Records, now: int, rules: RetentionRules) -> Digest | None:
    """The digest of all that is planned: what it does not tell of is not announced."""
    planned = records.retention.find_planned()
    if planned is None:
        return None
    planned_at, what = planned
    until = old_until(now, rules.days)
    found = look_at_old(records, what, until)
    requests = [kept for kept in found if kept.thing is Thing.REQUEST]
    waiting = _waiting(records, until)
    return Digest(
        planned_at=planned_at,
        erase_from=now + NOTICE,
        days=rules.days,
        requests=[_in_digest(kept) for kept in requests[:MOST_NAMED]],
        requests_more=max(0, len(requests) - MOST_NAMED),
        deliveries=sum(kept.thing is Thing.DELIVERY for kept in found),
        entries=sum(kept.thing is Thing.ENTRY for kept in found),
        waiting=[_what_to_do(kept) for kept in waiting[:MOST_NAMED]],
        waiting_more=max(0, len(waiting) - MOST_NAMED),
    )


def _in_digest(kept: Kept) -> OldRequest:
    return OldRequest(kept.key, MEANINGS[Stage(kept.stage)].label, kept.since // DAY * DAY)


def _what_to_do(kept: Kept) -> tuple[str, str]:
    return kept.key, WHAT_TO_DO[kept.why or Why.OPEN]


def _tell(digest: Digest, mailer: Mailer | None, staff: Sequence[str]) -> int:
    """Send the digest to everybody. Returns how many it reached; raises if it was nobody.

    With no mail server, or no staff, there is nobody to tell; privacy does not wait for that.
    """
    if mailer is None or not staff:
        log.warning("nobody is told of what will be erased: SMTP_URL or STAFF_EMAILS is not set")
        return 0
    errors = [error for address in staff if (error := _tell_one(digest, mailer, address))]
    if len(errors) == len(staff):
        raise _later(errors[0])
    for error in errors:
        log.warning("somebody of STAFF_EMAILS was not told of what will be erased: %s", error)
    return len(staff) - len(errors)


def _tell_one(digest: Digest, mailer: Mailer, address: str) -> CreditsDeskError | None:
    try:
        mailer.tell_staff(digest, address)
    except CreditsDeskError as error:
        return error
    return None


def _later(error: CreditsDeskError) -> CreditsDeskError:
    """What was refused for good may be mended by somebody; until then it is tried now and then."""
    if isinstance(error, Leak | Refused):
        return Unavailable(
            "mail server", "tell staff what will be erased", str(error), retry_after=_REFUSED_AGAIN
        )
    return error


def _record(records: Records, digest: Digest, told: int, now: int) -> None:
    records.retention.announce(now)
    records.marks.set(_DIGEST_MARK, now)
    records.journal.write(
        "retention_announced",
        "",
        now,
        requests=digest.all_requests,
        deliveries=digest.deliveries,
        entries=digest.entries,
        waiting=len(digest.waiting) + digest.waiting_more,
        told=told,
    )
