"""No call there is goes round the gate: each is tried, with a server that would see it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from casework.errors import Leak
from casework.form_fields import FormField, FormFields
from casework.ports import Digest, Mail, MailKind
from casework.stages import Stage
from casework.tickets import TicketChange, TicketDraft, TicketText
from integrations.hubspot import calls
from integrations.hubspot.calls import Call
from integrations.hubspot.check_up import CheckUp
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.companies import HubSpotCompanies
from integrations.hubspot.contacts import HubSpotContacts
from integrations.hubspot.conversations import HubSpotConversations
from integrations.hubspot.desk import HubSpotDesk
from integrations.hubspot.notes import Notes
from integrations.hubspot.objects import TICKET
from integrations.hubspot.pace import Pace
from integrations.hubspot.submissions import HubSpotSubmissions
from integrations.mail import SmtpMailer
from integrations.mail_texts import MailTexts, WrittenMail
from tests.fakes.scripted_server import Script, serve_script
from tests.world import JONA, SIGGI, World

CLIENT, PRO = "jona.gudrun@heima.example.is", "anna@clinic.is"
NAME = "Jóna Guðrún Egilsdóttir"
TELLING = {
    "the address": CLIENT,
    "the address, percent-encoded": quote(CLIENT, safe="").replace(".", "%2E"),
    "the address, encoded twice": quote(quote(CLIENT, safe="")),
    "the address in capitals": CLIENT.upper(),
    "the name in another case": "Jónu Guðrúnar Egilsdóttur",
    "the name in a sentence": "Talaði við Jónu Guðrúnu í gær.",
    "the name in HTML": "J&oacute;na Gu&eth;r&uacute;n",
}


def all_calls() -> list[Call]:
    return [found for found in vars(calls).values() if isinstance(found, Call)]


@dataclass
class Outside:
    """A world with one open request, and ways out that are really behind its gate."""

    world: World
    script: Script
    client: HubSpotClient

    def stops(self, act: Callable[[], object]) -> None:
        """The gate stops this before the server sees anything, and quotes nothing."""
        before = len(self.script.seen)
        with pytest.raises(Leak) as caught:
            act()
        assert self.script.seen[before:] == []
        assert "udr" not in f"{caught.value!r} {caught.value}"
        assert caught.value.__cause__ is None


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    world = World(tmp_path_factory.mktemp("world"))
    world.account.names[CLIENT] = NAME
    world.webhook(**{**JONA, "client": CLIENT})
    world.run()
    with serve_script() as script:
        script.then(200, {"status": "COMPLETE", "results": []})
        pace = Pace(100_000, sleep=lambda _seconds: None)
        client = HubSpotClient(lambda: "token", script.url, gate=world.gate, pace=pace)
        yield Outside(world, script, client)
    world.store.close()


def path_names(call: Call) -> dict[str, str]:
    return {
        name: "1" for name in ("objects", "others", "id", "pipeline") if f"{{{name}}}" in call.path
    }


def places(call: Call, text: str) -> Iterator[dict[str, Any]]:
    """Everywhere in a call where a value may stand."""
    path = path_names(call)
    rows = [{"id": "1", "properties": {"a": "b"}}, {"id": "2", "properties": {"a": [{"b": text}]}}]
    yield {"body": {"inputs": rows}} | path
    yield {"body": {"inputs": [{"id": text}]}} | path
    yield {"body": {"inputs": [], "idProperty": text}} | path
    yield {"body": {"inputs": text}} | path
    yield {"body": {"deep": {"deeper": [["1", text]]}}} | path
    yield {"query": [("limit", "1"), ("after", text)]} | path
    for name in path:
        yield path | {name: text}


@pytest.mark.parametrize("text", TELLING.values(), ids=TELLING)
@pytest.mark.parametrize("call", all_calls(), ids=lambda call: call.operation)
def test_no_call_to_hubspot_carries_the_client(outside: Outside, call: Call, text: str) -> None:
    for place in places(call, text):
        outside.stops(partial(outside.client.call, call, **place))


@pytest.mark.parametrize("call", all_calls(), ids=lambda call: call.operation)
def test_the_professional_is_named_where_that_is_meant_only(outside: Outside, call: Call) -> None:
    for place in places(call, PRO.upper()):
        if call in (calls.READ_CONTACT_BY_ADDRESS, calls.SUBMIT_FORM):
            before = len(outside.script.seen)
            outside.client.call(call, **place)
            assert len(outside.script.seen) == before + 1
        else:
            outside.stops(partial(outside.client.call, call, **place))


def test_a_professionals_contact_is_read_though_a_client_has_the_address(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.webhook(**{**JONA, "client": PRO, "pro": "other@clinic.is"})
    world.webhook(**{**SIGGI, "pro": PRO})
    world.run()
    with serve_script() as script:
        script.then(200, {"status": "COMPLETE", "results": []})
        client = HubSpotClient(lambda: "token", script.url, gate=world.gate)
        assert HubSpotContacts(client, TICKET).find_form_copy(PRO, ["client"]) is None
        assert len(script.seen) == 1
    world.store.close()


def test_what_tells_nothing_reaches_the_server(outside: Outside) -> None:
    """Otherwise all of this might pass because nothing ever does."""
    for call in all_calls():
        before = len(outside.script.seen)
        outside.client.call(call, {"inputs": [{"id": "Somebody else"}]}, (), **path_names(call))
        assert len(outside.script.seen) == before + 1


STAGES = {stage: str(number) for number, stage in enumerate(Stage)}
FIELDS = FormFields(FormField("c"), FormField("o"), FormField("p"), FormField("w"))


def draft(text: str, **changes: Any) -> TicketDraft:
    whole = {"reference": "CR-1", "organisation": "Marel", "stage": Stage.NEW, "status_line": "x"}
    return TicketDraft(**{**whole, **changes, **({} if changes else {"organisation": text})})


def desk_calls(desk: HubSpotDesk, text: str) -> Iterator[Callable[[], object]]:
    yield lambda: desk.open_tickets([draft("Marel"), draft(text)])
    yield lambda: desk.open_tickets([draft("", status_line=text)])
    yield lambda: desk.find_by_references(["CR-1", text])
    yield lambda: desk.find_tickets([text])
    yield lambda: desk.read_tickets(text)
    for part in TicketText:
        yield partial(desk.change_tickets, [TicketChange("1", texts={part: text})])
    yield lambda: desk.change_tickets([TicketChange(text, move_to=Stage.ASKED)])
    yield lambda: desk.add_note("1", f"<b>{text}</b>")
    yield lambda: desk.add_note(text, "x")
    yield lambda: desk.has_note(text, "x")
    yield lambda: desk.associate_companies({text: "1"})
    yield lambda: desk.find_companies([text])
    yield lambda: desk.associate_companies({"1": text})


def other_calls(client: HubSpotClient, text: str) -> Iterator[Callable[[], object]]:
    notes, contacts = Notes(client, TICKET), HubSpotContacts(client, TICKET)
    companies = HubSpotCompanies(client)
    conversations = HubSpotConversations(client, TICKET, "54321", "A-9")
    submissions = HubSpotSubmissions(client, "form", FIELDS, lambda _text: "digest")
    yield lambda: notes.add("1", text)
    yield lambda: notes.add(text, "x")
    yield lambda: notes.has(text, "x")
    yield lambda: contacts.find_form_copy(text, ["client"])
    yield lambda: contacts.find_form_copy(PRO, [text])
    yield lambda: contacts.blank(text, ["client"])
    yield lambda: contacts.find_on_tickets([text])
    yield lambda: contacts.find_approvers([text])
    yield lambda: contacts.find_companies_of(text, "")
    yield lambda: contacts.find_companies_of(None, text)
    yield lambda: contacts.take_off([(text, "1")])
    yield lambda: contacts.take_off([("1", text)])
    yield lambda: companies.read_companies(text)
    yield lambda: conversations.read_message(text, "1")
    yield lambda: conversations.read_message("1", text)
    yield lambda: conversations.read_thread(text)
    yield lambda: conversations.read_emails([text])
    yield lambda: conversations.find_thread_of(text)
    yield lambda: conversations.tie_thread("1", text)
    yield lambda: conversations.comment("1", text)
    yield lambda: submissions.read_page(text)


@pytest.mark.parametrize("text", TELLING.values(), ids=TELLING)
def test_nothing_that_uses_hubspot_carries_the_client(outside: Outside, text: str) -> None:
    desk = HubSpotDesk(outside.client, TICKET, "9", STAGES)
    for act in [*desk_calls(desk, text), *other_calls(outside.client, text)]:
        outside.stops(act)


def test_every_method_that_takes_a_text_was_tried() -> None:
    """A method that is new here has to be added above."""
    known = {
        HubSpotDesk: "stage_of open_tickets find_by_references find_tickets change_tickets "
        "add_note has_note associate_companies find_companies read_tickets",
        Notes: "add has",
        HubSpotContacts: "find_form_copy blank find_on_tickets find_approvers "
        "find_companies_of take_off",
        HubSpotCompanies: "read_companies",
        HubSpotSubmissions: "read_page",
        HubSpotClient: "call attempt",
        # Says hello to the mail server, and takes no text.
        SmtpMailer: "send check tell_staff",
        # Looks up what is the same in every account, and takes ids of the settings only.
        CheckUp: "look",
    }
    for kind, names in known.items():
        public = {name for name, it in vars(kind).items() if callable(it) and name[0] != "_"}
        assert public == set(names.split()), kind


class TellingTexts(MailTexts):
    """Mails that say who the client is, in one of their parts."""

    def __init__(self, part: str, text: str) -> None:
        super().__init__()
        self._part, self._text = part, text

    def write(self, mail: Mail) -> WrittenMail:
        return self._telling()

    def write_digest(self, digest: Digest) -> WrittenMail:
        return self._telling()

    def _telling(self) -> WrittenMail:
        parts = {"subject": "Your request", "text": "x", "html": "<p>x</p>"}
        return WrittenMail(**{**parts, self._part: parts[self._part] + " " + self._text})


@pytest.mark.parametrize("text", [*TELLING.values(), PRO], ids=[*TELLING, "the professional"])
@pytest.mark.parametrize("part", ["subject", "text", "html"])
def test_no_mail_says_who_the_client_is(outside: Outside, part: str, text: str) -> None:
    """The mail server is not even called; the scripted one would see it."""
    url = outside.script.url.replace("http", "smtp")
    mailer = SmtpMailer(
        lambda: url, "desk@example.com", gate=outside.world.gate, texts=TellingTexts(part, text)
    )
    outside.stops(lambda: mailer.send(Mail(MailKind.RECEIVED, PRO, "CR-1", 0)))
    digest = Digest(0, 0, 365, (), 0, 0, 0, (), 0)
    outside.stops(lambda: mailer.tell_staff(digest, "staff@example.com"))
