"""What operators see of tickets that a restore has orphaned."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.orphan_records import OrphanedTicket
from tests.office import Office, office_in

NOON = 1_790_078_400_000  # 2026-09-22 12:00 UTC


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_in(tmp_path) as office:
        yield office


def test_orphaned_tickets_are_listed_and_dropped(office: Office) -> None:
    assert office.run("orphans").stdout == "There are none.\n"
    orphan = OrphanedTicket("CR-1", "811", "ab" * 16, withheld=False, seen_at=NOON)
    office.store.write(lambda tables: tables.orphans.keep(orphan))
    assert office.run("orphans").stdout == "CR-1  ticket 811  (seen 2026-09-22 12:00 UTC)\n"
    (told,) = office.run_json("orphans")
    assert (told["reference"], told["ticket_id"]) == ("CR-1", "811")
    assert "--by" in office.run("drop-orphan", "CR-1").output
    assert "not listed any more" in office.run("drop-orphan", "CR-1", "--by", "BK").stdout
    assert office.run_json("orphans") == []
    facts = office.store.read(lambda tables: tables.journal.find_facts("orphan_dropped"))
    assert [(reference, told["by"]) for reference, told in facts] == [("CR-1", "BK")]


def test_what_is_no_orphan_cannot_be_dropped(office: Office) -> None:
    refused = office.run("drop-orphan", "CR-1", "--by", "BK")
    assert refused.exit_code == 1
    assert "there is no orphaned ticket CR-1" in refused.output
