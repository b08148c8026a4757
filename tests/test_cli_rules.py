"""The commands of standing rules."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from casework.organisations import Company
from casework.ports import Receipt
from casework.request import Details, Submission
from casework.request_records import NewRequest
from casework.stages import Stage
from storage.tables import Tables
from tests.office import Office, office_in

DAY = 86_400_000
MAREL = Company("71", "Marel hf.", frozenset({"marel.is"}), members=3)
SET = ("rules", "set", "71", "--pool", "40", "--per-client", "10", "--automatic", "4")


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> int:
    noon = at("2026-11-23") + DAY // 2
    monkeypatch.setattr("commands.standing_rules.wall_clock", lambda: noon)
    return noon


def at(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.fixture
def office(tmp_path: Path, now: int) -> Iterator[Office]:
    with office_in(tmp_path) as office:
        office.store.write(lambda tables: tables.companies.keep([MAREL], now))
        yield office


def test_a_rule_is_set_listed_and_journalled(office: Office, now: int) -> None:
    assert office.run("rules", "list").stdout == "There is none.\n"
    done = office.run(*SET, "--by", "Anna")
    words = (
        "Marel hf. (record 71): 40 credits a year, 10 for one client, 4 for one request, "
        "from 23 November 2026"
    )
    assert (done.exit_code, done.stdout) == (0, f"{words}.\n")
    assert office.run("rules", "list").stdout == f"{words}\n"
    assert office.run_json("rules", "list") == [
        {
            "company_id": "71",
            "name": "Marel hf.",
            "yearly_pool": 40,
            "per_client": 10,
            "automatic_up_to": 4,
            "starts_at": at("2026-11-23"),
            "ended_at": None,
        }
    ]
    facts = {"yearly_pool": 40, "per_client": 10, "automatic_up_to": 4, "by": "Anna"}
    written = {**facts, "company": "71", "starts_at": at("2026-11-23")}
    assert office.journal("rule_set") == [("", written)]
    rule = office.store.read(lambda tables: tables.standing_rules.find("71"))
    assert rule is not None
    assert rule.recorded_at == now


def test_a_rule_may_begin_on_another_day(office: Office) -> None:
    office.run(*SET, "--by", "Anna", "--from", "2027-01-01")
    (rule,) = office.run_json("rules", "list")
    assert rule["starts_at"] == at("2027-01-01")
    assert office.run("rules", "totals", "71").stdout == "The rule has not begun.\n"
    assert office.run_json("rules", "totals", "71") == []


def test_a_rule_takes_the_place_of_an_earlier_one(office: Office) -> None:
    office.run(*SET, "--by", "Anna")
    office.run(*SET, "--pool", "80", "--by", "Anna")
    (rule,) = office.run_json("rules", "list")
    assert rule["yearly_pool"] == 80
    assert len(office.journal("rule_set")) == 2


@pytest.mark.parametrize(
    ("change", "exit_code", "says"),
    [
        (["--automatic", "11"], 1, "contradict"),
        (["--per-client", "41"], 1, "contradict"),
        (["--automatic", "0"], 2, "automatic"),
        (["--by", "anna@example.is"], 2, "journal"),
        (["--from", "soon"], 2, "--from"),
    ],
)
def test_what_makes_no_sense_is_refused(
    office: Office, change: list[str], exit_code: int, says: str
) -> None:
    done = office.run(*SET, "--by", "Anna", *change)
    assert done.exit_code == exit_code
    assert says in done.output
    assert "Traceback" not in done.output
    assert office.run_json("rules", "list") == []
    assert office.journal("rule_set") == []


def test_only_companies_that_were_read_from_hubspot_have_rules(office: Office) -> None:
    done = office.run("rules", "set", "99", *SET[3:], "--by", "Anna")
    assert done.exit_code == 1
    assert "HubSpot" in done.output
    assert office.run_json("rules", "list") == []
    assert office.journal("rule_set") == []


@pytest.mark.parametrize("command", [SET, ("rules", "end", "71")])
def test_nobody_decides_without_a_name(office: Office, command: tuple[str, ...]) -> None:
    assert office.run(*command).exit_code == 2


def test_a_rule_is_ended_and_kept(office: Office, now: int) -> None:
    assert office.run("rules", "end", "71", "--by", "Anna").exit_code == 1
    office.run(*SET, "--by", "Anna")
    assert office.run("rules", "end", "71", "--by", "Bjorn").exit_code == 0
    assert office.run("rules", "end", "71", "--by", "Bjorn").exit_code == 1
    (rule,) = office.run_json("rules", "list")
    assert rule["ended_at"] == now
    assert office.run("rules", "list").stdout.endswith("ended 23 November 2026\n")
    assert office.journal("rule_ended") == [("", {"company": "71", "by": "Bjorn"})]


def give(tables: Tables, number: int, day: str, credits: int) -> None:
    """Credits of another client, added that day under the rule."""
    reference = f"CR-{number}"
    submission = Submission(
        Details(f"c{number}@example.is", "s@example.is", ""), "Marel", None, None, True
    )
    new = NewRequest(
        reference, submission, "Marel", f"f{number}", f"c{number}", "p", None, "Received."
    )
    tables.requests.add(new, at(day))
    tables.requests.set_stage(reference, Stage.APPROVED, at(day))
    tables.standing_rules.use(reference, "71", credits, at(day))
    tables.grants.reserve(reference, credits, at(day), at(day))
    tables.grants.mark_sending(reference, credits, at(day))
    tables.grants.post(reference, Receipt(f"R-{number}", credits), at(day))


def test_only_totals_of_enough_clients_are_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.run(*SET, "--from", "2026-10-01", "--by", "Anna")
    assert office.run("rules", "totals", "72").exit_code == 1

    def fill(tables: Tables) -> None:
        for number in range(4):
            give(tables, number, "2026-12-01", 4)
        give(tables, 4, "2027-02-01", 3)
        give(tables, 5, "2027-05-01", 3)

    office.store.write(fill)
    monkeypatch.setattr("commands.standing_rules.wall_clock", lambda: at("2027-06-01"))
    assert office.run_json("rules", "totals", "71") == [
        {"first_day": "2026-10-01", "last_day": "2027-03-31", "credits": 19},
        {"first_day": "2027-04-01", "last_day": "2027-06-30", "credits": None},
    ]
    done = office.run("rules", "totals", "71")
    assert done.stdout == (
        "2026-10-01 to 2027-03-31: 19 credits\n2027-04-01 to 2027-06-30: not yet told\n"
    )
    office.environment["SMALL_GROUP_ASK"] = "6"
    assert [total["credits"] for total in office.run_json("rules", "totals", "71")] == [None]


def test_a_company_that_is_gone_keeps_its_rule(office: Office) -> None:
    office.run(*SET, "--by", "Anna")
    office.store.write(lambda tables: tables.companies.drop_unseen(at("2027-01-01")))
    assert office.run_json("rules", "list")[0]["name"] is None
    assert "no longer in HubSpot" in office.run("rules", "list").stdout


def test_an_ended_rule_is_told_of(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.run(*SET, "--from", "2026-10-01", "--by", "Anna")
    office.run("rules", "end", "71", "--by", "Anna")
    rows: Any = office.run_json("rules", "totals", "71")
    assert [row["credits"] for row in rows] == [None]
