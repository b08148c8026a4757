"""What operators are told of incidents, and of what HubSpot's form has left behind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.request import Details, Submission
from casework.request_records import NewRequest
from casework.residue_records import Leftover, Place
from storage.tables import Tables
from tests.office import Office, office_in

NOON = 1_790_078_400_000  # 2026-09-22 12:00 UTC
HOUR = 3_600_000


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_in(tmp_path) as office:
        yield office


def incident(office: Office, where: str, at: int = NOON) -> None:
    office.store.write(lambda tables: tables.journal.write("incident", "CR-1", at, where=where))


def keep_request(office: Office, reference: str, conversion_id: str | None) -> None:
    details = Details("jona@example.is", "anna@clinic.example.is", "")
    submission = Submission(details, "Hub", conversion_id, NOON, listed=True)
    new = NewRequest(reference, submission, "Hub", reference, "c", "p", None, "Received.")
    office.store.write(lambda tables: tables.requests.add(new, NOON))


def left(office: Office, reference: str, *places: tuple[Place, str]) -> None:
    found = [Leftover(reference, place, field, NOON + 24 * HOUR) for place, field in places]

    def keep(tables: Tables) -> None:
        tables.residue.replace(reference, found)

    office.store.write(keep)


def test_without_incidents_and_residue_there_is_little_to_say(office: Office) -> None:
    assert office.run("incidents").stdout == "There was none.\n"
    assert "Nothing is known to be left" in office.run("residue").stdout
    assert (office.run_json("incidents"), office.run_json("residue")) == ([], [])


def test_an_incident_has_its_place_its_reference_and_its_72_hours(office: Office) -> None:
    incident(office, "HubSpot: add a note")
    (found,) = office.run_json("incidents")
    assert (found["at"], found["tell_by"]) == (NOON, NOON + 72 * HOUR)
    assert (found["where"], found["reference"]) == ("HubSpot: add a note", "CR-1")
    said = office.run("incidents").stdout
    assert "2026-09-22 12:00 UTC  CR-1  HubSpot: add a note" in said
    assert "tell the authority by 2026-09-25 12:00 UTC" in said


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("HubSpot: add a note", "Nothing was sent"),
        ("mail server: send", "Nothing was sent"),
        ("log: client.py, line 12", "nothing got out"),
        ("typed on the ticket: subject, content", "Somebody typed it on the ticket"),
        ("somewhere", "Look at the place by hand"),
    ],
)
def test_what_to_do_depends_on_where_it_was(office: Office, where: str, says: str) -> None:
    incident(office, where)
    assert says in office.run("incidents").stdout


def test_incidents_are_told_oldest_first(office: Office) -> None:
    incident(office, "HubSpot: open tickets", NOON)
    incident(office, "log: desk.py, line 1", NOON + 1)
    assert [one["at"] for one in office.run_json("incidents")] == [NOON, NOON + 1]


def test_each_thing_that_is_left_is_told_with_what_to_do(office: Office) -> None:
    keep_request(office, "CR-1", "abc-1")
    places = (Place.SUBMISSION, ""), (Place.HISTORY, "client_email"), (Place.PROPERTY, "hub")
    left(office, "CR-1", *places)
    said = office.run("residue").stdout
    assert "The submission of 22 September 2026, conversion id abc-1 is in the form's list" in said
    assert "CR-1  history client_email  (seen 23 September 2026)" in said
    assert "delete the contact permanently" in said
    assert "“hub” on the professional's contact held a value" in said
    found = {one["place"]: one for one in office.run_json("residue")}
    assert set(found) == {"submission", "history", "property"}
    assert found["submission"]["conversion_id"] == "abc-1"
    assert "abc-1" in found["submission"]["what_to_do"]


def test_a_submission_whose_id_is_not_known_is_told_by_its_day(office: Office) -> None:
    keep_request(office, "CR-1", None)
    left(office, "CR-1", (Place.SUBMISSION, ""))
    assert "The submission of 22 September 2026 is in" in office.run("residue").stdout


def test_one_request_may_be_asked_for_and_a_wrong_reference_is_said_to_be_one(
    office: Office,
) -> None:
    for reference in ("CR-1", "CR-2"):
        keep_request(office, reference, f"id-{reference}")
        left(office, reference, (Place.SUBMISSION, ""))
    assert [one["reference"] for one in office.run_json("residue", "CR-2")] == ["CR-2"]
    assert len(office.run_json("residue")) == 2
    done = office.run("residue", "CR-9")
    assert done.exit_code == 1
    assert "no request with this reference" in done.output


def test_the_list_of_all_is_no_longer_than_asked_for(office: Office) -> None:
    for reference in ("CR-1", "CR-2"):
        keep_request(office, reference, f"id-{reference}")
        left(office, reference, (Place.SUBMISSION, ""))
    assert [one["reference"] for one in office.run_json("residue", "--most", "1")] == ["CR-1"]
    assert "These are the 1 seen first" in office.run("residue", "--most", "1").stdout
    assert "seen first" not in office.run("residue", "--most", "3").stdout
    assert "seen first" not in office.run("residue", "CR-1", "--most", "1").stdout
