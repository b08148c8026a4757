"""The organisations' own mailbox: what they got, and what they answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Letter:
    """One mail as the organisation has it. ``at_ms`` is Unix milliseconds.

    ``exchange`` is the same for a mail and what answers it: ``thread-<id>`` for the shared inbox,
    ``tickets-<id>`` or ``deals-<id>`` for somebody's own. ``is_ours`` marks what the organisation
    wrote.
    """

    id: int
    exchange: str
    at_ms: int
    sender: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str
    text: str
    is_ours: bool

    def as_json(self) -> dict[str, Any]:
        """For the control pages."""
        return vars(self) | {"to": list(self.to), "cc": list(self.cc)}


class Letters:
    """All letters, oldest first. Nothing in HubSpot reaches them, not even a deletion."""

    def __init__(self) -> None:
        self.all: list[Letter] = []
        self._exchanges: dict[str, list[Letter]] = {}

    def reset(self) -> None:
        """Throw them all away."""
        self.all.clear()
        self._exchanges.clear()

    def add(self, **what: Any) -> Letter:
        """Keep a letter; see ``Letter`` for what must be said, its id apart."""
        letter = Letter(len(self.all) + 1, **what)
        self.all.append(letter)
        self._exchanges.setdefault(letter.exchange, []).append(letter)
        return letter

    def of(self, *exchanges: str) -> list[Letter]:
        """The letters of one exchange or of several, oldest first."""
        found = [letter for one in exchanges for letter in self._exchanges.get(one, ())]
        return sorted(found, key=lambda letter: letter.id)

    def exchanges(self) -> list[list[Letter]]:
        """The letters by exchange, the one with the newest letter first."""
        found = [list(letters) for letters in self._exchanges.values()]
        return sorted(found, key=lambda letters: letters[-1].id, reverse=True)
