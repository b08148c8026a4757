"""Standing rules: an organisation agrees once, so that nobody need be asked about one person.

Everything here is arithmetic. How the credits that are used up are counted is told in
:mod:`casework.rule_records`. Times are Unix milliseconds UTC.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from casework.errors import CreditsDeskError


class BadTerms(CreditsDeskError):
    """Terms that contradict themselves."""


@dataclass(frozen=True)
class Terms:
    """What the organisation agreed to, in credits. Raises :class:`BadTerms`.

    ``yearly_pool``: for all its clients together in a year; ``per_client``: the most that one of
    them gets in a year; ``automatic_up_to``: the most that one request gets without review.
    """

    yearly_pool: int
    per_client: int
    automatic_up_to: int

    def __post_init__(self) -> None:
        if not 1 <= self.automatic_up_to <= self.per_client <= self.yearly_pool:
            raise BadTerms(
                "the terms contradict themselves: what one request gets must be at least 1 and at "
                "most what one client gets in a year, and that at most the pool"
            )


@dataclass(frozen=True)
class StandingRule:
    """Terms, for the company with this id in the CRM, until ``ended_at``.

    ``told_from``: the earliest start it ever had, from which totals are told.
    """

    company_id: str
    terms: Terms
    starts_at: int
    recorded_at: int
    told_from: int
    ended_at: int | None = None

    def holds_for(self, submitted_at: int, now: int) -> bool:
        """Whether it decides on a request: one submitted since it began and was recorded.

        What was there before is left to staff, and so is a backlog that is read in later.
        """
        begun = max(self.starts_at, self.recorded_at)
        return self.ended_at is None and submitted_at >= begun and now >= begun

    def year_begin(self, now: int) -> int:
        """When the year began in which ``now`` is; years are counted from its start."""
        start, moment = _datetime(self.starts_at), _datetime(now)
        begin = _anniversary(start, moment.year)
        return _unix(begin if begin <= moment else _anniversary(start, moment.year - 1))


@dataclass(frozen=True)
class Used:
    """Credits of a rule's year that are given or on their way: to all, and to one client."""

    by_all: int
    by_client: int


def automatic_credits(terms: Terms, used: Used, credits_max: int) -> int:
    """How many credits a request gets without review; nought where it is for review.

    The form asks for no number, so it is the most that is left. Staff may have given more than
    was left, in which case there is nothing left.
    """
    left = min(terms.per_client - used.by_client, terms.yearly_pool - used.by_all)
    return max(0, min(terms.automatic_up_to, left, credits_max))


def _anniversary(start: datetime, year: int) -> datetime:
    """The same day in that year; a year that lacks the 29th of February begins a day later."""
    try:
        return start.replace(year=year)
    except ValueError:
        return start.replace(year=year, month=3, day=1)


def _datetime(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC)


def _unix(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
