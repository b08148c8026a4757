"""Everything that people, HubSpot, the platform and the machine may do, in any order.

Hypothesis plays this as a state machine; a run that failed once is played again step by step.
"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from casework.errors import NotKept
from casework.request import Submission
from casework.stages import Stage
from casework.work import Kind
from casework.worker import LANES
from tests.fakes.fake_desk import FakeTicket
from tests.reliability.journal_and_identity import (
    rows,
    words_found,
    wrong_in_journal,
    wrong_in_work,
)
from tests.reliability.stormy_world import MODES, Died, StormyWorld, Weather
from tests.world import FIELDS, MINUTE, answers

HOUR = 60 * MINUTE
DAY = 24 * HOUR
#: HubSpot tries a workflow's webhook again for three days.
WEBHOOK_GIVEN_UP = 2 * DAY
SHM = Path("/dev/shm")

PROFESSIONALS = ("anna@clinic.example", "bjorn@praxis.example")
CLIENTS = ("zelda@home.example", "yngvi@home.example", "xenia@home.example")
ORGANISATIONS = ("Marel hf.", "Origo", "Alpha ehf.")
REASON = "Quietly despairing"
VALID = tuple(map(str, range(1, 21)))
AMOUNTS = ("4", "7", "12", "4.0", "", "0", "21", "2.5", "four")
STAGES = (*Stage, None)

#: A method of :class:`AnyOrder` and its arguments.
Step = tuple[str, dict[str, Any]]

numbers = st.integers(0, 6)
few = st.integers(0, 12)
skews = st.sampled_from([0, 0, -1_000, -10 * MINUTE, -HOUR])
amounts = st.sampled_from(AMOUNTS)
stages = st.sampled_from([*STAGES, Stage.APPROVED, Stage.APPROVED, Stage.APPROVED])
lanes = st.sampled_from(sorted(LANES))
event_ways = st.sampled_from(["now", "now", "lost", "late", "twice", "echo"])
webhook_ways = st.sampled_from(["now", "now", "twice", "late", "other", "lost"])
times = st.sampled_from([1_000, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR])
#: How long after something the service works; nothing: not at once.
waits = st.sampled_from([None, 0, MINUTE, 6 * MINUTE])


def a_step(name: str, **arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Step]:
    """Something that may happen: the name of a method of :class:`AnyOrder`, with arguments."""
    return st.tuples(st.just(name), st.fixed_dictionaries(arguments))


#: What is named twice happens twice as often.
PEOPLE = st.one_of(
    a_step(
        "submit",
        professional=st.sampled_from(PROFESSIONALS),
        client=st.sampled_from(CLIENTS),
        organisation=st.sampled_from(ORGANISATIONS),
        webhook=webhook_ways,
        lag=st.sampled_from([0, 0, MINUTE, 9 * MINUTE]),
        wait=waits,
    ),
    a_step(
        "submit",
        professional=st.sampled_from(PROFESSIONALS),
        client=st.sampled_from(CLIENTS),
        organisation=st.sampled_from(ORGANISATIONS),
        webhook=webhook_ways,
        lag=st.sampled_from([0, 0, MINUTE, 9 * MINUTE]),
        wait=waits,
    ),
    a_step("late_webhook", number=numbers),
    a_step("replayed_webhook", number=numbers),
    a_step(
        "move",
        number=numbers,
        stage=stages,
        amount=st.none() | amounts,
        event=event_ways,
        wait=waits,
    ),
    a_step(
        "move",
        number=numbers,
        stage=stages,
        amount=st.none() | amounts,
        event=event_ways,
        wait=waits,
    ),
    a_step(
        "approve",
        number=numbers,
        amount=st.sampled_from(["4", "7"]),
        event=event_ways,
        wait=st.sampled_from([None, MINUTE, 6 * MINUTE, 6 * MINUTE, 6 * MINUTE]),
    ),
    a_step(
        "approve",
        number=numbers,
        amount=st.sampled_from(["4", "7"]),
        event=event_ways,
        wait=st.sampled_from([None, MINUTE, 6 * MINUTE, 6 * MINUTE, 6 * MINUTE]),
    ),
    a_step(
        "approve",
        number=numbers,
        amount=st.sampled_from(["4", "7"]),
        event=event_ways,
        wait=st.sampled_from([None, MINUTE, 6 * MINUTE, 6 * MINUTE, 6 * MINUTE]),
    ),
    a_step(
        "approve",
        number=numbers,
        amount=st.sampled_from(["4", "7"]),
        event=event_ways,
        wait=st.sampled_from([None, MINUTE, 6 * MINUTE, 6 * MINUTE, 6 * MINUTE]),
    ),
    a_step(
        "approve",
        number=numbers,
        amount=st.sampled_from(["4", "7"]),
        event=event_ways,
        wait=st.sampled_from([None, MINUTE, 6 * MINUTE, 6 * MINUTE, 6 * MINUTE]),
    ),
    a_step("away_and_back", number=numbers, event=event_ways),
    a_step("change_amount", number=numbers, amount=amounts),
    a_step("delete", number=numbers),
    a_step("restore", number=numbers),
    a_step("merge", number=numbers, other=numbers),
    a_step("late_event", number=numbers),
)
SERVICE = st.one_of(
    a_step("work"),
    a_step("work"),
    a_step("work"),
    a_step("time_passes", how_long=times),
    a_step("time_passes", how_long=times),
    a_step("one_round", lane=lanes),
    a_step("time_passes", how_long=times),
    a_step("time_passes", how_long=times),
    a_step("a_day_passes"),
    a_step("time_passes_unseen", how_long=times),
    a_step("sweep"),
)
TROUBLE = st.one_of(
    a_step(
        "fault",
        service=st.sampled_from(["desk", "credits", "credits", "mail", "list", "companies"]),
        mode=st.sampled_from(MODES),
        calls=st.integers(1, 3),
    ),
    a_step(
        "fault",
        service=st.sampled_from(["desk", "credits", "credits", "mail", "list", "companies"]),
        mode=st.sampled_from(MODES),
        calls=st.integers(1, 3),
    ),
    a_step("refuse_card", number=numbers),
    a_step("refuse_draft", number=numbers),
    a_step("unknown_client", client=st.sampled_from(CLIENTS)),
    a_step("all_is_well_outside"),
    a_step("all_is_well_outside"),
    a_step("all_is_well_outside"),
    a_step("full_disk", writes=st.integers(1, 3)),
    a_step("dies_soon", points=few, skew=skews),
    a_step("dies_soon", points=few, skew=skews),
    a_step("takeover", skew=skews),
    a_step("meanwhile_lane", calls=numbers, lane=lanes),
    a_step(
        "meanwhile_move", calls=numbers, number=numbers, stage=stages, amount=st.none() | amounts
    ),
)


@dataclass(frozen=True)
class Sent:
    """A form as it was sent in."""

    conversion_id: str
    fields: dict[str, str]
    row: Submission


class AnyOrder(RuleBasedStateMachine):
    """What may happen. The end is the same, whatever the order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=SHM if SHM.is_dir() else None))
        self.weather = Weather()
        self.world = StormyWorld(self.folder, self.weather)
        self.skew = self.next_skew = 0
        self.sent: list[Sent] = []
        self.not_listed: list[tuple[int, Submission]] = []
        #: Bodies that are still to be delivered, and since when; a name where the values are
        #: taken from the contact only when it is sent.
        self.webhooks: list[tuple[int, dict[str, str] | str]] = []
        self.delivered: list[dict[str, str]] = []
        self.events: list[tuple[str, Stage | None]] = []
        self.approved: dict[str, set[int]] = {}
        self.deleted: list[FakeTicket] = []
        #: References of tickets that staff put away, for a while or for good.
        self.touched: set[str] = set()

    @rule(step=st.one_of(PEOPLE, SERVICE, TROUBLE))
    def happens(self, step: Step) -> None:
        """One rule for all, since Hypothesis leaves out some rules in each run."""
        self.take(step)

    def take(self, step: Step) -> None:
        """Do what a step says."""
        name, arguments = step
        getattr(self, name)(**arguments)

    # --- professionals, and HubSpot's forms ---------------------------------------------------

    @initialize(
        webhook=webhook_ways, other=webhook_ways, wait=st.sampled_from([None, 0, 0, MINUTE])
    )
    def begin(self, webhook: str, other: str, wait: int | None) -> None:
        """No story without requests."""
        self.submit(PROFESSIONALS[0], CLIENTS[0], ORGANISATIONS[0], webhook, 0, None)
        self.submit(PROFESSIONALS[0], CLIENTS[1], ORGANISATIONS[1], other, 0, wait)

    def submit(
        self,
        professional: str,
        client: str,
        organisation: str,
        webhook: str,
        lag: int,
        wait: int | None,
    ) -> None:
        """A form is sent in; its webhook and its row in the list have ways of their own."""
        if len(self.sent) >= 6:
            return
        self.weather.pass_time(7)  # no two at the same millisecond
        self.world.now += 7
        fields = {"client": client, "org": organisation, "pro": professional, "why": REASON}
        conversion_id, now = f"s{len(self.sent) + 1}", self.weather.true_time
        row = FIELDS.read_submission(
            answers(fields), conversion_id=conversion_id, submitted_at=now, listed=True
        )
        self.sent.append(Sent(conversion_id, fields, row))
        self.not_listed.append((now + lag, row))
        self._list_what_is_due()
        if webhook in ("now", "twice"):
            self._deliver_form(fields)
        if webhook in ("late", "twice"):
            self.webhooks.append((now, fields))
        if webhook == "other":
            self.webhooks.append((now, professional))
        self._wait(wait)

    def late_webhook(self, number: int) -> None:
        """A webhook that is still on its way arrives."""
        self._give_up_webhooks()
        if self.webhooks:
            since, what = self.webhooks.pop(number % len(self.webhooks))
            self._deliver_form(self._values(what), since)

    def replayed_webhook(self, number: int) -> None:
        """Somebody sends an old delivery again, with its good signature."""
        if self.delivered:
            self._deliver_form(self.delivered[number % len(self.delivered)], 0)

    # --- staff --------------------------------------------------------------------------------

    def move(
        self, number: int, stage: Stage | None, amount: str | None, event: str, wait: int | None
    ) -> None:
        """Staff drag a card, or drop it in a pipeline of their own, and may type an amount."""
        ticket = self._ticket(number)
        if ticket:
            self._staff_move(ticket, stage, amount)
            self._tell(ticket.ticket_id, event)
        self._wait(wait)

    def approve(self, number: int, amount: str, event: str, wait: int | None) -> None:
        """What staff do most."""
        self.move(number, Stage.APPROVED, amount, event, wait)

    def away_and_back(self, number: int, event: str) -> None:
        """A card is dragged away and back before anybody looks."""
        ticket = self._ticket(number)
        if ticket:
            stage = ticket.stage
            self._staff_move(ticket, Stage.ASKED, None)
            self._tell(ticket.ticket_id, event)
            self._staff_move(ticket, stage, None)

    def change_amount(self, number: int, amount: str) -> None:
        """Staff type another amount where the card stands."""
        ticket = self._ticket(number)
        if ticket:
            self._staff_move(ticket, ticket.stage, amount)

    def delete(self, number: int) -> None:
        """A card is put in the bin."""
        ticket = self._ticket(number)
        if ticket:
            self.world.desk.staff_delete(ticket.ticket_id)
            self.deleted.append(ticket)
            self.touched.add(ticket.reference)

    def restore(self, number: int) -> None:
        """A card comes back out of the bin, unless it has a successor."""
        if not self.deleted:
            return
        ticket = self.deleted[number % len(self.deleted)]
        if all(one.reference != ticket.reference for one in self._tickets()):
            self.deleted.remove(ticket)
            self.world.desk.tickets[ticket.ticket_id] = ticket
            if not any(gone.reference == ticket.reference for gone in self.deleted):
                self.touched.discard(ticket.reference)

    def merge(self, number: int, other: int) -> None:
        """Staff take two cards for one."""
        ticket, into = self._ticket(number), self._ticket(other)
        if ticket and into and ticket is not into:
            self.world.desk.staff_merge(ticket.ticket_id, into.ticket_id)
            self.touched.add(ticket.reference)

    def late_event(self, number: int) -> None:
        """An event that is still on its way arrives."""
        if self.events:
            self._deliver_event(*self.events.pop(number % len(self.events)))

    # --- the service at work, and time --------------------------------------------------------

    def work(self) -> None:
        """The service does all that is due."""
        self._safely(self.world.run)

    def one_round(self, lane: str) -> None:
        """One lane does one batch."""
        self._safely(lambda: self.world.one_round(lane))

    def time_passes(self, how_long: int) -> None:
        """It passes, and the service works."""
        self.world.pass_time(how_long)
        self._list_what_is_due()
        self._safely(self.world.run)

    def a_day_passes(self) -> None:
        """In steps, since the service does not sleep."""
        for _ in range(4):
            self.time_passes(6 * HOUR)

    def time_passes_unseen(self, how_long: int) -> None:
        """It passes while the service has no time."""
        self.world.pass_time(how_long)
        self._list_what_is_due()

    def sweep(self) -> None:
        """Every card is looked at."""
        self._safely(self.world.sweep)

    # --- what goes wrong ----------------------------------------------------------------------

    def fault(self, service: str, mode: str, calls: int) -> None:
        """The next calls to a service fail in this way."""
        self.weather.faults[service] = [mode] * calls

    def refuse_card(self, number: int) -> None:
        """HubSpot takes no change of this card."""
        ticket = self._ticket(number)
        if ticket:
            self.world.desk.refuse.add(ticket.ticket_id)

    def refuse_draft(self, number: int) -> None:
        """HubSpot does not take this new card."""
        waiting = rows(
            self.world.database, "SELECT reference FROM requests WHERE ticket_id IS NULL"
        )
        if waiting:
            self.world.desk.refuse.add(waiting[number % len(waiting)]["reference"])

    def unknown_client(self, client: str) -> None:
        """The platform has no account of this client now."""
        self.world.account.unknown.add(client)

    def all_is_well_outside(self) -> None:
        """Nothing is refused any more, and a person tries again what was given up on."""
        self.world.account.unknown.clear()
        self.world.desk.refuse.clear()
        self.weather.faults.clear()
        for work in self.world.parked():
            self._safely(lambda: self._retry(work.kind, work.key))  # noqa: B023 - done at once

    def full_disk(self, writes: int) -> None:
        """The next writes are refused."""
        self.weather.refused_writes = writes

    def dies_soon(self, points: int, skew: int) -> None:
        """The process dies so many points from now; the next one's clock may be wrong."""
        self.weather.dies_in, self.next_skew = points, skew

    def takeover(self, skew: int) -> None:
        """The process ends between two rounds, and another takes over."""
        self.next_skew = skew
        self._restart()

    def meanwhile_lane(self, calls: int, lane: str) -> None:
        """While a call is on its way, another lane does a batch."""

        def act() -> None:
            self.world.one_round(lane)

        self.weather.meanwhile_in, self.weather.meanwhile = calls, act

    def meanwhile_move(
        self, calls: int, number: int, stage: Stage | None, amount: str | None
    ) -> None:
        """While a call is on its way, staff drag a card, and the CRM lane hears of it."""

        def act() -> None:
            ticket = self._ticket(number)
            if ticket:
                self._staff_move(ticket, stage, amount)
                self._deliver_now(ticket.ticket_id, None)
                self.world.one_round("intake")
                self.world.one_round("crm")

        self.weather.meanwhile_in, self.weather.meanwhile = calls, act

    # --- the end ------------------------------------------------------------------------------

    def teardown(self) -> None:
        """Quiet down, and look. Then staff approve what is left, and we look again."""
        try:
            self.finish()
        finally:
            self.world.store.close()
            shutil.rmtree(self.folder)

    def finish(self) -> None:
        """Everything heals by itself, but for what only people can do."""
        self._calm()
        self._settle()
        wrong = self._look()
        assert wrong == [], wrong
        left = self._approve_the_rest()
        self._settle()
        wrong = self._look() + self._look_whether_granted(left)
        assert wrong == [], wrong

    def _calm(self) -> None:
        self.weather.clear()
        self.world.desk.refuse.clear()
        self.world.account.unknown.clear()
        self.weather.pass_time(10 * MINUTE)
        self.next_skew = 0
        self._restart()
        self._list_what_is_due()
        self._give_up_webhooks()
        for _, what in self.webhooks:
            self._deliver_form(self._values(what))
        self.webhooks.clear()

    def _settle(self) -> None:
        """Hours pass. What was parked is tried again, once, as a person would."""
        for hours in range(4):
            for work in self.world.parked() if hours == 1 else ():
                self._retry(work.kind, work.key)
            for _ in range(3):
                self.world.later(20 * MINUTE)
                self.world.sweep()
                self.world.read_list()

    def _retry(self, kind: Kind, key: str) -> None:
        self.world.store.write(lambda tables: tables.work.ask(kind, [key], self.world.now))

    def _approve_the_rest(self) -> dict[str, int]:
        """Staff approve every card that speaks for a request without credits. Returns amounts."""
        own = {row["ticket_id"]: row["reference"] for row in self._requests()}
        granted = {order.reference for order, _ in self.world.account.grants.values()}
        left: dict[str, int] = {}
        for ticket in self._tickets():
            if own.get(ticket.ticket_id) == ticket.reference and ticket.reference not in granted:
                left[ticket.reference] = 9
                self._staff_move(ticket, Stage.APPROVED, "9")
        return left

    # --- what must hold -----------------------------------------------------------------------

    def _look(self) -> list[str]:
        database = self.world.database
        return [
            *wrong_in_journal(database),
            *self._wrong_in_work(),
            *self._wrong_in_requests(),
            *self._wrong_in_cards(),
            *self._wrong_in_grants(),
            *self._wrong_in_mails(),
            *self._identity_outside(),
        ]

    def _wrong_in_work(self) -> list[str]:
        """Only about a card that staff put away may anything be left."""
        away = self.touched | {
            row["ticket_id"] for row in self._requests() if row["reference"] in self.touched
        }
        return [
            wrong
            for wrong in wrong_in_work(self.world.database, self.world.now)
            if not any(name and name in wrong for name in away)
        ]

    def _wrong_in_requests(self) -> list[str]:
        found = self._requests()
        wrong = []
        ids = Counter(row["conversion_id"] for row in found)
        expected = Counter(one.conversion_id for one in self.sent)
        if ids != expected:
            wrong.append(f"requests are of {dict(ids)}, sent were {dict(expected)}")
        sent = {one.conversion_id: one for one in self.sent}
        for row in found:
            one = sent.get(row["conversion_id"])
            if one and self._client_of(row["reference"]) != one.fields["client"]:
                wrong.append(f"{row['reference']} has the client of another submission")
            if one and row["organisation"] != one.fields["org"]:
                wrong.append(f"{row['reference']} has the organisation of another submission")
        return wrong

    def _wrong_in_cards(self) -> list[str]:
        wrong = []
        by_reference = Counter(ticket.reference for ticket in self._tickets())
        cards = {ticket.ticket_id: ticket for ticket in self._tickets()}
        for row in self._requests():
            reference = row["reference"]
            if by_reference[reference] > 1:
                wrong.append(f"{reference} has {by_reference[reference]} cards")
            if reference in self.touched:
                continue
            card = cards.get(row["ticket_id"])
            if card is None:
                wrong.append(f"{reference} has no card")
            elif card.organisation != row["organisation"]:
                wrong.append(f"{reference}: the card shows another organisation")
            elif card.stage is Stage.APPROVED:
                wrong.append(f"{reference} is left standing at Approved ({row['status_line']})")
        return wrong

    def _wrong_in_grants(self) -> list[str]:
        wrong = []
        kept = {row["reference"]: row for row in rows(self.world.database, "SELECT * FROM grants")}
        platform = self.world.account.grants
        for order, receipt in platform.values():
            reference, row = order.reference, kept.get(order.reference)
            if receipt.credits not in self.approved.get(reference, set()):
                wrong.append(f"{reference}: {receipt.credits} granted, that nobody approved")
            if order.client_email != self._client_of(reference):
                wrong.append(f"{reference}: granted to another client")
            if row is None or (row["state"], row["credits"]) != ("posted", receipt.credits):
                wrong.append(f"{reference}: the platform has {receipt.credits}, we have {row}")
        there = [order.reference for order, _ in platform.values()]
        wrong += [f"{ref} granted {n} times" for ref, n in Counter(there).items() if n > 1]
        wrong += [
            f"{reference}: posted here, not there"
            for reference, row in kept.items()
            if row["state"] == "posted" and reference not in there
        ]
        wrong += [
            f"{ref}: left in sending" for ref, row in kept.items() if row["state"] == "sending"
        ]
        return wrong

    def _look_whether_granted(self, left: dict[str, int]) -> list[str]:
        platform = {
            order.reference: receipt.credits
            for order, receipt in self.world.account.grants.values()
        }
        return [
            f"{reference}: approved with {credits_}, and got {platform.get(reference)}"
            for reference, credits_ in left.items()
            if platform.get(reference) != credits_
        ]

    def _wrong_in_mails(self) -> list[str]:
        sent = Counter((mail.reference, str(mail.kind)) for mail in self.world.mailer.sent)
        references = {row["reference"] for row in self._requests()}
        wrong = [
            f"{reference} got no mail"
            for reference in references
            if not sent[reference, "received"]
        ]
        for order, _ in self.world.account.grants.values():
            if not sent[order.reference, "granted"]:
                wrong.append(f"{order.reference}: nobody was told of the credits")
        return wrong + [
            f"{which} sent {times} times"
            for which, times in sent.items()
            if times > 1 + self.weather.doubtful_mails.get(which, 0)
        ]

    def _identity_outside(self) -> list[str]:
        texts = [
            str(value)
            for ticket in [*self._tickets(), *self.deleted]
            for value in vars(ticket).values()
        ]
        people = [*PROFESSIONALS, *CLIENTS, REASON, "zelda", "yngvi", "xenia"]
        journal = [str(row) for row in rows(self.world.database, "SELECT * FROM journal")]
        return words_found([*texts, *journal], people)

    # --- how it is done -----------------------------------------------------------------------

    def _requests(self) -> list[dict[str, str]]:
        return rows(self.world.database, "SELECT * FROM requests")

    def _client_of(self, reference: str) -> str:
        details = self.world.store.read(lambda tables: tables.requests.get_details(reference))
        return details.client_email

    def _tickets(self) -> list[FakeTicket]:
        return list(self.world.desk.tickets.values())

    def _ticket(self, number: int) -> FakeTicket | None:
        tickets = self._tickets()
        return tickets[number % len(tickets)] if tickets else None

    def _wait(self, wait: int | None) -> None:
        if wait is not None:
            self.time_passes(wait)

    def _safely(self, act: Callable[[], object]) -> bool:
        """Do it as the service does: it may die of it, or find the disk full."""
        try:
            act()
        except Died:
            self._restart()
            return False
        except NotKept:
            return False
        return True

    def _restart(self) -> None:
        if self.next_skew > self.skew:
            # A clock that is put right jumps ahead. That a call of that moment then takes effect
            # later than the rules can know is not proved here.
            self.weather.pass_time(2 * MINUTE)
        self.skew = self.next_skew
        self.world.restart(self.skew)

    def _staff_move(self, ticket: FakeTicket, stage: Stage | None, amount: str | None) -> None:
        if ticket.ticket_id not in self.world.desk.tickets:
            return
        self.world.desk.staff_move(ticket.ticket_id, stage, amount)
        typed = ticket.credits_to_grant.removesuffix(".0")
        if ticket.stage is Stage.APPROVED and typed in VALID:
            self.approved.setdefault(ticket.reference, set()).add(int(typed))

    def _tell(self, ticket_id: str, event: str) -> None:
        if event in ("now", "twice"):
            self._deliver_event(ticket_id, None)
        if event in ("late", "twice"):
            self.events.append((ticket_id, None))
        if event == "echo":
            self.events.append((ticket_id, self.world.desk.tickets[ticket_id].stage))

    def _deliver_event(self, ticket_id: str, echo_of: Stage | None) -> None:
        """HubSpot tries again what was not taken."""
        if not self._safely(lambda: self._deliver_now(ticket_id, echo_of)):
            self.events.append((ticket_id, echo_of))

    def _deliver_now(self, ticket_id: str, echo_of: Stage | None) -> None:
        self.world.stage_event(ticket_id, echo_of)

    def _deliver_form(self, fields: dict[str, str], since: int | None = None) -> None:
        if self._safely(lambda: self.world.webhook(**fields)):
            self.delivered.append(fields)
        else:
            self.webhooks.append((self.weather.true_time if since is None else since, fields))

    def _values(self, what: dict[str, str] | str) -> dict[str, str]:
        """The contact's present values, where they are taken only now."""
        if isinstance(what, dict):
            return what
        return next(one.fields for one in reversed(self.sent) if one.fields["pro"] == what)

    def _give_up_webhooks(self) -> None:
        oldest = self.weather.true_time - WEBHOOK_GIVEN_UP
        self.webhooks = [one for one in self.webhooks if one[0] > oldest]

    def _list_what_is_due(self) -> None:
        now = self.weather.true_time
        self.world.submissions.rows.extend(row for at, row in self.not_listed if at <= now)
        self.not_listed = [one for one in self.not_listed if one[0] > now]
