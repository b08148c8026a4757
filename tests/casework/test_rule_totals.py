"""Only totals ever leave, of quarters in which enough clients got credits."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from casework.rule_totals import Added, Total, tell_totals

DAY = 86_400_000
FEWEST = 5


def at(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1000)


def added(day: str, *clients: str) -> list[Added]:
    return [Added(client, 3, at(day)) for client in clients]


def told(totals: list[Added], today: str, begin: str = "2026-10-05") -> list[tuple[str, str, int]]:
    found = tell_totals(totals, at(begin), at(today), FEWEST)
    return [(str(one.first_day), str(one.last_day), one.credits or 0) for one in found]


def test_a_quarter_with_enough_clients_is_told_once_it_is_over() -> None:
    rows = added("2026-11-01", *"abcde")
    assert told(rows, "2026-12-31") == [("2026-10-01", "2026-12-31", 0)]
    assert told(rows, "2027-01-01") == [
        ("2026-10-01", "2026-12-31", 15),
        ("2027-01-01", "2027-03-31", 0),
    ]


def test_a_quarter_with_too_few_is_put_together_with_the_next() -> None:
    rows = added("2026-11-01", *"abcd") + added("2027-03-31", *"de") + added("2027-04-01", *"f")
    assert told(rows, "2027-03-31") == [("2026-10-01", "2027-03-31", 0)]
    assert told(rows, "2027-04-02") == [
        ("2026-10-01", "2027-03-31", 18),
        ("2027-04-01", "2027-06-30", 0),
    ]
    assert told(rows, "2027-07-01")[1] == ("2027-04-01", "2027-09-30", 0)


def test_one_client_many_times_is_one_client() -> None:
    assert told(added("2026-11-01", *"aaaaaaaaa"), "2027-01-01") == [
        ("2026-10-01", "2027-03-31", 0)
    ]


def test_whether_anybody_asked_at_all_does_not_show() -> None:
    assert told([], "2027-08-01") == told(added("2026-11-01", "a"), "2027-08-01")


def test_a_rule_that_has_not_begun_tells_nothing() -> None:
    assert told([], "2026-09-30") == []


some = st.lists(
    st.builds(
        Added, st.sampled_from("abcdefgh"), st.integers(1, 9), st.integers(0, 900).map(
            lambda days: at("2026-10-05") + days * DAY
        )
    ),
    max_size=40,
)  # fmt: skip


@given(some, st.integers(0, 900), st.integers(0, 900), st.integers(1, 6))
def test_nothing_told_has_too_few_clients_or_ever_changes(
    rows: list[Added], days: int, more: int, fewest: int
) -> None:
    begin, now = at("2026-10-05"), at("2026-10-05") + days * DAY
    first = tell_totals([row for row in rows if row.at <= now], begin, now, fewest)
    later = tell_totals(
        [row for row in rows if row.at <= now + more * DAY], begin, now + more * DAY, fewest
    )
    assert [one for one in later if one.credits is not None][: len(first) - 1] == first[:-1]
    for total in first[:-1]:
        assert total.credits is not None
        clients = {row.client for row in rows if in_span(row, total)}
        assert len(clients) >= fewest
        assert total.credits == sum(row.credits for row in rows if in_span(row, total))
    assert first[-1].credits is None
    assert [one.first_day.toordinal() - 1 for one in first[1:]] == [
        one.last_day.toordinal() for one in first[:-1]
    ]


def in_span(row: Added, total: Total) -> bool:
    day: date = datetime.fromtimestamp(row.at / 1000, UTC).date()
    return total.first_day <= day <= total.last_day


def test_no_repr_shows_whose_credits_they_were() -> None:
    assert "abc" not in repr(Added("abc", 3, 0))
