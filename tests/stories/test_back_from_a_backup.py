"""A machine is lost, and another goes on from the backup: nobody's credits are lost or doubled."""

from pathlib import Path

from tests.running import running_service, until
from tests.stories.lost_machine import (
    approve,
    check_that_all_agree,
    fill_in_forms,
    lose_the_machine,
    restore,
    start_there,
    ticket_of,
    tickets_by_organisation,
    wait_for_stage,
    wait_for_tickets,
)
from tests.stories.staff_and_professionals import move, stage_label, state


def test_what_the_backup_knows_goes_on_and_credits_added_since_are_not_added_again(
    tmp_path: Path,
) -> None:
    with running_service(tmp_path) as service:
        sandbox = service.sandbox
        fill_in_forms(sandbox, range(1, 8))
        wait_for_tickets(sandbox, 7)
        approve(sandbox, 1, 3)
        wait_for_stage(sandbox, 1, "Credits added")
        move(sandbox, ticket_of(sandbox, 2)["id"], "Declined", "")
        move(sandbox, ticket_of(sandbox, 3)["id"], "Asked organisation", "")

        done = service.desk("backup", str(tmp_path / "backup.db"))
        assert done.returncode == 0, done.stderr

        approve(sandbox, 3, 4)
        approve(sandbox, 4, 5)
        wait_for_stage(sandbox, 3, "Credits added")
        wait_for_stage(sandbox, 4, "Credits added")
        sandbox.faults.add("credits.error", times=None)
        approve(sandbox, 5, 6)  # approved, and the machine is lost before the credits are added
        lose_the_machine(service)
        sandbox.faults.clear()
        approve(sandbox, 6, 7)  # while nobody is there

        environment = restore(service, tmp_path / "backup.db", tmp_path / "another")
        with start_there(service, environment):
            for number in (5, 6):
                wait_for_stage(sandbox, number, "Credits added")
            approve(sandbox, 7, 8)
            wait_for_stage(sandbox, 7, "Credits added")
            until(sandbox.idle)
            assert stage_label(sandbox, ticket_of(sandbox, 2)) == "Declined"
            assert len(state(sandbox)["tickets"]) == 7
            check_that_all_agree(environment, sandbox, {1: 3, 3: 4, 4: 5, 5: 6, 6: 7, 7: 8})


def test_what_came_in_after_the_backup_is_found_again_and_granted_once(tmp_path: Path) -> None:
    with running_service(tmp_path) as service:
        sandbox = service.sandbox
        fill_in_forms(sandbox, range(1, 4))
        wait_for_tickets(sandbox, 3)
        approve(sandbox, 1, 3)
        wait_for_stage(sandbox, 1, "Credits added")
        done = service.desk("backup", str(tmp_path / "backup.db"))
        assert done.returncode == 0, done.stderr

        fill_in_forms(sandbox, range(4, 9))
        wait_for_tickets(sandbox, 8)
        approve(sandbox, 4, 5)
        wait_for_stage(sandbox, 4, "Credits added")
        move(sandbox, ticket_of(sandbox, 5)["id"], "Asked organisation", "")
        sandbox.faults.add("credits.error", times=None)
        approve(sandbox, 6, 7)  # approved, and the machine is lost before the credits are added
        lose_the_machine(service)
        sandbox.faults.clear()
        approve(sandbox, 7, 8)  # while nobody is there
        fill_in_forms(sandbox, range(9, 10))
        tickets = {n: ticket["id"] for n, ticket in tickets_by_organisation(sandbox).items()}

        environment = restore(service, tmp_path / "backup.db", tmp_path / "another")
        with start_there(service, environment):
            wait_for_tickets(sandbox, 9)
            for number in (6, 7):
                wait_for_stage(sandbox, number, "Credits added")
            for number in (2, 5, 9):
                approve(sandbox, number, number)
                wait_for_stage(sandbox, number, "Credits added")
            until(sandbox.idle)
            after = {n: ticket["id"] for n, ticket in tickets_by_organisation(sandbox).items()}
            assert after.items() >= tickets.items()
            assert len(state(sandbox)["tickets"]) == 9
            check_that_all_agree(environment, sandbox, {1: 3, 2: 2, 4: 5, 5: 5, 6: 7, 7: 8, 9: 9})
