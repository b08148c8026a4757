"""What is kept of organisations' replies: what each proposes, and never who wrote it.

Times are Unix milliseconds UTC. Every method may raise :class:`casework.errors.NotKept`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from casework.understand_reply import Meaning


@dataclass(frozen=True)
class Reply:
    """One reply, as far as it could be read. ``repr`` shows nothing that was written.

    ``message_id``: the CRM's, as :attr:`casework.conversation_ports.Message.id`. ``meaning`` is
    nothing where replies are only filed. ``sentence`` is what it rests on, redacted, and sealed
    where it is kept; empty where somebody is named. ``known``: the sender belongs to the company.
    ``attachments``: it has some, which nobody copies.
    """

    reference: str
    message_id: str
    meaning: Meaning | None
    credits: int | None
    sentence: str
    names: bool
    known: bool
    attachments: bool

    def __repr__(self) -> str:
        return f"Reply(message_id={self.message_id!r}, meaning={self.meaning!r})"


class Replies(Protocol):
    """The replies."""

    def add(self, reply: Reply, now: int) -> bool:
        """Keep a reply. Returns whether it was not known yet."""

    def find(self, reference: str) -> Sequence[Reply]:
        """The replies about a request, oldest first."""
