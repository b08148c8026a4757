"""Nobody is lost by caution: what is withheld, put off, migrated or erased ends as it should."""

from casework.delivery_records import Route, delivery_name
from casework.forget import forget
from casework.journal_words import check_words
from casework.organisations import Company
from casework.receive import keep_delivery
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
