"""Organisations reply in all the ways there are, and letters are sent, at the running service."""

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from sandbox.server import Sandbox
from tests.running import RunningService, kill, running_service, start, until
from tests.stories.staff_and_professionals import (
    HR,
    ORGANISATION,
    control,
    make_organisation,
    move,
    notes,
    stage_label,
    state,
    submit,
    wait_for_ticket,
)

ASKED, REPLIED = "Asked organisation", "Organisation replied"
AGREES = "Hello,\n\nwe agree to 3 credits.\n\nRegards, Pat"


def ask(sandbox: Sandbox) -> tuple[str, str]:
    """Somebody's request, its organisation asked about four credits. The ticket and the thread."""
    ticket_id = begin(sandbox)
    body = {"id": ticket_id, "amount": "4"}
    control(sandbox, "stage", **body)
    until(lambda: "4 " in str(wait_for_ticket(sandbox)["properties"]["credit_request_letter"]))
    return ticket_id, write(sandbox, ticket_id)


def begin(sandbox: Sandbox) -> str:
    """Somebody's request, whose organisation was recognised. The ticket."""
    submit(sandbox, employer_or_wellbeing_hub=ORGANISATION)
    ticket = until(lambda: [one for one in state(sandbox)["tickets"] if "companies" in tied(one)])
    return str(ticket[0]["id"])


def write(sandbox: Sandbox, ticket_id: str) -> str:
    """Staff write, and drag the card with a number on it. The thread."""
    letter = {"subject": "Credits", "text": "May we add four credits?"}
    thread = control(sandbox, "send", ticket=ticket_id, to=HR, **letter)["thread"]
    move(sandbox, ticket_id, ASKED, "4")
    return str(thread)


