"""Deliveries are kept as they come, and read afterwards."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from casework.conversation_ports import id_in_thread, id_of_email, id_of_thread
from casework.delivery_records import Delivery, Route, delivery_name
from casework.errors import CreditsDeskError, Unreadable
from casework.ports import Sealer
from casework.records import Records, Store
from casework.relink import HELD_AGAIN, is_list_unread
from casework.request import Submission
from casework.request_records import NewRequest
from casework.stages import Stage
from casework.take_in import companies_in, prepare, take_in_hint
from casework.work import Kind
from casework.worker import WHOLE, Leftovers, LookAgain


@dataclass(frozen=True)
class TicketEvent:
    """A hint that a ticket may have moved.

    ``echo_of`` is the stage where our own write put it, if this tells of nothing but that write.
    """

    ticket_id: str
    echo_of: Stage | None = None


@dataclass(frozen=True)
class MessageEvent:
    """A hint that something was said in a thread; without a message's id, look at all of it."""

    thread_id: str
    message_id: str | None = None

    @property
    def key(self) -> str:
        """What stands for it in the work to be done."""
        if self.message_id is None:
            return id_of_thread(self.thread_id)
        return id_in_thread(self.thread_id, self.message_id)


@dataclass(frozen=True)
class Reading:
    """What was found in one delivery's body.

    ``emails`` are the CRM's ids of logged mails to look at, ``contacts`` the ids of tickets to
    whose contacts to look.
    ``unreadable`` says why something could not be understood, without quoting it.
    """

    submissions: Sequence[Submission] = ()
    tickets: Sequence[TicketEvent] = ()
    unreadable: Sequence[str] = field(default_factory=tuple)
    messages: Sequence[MessageEvent] = ()
    emails: Sequence[str] = ()
    contacts: Sequence[str] = ()

    @property
    def mail_keys(self) -> Sequence[str]:
        """The mails to look at, as the work to be done names them."""
        return [event.key for event in self.messages] + list(map(id_of_email, self.emails))

    @property
    def says_something(self) -> bool:
        """Whether there was anything for us in it."""
        return any((self.submissions, self.tickets, self.messages, self.emails, self.contacts))


#: Reads one body. May raise :class:`Unreadable`.
Reader = Callable[[bytes], Reading]


def keep_delivery(store: Store, sealer: Sealer, route: Route, body: bytes, now: int) -> None:
    """Write a genuine delivery down, sealed, and ask for it to be read.

    When this returns it is on the disk. A repeat is one row, and of a form only a reason to look
    at the list, however late it is replayed. Raises :class:`~casework.errors.NotKept`.
    """
    digest = sealer.digest(f"delivery:{route}:" + body.decode("latin-1"))
    sealed = sealer.seal(body, delivery_name(route, digest))

    def keep(records: Records) -> None:
        id_, done_with = records.deliveries.keep(route, digest, sealed, now)
        if done_with and route is Route.FORM:
            records.work.ask(Kind.READ_SUBMISSIONS, [WHOLE], now)
        else:
            records.work.ask(Kind.RECEIVE, [str(id_)], now)

    store.append(keep)


def receive(
    keys: Sequence[str],
    now: int,
    *,
    store: Store,
    sealer: Sealer,
    readers: Mapping[Route, Reader],
) -> Leftovers:
    """Read deliveries, and turn what is in them into requests and work.

    What cannot be understood is left over, and so parked. One whose body is empty was read before
    we were interrupted, or erased. After a restore a form's waits for the list of submissions.
    """
    deliveries = store.read(lambda records: records.deliveries.find([int(key) for key in keys]))
    is_held = store.read(is_list_unread)
    leftovers: dict[str, CreditsDeskError | LookAgain] = {}
    for delivery in deliveries:
        if not delivery.sealed_body:
            continue
        if is_held and delivery.route is Route.FORM:
            leftovers[str(delivery.id)] = LookAgain(now + HELD_AGAIN)
            continue
        reading = _read(delivery, sealer, readers)
        new = [
            prepare(sealer, submission, companies_in(store)) for submission in reading.submissions
        ]
        store.write(partial(_take_in, delivery=delivery, reading=reading, new=new, now=now))
        if reading.unreadable:
            leftovers[str(delivery.id)] = Unreadable("; ".join(reading.unreadable))
    return leftovers


def _read(delivery: Delivery, sealer: Sealer, readers: Mapping[Route, Reader]) -> Reading:
    try:
        name = delivery_name(delivery.route, delivery.digest)
        return readers[delivery.route](sealer.unseal(delivery.sealed_body, name))
    except Unreadable as error:
        return Reading(unreadable=[str(error)])


def _take_in(
    records: Records, delivery: Delivery, reading: Reading, new: Sequence[NewRequest], now: int
) -> None:
    for request in new:
        take_in_hint(records, request, now)
    moved = [event.ticket_id for event in reading.tickets if not _is_echo(records, event)]
    records.work.ask(Kind.FOLLOW_STAGES, moved, now)
    records.work.ask(Kind.CHECK_CONTACTS, reading.contacts, now)
    records.work.ask(Kind.READ_MESSAGES, reading.mail_keys, now)
    if delivery.route is Route.FORM:
        records.work.ask(Kind.READ_SUBMISSIONS, [WHOLE], now)
    if reading.unreadable:
        records.deliveries.set_outcome(delivery.id, "parked")
        records.journal.write("delivery_parked", "", now, delivery=delivery.id)
    else:
        outcome = "read" if reading.says_something else "ignored"
        records.deliveries.set_outcome(delivery.id, outcome)


def _is_echo(records: Records, event: TicketEvent) -> bool:
    """Whether the event only tells us of our own write, after which nobody moved the ticket."""
    if event.echo_of is None:
        return False
    request = records.requests.find_by_tickets([event.ticket_id]).get(event.ticket_id)
    return request is not None and request.stage == event.echo_of
