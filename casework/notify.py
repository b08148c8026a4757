"""The professional is told what became of the request. A failing mail never undoes anything."""

from collections.abc import Sequence

from casework.errors import CreditsDeskError
from casework.ports import Letter, Mail, Mailer
from casework.records import Grant, GrantState, Records, Store
from casework.request import CreditRequest
from casework.stages import Stage
from casework.worker import Leftovers

_DAY = 86_400_000


def notify(keys: Sequence[str], now: int, *, store: Store, mailer: Mailer | None) -> Leftovers:
    """Send the mails that are still true. Keys are ``reference/letter``.

    Without a mailer nothing is sent, and nothing is kept for later.
    """
    leftovers: dict[str, CreditsDeskError] = {}
    for key in keys if mailer else ():
        try:
            _send(key, now, store, mailer)
        except CreditsDeskError as error:
            leftovers[key] = error
    return leftovers


def _send(key: str, now: int, store: Store, mailer: Mailer | None) -> None:
    """Send one mail. After a crash in between it goes out again, with the same message id."""
    reference, _, letter = key.partition("/")
    mail = store.read(lambda records: _compose(records, reference, Letter(letter)))
    if mail is None or mailer is None:
        return
    what = f"mail/{letter}"
    if store.write(lambda records: records.sent.begin(reference, what, now)) == "sent":
        return
    mailer.send(mail)

    def record(records: Records) -> None:
        records.sent.done(reference, what, now)
        records.journal.write("mail_sent", reference, now, letter=letter)

    store.write(record)


def _compose(records: Records, reference: str, letter: Letter) -> Mail | None:
    """The mail, unless things have moved on since it was asked for."""
    request = records.requests.find([reference])[reference]
    grant = records.grants.find([reference]).get(reference)
    if not _is_still_true(letter, request, grant):
        return None
    return Mail(
        letter=letter,
        to=records.requests.get_details(reference).professional_email,
        reference=reference,
        day=request.submitted_at // _DAY * _DAY,
        credits=grant.credits if grant and letter is Letter.GRANTED else None,
    )


def _is_still_true(letter: Letter, request: CreditRequest, grant: Grant | None) -> bool:
    posted = grant is not None and grant.state is GrantState.POSTED
    match letter:
        case Letter.RECEIVED:
            return True
        case Letter.GRANTED:
            return posted
        case Letter.DECLINED:
            return request.stage is Stage.DECLINED and not posted
