"""Looking through HubSpot for a client, and filling in its form, against the sandbox."""

import json
from collections.abc import Callable, Iterator

import pytest
import requests

from casework.canary_looking import Passage
from casework.errors import Leak, Refused, Unavailable
from casework.form_fields import Answer, FormField, FormFields
from casework.identifiers import Whose
from integrations.hubspot.calls import SUBMIT_FORM
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.finder import HubSpotFinder
from integrations.hubspot.form_submit import HubSpotFormDoor
from integrations.hubspot.objects import TICKET
from integrations.hubspot.pace import Pace
from sandbox.server import Sandbox
from tests.fakes.scripted_server import Script

SURNAME, EMAIL = "Vexumohikan", "gudrun.vexumohikan@canary.example.org"
CHANGED = ("search_lag_ms", "search_limit", "longest_message")
WORDS = (SURNAME, EMAIL)
FIELDS = FormFields(
    FormField("client_email"),
    FormField("employer_or_wellbeing_hub"),
    FormField("email"),
    FormField("additional_information"),
)
FORM = {
    "client_email": EMAIL,
    "employer_or_wellbeing_hub": "Marel hf.",
    "email": "anna@clinic.example.is",
    "additional_information": "Kvíði",
}
STAMP = "2026-11-23T10:00:00Z"


@pytest.fixture
def at_once(sandbox: Sandbox) -> Iterator[Sandbox]:
    """A sandbox whose search is not behind, and has no limit."""
    before = {name: getattr(sandbox.settings, name) for name in CHANGED}
    change(sandbox, search_lag_ms=0, search_limit=1000)
    yield sandbox
    change(sandbox, **before)


@pytest.fixture
def finder(at_once: Sandbox, client: HubSpotClient, pace: Pace) -> HubSpotFinder:
    return HubSpotFinder(client, TICKET, FIELDS, pace=pace)


def change(sandbox: Sandbox, **settings: object) -> None:
    post(sandbox, "/_sandbox/settings", settings)


def post(sandbox: Sandbox, path: str, body: object) -> str:
    headers = {"Authorization": "Bearer sandbox-access-token"}
    answer = requests.post(f"{sandbox.url}{path}", json=body, headers=headers, timeout=5)
    answer.raise_for_status()
    return str(answer.json().get("id", "")) if answer.content else ""


def make(sandbox: Sandbox, kind: str, *, ticket: str = "", **texts: str) -> str:
    link = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": TICKET.note_association}
    ties = [{"to": {"id": ticket}, "types": [link]}]
    body = {"properties": texts, "associations": ties if ticket else []}
    return post(sandbox, f"/crm/v3/objects/{kind}", body)


def make_ticket(sandbox: Sandbox, subject: str = "Credit request") -> str:
    return make(sandbox, "tickets", subject=subject, hs_pipeline_stage="1")


def telling(passages: list[Passage]) -> set[str]:
    """The places where the client is named."""
    return {one.place for one in passages if SURNAME.casefold() in one.text.casefold()}


@pytest.mark.parametrize(
    ("kind", "field", "others"),
    [
        ("companies", "name", {}),
        ("tickets", "content", {"subject": "s", "hs_pipeline_stage": "1"}),
        ("deals", "dealname", {"dealstage": "appointmentscheduled"}),
        ("notes", "hs_note_body", {"hs_timestamp": STAMP}),
        ("tasks", "hs_task_body", {"hs_timestamp": STAMP}),
        ("contacts", "lastname", {}),
        ("contacts", "email", {}),
        ("contacts", "client_email", {}),
        ("contacts", "additional_information", {}),
    ],
)
@pytest.mark.parametrize("text", [EMAIL, f"{SURNAME}@elsewhere.example.is"])
def test_a_name_is_found_in_the_text_of_any_kind_of_record(
    at_once: Sandbox,
    finder: HubSpotFinder,
    kind: str,
    field: str,
    others: dict[str, str],
    text: str,
) -> None:
    id_ = make(at_once, kind, ticket="", **{field: text}, **others)
    assert telling(list(finder.search(kind, WORDS))) == {f"{kind} {id_}: {field}"}


