"""Proofs of a review: what tells whether a guess is right, and the log's way out."""

import logging

import pytest

from casework.egress_log import GuardedFormatter
from casework.inflection import fold
from casework.lexicon import listed
from casework.tickets import TicketText
from storage.tables import Tables
from tests.world import JONA, World


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


def test_a_very_long_address_does_not_hold_up_everybody(world: World) -> None:
    """2,000 characters, which HubSpot's text fields allow, make tens of thousands of digests."""
    names = [fold(name) for name in sorted(listed("names_first.txt"))[::7] if name.isalpha()]
    world.webhook(**{**JONA, "client": ".".join(names)[:2000] + "@example.is"})
    world.run("intake")

    def count(tables: Tables) -> int:
        (row,) = tables.requests._connection.rows("SELECT count(*) AS n FROM identifiers")
        return int(row["n"])

    assert world.store.read(count) < 2_000
