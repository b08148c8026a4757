"""Grants and balances, each grant once for its key."""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass
from typing import Any

from sandbox.times import now_ms


class UnknownClientError(Exception):
    """The platform has no client of that address."""


class KeyReusedError(Exception):
    """The key was used before, for something else."""


@dataclass(frozen=True)
class Grant:
    """Credits that were added, once. ``at_ms`` is Unix milliseconds."""

    id: str
    key: str
    asked: tuple[tuple[str, Any], ...]
    credits: int
    balance: int
    at_ms: int

    def as_json(self) -> dict[str, Any]:
        """The receipt, the same at every repeat."""
        return {"id": self.id, "credits": self.credits, "balance": self.balance}


class Ledger:
    """What the platform remembers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        """Forget every grant and balance."""
        with self._lock:
            self.grants: dict[str, Grant] = {}
            self.balances: dict[str, int] = {}
            self.names: dict[str, str] = {}
            self._numbers = itertools.count(1)

    def grant(self, key: str, asked: dict[str, Any]) -> tuple[Grant, bool]:
        """The grant of this key, and whether it is new.

        Raises:
            KeyReusedError: the key was used with another body.
            UnknownClientError: the local part of the address starts with ``unknown``.

        """
        fingerprint = tuple(sorted(asked.items()))
        client = str(asked["client_email"]).casefold()
        with self._lock:
            known = self.grants.get(key)
            if known is not None:
                if known.asked != fingerprint:
                    raise KeyReusedError
                return known, False
            if client.startswith("unknown"):
                raise UnknownClientError
            return self._add(key, fingerprint, client, int(asked["credits"])), True

    def name_of(self, client_email: str) -> str:
        """What the client is called, if the platform was told."""
        return self.names.get(client_email.casefold(), "")

    def _add(self, key: str, asked: tuple[tuple[str, Any], ...], client: str, more: int) -> Grant:
        balance = self.balances.get(client, 0) + more
        self.balances[client] = balance
        grant = Grant(f"grant-{next(self._numbers)}", key, asked, more, balance, now_ms())
        self.grants[key] = grant
        return grant
