"""What a message must say before HubSpot takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.conversations.channels import ADDRESS_TYPE, EMAIL
from sandbox.conversations.people import USERS
from sandbox.errors import ApiError, invalid_properties, property_error

FIELDS = ("TO", "CC", "BCC")
COMMENT_NEEDS: dict[str, type] = {"text": str, "attachments": list}
MESSAGE_NEEDS: dict[str, type] = COMMENT_NEEDS | {
    "recipients": list,
    "senderActorId": str,
    "channelId": str,
    "channelAccountId": str,
}
Json = dict[str, Any]


@dataclass(frozen=True)
class NewMessage:
    """A mail that a program wants sent. Blind copies arrive as copies do."""

    to: list[str]
    cc: list[str]
    subject: str
    text: str
    html: str
    attachments: list[Json]
    sender: str
    channel_id: str
    channel_account_id: str


def read_comment(body: Json) -> tuple[str, str]:
    """Text and HTML of a comment. Raises ``ApiError`` 400 that names what is missing."""
    _check(body, COMMENT_NEEDS)
    return body["text"], str(body.get("richText") or "")


def read_message(body: Json) -> NewMessage:
    """The mail of a request.

    Raises:
        ApiError: 400 that names what is missing, or for a sender or recipient who cannot be one.

    """
    _check(body, MESSAGE_NEEDS)
    if body["senderActorId"] not in {f"A-{user}" for user in USERS}:
        raise ApiError(400, "senderActorId must be a user of the account")
    found = {name: _addresses(body, name) for name in FIELDS}
    if not found["TO"]:
        raise ApiError(400, "recipients must name somebody with recipientField TO")
    return NewMessage(
        found["TO"],
        found["CC"] + found["BCC"],
        str(body.get("subject") or ""),
        body["text"],
        str(body.get("richText") or ""),
        body["attachments"],
        body["senderActorId"],
        body["channelId"],
        body["channelAccountId"],
    )


def _check(body: Json, needs: dict[str, type]) -> None:
    wrong = [
        property_error(name, "REQUIRED_FIELD", f"{name} is required")
        for name, kind in needs.items()
        if not isinstance(body.get(name), kind)
    ]
    if not wrong and not body["text"]:
        wrong = [property_error("text", "REQUIRED_FIELD", "text is required")]
    if wrong:
        raise invalid_properties(wrong)


def _addresses(body: Json, name: str) -> list[str]:
    return [
        address
        for one in body["recipients"]
        if _field(one) == name
        for address in _identifiers(one, body["channelId"])
    ]


def _field(recipient: Any) -> str:
    found = recipient.get("recipientField") if isinstance(recipient, dict) else None
    if found not in FIELDS:
        raise ApiError(400, f"recipientField must be one of {', '.join(FIELDS)}")
    return str(found)


def _identifiers(recipient: Json, channel_id: str) -> list[str]:
    given = recipient.get("deliveryIdentifiers")
    if not isinstance(given, list) or not given:
        raise ApiError(400, "deliveryIdentifiers must be a list with at least one entry")
    for one in given:
        fits = isinstance(one, dict) and (channel_id != EMAIL or one.get("type") == ADDRESS_TYPE)
        if not fits or not one.get("value"):
            raise ApiError(400, f"a deliveryIdentifier needs a value, and type {ADDRESS_TYPE}")
    return [str(one["value"]) for one in given]
