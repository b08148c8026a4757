"""Everything a running sandbox is made of, and how a request reaches it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from flask import request

from sandbox.api.rate_limit import RollingLimit
from sandbox.conversations.state import Conversations
from sandbox.credits.ledger import Ledger
from sandbox.crm.account import Account
from sandbox.crm.records import Source
from sandbox.faults import Faults
from sandbox.forms.submissions import Submission
from sandbox.mailbox import Mailbox
from sandbox.settings import SandboxSettings
from sandbox.webhooks.courier import Courier
from sandbox.webhooks.events import EventFeed
from sandbox.webhooks.workflow import Workflow

NAME = "sandbox.parts"
"""Where a request's WSGI environment holds the parts."""


@dataclass(frozen=True)
class SeenRequest:
    """One API call as it came, without its ``Authorization``. ``at_ms`` is Unix milliseconds."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: str
    at_ms: int

    def as_json(self) -> dict[str, Any]:
        """For the control pages."""
        return dict(vars(self))


@dataclass
class Parts:
    """The sandbox behind the HTTP door."""

    settings: SandboxSettings
    faults: Faults
    account: Account
    ledger: Ledger
    mailbox: Mailbox
    crm_courier: Courier
    workflow_courier: Courier
    events: EventFeed
    workflow: Workflow
    conversations: Conversations
    calls: RollingLimit
    searches: RollingLimit
    submissions: list[Submission] = field(default_factory=list)
    requests_seen: list[SeenRequest] = field(default_factory=list)

    def idle(self) -> bool:
        """Whether no event is about to be sent, in flight, or waits for its turn."""
        return self.events.idle() and self.crm_courier.idle() and self.workflow_courier.idle()

    @property
    def app_source(self) -> Source:
        """How a change made through the API is marked."""
        return Source("INTEGRATION", str(self.settings.app_id))


def parts() -> Parts:
    """The parts behind the request that is being answered."""
    return cast(Parts, request.environ[NAME])
