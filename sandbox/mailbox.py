"""A mail server that keeps what it is sent."""

from __future__ import annotations

import email
import email.policy
import threading
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from sandbox.faults import Faults
from sandbox.times import now_ms


@dataclass(frozen=True)
class Mail:
    """One message as received. ``at_ms`` is Unix milliseconds."""

    id: int
    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    at_ms: int

    @property
    def message(self) -> EmailMessage:
        """The message, parsed."""
        return email.message_from_bytes(self.raw, policy=email.policy.default)

    def part(self, kind: str) -> str:
        """The body as ``plain`` or ``html``; empty when there is none of that kind."""
        found = self.message.get_body((kind,))
        return str(found.get_content()) if found is not None else ""

    @property
    def subject(self) -> str:
        """The subject line."""
        return str(self.message["Subject"] or "")

    def as_json(self) -> dict[str, Any]:
        """For the control pages and for tests."""
        return {
            "id": self.id,
            "from": self.sender,
            "to": list(self.recipients),
            "subject": self.subject,
            "text": self.part("plain"),
            "html": self.part("html"),
            "at": self.at_ms,
        }


class Mailbox:
    """An SMTP server on this machine; every message stays here."""

    def __init__(self, faults: Faults, host: str, port: int) -> None:
        self._faults = faults
        self._lock = threading.Lock()
        self.messages: list[Mail] = []
        self._controller = _FreePortController(self, hostname=host, port=port)

    def start(self) -> None:
        """Take connections from now on."""
        self._controller.start()

    def stop(self) -> None:
        """Take no more connections."""
        self._controller.stop()

    @property
    def port(self) -> int:
        """The port that was taken, also when any free one was asked for."""
        server = self._controller.server
        sockets = getattr(server, "sockets", None) or ()
        return int(sockets[0].getsockname()[1]) if sockets else int(self._controller.port)

    def reset(self) -> None:
        """Throw all messages away."""
        with self._lock:
            self.messages.clear()

    async def handle_DATA(  # noqa: N802 - aiosmtpd looks for this name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep a message, or refuse it where a fault says so."""
        fault = self._faults.take("smtp.refuse")
        if fault:
            return f"{fault.status} refused by the sandbox"
        with self._lock:
            self.messages.append(
                Mail(
                    len(self.messages) + 1,
                    str(envelope.mail_from),
                    tuple(str(one) for one in envelope.rcpt_tos),
                    bytes(cast(bytes, envelope.content)),
                    now_ms(),
                )
            )
        return "250 Message accepted"


class _FreePortController(Controller):
    """Checks itself on the port it really got, which may not be the one asked for."""

    def _trigger_server(self) -> None:
        sockets = getattr(self.server, "sockets", None) or ()
        if sockets:
            self.port = sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]
