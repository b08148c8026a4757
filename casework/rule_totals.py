"""What may be told of a standing rule: totals of which nobody can say whose credits they were.

A quarter in which too few clients got credits is put together with the next, until there are
enough. What was told once never changes, since the difference would tell something too. So only
credits that were added count, on the day they were added, and the spans begin with the rule.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime


@dataclass(frozen=True)
class Added:
    """Credits that were added under a rule. ``client`` is a digest; ``at`` is in Unix ms."""

    client: str = field(repr=False)
    credits: int
    at: int


@dataclass(frozen=True)
class Total:
    """Credits from the first day to the last; nothing where they may not be told yet."""

    first_day: date
    last_day: date
    credits: int | None


def tell_totals(added: Sequence[Added], begin: int, now: int, fewest: int) -> Sequence[Total]:
    """The totals of quarters since ``begin``, each of at least ``fewest`` clients.

    What is left at the end, with the quarter that is not over, is there without its credits.
    """
    totals: list[Total] = []
    span_begin, today = _quarter_begin(_date(begin)), _date(now)
    for quarter_end in _quarter_ends(span_begin, today):
        span = [one for one in added if span_begin <= _date(one.at) < quarter_end]
        over, enough = quarter_end <= today, len({one.client for one in span}) >= fewest
        if over and enough:
            credits_ = sum(one.credits for one in span)
            totals.append(Total(span_begin, _day_before(quarter_end), credits_))
            span_begin = quarter_end
        elif not over:
            totals.append(Total(span_begin, _day_before(quarter_end), None))
    return totals


def _quarter_ends(begin: date, today: date) -> Iterator[date]:
    """The days after each quarter from then on, up to the one that today is in."""
    end = begin
    while end <= today:
        end = _next_quarter(end)
        yield end


def _quarter_begin(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _next_quarter(begin: date) -> date:
    return date(begin.year + 1, 1, 1) if begin.month == 10 else begin.replace(month=begin.month + 3)


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _date(at: int) -> date:
    return datetime.fromtimestamp(at / 1000, UTC).date()
