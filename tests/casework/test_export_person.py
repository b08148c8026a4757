"""A person gets all that is kept of them, and nothing of anybody else."""

import json
from typing import Any

import pytest

from casework.errors import CreditsDeskError
from casework.export_person import PersonalExport, export_person
from casework.forget import forget
from casework.ports import Order
from casework.stages import Stage
from tests.world import JONA, RULES, SIGGI, World


def exported(world: World, email: str, by: str = "DPO", reason: str = "asked") -> PersonalExport:
    return export_person(
        email, by=by, reason=reason, now=world.now, store=world.store, sealer=world.sealer
    )


def text_of(found: PersonalExport) -> str:
    return json.dumps(vars(found), ensure_ascii=False)


@pytest.fixture
def granted(world: World) -> World:
    world.submit("s1", **JONA)
    world.read_list()
    world.staff_move(world.ticket(), Stage.APPROVED, "4")
    world.later(RULES.delay)
    return world


def only(found: PersonalExport) -> dict[str, Any]:
    (request,) = found.requests
    return dict(request)


def test_a_client_gets_their_own_and_what_was_said_of_them(granted: World) -> None:
    found = exported(granted, "JONA@example.is")
    request = only(found)
    assert request["role"] == "client"
    assert request["own_words"] == {
        "client_email": "jona@example.is",
        "client_name": "",
        "reason_given_about_you": "Kvíði",
    }
    assert request["organisation_as_typed"] == "Marel hf."
    assert request["submitted"] == "2026-09-21T14:13:20Z"
    assert (request["grant"]["credits"], request["grant"]["state"]) == (4, "posted")
    assert request["grant"]["added"] == "2026-09-21T14:18:20Z"
    assert [mail["kind"] for mail in request["mails_to_the_professional"]] == [
        "received",
        "granted",
    ]
    assert "granted" in {line["event"] for line in request["journal"]}
    assert "submission" in request["held_elsewhere"] and "credits" in request["held_elsewhere"]
    assert "anna" not in text_of(found).casefold()
    assert "professional" in request["left_out"]


def test_a_professional_gets_their_own_and_not_the_client(granted: World) -> None:
    found = exported(granted, "anna@clinic.is")
    request = only(found)
    assert request["own_words"] == {
        "professional_email": "anna@clinic.is",
        "reason_you_wrote": "Kvíði",
    }
    assert "jona" not in text_of(found)
    assert "credits" not in request["held_elsewhere"]


def test_only_ones_own_requests(granted: World) -> None:
    granted.submit("s2", **SIGGI)
    granted.read_list()
    assert len(exported(granted, "anna@clinic.is").requests) == 2
    found = exported(granted, "siggi@example.is")
    assert only(found)["organisation_as_typed"] == "Origo"
    assert "Marel" not in text_of(found)


def test_an_export_is_written_down_and_does_not_name_its_operator(granted: World) -> None:
    exported(granted, "jona@example.is", by="Kolbeinn", reason="by letter")
    reference = granted.ticket().reference
    lines = granted.store.read(lambda records: records.journal.find_lines(reference))
    assert lines[-1][1:] == ("exported", {"by": "Kolbeinn", "reason": "by letter"})
    assert "Kolbeinn" not in text_of(exported(granted, "jona@example.is"))


def test_the_journal_names_nobody(granted: World) -> None:
    with pytest.raises(CreditsDeskError, match="journal"):
        exported(granted, "jona@example.is", reason="Anna asked")
    assert "exported" not in granted.events()
    assert granted.events()[-1] == "export_refused"


def test_forms_and_the_ledger_are_counted_in(granted: World) -> None:
    reference = granted.ticket().reference
    order = Order("k", "jona@example.is", 4, "Marel hf.", reference)
    granted.store.write(lambda tables: tables.ledger.add(order, granted.now))
    granted.webhook(other="jona@example.is")
    granted.run()
    found = exported(granted, "jona@example.is")
    assert (found.deliveries, [entry["reference"] for entry in found.ledger]) == (1, [reference])
    assert "jona" not in repr(found)


def test_nothing_is_left_to_export_of_who_was_forgotten(granted: World) -> None:
    forget(
        "jona@example.is",
        by="DPO",
        reason="asked",
        now=granted.now,
        store=granted.store,
        sealer=granted.sealer,
    )
    assert not exported(granted, "jona@example.is").anything
    assert not exported(granted, "anna@clinic.is").anything
