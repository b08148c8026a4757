"""Proofs of a review: what tells whether a guess is right."""

from casework.tickets import TicketText
from storage.tables import Tables
from tests.world import JONA, World


def typed(world: World, words: str) -> tuple[bool, int]:
    """Whether it was put back, and how many notes there are then."""
    ticket = world.ticket()
    world.desk.staff_type(ticket.ticket_id, TicketText.SUBJECT, words)
    world.later(1000)
    world.stage_event(ticket.ticket_id)
    world.run()
    return ticket.subject != words, len(ticket.notes)


def test_a_right_guess_and_a_wrong_one_end_alike(world: World) -> None:
    """Whoever may edit a ticket can try out names: the right one is put back, with a note."""
    world.webhook(**JONA)
    world.run()
    wrong = typed(world, "Is it Margrét?")
    right = typed(world, "Is it Jóna?")
    assert wrong == right


def test_a_guess_about_anybody_at_the_organisation_ends_alike(world: World) -> None:
    """On a ticket about one client, for another client of the same organisation."""
    world.webhook(**JONA)
    world.webhook(**{**JONA, "client": "margret@example.is", "pro": "other@clinic.is"})
    world.run()
    ticket = next(iter(world.desk.tickets.values()))
    ended = []
    for words in ("Margrét", "Sigríður"):
        world.desk.staff_type(ticket.ticket_id, TicketText.SUBJECT, words)
        world.later(1000)
        world.stage_event(ticket.ticket_id)
        world.run()
        ended.append(ticket.subject == words)
    assert ended[0] == ended[1]


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
