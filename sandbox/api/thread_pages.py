"""What a list of threads or messages may be asked, and its pages."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from flask import request

from sandbox.api.routes import read_names
from sandbox.conversations.threads import CLOSED, OPEN, Thread
from sandbox.errors import ApiError
from sandbox.times import read_time

DEFAULT_PAGE, MAX_PAGE = 100, 500
BY_LATEST = "latestMessageTimestamp"
Key = tuple[int, int]
"""What a page is ordered by: a time or nothing, and an id."""


@dataclass(frozen=True)
class Asked:
    """The filters of a list of threads. Empty texts and nothing do not filter."""

    inbox_id: str
    status: str
    contact_id: str
    ticket_id: str
    archived: bool
    since_ms: int | None
    by_latest: bool
    limit: int
    after: Key

    def page(self, threads: list[Thread], tickets: dict[str, str]) -> tuple[list[Thread], str]:
        """The threads of this page, and where the next begins; ``tickets`` is by thread id."""
        found = [one for one in threads if self._takes(one, tickets[one.id])]
        found = sorted((one for one in found if self._key(one) > self.after), key=self._key)
        page = found[: self.limit]
        return page, write_cursor(self._key(page[-1])) if len(found) > self.limit else ""

    def _key(self, thread: Thread) -> Key:
        return (thread.latest_ms() if self.by_latest else 0, int(thread.id))

    def _takes(self, thread: Thread, ticket_id: str) -> bool:
        latest = thread.latest_ms()
        return (
            self.inbox_id in {"", thread.account.inbox_id}
            and self.status in {"", thread.status}
            and self.contact_id in {"", thread.contact_id}
            and self.ticket_id in {"", ticket_id}
            and (self.since_ms is None or latest >= self.since_ms)
            and not (self.by_latest and not latest)
        )


def read_asked() -> Asked:
    """What the request asks for.

    Raises:
        ApiError: 400 for what HubSpot does not take, or not together.

    """
    given = request.args
    inboxes = read_names("inboxId")
    if len(inboxes) > 1:
        raise ApiError(400, "inboxId may be given once")
    if inboxes and given.get("associatedContactId"):
        raise ApiError(400, "inboxId and associatedContactId cannot be used together")
    if given.get("threadStatus", OPEN) not in {OPEN, CLOSED}:
        raise ApiError(400, f"threadStatus must be {OPEN} or {CLOSED}")
    if read_names("association") not in ([], ["TICKET"]):
        raise ApiError(400, "association must be TICKET")
    sort, since = read_names("sort"), given.get("latestMessageTimestampAfter")
    if sort not in ([], ["id"], [BY_LATEST]):
        raise ApiError(400, f"sort must be {BY_LATEST}, which is ascending")
    if bool(since) != (sort == [BY_LATEST]):
        raise ApiError(400, f"latestMessageTimestampAfter and sort={BY_LATEST} need each other")
    return Asked(
        inboxes[0] if inboxes else "",
        given.get("threadStatus", ""),
        given.get("associatedContactId", ""),
        given.get("associatedTicketId", ""),
        given.get("archived", "false").lower() == "true",
        _time(since) if since else None,
        sort == [BY_LATEST],
        read_limit(),
        read_cursor(given.get("after", "")),
    )


def _time(given: str) -> int:
    try:
        return read_time(given)
    except ValueError:
        raise ApiError(400, "latestMessageTimestampAfter must be a date and time") from None


def read_limit() -> int:
    """``limit`` of the request. Raises ``ApiError`` 400 when it is none."""
    given = request.args.get("limit", str(DEFAULT_PAGE))
    if not given.isdigit() or not 0 < int(given) <= MAX_PAGE:
        raise ApiError(400, f"limit must be between 1 and {MAX_PAGE}")
    return int(given)


def write_cursor(key: Key) -> str:
    """Where a page ended, as a word that says nothing."""
    return base64.urlsafe_b64encode("|".join(map(str, key)).encode()).decode()


def read_cursor(given: str) -> Key:
    """Where the page before ended. Raises ``ApiError`` 400 for a word of one's own."""
    if not given:
        return (-1, -1)
    try:
        at, number = base64.urlsafe_b64decode(given).decode().split("|")
        return (int(at), int(number))
    except (ValueError, binascii.Error):
        raise ApiError(400, "after is not valid") from None
