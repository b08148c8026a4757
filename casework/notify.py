"""The professional is told what became of the request. A failing mail never undoes anything."""

from collections.abc import Sequence

from casework.grant_records import Grant, GrantState
from casework.ports import Mail, Mailer, MailKind
from casework.records import Records, Store
from casework.request import CreditRequest
from casework.stages import Stage
from casework.worker import Leftovers, LookAgain, each_alone

_DAY = 86_400_000


def notify(
    keys: Sequence[str], now: int, *, store: Store, mailer: Mailer | None, delay: int
) -> Leftovers:
    """Send the mails that are still true. Keys are ``reference/kind``; ``delay`` is in ms.

    Without a mailer nothing is sent, and nothing is kept for later.
    """
    if mailer is None:
        return {}
    return each_alone(keys, lambda key: _send(key, now, store, mailer, delay))


def _send(key: str, now: int, store: Store, mailer: Mailer, delay: int) -> LookAgain | None:
    """Send one mail, or say when it is due.

    After a crash in between it goes out again, with the same message id.
    """
    reference, _, kind = key.partition("/")
    mail, due = store.read(lambda records: _compose(records, reference, MailKind(kind), delay))
    if mail is None:
        return None
    if now < due:
        return LookAgain(due)
    what = f"mail/{kind}"
    if store.write(lambda records: records.sent.begin(reference, what, now)) == "sent":
        return None
    mailer.send(mail)

    def record(records: Records) -> None:
        records.sent.done(reference, what, now)
        records.journal.write("mail_sent", reference, now, kind=kind)

    store.write(record)
    return None


def _compose(
    records: Records, reference: str, kind: MailKind, delay: int
) -> tuple[Mail | None, int]:
    """The mail and when it is due; none where things have moved on, or nobody can be told.

    A refusal has its undo window from when the ticket was last moved.
    """
    request = records.requests.find([reference])[reference]
    grant = records.grants.find([reference]).get(reference)
    address = records.requests.get_details(reference).professional_email
    if "@" not in address or not _is_still_true(kind, request, grant):
        return None, 0
    due = request.stage_since + delay if kind is MailKind.DECLINED else 0
    mail = Mail(
        kind=kind,
        to=address,
        reference=reference,
        day=request.submitted_at // _DAY * _DAY,
        credits=grant.credits if grant and kind is MailKind.GRANTED else None,
    )
    return mail, due


def _is_still_true(kind: MailKind, request: CreditRequest, grant: Grant | None) -> bool:
    posted = grant is not None and grant.state is GrantState.POSTED
    match kind:
        case MailKind.RECEIVED:
            return True
        case MailKind.GRANTED:
            return posted
        case MailKind.DECLINED:
            return request.stage is Stage.DECLINED and not posted
