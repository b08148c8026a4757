"""Tying records together and apart, and telling both sides of it."""

from __future__ import annotations

from sandbox.crm.account import Account, Change, Tie
from sandbox.crm.association_types import Link, default_link, is_primary
from sandbox.crm.records import Record, Source
from sandbox.times import now_ms


def tie_records(
    account: Account, one: Record, other: Record, source: Source, types: list[Link] | None = None
) -> None:
    """Tie two records, without a label unless types are given; doing it again changes nothing."""
    links = types or [default_link(one.kind, other.kind)]
    _tell(account, one, other, account.associations.link(one, other, links), source, False)


def untie_records(
    account: Account, one: Record, other: Record, source: Source, types: list[Link] | None = None
) -> None:
    """Untie two records, wholly unless types are given; they need not have been tied."""
    _tell(account, one, other, account.associations.unlink(one, other, types), source, True)


def _tell(
    account: Account, one: Record, other: Record, links: list[Link], source: Source, removed: bool
) -> None:
    """One change a type and direction, as HubSpot announces them."""
    for link in links:
        back = account.associations.labels.inverse(one.kind, other.kind, link)
        for here, there, seen in ((one, other, link), (other, one, back)):
            main = is_primary(here.kind, there.kind, seen)
            tie = Tie(there, removed, main, *seen)
            account.tell(Change("associationChange", here, source, now_ms(), tie=tie))
