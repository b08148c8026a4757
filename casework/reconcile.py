"""What webhooks missed is found by comparing, in four directions, and healed where that is safe.

Each direction is a use case with a report of its own. All of it may run at any time, beside the
worker, and again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from casework import wording
from casework.call_attention import add_note
from casework.egress import harmless_id
from casework.errors import CreditsDeskError
from casework.follow_stages import GrantRules, LookAt, follow_stages, propose_reversal
from casework.grant import key_for
from casework.grant_records import Grant, GrantState
from casework.ports import CreditsAccount, Desk, MailKind, Receipt, Sealer, Submissions
from casework.read_submissions import begin_reading, read_list
from casework.records import Records, Store
from casework.request import CreditRequest, TicketState
from casework.stages import Stage
from casework.sweep_tickets import TICKET_WITHIN, flag_unconfirmed
from casework.wording import Attention
from casework.work import Kind
from casework.worker import BATCH, WHOLE, Leftovers, LookAgain

#: How often, and how far back, grants are compared with the platform by the worker.
GRANTS_EVERY = 3_600_000
GRANTS_BACK = 7 * 86_400_000


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be, or was not. ``what`` is a machine's word."""

    what: str
    reference: str
    detail: str


@dataclass(frozen=True)
class Report:
    """What one direction found. ``compared`` is how many things were looked at."""

    direction: str
    compared: int
    findings: Sequence[Finding]


Progress = Callable[[int, int], None]


def no_progress(_done: int, _all: int) -> None:
    """For when nobody watches."""


def reconcile_submissions(
    now: int,
    *,
    store: Store,
    sealer: Sealer,
    submissions: Submissions,
    progress: Progress = no_progress,
) -> Report:
    """The whole list of submissions, back to the first start, against our requests."""
    first = begin_reading(store, now)
    before = store.read(lambda records: records.requests.count())
    reading = read_list(
        first,
        now,
        store,
        sealer,
        submissions,
        lambda reached: progress(now - max(reached, first), now - first),
    )
    after = store.read(lambda records: records.requests.count())
    findings = [
        Finding(what, "", str(number))
        for what, number in (
            ("made", after["all"] - before["all"]),
            ("confirmed", after["confirmed"] - before["confirmed"]),
            ("unreadable", reading.unreadable),
        )
        if number
    ]
    long_unconfirmed = store.write(lambda records: flag_unconfirmed(records, now))
    findings += [
        Finding("unconfirmed", reference, "for more than a day") for reference in long_unconfirmed
    ]
    return Report("submissions", reading.rows, findings)


def reconcile_stages(
    clock: Callable[[], int],
    *,
    store: Store,
    desk: Desk,
    rules: GrantRules,
    look_at: LookAt,
    progress: Progress = no_progress,
) -> Report:
    """The tickets' stages against what we know. It takes long, so it asks for the time itself."""
    ticket_ids = store.read(lambda records: records.requests.find_tickets_to_watch(0))
    findings: list[Finding] = []
    for start in range(0, len(ticket_ids), BATCH):
        batch = ticket_ids[start : start + BATCH]
        find = partial(_find_by_tickets, ticket_ids=batch)
        before = store.read(find)
        left = follow_stages(batch, clock(), store=store, desk=desk, rules=rules, look_at=look_at)
        after = store.read(find)
        findings += [
            Finding("moved", request.reference, f"{request.stage} → {after[ticket_id].stage}")
            for ticket_id, request in before.items()
            if after[ticket_id].stage is not request.stage
        ]
        findings += [
            Finding("not_put_back", before[ticket_id].reference, str(error))
            for ticket_id, error in left.items()
        ]
        progress(start + len(batch), len(ticket_ids))
    return Report("stages", len(ticket_ids), findings)


def _find_by_tickets(records: Records, ticket_ids: Sequence[str]) -> Mapping[str, CreditRequest]:
    return records.requests.find_by_tickets(ticket_ids)


def reconcile_tickets(now: int, *, store: Store) -> Report:
    """Our requests against their tickets, as :func:`reconcile_stages` last saw them."""

    def look(records: Records) -> Report:
        missing = records.requests.find_without_ticket(now - TICKET_WITHIN)
        records.work.ask(Kind.OPEN_TICKETS, missing, now)
        findings = [Finding("no_ticket", ref, "asked for again") for ref in missing]
        findings += [
            Finding(request.ticket_state, request.reference, _WHAT_TO_DO[request.ticket_state])
            for request in records.requests.find_stray()
        ]
        findings += [
            Finding("unknown_ticket", orphan.reference, f"{_UNKNOWN} ({orphan.ticket_id})")
            for orphan in records.orphans.find_all()
        ]
        return Report("tickets", records.requests.count()["all"], findings)

    return store.write(look)


