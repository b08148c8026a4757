"""Somebody asks to be forgotten (article 17): what is kept of them here is erased, for good.

What HubSpot, the credits platform and backups hold is not ours to erase; the report says where.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from casework.erasing import erase_client, erase_data, new_stand_in
from casework.errors import CreditsDeskError
from casework.grant_records import GrantState
from casework.journal_words import NamesSomebody, check_words
from casework.people import Elsewhere, Held, addresses_of, digests_of, find_elsewhere, find_held
from casework.ports import Sealer
from casework.records import Records, Store
from casework.request import CreditRequest, Role
from casework.work import Kind


@dataclass(frozen=True)
class Erased:
    """What was erased of one request, and where else something of the person is.

    ``submitted_at`` is in Unix milliseconds UTC. ``conversion_id`` is HubSpot's for the submission,
    or nothing where the list has not shown it.
    """

    reference: str
    role: Role
    submitted_at: int
    conversion_id: str | None
    ticket_id: str | None
    left: Sequence[Elsewhere]


@dataclass(frozen=True)
class Forgotten:
    """What was done. It names nobody.

    ``deliveries`` is how many forms that were not read yet were erased; ``blanked`` and ``waiting``
    are references of entries of the embedded ledger: erased, and left because nobody has exported
    them yet. ``purged`` is whether the erased bytes are gone from the database's log already.
    """

    requests: Sequence[Erased]
    deliveries: int
    blanked: Sequence[str]
    waiting: Sequence[str]
    purged: bool = False

    @property
    def anything(self) -> bool:
        """Whether there was anything of this person."""
        return bool(self.requests or self.deliveries or self.blanked or self.waiting)


def forget(
    email: str, *, by: str, reason: str, now: int, store: Store, sealer: Sealer
) -> Forgotten:
    """Erase what is kept of a person, as client and as professional, all or nothing.

    Raises :class:`CreditsDeskError` while credits are just being added, for what is on hold, for no
    address, and for words that the journal must not hold; then nothing was changed.
    """
    change = partial(_forget, sealer=sealer, email=email, by=by, reason=reason, now=now)
    try:
        done = store.write(change)
    except NamesSomebody:
        store.write(lambda records: records.journal.write("forget_refused", "", now))
        raise
    return Forgotten(
        done.requests, done.deliveries, done.blanked, done.waiting, purged=store.purge_log()
    )


def _forget(
    records: Records, *, sealer: Sealer, email: str, by: str, reason: str, now: int
) -> Forgotten:
    held = find_held(records, sealer, email)
    check_words([by, reason], [email, *addresses_of(records, held)])
    _refuse_while_sending(records, held)
    _refuse_on_hold(held)
    stand_in = new_stand_in()
    erased = [
        _erase(records, request, roles, now, stand_in) for request, roles in held.requests.items()
    ]
    blanked = _blank_entries(records, held)
    lines = {(one.reference, str(one.role)) for one in erased}
    lines |= {(reference, str(Role.CLIENT)) for reference in blanked}
    lines |= {("", "form")} if held.deliveries else set()
    for reference, role in sorted(lines):
        records.journal.write("forgotten", reference, now, by=by, reason=reason, role=role)
    _erase_deliveries(records, held, now)
    for role, digest in digests_of(sealer, email).items() if held.anything else ():
        records.people.remember(role, digest, now)
    waiting = [entry.reference for entry in held.entries if not entry.exported]
    return Forgotten(erased, len(held.deliveries), blanked, waiting)


def _refuse_while_sending(records: Records, held: Held) -> None:
    """An answer of the platform that is under way has to be written down first."""
    references = [one.reference for one, roles in held.requests.items() if Role.CLIENT in roles]
    grants = records.grants.find(references).values()
    sending = sorted(grant.reference for grant in grants if grant.state is GrantState.SENDING)
    if sending:
        raise CreditsDeskError(
            f"credits are just being added for {', '.join(sending)}: nothing was changed, try "
            "again in a few minutes"
        )


def _refuse_on_hold(held: Held) -> None:
    """Somebody has a reason to keep it, which has to be weighed first (article 17, section 3)."""
    on_hold = sorted(request.reference for request in held.requests if request.on_hold)
    if on_hold:
        raise CreditsDeskError(
            f"{', '.join(on_hold)}: on hold, so nothing was changed. Where the reason for that "
            "does not count any more, run `desk hold REFERENCE --release`, then this again"
        )


def _erase(
    records: Records, request: CreditRequest, roles: frozenset[Role], now: int, stand_in: str
) -> Erased:
    role = Role.CLIENT if Role.CLIENT in roles else Role.PROFESSIONAL
    left = find_elsewhere(records, request, role)
    if role is Role.CLIENT:
        erase_client(records, request, now, stand_in)
    else:
        erase_data(records, request.reference, role, now)
    return Erased(
        reference=request.reference,
        role=role,
        submitted_at=request.submitted_at,
        conversion_id=request.conversion_id,
        ticket_id=request.ticket_id,
        left=left,
    )


def _blank_entries(records: Records, held: Held) -> list[str]:
    """What was exported has served; what was not still has to be entered by hand."""
    exported = [entry for entry in held.entries if entry.exported]
    for entry in exported:
        records.ledger.blank(entry.key)
    return [entry.reference for entry in exported]


def _erase_deliveries(records: Records, held: Held, now: int) -> None:
    """The list of submissions is the truth, so nothing is lost with them but this person."""
    for id_ in held.deliveries:
        records.deliveries.set_outcome(id_, "erased")
    records.work.ask(Kind.RECEIVE, [str(id_) for id_ in held.deliveries], now)
