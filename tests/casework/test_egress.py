"""The gate: what could tell who a client is does not leave, and what could not does."""

import json
import logging
import sys
import time

import pytest

from casework.egress import GateBeforeAnything
from casework.egress_log import GuardedFormatter, guard_log
from casework.errors import Leak, Unavailable
from casework.identifiers import Whose, identifiers_of
from casework.identity import Identity
from casework.lexicon import listed
from casework.spellings import spellings_in
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


def test_a_note_whose_candidates_would_tell_names_their_records_only(gudrun: World) -> None:
    own = gudrun.reference()
    candidates = "Jóna Guðrún slf. (record 7); Marel (record 71)"
    gudrun.store.write(
        lambda r: r.requests.set_match(r.requests.find([own])[own], "unsure", None, candidates)
    )
    key = f"{own}/unsure_organisation/1"
    gudrun.store.write(lambda r: r.work.ask(Kind.ADD_NOTE, [key], gudrun.now))
    gudrun.run()
    (note,) = gudrun.ticket().notes
    assert "It may be: record 7; record 71." in note
    assert not gudrun.parked()


def test_a_note_that_would_tell_is_parked_and_leaves_the_others_alone(gudrun: World) -> None:
    gudrun.webhook(**SIGGI)
    gudrun.run()
    own, other = (
        next(t.reference for t in gudrun.desk.tickets.values() if t.organisation == organisation)
        for organisation in ("Marel hf.", "Origo")
    )
    gudrun.store.write(
        lambda r: r.requests.set_match(
            r.requests.find([own])[own], "unsure", None, "Jóna Guðrún slf."
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


@pytest.mark.parametrize("text", [one for one in TicketText if one is not TicketText.ORGANISATION])
def test_a_right_guess_and_a_wrong_one_end_alike(world: World, text: TicketText) -> None:
    """Whoever may edit a ticket can try out names, addresses and numbers."""
    world.webhook(**JONA)
    world.run()
    ticket = world.ticket()
    before = ticket.texts.get(text, "")
    guesses = ("Is it Margrét?", "Is it Jóna?", "is it jóna", "jona@example.is", "a@b.example")
    for noted, guess in enumerate(guesses, start=1):
        world.desk.staff_type(ticket.ticket_id, text, guess)
        world.later(1000)
        world.stage_event(ticket.ticket_id)
        world.run()
        assert ticket.texts[text] == before, guess
        assert len(ticket.notes) == noted, guess
    assert len(set(ticket.notes)) == 1


def test_a_guess_about_anybody_at_the_organisation_ends_alike(world: World) -> None:
    world.webhook(**JONA)
    world.webhook(**{**JONA, "client": "margret@example.is", "pro": "other@clinic.is"})
    world.run()
    ticket = next(iter(world.desk.tickets.values()))
    for guess in ("Margrét", "Sigríður"):
        world.desk.staff_type(ticket.ticket_id, TicketText.SUBJECT, guess)
        world.later(1000)
        world.stage_event(ticket.ticket_id)
        world.run()
        assert ticket.subject != guess


def test_only_what_tells_who_it_is_is_an_incident(world: World) -> None:
    world.webhook(**JONA)
    world.run()
    for guess, incidents in (("Is it Margrét?", 0), ("Is it Jóna?", 1)):
        world.desk.staff_type(world.ticket().ticket_id, TicketText.SUBJECT, guess)
        world.stage_event(world.ticket().ticket_id)
        world.run()
        assert len(journalled(world)) == incidents


def test_what_looks_like_no_name_stays_but_is_an_incident(world: World) -> None:
    world.webhook(**{**JONA, "client": "zorblax@example.is"})
    world.run()
    ticket = world.ticket()
    world.desk.staff_type(ticket.ticket_id, TicketText.SUBJECT, "about zorblax")
    for _ in range(3):
        world.later(1000)
        world.sweep()
    assert ticket.subject == "about zorblax"
    assert not ticket.notes
    assert journalled(world) == [(ticket.reference, "typed on the ticket and still there: subject")]


@pytest.mark.parametrize(
    "words", ["Waiting for the people in HR", "Ask the manager at Marel again"]
)
def test_other_words_of_staff_stay(gudrun: World, words: str) -> None:
    ticket = gudrun.ticket()
    gudrun.desk.staff_type(ticket.ticket_id, TicketText.SUBJECT, words)
    gudrun.stage_event(ticket.ticket_id)
    gudrun.run()
    assert ticket.subject == words
    assert not ticket.notes


def test_our_own_texts_cost_nothing_however_hubspot_trims_them(
    gudrun: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = gudrun.ticket()
    for text, ours in ticket.texts.items():
        gudrun.desk.staff_type(ticket.ticket_id, text, ours.strip().replace("\n", "\r\n") + "\n")
    looked: list[object] = []
    monkeypatch.setattr(gudrun.gate, "find_told", lambda *args: looked.append(args))
    gudrun.stage_event(ticket.ticket_id)
    gudrun.run()
    assert not looked


def test_putting_back_that_is_refused_is_told_once_and_tried_later(world: World) -> None:
    world.webhook(**JONA)
    world.run()
    ticket = world.ticket()
    world.desk.staff_type(ticket.ticket_id, TicketText.SUBJECT, "Jóna hjá Marel")
    world.desk.refuse.add(ticket.ticket_id)
    for _ in range(3):
        world.later(MINUTE)
        world.sweep()
    assert (len(journalled(world)), len(ticket.notes)) == (1, 1)
    world.desk.refuse.clear()
    world.later(MINUTE)
    world.sweep()
    assert "Jóna" not in ticket.subject
    assert (len(journalled(world)), len(ticket.notes)) == (1, 1)


def test_putting_back_never_writes_one_requests_texts_on_anothers_ticket(world: World) -> None:
    world.submit("one", **JONA)
    world.sweep()
    jona = world.ticket()
    world.submit("two", **{**SIGGI, "org": "Marel"})
    world.sweep()
    siggi = next(t for t in world.desk.tickets.values() if t is not jona)
    world.desk.staff_merge(jona.ticket_id, into=siggi.ticket_id)
    world.desk.staff_type(siggi.ticket_id, TicketText.SUBJECT, "Jóna, jona@example.is")
    world.stage_event(jona.ticket_id)
    world.run()
    assert jona.reference not in siggi.subject
    world.stage_event(siggi.ticket_id)
    world.run()
    assert siggi.reference in siggi.subject


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


@pytest.mark.parametrize(
    "text",
    [
        "POST /x?email=jona.gudrun@heima.example.is&form=1",
        "POST /x?email=jona.gudrun%40heima.example.is&form=1",
        "client=jona.gudrun@heima.example.is",
        "**jona.gudrun@heima.example.is**",
        "_jona.gudrun@heima.example.is_",
        "Is it jona.gudrun@heima.example.is?",
        "jona.gudrun@heima.example.is!",
        "jona.gudrun@heima.example.is/",
        "{jona.gudrun@heima.example.is}",
        "jona.gudrun@heima.example.is.The next",
        "jona.gudrun@\nheima.example.is",
    ],
)
def test_an_address_is_seen_whatever_stands_beside_it(gudrun: World, text: str) -> None:
    assert not passes(gudrun, text)


@pytest.mark.parametrize("local_part", ["o'brien", "x/abcdefgh", "_kx_", "{k}x"])
def test_an_address_of_odd_characters_is_seen_too(world: World, local_part: str) -> None:
    world.webhook(**{**JONA, "client": f"{local_part}@heima.example.is"})
    world.run()
    assert not passes(world, f"mail to {local_part}@heima.example.is, please")


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"name": "Rúna Jónsson"}),
        json.dumps(json.dumps({"name": "x\nRúna Jónsson"})),
        ascii("Rúna Jónsson"),
        "Rúna\nJónsson",
        "to Rúna\n\n\nJónsson, who",
        "a\nRúna\nJónsson\nb",
    ],
)
def test_a_name_is_seen_behind_escapes_and_across_lines(world: World, text: str) -> None:
    world.webhook(**{**JONA, "client": "rúna.jónsson@example.is"})
    world.run()
    assert not passes(world, text)


