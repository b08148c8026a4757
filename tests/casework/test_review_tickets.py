"""Proofs of a review: tickets that were merged or moved, contacts, forgetting."""

from casework.forget import forget
from casework.journal_words import check_words
from casework.receive import delivery_name, keep_delivery
from casework.records import Route
from storage.tables import Tables
from tests.world import JONA, World


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
