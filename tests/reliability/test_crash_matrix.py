"""Some of the points of the crash matrix; ``make crash-matrix`` kills at all of them."""

import os
from pathlib import Path

import pytest

from tests.reliability.crash_matrix import crash_matrix

#: One point of so many is tried here. Which of them, ``RELIABILITY_OFFSET`` says.
EVERY = int(os.environ.get("RELIABILITY_EVERY", "23"))
OFFSET = int(os.environ.get("RELIABILITY_OFFSET", "0"))


def test_killed_at_some_points_and_started_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with crash_matrix(tmp_path) as matrix:
        points = matrix.count_points()
        tried = range(1 + OFFSET % EVERY, points + 1, EVERY)
        outcomes = [matrix.run(number) for number in tried]
    with capsys.disabled():
        print(f" [{len(tried)} of {points} points: every {EVERY}th, offset {OFFSET}] ", end="")
    assert points > 100
    assert {one.number: (one.point, one.wrong) for one in outcomes if one.wrong} == {}
    assert all(one.point for one in outcomes), "a point that was counted was not reached"