def test_what_is_not_there_is_not_found(at_once: Sandbox, finder: HubSpotFinder) -> None:
    make(at_once, "companies", name="Marel hf.")
    make(at_once, "contacts", email="gudrun@canary.example.org")
    for kind in ("companies", "contacts", "notes"):
        assert list(finder.search(kind, WORDS)) == []


def test_what_the_search_still_remembers_is_read_as_it_is_now(
    at_once: Sandbox, finder: HubSpotFinder
) -> None:
    contact = make(at_once, "contacts", client_email=EMAIL)
    change(at_once, search_lag_ms=3_600_000)
    requests.patch(
        f"{at_once.url}/crm/v3/objects/contacts/{contact}",
        json={"properties": {"client_email": ""}},
        headers={"Authorization": "Bearer sandbox-access-token"},
        timeout=5,
    ).raise_for_status()
    change(at_once, search_lag_ms=0)
    assert telling(list(finder.search("contacts", WORDS))) == set()


def test_a_ticket_is_read_with_its_history_and_all_that_is_tied_to_it(
    at_once: Sandbox, finder: HubSpotFinder
) -> None:
    ticket = make_ticket(at_once)
    for subject in (f"About {SURNAME}", "Credit request"):
        body = {"object": "tickets", "id": ticket, "properties": {"subject": subject}}
        post(at_once, "/_sandbox/edit", body)
    words = f"<p>{EMAIL}</p>"
    note = make(at_once, "notes", ticket=ticket, hs_timestamp=STAMP, hs_note_body=words)
    company = make(at_once, "companies", name=SURNAME)
    tie = {"object": "tickets", "id": ticket, "to": "companies", "to_id": company}
    post(at_once, "/_sandbox/associate", tie)
    mail = {"ticket": ticket, "from": "hr@company.example.is", "text": f"Is it {SURNAME}?"}
    email = post(at_once, "/_sandbox/email", mail)
    make(at_once, "notes", hs_timestamp=STAMP, hs_note_body="another")
    assert telling(list(finder.read_ticket(ticket))) == {
        f"tickets {ticket}: history of subject",
        f"notes {note}: hs_note_body",
        f"companies {company}: name",
        f"emails {email}: hs_email_text",
        f"emails {email}: hs_email_html",
    }


def test_the_forms_own_history_is_expected_and_its_present_values_are_not(
    at_once: Sandbox, finder: HubSpotFinder
) -> None:
    post(at_once, "/_sandbox/submit", FORM)
    found = [one for one in finder.read_professional(FORM["email"]) if EMAIL in one.text]
    assert [(one.place.partition(": ")[2], one.expected) for one in found] == [
        ("client_email", False)
    ]
    (contact,) = {one.place.partition(":")[0] for one in found}
    id_ = contact.removeprefix("contacts ")
    for name, value in {"client_email": "", "company": EMAIL}.items():
        body = {"object": "contacts", "id": id_, "properties": {name: value}}
        post(at_once, "/_sandbox/edit", body)
    post(
        at_once,
        "/_sandbox/edit",
        {"object": "contacts", "id": id_, "properties": {"company": ""}},
    )
    found = [one for one in finder.read_professional(FORM["email"]) if EMAIL in one.text]
    assert {(one.place.partition(": ")[2], one.expected) for one in found} == {
        ("history of client_email", True),
        ("history of company", False),
    }


def test_a_professional_without_a_contact_is_nothing_to_read(finder: HubSpotFinder) -> None:
    assert list(finder.read_professional("nobody@clinic.example.is")) == []


def test_threads_are_read_by_their_time_and_by_their_ticket(
    at_once: Sandbox, finder: HubSpotFinder
) -> None:
    ticket = make_ticket(at_once)
    sent = {"ticket": ticket, "to": "hr@company.example.is", "subject": "Credits", "text": SURNAME}
    post(at_once, "/_sandbox/send", sent)
    reply = {"from": "hr@other.example.is", "subject": SURNAME, "text": "hello"}
    post(at_once, "/_sandbox/reply", reply)
    long_ago, tomorrow = 0, 4_000_000_000_000
    both = telling(list(finder.read_threads(ticket, long_ago)))
    assert len({place.partition(":")[0] for place in both}) == 2
    own = telling(list(finder.read_threads(ticket, tomorrow)))
    assert len({place.partition(":")[0] for place in own}) == 1
    assert list(finder.read_threads("99999", tomorrow)) == []


