"""`desk retention` and `desk hold`: what is old, when it goes, and how to keep it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.forget_old import RetentionRules, forget_old
from casework.request import Details, Submission
from casework.request_records import NewRequest
from casework.retention import DAY, NOTICE
from casework.stages import Stage
from casework.worker import WHOLE
from steady import wall_clock
from storage.tables import Tables
from tests.office import Office, office_in


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_in(tmp_path, RETENTION_DAYS="30") as office:
        yield office


def add(office: Office, reference: str, stage: Stage, days: int) -> None:
    at = wall_clock() - days * DAY
    details = Details("jona@client.example", "pia@pro.example", "Tired.")
    submission = Submission(details, "Marel", reference, at, listed=True)
    new = NewRequest(reference, submission, "Marel", "f", "c", "p", None, "Received.")

    def change(tables: Tables) -> None:
        tables.requests.add(new, at)
        tables.requests.set_ticket(reference, reference[3:], stage, None)

    office.store.write(change)


def announce(office: Office, now: int | None = None) -> None:
    """As the service does once a day."""
    forget_old(
        [WHOLE],
        now or wall_clock(),
        store=office.store,
        mailer=None,
        rules=RetentionRules(30, []),
        clock=wall_clock,
    )


def hold(office: Office, *more: str, reason: str = "dispute") -> tuple[int, str]:
    done = office.run("hold", "CR-1", "--by", "DPO", "--reason", reason, *more)
    return done.exit_code, done.output


def test_nothing_old(office: Office) -> None:
    add(office, "CR-1", Stage.CREDITED, 29)
    told = office.run("retention").output
    assert "Things are kept for 30 days." in told and "Nothing is older" in told
    assert office.run_json("retention") == {"retention_days": 30, "old": []}


def test_what_is_due_announced_and_held_back(office: Office) -> None:
    add(office, "CR-1", Stage.CREDITED, 40)
    announce(office)
    add(office, "CR-2", Stage.DECLINED, 40)
    add(office, "CR-3", Stage.ASKED, 40)
    told = office.run("retention").output
    assert "Announced, to be erased: 1\n  CR-1  Credits added, " in told
    assert "Due, and announced with the next digest: 1\n  CR-2  Declined, " in told
    assert "Held back: 1\n  CR-3  Asked organisation, " in told and "close its ticket" in told
    found = {one["key"]: one for one in office.run_json("retention")["old"]}
    assert {key: one["state"] for key, one in found.items()} == {
        "CR-1": "announced",
        "CR-2": "due",
        "CR-3": "held_back",
    }
    assert found["CR-1"]["erase_from"] == pytest.approx(wall_clock() + NOTICE, abs=60_000)
    assert (found["CR-3"]["why"], found["CR-3"]["stage"]) == ("open", "asked")
    assert "client.example" not in told + str(found)


def test_hold_and_release(office: Office) -> None:
    add(office, "CR-1", Stage.CREDITED, 3)
    assert hold(office) == (0, "CR-1 is on hold.\n")
    (kept,) = office.run_json("retention")["old"]
    assert (kept["key"], kept["why"], kept["state"]) == ("CR-1", "hold", "held_back")
    code, told = hold(office)
    assert code == 1 and "on hold already" in told
    assert hold(office, "--release", reason="settled") == (0, "CR-1 is not on hold any more.\n")
    assert office.run_json("retention")["old"] == []
    assert office.journal("hold") == [("CR-1", {"by": "DPO", "reason": "dispute"})]
    assert office.journal("hold_released") == [("CR-1", {"by": "DPO", "reason": "settled"})]


def test_a_reason_that_names_the_client_is_not_written_down(office: Office) -> None:
    add(office, "CR-1", Stage.CREDITED, 3)
    code, told = hold(office, reason="Jona sues us")
    assert code == 1 and "must not name anybody" in told
    assert office.journal("hold") == []
    assert office.journal("hold_refused") == [("CR-1", {})]


def test_nobody_is_forgotten_by_command_while_on_hold(office: Office) -> None:
    add(office, "CR-1", Stage.CREDITED, 3)
    office.store.write(lambda t: t.requests._connection.run("UPDATE requests SET client_digest=''"))
    hold(office)
    done = office.run("forget", "jona@client.example", "--by", "DPO", "--reason", "letter")
    assert done.exit_code == 1 and "CR-1: on hold" in done.output
    hold(office, "--release")
    done = office.run("forget", "jona@client.example", "--by", "DPO", "--reason", "letter")
    assert done.exit_code == 0 and "CR-1: the client's address" in done.output


def test_what_was_erased_cannot_be_held(office: Office) -> None:
    add(office, "CR-1", Stage.CREDITED, 40)
    announce(office)
    announce(office, wall_clock() + NOTICE + DAY)
    code, told = hold(office)
    assert code == 1 and "was erased" in told
    assert office.run_json("retention")["old"] == []