@pytest.mark.parametrize(
    "text", ["a", "a.", "-a", "a@", "a@b.", "@", "<", "\n", "a\n", "\\", "\\u00", "%25", "Jóna "]
)
def test_a_long_text_takes_no_time_with_its_square(text: str) -> None:
    many = 65_000 // len(text)
    list(spellings_in("what is read once"))
    began = time.perf_counter()
    list(spellings_in(text * many))
    assert time.perf_counter() - began < 2.0  # 0.3 s where nothing else runs; squares took 12 s


@pytest.mark.parametrize("initials", ["c.r", "h.f", "h.s", "v.e", "i.s", "1.2"])
def test_two_initials_stop_nobody(world: World, initials: str) -> None:
    """``cr`` is in every reference, ``hf`` in half of all Icelandic firms' names."""
    world.webhook(**{**JONA, "client": f"{initials}@example.is", "org": "Origo"})
    world.webhook(**{**SIGGI, "org": "Marel HF"})
    world.run()
    assert len(world.desk.tickets) == 2
    assert passes(world, "credit_request_ref", "hs_pipeline_stage", "We've read 1.2 of it, v.e.")
    assert not passes(world, f"{initials}@example.is")


def test_a_number_in_an_address_does_not_stop_the_ticket_of_that_number(gudrun: World) -> None:
    ticket_id = "48123456789"
    ticket = gudrun.ticket()
    gudrun.store.write(
        lambda r: r.requests.set_ticket(ticket.reference, ticket_id, Stage.NEW, None)
    )
    gudrun.webhook(**{**SIGGI, "client": f"{ticket_id}@example.is", "org": "Origo"})
    gudrun.run("intake")
    assert passes(gudrun, ticket_id, "a status line")
    assert not passes(gudrun, f"call {ticket_id}")


