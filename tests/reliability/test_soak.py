"""The short form of ``make soak``: everything goes wrong five times in a hundred."""

from pathlib import Path

from tests.reliability.soak import soak


def test_many_requests_while_five_in_a_hundred_of_everything_go_wrong(tmp_path: Path) -> None:
    figures = soak(tmp_path, 150, kills=1, a_second=40, patience=60, storm=3)
    assert figures.wrong == []
    assert figures.kills == 2
    assert sum(figures.faults.values()) > 50
