"""Proofs of a review: what the gate stops without need, and what it lets through."""

import contextlib
import json
import time

import pytest

from casework.errors import Leak
from casework.identifiers import Whose, spellings_in
from casework.organisations import Company
from casework.tickets import TicketText
from tests.world import JONA, SIGGI, World


def parked(world: World) -> list[str]:
    return sorted({str(work.kind) for work in world.parked()})


@pytest.mark.parametrize("initials", ["c.r", "h.f"])
def test_a_client_with_two_initials_does_not_stop_every_other_request(
    world: World, initials: str
) -> None:
    """``cr`` is in every reference ("CR-…"), ``hf`` in half of all Icelandic firms' names."""
    world.webhook(**{**JONA, "client": f"{initials}@example.is", "org": "Origo"})
    world.run()
    before = len(world.desk.tickets)
    world.webhook(**{**SIGGI, "org": "Marel HF"})
    world.run()
    assert len(world.desk.tickets) == before + 1, parked(world)


def test_a_client_with_two_initials_does_not_stop_every_reading_of_tickets(world: World) -> None:
    """``hs`` is in the name of HubSpot's own property, which each reading asks for."""
    world.webhook(**{**JONA, "client": "h.s@example.is"})
    world.run()
    body = [["901"], ["credit_request_ref", "hs_pipeline_stage", "hs_pipeline", "tickets"]]
    world.gate.check("HubSpot: read tickets", body)


def test_a_town_in_a_clients_address_does_not_stop_the_towns_organisations(world: World) -> None:
    world.webhook(**{**JONA, "client": "selfoss.anna@example.is", "org": "Origo"})
    world.run()
    world.webhook(**{**SIGGI, "org": "Sjúkrahúsið Selfossi"})
    world.run()
    assert len(world.desk.tickets) == 2, parked(world)


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


def test_a_namesake_of_the_professional_does_not_keep_the_residue_on_the_contact(
    world: World,
) -> None:
    """Anna Jónsdóttir the psychologist, and another Anna Jónsdóttir who is somebody's client."""
    world.submit("one", **{**JONA, "client": "anna.jonsdottir@gmail.com"})
    world.read_list()
    world.submit("two", **{**SIGGI, "pro": "anna.jonsdottir@clinic.is"})
    world.read_list()
    world.gate.check(
        "HubSpot: read a professional's contact",
        [["anna.jonsdottir@clinic.is"], ["email", "client", "org", "why"]],
        may_name={Whose.PROFESSIONAL},
    )


def test_a_professional_who_once_was_a_client_does_not_keep_the_residue(world: World) -> None:
    world.submit("one", **{**JONA, "client": "anna@clinic.is", "pro": "other@clinic.is"})
    world.read_list()
    world.submit("two", **SIGGI)
    world.read_list()
    world.gate.check(
        "HubSpot: read a professional's contact",
        [["anna@clinic.is"], ["email", "client", "org", "why"]],
        may_name={Whose.PROFESSIONAL},
    )


@pytest.mark.parametrize(
    "text",
    [
        "POST /x?email=jona@example.is&form=1",
        "POST /x?email=jona%40example.is&form=1",
        "client=jona@example.is",
        "**jona@example.is**",
        "Is it jona@example.is?",
        "jona@example.is!",
        "jona@example.is/",
        "{jona@example.is}",
    ],
)
def test_an_address_is_seen_whatever_stands_beside_it(world: World, text: str) -> None:
    world.webhook(**JONA)
    world.run()
    with pytest.raises(Leak):
        world.gate.check("log", [[text]])


def test_a_name_is_seen_behind_the_escapes_of_json(world: World) -> None:
    world.webhook(**{**JONA, "client": "rúna.jónsson@example.is"})
    world.run()
    with pytest.raises(Leak):
        world.gate.check("log", [[json.dumps({"name": "Rúna Jónsson"})]])


def test_a_long_text_without_an_at_takes_no_time_with_its_square() -> None:
    began = time.perf_counter()
    list(spellings_in("a" * 65_000))
    assert time.perf_counter() - began < 2.0


def test_putting_back_that_is_refused_makes_one_note_and_one_incident(world: World) -> None:
    """Each look adds a note, an incident, and asks for the next look at once: without an end."""
    world.webhook(**JONA)
    world.run()
    ticket = world.ticket()
    world.desk.staff_type(ticket.ticket_id, TicketText.SUBJECT, "Jóna hjá Marel")
    world.desk.refuse.add(ticket.ticket_id)
    world.stage_event(ticket.ticket_id)
    with contextlib.suppress(AssertionError):  # the work never ends
        world.run()
    incidents = world.events().count("incident")
    assert incidents <= 2, f"{incidents} incidents, {len(ticket.notes)} notes in one second"
