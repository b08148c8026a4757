"""The worker: asks what is not yet as it should be, has it done, and records how it went.

It looks at state, not at messages, so every step may be killed anywhere and run again. A step takes
up to :data:`BATCH` keys at once because the CRM's calls do.
"""

import logging
import random
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from casework.errors import CreditsDeskError, NotKept, Unavailable
from casework.records import Records, Store
from casework.work import Kind, WorkItem

log = logging.getLogger(__name__)

#: The one key of work that is not about one thing.
WHOLE = "all"

#: Keys in one go; HubSpot takes 100 rows a call.
BATCH = 100
FIRST_PAUSE = 1_000
LONGEST_PAUSE = 300_000
#: A piece of work that has failed for this long is parked, in milliseconds.
GIVE_UP_AFTER = 7 * 86_400_000

#: A kind of which something is due gets a turn after so long at the latest, in milliseconds.
LONGEST_WAIT_FOR_A_TURN = 60_000

#: A lane is owned by one worker at a time. What waits for a slow service has a lane of its own.
#: What comes first in a lane is done first: what somebody waits for, before looking at everything.
LANES: dict[str, tuple[Kind, ...]] = {
    "intake": (Kind.RECEIVE,),
    "crm": (
        Kind.RELINK_TICKETS,
        Kind.OPEN_TICKETS,
        Kind.FOLLOW_STAGES,
        Kind.WRITE_BACK,
        Kind.SEND_LETTER,
        Kind.ADD_NOTE,
        Kind.MATCH_ORGANISATION,
        Kind.TELL_REASON,
        Kind.READ_MESSAGES,
        Kind.READ_SUBMISSIONS,
        Kind.CHECK_CONTACTS,
        Kind.WATCH_TICKETS,
        Kind.SYNC_COMPANIES,
        Kind.SWEEP_TICKETS,
        Kind.SWEEP_RESIDUE,
        Kind.SWEEP_MESSAGES,
    ),
    "grants": (Kind.GRANT,),
    "compare": (Kind.COMPARE_RESTORED, Kind.COMPARE_GRANTS, Kind.IDENTIFY),
    "mail": (Kind.NOTIFY, Kind.FORGET_OLD),
}

#: Work that comes round for ever is never given up on.
RECURRING = frozenset(
    {
        Kind.READ_SUBMISSIONS,
        Kind.SWEEP_TICKETS,
        Kind.SWEEP_MESSAGES,
        Kind.SYNC_COMPANIES,
        Kind.COMPARE_GRANTS,
        Kind.FORGET_OLD,
    }
)

#: Nor is what has to be known after a restore before anything else can be told.
_NEVER_PARKED = RECURRING | {Kind.RELINK_TICKETS, Kind.COMPARE_RESTORED}


@dataclass(frozen=True)
class LookAgain:
    """Nothing is wrong, but the key has to be looked at again at ``due``, in Unix milliseconds."""

    due: int


#: What a step leaves over: for each key that is not done, why. Keys not named are done.
Leftovers = Mapping[str, CreditsDeskError | LookAgain]
Step = Callable[[Sequence[str], int], Leftovers]


def each_alone(keys: Sequence[str], do: Callable[[str], LookAgain | None]) -> Leftovers:
    """Do something for each key; what goes wrong with one of them is left over alone."""
    leftovers: dict[str, CreditsDeskError | LookAgain] = {}
    for key in keys:
        try:
            again = do(key)
        except NotKept:
            raise
        except CreditsDeskError as error:
            leftovers[key] = error
        else:
            if again is not None:
                leftovers[key] = again
    return leftovers


class Defect(CreditsDeskError):
    """A step failed in a way nobody foresaw. Its message names only the kind and the place."""

    can_retry = True


class Turns:
    """Whose turn it is in a lane: the first kind's, unless another has waited too long for one."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self.kinds = kinds
        self._last = dict.fromkeys(kinds, 0)

    def order(self, now: int) -> Sequence[Kind]:
        """The kinds in the order in which they are to be asked for, those that waited first."""
        return sorted(self.kinds, key=lambda kind: not self._has_waited(kind, now))

    def _has_waited(self, kind: Kind, now: int) -> bool:
        return now - self._last[kind] > LONGEST_WAIT_FOR_A_TURN

    def take(self, kind: Kind, now: int) -> None:
        """This kind has its turn."""
        self._last[kind] = now


def run_round(
    store: Store,
    steps: Mapping[Kind, Step],
    kinds: Sequence[Kind],
    clock: Callable[[], int],
    turns: Turns | None = None,
) -> bool:
    """Do one batch of what is due. Returns whether there was anything to do.

    ``turns`` sees to it that no kind waits for ever; without it the first of the kinds goes first.
    """
    order = turns.order(clock()) if turns else kinds
    items = store.read(lambda records: records.work.find_due(order, clock(), BATCH))
    if not items:
        return False
    if turns:
        turns.take(items[0].kind, clock())
    leftovers = _attempt(steps[items[0].kind], [item.key for item in items], clock)
    now = clock()
    store.write(lambda records: _settle(records, items, leftovers, now))
    return True


def _attempt(step: Step, keys: Sequence[str], clock: Callable[[], int]) -> Leftovers:
    """Run a step; where a whole batch fails for good, find out which key it was."""
    try:
        return step(keys, clock())
    except NotKept:
        raise
    except CreditsDeskError as error:
        if not error.can_retry and len(keys) > 1:
            return _one_by_one(step, keys, clock)
        return dict.fromkeys(keys, error)
    except Exception as error:  # noqa: BLE001 - a defect in one key must not stop the lane
        if len(keys) > 1:
            return _one_by_one(step, keys, clock)
        defect = Defect(place_of(error))
        log.error("defect in a step: %s", defect)
        return dict.fromkeys(keys, defect)


def _one_by_one(step: Step, keys: Sequence[str], clock: Callable[[], int]) -> Leftovers:
    leftovers: dict[str, CreditsDeskError | LookAgain] = {}
    for key in keys:
        leftovers.update(_attempt(step, [key], clock))
    return leftovers


def place_of(error: Exception) -> str:
    """Where it happened. The error's own message may quote personal data, so it is left out."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {last.name}, line {last.lineno}"


def _settle(records: Records, items: Sequence[WorkItem], leftovers: Leftovers, now: int) -> None:
    for item in items:
        match leftovers.get(item.key):
            case None:
                records.work.finish(item, now)
            case LookAgain(due=due):
                records.work.look_again(item, due, now)
            case error:
                _put_off_or_park(records, item, error, now)


def _put_off_or_park(records: Records, item: WorkItem, error: CreditsDeskError, now: int) -> None:
    failing_since = item.first_failed_at or now
    hopeless = not error.can_retry or now - failing_since > GIVE_UP_AFTER
    if hopeless and item.kind not in _NEVER_PARKED:
        log.error("parked %s: %s", item.kind, error)
        records.work.park(item, str(error), now)
        return
    log.warning("%s failed, to be tried again: %s", item.kind, error)
    records.work.put_off(item, now + pause_after(item.attempts, error), str(error), now)


def pause_after(attempts: int, error: CreditsDeskError) -> int:
    """How long to wait after so many failures: twice as long each time, with jitter, in ms."""
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(attempts, 20))
    asked_for = error.retry_after or 0 if isinstance(error, Unavailable) else 0
    return max(asked_for, random.randint(longest // 2, longest))
