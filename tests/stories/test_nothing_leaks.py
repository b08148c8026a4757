"""What is sealed is nowhere else: not in the database's bytes, the logs, or anything we sent.

The one place that must know the client is the credits platform, in the body of the grant; and the
one that must know the professional is the mail server.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import requests

from sandbox.settings import SandboxSettings
from tests.running import RunningService, running_service, until
from tests.stories.staff_and_professionals import (
    move,
    stage_label,
    state,
    submit,
    wait_for_ticket,
)

SECRETS = {
    "client_email": "jona.gudrun@heima.example.is",
    "email": "anna.therapist@clinic.example.is",
    "additional_information": "Sefur illa eftir áfallið í vor",
}


def disguises(secret: str) -> Iterator[tuple[str, bytes]]:
    """The ways in which a careless program writes a text down."""
    for name, text in (
        ("plain", secret),
        ("upper-case", secret.upper()),
        ("folded", secret.lower()),
    ):
        yield name, text.encode()
        yield f"{name} as JSON", json.dumps(text)[1:-1].encode()
        yield f"{name} URL-encoded", quote(text, safe="").encode()
        yield f"{name} in UTF-16", text.encode("utf-16-le")
        for algorithm in ("md5", "sha1", "sha256"):
            digest = hashlib.new(algorithm, text.encode(), usedforsecurity=False)
            yield f"{name}, {algorithm}", digest.hexdigest().encode()
            yield f"{name}, {algorithm} in bytes", digest.digest()
            yield f"{name}, {algorithm} in base64", base64.b64encode(digest.digest())
        yield from in_base64(name, text.encode())
    local_part, at, _ = secret.partition("@")
    if at:
        yield "the local part", local_part.encode()
        yield "the local part, sha256", hashlib.sha256(local_part.encode()).hexdigest().encode()


def in_base64(name: str, raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Base64 looks different at each of three offsets; the middle of each is certain."""
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + raw)
        inside = encoded[4 if offset else 0 : len(encoded) - 4]
        yield f"{name}, base64 at {offset}", inside
        yield f"{name}, URL-safe base64 at {offset}", inside.replace(b"+", b"-").replace(b"/", b"_")


def everywhere(service: RunningService) -> Iterator[tuple[str, bytes]]:
    """All that we wrote, and all that we sent but the two that must know."""
    for file in service.folder.iterdir():
        yield f"file name {file.name}", file.name.encode()
        yield f"file {file.name}", file.read_bytes()
    for call in service.sandbox.requests_seen:
        head = f"{call.method} {call.path}?{call.query} {call.headers}"
        yield f"head of {call.path}", head.encode()
        if call.path != "/credits/grants":
            yield f"body of {call.path}", call.body.encode()
    for mail in service.sandbox.mailbox.messages:
        yield "mail", b"".join(mail.part(kind).encode() for kind in ("plain", "html"))
        yield "subject", mail.subject.encode()
    held = state(service.sandbox)
    for kind in ("tickets", "deals", "notes"):
        yield f"the CRM's {kind}", json.dumps(held[kind], ensure_ascii=False).encode()


def tell_a_long_story(service: RunningService) -> None:
    """Go through every path that could spill something: mistakes, refusals and errors as well."""
    sandbox = service.sandbox
    submit(sandbox, **SECRETS, employer_or_wellbeing_hub="Marel, jona.gudrun@heima.example.is")
    ticket = wait_for_ticket(sandbox)
    assert service.url
    requests.post(f"{service.url}/webhook/form", json=SECRETS, timeout=5)
    for path in ("/webhook/crm", "/nowhere", "/health"):
        requests.get(f"{service.url}{path}", params=SECRETS, timeout=5)
    sandbox.faults.add("smtp.refuse", status=554)
    sandbox.faults.add("credits.error", times=2)
    sandbox.faults.add("api.error", times=2, path="/crm/v3/objects")
    move(sandbox, ticket["id"], "Approved", "")
    until(lambda: stage_label(sandbox, wait_for_ticket(sandbox)) == "Needs attention", 30)
    until(lambda: state(sandbox)["notes"])
    move(sandbox, ticket["id"], "Approved", "4")
    until(lambda: state(sandbox)["balances"] == {SECRETS["client_email"]: 4}, 30)
    until(lambda: "credits added" in json.dumps(state(sandbox)["tickets"]), 30)
    sandbox.faults.add("credits.unknown_client")
    submit(sandbox, **SECRETS, employer_or_wellbeing_hub="Origo")
    until(lambda: len(state(sandbox)["tickets"]) == 2)
    second = next(one for one in state(sandbox)["tickets"] if one["id"] != ticket["id"])
    move(sandbox, second["id"], "Approved", "2")
    until(lambda: "no such client" in json.dumps(state(sandbox)["tickets"]), 30)
    until(lambda: len(state(sandbox)["mails"]) >= 2, 30)


@pytest.mark.parametrize("payload", ["customised", "contact"])
def test_what_is_sealed_is_nowhere_else(tmp_path: Path, payload: str) -> None:
    around = SandboxSettings(workflow_payload=payload)
    with running_service(tmp_path, sandbox_settings=around) as service:
        tell_a_long_story(service)
        while_running = list(everywhere(service))
    at_rest = [
        (f"file {file.name}, at rest", file.read_bytes())
        for file in tmp_path.iterdir()
        if file.is_file()
    ]
    hits = {
        f"{field} {disguise} in {place}"
        for field, secret in SECRETS.items()
        for disguise, needle in disguises(secret)
        for place, hay in [*while_running, *at_rest]
        if needle in hay
    }
    assert not hits, sorted(hits)
    places = {place for place, _ in while_running}
    assert {"file desk.db", "file desk.db-wal", "file service.log", "mail"} <= places
    assert any(place.startswith("body of /crm/v3/objects/tickets") for place in places)


def test_the_search_finds_what_is_there() -> None:
    secret = SECRETS["client_email"]
    hay = b"xx" + base64.b64encode(f'{{"client_email": "{secret}"}}'.encode())
    assert any(needle in hay for _, needle in disguises(secret))
    assert all(needle not in b"nothing to see here" for _, needle in disguises(secret))
