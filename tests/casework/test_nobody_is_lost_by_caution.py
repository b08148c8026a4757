"""Nobody is lost by caution: what is withheld, put off, migrated or erased ends as it should."""

from casework.backfill import backfill
from casework.forget import forget
from casework.journal_words import check_words
from casework.organisations import Company
from casework.receive import delivery_name, keep_delivery
from casework.records import Route
from casework.refresh_identifiers import refresh_identifiers
from casework.request import ReasonState
from casework.stages import Stage
from casework.tickets import TicketText
from storage.tables import Tables
from tests.world import JONA, World


def parked(world: World) -> list[str]:
    return sorted({str(work.kind) for work in world.parked()})


def test_the_note_with_candidates_reaches_the_ticket_of_a_client_of_that_name(
    world: World,
) -> None:
    """Staff see "choose which company is meant" and never learn between which."""
    world.companies.all = [
        Company("7", "Jóna Transport", frozenset()),
        Company("8", "Jóns Transport", frozenset()),
    ]
    world.submit("one", **{**JONA, "org": "Jons Transports"})
    world.sweep()
    assert world.request().attention or world.request().candidates
    assert not parked(world)
    assert any("record 7" in note for note in world.ticket().notes)


def test_a_reopened_request_is_guarded_again(world: World) -> None:
    """What was closed for 30 days is dropped; staff open it again; nobody makes it anew."""
    world.submit("one", **JONA)
    world.sweep()
    world.staff_move(world.ticket(), Stage.DECLINED)
    world.later(31 * 86_400_000)
    world.store.write(lambda r: refresh_identifiers(r, world.now))
    world.staff_move(world.ticket(), Stage.NEW)
    world.sweep()
    assert world.request().stage is Stage.NEW
    assert world.gate.look([["jona@example.is"]])


def test_a_woken_request_of_the_backlog_is_guarded(world: World) -> None:
    world.now -= 40 * 86_400_000
    world.submit("old", **JONA)
    world.now += 40 * 86_400_000

    def run(*, open_tickets: bool) -> None:
        backfill(
            0,
            world.now,
            store=world.store,
            sealer=world.sealer,
            submissions=world.submissions,
            open_tickets=open_tickets,
            progress=lambda _: None,
        )

    run(open_tickets=False)
    world.store.write(lambda r: refresh_identifiers(r, world.now))  # a start of the service
    run(open_tickets=True)
    world.run()
    assert world.ticket()
    assert world.request().reason is ReasonState.NONE
    assert world.gate.look([["jona@example.is"]])


def test_a_ticket_from_before_letters_gets_its_letter(world: World) -> None:
    """As step 0008 leaves an older database: nobody asks for these to be written."""
    world.webhook(**JONA)
    world.run()
    ticket = world.ticket()
    ticket.texts[TicketText.LETTER] = ticket.texts[TicketText.ANSWER] = ""

    def as_migrated(tables: Tables) -> None:
        tables.requests._connection.run("UPDATE requests SET shown_letter = ''")

    world.store.write(as_migrated)
    for _ in range(3):
        world.now += 3_600_000
        world.sweep()
    assert ticket.texts[TicketText.LETTER]


def forgotten(world: World, email: str) -> None:
    forget(
        email, by="AB", reason="article 17", now=world.now, store=world.store, sealer=world.sealer
    )
    world.run()


def test_what_staff_typed_is_forgotten_as_well(world: World) -> None:
    """The webhook of a changed subject brings its words, which are kept, sealed, for ever."""
    world.webhook(**JONA)
    world.run()
    event = b'["%s", null, "subject is now: Jona, jona@example.is"]' % (
        world.ticket().ticket_id.encode()
    )
    keep_delivery(world.store, world.sealer, Route.CRM, event, world.now)
    world.run()
    forgotten(world, JONA["client"])

    def bodies(tables: Tables) -> list[bytes]:
        rows = tables.deliveries._connection.rows(
            "SELECT route, digest, sealed_body FROM deliveries"
        )
        return [
            world.sealer.unseal(
                bytes(row["sealed_body"]), delivery_name(Route(row["route"]), row["digest"])
            )
            for row in rows
            if row["sealed_body"]
        ]

    assert not any(b"jona@example.is" in body for body in world.store.read(bodies))


def test_an_ordinary_reason_is_no_name() -> None:
    check_words(["AB", "asked by mail, as the law says"], ["mail@clinic.is", "as@example.is"])
