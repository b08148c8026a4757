"""Proofs of a review: tickets that were merged or moved, contacts, forgetting."""

from casework.forget import forget
from casework.organisations import Company
from casework.reconcile import reopen
from casework.request import ReasonState
from casework.stages import Stage
from casework.tell_reason import ReasonPolicy, release_reason
from casework.tickets import TicketText
from tests.world import JONA, SIGGI, World

MAREL = Company("71", "Marel", frozenset({"marel.is"}), members=500)
ORIGO = Company("72", "Origo", frozenset({"origo.is"}), members=500)


def forgotten(world: World, email: str) -> None:
    forget(
        email, by="AB", reason="article 17", now=world.now, store=world.store, sealer=world.sealer
    )
    world.run()


def with_reason(world: World) -> None:
    world.reason_policy = ReasonPolicy.REDACTED
    world.companies.all = [MAREL, ORIGO]
    world.submit("one", **{**JONA, "why": "Kvíði og svefnleysi."})
    world.sweep()


def test_the_reason_of_somebody_forgotten_goes_when_the_ticket_comes_back(world: World) -> None:
    with_reason(world)
    ticket = world.ticket()
    assert "Kvíði" in ticket.texts[TicketText.REASON]
    world.desk.staff_move(ticket.ticket_id, None)  # to another pipeline
    world.sweep()
    forgotten(world, JONA["client"])
    world.desk.staff_move(ticket.ticket_id, Stage.NEW)
    for _ in range(5):
        world.now += 3_600_000
        world.sweep()
    assert ticket.texts[TicketText.REASON] == ""


def test_the_reason_of_somebody_forgotten_goes_from_a_ticket_in_another_pipeline(
    world: World,
) -> None:
    with_reason(world)
    ticket = world.ticket()
    world.desk.staff_move(ticket.ticket_id, None)
    world.sweep()
    forgotten(world, JONA["client"])
    world.sweep()
    assert ticket.texts[TicketText.REASON] == ""


def test_a_reason_never_goes_on_the_ticket_it_was_merged_into(world: World) -> None:
    """Jóna's reason, for Marel, appears on the card of Siggi, of Origo."""
    world.reason_policy = ReasonPolicy.REVIEWED
    world.companies.all = [MAREL, ORIGO]
    world.submit("one", **{**JONA, "why": "Kvíði og svefnleysi."})
    world.sweep()
    jona = world.ticket()
    world.submit("two", **{**SIGGI, "why": ""})
    world.sweep()
    siggi = next(t for t in world.desk.tickets.values() if t is not jona)
    world.desk.staff_merge(jona.ticket_id, into=siggi.ticket_id)
    world.sweep()
    release = world.request(jona.reference)
    assert release.reason is ReasonState.HELD
    world.store.write(lambda r: release_reason(r, jona.reference, by="AB", now=world.now))
    world.run()
    assert "Kvíði" not in siggi.texts.get(TicketText.REASON, "")


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
    assert siggi.reference in siggi.subject, siggi.subject.replace(jona.reference, "THE OTHER'S")


def test_a_reopened_ticket_gets_its_reason(world: World) -> None:
    with_reason(world)
    old = world.ticket()
    world.desk.staff_delete(old.ticket_id)
    world.sweep()
    world.store.write(lambda r: reopen(r, old.reference, world.now))
    world.run()
    world.sweep()
    assert "Kvíði" in world.ticket().texts.get(TicketText.REASON, "")


def test_an_approver_stays_where_staff_have_chosen_the_company(world: World) -> None:
    """The note says that the company tied to the record counts. Nobody ever reads that tie."""
    world.companies.all = [MAREL, ORIGO]
    world.submit("one", **{**JONA, "org": "Something Not Known"})
    world.sweep()
    ticket = world.ticket()
    world.desk.associate_companies({ticket.ticket_id: MAREL.id})  # by hand
    approver = world.contacts.add("hr@marel.is", approver=True, company=MAREL.id)
    world.contacts.tie(ticket.ticket_id, approver)
    world.sweep()
    assert world.contacts.on_tickets.get(ticket.ticket_id) == [approver.contact_id]
