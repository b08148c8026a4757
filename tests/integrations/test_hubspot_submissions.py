"""The list of submissions: the sandbox's, and what HubSpot has been seen to answer."""

import hashlib
import hmac
from collections.abc import Callable

import pytest
import requests

from casework.errors import Refused, Unavailable
from casework.form_fields import FormField, FormFields
from casework.request import Submission
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.submissions import HubSpotSubmissions
from sandbox.server import Sandbox
from tests.fakes.scripted_server import Script

MakeClient = Callable[[str], HubSpotClient]

FORM = "2934b12b-a885-4add-8e82-821a8b83388d"
FIELDS = FormFields(
    client_email=FormField("client_email"),
    organisation=FormField("company"),
    professional_email=FormField("email", "0-1"),
    reason=FormField("reason"),
)


def digest(text: str) -> str:
    return hmac.new(b"key", text.encode(), hashlib.sha256).hexdigest()[:32]


def make(client: HubSpotClient) -> HubSpotSubmissions:
    return HubSpotSubmissions(client, FORM, FIELDS, digest)


def row(number: int, **more: object) -> dict[str, object]:
    values = [
        {"name": "email", "value": "pro@example.org", "objectTypeId": "0-1"},
        {"name": "client_email", "value": f"client{number}@example.org"},
        {"name": "company", "value": "Northwind", "objectTypeId": "0-2"},
    ]
    return {"submittedAt": 1_000 + number, "values": values} | more


def test_pages_of_the_sandbox(sandbox: Sandbox, client: HubSpotClient) -> None:
    definition = requests.get(
        f"{sandbox.url}/marketing/v3/forms/{FORM}",
        headers={"Authorization": "Bearer sandbox-access-token"},
        timeout=5,
    ).json()
    names = [field["name"] for group in definition["fieldGroups"] for field in group["fields"]]
    for number in range(60):
        answers = dict.fromkeys(names, f"x{number}@example.org")
        url = f"{sandbox.url}/_sandbox/submit"
        requests.post(url, json=answers, timeout=5).raise_for_status()
    submissions = make(client)
    first = submissions.read_page(None)
    assert first.next_page
    second = submissions.read_page(first.next_page)
    assert (len(first.submissions), len(second.submissions)) == (50, 10)
    assert second.next_page is None
    assert first.submissions[0].details.professional_email == "x59@example.org"
    keys = {found.conversion_id for found in [*first.submissions, *second.submissions]}
    assert len(keys) == 60
    assert first.oldest == min(found.submitted_at or 0 for found in first.submissions)
    assert all(found.listed for found in first.submissions)


def test_a_row_is_read(script: Script, make_client: MakeClient) -> None:
    script.then(200, {"results": [row(1, conversionId="c-1")]})
    (found,) = make(make_client(script.url)).read_page("abc==").submissions
    assert isinstance(found, Submission)
    assert (found.organisation, found.conversion_id, found.submitted_at) == (
        "Northwind",
        "c-1",
        1_001,
    )
    assert found.details.client_email == "client1@example.org"
    assert script.seen[0][1].endswith(f"{FORM}?limit=50&after=abc%3D%3D")
    assert script.seen[0][2]["Authorization"] == "Bearer sandbox-access-token"


def test_a_row_without_an_id_gets_a_key_that_tells_nothing(
    script: Script, make_client: MakeClient
) -> None:
    script.then(200, {"results": [row(1), row(2), row(1)]})
    first, second, again = make(make_client(script.url)).read_page(None).submissions
    assert first.conversion_id == again.conversion_id != second.conversion_id
    assert first.conversion_id is not None
    assert len(first.conversion_id) == 32
    assert "client1" not in first.conversion_id


def test_rows_that_cannot_be_read_are_counted(script: Script, make_client: MakeClient) -> None:
    rows = ["text", {}, {"values": "no", "submittedAt": 5}, row(1), {"values": [7, {}, None]}]
    script.then(200, {"results": rows, "paging": None})
    page = make(make_client(script.url)).read_page(None)
    # The last has no answer at all, but it is somebody's request.
    assert (len(page.submissions), page.unreadable) == (2, 3)
    assert page.oldest == 1_001
    assert page.next_page is None


def test_half_a_character_and_times_as_text(script: Script, make_client: MakeClient) -> None:
    listed = b"""{"results": [{"conversionId": "c-1", "submittedAt": "1790000000000", "values": [
        {"name": "company", "value": "Ab\\ud83d"}, {"name": "reason", "value": "\\ude00"}]},
        {"submittedAt": 5, "values": [{"name": "company", "value": "Ab\\ud83d"}]}]}"""
    script.then(200, listed)
    first, second = make(make_client(script.url)).read_page(None).submissions
    assert (first.organisation, first.details.reason) == ("Ab\ufffd", "\ufffd")
    assert first.submitted_at == 1_790_000_000_000
    assert second.conversion_id


def test_a_password_on_this_machine_does_not_replace_the_token(
    script: Script, make_client: MakeClient, netrc_for_this_machine: None
) -> None:
    script.then(200, {"results": []})
    make(make_client(script.url)).read_page(None)
    assert script.seen[0][2]["Authorization"] == "Bearer sandbox-access-token"


def test_an_empty_list(script: Script, make_client: MakeClient) -> None:
    script.then(200, {"results": []})
    page = make(make_client(script.url)).read_page(None)
    assert (list(page.submissions), page.unreadable, page.oldest) == ([], 0, None)


def test_the_same_errors_as_for_tickets(script: Script, make_client: MakeClient) -> None:
    submissions = make(make_client(script.url))
    script.then(404, {"category": "OBJECT_NOT_FOUND", "message": "pro@example.org"})
    with pytest.raises(Refused) as refused:
        submissions.read_page(None)
    assert refused.value.code == "OBJECT_NOT_FOUND"
    script.answers.clear()
    script.hang_up()
    with pytest.raises(Unavailable) as lost:
        submissions.read_page(None)
    assert lost.value.__context__ is None
    assert lost.value.code == "ConnectionError"
    assert len(script.seen) == 4
    with pytest.raises(Unavailable) as unsent:
        make(make_client("http://127.0.0.1:9")).read_page(None)
    assert unsent.value.code == "NOT_SENT"
