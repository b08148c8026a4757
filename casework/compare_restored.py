"""After a restore the credits platform is asked what it has under a request's permanent key.

First it is read what staff did with the ticket; then what the platform has is taken over, and only
then can be told what it means that the ticket stands where it does.
"""

from collections.abc import Sequence
from functools import partial

from casework.call_attention import call_for_attention
from casework.grant_records import GrantState
from casework.ports import CreditsAccount
from casework.reconcile import compare_one
from casework.records import Records, Store
from casework.stages import Stage
from casework.wording import Attention
from casework.work import Kind
from casework.worker import Leftovers, LookAgain, each_alone

#: How soon to look again whether the ticket was read, in milliseconds.
UNREAD_AGAIN = 1_000


def compare_restored(
    keys: Sequence[str], now: int, *, store: Store, account: CreditsAccount
) -> Leftovers:
    """The step for single requests. Keys are references."""
    return each_alone(keys, lambda reference: _compare(store, account, reference, now))


def _compare(store: Store, account: CreditsAccount, reference: str, now: int) -> LookAgain | None:
    if store.read(partial(_is_ticket_unread, reference=reference)):
        return LookAgain(now + UNREAD_AGAIN)
    compare_one(store, account, reference, now)
    store.write(partial(_go_on, reference=reference, now=now))
    return None


def _is_ticket_unread(records: Records, reference: str) -> bool:
    ticket_id = records.requests.find([reference])[reference].ticket_id
    if ticket_id is None:
        return records.work.is_asked(Kind.OPEN_TICKETS, reference)
    return records.work.is_asked(Kind.FOLLOW_STAGES, ticket_id)


def _go_on(records: Records, reference: str, now: int) -> None:
    """Nobody chooses a company, or approves by a rule, before it is known what was granted.

    Credits that nothing shows may have been entered by hand, from a list of the embedded ledger.
    """
    grant = records.grants.find([reference]).get(reference)
    granted = grant is not None and grant.state in (GrantState.POSTED, GrantState.SENDING)
    if records.requests.find([reference])[reference].stage is Stage.CREDITED and not granted:
        call_for_attention(records, reference, Attention.RESTORED_CREDITED, now)
    records.work.ask(Kind.MATCH_ORGANISATION, [reference], now)
