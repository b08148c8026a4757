"""The command that shows a reason that waits, and releases it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.request import ReasonState
from storage.sealing import TinkSealer, write_new_keyset
from storage.sqlite import SqliteStore
from storage.tables import Tables
from tests.storage.made_up import NOW, new_request
from tests.test_cli import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    keyset, path = tmp_path / "keyset.json", tmp_path / "desk.db"
    write_new_keyset(keyset)
    store = SqliteStore(path, TinkSealer(keyset.read_text()))

    def hold(tables: Tables) -> None:
        tables.requests.add(new_request("CR-1"), NOW)
        tables.requests.set_reason("CR-1", ReasonState.HELD, "[…] sleeps badly; the only welder.")
        tables.journal.write("reason_held", "CR-1", NOW, why="indirect: only one, small_group")

    store.write(hold)
    environment = {
        "PUBLIC_BASE_URL": "https://credits.example.is",
        "DATABASE_URL": f"sqlite:///{path}",
        "SEALING_KEYSET_FILE": str(keyset),
        "HUBSPOT_ACCESS_TOKEN": "a-token",
        "HUBSPOT_CLIENT_SECRETS": "a-client-secret",
        "HUBSPOT_FORM_URL": "https://share.hsforms.com/2KTSxK6iFSt2OgoIai4M4jQ2uw42",
        "FORM_FIELDS": "client_email=client_email,organisation=hub,professional_email=email",
    }
    yield Office(path, store, environment)
    store.close()


def test_a_held_reason_is_shown_with_why_and_the_journal_tells_who_looked(office: Office) -> None:
    done = office.run("reason", "CR-1", "--by", "Pia")
    assert done.stdout == "[…] sleeps badly; the only welder.\n"
    assert "may still point to somebody (only one)" in done.stderr
    assert "few people" in done.stderr
    assert office.journal("reason_looked_at") == [("CR-1", {"by": "Pia"})]


def test_it_is_released_by_a_named_person_once(office: Office) -> None:
    assert office.run("reason", "CR-1", "--by", "Pia", "--release").exit_code == 0
    assert office.journal("reason_released") == [("CR-1", {"by": "Pia"})]
    again = office.run("reason", "CR-1", "--by", "Pia", "--release")
    assert again.exit_code == 1
    assert "waits" in again.output
    parked = office.store.read(lambda t: t.work.count_by_kind())
    assert parked["tell_reason"] == 1


def test_what_is_unknown_is_said_in_one_message(office: Office) -> None:
    done = office.run("reason", "CR-9", "--by", "Pia")
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert office.run_json("reason", "CR-1", "--by", "Pia")["why"].startswith("indirect")