def tied(ticket: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = ticket["associations"]
    return found


def stage(sandbox: Sandbox) -> str:
    return stage_label(sandbox, wait_for_ticket(sandbox))


def amount(sandbox: Sandbox) -> str:
    return str(wait_for_ticket(sandbox)["properties"]["credits_to_grant"])


def restart(service: RunningService) -> Any:
    return start(service.folder, service.environment, int(service.url.rpartition(":")[2]))


def kept_nothing_of(service: RunningService, *words: str) -> None:
    """Neither the database nor the log holds what a mail said, or who wrote it."""
    kept = b"".join(file.read_bytes() for file in service.folder.iterdir() if file.is_file())
    assert [word for word in words if word.encode() in kept] == []


def test_a_reply_moves_the_card_and_fills_in_the_number(tmp_path: Path) -> None:
    with running_service(tmp_path, prepare=make_organisation) as service:
        _, thread = ask(service.sandbox)
        control(service.sandbox, "reply", thread=thread, quote="icelandic", text=AGREES, **by(HR))
        until(lambda: stage(service.sandbox) == REPLIED)
        (note,) = until(lambda: notes(service.sandbox))
        assert "another number: 3 credits" in note
        assert "we agree to 3 credits" in note
        assert amount(service.sandbox) == "3"
        assert not state(service.sandbox)["grants"]
        kept_nothing_of(service, "we agree to 3", HR, "Regards, Pat")


def by(sender: str) -> dict[str, str]:
    return {"from": sender}


@pytest.mark.parametrize("way", ["thread", "logged mail"])
def test_a_reply_whose_event_is_lost_is_found_by_looking(tmp_path: Path, way: str) -> None:
    with running_service(tmp_path, prepare=make_organisation) as service:
        sandbox = service.sandbox
        ticket_id, thread = ask(sandbox)
        until(sandbox.idle)
        sandbox.settings.events = ()
        answer = by(HR) | {"subject": "Re: Credits", "text": AGREES}
        if way == "thread":
            control(sandbox, "reply", thread=thread, **answer)
        else:
            control(sandbox, "email", ticket=ticket_id, **answer)
        assert stage(sandbox) == ASKED
        kill(service.process)  # mails are looked for at the start, and every two minutes
        with restart(service):
            until(lambda: stage(sandbox) == REPLIED)
            assert amount(sandbox) == "3"


def test_a_mail_to_somebodys_own_inbox_counts_as_well(tmp_path: Path) -> None:
    with running_service(tmp_path, prepare=make_organisation) as service:
        ticket_id, _ = ask(service.sandbox)
        answer = by(HR) | {"subject": "Re: Credits", "text": AGREES}
        control(service.sandbox, "email", ticket=ticket_id, **answer)
        until(lambda: stage(service.sandbox) == REPLIED)
        assert amount(service.sandbox) == "3"


STAYS: dict[str, Callable[[], dict[str, str]]] = {
    "no known contact": lambda: by("somebody@elsewhere.example") | {"text": AGREES},
    "somebody is away": lambda: (
        by(HR) | {"subject": "Automatic reply: Credits", "text": "I am out of office until Monday."}
    ),
}


@pytest.mark.parametrize("kind", STAYS)
def test_what_is_no_answer_leaves_the_card_where_it_is(tmp_path: Path, kind: str) -> None:
    with running_service(tmp_path, prepare=make_organisation) as service:
        _, thread = ask(service.sandbox)
        control(service.sandbox, "reply", thread=thread, **STAYS[kind]())
        (note,) = until(lambda: notes(service.sandbox))
        assert kind in note
        until(service.sandbox.idle)
        assert (stage(service.sandbox), amount(service.sandbox)) == (ASKED, "4")


def letters(sandbox: Sandbox) -> list[dict[str, Any]]:
    """The letters with the reference that went into the one thread."""
    reference = wait_for_ticket(sandbox)["properties"]["credit_request_ref"]
    (thread,) = state(sandbox)["threads"]
    outgoing = [one for one in thread["messages"] if one.get("direction") == "OUTGOING"]
    return [one for one in outgoing if reference in one["text"]]


def sending_letters(folder: Path) -> AbstractContextManager[RunningService]:
    return running_service(
        folder,
        prepare=make_organisation,
        SEND_LETTER="thread",
        HUBSPOT_SENDER_USER="9",
        LETTER_LANGUAGE="en",
    )


def test_the_letter_goes_into_the_thread_and_the_answer_comes_back(tmp_path: Path) -> None:
    with sending_letters(tmp_path) as service:
        sandbox = service.sandbox
        ticket_id = begin(sandbox)
        thread = write(sandbox, ticket_id)
        (letter,) = until(lambda: letters(sandbox))
        assert "whether you agree to 4 more credits" in letter["text"]
        control(sandbox, "reply", thread=thread, quote=True, text="Yes, gladly.", **by(HR))
        until(lambda: stage(sandbox) == REPLIED)
        assert amount(sandbox) == "4"
        move(sandbox, ticket_id, "Approved", "4")
        until(lambda: stage(sandbox) == "Credits added")
        assert len(letters(sandbox)) == 1


def test_killed_between_sending_and_writing_it_down_it_is_sent_once(tmp_path: Path) -> None:
    with sending_letters(tmp_path) as service:
        sandbox = service.sandbox
        path = "/conversations/v3/conversations/threads"
        # HubSpot has taken it, and its answer does not come: for us it may have gone or not.
        sandbox.faults.add("api.lose_answer", path=path, method="POST")
        ask(sandbox)
        until(lambda: letters(sandbox))
        kill(service.process)
        assert "letter_sent" not in journal(service)
        with restart(service):
            until(lambda: "letter_sent" in journal(service))
            until(sandbox.idle)
            assert len(letters(sandbox)) == 1


def journal(service: RunningService) -> list[str]:
    with sqlite3.connect(service.folder / "desk.db") as connection:
        rows = connection.execute("SELECT event FROM journal").fetchall()
    connection.close()
    return [event for (event,) in rows]