@pytest.mark.parametrize("place", ["selfoss.anna", "anna.selfoss"])
def test_a_town_and_a_name_are_no_full_name(world: World, place: str) -> None:
    world.webhook(**{**JONA, "client": f"{place}@example.is", "org": "Origo"})
    world.webhook(**{**SIGGI, "org": "Sjúkrahúsið Selfossi"})
    world.run()
    assert len(world.desk.tickets) == 2
    assert passes(world, "Kvenfélagið Anna Selfossi", "Kvenfélagið Selfoss Anna")
    own = next(t for t in world.desk.tickets.values() if t.organisation == "Origo")
    assert not passes(world, own.reference, "It is Anna.")


def test_a_town_that_is_a_family_name_makes_a_full_name(world: World) -> None:
    world.webhook(**{**JONA, "client": "anna.lund@example.is"})
    world.run()
    assert not passes(world, "Anna Lund")


@pytest.mark.parametrize("name", ["anna", "kristín", "helga", "lilja", "einar", "árni"])
def test_a_common_name_is_seen_wherever_it_stands(world: World, name: str) -> None:
    """They are in the lists of words as well."""
    world.webhook(**{**JONA, "client": f"{name}.jonsdottir@example.is"})
    world.run()
    about = world.ticket().reference
    for text in (f"{name.title()} needs four more", f"it is {name}", f"so. {name.title()}?"):
        assert not passes(world, about, text), text


def test_a_professional_is_looked_up_even_if_a_client_has_the_address_or_the_name(
    world: World,
) -> None:
    """Anna Jónsdóttir the psychologist, who was a client, and another who is."""
    address = "anna.jonsdottir@clinic.is"
    world.webhook(**{**JONA, "client": "anna.jonsdottir@gmail.com"})
    world.webhook(**{**JONA, "client": address, "org": "Origo"})
    world.webhook(**{**SIGGI, "pro": address})
    world.run()
    units = [[address], ["email", "client"]]
    world.gate.check("read a contact", units, spoken_of=address)
    with pytest.raises(Leak):
        world.gate.check("read a contact", units)
    with pytest.raises(Leak):
        world.gate.check("read a contact", [*units, [f"to {address}"]], spoken_of=address)


def test_nobody_but_a_professional_may_be_spoken_of(gudrun: World) -> None:
    address = GUDRUN["client"]
    with pytest.raises(Leak):
        gudrun.gate.check("read a contact", [[address]], spoken_of=address)


def kept_of(identity: Identity) -> int:
    return len(identifiers_of(identity, organisation=""))


def test_what_anybody_types_makes_a_bounded_number_of_identifiers() -> None:
    names = ".".join(["guðrún", "björn", "þór", "sigríður"] * 500)
    every = ".".join(name for name in sorted(listed("names_first.txt"))[::7] if name.isalpha())
    for long in (names, every):
        assert kept_of(Identity(f"{long}@example.is")) == 0
        assert kept_of(Identity(f"{long[:200]}@example.is")) < 3_000
        assert 10 < kept_of(Identity("k@example.is", long.replace(".", " "))) < 3_000


def test_a_line_with_half_a_character_is_checked(
    gudrun: World, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing may escape: Python would write the message and its arguments itself."""
    assert "gudrun" not in log_line(gudrun, "jona.gudrun@heima.example.is \ud83d@x")
    assert "gudrun" not in capsys.readouterr().err


def test_whatever_goes_wrong_in_a_check_the_line_is_withheld(
    gudrun: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_units: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(gudrun.gate, "look", fail)
    assert log_line(gudrun, "x") == "WARNING [withheld: it could not be checked] some_file.py:7"
