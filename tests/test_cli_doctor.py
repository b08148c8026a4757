"""The doctor, beside a sandbox: all well, and each thing that may be wrong."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from casework.stages import PIPELINE_LABEL
from sandbox.server import Sandbox, start_sandbox
from storage.sealing import write_new_keyset
from tests.office import Office, office_in
from tests.running import free_port, make_settings
from tests.stories.staff_and_professionals import submit

TICKETS = "/crm/v3/objects/tickets/batch/read"
SHARED = "a shared address can send mail"
ACCOUNTS = "/conversations/v3/conversations/channel-accounts"


@pytest.fixture(scope="module")
def around() -> Iterator[Sandbox]:
    with start_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(around: Sandbox) -> Iterator[Sandbox]:
    requests.post(f"{around.url}/_sandbox/reset", timeout=5).raise_for_status()
    yield around
    around.faults.clear()


@pytest.fixture
def office(tmp_path: Path, sandbox: Sandbox) -> Iterator[Office]:
    """Everything is set up, and well."""
    settings = make_settings(tmp_path, free_port(), sandbox) | {"GRANT_DELAY_SECONDS": "300"}
    with office_in(tmp_path, **settings) as office:
        office.store.check_keys()
        assert office.run("setup").exit_code == 0
        yield office


def look(office: Office) -> dict[str, Any]:
    """What is not well, with its verdict and advice; the exit status goes with it."""
    done = office.run("doctor", "--json")
    report = office.run_json("doctor")
    wrong = any(check["verdict"] == "wrong" for check in report["checks"])
    assert (done.exit_code, report["ok"]) == (int(wrong), not wrong)
    return {
        check["what"]: (check["verdict"], check["advice"])
        for check in report["checks"]
        if check["verdict"] != "ok"
    }


def only(found: dict[str, Any]) -> tuple[str, str, str]:
    ((what, (verdict, advice)),) = found.items()
    return what, verdict, advice


def test_all_is_well_and_nothing_was_written(office: Office, sandbox: Sandbox) -> None:
    before = len(sandbox.parts.requests_seen)
    done = office.run("doctor")
    assert done.exit_code == 0, done.stdout
    assert "wrong" not in done.stdout
    assert "warning" not in done.stdout
    seen = sandbox.parts.requests_seen[before:]
    assert len(seen) > 10
    assert {one.method for one in seen if not one.path.endswith("/batch/read")} == {"GET"}
    assert not sandbox.parts.mailbox.messages
    assert not sandbox.parts.ledger.grants


@pytest.mark.parametrize(
    ("path", "scope", "object_", "replies", "verdict"),
    [
        (TICKETS, "tickets", "ticket", "propose", "wrong"),
        ("/crm/v3/objects/deals/batch", "crm.objects.deals.read", "deal", "propose", "wrong"),
        ("/crm/v3/objects/contacts", "crm.objects.contacts.read", "ticket", "propose", "wrong"),
        ("/crm/v3/objects/companies", "crm.objects.companies.read", "ticket", "off", "wrong"),
        ("/form-integrations/", "forms", "ticket", "off", "wrong"),
        ("/crm/v3/objects/emails", "sales-email-read", "ticket", "file", "wrong"),
        ("/crm/v3/objects/emails", "sales-email-read", "ticket", "off", "warning"),
        ("/conversations/v3/conversations/threads", "conversations.read", "ticket", "off",
         "warning"),
        ("/conversations/v3/conversations/threads", "conversations.read", "ticket", "propose",
         "wrong"),
    ],
)  # fmt: skip
def test_a_missing_scope_is_named(
    office: Office,
    sandbox: Sandbox,
    path: str,
    scope: str,
    object_: str,
    replies: str,
    verdict: str,
) -> None:
    office.environment |= {"CRM_OBJECT": object_, "REPLIES": replies}
    office.run("setup")
    sandbox.faults.add("api.missing_scope", times=None, path=path)
    what, found, advice = only(look(office))
    assert (found, f"scope {scope}," in advice) == (verdict, True), (what, advice)


def test_no_settings() -> None:
    """Only this one can be told then."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PUBLIC_BASE_URL", raising=False)
        done = Office(Path(), None, {"PUBLIC_BASE_URL": ""}).run("doctor")  # type: ignore[arg-type]
    assert done.exit_code == 1
    assert "HUBSPOT_ACCESS_TOKEN is missing" in done.stdout


def test_other_keys_than_the_databases(office: Office, tmp_path: Path) -> None:
    write_new_keyset(tmp_path / "other.json")
    office.environment["SEALING_KEYSET_FILE"] = str(tmp_path / "other.json")
    what, verdict, _ = only(look(office))
    assert (what, verdict) == ("the keyset opens the database", "wrong")


def test_a_database_server_that_is_away_is_no_matter_of_keys(office: Office) -> None:
    office.environment["DATABASE_URL"] = f"postgresql://desk:hunter2@127.0.0.1:{free_port()}/desk"
    what, verdict, advice = only(look(office))
    assert (what, verdict) == ("the database can be opened", "wrong")
    assert "DATABASE_URL" in advice
    assert "hunter2" not in advice