def test_a_message_that_was_cut_is_read_whole(at_once: Sandbox, finder: HubSpotFinder) -> None:
    change(at_once, longest_message=20)
    reply = {"from": "hr@other.example.is", "subject": "s", "text": f"{'word ' * 20}{SURNAME}"}
    post(at_once, "/_sandbox/reply", reply)
    (place,) = telling(list(finder.read_threads("99999", 0)))
    assert place.startswith("threads ")
    assert ": message " in place


def test_more_threads_than_fit_on_a_page_are_all_read(
    script: Script, make_client: Callable[[str], HubSpotClient]
) -> None:
    script.then(200, {"results": [{"id": "1"}], "paging": {"next": {"after": "x"}}})
    script.then(200, {"results": [{"id": "2", "subject": SURNAME}]})
    for _ in range(3):
        script.then(200, {"results": []})
    finder = HubSpotFinder(make_client(script.url), TICKET, FIELDS)
    assert telling(list(finder.read_threads("7", 0))) == {"threads 2"}


def test_an_object_that_may_not_be_read_is_an_error(
    at_once: Sandbox, finder: HubSpotFinder
) -> None:
    fault = {"kind": "api.error", "times": 3, "status": 403, "path": "/crm/v3/objects/deals"}
    post(at_once, "/_sandbox/faults", fault)
    with pytest.raises(Unavailable):
        list(finder.search("deals", WORDS))


def form_door(sandbox: Sandbox, client: HubSpotClient, form_id: str = "") -> HubSpotFormDoor:
    settings = sandbox.settings
    return HubSpotFormDoor(
        client, sandbox.url, str(settings.portal_id), form_id or settings.form_guid
    )


def answers(**changed: str) -> list[Answer]:
    return [Answer(name, value) for name, value in {**FORM, **changed}.items() if value]


def test_the_form_is_filled_in(sandbox: Sandbox, client: HubSpotClient) -> None:
    form_door(sandbox, client).submit(answers())
    (kept,) = sandbox.parts.submissions
    assert dict(kept.values) == FORM
    (seen,) = [one for one in sandbox.requests_seen if one.path.startswith("/submissions/")]
    assert json.loads(seen.body)["fields"][0] == {
        "objectTypeId": "0-1",
        "name": "client_email",
        "value": EMAIL,
    }
    assert EMAIL not in seen.path + seen.query


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"client_email": "no address"}, "INVALID_EMAIL"),
        ({"email": ""}, "REQUIRED_FIELD"),
        ({"surprise": "x"}, "FIELD_NOT_IN_FORM_DEFINITION"),
    ],
)
def test_a_form_that_is_not_taken_says_why_and_nothing_more(
    sandbox: Sandbox, client: HubSpotClient, changed: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused) as caught:
        form_door(sandbox, client).submit(answers(**changed))
    assert str(caught.value) == f"HubSpot: send the form ({code})"
    assert sandbox.parts.submissions == []


def test_a_form_that_may_have_arrived_is_not_sent_again(
    script: Script, make_client: Callable[[str], HubSpotClient]
) -> None:
    script.then(503)
    door = HubSpotFormDoor(make_client(script.url), script.url, "1", "2")
    with pytest.raises(Unavailable):
        door.submit(answers())
    assert len(script.seen) == 1


def test_a_form_without_words_of_thanks_is_taken_too(
    script: Script, make_client: Callable[[str], HubSpotClient]
) -> None:
    script.then(200, {})
    HubSpotFormDoor(make_client(script.url), script.url, "1", "2").submit(answers())


def test_what_is_filled_in_passes_the_gate(sandbox: Sandbox) -> None:
    class ShutGate:
        def check(
            self, where: str, units: object, *, may_name: object = (), spoken_of: str = ""
        ) -> None:
            assert not spoken_of
            assert may_name == {Whose.PROFESSIONAL}
            assert [list(unit) for unit in units] == [list(FORM.values())]  # type: ignore[attr-defined]
            raise Leak(where)

    shut = HubSpotClient(lambda: "t", sandbox.url, gate=ShutGate())
    with pytest.raises(Leak):
        form_door(sandbox, shut).submit(answers())
    assert sandbox.parts.submissions == []
    assert not SUBMIT_FORM.repeatable
