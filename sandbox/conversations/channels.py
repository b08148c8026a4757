"""The inboxes of the account, and the ways in and out of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.errors import ApiError, not_found
from sandbox.times import iso

CHAT, EMAIL = "1000", "1002"
"""HubSpot's own channel ids."""
MADE_MS = 1_760_000_000_000
ADDRESS_TYPE = "HS_EMAIL_ADDRESS"


@dataclass(frozen=True)
class Inbox:
    """An inbox. ``kind`` is HELP_DESK or INBOX."""

    id: str
    name: str
    kind: str

    def as_json(self) -> dict[str, Any]:
        """The inbox in HubSpot's shape."""
        times = {"createdAt": iso(MADE_MS), "updatedAt": iso(MADE_MS)}
        return {"id": self.id, "name": self.name, "type": self.kind, "archived": False} | times


@dataclass(frozen=True)
class Channel:
    """A kind of way in and out."""

    id: str
    name: str

    def as_json(self) -> dict[str, Any]:
        """The channel in HubSpot's shape."""
        return {"id": self.id, "name": self.name}


@dataclass(frozen=True)
class ChannelAccount:
    """One connected way in and out of an inbox, such as a shared address."""

    id: str
    name: str
    channel_id: str
    inbox_id: str
    address: str

    def as_json(self) -> dict[str, Any]:
        """The channel account in HubSpot's shape."""
        return {
            "id": self.id,
            "name": self.name,
            "channelId": self.channel_id,
            "inboxId": self.inbox_id,
            "active": True,
            "authorized": True,
            "archived": False,
            "createdAt": iso(MADE_MS),
            "deliveryIdentifier": address_of(self.address) if self.address else None,
        }


HELP_DESK = Inbox("431219", "Help desk", "HELP_DESK")
GENERAL = Inbox("431220", "General", "INBOX")
INBOXES = (HELP_DESK, GENERAL)
CHANNELS = (Channel(CHAT, "LIVE_CHAT"), Channel(EMAIL, "EMAIL"))
CHANNEL_ACCOUNTS = (
    ChannelAccount("902178", "Credits", EMAIL, HELP_DESK.id, "credits@hub.example"),
    ChannelAccount("902179", "Hello", EMAIL, GENERAL.id, "hello@hub.example"),
    ChannelAccount("902180", "Chat", CHAT, GENERAL.id, ""),
)


def address_of(address: str) -> dict[str, str]:
    """An address as a message names where it came from or goes to."""
    return {"type": ADDRESS_TYPE, "value": address}


def account_of(inbox_id: str) -> ChannelAccount:
    """The shared address of an inbox. Raises ``ApiError`` 404 when there is no such inbox."""
    for one in CHANNEL_ACCOUNTS:
        if one.inbox_id == inbox_id and one.channel_id == EMAIL:
            return one
    raise not_found(f"No inbox {inbox_id}")


def get_channel_account(account_id: str, channel_id: str) -> ChannelAccount:
    """A channel account by id. Raises ``ApiError`` 400 unless it belongs to that channel."""
    for one in CHANNEL_ACCOUNTS:
        if one.id == account_id and one.channel_id == channel_id:
            return one
    raise ApiError(400, f"{account_id} is not a channel account of channel {channel_id}")
