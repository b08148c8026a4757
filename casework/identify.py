"""By what words a client may be named is learnt anew: where the credits platform tells a name, and
where the rules by which such words are found have changed.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from casework.call_attention import call_for_attention
from casework.egress import keyed, report
from casework.identifiers import IDENTIFIERS_VERSION, identifiers_of
from casework.identity import Identity
from casework.ports import CreditsAccount, Sealer
from casework.records import Records, Store
from casework.request import CreditRequest, Details
from casework.take_in import is_company_in
from casework.typed_organisation import clean_organisation, says_something
from casework.wording import Attention
from casework.work import Kind
from casework.worker import Leftovers, each_alone


def identify(
    keys: Sequence[str], now: int, *, store: Store, sealer: Sealer, account: CreditsAccount
) -> Leftovers:
    """Learn the clients' names, and write down by which words they could be recognised."""
    return each_alone(keys, lambda reference: _identify(reference, now, store, sealer, account))


def _identify(
    reference: str, now: int, store: Store, sealer: Sealer, account: CreditsAccount
) -> None:
    details = store.read(lambda records: records.requests.get_details(reference))
    name = account.find_client_name(details.client_email) if details.names_client else None
    named = replace(details, client_name=name or details.client_name)
    store.write(partial(_record, reference=reference, named=named, sealer=sealer, now=now))


def _record(records: Records, reference: str, named: Details, sealer: Sealer, now: int) -> None:
    """Unless the request has got other values meanwhile, which ask for this again."""
    request = records.requests.find([reference]).get(reference)
    before = records.requests.get_details(reference)
    if request is None or before.client_email != named.client_email:
        return
    records.requests.set_client_name(reference, named.client_name)
    records.work.ask(Kind.TELL_REASON, [reference], now)
    organisation = _clean_again(records, request, named.identity, now)
    identifiers = keyed(sealer, identifiers_of(named.identity, organisation))
    records.identifiers.replace(reference, identifiers, IDENTIFIERS_VERSION)


def _clean_again(records: Records, request: CreditRequest, identity: Identity, now: int) -> str:
    """The organisation as typed may hold the name that we know only now; it may have left."""
    cleaned = clean_organisation(request.organisation, identity, partial(is_company_in, records))
    if cleaned == request.organisation:
        return cleaned
    records.requests.set_organisation(request.reference, cleaned)
    records.requests.forget_match(request.reference)
    if request.ticket_id or request.opening:
        report(records, "organisation as typed, on the ticket", [request.reference], now)
    if not says_something(cleaned):
        call_for_attention(records, request.reference, Attention.ORGANISATION, now)
    records.work.ask(Kind.WRITE_BACK, [request.reference], now)
    records.work.ask(Kind.MATCH_ORGANISATION, [request.reference], now)
    return cleaned
