"""Is the journal whole, and does it agree with the grants?"""

from collections import Counter
from collections.abc import Sequence

from casework.grant_records import GrantState
from casework.records import Records, Store


def verify(store: Store) -> Sequence[str]:
    """What is wrong, in words; nothing if all is well."""
    return store.read(_verify)


def _verify(records: Records) -> Sequence[str]:
    wrong: list[str] = []
    broken = records.journal.find_break()
    if broken is not None:
        wrong.append(f"the journal breaks at line {broken}: it, or one before it, was changed")
    told = records.journal.find_facts("granted")
    times = Counter(reference for reference, _ in told)
    wrong += [
        f"{reference}: granted more than once, says the journal"
        for reference, number in sorted(times.items())
        if number > 1
    ]
    facts = dict(told)
    posted = {
        reference: grant
        for reference, grant in records.grants.find(records.grants.find_to_compare(0)).items()
        if grant.state is GrantState.POSTED
    }
    wrong += [
        f"{reference}: posted, but the journal does not tell of it"
        for reference in sorted(posted.keys() - facts.keys())
    ]
    wrong += [
        f"{reference}: the journal tells of credits, but the grant is not posted"
        for reference in sorted(facts.keys() - posted.keys())
    ]
    wrong += [
        f"{reference}: {posted[reference].credits} credits, receipt {posted[reference].receipt}; "
        f"the journal says {said['credits']}, receipt {said['receipt']}"
        for reference, said in sorted(facts.items())
        if reference in posted
        and (said["credits"], said["receipt"])
        != (posted[reference].credits, posted[reference].receipt)
    ]
    return wrong