def test_a_keyset_that_is_none(office: Office, tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text("{}")
    office.environment["SEALING_KEYSET_FILE"] = str(tmp_path / "other.json")
    assert only(look(office))[:2] == ("the keyset can be read", "wrong")


def test_before_the_first_start_no_database_is_made(office: Office, tmp_path: Path) -> None:
    office.environment["DATABASE_URL"] = f"sqlite:///{tmp_path / 'new.db'}"
    assert not look(office)
    assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("HUBSPOT_ACCESS_TOKEN", "an-old-token", "HUBSPOT_ACCESS_TOKEN"),
        ("HUBSPOT_BASE_URL", "http://127.0.0.1:9", "HUBSPOT_BASE_URL"),
    ],
)
def test_hubspot_that_does_not_answer_us(office: Office, name: str, value: str, told: str) -> None:
    office.environment[name] = value
    what, verdict, advice = only(look(office))
    assert (what, verdict) == ("HubSpot answers, and knows the token", "wrong")
    assert told in advice
    assert value not in advice


def test_nothing_is_set_up_yet(office: Office, sandbox: Sandbox) -> None:
    requests.post(f"{sandbox.url}/_sandbox/reset", timeout=5).raise_for_status()
    found = look(office)
    verdicts = {what: verdict for what, (verdict, _) in found.items()}
    assert verdicts["property credit_request_ref is there"] == "wrong"
    assert verdicts["property credit_request_letter is there"] == "warning"
    assert verdicts[f"pipeline {PIPELINE_LABEL} is there"] == "wrong"
    assert all("desk setup" in advice for _, advice in found.values())
    # It only looked.
    assert look(office) == found


def test_another_form(office: Office) -> None:
    office.environment["HUBSPOT_FORM_ID"] = "00000000-0000-4000-8000-000000000000"
    what, verdict, advice = only(look(office))
    assert (what, verdict) == ("the app may read the form's submissions", "wrong")
    assert "HUBSPOT_FORM_ID" in advice


def test_submissions_without_our_fields(office: Office, sandbox: Sandbox) -> None:
    submit(sandbox, email="anna@clinic.example.is")
    fields = "client_email=another,organisation=hub,professional_email=email"
    office.environment["FORM_FIELDS"] = fields
    what, verdict, advice = only(look(office))
    assert (what, verdict) == ("submissions have the form's fields", "warning")
    assert "client_email, organisation:" in advice
    assert "anna" not in advice


@pytest.mark.parametrize(("letters", "told"), [("off", False), ("thread", True)])
def test_no_shared_address(
    office: Office, monkeypatch: pytest.MonkeyPatch, letters: str, *, told: bool
) -> None:
    office.environment |= {"SEND_LETTER": letters, "HUBSPOT_SENDER_USER": "9"}
    assert not look(office)
    monkeypatch.setattr("sandbox.api.inboxes.CHANNEL_ACCOUNTS", ())
    what, verdict, advice = only(look(office))
    assert (what, verdict) == (SHARED, "warning")
    assert "logged mails only" in advice
    assert ("SEND_LETTER" in advice) is told


def test_addresses_that_cannot_be_looked_up(office: Office, sandbox: Sandbox) -> None:
    sandbox.faults.add("api.error", times=None, path=ACCOUNTS)
    assert only(look(office))[:2] == (SHARED, "warning")


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        ({"SEND_LETTER": "thread"}, "HUBSPOT_SENDER_USER says who sends letters"),
        ({"SEND_LETTER": "thread", "CRM_OBJECT": "deal"}, "SEND_LETTER=thread sends letters"),
        ({"SMALL_GROUP_ASK": "1"}, "SMALL_GROUP_ASK shields small groups"),
        (
            {"REASON_ON_TICKET": "redacted", "SMALL_GROUP_REASON": "4"},
            "SMALL_GROUP_REASON is no smaller",
        ),
        ({"GRANT_DELAY_SECONDS": "0"}, "there is an undo window"),
        ({"SMTP_URL": ""}, "the mail server answers"),
    ],
)
def test_a_setting_that_is_seldom_meant(
    office: Office, settings: dict[str, str], what: str
) -> None:
    office.environment |= settings
    assert office.run("setup").exit_code == 0
    assert only(look(office))[:2] == (what, "warning")


def test_a_reason_that_is_never_told_needs_no_larger_group(office: Office) -> None:
    office.environment |= {"REASON_ON_TICKET": "never", "SMALL_GROUP_REASON": "4"}
    assert not look(office)


@pytest.mark.parametrize(
    "settings",
    [{"CREDITS_API_TOKEN": "an-old-token"}, {"CREDITS_API_URL": "http://127.0.0.1:9/credits"}],
    ids=str,
)
def test_a_credits_platform_that_does_not_answer_us(
    office: Office, settings: dict[str, str]
) -> None:
    office.environment |= settings
    assert only(look(office))[:2] == ("the credits platform answers", "wrong")


def test_without_a_platform_the_ledger_is_meant(office: Office) -> None:
    office.environment |= {"CREDITS_API_URL": "", "CREDITS_API_TOKEN": ""}
    assert not look(office)
    assert "embedded ledger" in office.run("doctor").stdout


def test_a_mail_server_that_does_not_answer(office: Office) -> None:
    office.environment["SMTP_URL"] = "smtp://somebody:secret@127.0.0.1:9"
    what, verdict, advice = only(look(office))
    assert (what, verdict) == ("the mail server answers", "wrong")
    assert "secret" not in advice
