"""Old data is erased after staff were told, and never while anything about it is pending."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.delivery_records import Route
from casework.errors import CreditsDeskError, Leak, Refused, Unavailable
from casework.forget import forget
from casework.forget_old import MOST_NAMED, RetentionRules, forget_old
from casework.hold import set_hold
from casework.ports import Digest, Mail, Mailer, Order
from casework.records import Records
from casework.reply_records import Reply
from casework.request import Details, ReasonState, Submission, TicketState
from casework.request_records import NewRequest
from casework.retention import DAY, NOTICE, Kept, Why, find_all_kept
from casework.stages import OPEN_STAGES, Stage
from casework.tickets import TicketText
from casework.understand_reply import Meaning
from casework.work import Kind
from casework.worker import WHOLE, LookAgain, run_round
from storage.sealing import TinkSealer, new_keyset
from storage.tables import Tables
from tests.storage.made_up import Database, look, open_again
from tests.world import JONA, World

NOW = 1_790_000_000_000
DAYS = 30
STAFF = ["staff@desk.example", "boss@desk.example"]
SHM = Path("/dev/shm")
KEYSET = new_keyset()


@dataclass
class Post:
    """Takes digests, unless it is told to fail for some."""

    taken: list[tuple[str, Digest]] = field(default_factory=list)
    failing: dict[str, CreditsDeskError] = field(default_factory=dict)

    def send(self, mail: Mail) -> None:
        raise AssertionError("no professional is told anything")

    def tell_staff(self, digest: Digest, to: str) -> None:
        if to in self.failing:
            raise self.failing[to]
        self.taken.append((to, digest))


class Archive:
    """Requests of all ages, and a clock that a test moves a day at a time."""

    def __init__(self, kept_in: Database) -> None:
        self.now = NOW
        self.sealer = TinkSealer(KEYSET)
        self.kept_in = kept_in
        self.store = open_again(kept_in, self.sealer)
        self.post = Post()
        self.mailer: Mailer | None = self.post
        self.rules = RetentionRules(DAYS, STAFF)

    def add(
        self,
        reference: str,
        stage: Stage = Stage.CREDITED,
        age: int = DAYS + 1,
        *,
        dormant: bool = False,
        ticket: TicketState = TicketState.THERE,
        client: str = "client",
    ) -> None:
        """A request that has stood in this stage for so many days."""
        at = self.now - age * DAY
        details = Details(f"{reference}@client.example", "pia@pro.example", "Tired for months.")
        submission = Submission(details, "Marel", f"s-{reference}", at, listed=True)
        new = NewRequest(reference, submission, "Marel", "f", client, "p", None, "Received.")

        def add(records: Records) -> None:
            records.requests.add(new, at, dormant=dormant)
            if not dormant:
                records.requests.set_ticket(reference, f"9{reference[3:]}", stage, None)
                records.requests.set_ticket_state(reference, ticket)

        self.store.write(add)

    def do(self, change: Callable[[Records], object]) -> None:
        self.store.write(change)

    def run(self) -> LookAgain | CreditsDeskError:
        """One turn of the step, as the worker would do it."""
        while True:
            left = forget_old(
                [WHOLE],
                self.now,
                store=self.store,
                mailer=self.mailer,
                rules=self.rules,
                clock=lambda: self.now,
            )[WHOLE]
            if left != LookAgain(self.now):
                return left

    def pass_days(self, days: int) -> None:
        for _ in range(days):
            self.now += DAY
            self.run()

    def erased(self, reference: str) -> bool:
        return self.store.read(lambda records: records.requests.find([reference]))[reference].erased

    def kept(self) -> dict[str, Kept]:
        found = self.store.read(lambda records: find_all_kept(records, self.now, DAYS))
        assert len({one.key for one in found}) == len(found)
        return {one.key: one for one in found}

    def named(self) -> list[str]:
        """The references in the digests to the first of the staff, in order."""
        return [
            one.reference
            for to, digest in self.post.taken
            if to == STAFF[0]
            for one in digest.requests
        ]


@pytest.fixture
def archive(kept_in: Database) -> Iterator[Archive]:
    archive = Archive(kept_in)
    yield archive
    archive.store.close()


def facts(archive: Archive, event: str) -> Sequence[tuple[str, object]]:
    return archive.store.read(lambda records: records.journal.find_facts(event))


# --- announced, then erased -----------------------------------------------------------------------


def test_it_is_announced_first_and_erased_a_week_later(archive: Archive) -> None:
    archive.add("CR-1")
    assert archive.run() == LookAgain(NOW + DAY)
    assert [to for to, _ in archive.post.taken] == STAFF
    assert archive.named() == ["CR-1"]
    assert archive.post.taken[0][1].erase_from == NOW + NOTICE
    archive.pass_days(6)
    assert not archive.erased("CR-1")
    archive.pass_days(1)
    assert archive.erased("CR-1")
    assert facts(archive, "forgotten") == [
        ("CR-1", {"by": "retention", "reason": "kept for 30 days", "role": "client"})
    ]
    assert archive.named() == ["CR-1"], "told once"
    assert archive.kept() == {}


def test_nothing_that_identifies_anybody_is_left_of_it(archive: Archive) -> None:
    archive.add("CR-1")
    reply = Reply("CR-1", "email/1", Meaning.APPROVE, 4, "Yes.", False, True, False)
    archive.do(lambda records: records.replies.add(reply, NOW))
    archive.do(lambda records: records.requests.set_reason("CR-1", ReasonState.HELD, "Tired […]."))
    archive.run()
    archive.pass_days(8)

    def look(records: Records) -> tuple[Details, str, list[str]]:
        return (
            records.requests.get_details("CR-1"),
            records.requests.get_redacted_reason("CR-1"),
            [one.sentence for one in records.replies.find("CR-1")],
        )

    assert archive.store.read(look) == (Details("", "", ""), "", [""])
    late = Reply("CR-1", "email/2", Meaning.DECLINE, None, "No.", False, True, False)
    archive.do(lambda records: records.replies.add(late, NOW))
    assert archive.store.read(look)[2] == ["", ""], "nor is anything sealed anew"
    request = archive.store.read(lambda records: records.requests.find(["CR-1"]))["CR-1"]
    assert (request.stage, request.conversion_id, request.ticket_id) == (
        Stage.CREDITED,
        "s-CR-1",
        "91",
    )


@pytest.mark.parametrize("stage", Stage)
def test_open_requests_are_told_of_and_kept(archive: Archive, stage: Stage) -> None:
    archive.add("CR-1", stage)
    archive.run()
    (_, digest), _ = archive.post.taken
    archive.pass_days(20)
    if stage in OPEN_STAGES:
        assert [reference for reference, _ in digest.waiting] == ["CR-1"]
        assert not archive.erased("CR-1") and not digest.requests
        assert archive.kept()["CR-1"].why is Why.OPEN
        assert len(archive.post.taken) == 2, "told once"
    else:
        assert archive.erased("CR-1") and not digest.waiting


@pytest.mark.parametrize("age", [0, DAYS - 1])
def test_what_is_young_is_nobodys_concern(archive: Archive, age: int) -> None:
    archive.add("CR-1", age=age)
    archive.add("CR-2", Stage.ASKED, age)
    archive.add("CR-3", Stage.NEW, age, dormant=True)
    archive.run()
    assert archive.post.taken == [] and archive.kept() == {}


def test_the_backlog_and_requests_whose_ticket_is_gone(archive: Archive) -> None:
    archive.add("CR-1", Stage.NEW, dormant=True)
    archive.add("CR-2", Stage.ASKED, ticket=TicketState.MISSING)
    archive.add("CR-3", Stage.ASKED, ticket=TicketState.MERGED)
    archive.add("CR-4", Stage.ASKED, ticket=TicketState.ELSEWHERE)
    archive.run()
    archive.pass_days(8)
    assert [archive.erased(f"CR-{number}") for number in (1, 2, 3, 4)] == [True, True, True, False]


def test_a_delivery_that_was_never_read(archive: Archive) -> None:
    def keep(records: Records) -> int:
        id_, _ = records.deliveries.keep(Route.FORM, "d", b"sealed", NOW - DAYS * DAY)
        records.deliveries.set_outcome(id_, "parked")
        return id_

    id_ = archive.store.write(keep)
    archive.run()
    assert archive.post.taken[0][1].deliveries == 1
    archive.pass_days(8)
    (delivery,) = archive.store.read(lambda records: records.deliveries.find([id_]))
    assert delivery.sealed_body == b""
    assert facts(archive, "forgotten")[0][0] == ""


def test_rows_of_events_go_and_those_of_forms_stay(archive: Archive) -> None:
    def keep(records: Records) -> None:
        for route in Route:
            for outcome in ("read", "ignored", "erased", "parked", "waiting"):
                old, _ = records.deliveries.keep(route, f"{route}{outcome}", b"x", NOW - 40 * DAY)
                new, _ = records.deliveries.keep(route, f"{route}{outcome}n", b"x", NOW)
                for id_ in (old, new):
                    records.deliveries.set_outcome(id_, outcome)

    archive.do(keep)
    archive.run()
    counts = archive.store.read(lambda records: records.deliveries.count_by_outcome(0))
    assert counts == {"read": 3, "ignored": 3, "erased": 3, "parked": 4, "waiting": 4}


def test_the_embedded_ledger(archive: Archive) -> None:
    def order(number: int) -> Order:
        return Order(f"credit-request-CR-{number}", "jona@x.example", 4, "Marel", f"CR-{number}")

    old = NOW - 40 * DAY

    def enter(number: int, exported_at: int | None) -> None:
        def change(tables: Tables) -> None:
            tables.ledger.add(order(number), old)
            if exported_at is not None:
                tables.ledger.take_for_export(exported_at)

        archive.store.write(change)

    enter(1, old)
    enter(2, NOW)
    enter(3, None)
    archive.run()
    digest = archive.post.taken[0][1]
    assert digest.entries == 1
    assert [key for key, _ in digest.waiting] == ["credit-request-CR-3"]
    archive.pass_days(8)
    left = archive.store.read(lambda records: records.ledger.find_addressed())
    assert [entry.reference for entry in left] == ["CR-2", "CR-3"]


# --- never while something is pending -------------------------------------------------------------


def reserve(records: Records) -> None:
    records.grants.reserve("CR-1", 4, NOW, NOW)


def propose(records: Records) -> None:
    records.reversals.propose("CR-1", 4, NOW)


def ask(kind: Kind, key: str) -> Callable[[Records], None]:
    return lambda records: records.work.ask(kind, [key], NOW)


def park(kind: Kind, key: str, days_ago: int) -> Callable[[Records], None]:
    def change(records: Records) -> None:
        records.work.ask(kind, [key], NOW)
        (item,) = records.work.find_due([kind], NOW, 1)
        records.work.park(item, "refused", NOW - days_ago * DAY)

    return change


def unread_reply(records: Records) -> None:
    reply = Reply("CR-1", "thread/5/1", Meaning.APPROVE, 4, "Yes.", False, True, False)
    records.replies.add(reply, NOW - 40 * DAY)
    park(Kind.READ_MESSAGES, "thread/5/2", 1)(records)


PENDING = [
    (reserve, Why.GRANT),
    (propose, Why.REVERSAL),
    (unread_reply, Why.UNREAD),
    (ask(Kind.SEND_LETTER, "CR-1"), Why.WORK),
    (ask(Kind.NOTIFY, "CR-1/declined"), Why.WORK),
    (ask(Kind.FOLLOW_STAGES, "91"), Why.WORK),
    (park(Kind.NOTIFY, "CR-1/granted", 1), Why.PARKED),
    (park(Kind.ADD_NOTE, "CR-1/amount/7", 1), Why.PARKED),
]


@pytest.mark.parametrize(("pending", "why"), PENDING)
@pytest.mark.parametrize("announced", [True, False])
def test_never_while_anything_is_pending(
    archive: Archive, pending: Callable[[Records], None], why: Why, *, announced: bool
) -> None:
    archive.add("CR-1")
    archive.add("CR-2")
    if announced:
        archive.run()
    archive.do(pending)
    archive.run()
    archive.pass_days(9)
    assert not archive.erased("CR-1") and archive.erased("CR-2")
    assert archive.kept()["CR-1"].why is why
    if not announced:
        waiting = [reference for _, digest in archive.post.taken for reference, _ in digest.waiting]
        assert ("CR-1" in waiting) is why.needs_a_person
        assert "CR-1" not in archive.named()


@pytest.mark.parametrize(
    "other",
    [
        ask(Kind.WATCH_TICKETS, "91"),
        ask(Kind.NOTIFY, "CR-11/declined"),
        ask(Kind.READ_MESSAGES, "thread/6/1"),
        park(Kind.NOTIFY, "CR-1/granted", DAYS + 1),
    ],
)
def test_what_is_about_others_or_was_left_for_ever_holds_nothing_back(
    archive: Archive, other: Callable[[Records], None]
) -> None:
    archive.add("CR-1")
    archive.do(other)
    archive.run()
    archive.pass_days(8)
    assert archive.erased("CR-1")


def test_what_moves_after_it_was_announced_is_announced_anew_when_it_is_old_again(
    archive: Archive,
) -> None:
    archive.add("CR-1")
    archive.run()
    archive.do(lambda records: records.requests.set_stage("CR-1", Stage.ASKED, archive.now))
    archive.pass_days(10)
    archive.do(lambda records: records.requests.set_stage("CR-1", Stage.DECLINED, archive.now))
    archive.pass_days(DAYS)
    assert not archive.erased("CR-1")
    archive.pass_days(8)
    assert archive.erased("CR-1") and archive.named() == ["CR-1", "CR-1"]


def test_a_hold_keeps_it_and_after_that_it_is_announced_anew(archive: Archive) -> None:
    def hold(*, on: bool) -> None:
        set_hold("CR-1", on=on, by="DPO", reason="dispute", now=archive.now, store=archive.store)

    archive.add("CR-1")
    archive.run()
    hold(on=True)
    archive.pass_days(20)
    assert not archive.erased("CR-1") and archive.kept()["CR-1"].why is Why.HOLD
    assert len(archive.post.taken) == 2, "nobody is nagged about a hold"
    hold(on=False)
    archive.pass_days(7)
    assert not archive.erased("CR-1")
    archive.pass_days(1)
    assert archive.erased("CR-1") and archive.named() == ["CR-1", "CR-1"]
    assert [reference for reference, _ in facts(archive, "hold_released")] == ["CR-1"]


def test_a_hold_says_no_to_whoever_asks(archive: Archive) -> None:
    archive.add("CR-1")
    hold = {"by": "DPO", "reason": "dispute", "now": NOW, "store": archive.store}
    with pytest.raises(CreditsDeskError, match="not on hold"):
        set_hold("CR-1", on=False, **hold)  # type: ignore[arg-type]
    with pytest.raises(CreditsDeskError, match="no request"):
        set_hold("CR-9", on=True, **hold)  # type: ignore[arg-type]
    set_hold("CR-1", on=True, **hold)  # type: ignore[arg-type]
    with pytest.raises(CreditsDeskError, match="already"):
        set_hold("CR-1", on=True, **hold)  # type: ignore[arg-type]


def test_nobody_is_forgotten_by_wish_while_on_hold(world: World) -> None:
    world.webhook(**JONA)
    world.submit("s1", **JONA)
    world.run()
    reference = world.reference()
    set_hold(reference, on=True, by="DPO", reason="dispute", now=world.now, store=world.store)
    asked = {"by": "DPO", "reason": "letter", "store": world.store, "sealer": world.sealer}
    with pytest.raises(CreditsDeskError, match="on hold"):
        forget("jona@example.is", now=world.now, **asked)  # type: ignore[arg-type]
    assert not world.request().erased


def test_with_more_days_in_the_setting_what_was_announced_is_kept(archive: Archive) -> None:
    archive.add("CR-1")
    archive.run()
    archive.rules = RetentionRules(365, STAFF)
    archive.pass_days(10)
    assert not archive.erased("CR-1")


# --- telling --------------------------------------------------------------------------------------


def test_a_mail_server_that_is_away_puts_it_off(archive: Archive) -> None:
    archive.add("CR-1")
    archive.post.failing = dict.fromkeys(STAFF, Unavailable("mail server", "send", "421"))
    steps = {
        Kind.FORGET_OLD: lambda keys, now: forget_old(
            keys,
            now,
            store=archive.store,
            mailer=archive.mailer,
            rules=archive.rules,
            clock=lambda: archive.now,
        )
    }
    archive.do(ask(Kind.FORGET_OLD, WHOLE))
    for _ in range(40):
        run_round(archive.store, steps, [Kind.FORGET_OLD], lambda: archive.now)
        archive.now += DAY
    (failing,) = archive.store.read(lambda records: records.work.find_failing())
    assert (failing.kind, failing.since) == (Kind.FORGET_OLD, NOW)
    assert not archive.erased("CR-1") and archive.kept()["CR-1"].erase_from is None
    archive.post.failing = {}
    archive.run()
    told = archive.now
    archive.pass_days(7)
    assert archive.erased("CR-1") and archive.now == told + NOTICE


def test_a_digest_whose_record_was_lost_goes_again_as_it_was(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.add("CR-1")
    with monkeypatch.context() as patched:
        patched.setattr(
            "storage.retention.RetentionTable.announce", lambda *_: (_ for _ in ()).throw(OSError)
        )
        with pytest.raises(OSError):  # noqa: PT011 - as if the process had died here
            archive.run()
    archive.add("CR-2")
    archive.now += 60_000
    archive.run()
    first, again = archive.post.taken[0][1], archive.post.taken[-1][1]
    assert first.planned_at == again.planned_at
    assert first.requests == again.requests
    archive.pass_days(1)
    assert archive.named() == ["CR-1", "CR-1", "CR-2"]


@pytest.mark.parametrize("error", [Refused("mail server", "send", "550"), Leak("mail server")])
def test_a_digest_that_was_refused_is_not_tried_every_minute(
    archive: Archive, error: CreditsDeskError
) -> None:
    archive.add("CR-1")
    archive.post.failing = dict.fromkeys(STAFF, error)
    with pytest.raises(Unavailable) as caught:
        archive.run()
    assert caught.value.retry_after == 6 * 3_600_000
    archive.now += 10 * DAY
    with pytest.raises(Unavailable):
        archive.run()
    assert not archive.erased("CR-1")


def test_one_of_the_staff_is_enough(archive: Archive) -> None:
    archive.add("CR-1")
    archive.post.failing = {STAFF[0]: Refused("mail server", "send", "550")}
    archive.run()
    archive.pass_days(8)
    assert archive.erased("CR-1")
    assert facts(archive, "retention_announced")[0][1] == {
        "requests": 1,
        "deliveries": 0,
        "entries": 0,
        "waiting": 0,
        "told": 1,
    }


@pytest.mark.parametrize("staff", [[], STAFF])
def test_with_nobody_to_tell_it_goes_on_after_the_same_time(
    archive: Archive, staff: Sequence[str]
) -> None:
    archive.add("CR-1")
    archive.rules = RetentionRules(DAYS, staff)
    archive.mailer = None if staff else archive.post
    archive.run()
    assert archive.kept()["CR-1"].erase_from == NOW + NOTICE
    archive.pass_days(6)
    assert not archive.erased("CR-1")
    archive.pass_days(1)
    assert archive.erased("CR-1") and archive.post.taken == []
    assert [reference for reference, _ in facts(archive, "retention_announced")] == [""]


def test_one_digest_a_day_at_most_and_only_with_something_new(archive: Archive) -> None:
    archive.run()
    assert archive.post.taken == []
    archive.add("CR-1")
    archive.run()
    archive.add("CR-2")
    archive.now += DAY - 1
    archive.run()
    assert archive.named() == ["CR-1"]
    archive.now += 1
    archive.run()
    archive.pass_days(3)
    assert archive.named() == ["CR-1", "CR-2"]


def test_a_long_list_is_cut_and_all_of_it_is_erased(archive: Archive) -> None:
    for number in range(MOST_NAMED + 30):
        archive.add(f"CR-{number}", client=f"client-{number}")
        archive.add(f"CR-{1000 + number}", Stage.ASKED)
    archive.run()
    digest = archive.post.taken[0][1]
    assert (len(digest.requests), digest.requests_more) == (MOST_NAMED, 30)
    assert (len(digest.waiting), digest.waiting_more) == (MOST_NAMED, 30)
    archive.pass_days(8)
    assert all(archive.erased(f"CR-{number}") for number in range(MOST_NAMED + 30))


def test_a_purge_that_could_not_be_is_made_up_for(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(archive.store), "clears_itself", False)
    archive.add("CR-1")
    archive.run()
    archive.pass_days(6)
    archive.now += DAY
    purges: list[bool] = []

    def purge(*, done: bool) -> Callable[[], bool]:
        def purge_log() -> bool:
            purges.append(done)
            return done

        return purge_log

    monkeypatch.setattr(archive.store, "purge_log", purge(done=False))
    assert archive.run() == LookAgain(archive.now + 600_000)
    monkeypatch.setattr(archive.store, "purge_log", purge(done=True))
    assert archive.run() == LookAgain(archive.now + DAY)
    assert archive.run() == LookAgain(archive.now + DAY)
    assert purges == [False, True]


def test_where_a_server_clears_its_files_nobody_waits_for_it(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(archive.store), "clears_itself", True)
    monkeypatch.setattr(archive.store, "purge_log", lambda: False)
    archive.add("CR-1")
    archive.run()
    archive.pass_days(6)
    archive.now += DAY
    assert archive.run() == LookAgain(archive.now + DAY)
    assert archive.erased("CR-1")


# --- beside the rest ------------------------------------------------------------------------------


def test_the_requests_of_one_client_count_as_one_however_far_apart_they_go(
    archive: Archive,
) -> None:
    archive.add("CR-1", client="jona")
    archive.add("CR-2", client="jona", age=DAYS - 5)
    archive.add("CR-3", client="siggi")
    archive.run()
    archive.pass_days(8)
    archive.add("CR-4", client="jona", age=DAYS + 1)
    archive.pass_days(20)
    stands_for = dict(look(archive.kept_in, "SELECT reference, client_digest FROM requests"))
    assert stands_for["CR-1"] == stands_for["CR-2"] == stands_for["CR-4"] != stands_for["CR-3"]
    assert all(one.startswith("forgotten-") for one in stands_for.values())


def test_in_the_whole_service_the_reason_goes_off_the_ticket_and_the_list_brings_nobody_back(
    world: World,
) -> None:
    world.webhook(**JONA)
    world.submit("s1", **JONA)
    world.run()
    reference = world.reference()
    ticket = world.ticket()
    world.store.write(
        lambda records: records.requests.set_reason(reference, ReasonState.SHOWN, "Tired […].")
    )
    ticket.texts[TicketText.REASON] = "Tired […]."
    world.staff_move(ticket, Stage.WITHDRAWN)
    world.store.write(ask(Kind.FORGET_OLD, WHOLE))
    world.later(DAY)
    world.later(366 * DAY)
    assert [digest.all_requests for _, digest in world.mailer.digests] == [1]
    for _ in range(8):
        world.later(DAY)
    assert world.request().erased
    assert ticket.texts[TicketText.REASON] == ""
    world.webhook(**JONA)
    world.read_list()
    assert len(world.desk.tickets) == 1
    assert world.parked() == []


# --- whatever happens -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    stage: Stage
    age: int
    dormant: bool
    ticket: TicketState
    #: On which day what comes up, and goes again a few days later.
    trouble: str
    comes: int
    lasts: int


CASES = st.lists(
    st.builds(
        Case,
        stage=st.sampled_from(Stage),
        age=st.integers(DAYS - 12, DAYS + 3),
        dormant=st.booleans(),
        ticket=st.sampled_from(TicketState),
        trouble=st.sampled_from(["", "hold", "grant", "reversal", "work", "parked", "reopened"]),
        comes=st.integers(0, 20),
        lasts=st.integers(1, 12),
    ),
    min_size=1,
    max_size=8,
)


class Trouble:
    """What comes up about a request, and goes again."""

    def __init__(self, archive: Archive, reference: str, case: Case) -> None:
        self.archive, self.reference, self.case = archive, reference, case
        self.there = False

    def on_day(self, day: int) -> None:
        name = self.case.trouble
        if name and day == self.case.comes and not self.archive.erased(self.reference):
            self.there = True
            self.archive.do(getattr(self, f"_{name}_comes"))
        elif self.there and day == self.case.comes + self.case.lasts:
            self.there = False
            self.archive.do(getattr(self, f"_{name}_goes"))

    def _hold_comes(self, records: Records) -> None:
        records.retention.set_hold(self.reference, self.archive.now)

    def _hold_goes(self, records: Records) -> None:
        records.retention.set_hold(self.reference, None)

    def _grant_comes(self, records: Records) -> None:
        assert records.grants.reserve(self.reference, 4, self.archive.now, self.archive.now)

    def _grant_goes(self, records: Records) -> None:
        assert records.grants.void(self.reference, "changed")

    def _reversal_comes(self, records: Records) -> None:
        assert records.reversals.propose(self.reference, 4, self.archive.now)

    def _reversal_goes(self, records: Records) -> None:
        assert records.reversals.settle(self.reference, "kept", self.archive.now)

    def _work_comes(self, records: Records) -> None:
        records.work.ask(Kind.NOTIFY, [f"{self.reference}/received"], self.archive.now)

    def _work_goes(self, records: Records) -> None:
        for item in records.work.find_due([Kind.NOTIFY], self.archive.now, 100):
            if item.key.startswith(f"{self.reference}/"):
                records.work.finish(item, self.archive.now)

    def _parked_comes(self, records: Records) -> None:
        self._work_comes(records)
        for item in records.work.find_due([Kind.NOTIFY], self.archive.now, 100):
            if item.key.startswith(f"{self.reference}/"):
                records.work.park(item, "refused", self.archive.now)

    def _parked_goes(self, records: Records) -> None:
        self._work_comes(records)
        self._work_goes(records)

    def _reopened_comes(self, records: Records) -> None:
        records.requests.set_stage(self.reference, Stage.ASKED, self.archive.now)
        records.requests.set_ticket_state(self.reference, TicketState.THERE)
        records.requests.wake(self.reference)

    def _reopened_goes(self, records: Records) -> None:
        records.requests.set_stage(self.reference, Stage.DECLINED, self.archive.now)


def due_since(archive: Archive, reference: str, case: Case) -> int | None:
    """From when its age counts, as the table in the rules says; nothing where it is open."""
    request = archive.store.read(lambda records: records.requests.find([reference]))[reference]
    if case.dormant and request.stage is Stage.NEW:
        return request.stage_since
    gone = request.ticket_state in (TicketState.MISSING, TicketState.MERGED)
    return request.stage_since if gone or request.stage not in OPEN_STAGES else None


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cases=CASES, failing=st.sets(st.integers(0, 30), max_size=8))
def test_whatever_is_there_only_what_is_due_free_and_announced_is_erased(
    cases: list[Case], failing: set[int]
) -> None:
    """Day after day, with mail failing on some: nothing too early, and nothing for too long."""
    with TemporaryDirectory(dir=SHM if SHM.is_dir() else None) as folder:
        archive = Archive(Path(folder) / "desk.db")
        try:
            live_through(archive, cases, failing)
        finally:
            archive.store.close()


def live_through(archive: Archive, cases: list[Case], failing: set[int]) -> None:
    troubles, told_at, gone = dict[str, Trouble](), dict[str, tuple[int, int]](), set[str]()
    for number, case in enumerate(cases):
        reference = f"CR-{number}"
        archive.add(
            reference,
            case.stage,
            case.age,
            dormant=case.dormant,
            ticket=case.ticket,
            client=f"client-{number}",
        )
        troubles[reference] = Trouble(archive, reference, case)
    for day in range(75):
        away = Unavailable("mail server", "send", "421")
        archive.post.failing = dict.fromkeys(STAFF, away) if day in failing else {}
        for trouble in troubles.values():
            trouble.on_day(day)
        since = {ref: due_since(archive, ref, t.case) for ref, t in troubles.items()}
        told_before, heard = dict(told_at), len(archive.post.taken)
        try:
            archive.run()
        except Unavailable:
            assert day in failing
        for _, digest in archive.post.taken[heard:]:
            for one in digest.requests:
                told_at[one.reference] = (archive.now, since[one.reference] or 0)
        for reference, trouble in troubles.items():
            if reference in gone or not archive.erased(reference):
                continue
            gone.add(reference)
            told, told_of = told_before[reference]  # a KeyError: it was never announced
            assert archive.now - told >= NOTICE
            assert told_of == since[reference], "it is not what was announced"
            assert archive.now - told_of >= DAYS * DAY
            assert not trouble.there, trouble.case
        archive.now += DAY
    for reference, trouble in troubles.items():
        since_then = due_since(archive, reference, trouble.case)
        assert (reference in gone) == (since_then is not None), trouble.case
