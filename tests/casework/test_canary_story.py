"""How far the canary has come, how it ends, and what counts as found."""

from collections.abc import Iterator

import pytest

from casework.canary import ORGANISATION, Canary, answers_for
from casework.canary_looking import Looked, Passage, Sighting, look_in
from casework.canary_story import (
    Awaited,
    Reached,
    check_organisation,
    how_far,
    is_withdrawn,
    withdraw,
)
from casework.egress import Gate
from casework.errors import CreditsDeskError, Leak, Unavailable
from casework.organisations import Company
from casework.request import is_reference
from casework.stages import Stage
from casework.standing_rules import StandingRule, Terms
from casework.work import Kind
from tests.world import FIELDS, MINUTE, RESIDUE_DELAY, World

CANARY = Canary("Guðrún", "Vexumohikan", "canary.example.org")
FORM = {
    answer.name: answer.value
    for answer in answers_for(CANARY, FIELDS, "anna@clinic.example.is", ORGANISATION)
}


def reached(world: World) -> Reached:
    return world.store.read(lambda records: how_far(records, world.sealer, CANARY.email))


def test_each_step_is_waited_for_in_turn(world: World) -> None:
    assert reached(world) == Reached(Awaited.TAKEN_IN)
    world.webhook(**FORM)
    world.run("intake")
    assert reached(world).awaited is Awaited.TICKET
    world.run()
    assert reached(world).awaited is Awaited.LISTED
    world.submit("one", **FORM)
    world.read_list()
    assert reached(world).awaited is Awaited.SWEPT
    world.now += RESIDUE_DELAY
    world.run("crm")
    world.store.write(lambda r: r.work.ask(Kind.NOTIFY, [f"{found(world)}/received"], world.now))
    assert reached(world).awaited is Awaited.SETTLED
    world.later(MINUTE)
    end = reached(world)
    assert end.awaited is None
    assert end.request
    assert is_reference(end.request.reference)


def found(world: World) -> str:
    request = reached(world).request
    assert request
    return request.reference


def test_what_fails_again_and_again_is_not_waited_for(world: World) -> None:
    come_all_the_way(world)

    def fail(records: object) -> None:
        work = records.work  # type: ignore[attr-defined]
        work.ask(Kind.NOTIFY, [f"{found(world)}/received"], world.now)
        (item,) = work.find_due([Kind.NOTIFY], world.now, 9)
        work.put_off(item, world.now + MINUTE, "mail: send (550)", world.now)

    world.store.write(fail)
    assert reached(world).awaited is None


def come_all_the_way(world: World) -> None:
    world.submit("one", **FORM)
    world.read_list()
    world.later(RESIDUE_DELAY)
    assert reached(world).awaited is None


def test_another_client_is_not_the_canary(world: World) -> None:
    world.webhook(**{**FORM, "client": "gudrun@canary.example.org"})
    world.run()
    assert reached(world).awaited is Awaited.TAKEN_IN


def test_the_canary_is_withdrawn_and_the_service_follows(world: World) -> None:
    come_all_the_way(world)
    reference = found(world)
    assert withdraw(reference, world.now, store=world.store, desk=world.desk)
    assert world.ticket().stage is Stage.WITHDRAWN
    assert "canary_withdrawn" in world.events()
    world.run()
    assert world.store.read(lambda records: is_withdrawn(records, reference))
    assert world.grant() is None


def test_an_approved_canary_gets_nothing_once_it_is_withdrawn(world: World) -> None:
    come_all_the_way(world)
    world.staff_move(world.ticket(), Stage.APPROVED, "4")
    withdraw(found(world), world.now, store=world.store, desk=world.desk)
    world.later(10 * MINUTE)
    assert world.account.grants == {}


def test_without_a_ticket_there_is_nothing_to_withdraw(world: World) -> None:
    world.webhook(**FORM)
    world.run("intake")
    assert not withdraw(found(world), world.now, store=world.store, desk=world.desk)


def test_a_withdrawal_that_the_crm_does_not_take_is_an_error(world: World) -> None:
    come_all_the_way(world)
    world.desk.tickets.clear()
    with pytest.raises(CreditsDeskError):
        withdraw(found(world), world.now, store=world.store, desk=world.desk)
    assert "canary_withdrawn" not in world.events()


def test_an_organisation_that_pays_without_being_asked_gets_no_canary(world: World) -> None:
    marel = Company("71", "Marel hf.", frozenset({"marel.is"}))
    rule = StandingRule("71", Terms(40, 10, 4), world.now, world.now, world.now)

    def fill(records: object) -> None:
        records.companies.keep([marel], world.now)  # type: ignore[attr-defined]
        records.standing_rules.set(rule)  # type: ignore[attr-defined]

    world.store.write(fill)
    world.store.read(lambda records: check_organisation(records, ORGANISATION))
    with pytest.raises(CreditsDeskError, match="standing rule"):
        world.store.read(lambda records: check_organisation(records, "marel HF"))


def test_only_the_canarys_own_words_pass_to_look_for_it(world: World) -> None:
    come_all_the_way(world)
    other = Canary("Jóhanna", "Xobufarelip", "canary.example.org")
    world.submit("two", **{**FORM, "client": other.email})
    world.read_list()
    gate = Gate(world.store, world.sealer, lambda: world.now, apart_from=[found(world)])
    gate.check("HubSpot: search", [[CANARY.surname], [CANARY.email]])
    with pytest.raises(Leak):
        gate.check("HubSpot: search", [[other.name]])
    with pytest.raises(Leak):
        world.gate.check("HubSpot: search", [[CANARY.name]])


NEEDLES = CANARY.needles()
CLEAN = Passage("notes 1: hs_note_body", "Nothing of the kind")
LEAK = Passage("notes 2: hs_note_body", f"<p>About {CANARY.surname}</p>")
OLD = Passage("contacts 3: history of client_email", CANARY.email, expected=True)


def test_a_leak_is_named_by_its_place_and_apart_from_what_is_expected() -> None:
    looked = look_in("notes", lambda: [CLEAN, LEAK, OLD], NEEDLES)
    assert [sighting.place for sighting in looked.leaks] == [LEAK.place]
    assert [sighting.place for sighting in looked.expected] == [OLD.place]
    assert not looked.unseen
    assert CANARY.surname not in repr(looked) + repr(LEAK)


def test_what_was_found_before_a_place_failed_is_kept() -> None:
    def fail() -> Iterator[Passage]:
        yield LEAK
        raise Unavailable("HubSpot", "search", "503")

    looked = look_in("notes", fail, NEEDLES)
    assert [sighting.place for sighting in looked.leaks] == [LEAK.place]
    assert looked.unseen == {"notes": "HubSpot: search (503)"}


def test_the_same_sighting_counts_once() -> None:
    one = Looked([Sighting("a", "plain")], [], {"x": "why"})
    both = one.then(Looked([Sighting("a", "plain"), Sighting("b", "plain")], [], {"y": "why"}))
    assert [sighting.place for sighting in both.leaks] == ["a", "b"]
    assert set(both.unseen) == {"x", "y"}
