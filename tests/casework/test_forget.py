"""Who was forgotten stays forgotten, and what belongs to others stays as it was."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.backfill import backfill
from casework.delivery_records import Route
from casework.errors import CreditsDeskError, Unavailable
from casework.forget import Forgotten, forget
from casework.grant_records import GrantState
from casework.journal_words import NamesSomebody
from casework.leave_out import REMEMBERED_FOR
from casework.organisations import Company
from casework.people import Elsewhere
from casework.ports import Order
from casework.receive import keep_delivery
from casework.reconcile import reconcile_grants, reconcile_submissions, reopen
from casework.records import Records
from casework.request import CreditRequest, ReasonState, Role, Submission
from casework.stages import Stage
from casework.tell_reason import WAITS, ReasonPolicy
from casework.tickets import TicketText
from casework.verify import verify
from casework.wording import Attention, note_for
from storage.every_table import TABLES
from tests.storage.made_up import all_bytes, look, meddle
from tests.world import JONA, MINUTE, RULES, SIGGI, World

JONAS, ANNAS = "jona@example.is", "anna@clinic.is"
SHM = Path("/dev/shm")


def forgets(world: World, email: str = JONAS) -> Forgotten:
    return forget(
        email,
        by="DPO",
        reason="asked by letter",
        now=world.now,
        store=world.store,
        sealer=world.sealer,
    )


def rows(world: World, sql: str) -> list[tuple[object, ...]]:
    return look(world.kept_in, sql)


def opened(world: World) -> Iterator[str]:
    """Whatever is sealed in the file, opened with the keys; and all that is not sealed."""
    for reference, field, sealed in rows(
        world, "SELECT reference, field, sealed_value FROM sealed_fields"
    ):
        assert isinstance(sealed, bytes)
        yield world.sealer.unseal(sealed, f"request:{reference}:{field}").decode()
    for route, digest, sealed in rows(world, "SELECT route, digest, sealed_body FROM deliveries"):
        if sealed:
            assert isinstance(sealed, bytes)
            yield world.sealer.unseal(sealed, f"delivery:{route}:{digest}").decode()
    for key, sealed in rows(world, "SELECT key, sealed_client_email FROM ledger"):
        if sealed:
            assert isinstance(sealed, bytes)
            yield world.sealer.unseal(sealed, f"ledger:{key}").decode()
    for table in TABLES:
        for row in rows(world, f"SELECT * FROM {table}"):
            yield from (str(value) for value in row if not isinstance(value, bytes))


def knows(world: World, word: str) -> bool:
    return any(word in text.casefold() for text in opened(world))


def confirmed(world: World) -> CreditRequest:
    world.webhook(**JONA)
    world.submit("s1", **JONA)
    world.run()
    return world.request()


def approved(world: World) -> None:
    confirmed(world)
    world.staff_move(world.ticket(), Stage.APPROVED, "4")


# --- as client ----------------------------------------------------------------------------------


def test_nothing_of_a_forgotten_client_opens_any_more(world: World) -> None:
    confirmed(world)
    assert knows(world, JONAS) and knows(world, ANNAS)
    done = forgets(world)
    assert [(one.reference, one.role) for one in done.requests] == [
        (world.ticket().reference, Role.CLIENT)
    ]
    assert not knows(world, "jona") and not knows(world, ANNAS) and not knows(world, "kvíði")


def test_no_byte_of_what_was_sealed_is_left_in_the_database_or_its_log(world: World) -> None:
    confirmed(world)
    reference = world.ticket().reference
    sealed = [row[0] for row in rows(world, "SELECT sealed_value FROM sealed_fields")]
    digests = [
        str(value).encode()
        for row in rows(
            world, "SELECT client_digest, professional_digest, fields_digest FROM requests"
        )
        for value in row
    ]
    digests += [str(row[0]).encode() for row in rows(world, "SELECT digest FROM identifiers")]
    before = all_bytes(world.kept_in)
    assert sealed and len(digests) > 5
    assert all(isinstance(one, bytes) and one in before for one in sealed)
    assert all(one in before for one in digests)
    done = forgets(world)
    assert done.purged == isinstance(world.kept_in, Path)  # a server clears up by itself
    after = all_bytes(world.kept_in)
    assert not any(isinstance(one, bytes) and one in after for one in sealed)
    # Two digests are known for a few days more, apart from the request: see the tests below.
    remembered = {str(row[0]).encode() for row in rows(world, "SELECT digest FROM forgotten")}
    assert len(remembered) == 2
    assert not any(one in after for one in digests if one not in remembered)
    world.now += REMEMBERED_FOR + MINUTE
    world.read_list()
    world.store.purge_log()
    assert not any(one in all_bytes(world.kept_in) for one in digests)
    assert reference.encode() in after


def test_what_is_left_of_a_request_is_a_tombstone(world: World) -> None:
    before = confirmed(world)
    forgets(world)
    world.run()
    after = world.request()
    assert after.erased
    assert (after.reference, after.organisation, after.ticket_id, after.submitted_at) == (
        before.reference,
        before.organisation,
        before.ticket_id,
        before.submitted_at,
    )
    assert ("forgotten", '{"by":"DPO","reason":"asked by letter","role":"client"}') in rows(
        world, "SELECT event, facts FROM journal"
    )
    assert not verify(world.store)


def test_staff_are_told_on_an_open_ticket_and_nothing_can_be_granted(world: World) -> None:
    approved(world)
    forgets(world)
    grant = world.grant()
    assert grant and grant.state is GrantState.VOID
    world.later(RULES.delay)
    assert world.ticket().stage is Stage.NEEDS_ATTENTION
    assert note_for(Attention.FORGOTTEN, 20) in world.ticket().notes
    world.staff_move(world.ticket(), Stage.APPROVED, "4")
    world.later(RULES.delay)
    assert world.ticket().stage is Stage.NEEDS_ATTENTION
    assert not world.account.grants
    world.staff_move(world.ticket(), Stage.WITHDRAWN)
    assert world.ticket().stage is Stage.WITHDRAWN
    assert not world.parked()


def test_a_ticket_whose_credits_were_added_stays_where_it_is(world: World) -> None:
    approved(world)
    world.later(RULES.delay)
    done = forgets(world)
    world.run()
    assert world.ticket().stage is Stage.CREDITED
    assert Elsewhere.CREDITS in done.requests[0].left
    report = reconcile_grants(world.now, store=world.store, account=world.account)
    assert not report.findings
    assert not verify(world.store)


def test_nothing_is_changed_while_credits_are_being_added(world: World) -> None:
    approved(world)
    world.account.fail_next = Unavailable("fake platform", "grant credits")
    world.now += RULES.delay
    world.run("grants")
    grant = world.grant()
    assert grant and grant.state is GrantState.SENDING
    with pytest.raises(CreditsDeskError, match="try again in a few minutes") as refused:
        forgets(world)
    assert "jona" not in str(refused.value)
    assert knows(world, JONAS) and "forgotten" not in world.events()
    world.later(10 * MINUTE)
    forgets(world)
    assert not knows(world, JONAS)


def test_one_client_is_forgotten_and_the_others_are_not(world: World) -> None:
    world.webhook(**SIGGI)
    confirmed_first = {"siggi@example.is"}
    world.submit("s0", **SIGGI)
    world.run()
    world.webhook(**JONA)
    world.submit("s1", **JONA)
    world.run()
    forgets(world)
    assert not knows(world, JONAS)
    assert knows(world, "siggi@example.is") and knows(world, ANNAS)
    siggis = next(t for t in world.desk.tickets.values() if t.organisation == "Origo")
    world.staff_move(siggis, Stage.APPROVED, "3")
    world.later(RULES.delay)
    assert {order.client_email for order, _ in world.account.grants.values()} == confirmed_first


def test_somebody_of_whom_nothing_is_kept(world: World) -> None:
    confirmed(world)
    done = forgets(world, "nobody@example.is")
    assert not done.anything
    assert "forgotten" not in world.events()
    assert rows(world, "SELECT * FROM forgotten") == []


@pytest.mark.parametrize("email", ["", " ", "@"])
def test_no_address_is_nobody(world: World, email: str) -> None:
    world.submit("s1", **{**JONA, "client": ""})
    world.read_list()
    with pytest.raises(CreditsDeskError, match="no e-mail address"):
        forgets(world, email)


@pytest.mark.parametrize("reason", ["Jóna asked", "for JONA", "her therapist Anna"])
def test_the_journal_never_names_anybody(world: World, reason: str) -> None:
    confirmed(world)
    with pytest.raises(NamesSomebody) as refused:
        forget(
            JONAS, by="DPO", reason=reason, now=world.now, store=world.store, sealer=world.sealer
        )
    assert "jona" not in str(refused.value).casefold()
    assert knows(world, JONAS)
    assert world.events()[-1] == "forget_refused"


def test_a_request_from_before_there_were_digests_is_found_as_well(world: World) -> None:
    confirmed(world)
    meddle(world.kept_in, "UPDATE requests SET client_digest = ''")
    assert len(forgets(world, "JONA@example.is ").requests) == 1
    assert not knows(world, JONAS)


def test_which_requests_were_one_clients_can_still_be_told_and_nothing_else(world: World) -> None:
    for number, fields in enumerate([JONA, {**JONA, "org": "Origo"}, SIGGI]):
        world.now += MINUTE
        world.submit(f"s{number}", **fields)
    world.read_list()
    forgets(world)
    found = [
        str(row[0])
        for row in rows(world, "SELECT client_digest FROM requests ORDER BY submitted_at")
    ]
    assert found[0] == found[1] != found[2]
    assert found[0].startswith("forgotten-")


# --- it never comes back ------------------------------------------------------------------------


def test_the_list_does_not_bring_back_who_was_forgotten(world: World) -> None:
    confirmed(world)
    forgets(world)
    for _ in range(3):
        world.now += 2 * REMEMBERED_FOR
        world.read_list()
        reconcile_submissions(
            world.now, store=world.store, sealer=world.sealer, submissions=world.submissions
        )
    assert not knows(world, JONAS)
    assert len(world.desk.tickets) == 1


def test_the_list_confirms_a_forgotten_request_and_brings_nothing(world: World) -> None:
    world.webhook(**JONA)
    world.run()
    forgets(world)
    assert rows(world, "SELECT fields_digest <> '' FROM requests") == [(1,)]
    world.staff_move(world.ticket(), Stage.WITHDRAWN)
    world.submit("s1", **JONA)
    world.read_list()
    assert not knows(world, JONAS)
    assert rows(world, "SELECT conversion_id, fields_digest, confirmed FROM requests") == [
        ("s1", "", 1)
    ]
    assert len(world.desk.tickets) == 1


def test_after_a_long_outage_the_list_still_brings_nothing(world: World) -> None:
    world.webhook(**JONA)
    world.run()
    world.submit("s1", **{**JONA, "org": "Another spelling"})
    forgets(world)
    world.now += 3 * REMEMBERED_FOR
    world.read_list()
    assert not knows(world, JONAS)
    world.now += 3 * REMEMBERED_FOR
    world.read_list()
    assert not knows(world, JONAS)
    assert rows(world, "SELECT * FROM forgotten") == []


@pytest.mark.parametrize("later", [0, MINUTE, REMEMBERED_FOR - MINUTE])
@pytest.mark.parametrize("other", [{}, {"marker": "2"}, {"org": "MAREL"}, {"why": "x"}])
def test_a_webhook_that_comes_again_brings_nothing(
    world: World, later: int, other: dict[str, str]
) -> None:
    confirmed(world)
    forgets(world)
    world.now += later
    world.webhook(**{**JONA, **other})
    world.run()
    assert not knows(world, JONAS)
    assert len(world.desk.tickets) == 1
    assert not world.parked()


def test_a_backfill_brings_nothing_and_wakes_nobody(world: World) -> None:
    world.now -= 60 * 24 * 60 * MINUTE
    world.submit("old", **JONA)
    world.now += 60 * 24 * 60 * MINUTE

    def read_backlog(*, open_tickets: bool) -> int:
        return backfill(
            0,
            world.now,
            store=world.store,
            sealer=world.sealer,
            submissions=world.submissions,
            open_tickets=open_tickets,
            progress=lambda _reached: None,
        )

    assert read_backlog(open_tickets=False) == 1
    forgets(world)
    assert read_backlog(open_tickets=True) == 0
    world.run()
    assert not knows(world, JONAS)
    assert not world.desk.tickets


def test_what_is_submitted_afterwards_is_a_new_request(world: World) -> None:
    confirmed(world)
    forgets(world)
    world.now += 20 * MINUTE
    world.webhook(**JONA)
    world.submit("s2", **JONA)
    world.run()
    assert len(world.desk.tickets) == 2
    assert knows(world, JONAS)


def test_a_request_that_turns_out_to_be_of_somebody_forgotten_is_erased(world: World) -> None:
    world.webhook(**JONA)
    world.run()
    world.now += MINUTE
    world.webhook(**SIGGI, id="s1")
    world.submit("s1", **JONA)
    forgets(world)
    world.read_list()
    assert not knows(world, JONAS)


def test_no_ticket_is_opened_or_reopened_for_who_was_forgotten(world: World) -> None:
    world.webhook(**JONA)
    world.run("intake")
    forgets(world)
    world.run()
    world.later(60 * MINUTE)
    world.sweep()
    assert not world.desk.tickets
    ((reference,),) = rows(world, "SELECT reference FROM requests")
    with pytest.raises(CreditsDeskError, match="forgotten"):
        world.store.write(lambda records: reopen(records, str(reference), world.now))
    assert not world.parked()


def test_a_ticket_that_was_just_being_opened_is_explained(world: World) -> None:
    world.webhook(**JONA)
    world.run("intake")
    world.desk.lose_answers = 1
    world.run("crm")
    forgets(world)
    world.later(MINUTE)
    assert world.ticket().stage is Stage.NEEDS_ATTENTION
    assert note_for(Attention.FORGOTTEN, 20) in world.ticket().notes


# --- deliveries and the ledger ------------------------------------------------------------------


@pytest.mark.parametrize(
    "spelt", [JONAS, "JONA@Example.IS", "<jona@example.is>", "jona@example.is."]
)
def test_a_delivery_that_nobody_could_read_is_erased(world: World, spelt: str) -> None:
    world.webhook(other=f"to {spelt}")
    world.webhook(other="to johjona@example.is, jona@example.island")
    world.run()
    assert len(world.parked()) == 2
    assert forgets(world).deliveries == 1
    world.run()
    assert len(world.parked()) == 1
    assert [text for text in opened(world) if "to " in text and "jona@" in text] == [
        '{"other": "to johjona@example.is, jona@example.island"}'
    ]


def test_an_address_is_found_however_the_body_writes_it(world: World) -> None:
    world.webhook(other="guðrún@example.is")
    world.run()
    assert forgets(world, "Guðrún@example.is").deliveries == 1


@pytest.mark.parametrize("exported", [True, False])
def test_the_ledger_keeps_an_address_only_until_it_was_exported(
    world: World, exported: bool
) -> None:
    confirmed(world)
    reference = world.ticket().reference
    order = Order(f"credit-request-{reference}", JONAS, 4, "Marel hf.", reference)
    world.store.write(lambda tables: tables.ledger.add(order, world.now))
    if exported:
        world.store.write(lambda tables: tables.ledger.take_for_export(world.now))
    done = forgets(world)
    assert (done.blanked, done.waiting) == (([reference], []) if exported else ([], [reference]))
    assert knows(world, JONAS) is not exported
    if not exported:
        world.store.write(lambda tables: tables.ledger.take_for_export(world.now))
        again = forgets(world)
        assert (again.blanked, list(again.requests)) == ([reference], [])
        assert not knows(world, JONAS)


# --- what staff may read of the reason ------------------------------------------------------------


@pytest.mark.parametrize("email", [JONAS, ANNAS])
@pytest.mark.parametrize("policy", [ReasonPolicy.REDACTED, ReasonPolicy.REVIEWED])
def test_what_the_ticket_shows_of_the_reason_is_taken_off(
    world: World, email: str, policy: ReasonPolicy
) -> None:
    world.reason_policy = policy
    world.companies.all = [Company("71", "Marel", frozenset({"marel.is"}), members=500)]
    world.submit("s1", **JONA | {"why": "needs more sessions for anxiety"})
    world.sweep()
    reference = world.ticket().reference
    shown = world.ticket().texts[TicketText.REASON]
    redacted = policy is ReasonPolicy.REDACTED
    assert shown == ("needs more sessions for anxiety" if redacted else WAITS)
    done = forgets(world, email)
    world.run()
    assert world.ticket().texts[TicketText.REASON] == ""
    assert not knows(world, "anxiety")
    assert world.request().reason is ReasonState.NONE
    assert world.store.read(lambda r: r.requests.get_redacted_reason(reference)) == ""
    left = done.requests[0].left
    assert (Elsewhere.TICKET_HISTORY in left) is redacted


# --- as professional ----------------------------------------------------------------------------


def test_a_professional_is_forgotten_and_the_client_still_gets_the_credits(world: World) -> None:
    approved(world)
    done = forgets(world, ANNAS)
    assert [one.role for one in done.requests] == [Role.PROFESSIONAL]
    assert not knows(world, ANNAS) and not knows(world, "kvíði")
    mails = len(world.mailer.sent)
    world.later(RULES.delay)
    assert world.account.balance(JONAS) == 4
    assert world.ticket().stage is Stage.CREDITED
    assert len(world.mailer.sent) == mails
    assert not world.parked()


def test_an_unconfirmed_request_is_confirmed_without_its_professional(world: World) -> None:
    world.webhook(**JONA)
    world.run()
    forgets(world, ANNAS)
    world.submit("s1", **JONA)
    world.read_list()
    assert world.request().confirmed
    assert knows(world, JONAS) and not knows(world, ANNAS) and not knows(world, "kvíði")
    world.staff_move(world.ticket(), Stage.APPROVED, "4")
    world.later(RULES.delay)
    assert world.account.balance(JONAS) == 4


def test_what_a_professional_had_under_way_comes_without_them(world: World) -> None:
    confirmed(world)
    world.submit("s2", **SIGGI)
    forgets(world, ANNAS)
    world.webhook(**SIGGI)
    world.read_list()
    assert knows(world, "siggi@example.is") and not knows(world, ANNAS)
    siggis = next(t for t in world.desk.tickets.values() if t.organisation == "Origo")
    assert siggis.stage is Stage.NEW
    world.staff_move(siggis, Stage.APPROVED, "3")
    world.later(RULES.delay)
    assert world.account.balance("siggi@example.is") == 3


def test_somebody_who_is_both_is_forgotten_as_both(world: World) -> None:
    world.submit("s1", **{**JONA, "pro": JONAS})
    world.submit("s2", **{**SIGGI, "pro": JONAS})
    world.read_list()
    assert {one.role for one in forgets(world).requests} == {Role.CLIENT, Role.PROFESSIONAL}
    assert not knows(world, JONAS) and knows(world, "siggi@example.is")


# --- in any order -------------------------------------------------------------------------------

ORGANISATIONS = ("Marel hf.", "MAREL", "Origo")
BEFORE = st.sampled_from(
    ["webhook", "webhook", "unread", "submit", "read", "run", "approve", "minutes", "fail", "move"]
)
AFTER = st.sampled_from(
    [
        *("webhook", "list", "read", "run", "approve", "minutes", "hours", "fail", "sweep"),
        *("move", "forget", "backfill", "reconcile"),
    ]
)


class AnyOrder:
    """A small world in which somebody asks to be forgotten at some moment."""

    def __init__(self, folder: Path) -> None:
        self.world = World(folder)
        self.submitted = 0
        self.late: list[Submission] = []

    def step(self, what: str, number: int) -> None:
        """One thing happens; which one of several, the number says."""
        getattr(self, f"_{what}")(number)

    def _webhook(self, number: int) -> None:
        self.world.webhook(**JONA | {"org": ORGANISATIONS[number % 3], "marker": str(number)})
        self.world.run("intake")

    def _unread(self, number: int) -> None:
        self.world.webhook(**JONA | {"marker": str(number)})

    def _submit(self, number: int) -> None:
        """HubSpot may show it later."""
        self.submitted += 1
        self.world.submit(f"s{self.submitted}", **JONA | {"org": ORGANISATIONS[number % 3]})
        if number % 2:
            self.late.append(self.world.submissions.rows.pop())

    def _list(self, _number: int) -> None:
        self.world.submissions.rows += self.late
        self.late = []

    def _read(self, _number: int) -> None:
        self.world.read_list()

    def _run(self, _number: int) -> None:
        self.world.run()

    def _approve(self, number: int) -> None:
        tickets = list(self.world.desk.tickets.values())
        if tickets:
            self.world.staff_move(tickets[number % len(tickets)], Stage.APPROVED, "4")

    def _move(self, number: int) -> None:
        tickets = list(self.world.desk.tickets.values())
        if tickets:
            self.world.staff_move(tickets[number % len(tickets)], list(Stage)[number])

    def _minutes(self, number: int) -> None:
        self.world.later((number + 1) * MINUTE)

    def _hours(self, number: int) -> None:
        self.world.later(number % 4 * 60 * MINUTE)

    def _fail(self, _number: int) -> None:
        self.world.account.fail_next = Unavailable("fake platform", "grant credits")

    def _sweep(self, _number: int) -> None:
        self.world.sweep()

    def _backfill(self, number: int) -> None:
        backfill(
            0,
            self.world.now,
            store=self.world.store,
            sealer=self.world.sealer,
            submissions=self.world.submissions,
            open_tickets=bool(number % 2),
            progress=lambda _reached: None,
        )

    def _reconcile(self, _number: int) -> None:
        world = self.world
        reconcile_submissions(
            world.now, store=world.store, sealer=world.sealer, submissions=world.submissions
        )
        reconcile_grants(world.now, store=world.store, account=world.account)

    def _forget(self, _number: int) -> None:
        self.forget()

    def forget(self) -> bool:
        """As an operator does: again in a few minutes where credits are just being added."""
        for _ in range(20):
            try:
                forgets(self.world)
            except CreditsDeskError:
                self.world.later(10 * MINUTE)
            else:
                return True
        return False


@given(
    before=st.lists(st.tuples(BEFORE, st.integers(0, 7)), min_size=1, max_size=8),
    after=st.lists(st.tuples(AFTER, st.integers(0, 7)), max_size=12),
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_in_any_order_nobody_comes_back_and_nothing_is_granted(
    before: list[tuple[str, int]], after: list[tuple[str, int]]
) -> None:
    with tempfile.TemporaryDirectory(dir=SHM if SHM.is_dir() else None) as folder:
        play = AnyOrder(Path(folder))
        world = play.world
        try:
            for what, number in before:
                play.step(what, number)
            known = knows(world, JONAS)
            assert play.forget()
            granted = dict(world.account.grants)
            for what, number in after if known else ():
                play.step(what, number)
                assert not knows(world, JONAS), what
            if known:
                play.step("list", 0)
                for pause in (MINUTE, REMEMBERED_FOR, REMEMBERED_FOR):
                    world.later(pause)
                    world.read_list()
                    world.sweep()
                assert not knows(world, JONAS)
                assert rows(world, "SELECT * FROM forgotten") == []
                assert world.account.grants == granted
            assert not verify(world.store)
        finally:
            world.store.close()


def typed_by_staff(world: World) -> None:
    """HubSpot's event of a changed subject brings the words."""
    told = {"ticket": world.ticket().ticket_id, "echo_of": "", "value": "for jona@example.is"}
    keep_delivery(world.store, world.sealer, Route.CRM, json.dumps(told).encode(), world.now)


def test_what_staff_typed_is_kept_no_longer_than_until_it_was_read(world: World) -> None:
    world.webhook(**JONA)
    world.run()
    typed_by_staff(world)
    world.run()
    assert not forgets(world).deliveries
    assert not [body for body in opened(world) if "jona@example.is" in body]


def test_what_staff_typed_is_forgotten_where_it_could_not_be_read(world: World) -> None:
    world.webhook(**JONA)
    world.run()
    typed_by_staff(world)

    def park(records: Records) -> None:
        (delivery,) = records.deliveries.find_to_be_read(Route.CRM)
        records.deliveries.set_outcome(delivery.id, "parked")

    world.store.write(park)
    assert [body for body in opened(world) if "jona@example.is" in body]
    assert forgets(world).deliveries == 1
    assert not [body for body in opened(world) if "jona@example.is" in body]
