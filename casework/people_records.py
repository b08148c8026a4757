"""What is kept of whom: finding it, erasing it, and not taking it in again.

Times are Unix milliseconds UTC. Every method may raise :class:`casework.errors.NotKept`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from casework.request import Role


class People(Protocol):
    """Whose data is kept. A person is known by the digest of their address only.

    Somebody who was forgotten is remembered by that digest for a few days more, so that what was
    under way when they asked is not taken in again.
    """

    def find_requests(self, role: Role, digest: str) -> Sequence[str]:
        """References of this person's requests in which they were not forgotten, oldest first."""

    def find_undigested(self) -> Sequence[str]:
        """References of requests from before clients had digests; only opening tells whose."""

    def erase(self, reference: str, role: Role, now: int, stand_in: str) -> None:
        """Erase what is sealed of this person, and the digests by which they could be found.

        Of a client all that is sealed, of a professional their address and words. In place of the
        client's digest stands ``stand_in``, which only says which requests were one client's:
        totals are told of several clients at least, and must not count these as one. The digest of
        the fields stays until the list has shown the submission: see :meth:`mark_shown`.
        """

    def forget_fields(self, reference: str) -> None:
        """Erase the digest of the fields of an erased request that the list has never shown.

        It was closed for so long that the list will not bring it any more.
        """

    def mark_shown(self, reference: str, conversion_id: str | None) -> None:
        """The list has shown an erased request's submission: that is how it is known from now."""

    def remember(self, role: Role, digest: str, now: int) -> None:
        """Take in nothing of this person that was submitted until now."""

    def find_forgotten(self, digests: Mapping[Role, str]) -> Mapping[Role, int]:
        """When those of these people were forgotten who were."""

    def drop_forgotten(self, until: int) -> None:
        """Remember those no longer who were forgotten until then."""


@dataclass(frozen=True)
class AddressedEntry:
    """An entry of the embedded ledger that still holds a client's address."""

    key: str
    reference: str
    client_email: str
    exported: bool

    def __repr__(self) -> str:
        return f"AddressedEntry(key={self.key!r}, exported={self.exported})"


class LedgerEntries(Protocol):
    """The embedded ledger's entries, as far as they are about people."""

    def find_addressed(self) -> Sequence[AddressedEntry]:
        """Those that hold an address."""

    def blank(self, key: str) -> str:
        """Erase the address of an entry, and what it could be tried against.

        Returns the reference.
        """
