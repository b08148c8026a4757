"""Proofs of a review: what tells whether a guess is right, and the log's way out."""

import logging

import pytest

from casework.egress_log import GuardedFormatter
from casework.inflection import fold
from casework.lexicon import listed
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


def test_a_line_that_cannot_be_checked_is_not_written_all_the_same(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only our own errors are caught; of others Python writes message and arguments itself."""
    world.webhook(**JONA)
    world.run()
    handler = logging.StreamHandler()
    formatter = GuardedFormatter("%(message)s")
    formatter.guard_with(world.gate)
    handler.setFormatter(formatter)
    log = logging.Logger("a test")  # noqa: LOG001
    log.addHandler(handler)
    log.error("refused: %s", "jona@example.is \ud83d@x")
    assert "jona@example.is" not in capsys.readouterr().err


def test_a_common_name_is_seen_at_the_beginning_of_a_subject(world: World) -> None:
    """Anna is the commonest name there is, and a rare verb in the word list besides."""
    world.webhook(**{**JONA, "client": "anna.jonsdottir@example.is"})
    world.run()
    assert typed(world, "Anna needs four more")[0]


def test_a_very_long_address_does_not_hold_up_everybody(world: World) -> None:
    """2,000 characters, which HubSpot's text fields allow, make tens of thousands of digests."""
    names = [fold(name) for name in sorted(listed("names_first.txt"))[::7] if name.isalpha()]
    world.webhook(**{**JONA, "client": ".".join(names)[:2000] + "@example.is"})
    world.run("intake")

    def count(tables: Tables) -> int:
        (row,) = tables.requests._connection.rows("SELECT count(*) AS n FROM identifiers")
        return int(row["n"])

    assert world.store.read(count) < 2_000
