"""Short words for mail between staff and organisations."""

from __future__ import annotations

from typing import Any

import requests

from sandbox.server import Sandbox

ORGANISATION = "Anna Ross <anna@northwind-care.example>"
V3 = "/conversations/v3/conversations"
DATED = "/conversations/conversations/2026-09"


def send(sandbox: Sandbox, **body: Any) -> Any:
    """Staff write; the thread and the message."""
    told = {"to": ORGANISATION, "subject": "Credits [R-7]", "text": "May we?"} | body
    return _post(sandbox, "send", told)


def reply(sandbox: Sandbox, thread_id: str = "", **body: Any) -> Any:
    """The organisation answers; the thread and the message."""
    told = {"thread": thread_id, "from": ORGANISATION, "text": "Yes, four."} | body
    return _post(sandbox, "reply", told)


def log(sandbox: Sandbox, **body: Any) -> Any:
    """A mail of somebody's own inbox is logged."""
    return _post(sandbox, "email", {"from": ORGANISATION, "text": "Yes, four."} | body)


def _post(sandbox: Sandbox, what: str, body: dict[str, Any]) -> Any:
    answer = requests.post(f"{sandbox.url}/_sandbox/{what}", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()
