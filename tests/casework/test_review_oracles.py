"""Proofs of a review: what tells whether a guess is right."""

from casework.tickets import TicketText
from storage.tables import Tables
from tests.world import JONA, World


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


def test_what_is_cut_from_a_firms_name_does_not_tell_the_clients(world: World) -> None:
    """Everybody knows the firm, so the gap in its name is the client's name."""
    world.webhook(**{**JONA, "client": "kara.jons@example.is", "org": "Kara Connect"})
    world.run()
    assert world.ticket().organisation in ("Kara Connect", "[…]")