_UNKNOWN = "no submission has claimed it since the restore: see `desk orphans`"
_WHAT_TO_DO = {
    TicketState.MISSING: "deleted in the CRM: restore it there, or run `desk reopen`",
    TicketState.MERGED: "merged into another request's ticket: run `desk reopen` for its own",
    TicketState.ELSEWHERE: "in a stage or pipeline that is not ours: move it back",
}


def reconcile_grants(
    now: int,
    *,
    store: Store,
    account: CreditsAccount,
    since: int = 0,
    progress: Progress = no_progress,
) -> Report:
    """Our grants against the credits platform, each asked for by its key."""
    references = store.read(lambda records: _find_to_compare(records, since))
    findings: list[Finding] = []
    for number, reference in enumerate(references, start=1):
        try:
            found = compare_one(store, account, reference, now)
        except CreditsDeskError as error:
            found = Finding("not_compared", reference, str(error))
        if found:
            findings.append(found)
        progress(number, len(references))
    return Report("grants", len(references), findings)


def _find_to_compare(records: Records, since: int) -> Sequence[str]:
    """Without a limit also the requests that have no grant, should the platform have one."""
    granted = records.grants.find_to_compare(since)
    return granted if since else [*granted, *records.requests.find_ungranted()]


def compare_one(store: Store, account: CreditsAccount, reference: str, now: int) -> Finding | None:
    """Ask the platform. A grant that was posted while we asked is not compared with the answer."""
    before = store.read(lambda records: records.grants.find([reference])).get(reference)
    receipt = account.find_grant(key_for(reference))
    return store.write(
        partial(_compare, reference=reference, before=before, receipt=receipt, now=now)
    )


def compare_grants(
    _keys: Sequence[str], now: int, *, store: Store, account: CreditsAccount
) -> Leftovers:
    """The step that compares the grants of late on a schedule."""
    reconcile_grants(now, store=store, account=account, since=now - GRANTS_BACK)
    return {WHOLE: LookAgain(now + GRANTS_EVERY)}


def _compare(
    records: Records, reference: str, before: Grant | None, receipt: Receipt | None, now: int
) -> Finding | None:
    grant = records.grants.find([reference]).get(reference)
    if grant and grant.state is GrantState.POSTED:
        was_posted = before is not None and before.state is GrantState.POSTED
        return _compare_posted(records, grant, receipt, now) if was_posted else None
    if receipt is None:
        return None
    if grant and grant.state is GrantState.SENDING:
        records.work.ask(Kind.GRANT, [reference], now)
        return Finding("posted_there_not_here", reference, "being recorded")
    _adopt(records, reference, receipt, now)
    return Finding("posted_there_not_here", reference, f"{receipt.credits} credits, recorded now")


def _compare_posted(
    records: Records, grant: Grant, receipt: Receipt | None, now: int
) -> Finding | None:
    if receipt and receipt.credits == grant.credits:
        return None
    there = receipt.credits if receipt else 0
    if records.sent.begin(grant.reference, f"flag/platform/{there}", now) == "new":
        records.journal.write("platform_differs", grant.reference, now, there=there)
        add_note(records, grant.reference, Attention.PLATFORM_DIFFERS, now)
    what = "amount_differs" if receipt else "posted_here_not_there"
    return Finding(what, grant.reference, f"here {grant.credits}, there {there}")


def _adopt(records: Records, reference: str, receipt: Receipt, now: int) -> None:
    """The platform has it, whatever we thought: what is there counts, and staff are told."""
    details = records.requests.get_details(reference)
    id_ = harmless_id(receipt.id, details.identity, key_for(reference))
    records.grants.adopt(reference, Receipt(id_, receipt.credits), now)
    records.journal.write("granted", reference, now, credits=receipt.credits, receipt=id_)
    stage = records.requests.find([reference])[reference].stage
    records.requests.wish(
        reference,
        move_to=Stage.CREDITED if stage is Stage.APPROVED else None,
        status_line=wording.granted(receipt.credits, now, id_),
    )
    records.work.ask(Kind.WRITE_BACK, [reference], now)
    records.work.ask(Kind.NOTIFY, [f"{reference}/{MailKind.GRANTED}"], now)
    if stage not in (Stage.APPROVED, Stage.CREDITED):
        propose_reversal(records, reference, receipt.credits, now)


def reopen(records: Records, reference: str, now: int) -> None:
    """Give a request whose ticket is gone another one. Raises :class:`CreditsDeskError`."""
    request = records.requests.find([reference]).get(reference)
    if request is None:
        raise CreditsDeskError(f"there is no request {reference}")
    if request.erased:
        raise CreditsDeskError(f"the client of {reference} was forgotten: nothing can be granted")
    if request.ticket_state is TicketState.THERE:
        raise CreditsDeskError(f"the ticket of {reference} is there")
    records.requests.forget_ticket(reference)
    records.journal.write("reopened", reference, now)
    records.work.ask(Kind.OPEN_TICKETS, [reference], now)
