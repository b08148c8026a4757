"""A submission becomes exactly one request, whichever way we are told of it, however often.

The list of submissions is the truth. A webhook is a hint that may come twice, late or never, and
may carry the values of a later submission of the same professional, so what it brings is a request
that stays unconfirmed until the list shows it.
"""

from dataclasses import replace

from casework import wording
from casework.call_attention import add_note, call_for_attention
from casework.claim_ticket import claim_ticket, is_left_to_list, with_doubt
from casework.egress import keyed
from casework.erasing import erase_data
from casework.identifiers import identifiers_of
from casework.leave_out import (
    FORGETTING_TAKES,
    is_forgotten,
    leave_out_client,
    leave_out_of,
    leave_out_professional,
)
from casework.organisations import plain_name
from casework.ports import MailKind, Sealer
from casework.records import Records, Store
from casework.request import CreditRequest, Details, Role, Submission, new_reference
from casework.request_records import NewRequest
from casework.typed_organisation import (
    ORGANISATION_WITHHELD,
    WITHHELD,
    IsCompany,
    clean_organisation,
    no_company,
    says_something,
)
from casework.wording import Attention
from casework.work import Kind

#: A workflow tries a webhook again for three days, so the same values within that are a repeat.
#: A second submission with the same values is told apart by the list of submissions.
REPEAT_WINDOW = 3 * 86_400_000
#: HubSpot's clock and ours may differ by so much, as when somebody has set ours back by an hour.
CLOCKS_DIFFER = 2 * 3_600_000
#: A webhook and a submission of one professional, this near in time, belong together.
ADOPTION_WINDOW = 600_000


def prepare(
    sealer: Sealer, submission: Submission, is_company: IsCompany = no_company
) -> NewRequest:
    """What a new request would be. It takes time, so it is done before anybody waits for us."""
    details = submission.details
    organisation = clean_organisation(submission.organisation, details.identity, is_company)
    attention = _attention_for(details, organisation)
    values = (details.client_email, submission.organisation, details.professional_email)
    return NewRequest(
        reference=new_reference(),
        submission=submission,
        organisation=organisation or "(not given)",
        fields_digest=sealer.digest("fields:" + "\x1f".join(map(folded, values))),
        client_digest=client_digest(sealer, details.client_email),
        professional_digest=professional_digest(sealer, details.professional_email),
        attention=attention,
        status_line=wording.status_for(attention) if attention else wording.RECEIVED,
        identifiers=keyed(sealer, identifiers_of(details.identity, organisation)),
    )


def companies_in(store: Store) -> IsCompany:
    """Knows the companies by the names they bear in the CRM."""
    return lambda name: store.read(lambda records: is_company_in(records, name))


def is_company_in(records: Records, name: str) -> bool:
    """Whether a company of the CRM's bears this name."""
    return records.companies.has_name(plain_name(name))


def client_digest(sealer: Sealer, client_email: str) -> str:
    """By which a client's requests are found."""
    return sealer.digest(f"client:{folded(client_email)}")


def professional_digest(sealer: Sealer, professional_email: str) -> str:
    """By which a professional's requests are found."""
    return sealer.digest(f"professional:{folded(professional_email)}")


def _attention_for(details: Details, organisation: str) -> Attention | None:
    if not details.complete:
        return Attention.INCOMPLETE
    return None if says_something(organisation) else Attention.ORGANISATION


def folded(value: str) -> str:
    """HubSpot lower-cases addresses and trims; two spellings of one value must agree."""
    return " ".join(value.split()).casefold()


def take_in_hint(records: Records, new: NewRequest, now: int) -> None:
    """What a webhook brought: a new request, unless it is one that we know.

    When in doubt it is one that we know, since the list brings whatever is really new. So is what
    a webhook tells of somebody who has just been forgotten.
    """
    if is_forgotten(records, new):
        return
    known = _find_by_id(records, new) or records.requests.find_same_fields(
        new.fields_digest, now - REPEAT_WINDOW
    )
    if known is None and new.submission.conversion_id is None:
        known = records.requests.find_unheard(
            new.professional_digest, now - ADOPTION_WINDOW, now + ADOPTION_WINDOW
        )
    if known:
        records.requests.set_heard(known.reference)
    elif not is_left_to_list(records, now):
        _add(records, new, now)


def take_in_certain(records: Records, new: NewRequest, now: int) -> bool:
    """A listed submission that certainly is a request we have: by its id, or its values.

    By its values only one that a webhook brought within the three days in which a workflow tries;
    the same values from another time are another request. Returns whether it was one.
    """
    when = new.submission.submitted_at or now
    known = _find_by_id(records, new) or records.requests.find_claimable(
        new.fields_digest,
        when - CLOCKS_DIFFER,
        when + REPEAT_WINDOW,
        when,
        when - FORGETTING_TAKES,
    )
    if known:
        _confirm(records, known, new, now)
    return known is not None or leave_out_client(records, new, now)


