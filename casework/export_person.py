"""Somebody asks what is kept of them (articles 15 and 20): all of it, and nothing of anybody else.

The other party's address and the names of operators are left out; the result says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from casework.journal_words import NamesSomebody, check_words
from casework.people import Held, addresses_of, find_elsewhere, find_held
from casework.ports import Sealer
from casework.records import Records, Store
from casework.request import CreditRequest, Role

#: Lines of the journal name operators by this. They are not the person's own data.
_OPERATOR = "by"


@dataclass(frozen=True)
class PersonalExport:
    """All that is kept of one person, ready for JSON. ``repr`` shows none of it."""

    requests: Sequence[Mapping[str, Any]]
    deliveries: int
    ledger: Sequence[Mapping[str, Any]]

    @property
    def anything(self) -> bool:
        """Whether there is anything."""
        return bool(self.requests or self.deliveries or self.ledger)

    def __repr__(self) -> str:
        return f"PersonalExport({len(self.requests)} requests)"


def export_person(
    email: str, *, by: str, reason: str, now: int, store: Store, sealer: Sealer
) -> PersonalExport:
    """Open what is kept of a person, and write down who asked for it and why, all in one.

    Raises :class:`~casework.errors.CreditsDeskError` for no address, and for words that the
    journal must not hold.
    """
    change = partial(_export, sealer=sealer, email=email, by=by, reason=reason, now=now)
    try:
        return store.write(change)
    except NamesSomebody:
        store.write(lambda records: records.journal.write("export_refused", "", now))
        raise


def _export(
    records: Records, *, sealer: Sealer, email: str, by: str, reason: str, now: int
) -> PersonalExport:
    held = find_held(records, sealer, email)
    check_words([by, reason], [email, *addresses_of(records, held)])
    found = PersonalExport(
        requests=[
            _describe(records, request, role)
            for request, roles in held.requests.items()
            for role in sorted(roles)
        ],
        deliveries=len(held.deliveries),
        ledger=_describe_entries(held),
    )
    references = {request.reference for request in held.requests}
    references |= {entry.reference for entry in held.entries}
    for reference in sorted(references) or ([""] if found.anything else []):
        records.journal.write("exported", reference, now, by=by, reason=reason)
    return found


def _describe(records: Records, request: CreditRequest, role: Role) -> Mapping[str, Any]:
    reference = request.reference
    return {
        "role": role,
        "reference": reference,
        "organisation_as_typed": request.organisation,
        "submitted": _iso(request.submitted_at),
        "stage": request.stage,
        "stage_since": _iso(request.stage_since),
        "submission_id": request.conversion_id,
        "ticket_id": request.ticket_id,
        "reason_shown_to_staff": records.requests.get_redacted_reason(reference),
        "own_words": _open(records, reference, role),
        "left_out": _left_out(role),
        "grant": _describe_grant(records, reference),
        "mails_to_the_professional": [
            {"kind": kind, "sent": _iso(at)} for kind, at in records.sent.find_mails(reference)
        ],
        "journal": [
            {"at": _iso(at), "event": event, **_without_operator(facts)}
            for at, event, facts in records.journal.find_lines(reference)
        ],
        "held_elsewhere": list(find_elsewhere(records, request, role)),
    }


def _open(records: Records, reference: str, role: Role) -> Mapping[str, str]:
    """A client's own is the address, and the reason given about them; a professional wrote it."""
    details = records.requests.get_details(reference)
    if role is Role.CLIENT:
        return {
            "client_email": details.client_email,
            "client_name": details.client_name,
            "reason_given_about_you": details.reason,
        }
    return {"professional_email": details.professional_email, "reason_you_wrote": details.reason}


def _left_out(role: Role) -> str:
    other = Role.PROFESSIONAL if role is Role.CLIENT else Role.CLIENT
    return f"the {other}'s address, and the names of operators in the journal"


def _without_operator(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in facts.items() if name != _OPERATOR}


def _describe_grant(records: Records, reference: str) -> Mapping[str, Any] | None:
    grant = records.grants.find([reference]).get(reference)
    if grant is None:
        return None
    return {
        "credits": grant.credits,
        "state": grant.state,
        "reserved": _iso(grant.reserved_at),
        "sent": _iso(grant.sent_at),
        "added": _iso(grant.posted_at),
        "receipt": grant.receipt,
    }


def _describe_entries(held: Held) -> list[Mapping[str, Any]]:
    return [
        {
            "reference": entry.reference,
            "client_email": entry.client_email,
            "entered_by_hand_from_an_export": entry.exported,
        }
        for entry in held.entries
    ]


def _iso(at: int | None) -> str | None:
    """A time as ISO 8601, UTC."""
    if at is None:
        return None
    return datetime.fromtimestamp(at / 1000, UTC).isoformat().replace("+00:00", "Z")
