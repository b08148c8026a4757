"""Deliveries become requests; submissions that no webhook brought become requests too.

The list of submissions is the truth. A webhook is a hint that may come twice, late or never, and
may carry the values of a later submission of the same professional, so what it brings is a request
that stays unconfirmed until the list shows it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from casework import wording
from casework.egress import says_something, take_out_addresses
from casework.errors import Unreadable
from casework.ports import Letter, Sealer
from casework.records import Delivery, NewRequest, Records, Route, Store
from casework.request import Details, Submission, new_reference
from casework.stages import Stage
from casework.wording import Attention
from casework.work import Kind
from casework.worker import Leftovers

#: A workflow tries a webhook again for three days, so the same values within that are a repeat.
#: A second submission with the same values is told apart by the list of submissions.
REPEAT_WINDOW = 3 * 86_400_000
#: A professional's webhook whose values match no submission belongs to the one nearby in time.
ADOPTION_WINDOW = 600_000
#: The one key of work that is not about one thing.
WHOLE = "all"


@dataclass(frozen=True)
class TicketEvent:
    """A hint that a ticket may have moved.

    ``echo_of`` is the stage where our own write put it, if this tells of nothing but that write.
    """

    ticket_id: str
    echo_of: Stage | None = None


@dataclass(frozen=True)
class Reading:
    """What was found in one delivery's body.

    ``ignored`` counts what was understood and is not for us, ``unreadable`` says why something
    could not be understood, without quoting it.
    """

    submissions: Sequence[Submission] = ()
    tickets: Sequence[TicketEvent] = ()
    ignored: int = 0
    unreadable: Sequence[str] = field(default_factory=tuple)


#: Reads one body. May raise :class:`Unreadable`.
Reader = Callable[[bytes], Reading]


def keep_delivery(store: Store, sealer: Sealer, route: Route, body: bytes, now: int) -> None:
    """Write a genuine delivery down, sealed, and ask for it to be read.

    When this returns it is on the disk. A repeat is one row. Raises
    :class:`~casework.errors.NotKept`.
    """
    digest = sealer.digest(f"delivery:{route}:" + body.decode("latin-1"))
    sealed = sealer.seal(body, _delivery_name(route, digest))

    def keep(records: Records) -> None:
        id_ = records.deliveries.keep(route, digest, sealed, now)
        records.work.ask(Kind.RECEIVE, [str(id_)], now)

    store.write(keep)


def _delivery_name(route: Route, digest: str) -> str:
    """What a delivery's sealed body is bound to, so that rows cannot be swapped."""
    return f"delivery:{route}:{digest}"


def receive(
    keys: Sequence[str],
    now: int,
    *,
    store: Store,
    sealer: Sealer,
    readers: Mapping[Route, Reader],
) -> Leftovers:
    """Read deliveries, and turn what is in them into requests and work."""
    deliveries = store.read(lambda records: records.deliveries.find([int(key) for key in keys]))
    readings = [(delivery, _read(delivery, sealer, readers)) for delivery in deliveries]

    def take_in_all(records: Records) -> None:
        for delivery, reading in readings:
            _take_in(records, delivery, reading, sealer, now)

    store.write(take_in_all)
    return {}


def _read(delivery: Delivery, sealer: Sealer, readers: Mapping[Route, Reader]) -> Reading:
    try:
        name = _delivery_name(delivery.route, delivery.digest)
        return readers[delivery.route](sealer.unseal(delivery.sealed_body, name))
    except Unreadable as error:
        return Reading(unreadable=[str(error)])


def _take_in(
    records: Records, delivery: Delivery, reading: Reading, sealer: Sealer, now: int
) -> None:
    for submission in reading.submissions:
        take_in_submission(records, sealer, submission, now)
    moved = [event.ticket_id for event in reading.tickets if not _is_echo(records, event)]
    records.work.ask(Kind.FOLLOW_STAGES, moved, now)
    if delivery.route is Route.FORM:
        records.work.ask(Kind.READ_SUBMISSIONS, [WHOLE], now)
    if reading.unreadable:
        reason = "; ".join(reading.unreadable)
        records.deliveries.set_outcome(delivery.id, "parked", reason)
        records.journal.write("delivery_parked", "", now, delivery=delivery.id)
    elif reading.submissions or reading.tickets:
        records.deliveries.set_outcome(delivery.id, "read")
    else:
        records.deliveries.set_outcome(delivery.id, "ignored")