def take_in_orphaned(records: Records, new: NewRequest, now: int) -> bool:
    """A listed submission that has its ticket from before a restore. Returns whether it was one."""
    if _find_by_id(records, new) or leave_out_client(records, new, now):
        return True
    return claim_ticket(records, leave_out_professional(records, new), now)


def take_in_other(records: Records, new: NewRequest, now: int) -> None:
    """A listed submission that is none we know for certain.

    An unconfirmed request of the same professional from the same minutes, whose values match no
    submission, takes its values. Otherwise it is a new request.
    """
    if _find_by_id(records, new) or leave_out_client(records, new, now):
        return
    new = leave_out_professional(records, new)
    when = new.submission.submitted_at or now
    adopted = records.requests.find_adoptable(
        new.professional_digest, when - ADOPTION_WINDOW, when + ADOPTION_WINDOW
    )
    if adopted:
        _confirm(records, adopted, new, now)
    else:
        _add(records, with_doubt(records, new), now)


def _find_by_id(records: Records, new: NewRequest) -> CreditRequest | None:
    conversion_id = new.submission.conversion_id
    return records.requests.find_by_conversion(conversion_id) if conversion_id else None


def _add(records: Records, new: NewRequest, now: int) -> None:
    records.requests.add(new, now)
    if not new.professional_digest:
        erase_data(records, new.reference, Role.PROFESSIONAL, now)
    records.journal.write("received", new.reference, now, listed=int(new.submission.listed))
    records.work.ask(Kind.OPEN_TICKETS, [new.reference], now)
    records.work.ask(Kind.IDENTIFY, [new.reference], now)
    if new.submission.listed:
        records.work.ask(Kind.SWEEP_RESIDUE, [new.reference], now)
    records.work.ask(Kind.NOTIFY, [f"{new.reference}/{MailKind.RECEIVED}"], now)


def _confirm(records: Records, known: CreditRequest, new: NewRequest, now: int) -> None:
    """The list has shown the submission: its values hold from now on, and credits may flow."""
    if leave_out_of(records, known, new, now):
        return
    healed = known.attention == Attention.INCOMPLETE and new.attention is None
    if known.confirmed and not healed:
        return
    reference = known.reference
    if new.attention is Attention.INCOMPLETE:
        _doubt(records, known, new, now)
        return
    new = leave_out_professional(records, new)
    if not new.professional_digest:
        erase_data(records, reference, Role.PROFESSIONAL, now)
    if _had_to_be_withheld(records, reference):
        new = replace(new, organisation=WITHHELD)
    corrected = known.organisation != new.organisation
    _replace_contents(records, known, new, now)
    if corrected:
        records.requests.forget_match(reference)
    records.work.ask(Kind.MATCH_ORGANISATION, [reference], now)
    records.journal.write("confirmed", reference, now)
    records.work.ask(Kind.GRANT, [reference], now)
    records.work.ask(Kind.IDENTIFY, [reference], now)
    records.work.ask(Kind.SWEEP_RESIDUE, [reference], now)
    if healed:
        records.requests.wish(reference, status_line=new.status_line)
        records.work.ask(Kind.WRITE_BACK, [reference], now)
    elif corrected and known.ticket_id:
        call_for_attention(records, reference, Attention.CORRECTED, now)
    elif corrected:
        records.work.ask(Kind.WRITE_BACK, [reference], now)


def _replace_contents(records: Records, known: CreditRequest, new: NewRequest, now: int) -> None:
    """Other fields make another check value, and the ticket has to carry that."""
    records.requests.replace_contents(known.reference, new)
    if records.requests.find([known.reference])[known.reference].check != known.check:
        records.work.ask(Kind.WRITE_BACK, [known.reference], now)


def _had_to_be_withheld(records: Records, reference: str) -> bool:
    """Whether its ticket could not be opened with the organisation as typed."""
    lines = records.journal.find_lines(reference)
    return any(event == ORGANISATION_WITHHELD for _, event, _ in lines)


def _doubt(records: Records, known: CreditRequest, new: NewRequest, now: int) -> None:
    """The list shows less than the webhook did: keep what we have, and let a person look."""
    if known.attention == Attention.INCOMPLETE:
        return
    records.requests.set_conversion(known.reference, new.submission.conversion_id)
    records.work.ask(Kind.SWEEP_RESIDUE, [known.reference], now)
    if known.ticket_id is None:
        records.requests.wish(
            known.reference,
            attention=Attention.INCOMPLETE,
            status_line=wording.status_for(Attention.INCOMPLETE),
        )
        add_note(records, known.reference, Attention.INCOMPLETE, now)
    else:
        call_for_attention(records, known.reference, Attention.INCOMPLETE, now)
