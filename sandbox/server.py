"""Starts a sandbox: from Python for tests, and for the command line."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sandbox.api.rate_limit import RollingLimit
from sandbox.application import serve_parts
from sandbox.conversations.state import Conversations
from sandbox.credits.ledger import Ledger
from sandbox.crm.account import Account
from sandbox.faults import Faults
from sandbox.http_server import KeepAliveServer
from sandbox.mailbox import Mailbox
from sandbox.parts import Parts, SeenRequest
from sandbox.settings import SandboxSettings
from sandbox.webhooks.courier import Courier, Delivery
from sandbox.webhooks.events import EventFeed
from sandbox.webhooks.workflow import Workflow

WORKFLOW_THREADS = 4
POLL_SECONDS = 0.02
"""How often the server looks whether it should stop."""


class Sandbox:
    """A running sandbox, and what a test wants to look at."""

    def __init__(self, settings: SandboxSettings) -> None:
        self.settings = settings
        self.parts = _make_parts(settings)
        self._server = KeepAliveServer(settings.host, settings.port, serve_parts(self.parts))
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(POLL_SECONDS,), daemon=True
        )

    def start(self) -> None:
        """Open both ports."""
        self.parts.mailbox.start()
        self._thread.start()

    def stop(self) -> None:
        """Close both ports and hang up on everybody."""
        self._server.shutdown()
        self._server.close_connections()
        self._server.server_close()
        self.parts.crm_courier.stop()
        self.parts.workflow_courier.stop()
        self.parts.mailbox.stop()

    @property
    def url(self) -> str:
        """Base address of every interface and page."""
        return f"http://{self.settings.host}:{self._server.server_port}"

    @property
    def smtp_port(self) -> int:
        """The mailbox's port."""
        return self.parts.mailbox.port

    @property
    def hubspot(self) -> Account:
        """The account's state."""
        return self.parts.account

    @property
    def credits(self) -> Ledger:
        """The credits platform's state."""
        return self.parts.ledger

    @property
    def mailbox(self) -> Mailbox:
        """The mails that came."""
        return self.parts.mailbox

    @property
    def faults(self) -> Faults:
        """What goes wrong."""
        return self.parts.faults

    @property
    def requests_seen(self) -> list[SeenRequest]:
        """Every API call so far."""
        return list(self.parts.requests_seen)

    @property
    def deliveries(self) -> list[Delivery]:
        """Every delivery so far, CRM and workflow."""
        return [*self.parts.crm_courier.deliveries, *self.parts.workflow_courier.deliveries]

    def idle(self) -> bool:
        """Whether no delivery is about to be sent, in flight, or waits for its turn."""
        return self.parts.idle()


def _make_parts(settings: SandboxSettings) -> Parts:
    faults, account = Faults(settings.seed), Account(settings.seed)
    crm_courier = Courier(settings, faults, settings.in_flight)
    workflow_courier = Courier(settings, faults, WORKFLOW_THREADS)
    events = EventFeed(settings, faults, crm_courier)
    account.listeners.append(events.notice)
    return Parts(
        settings,
        faults,
        account,
        Ledger(),
        Mailbox(faults, settings.host, settings.smtp_port),
        crm_courier,
        workflow_courier,
        events,
        Workflow(settings, account, workflow_courier),
        Conversations(account),
        RollingLimit(),
        RollingLimit(),
    )


@contextmanager
def start_sandbox(settings: SandboxSettings | None = None) -> Iterator[Sandbox]:
    """A sandbox for as long as the ``with`` lasts."""
    sandbox = Sandbox(settings or SandboxSettings())
    sandbox.start()
    try:
        yield sandbox
    finally:
        sandbox.stop()
