"""The gate: what could tell who a client is does not leave, and what could not does."""

import logging
import sys

import pytest

from casework.egress import GateBeforeAnything
from casework.egress_log import GuardedFormatter, guard_log
from casework.errors import Leak, Unavailable
from casework.identifiers import Whose
from casework.stages import Stage
from casework.tickets import TicketText
from casework.typed_organisation import WITHHELD
from casework.work import Kind
from tests.running import until
from tests.world import JONA, MINUTE, SIGGI, World

GUDRUN = {**JONA, "client": "jona.gudrun@heima.example.is"}
DAY = 86_400_000


def journalled(world: World) -> list[tuple[str, object]]:
    facts = world.store.read(lambda records: records.journal.find_facts("incident"))
    return [(reference, said["where"]) for reference, said in facts]


def passes(world: World, text: str, *more: str) -> bool:
    return not world.gate.look([[text, *more]])


@pytest.fixture
def gudrun(world: World) -> World:
    """A world in which Jóna Guðrún, of Marel, has an open request."""
    world.webhook(**GUDRUN)
    world.run()
    return world


@pytest.mark.parametrize(
    "text",
    [
        "jona.gudrun@heima.example.is",
        "JONA.GUDRUN@HEIMA.EXAMPLE.IS",
        "mail to jona.gudrun@heima.example.is.",
        "jona%2Egudrun%40heima%2Eexample%2Eis",
        "<b>jona</b>.gudrun@heima.example.is",
        "Jóna Guðrún",
        "JÓNA GUÐRÚN",
        "jóna guðrún",
        "Jónu Guðrúnu",
        "til Jónu Guðrúnar",
        "Jona Gudrun",
        "JónaGuðrún",
        "jona_gudrun",
        "jona-gudrun",
        "Jóna\u200b Guð\u00adrún",
        "J\u006f\u0301na Gu\u00f0r\u00fan",
        "Ｊｏｎａ　Ｇｕｄｒｕｎ",
        "J&oacute;na Gu&eth;r&uacute;n",
        "<p>Jóna</p><p>Guðrún</p>",
    ],
)
def test_a_full_name_or_an_address_leaves_nowhere(gudrun: World, text: str) -> None:
    assert not passes(gudrun, text)
    with pytest.raises(Leak):
        gudrun.gate.check("anywhere", [["harmless"], [text]])


def test_a_first_name_alone_counts_in_what_is_about_the_same_organisation(gudrun: World) -> None:
    gudrun.webhook(**{**SIGGI, "org": "Marel"})
    gudrun.webhook(**{**SIGGI, "client": "halldora@example.is", "org": "Origo"})
    gudrun.run()
    tickets = {ticket.organisation: ticket for ticket in gudrun.desk.tickets.values()}
    own, colleague, other = tickets["Marel hf."], tickets["Marel"], tickets["Origo"]
    assert not passes(gudrun, "Is it Jóna?", own.reference)
    assert not passes(gudrun, "Is it Jóna?", own.ticket_id)
    assert not passes(gudrun, "Is it Jónu?", colleague.ticket_id)
    assert passes(gudrun, "Jóna at the reception has answered", other.ticket_id)
    assert passes(gudrun, "Jóna at the reception has answered")


def test_words_of_the_organisation_tell_nothing(world: World) -> None:
    world.webhook(**{**JONA, "client": "marel@marel.example", "org": "Marel hf."})
    world.webhook(**{**JONA, "client": "siggi@marel.example", "org": "Marel hf."})
    world.run()
    assert len(world.desk.tickets) == 2
    assert not world.parked()


def test_the_professional_may_be_named_only_where_that_is_meant(gudrun: World) -> None:
    assert not passes(gudrun, "anna@clinic.is")
    gudrun.gate.check("x", [["anna@clinic.is"]], may_name={Whose.PROFESSIONAL})
    with pytest.raises(Leak):
        gudrun.gate.check("x", [["jona.gudrun@heima.example.is"]], may_name={Whose.PROFESSIONAL})


