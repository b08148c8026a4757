"""Words by which people could be recognised are kept as long as they are needed, and no longer."""

from casework.egress import GUARD_CLOSED
from casework.identifiers import IDENTIFIERS_VERSION
from casework.records import Records
from casework.work import Kind


def refresh_identifiers(records: Records, now: int) -> None:
    """Have those made anew that other rules have made, and forget those nobody needs any more."""
    outdated = records.identifiers.find_outdated(IDENTIFIERS_VERSION, now - GUARD_CLOSED)
    records.work.ask_if_missing(Kind.IDENTIFY, outdated, now)
    records.identifiers.drop_closed(now - GUARD_CLOSED)