def _is_echo(records: Records, event: TicketEvent) -> bool:
    """Whether the event only tells us of our own write, after which nobody moved the ticket."""
    if event.echo_of is None:
        return False
    request = records.requests.find_by_tickets([event.ticket_id]).get(event.ticket_id)
    return request is not None and request.stage == event.echo_of


def take_in_submission(
    records: Records, sealer: Sealer, submission: Submission, now: int, *, adopt: bool = True
) -> None:
    """Make a request of a submission, or find the one it already is.

    ``adopt`` allows a listed submission to take over an unconfirmed request of the same
    professional whose values match no submission.
    """
    new = _new_request(sealer, submission)
    known = _find_known(records, new, now, adopt=adopt)
    if known is None:
        records.requests.add(new, now)
        records.journal.write("received", new.reference, now, listed=int(submission.listed))
        records.work.ask(Kind.OPEN_TICKETS, [new.reference], now)
        if submission.details.professional_email:
            records.work.ask(Kind.NOTIFY, [f"{new.reference}/{Letter.RECEIVED}"], now)
    elif submission.listed:
        confirm(records, known, new, now)


def find_claimed(records: Records, sealer: Sealer, submission: Submission, now: int) -> bool:
    """Whether a request is certainly this submission: by its id, or by the same values."""
    new = _new_request(sealer, submission)
    return _find_known(records, new, now, adopt=False) is not None


def confirm(records: Records, reference: str, new: NewRequest, now: int) -> None:
    """The list has shown the submission: its values hold from now on, and credits may flow."""
    request = records.requests.find([reference])[reference]
    if request.confirmed:
        return
    records.requests.replace_contents(reference, new)
    records.journal.write("confirmed", reference, now)
    records.work.ask(Kind.GRANT, [reference], now)
    if request.organisation != new.organisation:
        records.requests.wish(reference, attention=new.attention)
        records.work.ask(Kind.WRITE_BACK, [reference], now)


def _find_known(records: Records, new: NewRequest, now: int, *, adopt: bool) -> str | None:
    submission, requests = new.submission, records.requests
    if submission.conversion_id:
        request = requests.find_by_conversion(submission.conversion_id)
        if request:
            return request.reference
    since = now - REPEAT_WINDOW
    if not submission.listed:
        request = requests.find_same_fields(new.fields_digest, since)
        return request.reference if request else None
    request = requests.find_same_fields(new.fields_digest, 0, unconfirmed=True)
    if request:
        return request.reference
    if not adopt:
        return None
    when = submission.submitted_at or now
    return requests.find_adoptable(
        new.professional_digest, when - ADOPTION_WINDOW, when + ADOPTION_WINDOW
    )


def _new_request(sealer: Sealer, submission: Submission) -> NewRequest:
    details = submission.details
    organisation = take_out_addresses(submission.organisation, details)
    attention = _attention_for(details, organisation)
    values = (details.client_email, submission.organisation, details.professional_email)
    return NewRequest(
        reference=new_reference(),
        submission=submission,
        organisation=organisation or "(not given)",
        fields_digest=sealer.digest("fields:" + "\x1f".join(map(_folded, values))),
        professional_digest=sealer.digest(f"professional:{_folded(details.professional_email)}"),
        attention=attention,
        status_line=wording.status_for(attention) if attention else wording.RECEIVED,
    )


def _attention_for(details: Details, organisation: str) -> Attention | None:
    if "@" not in details.client_email or "@" not in details.professional_email:
        return Attention.INCOMPLETE
    return None if says_something(organisation) else Attention.ORGANISATION


def _folded(value: str) -> str:
    """HubSpot lower-cases addresses and trims; two spellings of one value must agree."""
    return " ".join(value.split()).casefold()