def test_one_address_for_both_is_the_professionals(world: World) -> None:
    world.webhook(**{**JONA, "client": "anna@clinic.is", "pro": "Anna@Clinic.is"})
    world.run()
    world.gate.check("x", [["anna@clinic.is"]], may_name={Whose.PROFESSIONAL})
    assert not passes(world, "anna@clinic.is")


def test_who_is_closed_for_long_is_not_guarded_any_more(gudrun: World) -> None:
    gudrun.staff_move(gudrun.ticket(), Stage.DECLINED)
    gudrun.later(29 * DAY)
    assert not passes(gudrun, "Jóna Guðrún")
    gudrun.later(2 * DAY)
    assert passes(gudrun, "Jóna Guðrún")


def test_the_error_and_the_incident_quote_nothing(gudrun: World) -> None:
    with pytest.raises(Leak) as caught:
        gudrun.gate.check("HubSpot: add a note", [["Jóna Guðrún"]])
    assert "Jóna" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert not caught.value.can_retry
    assert journalled(gudrun) == [(gudrun.reference(), "HubSpot: add a note")]


def test_a_note_that_would_tell_is_parked_and_leaves_the_others_alone(gudrun: World) -> None:
    gudrun.webhook(**SIGGI)
    gudrun.run()
    own, other = (
        next(t.reference for t in gudrun.desk.tickets.values() if t.organisation == organisation)
        for organisation in ("Marel hf.", "Origo")
    )
    gudrun.store.write(
        lambda r: r.requests.set_match(
            r.requests.find([own])[own], "unsure", None, "Jóna Guðrún slf. (record 7)"
        )
    )
    keys = [f"{one}/unsure_organisation/1" for one in (own, other)]
    gudrun.store.write(lambda r: r.work.ask(Kind.ADD_NOTE, keys, gudrun.now))
    gudrun.run()
    (parked,) = gudrun.parked()
    assert parked.key == keys[0]
    assert "recognised" in parked.error
    notes = {t.reference: t.notes for t in gudrun.desk.tickets.values()}
    assert notes[own] == []
    assert len(notes[other]) == 1


def test_one_organisation_that_tells_is_withheld_and_no_request_is_lost(gudrun: World) -> None:
    gudrun.webhook(**{**SIGGI, "org": "Félag Jónu Guðrúnar"})
    gudrun.webhook(**{**SIGGI, "client": "dora@example.is", "org": "Origo"})
    gudrun.run()
    shown = {t.organisation: t for t in gudrun.desk.tickets.values()}
    assert shown.keys() == {"Marel hf.", "Origo", WITHHELD}
    withheld = shown[WITHHELD]
    assert withheld.stage is Stage.NEEDS_ATTENTION
    assert any("nothing that may be shown" in note for note in withheld.notes)
    assert not gudrun.parked()
    assert "organisation_withheld" in gudrun.events()
    (incident,) = {reference for reference, _ in journalled(gudrun)}
    assert incident == next(
        t.reference for t in gudrun.desk.tickets.values() if t.organisation == "Marel hf."
    )


@pytest.mark.parametrize("text", [TicketText.SUBJECT, TicketText.CONTENT, TicketText.ORGANISATION])
def test_what_staff_type_is_put_back_and_they_are_told(gudrun: World, text: TicketText) -> None:
    ticket = gudrun.ticket()
    before = ticket.texts[text]
    gudrun.desk.staff_type(ticket.ticket_id, text, "Jóna – please hurry")
    gudrun.stage_event(ticket.ticket_id)
    gudrun.run()
    assert ticket.texts[text] == before
    (note,) = ticket.notes
    assert "put back" in note
    assert "Jóna" not in note
    assert journalled(gudrun) == [(ticket.reference, f"typed on the ticket: {text}")]


def test_what_no_event_told_of_is_found_by_the_sweep(gudrun: World) -> None:
    gudrun.desk.staff_type(gudrun.ticket().ticket_id, TicketText.SUBJECT, "Jónu")
    gudrun.sweep()
    assert "Jónu" not in gudrun.ticket().subject
    assert len(gudrun.ticket().notes) == 1


