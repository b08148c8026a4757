"""``hs_email_headers``: one JSON text, from which HubSpot fills who wrote to whom."""

from __future__ import annotations

import json
from typing import Any

from sandbox.crm.object_types import EMAIL, ObjectType

HEADERS = "hs_email_headers"
LISTS = ("to", "cc", "bcc")


def read_headers(kind: ObjectType, values: dict[str, str]) -> dict[str, str]:
    """The read-only properties that follow from a logged mail's headers, if these are given."""
    if kind is not EMAIL or not values.get(HEADERS):
        return {}
    given = json.loads(values[HEADERS])
    sender = given.get("from") or {}
    found = {
        "from_email": str(sender.get("email") or ""),
        "from_firstname": str(sender.get("firstName") or ""),
        "from_lastname": str(sender.get("lastName") or ""),
        "message_id": str(given.get("messageId") or ""),
        "thread_id": str(given.get("threadId") or ""),
    }
    found |= {f"{name}_email": _addresses(given.get(name) or []) for name in LISTS}
    return {f"hs_email_{name}": value for name, value in found.items() if value}


def are_headers(text: str) -> bool:
    """Whether a text is JSON of the kind that HubSpot takes."""
    try:
        given = json.loads(text)
    except ValueError:
        return False
    return (
        isinstance(given, dict)
        and isinstance(given.get("from") or {}, dict)
        and all(_are_people(given.get(name) or []) for name in LISTS)
    )


def _are_people(given: Any) -> bool:
    return isinstance(given, list) and all(isinstance(one, dict) for one in given)


def _addresses(people: list[dict[str, Any]]) -> str:
    return ";".join(str(one["email"]) for one in people if one.get("email"))