def test_other_words_of_staff_stay(gudrun: World) -> None:
    ticket = gudrun.ticket()
    gudrun.desk.staff_type(ticket.ticket_id, TicketText.SUBJECT, "Waiting for Helga in HR")
    gudrun.stage_event(ticket.ticket_id)
    gudrun.run()
    assert ticket.subject == "Waiting for Helga in HR"
    assert not ticket.notes


def test_putting_back_that_fails_is_tried_again(gudrun: World) -> None:
    ticket = gudrun.ticket()
    gudrun.desk.staff_type(ticket.ticket_id, TicketText.CONTENT, "Jónu")
    gudrun.stage_event(ticket.ticket_id)
    change = gudrun.desk.change_tickets
    failed: list[int] = []

    def fail_once(changes: object) -> object:
        if not failed:
            failed.append(1)
            raise Unavailable("fake desk", "change tickets", "503")
        return change(changes)  # type: ignore[arg-type]

    gudrun.desk.change_tickets = fail_once  # type: ignore[method-assign, assignment]
    gudrun.run()
    gudrun.later(MINUTE)
    assert failed
    assert "Jónu" not in ticket.content


def log_line(world: World, *args: object, message: str = "a client: %s") -> str:
    handler = logging.StreamHandler()
    handler.setFormatter(GuardedFormatter("%(levelname)s %(message)s"))
    guard_log([handler], world.gate)
    record = logging.LogRecord("x", logging.WARNING, "some_file.py", 7, message, args, None)
    return handler.format(record)


def test_a_line_of_the_log_loses_what_was_filled_into_it(gudrun: World) -> None:
    line = log_line(gudrun, "jona.gudrun@heima.example.is")
    assert "gudrun" not in line
    assert line == "WARNING [withheld: somebody could be recognised] some_file.py:7"
    assert log_line(gudrun, "all well") == "WARNING a client: all well"


def test_a_traceback_in_the_log_is_checked_as_well(gudrun: World) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(GuardedFormatter("%(message)s"))
    guard_log([handler], gudrun.gate)
    try:
        int("jona.gudrun@heima.example.is")
    except ValueError:
        record = logging.LogRecord("x", 40, "some_file.py", 7, "failed", None, sys.exc_info())
    assert "gudrun" not in handler.format(record)


def test_an_incident_in_the_log_is_journalled_even_from_the_writing_thread(gudrun: World) -> None:
    gudrun.store.write(lambda _records: log_line(gudrun, "jona.gudrun@heima.example.is"))
    until(lambda: journalled(gudrun))
    assert journalled(gudrun) == [(gudrun.reference(), "log: some_file.py, line 7")]


def test_a_log_that_cannot_be_checked_says_only_where_it_was(gudrun: World) -> None:
    gudrun.store.close()
    assert log_line(gudrun, "x") == "WARNING [withheld: it could not be checked] some_file.py:7"


def test_looking_while_looking_sees_the_same(gudrun: World) -> None:
    assert gudrun.store.read(lambda _records: log_line(gudrun, "all well")).endswith("all well")


def test_before_there_is_a_store_no_address_passes() -> None:
    GateBeforeAnything().check("set-up", [["Credit requests", "ticket"]])
    with pytest.raises(Leak):
        GateBeforeAnything().check("set-up", [["somebody@example.is"]])


def test_the_name_that_the_platform_tells_is_guarded(world: World) -> None:
    world.account.names["kisa1987@example.is"] = "Þórunn Egilsdóttir"
    world.webhook(**{**JONA, "client": "kisa1987@example.is"})
    world.run()
    for text in ("Þórunn Egilsdóttir", "Thorunn Egilsdottir", "Þórunni Egilsdóttur", "kisa1987"):
        assert not passes(world, text), text


def test_a_name_told_later_is_taken_out_of_the_organisation_on_the_ticket(world: World) -> None:
    world.account.names["kisa1987@example.is"] = "Björk Egilsdóttir"
    world.webhook(**{**JONA, "client": "kisa1987@example.is", "org": "Marel, Björk"})
    world.run()
    assert world.ticket().organisation == "Marel, […]"
    assert "Björk" not in world.ticket().content
    assert journalled(world)
